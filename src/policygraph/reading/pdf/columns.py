"""The columns that lines stand in: their edges, and how far apart their lines usually are."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import median

from policygraph.reading.pdf.lines import Line

SAME_COLUMN = 45.0  # points between the left edges of lines of one column, indents included
_NEAR_EDGE = 12.0  # points
_LEAST_AT_EDGE = 0.2  # of the lines of a column that end at its right edge
_MOST_BEYOND, _LEAST_BEYOND = 0.1, 2  # of those lines, or lines, that go farther than the edge
_FEWEST_IN_COLUMN = 5  # lines: fewer are centred, or set apart
_LEAST_WIDTH = 0.6  # of its column, for what stands on the right is no line that goes on
_WIDE_SPACING = 1.45  # times the usual distance of lines: an empty line, or the space after one
_SLACK = 6.0  # points by which the guessed width of a word may be wrong


@dataclass(frozen=True, slots=True)
class Columns:
    """Where the columns of a file's lines are.

    Attributes:
        edges: the left and right edge of the column of each line.
        spacings: the usual distance of lines by page.
        height: the usual height of a line.
    """

    edges: Mapping[Line, tuple[float, float]]
    spacings: Mapping[int, float]
    height: float

    def indent(self, line: Line) -> float:
        return line.left - self.edges[line][0]

    def is_full(self, line: Line, following: Line) -> bool:
        """Whether the next line's first word had no room any more: then nobody ended the line."""
        left, right = self.edges[line]
        letters = len(following.text.split(maxsplit=1)[0]) + 1
        word = letters * (following.right - following.left) / len(following.text)
        is_wide = line.right - line.left >= _LEAST_WIDTH * (right - left)
        return is_wide and line.right + word + _SLACK > right

    def is_apart(self, above: Line, below: Line) -> bool:
        """Whether there is more space between two lines of a page than usual."""
        usual = self.spacings.get(above.page, 0.0)
        return above.bottom - below.bottom > _WIDE_SPACING * usual


def find_columns(lines: Sequence[Line]) -> Columns:
    """The columns of the lines of a file, page by page."""
    pages: dict[int, list[Line]] = defaultdict(list)
    for line in lines:
        pages[line.page].append(line)
    edges = {line: edge for page in pages.values() for line, edge in _find_edges(page)}
    heights = [line.height for line in lines]
    return Columns(edges, _find_spacings(lines), median(heights) if heights else 0.0)


def _find_edges(page: Sequence[Line]) -> Iterator[tuple[Line, tuple[float, float]]]:
    by_left = sorted(page, key=lambda line: line.left)
    whole = (by_left[0].left, _find_right_edge(by_left))
    for column in _split_columns(by_left):
        is_column = len(column) >= _FEWEST_IN_COLUMN
        edge = (column[0].left, _find_right_edge(column)) if is_column else whole
        yield from ((line, edge) for line in column)


def _find_right_edge(lines: Sequence[Line]) -> float:
    """Where many lines end: a headline over two columns goes farther, the last lines less far.

    In a letter of a few short paragraphs no lines end together but by chance: the longest counts.
    """
    rights = sorted((line.right for line in lines), reverse=True)
    least = max(2, _LEAST_AT_EDGE * len(rights))
    after = 0
    beyond = max(_LEAST_BEYOND, int(_MOST_BEYOND * len(rights)))
    for index, right in enumerate(rights[: beyond + 1]):
        while after < len(rights) and rights[after] >= right - _NEAR_EDGE:
            after += 1
        if after - index >= least:
            return right
    return rights[0]


def _split_columns(by_left: Sequence[Line]) -> Iterator[list[Line]]:
    column: list[Line] = []
    for line in by_left:
        if column and line.left - column[0].left > SAME_COLUMN:
            yield column
            column = []
        column.append(line)
    yield column


def _find_spacings(lines: Sequence[Line]) -> dict[int, float]:
    distances: dict[int, list[float]] = defaultdict(list)
    for above, below in pairwise(lines):
        if above.page == below.page and above.bottom > below.bottom:
            distances[above.page].append(above.bottom - below.bottom)
    return {page: median(found) for page, found in distances.items()}
