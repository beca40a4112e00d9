"""The order of two columns that stand side by side but are drawn line by line.

A letterhead and the foot of an official document have two columns: who issues it and its number
beside the motto and the date, to whom it is sent beside who signs it. Set by tabs and not as a
table, each line of the one is drawn together with one of the other.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence

from policygraph.reading.pdf.lines import Line

_FEWEST_ROWS = 2  # in two parts
_MOST_APART = 2  # rows from one in two parts to the next: some have a left or a right part alone
_FIRST_ROWS = 3  # of the first page, among which a letterhead begins
_RECIPIENTS = "Nơi nhận"  # what the left column of a foot begins with, by Decree 30/2020/NĐ-CP
_SLACK = 10.0  # points


def order_lines(lines: Sequence[Line]) -> list[Line]:
    """The lines in their order, the right column of a letterhead or foot behind the left one."""
    pages: dict[int, list[Line]] = defaultdict(list)
    for line in lines:
        pages[line.page].append(line)
    return [line for page in pages.values() for line in _order_page(page)]


def _order_page(lines: Sequence[Line]) -> list[Line]:
    ordered = list(lines)
    for first, last, boundary in _find_columns(lines):
        start = next(i for i, line in enumerate(ordered) if line.row >= first)
        end = next((i for i, line in enumerate(ordered) if line.row > last), len(ordered))
        ordered[start:end] = sorted(ordered[start:end], key=lambda x: x.left >= boundary)
    return ordered


def _find_columns(lines: Sequence[Line]) -> Iterator[tuple[int, int, float]]:
    """The first row, last row and left edge of the right column of what stands in two columns."""
    rows: dict[int, list[Line]] = defaultdict(list)
    for line in lines:
        rows[line.row].append(line)
    is_first_page = lines[0].page == 1
    for run in _find_runs([row for row in sorted(rows) if len(rows[row]) == 2]):
        boundary = min(rows[row][1].left for row in run) - _SLACK
        if any(rows[row][0].text.startswith(_RECIPIENTS) for row in run):
            yield run[0], max(rows), boundary
        elif is_first_page and len(run) >= _FEWEST_ROWS and run[0] < min(rows) + _FIRST_ROWS:
            yield run[0], run[-1], boundary


def _find_runs(rows: Sequence[int]) -> Iterator[list[int]]:
    run: list[int] = []
    for row in rows:
        if run and row - run[-1] > _MOST_APART:
            yield run
            run = []
        run.append(row)
    if run:
        yield run
