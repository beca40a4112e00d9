"""Sentences that name what the one before them announced: "… ban hành 4 nghị quyết. Đó là A; B".

The two are read as one. The text is the source, which may be decomposed.
"""

from __future__ import annotations

import re
from functools import cache
from typing import Literal
from unicodedata import normalize

_ANY = "văn bản"
_CLASSES = (
    "văn bản|nghị quyết|nghị định|chỉ thị|quyết định|quy định|kế hoạch|thông tư|kết luận|hướng dẫn"
    "|công văn|chương trình|luật|phong trào|cuộc vận động"
)
_ANNOUNCED = (
    r"(?<=\s)(?:các|những|nhiều|một số|hai|ba|bốn|năm|\d{1,2})\s"
    rf"(?P<class>{_CLASSES})(?!\w)[^.\n]{{0,160}}(?P<stop>\. )"
)
_FORMS: tuple[Literal["NFC"], Literal["NFD"]] = ("NFC", "NFD")
_LEADS = ("Đó là", "Cụ thể", "Gồm", "Bao gồm")
_NAMED = rf"(?=(?::|\slà:?)?\s(?:các\s)?(?:[“\"]|(?P<type>(?i:{_CLASSES}))(?!\w)))"


def join_announced(text: str) -> str:
    """The text, of the same length, with a comma for the stop between two such sentences."""
    for form in _FORMS:
        for lead in (normalize(form, each) for each in _LEADS):
            if f". {lead}" in text:
                text = _compile(lead, form).sub(_join, text)
    return text


@cache
def _compile(lead: str, form: Literal["NFC", "NFD"]) -> re.Pattern[str]:
    announced, named = normalize(form, _ANNOUNCED), normalize(form, _NAMED)
    return re.compile(f"{announced}(?P<lead>{lead}){named}")


def _join(match: re.Match[str]) -> str:
    """The two sentences joined, where what is named is of the class that was announced."""
    class_, type_ = (normalize("NFC", match[name] or "").lower() for name in ("class", "type"))
    if type_ not in ("", class_) and class_ != _ANY:
        return match[0]
    stop, lead = match.start("stop") - match.start(), match["lead"]
    return f"{match[0][:stop]}, {lead[0].lower()}{lead[1:]}"
