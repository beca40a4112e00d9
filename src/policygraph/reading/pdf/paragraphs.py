"""Lines → paragraphs: which line goes on with the next."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from policygraph.reading.pdf.columns import SAME_COLUMN, Columns, find_columns
from policygraph.reading.pdf.lines import Line
from policygraph.reading.pdf.order import order_lines

_INDENT = 8.0  # points by which the first line of a paragraph is set in, at least
_LARGER, _SAME_SIZE = 1.15, 0.1  # of the usual height of lines: headings, which are short lines
_LEAST_RISE = 3.0  # lines from the foot of a column to the head of the next; a cell has fewer
_ITEM = re.compile(
    r"[-–+•*▪●]\s|\(?\d{1,3}[.)]\s|\d{1,2}\.\d{1,2}\.?\s|[a-zđ][.)]\s|[IVXL]{1,6}\.\s|"
    r"(?:Điều|Chương|Mục|Phần|Phụ lục)\s+[\dIVXL]{1,5}\b|Căn cứ\s|Nơi nhận"
)
_CUT = re.compile(r"[^\W_][-/]$")
_ENDS = (".", "!", "?", ";", ":")


@dataclass(frozen=True, slots=True)
class Paragraph:
    """Lines as one text, the pages that it begins and ends on, and whether it is set larger."""

    text: str
    first_page: int
    last_page: int
    is_heading: bool


def join_lines(lines: Sequence[Line]) -> Iterator[Paragraph]:
    """The paragraphs of the lines of a file, in their order."""
    ordered = order_lines(lines)
    columns = find_columns(ordered)
    run: list[Line] = []
    for line in ordered:
        if run and not _goes_on(run, line, columns):
            yield _make_paragraph(run, columns)
            run = []
        run.append(line)
    if run:
        yield _make_paragraph(run, columns)


def _goes_on(run: Sequence[Line], line: Line, columns: Columns) -> bool:
    last = run[-1]
    if _is_beside(last, line) or _is_cut(last, line) or _is_heading(last, line, columns):
        return True
    if _ITEM.match(line.text) or not _is_same_size(last, line):
        return False
    is_under = _is_under(last, line)
    if columns.is_apart(last, line) if is_under else not _is_next_column(last, line):
        return False
    if not columns.is_full(last, line):
        return is_under and _goes_on_small(last, line)
    return (is_under and _are_centred(last, line)) or not _begins_anew(run, line, columns)


def _is_beside(last: Line, line: Line) -> bool:
    """Whether two parts are cells of one row of a table."""
    return last.row == line.row and last.page == line.page


def _is_cut(last: Line, line: Line) -> bool:
    """Whether a number or compound was cut at its hyphen or stroke."""
    return bool(_CUT.search(last.text)) and line.text[:1].isalnum()


def _is_heading(above: Line, below: Line, columns: Columns) -> bool:
    """Whether two lines are one heading: both larger than the text, and one under the other."""
    is_large = min(above.height, below.height) > _LARGER * columns.height
    is_near = above.page == below.page and 0 < above.bottom - below.bottom < 2 * above.height
    return is_large and is_near and _is_same_size(above, below)


def _is_same_size(above: Line, below: Line) -> bool:
    return abs(above.height - below.height) <= _SAME_SIZE * max(above.height, below.height)


def _is_under(above: Line, below: Line) -> bool:
    is_lower = above.page == below.page and below.bottom < above.bottom
    return is_lower and below.left < above.right and above.left < below.right


def _is_next_column(last: Line, line: Line) -> bool:
    """Whether a line is at the head of the next page or column, and not the next cell of a row."""
    is_right = line.left >= last.right and line.bottom - last.bottom > _LEAST_RISE * line.height
    return last.page != line.page or is_right


def _goes_on_small(last: Line, line: Line) -> bool:
    """Whether a line goes on under one that is not full: in the cell of a table, a caption."""
    is_open = not last.text.endswith(_ENDS) and not last.text.isupper()
    return is_open and line.text[0].islower()


def _are_centred(above: Line, below: Line) -> bool:
    """Whether two lines that begin apart are centred under each other."""
    is_under = abs((above.left + above.right) - (below.left + below.right)) < _INDENT
    return is_under and abs(above.left - below.left) > _INDENT


def _begins_anew(run: Sequence[Line], line: Line, columns: Columns) -> bool:
    """Whether a line behind a full one begins a paragraph, told by where it is set in.

    The first line of a paragraph is set in, or in an item of a list all others are.
    """
    last, indent = run[-1], columns.indent(line)
    shift = min(indent - columns.indent(last), line.left - last.left, key=abs)
    is_first = len(run) == 1
    if shift > _INDENT:
        return not (is_first and shift <= SAME_COLUMN and _ITEM.match(last.text))
    if shift < -_INDENT:
        return not is_first
    return is_first and indent > _INDENT and last.text.endswith(_ENDS)


def _make_paragraph(lines: Sequence[Line], columns: Columns) -> Paragraph:
    text = lines[0].text
    for last, line in pairwise(lines):
        gap = "\t" if _is_beside(last, line) else "" if _is_cut(last, line) else " "
        text += gap + line.text
    is_heading = all(line.height > _LARGER * columns.height for line in lines)
    return Paragraph(text, lines[0].page, lines[-1].page, is_heading)
