"""Sentences that name what the one before them announced: "… ban hành 4 nghị quyết. Đó là A; B".

The two are read as one. The text is the source, which may be decomposed.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from unicodedata import normalize

_ANNOUNCED = (
    r"(?<=\s)(?:các|những|nhiều|một số|hai|ba|bốn|năm|\d{1,2})\s"
    r"(?:văn bản|nghị quyết|nghị định|chỉ thị|quyết định|quy định|kế hoạch|thông tư|luật"
    r"|phong trào|cuộc vận động)(?!\w)[^.\n]{0,160}\. "
)
_LEADS = ("Đó là", "Cụ thể", "Gồm", "Bao gồm")
_NAMED = r"(?=:|\s(?:các\s|là\s)?[“\"]?[A-ZĐ]|\scác\s)"


def join_announced(text: str) -> str:
    """The text, of the same length, with a comma for the stop between two such sentences."""
    for form in ("NFC", "NFD"):
        for lead in (normalize(form, each) for each in _LEADS):
            if f". {lead}" in text:
                announced = normalize(form, _ANNOUNCED)
                text = re.sub(f"({announced}){lead}{_NAMED}", _join_to(lead), text)
    return text


def _join_to(lead: str) -> Callable[[re.Match[str]], str]:
    return lambda match: f"{match[1][:-2]}, {lead[0].lower()}{lead[1:]}"
