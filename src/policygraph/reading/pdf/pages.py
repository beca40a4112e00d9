"""The pages of a PDF: their lines, and how much of each is a picture."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from policygraph.errors import ReadingError
from policygraph.reading.pdf.lines import Line, read_lines

_MOST_PAGES = 2000
_FEWEST = 200  # letters: the stamp of an electronic signature has fewer, a page of text more
_LEAST_SHARE = 0.5  # of a page that pictures cover, if it is a scan and no text with a seal


@dataclass(frozen=True, slots=True)
class Page:
    """The lines of one page, and whether it is a picture with next to no text."""

    number: int
    lines: tuple[Line, ...]
    is_picture: bool


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

    try:
        page = document[index]
    except pdfium.PdfiumError:
        return Page(index + 1, (), is_picture=False)  # broken alone: reported as without text
    text = page.get_textpage()
    lines = tuple(read_lines(text, index + 1, page.get_rotation()))
    is_picture = sum(len(line.text) for line in lines) < _FEWEST and _is_covered(page)
    text.close()
    page.close()
    return Page(index + 1, lines, is_picture)


def _is_covered(page: Any) -> bool:
    """Whether pictures cover the better part of a page; a scan may be cut into strips."""
    import pypdfium2.raw as pdfium_c

    pictures = page.get_objects(filter=[pdfium_c.FPDF_PAGEOBJ_IMAGE], max_depth=3)
    covered = sum(_measure(picture.get_bounds()) for picture in pictures)
    width, height = page.get_size()
    return bool(covered >= _LEAST_SHARE * width * height > 0)


def _measure(bounds: Sequence[float]) -> float:
    left, bottom, right, top = bounds
    return abs((right - left) * (top - bottom))
