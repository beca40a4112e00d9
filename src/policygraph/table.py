"""Reads the CSV tables of data/registry into frozen values.

A table is UTF-8 with a header that names the fields of its row type, in their order; the first
column is the id. A field of type `tuple[str, ...]` is split at ";", an empty optional field is
None, dates are ISO 8601, and a `Literal` field holds one of its values.
"""

from __future__ import annotations

import csv
import typing
from collections.abc import Iterator, Mapping, Sequence
from datetime import date as calendar_date
from pathlib import Path
from typing import Any, TypeVar

from policygraph.errors import DataError

T = TypeVar("T")

_DAYS = frozenset({"date", "start", "end"})
_DAYS_OR_YEARS = frozenset({"valid_from", "valid_to"})


def read_table(path: Path, row_type: type[T]) -> tuple[T, ...]:
    """The rows of a table, in file order.

    Raises:
        DataError: a header that is not the row type's, a row with too few or too many cells, an
            empty required field, an impossible value, an id used twice; with file and row.
    """
    hints = typing.get_type_hints(row_type)
    rows: dict[str, T] = {}
    with path.open(encoding="utf-8", newline="") as lines:
        reader = csv.reader(lines)
        if next(reader, []) != list(hints):
            raise DataError(f"the columns must be {', '.join(hints)}", place=path)
        for cells in reader:
            place = f"{path}: row {cells[0] if cells else reader.line_num}"
            if len(cells) != len(hints):
                raise DataError(f"{len(cells)} cells under {len(hints)} columns", place=place)
            if cells[0] in rows:
                raise DataError("the id is used twice", place=place)
            rows[cells[0]] = row_type(**dict(_read_cells(hints, cells, place)))
    return tuple(rows.values())


def _read_cells(
    hints: Mapping[str, Any], cells: Sequence[str], place: str
) -> Iterator[tuple[str, Any]]:
    for (column, hint), cell in zip(hints.items(), cells, strict=True):
        if not _is_valid(column, hint, cell):
            raise DataError(f"{column!r} may not be {cell!r}", place=place)
        if hint == tuple[str, ...]:
            yield column, tuple(part.strip() for part in cell.split(";") if part.strip())
        else:
            yield column, cell or None


def _is_valid(column: str, hint: Any, cell: str) -> bool:
    if typing.get_origin(hint) is typing.Literal:
        return cell in typing.get_args(hint)
    if not cell:
        return hint is not str
    if column in _DAYS_OR_YEARS and len(cell) == 4:
        return cell.isdigit()
    return column not in _DAYS | _DAYS_OR_YEARS or _is_date(cell)


def _is_date(cell: str) -> bool:
    try:
        return calendar_date.fromisoformat(cell).isoformat() == cell
    except ValueError:
        return False
