"""Quotation marks as they are written: of all sorts, mixed, reversed, with spaces, never closed.

Of 27,103 Vietnamese news texts with curly marks 3,983 have unbalanced ones, and 5,292 texts an odd
number of straight ones; a mark's place among letters and spaces tells more than its shape.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

MARKS = "“”\"‘’'"
_LONGEST = 220
_OPENING = re.compile(r"[\s*_]*(?P<mark>''|‘‘|’’|[“”\"‘’'])[\s*_]*")
_DOUBLE = re.compile(r"[“”\"]|''|’’")
_SINGLE = re.compile(r"[’'‘]")


@dataclass(frozen=True, slots=True)
class Quotation:
    """A quoted text without its marks: folded offsets; `after` is where its closing mark ends.

    Where the mark is never closed, `end` and `after` are the end of the line or of the longest
    stretch that is looked at.
    """

    start: int
    end: int
    after: int
    is_closed: bool


def read_quotation(text: str, position: int) -> Quotation | None:
    """The quotation that opens at a position of the folded text (spaces and * before it allowed).

    A mark that opens another quotation before this one is closed leaves this one unclosed.
    """
    opening = _OPENING.match(text, position)
    if opening is None or _closes(text, opening):
        return None
    start = opening.end()
    limit = min(len(text), start + _LONGEST)
    if (line_end := text.find("\n\n", start, limit)) >= 0:
        limit = line_end
    marks = _SINGLE if opening["mark"] in "‘’'" else _DOUBLE
    for mark in marks.finditer(text, start, limit):
        if _opens_at(text, mark.start(), mark.end()):
            limit = mark.start()
            break
        if not (marks is _SINGLE and text[mark.end() : mark.end() + 1].isalnum()):
            return Quotation(start, mark.start(), mark.end(), is_closed=True)
    return Quotation(start, limit, limit, is_closed=False) if start < limit else None


def _closes(text: str, opening: re.Match[str]) -> bool:
    """Whether the mark ends what stands before it ("… phong trào thi đua” trong …")."""
    start, end = opening.span("mark")
    return text[start - 1 : start].isalnum() and not text[end : end + 1].lstrip("*_").isalnum()


def _opens_at(text: str, start: int, end: int) -> bool:
    return text[start - 1] in " (\n:" and text[end : end + 1].isalnum()
