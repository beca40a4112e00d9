"""Lines → paragraphs: which line goes on with the next."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import median

from policygraph.reading.pdf.pages import Line

_INDENT = 8.0  # points by which the first line of a paragraph is set in, at least
_SAME_COLUMN = 45.0  # points between the left edges of lines of one column, indents included
_NEAR_EDGE = 12.0  # points
_LEAST_AT_EDGE = 0.2  # of the lines of a column that end at its right edge
_LARGER, _SAME_SIZE = 1.15, 0.1  # of the usual height of lines: headings, which are short lines
_FEWEST_IN_COLUMN = 5  # lines: fewer are centred, or set apart
_FULL = 0.85  # of the width of its column that a line must reach to go on
_LEAST_WIDTH = 0.6  # of its column, for what stands on the right is no line that goes on
_WIDE_SPACING = 1.45  # times the usual distance of lines: an empty line, or the space after one
_ITEM = re.compile(
    r"[-–+•*▪●]\s|\(?\d{1,3}[.)]\s|\d{1,2}\.\d{1,2}\.?\s|[a-zđ][.)]\s|[IVXL]{1,6}\.\s|"
    r"(?:Điều|Chương|Mục|Phần|Phụ lục)\s+[\dIVXL]{1,5}\b|Căn cứ\s|Nơi nhận"
)
_CUT = re.compile(r"[^\W_][-/]$")


@dataclass(frozen=True, slots=True)
class Paragraph:
    """Lines as one text, the pages that it begins and ends on, and whether it is set larger."""

    text: str
    first_page: int
    last_page: int
    is_heading: bool


def join_lines(lines: Sequence[Line]) -> Iterator[Paragraph]:
    """The paragraphs of the lines of a file, in their order."""
    edges, spacings = _find_edges(lines), _find_spacings(lines)
    usual = median([line.top - line.bottom for line in lines]) if lines else 0.0
    run: list[Line] = []
    for line in _order_letterhead(lines):
        is_heading = bool(run) and _is_heading(run[-1], line, usual)
        if run and not (is_heading or _goes_on(run, line, edges, spacings)):
            yield _make_paragraph(run, usual)
            run = []
        run.append(line)
    if run:
        yield _make_paragraph(run, usual)


def _order_letterhead(lines: Sequence[Line]) -> list[Line]:
    """The lines with the two columns of a letterhead one after the other.

    A letterhead whose columns are set by tabs is drawn line by line. It stands on the first page,
    above the first line that is not in two parts.
    """
    parts: dict[int, list[Line]] = defaultdict(list)
    for line in lines:
        if line.page == 1:
            parts[line.row].append(line)
    rows = [row for row in sorted(parts) if len(parts[row]) == 2]
    if len(rows) < 2 or rows[-1] - rows[0] > 2 * len(rows):
        return list(lines)
    right = {parts[row][1] for row in rows}
    last = max(index for index, line in enumerate(lines) if line in right)
    head = lines[: last + 1]
    return [
        *(line for line in head if line not in right),
        *(line for line in head if line in right),
        *lines[last + 1 :],
    ]


def _find_edges(lines: Sequence[Line]) -> dict[Line, tuple[float, float]]:
    """The left and right edge of the column that each line stands in."""
    pages: dict[int, list[Line]] = defaultdict(list)
    for line in lines:
        pages[line.page].append(line)
    edges = {}
    for on_page in pages.values():
        by_left = sorted(on_page, key=lambda line: line.left)
        whole = (by_left[0].left, _find_right_edge([line.right for line in by_left]))
        for column in _split_columns(by_left):
            edge = (column[0].left, _find_right_edge([line.right for line in column]))
            is_column = len(column) >= _FEWEST_IN_COLUMN
            edges.update(dict.fromkeys(column, edge if is_column else whole))
    return edges


def _find_right_edge(rights: Sequence[float]) -> float:
    """Where many lines end: a headline over two columns goes farther, the last lines less far."""
    ordered = sorted(rights, reverse=True)
    for right in ordered:
        near = sum(right - _NEAR_EDGE <= each <= right for each in ordered)
        if near >= max(2, _LEAST_AT_EDGE * len(ordered)):
            return right
    return ordered[0]


def _split_columns(by_left: Sequence[Line]) -> Iterator[list[Line]]:
    column: list[Line] = []
    for line in by_left:
        if column and line.left - column[0].left > _SAME_COLUMN:
            yield column
            column = []
        column.append(line)
    yield column


def _find_spacings(lines: Sequence[Line]) -> dict[int, float]:
    """The usual distance of the lines of each page."""
    distances: dict[int, list[float]] = defaultdict(list)
    for above, below in pairwise(lines):
        if above.page == below.page and above.bottom > below.bottom:
            distances[above.page].append(above.bottom - below.bottom)
    return {page: median(found) for page, found in distances.items()}


def _is_heading(above: Line, below: Line, usual: float) -> bool:
    """Whether two lines are one heading: both larger than the text, and one under the other."""
    height, other = above.top - above.bottom, below.top - below.bottom
    is_large = min(height, other) > _LARGER * usual and abs(height - other) < _SAME_SIZE * height
    return is_large and above.page == below.page and 0 < above.bottom - below.bottom < 2 * height


def _goes_on(
    run: Sequence[Line],
    line: Line,
    edges: dict[Line, tuple[float, float]],
    spacings: dict[int, float],
) -> bool:
    last = run[-1]
    if last.row == line.row and last.page == line.page:
        return True  # the cells of a row of a table
    left, right = edges[line]
    if _CUT.search(last.text) and line.text[:1].isalnum():
        return True
    if _ITEM.match(line.text) or not _fills_column(last, edges):
        return False
    if _are_centred(last, line):
        return not _is_apart(last, line, spacings)
    is_set_in = line.left - left > _INDENT and right - line.right < line.left - left
    is_first_set_in = line.left - left > _INDENT and line.left > last.left + _INDENT
    return not (is_set_in or is_first_set_in or _is_apart(last, line, spacings))


def _are_centred(above: Line, below: Line) -> bool:
    """Whether two lines that begin apart are centred under each other."""
    is_under = abs((above.left + above.right) - (below.left + below.right)) < _INDENT
    return is_under and abs(above.left - below.left) > _INDENT


def _fills_column(line: Line, edges: dict[Line, tuple[float, float]]) -> bool:
    left, right = edges[line]
    reaches_edge = line.right - left >= _FULL * (right - left)
    return reaches_edge and line.right - line.left >= _LEAST_WIDTH * (right - left)


def _is_apart(above: Line, below: Line, spacings: dict[int, float]) -> bool:
    """Whether there is more space between two lines than usual; over a page or column none."""
    if above.page != below.page or below.bottom > above.bottom:
        return False
    usual = spacings.get(above.page, 0.0)
    return above.bottom - below.bottom > _WIDE_SPACING * usual


def _make_paragraph(lines: Sequence[Line], usual: float) -> Paragraph:
    text = lines[0].text
    for last, line in pairwise(lines):
        if last.row == line.row and last.page == line.page:
            text += "\t" + line.text
        elif _CUT.search(last.text) and line.text[:1].isalnum():
            text += line.text  # a number or compound that was cut at its hyphen
        else:
            text += " " + line.text
    is_heading = all(line.top - line.bottom > _LARGER * usual for line in lines)
    return Paragraph(text, lines[0].page, lines[-1].page, is_heading)
