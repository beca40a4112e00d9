"""The lines of a PDF's pages, in the order in which the file draws them, with their places.

pdfium gives text in that order, which in files that word processors and browsers print is the
order of reading, column by column; what it draws across a wide gap in one line is told apart here.
Coordinates are points from the lower left corner of the page.
"""

from __future__ import annotations

import ctypes
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import median
from typing import Any

from policygraph.errors import ReadingError

_MOST_PAGES = 2000
_GAP, _WIDER = 18.0, 2.5  # points, and times the usual gap: wider than spaces between words
_HYPHENS = {"\x02": "-", "\ufffe": "-"}  # what pdfium puts where a line ends in a hyphen
_LIGATURES = {"ﬀ": "ff", "ﬁ": "fi", "ﬂ": "fl", "ﬃ": "ffi", "ﬄ": "ffl"}
_LETTERS = str.maketrans(_HYPHENS | _LIGATURES | {"\u00a0": " ", "\0": "\ufffd"})


@dataclass(frozen=True, slots=True)
class Line:
    """A line, or the part of one before or behind a wide gap.

    Attributes:
        page: from 1.
        row: number of the line on its page; parts of one line share it.
    """

    text: str
    page: int
    row: int
    left: float
    right: float
    bottom: float
    top: float


@dataclass(frozen=True, slots=True)
class Page:
    """The lines of one page, and whether it holds a picture."""

    number: int
    lines: tuple[Line, ...]
    has_picture: bool


def read_pages(raw: bytes) -> tuple[Page, ...]:
    """The pages of a PDF.

    Raises:
        ReadingError: no PDF, protected by a password, or too long.
    """
    import pypdfium2 as pdfium

    try:
        document = pdfium.PdfDocument(raw)
    except pdfium.PdfiumError as error:
        raise _refuse(str(error)) from error
    try:
        if len(document) > _MOST_PAGES:
            message = f"the PDF has {len(document):,} pages, and at most {_MOST_PAGES:,} are read"
            raise ReadingError(message, remedy="split it into several files")
        return tuple(_read_page(document, index) for index in range(len(document)))
    finally:
        document.close()


def read_title(raw: bytes) -> str:
    """The title that the file's properties give; empty where there is none."""
    import pypdfium2 as pdfium

    document = pdfium.PdfDocument(raw)
    try:
        return " ".join(document.get_metadata_value("Title").split())
    finally:
        document.close()


def _refuse(message: str) -> ReadingError:
    if "password" in message.lower():
        remedy = "save it without a password"
        return ReadingError("the PDF is protected by a password", remedy=remedy)
    return ReadingError(f"no PDF, or a broken one: {message}", remedy="get it or print it anew")


def _read_page(document: Any, index: int) -> Page:
    import pypdfium2 as pdfium
    import pypdfium2.raw as pdfium_c

    try:
        page = document[index]
    except pdfium.PdfiumError:
        return Page(index + 1, (), has_picture=False)  # broken alone: reported as without text
    text = page.get_textpage()
    lines = tuple(_read_lines(text, index + 1))
    pictures = () if lines else page.get_objects(filter=[pdfium_c.FPDF_PAGEOBJ_IMAGE], max_depth=3)
    has_picture = any(True for _ in pictures)
    text.close()
    page.close()
    return Page(index + 1, lines, has_picture)


@dataclass(frozen=True, slots=True)
class _Letter:
    text: str
    left: float
    right: float
    bottom: float
    top: float


def _read_lines(textpage: Any, page: int) -> Iterator[Line]:
    row: list[_Letter] = []
    number = 0
    for letter in (*_read_letters(textpage), None):
        if letter is not None and letter.text not in "\r\n":
            row.append(letter)
            continue
        for part in _split_row(row):
            yield _make_line(part, page, number)
        number += bool(row)
        row = []


def _read_letters(textpage: Any) -> Iterator[_Letter]:
    """The letters of a page; those that pdfium adds, spaces and line ends, have no place."""
    import pypdfium2.raw as pdfium_c

    left, right, bottom, top = (ctypes.c_double() for _ in range(4))
    for index in range(textpage.count_chars()):
        code = pdfium_c.FPDFText_GetUnicode(textpage, index)
        pdfium_c.FPDFText_GetCharBox(textpage, index, left, right, bottom, top)
        text = "\ufffd" if 0xD800 <= code < 0xE000 else chr(code)
        yield _Letter(text.translate(_LETTERS), left.value, right.value, bottom.value, top.value)


def _split_row(row: Sequence[_Letter]) -> Iterator[list[_Letter]]:
    """The parts of a line between gaps that are wide beside its other ones.

    In a narrow column that is set to both edges every gap of a line may be wide.
    """
    shown = [index for index, letter in enumerate(row) if letter.text.strip()]
    gaps = {after: row[after].left - row[before].right for before, after in pairwise(shown)}
    words = [gap for after, gap in gaps.items() if not row[after - 1].text.strip()]
    limit = max(_GAP, _WIDER * median(words)) if len(words) > 2 else 2 * _GAP
    starts = [0, *(after for after, gap in gaps.items() if gap > limit), len(row)]
    yield from (list(row[start:end]) for start, end in pairwise(starts) if end > start)


def _make_line(letters: Sequence[_Letter], page: int, row: int) -> Line:
    shown = [letter for letter in letters if letter.text.strip()] or list(letters)
    return Line(
        " ".join("".join(letter.text for letter in letters).split()),
        page,
        row,
        min(letter.left for letter in shown),
        max(letter.right for letter in shown),
        min(letter.bottom for letter in shown),
        max(letter.top for letter in shown),
    )
