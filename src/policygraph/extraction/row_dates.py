"""The date of a paper in a list of papers: in a line of its own, or in a cell of its row."""

from __future__ import annotations

import re
from datetime import date

from policygraph.extraction.dates import DATE, read_date
from policygraph.model import StatedDate
from policygraph.text import FoldedText

_BEFORE = re.compile(r"(?:^|\n)\W{0,4}(?:\d{1,3}\s?\|\s?)?(?:[Ss]ố\s?:?\s?)?$")
# "Số: 879/QĐ-SGDĐT⏎Quyết định về việc …⏎09/08/2012"
_LINE = re.compile(rf"[ \t]*\n[^\n]{{4,300}}\n[ \t]*(?:[Nn]gày )?{DATE}[ \t]*(?=\n|$)")
# "144-QĐ/TW | Quy định | Chuẩn mực đạo đức … | 2024-05-09"
_CELL = re.compile(
    rf"\|[ \t]*(?:[Nn]gày )?(?:{DATE}|(?P<iso>(?:19|20)\d\d-\d\d-\d\d))[ \t]*(?=\||$)"
)
_NEAR = 16
_LONGEST_ROW = 600


def find_row_date(folded: FoldedText, start: int, end: int) -> StatedDate | None:
    """The date of the paper whose number, at these folded offsets, opens a row; None without one.

    A row with two dates leaves open which one it is.
    """
    if not _BEFORE.search(folded.text, max(0, start - _NEAR), start):
        return None
    if line := _LINE.match(folded.text, end):
        return _state(folded, line)
    stop = folded.text.find("\n", end, end + _LONGEST_ROW)
    cells = list(_CELL.finditer(folded.text, end, stop if stop >= 0 else end + _LONGEST_ROW))
    return _state(folded, cells[0]) if len(cells) == 1 else None


def _state(folded: FoldedText, match: re.Match[str]) -> StatedDate | None:
    written = match.groupdict().get("iso")
    iso = _read_iso(written) if written else read_date(match)
    if iso is None:
        return None
    start = match.start("iso" if written else "day")
    end = start + len(folded.text[start : match.end()].rstrip())
    return StatedDate(iso, folded.source_span(start, end))


def _read_iso(written: str) -> str | None:
    try:
        return date.fromisoformat(written).isoformat()
    except ValueError:
        return None
