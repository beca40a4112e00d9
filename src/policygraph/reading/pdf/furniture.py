"""What stands on page after page: running heads, footers, page numbers, watermarks.

A browser that prints a page writes the time, the title, the address and the number of the page on
its edges; a file of one or two pages shows by the time alone what these are.
"""

from __future__ import annotations

import math
import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from statistics import median

from policygraph.reading.pdf.lines import Line
from policygraph.reading.pdf.pages import Page

_EDGE = 2  # rows at the top and at the bottom of a page that may be furniture
_ENOUGH = 3  # pages: a running head may change with the chapter, or with left and right pages
_SAME_HEIGHT = 2  # points
_SMALLER = 0.9  # of the usual height of lines
_NUMBER = re.compile(
    r"[-–— |]*(?:trang|page)?\s*(?P<page>\d{1,4})(?:\s*[/|]\s*(?P<pages>\d{1,4}))?[-–— |.]*",
    re.IGNORECASE,
)
_DIGITS = re.compile(r"\d+")
_DAY = r"\d{1,2}[/.-]\d{1,2}[/.-]\d{2,4}|\d{4}-\d{2}-\d{2}"
_HOUR = r"\d{1,2}:\d{2}(?::\d{2})?(?:\s?[AaPp]\.?[Mm]\.?|\s(?:SA|CH))?"
_TIME = re.compile(rf"(?:{_DAY}),?\s{_HOUR}|{_HOUR},?\s(?:{_DAY})")
_ADDRESS = re.compile(r"(?:https?://|file:///|about:)\S+")


def find_furniture(pages: Sequence[Page]) -> frozenset[Line]:
    """The page numbers, the lines that pages share at one height, digits apart, what a browser
    printed around the page, and the slanting.

    A title that a running head repeats stands at a height of its own, and stays.
    """
    edges = {page.number: list(_find_edges(page)) for page in pages}
    places = _find_shared(edges)
    largest = _find_largest(pages)
    found = {
        line
        for page in pages
        for line in edges[page.number]
        if _is_page_number(line, page.number, len(pages)) or _is_remnant(line)
    }
    found |= {
        line
        for page in pages
        for line in page.lines
        if not line.is_level or (_place(line) in places and line.height <= largest)
    }
    return frozenset(found.union(*map(_find_printed, pages)))


def _find_largest(pages: Sequence[Page]) -> float:
    """The height up to which a shared line is furniture: what only two pages share is a running
    head where it is set smaller than the text."""
    heights = [line.height for page in pages for line in page.lines]
    return _SMALLER * median(heights) if heights and len(pages) <= 2 else math.inf


def _find_printed(page: Page) -> Iterator[Line]:
    """The outermost rows of a page that a browser printed, with what stands beside the time."""
    rows = _find_rows(page)
    outermost = [rows[height] for height in {min(rows), max(rows)}] if rows else []
    if not any(_TIME.fullmatch(line.text) for row in outermost for line in row):
        return
    for row in outermost:
        signs = (_TIME.fullmatch(x.text) or _ADDRESS.fullmatch(x.text) for x in row)
        yield from row if any(signs) else ()


def _find_edges(page: Page) -> Iterator[Line]:
    """The topmost and lowest rows of a page, whenever they were drawn."""
    rows = _find_rows(page)
    heights = sorted(rows)
    for height in dict.fromkeys([*heights[:_EDGE], *heights[-_EDGE:]]):
        yield from rows[height]


def _find_rows(page: Page) -> Mapping[float, Sequence[Line]]:
    """The level lines of a page by their height."""
    rows: dict[float, list[Line]] = defaultdict(list)
    for line in page.lines:
        if line.is_level:
            rows[round(line.bottom)].append(line)
    return rows


def _find_shared(edges: Mapping[int, Sequence[Line]]) -> frozenset[tuple[str, int]]:
    """The lines, digits apart, and the heights at which enough pages have them at their edges.

    On one more page the same line may stand among the text, where that runs below it.
    """
    enough = min(_ENOUGH, max(2, len(edges) // 2 + 1))
    found: dict[tuple[str, int], set[int]] = defaultdict(set)
    for page, lines in edges.items():
        for label, height in map(_place, lines):
            for near in range(height - _SAME_HEIGHT, height + _SAME_HEIGHT + 1):
                found[label, near].add(page)
    return frozenset(place for place, on in found.items() if len(on) >= enough)


def _place(line: Line) -> tuple[str, int]:
    """A line, digits apart, and its height in whole points."""
    return _DIGITS.sub("#", line.text), round(line.bottom)


def _is_page_number(line: Line, page: int, pages: int) -> bool:
    """The page's own number alone at its edge; in a file of one page it may be anything."""
    number = _NUMBER.fullmatch(line.text)
    if number is None or pages < 2:
        return False
    return int(number["page"]) == page and int(number["pages"] or pages) == pages


def _is_remnant(line: Line) -> bool:
    """A letter alone: what a browser prints twice of a line that a page's edge touches."""
    return len(line.text) == 1 and line.text.isalpha()
