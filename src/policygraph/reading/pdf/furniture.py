"""What stands on page after page: running heads, footers, page numbers."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence

from policygraph.reading.pdf.pages import Line, Page

_EDGE = 2  # lines at the top and at the bottom of a page that may be furniture
_NUMBER = re.compile(
    r"[-–— |]*(?:trang|page)?\s*\d{1,4}(?:\s*[/|]\s*\d{1,4})?[-–— |.]*", re.IGNORECASE
)
_DIGITS = re.compile(r"\d+")


def find_furniture(pages: Sequence[Page]) -> frozenset[Line]:
    """The page numbers, and the lines that most pages share at their edge, digits apart."""
    edges = {page.number: list(_find_edges(page)) for page in pages}
    counts = Counter(label for lines in edges.values() for label in {_label(x) for x in lines})
    most = max(2, len(pages) // 2 + 1)
    return frozenset(
        line
        for number, lines in edges.items()
        for line in lines
        if (counts[_label(line)] >= most and len(pages) > 2)
        or _is_page_number(line, number, pages)
        or _is_remnant(line)
    )


def _find_edges(page: Page) -> Iterator[Line]:
    """The topmost and lowest lines of a page, whenever they were drawn."""
    by_height = sorted((line for line in page.lines if line.text), key=lambda line: line.top)
    yield from dict.fromkeys([*by_height[:_EDGE], *by_height[-_EDGE:]])


def _is_page_number(line: Line, page: int, pages: Sequence[Page]) -> bool:
    """A number alone at the edge of a page; in a file of one page it may be anything."""
    return len(pages) > 1 and bool(_NUMBER.fullmatch(line.text)) and str(page) in line.text


def _is_remnant(line: Line) -> bool:
    """A letter alone: what a browser prints twice of a line that a page's edge touches."""
    return len(line.text) == 1 and line.text.isalpha()


def _label(line: Line) -> str:
    return _DIGITS.sub("#", line.text)
