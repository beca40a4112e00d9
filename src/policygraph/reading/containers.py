"""Files of many articles → sources: JSON Lines, JSON, CSV, Excel, Parquet, feeds.

Every article of such a file becomes a record as JSON, whatever it was before: it is that record
which is hashed, so that one changed row is one article read anew.
"""

from __future__ import annotations

import codecs
import io
import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from itertools import chain, islice
from typing import Any

from policygraph.errors import ReadingError
from policygraph.reading.columns import Columns, choose_columns, make_record
from policygraph.reading.encodings import decode
from policygraph.reading.formats import Form
from policygraph.reading.isolation import read_items_apart
from policygraph.reading.limits import MOST_FILE_BYTES, MOST_TEXT_BYTES, check_size
from policygraph.reading.records import parse_record, split_json
from policygraph.reading.selection import Selection
from policygraph.reading.source import File, Source, make_source
from policygraph.reading.tables import read_delimited

Found = Iterator[Source | ReadingError]

Row = list[str] | ReadingError

_SAMPLE_ROWS = 50
_UTF16 = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)


class _Records:
    """The records of one file as sources, each id once."""

    def __init__(self, file: File, text_column: str | None = None) -> None:
        self.file = file
        self.text_column = text_column
        self.first_places: dict[str, str] = {}

    def take(self, raw: bytes, position: str, notes: tuple[str, ...] = ()) -> Source | ReadingError:
        """The source of a record; `position` is the line, row or number of it in the file."""
        place = f"{self.file.path.as_posix()}:{position}"
        fallback = f"{self.file.relative}#{position}"
        try:
            record = parse_record(
                raw, place=place, fallback_id=fallback, text_column=self.text_column
            )
        except ReadingError as error:
            return error.at(place)
        first = self.first_places.setdefault(record.id, position)
        if first != position:
            message = f"the id {record.id!r} is used twice, first in {first}"
            return ReadingError(message, place=place, remedy="give each article an id of its own")
        return make_source(
            record.id,
            place,
            raw,
            "record",
            text_column=self.text_column,
            notes=(*notes, *record.notes),
        )


def read_lines(file: File, selection: Selection) -> Found:
    """JSON Lines: one article a line."""
    records, is_empty = _Records(file, selection.text_column), True
    with file.path.open("rb") as stream:
        for number, line in enumerate(_split_lines(stream), 1):
            if isinstance(line, ReadingError):
                yield line.at(f"{file.path.as_posix()}:{number}")
            elif number == 1 and line.startswith(_UTF16):
                yield ReadingError("UTF-16, but JSON Lines must be UTF-8", place=file.path)
                return
            elif raw := line.removeprefix(codecs.BOM_UTF8).strip():
                yield records.take(raw, str(number))
            else:
                continue
            is_empty = False
    if is_empty:
        yield ReadingError("the file is empty", place=file.path)


def _split_lines(stream: io.BufferedReader) -> Iterator[bytes | ReadingError]:
    """The lines of a file; one that is too long to be an article is passed over, not loaded."""
    while line := stream.readline(MOST_TEXT_BYTES + 1):
        if len(line) <= MOST_TEXT_BYTES:
            yield line
            continue
        size = len(line)
        while line and not line.endswith(b"\n"):
            line = stream.readline(MOST_TEXT_BYTES)
            size += len(line)
        yield ReadingError(f"the line has {size / 2**20:,.0f} MB, too many for one article")


def read_json(file: File, selection: Selection) -> Found:
    """A JSON file: an array of articles, or one."""
    check_size(file.path.stat().st_size, MOST_FILE_BYTES)
    records, place = _Records(file, selection.text_column), file.path.as_posix()
    for number, raw in enumerate(split_json(file.path.read_bytes(), place=place), 1):
        yield records.take(raw, str(number))


def read_table(file: File, selection: Selection) -> Found:
    """CSV and TSV: one article a row, named by the row's number in the file."""
    check_size(file.path.stat().st_size, MOST_FILE_BYTES)
    decoded = decode(file.path.read_bytes(), place=file.path.as_posix())
    delimiter = "\t" if file.path.suffix.lower() in (".tsv", ".tab") else None
    rows = read_delimited(io.StringIO(decoded.text, newline=""), delimiter=delimiter)
    notes = (decoded.note,) if decoded.note else ()
    yield from _take_rows(rows, _Records(file), selection, notes)


def _take_rows(
    rows: Iterator[Row],
    records: _Records,
    selection: Selection,
    notes: tuple[str, ...] = (),
    sheet: str = "",
) -> Found:
    """The articles of a table whose first row names its columns."""
    header = next(rows, None)
    if header is None:
        raise ReadingError("the table is empty")
    if isinstance(header, ReadingError):
        raise header
    first = list(islice(rows, _SAMPLE_ROWS))
    sample = [row for row in first if not isinstance(row, ReadingError)]
    columns = choose_columns(header, sample, text_column=selection.text_column)
    notes = (*notes, columns.note) if columns.note else notes
    for number, row in enumerate(chain(first, rows), 2):
        position = f"{sheet}{number}"
        if isinstance(row, ReadingError):
            yield row.at(f"{records.file.path.as_posix()}:{position}")
        elif any(row):
            yield records.take(_dump_row(row, columns, records.file, position), position, notes)
            notes = ()


def _dump_row(row: Sequence[str], columns: Columns, file: File, position: str) -> bytes:
    record = make_record(row, columns, fallback_id=f"{file.relative}#{position}")
    return _dump(record)


def _dump(record: Mapping[str, Any]) -> bytes:
    return json.dumps(record, ensure_ascii=False, sort_keys=True).encode()


def read_parquet_rows(file: File, selection: Selection) -> Found:
    """Parquet: one article a row."""
    items = read_items_apart(file.path, file.form)
    yield from _take_rows((item["row"] for item in items), _Records(file), selection)


def read_sheets(file: File, selection: Selection) -> Found:
    """An Excel workbook: one article a row, of every sheet that has a column of texts."""
    check_size(file.path.stat().st_size, MOST_FILE_BYTES)
    records = _Records(file)
    failures: list[ReadingError] = []
    is_read = False
    sheets = list(read_items_apart(file.path, file.form))
    for sheet in sheets:
        name = f"{sheet['name']}!" if len(sheets) > 1 else ""
        try:
            for found in _take_rows(iter(sheet["rows"]), records, selection, sheet=name):
                is_read = True
                yield found
        except ReadingError as error:
            failures.append(error)
    if failures and not is_read:
        raise failures[0]


def read_entries(file: File, selection: Selection) -> Found:
    """A feed: one article an entry."""
    check_size(file.path.stat().st_size, MOST_TEXT_BYTES)
    records = _Records(file)
    for number, item in enumerate(read_items_apart(file.path, file.form), 1):
        yield records.take(_dump(item["record"]), str(number))


READERS: Mapping[Form, Callable[[File, Selection], Found]] = {
    "lines": read_lines,
    "json": read_json,
    "delimited": read_table,
    "excel": read_sheets,
    "parquet": read_parquet_rows,
    "feed": read_entries,
}
