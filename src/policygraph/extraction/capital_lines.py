"""Names that stand on lines of capitals: letterheads, headlines, signatures."""

from __future__ import annotations

import re

from policygraph.extraction.places import CAPITALS, match_level, match_scope
from policygraph.text import FoldedText

_WRAPPED = re.compile(rf"[{CAPITALS}]\n[{CAPITALS}]{{2}}")
_CAPITALS_BEFORE = re.compile(rf"(?:^|[|\t\n])[{CAPITALS} *]*$")
_REST_OF_LINE = re.compile(
    rf"[{CAPITALS}\d&][{CAPITALS}\d& -]*[{CAPITALS}\d](?=[ *]*(?:$|[|\t\n]|  ))"
)
_MOST_WORDS = 10
_NO_NAME = re.compile(
    r"\b(?:VỀ|CỦA|CHO|CÁC|NĂM|TẠI|TRONG|ĐÃ|ĐƯỢC|TỔ CHỨC|CỘNG HÒA|CỘNG HOÀ|THÔNG BÁO|QUYẾT ĐỊNH)\b"
)


def is_wrapped_capitals(folded: FoldedText, offset: int) -> bool:
    """Whether a line of capitals goes on with its place: "ỦY BAN NHÂN DÂN⏎THÀNH PHỐ …"."""
    is_capital = _WRAPPED.match(folded.text, offset - 1)
    return bool(is_capital and match_level(folded, offset + 1))


def end_of_capitals(folded: FoldedText, start: int, begin: int) -> int:
    """How far the name goes whose head is at `start`, read up to `begin`, on a line of capitals.

    `begin` itself where the rest of the line is no name.
    """
    text = folded.text
    line = _REST_OF_LINE.match(text, begin)
    before = text.rfind("\n", 0, start) + 1
    if not line or not _CAPITALS_BEFORE.search(text[before:start]):
        return begin
    end = _before_place(folded, begin, line.end())
    words = text[begin:end]
    is_name = 0 < len(words.split()) <= _MOST_WORDS and not _NO_NAME.search(words)
    return end if is_name else begin


def _before_place(folded: FoldedText, begin: int, end: int) -> int:
    """Where the place begins that a line of capitals ends in; its end if it has none."""
    starts = (at + 1 for at in range(begin - 1, end) if folded.text[at].isspace())
    for start in starts:
        scope = match_scope(folded, start)
        if scope and scope.end == end:
            return max(begin, start - 1)
    return end
