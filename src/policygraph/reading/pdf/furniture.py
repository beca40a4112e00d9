"""What stands on page after page: running heads, footers, page numbers, watermarks."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence

from policygraph.reading.pdf.lines import Line
from policygraph.reading.pdf.pages import Page

_EDGE = 2  # rows at the top and at the bottom of a page that may be furniture
_ENOUGH = 3  # pages: a running head may change with the chapter, or with left and right pages
_SAME_HEIGHT = 3.0  # points
_NUMBER = re.compile(
    r"[-–— |]*(?:trang|page)?\s*(?P<page>\d{1,4})(?:\s*[/|]\s*(?P<pages>\d{1,4}))?[-–— |.]*",
    re.IGNORECASE,
)
_DIGITS = re.compile(r"\d+")


def find_furniture(pages: Sequence[Page]) -> frozenset[Line]:
    """The page numbers, the lines that pages share at one height, digits apart, and the slanting.

    A title that a running head repeats stands at a height of its own, and stays.
    """
    edges = {page.number: list(_find_edges(page)) for page in pages}
    shared = _find_shared(edges)
    enough = min(_ENOUGH, max(2, len(pages) // 2 + 1))
    found = {
        line
        for number, lines in edges.items()
        for line in lines
        if (len(pages) > 2 and _count_pages(line, shared) >= enough)
        or _is_page_number(line, number, len(pages))
        or _is_remnant(line)
    }
    return frozenset(found | {line for page in pages for line in page.lines if not line.is_level})


def _find_edges(page: Page) -> Iterator[Line]:
    """The topmost and lowest rows of a page, whenever they were drawn."""
    rows: dict[float, list[Line]] = defaultdict(list)
    for line in page.lines:
        if line.is_level:
            rows[round(line.bottom)].append(line)
    heights = sorted(rows)
    for height in dict.fromkeys([*heights[:_EDGE], *heights[-_EDGE:]]):
        yield from rows[height]


def _find_shared(edges: Mapping[int, Sequence[Line]]) -> Mapping[str, Sequence[Line]]:
    shared: dict[str, list[Line]] = defaultdict(list)
    for lines in edges.values():
        for line in lines:
            shared[_label(line)].append(line)
    return shared


def _count_pages(line: Line, shared: Mapping[str, Sequence[Line]]) -> int:
    """On how many pages a line stands at the same height."""
    same = shared[_label(line)]
    return len({each.page for each in same if abs(each.bottom - line.bottom) < _SAME_HEIGHT})


def _is_page_number(line: Line, page: int, pages: int) -> bool:
    """The page's own number alone at its edge; in a file of one page it may be anything."""
    number = _NUMBER.fullmatch(line.text)
    if number is None or pages < 2:
        return False
    return int(number["page"]) == page and int(number["pages"] or pages) == pages


def _is_remnant(line: Line) -> bool:
    """A letter alone: what a browser prints twice of a line that a page's edge touches."""
    return len(line.text) == 1 and line.text.isalpha()


def _label(line: Line) -> str:
    return _DIGITS.sub("#", line.text)
