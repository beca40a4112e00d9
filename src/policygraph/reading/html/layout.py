"""Tables that hold data, whose rows are read as lines, and tables that only set out a page."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from itertools import islice
from typing import Any

Element = Any  # lxml's own types are of no use to a checker

_PARAGRAPHS = frozenset({"p", "div", "li", "pre", "blockquote", "h1", "h2", "h3", "h4", "h5", "h6"})
_ROW_GROUPS = frozenset({"thead", "tbody", "tfoot"})
_BORDER = re.compile(
    r"border(?:-(?:top|right|bottom|left))?\s{0,9}:\s{0,9}(?!none|0|medium none|initial|hidden)\w",
    re.IGNORECASE,
)
_ROWS_OF_DATA = 3  # without a border, fewer rows are a letterhead or a block of signatures
_MOST_ELEMENTS = 2_000  # of a table, that are looked at before it is judged


@dataclass(slots=True)
class Tables:
    """The tables of one page, each judged once."""

    judged: dict[Element, bool] = field(default_factory=dict)

    def is_data_row(self, row: Element) -> bool:
        """Whether a row is one line: of a table of data, and no cell with several paragraphs."""
        table = row.getparent()
        table = table.getparent() if table is not None and table.tag in _ROW_GROUPS else table
        if table is None or table.tag != "table":
            return False
        if table not in self.judged:
            self.judged[table] = _holds_data(table)
        return self.judged[table] and all(map(_is_plain, _list_cells(row)))


def _holds_data(table: Element) -> bool:
    """Whether a table has headings or lines, or else at least three rows of plain cells.

    The letterhead of an official document is a table of one or two rows without lines.
    """
    rows: list[Element] = []
    is_ruled = _is_ruled(table)
    for element in islice(table.iterdescendants("table", "th", "td", "tr"), _MOST_ELEMENTS):
        if element.tag == "table":
            return False
        is_ruled = is_ruled or element.tag == "th" or _is_ruled(element)
        rows += [element] if element.tag == "tr" else []
    if is_ruled:
        return True
    cells = [_list_cells(row) for row in rows]
    is_grid = all(len(each) > 1 and all(map(_is_plain, each)) for each in cells)
    return len(rows) >= _ROWS_OF_DATA and is_grid


def _is_ruled(element: Element) -> bool:
    border = element.get("border", "0").strip()
    return border not in ("0", "none", "") or bool(_BORDER.search(element.get("style", "")))


def _list_cells(row: Element) -> list[Element]:
    return [cell for cell in row if cell.tag in ("td", "th")]


def _is_plain(cell: Element) -> bool:
    """Whether a cell is one paragraph; the looking ends with the second."""
    paragraphs = 1 if (cell.text or "").strip() else 0
    for inner in cell.iterdescendants():
        paragraphs += inner.tag in _PARAGRAPHS and inner.getparent().tag != "li"
        if paragraphs > 1 or inner.tag == "table":
            return False
    return True
