"""A file of many articles → its entries: JSON Lines, JSON, CSV, Excel, Parquet, feeds.

All of this runs in the process that `policygraph.reading.isolation` starts. However large the file
is, one entry or one batch of them is in memory at a time, except for workbooks and feeds, which
their libraries load whole.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain, islice
from pathlib import Path
from typing import Any

from policygraph.errors import ReadingError
from policygraph.reading.columns import Columns, choose_columns
from policygraph.reading.encodings import decode_lines
from policygraph.reading.formats import Form
from policygraph.reading.json_files import read_json, read_lines
from policygraph.reading.limits import check_length
from policygraph.reading.records import Record, read_record
from policygraph.reading.tables import Row, read_delimited, read_excel, read_parquet

_SAMPLE_ROWS = 50


@dataclass(frozen=True, slots=True)
class Entry:
    """One record of a file of many.

    Attributes:
        number: of the line, the row or the entry in its file or sheet, counted from 1.
        found: what it holds, or why it cannot be read.
        sheet: the name of its sheet, where a workbook has several.
        notes: what is to be said of the whole file, with its first entry.
    """

    number: int
    found: Record | ReadingError
    sheet: str | None = None
    notes: tuple[str, ...] = ()


def read_entries(path: Path, form: Form, *, text_column: str | None = None) -> Iterator[Entry]:
    """The entries of a file of many articles.

    Args:
        text_column: the column or field that is the text.

    Raises:
        ReadingError: nothing can be read, or nothing from here on.
    """
    return _READERS[form](path, text_column)


def _try_record(values: Mapping[str, Any] | ReadingError, text_column: str | None = None) -> Any:
    if isinstance(values, ReadingError):
        return values
    try:
        record = read_record(values, text_column=text_column)
        check_length(record.text)
    except ReadingError as error:
        return error
    return record


def _list_lines(path: Path, text_column: str | None) -> Iterator[Entry]:
    for number, values in read_lines(path):
        yield Entry(number, _try_record(values, text_column))


def _list_objects(path: Path, text_column: str | None) -> Iterator[Entry]:
    for number, values in enumerate(read_json(path), 1):
        yield Entry(number, _try_record(values, text_column))


def _list_csv_rows(path: Path, text_column: str | None) -> Iterator[Entry]:
    lines, note = decode_lines(path)
    delimiter = "\t" if path.suffix.lower() in (".tsv", ".tab") else None
    notes = (note,) if note else ()
    yield from _list_rows(read_delimited(lines, delimiter=delimiter), text_column, notes)


def _list_parquet_rows(path: Path, text_column: str | None) -> Iterator[Entry]:
    yield from _list_rows(read_parquet(path), text_column)


def _list_sheets(path: Path, text_column: str | None) -> Iterator[Entry]:
    """The rows of every sheet that has a column of texts."""
    failures: list[ReadingError] = []
    sheets = list(read_excel(path.read_bytes()))
    for sheet in sheets:
        name = sheet.name if len(sheets) > 1 else None
        try:
            yield from _list_rows(iter(sheet.rows), text_column, sheet=name)
        except ReadingError as error:
            failures.append(error)
    if len(failures) == len(sheets):
        raise failures[0]


def _list_feed_entries(path: Path, text_column: str | None) -> Iterator[Entry]:
    from policygraph.reading.feeds import read_feed

    for number, values in enumerate(read_feed(path.read_bytes()), 1):
        yield Entry(number, _try_record(values))


def _list_rows(
    rows: Iterator[Row],
    text_column: str | None,
    notes: tuple[str, ...] = (),
    sheet: str | None = None,
) -> Iterator[Entry]:
    """The entries of a table whose first row names its columns; empty rows are passed over."""
    header = next(rows, None)
    if header is None:
        raise ReadingError("the table is empty")
    if isinstance(header, ReadingError):
        raise header
    first = list(islice(rows, _SAMPLE_ROWS))
    sample = [row for row in first if not isinstance(row, ReadingError)]
    columns = choose_columns(header, sample, text_column=text_column)
    notes = (*notes, columns.note) if columns.note else notes
    is_empty = True
    for number, row in enumerate(chain(first, rows), 2):
        if isinstance(row, ReadingError) or any(row):
            yield Entry(number, _try_record(_name_cells(row, columns)), sheet, notes)
            is_empty, notes = False, ()
    if is_empty:
        raise ReadingError("the table has names of columns, and no row below them")


def _name_cells(row: Sequence[str] | ReadingError, columns: Columns) -> Any:
    if isinstance(row, ReadingError):
        return row
    return {field: row[index] for field, index in columns.indexes.items() if index < len(row)}


_READERS: Mapping[Form, Callable[[Path, str | None], Iterator[Entry]]] = {
    "lines": _list_lines,
    "json": _list_objects,
    "delimited": _list_csv_rows,
    "excel": _list_sheets,
    "parquet": _list_parquet_rows,
    "feed": _list_feed_entries,
}
