"""The letters of a PDF's page → lines with their places, in the order in which the file draws them.

pdfium gives letters in that order, which in files that word processors and browsers print is the
order of reading, column by column; what is drawn across a wide gap in one line is told apart here.
Coordinates are points, as the page is shown: to the right and upwards.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import median, median_low
from typing import Any

_GAP, _WIDER = 18.0, 2.5  # points, and times the usual gap: wider than spaces between words
_ASLANT = 0.1  # radians from the level
_CUTS = frozenset({0x02, 0xFFFE})  # what pdfium puts for a hyphen and the line's end behind it
_LIGATURES = {"ﬀ": "ff", "ﬁ": "fi", "ﬂ": "fl", "ﬃ": "ffi", "ﬄ": "ffl"}
_LETTERS = str.maketrans(_LIGATURES | {"\u00a0": " ", "\0": "\ufffd"})


@dataclass(frozen=True, slots=True)
class Line:
    """A line, or the part of one before or behind a wide gap.

    Attributes:
        page: from 1.
        row: number of the line on its page; parts of one line share it.
        bottom, top: those of its font, so that they are the same with and without "g" or "Ậ".
        is_level: False for a watermark or a note along the margin.
    """

    text: str
    page: int
    row: int
    left: float
    right: float
    bottom: float
    top: float
    is_level: bool = True

    @property
    def height(self) -> float:
        return self.top - self.bottom


@dataclass(frozen=True, slots=True)
class _Letter:
    """A letter; those that pdfium adds, spaces and line ends, have no place of their own."""

    text: str
    index: int
    ends_line: bool
    left: float
    right: float
    bottom: float
    top: float


def read_lines(textpage: Any, page: int, turned: int) -> Iterator[Line]:
    """The lines of a page; `turned` is by how many degrees it is shown turned clockwise."""
    row: list[_Letter] = []
    number = 0
    for letter in _read_letters(textpage, turned):
        if letter.text not in "\r\n":
            row.append(letter)
        if row and letter.ends_line:
            yield from _make_lines(row, textpage, page, number, turned)
            number += 1
            row = []
    yield from _make_lines(row, textpage, page, number, turned)


def _read_letters(textpage: Any, turned: int) -> Iterator[_Letter]:
    import pypdfium2.raw as pdfium_c

    box = pdfium_c.FS_RECTF()
    for index in range(textpage.count_chars()):
        code = pdfium_c.FPDFText_GetUnicode(textpage, index)
        pdfium_c.FPDFText_GetLooseCharBox(textpage, index, box)
        text = "-" if code in _CUTS else "\ufffd" if 0xD800 <= code < 0xE000 else chr(code)
        ends_line = code in _CUTS or text in "\r\n"
        yield _Letter(text.translate(_LETTERS), index, ends_line, *_turn(box, turned))


def _turn(box: Any, turned: int) -> tuple[float, float, float, float]:
    """Left, right, bottom and top of a box on the page as it is shown, but for where it begins."""
    if turned == 90:
        return box.bottom, box.top, -box.right, -box.left
    if turned == 180:
        return -box.right, -box.left, -box.top, -box.bottom
    if turned == 270:
        return -box.top, -box.bottom, box.left, box.right
    return box.left, box.right, box.bottom, box.top


def _make_lines(
    row: Sequence[_Letter], textpage: Any, page: int, number: int, turned: int
) -> Iterator[Line]:
    shown = next((letter for letter in row if letter.text.strip()), None)
    if shown is None:
        return
    if not _is_level(textpage, shown.index, turned):
        yield _make_line(row, page, number, is_level=False)
        return
    for part in _split_row(row):
        yield _make_line(part, page, number)


def _is_level(textpage: Any, index: int, turned: int) -> bool:
    import pypdfium2.raw as pdfium_c

    angle = pdfium_c.FPDFText_GetCharAngle(textpage, index)
    return math.cos(angle - math.radians(turned)) > math.cos(_ASLANT)


def _split_row(row: Sequence[_Letter]) -> Iterator[Sequence[_Letter]]:
    """The parts of a line between gaps that are wide beside its other ones.

    In a narrow column that is set to both edges every gap of a line may be wide.
    """
    shown = [index for index, letter in enumerate(row) if letter.text.strip()]
    gaps = {after: row[after].left - row[before].right for before, after in pairwise(shown)}
    words = [gap for after, gap in gaps.items() if not row[after - 1].text.strip()]
    limit = max(_GAP, _WIDER * median(words)) if len(words) > 2 else 2 * _GAP
    starts = [0, *(after for after, gap in gaps.items() if gap > limit), len(row)]
    yield from (row[start:end] for start, end in pairwise(starts) if end > start)


def _make_line(letters: Sequence[_Letter], page: int, row: int, *, is_level: bool = True) -> Line:
    shown = [letter for letter in letters if letter.text.strip()] or letters
    return Line(
        " ".join("".join(letter.text for letter in letters).split()),
        page,
        row,
        min(letter.left for letter in shown),
        max(letter.right for letter in shown),
        median_low(letter.bottom for letter in shown),
        median_low(letter.top for letter in shown),
        is_level,
    )
