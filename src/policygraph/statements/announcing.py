"""Sentences that name what the one before them announced: "… ban hành 4 nghị quyết. Đó là A; B".

The two are read as one. The text is the source, which may be decomposed.
"""

from __future__ import annotations

import re
from functools import cache
from typing import Literal
from unicodedata import normalize

from policygraph.lexicon import either
from policygraph.statements.cues import Cues

_ANY = "văn bản"
_LEADS = ("Đó là", "Cụ thể", "Gồm", "Bao gồm")
_FORMS: tuple[Literal["NFC"], Literal["NFD"]] = ("NFC", "NFD")


def join_announced(text: str, cues: Cues) -> str:
    """The text, of the same length, with a comma for the stop between two such sentences."""
    for form in _FORMS:
        for lead in (normalize(form, each) for each in _LEADS):
            if f". {lead}" in text:
                classes = (*cues.class_words, *cues.campaign_words)
                text = _compile(lead, form, classes).sub(_join, text)
    return text


@cache
def _compile(lead: str, form: Literal["NFC", "NFD"], classes: tuple[str, ...]) -> re.Pattern[str]:
    either_class = either(classes)
    announced = (
        r"(?<=\s)(?:các|những|nhiều|một số|hai|ba|bốn|năm|\d{1,2})\s"
        rf"(?P<class>{either_class})(?!\w)[^.\n]{{0,160}}(?P<stop>\. )"
    )
    named = rf"(?=(?::|\slà:?)?\s(?:các\s)?(?:[“\"]|(?P<type>(?i:{either_class}))(?!\w)))"
    return re.compile(f"{normalize(form, announced)}(?P<lead>{lead}){normalize(form, named)}")


def _join(match: re.Match[str]) -> str:
    """The two sentences joined, where what is named is of the class that was announced."""
    class_, type_ = (normalize("NFC", match[name] or "").lower() for name in ("class", "type"))
    if type_ not in ("", class_) and class_ != _ANY:
        return match[0]
    stop, lead = match.start("stop") - match.start(), match["lead"]
    return f"{match[0][:stop]}, {lead[0].lower()}{lead[1:]}"
