"""Files → rows of text: CSV and TSV, Excel and its like, Parquet."""

from __future__ import annotations

import csv
import io
import re
import zipfile
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import date, datetime
from itertools import chain, islice
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from policygraph.errors import ReadingError
from policygraph.reading.columns import find_field
from policygraph.reading.limits import check_size

_DELIMITERS = ",;\t|"
_SEPARATOR = re.compile(r'"?sep=([^\r\n"])"?[\r\n]*', re.IGNORECASE)  # Excel's own first line
_SNIFFED_LINES = 50
_TITLE_ROWS = 20  # what may stand above the header of a sheet
_LONGEST_CELL = 16 * 2**20
_MOST_EXPANDED = 200 * 2**20
_LOCKABLE = (".xlsx", ".xls", ".ods")  # .xlsb is locked as .xlsx is
_BATCH = 64  # rows of Parquet that are in memory at a time
_PARSERS_REMEDY = "open it in a spreadsheet program, and save it as .xlsx or .csv"


Row = list[str] | ReadingError


@dataclass(frozen=True, slots=True)
class Sheet:
    """One sheet of a workbook; the first row names the columns."""

    name: str
    rows: list[list[str]]


def read_delimited(lines: Iterable[str], *, delimiter: str | None) -> Iterator[Row]:
    """The rows of CSV, the header first; a row with more cells than the header is an error.

    The delimiter is told by the header where none is given; Excel's first line "sep=;" names it.
    """
    csv.field_size_limit(_LONGEST_CELL)
    source = iter(lines)
    first = list(islice(source, _SNIFFED_LINES))
    if first and (named := _SEPARATOR.fullmatch(first[0])):
        delimiter, first = named[1], first[1:]
    counted = _Lines(chain(first, source))
    rows = csv.reader(counted, delimiter=delimiter or _sniff(first))
    start = 0
    try:
        header = [name.strip() for name in next(filter(any, rows), [])]
        if header:
            yield header
        start = rows.line_num
        for row in rows:
            if counted.is_exhausted:
                yield _refuse_open_quote(start + 1)
                return
            yield _fit(row, len(header))
            start = rows.line_num
    except csv.Error as error:
        message = f"broken CSV in line {start + 1}, and nothing behind it is read: {error}"
        yield ReadingError(message, remedy=_PARSERS_REMEDY)


class _Lines:
    """Lines that tell whether more were asked for than there are.

    A row that comes only then ends within a quotation mark: all the rows behind it are in it.
    """

    def __init__(self, lines: Iterator[str]) -> None:
        self.lines = lines
        self.is_exhausted = False

    def __iter__(self) -> _Lines:
        return self

    def __next__(self) -> str:
        for line in self.lines:
            return line
        self.is_exhausted = True
        raise StopIteration


def _refuse_open_quote(line: int) -> ReadingError:
    message = f"a quotation mark opened in the row of line {line} is not closed again"
    return ReadingError(message, remedy="close it; what stands behind it is not read")


def _sniff(lines: Sequence[str]) -> str:
    """The delimiter under which the most rows have as many cells as the header."""
    return max(_DELIMITERS, key=lambda delimiter: _rate(lines, delimiter))


def _rate(lines: Sequence[str], delimiter: str) -> tuple[float, int]:
    widths: list[int] = []
    with suppress(csv.Error):  # a cell too long: it is told when the rows are read
        widths.extend(len(row) for row in csv.reader(lines, delimiter=delimiter) if row)
    if not widths or widths[0] < 2:
        return 0.0, 0
    # The last row may be cut where the sample ends.
    rest = widths[1:-1] or widths[1:]
    return (rest.count(widths[0]) / len(rest) if rest else 1.0), widths[0]


def _fit(row: list[str], width: int) -> list[str] | ReadingError:
    if any(cell.strip() for cell in row[width:]):
        message = f"the row has {len(row)} cells under {width} columns"
        return ReadingError(message, remedy="put texts with delimiters into quotation marks")
    return row[:width] + [""] * (width - len(row))


def read_excel(raw: bytes) -> Iterator[Sheet]:
    """The sheets of a workbook (.xlsx, .xls, .xlsb, .ods) that hold a table.

    Raises:
        ReadingError: no workbook, protected by a password, too large, or empty.
    """
    from python_calamine import CalamineError, CalamineWorkbook

    _check_archive(raw)
    try:
        workbook = CalamineWorkbook.from_filelike(io.BytesIO(raw))
        names = workbook.sheet_names
        tables = [(name, workbook.get_sheet_by_name(name).to_python()) for name in names]
    except CalamineError as error:
        if _is_locked(raw):
            remedy = "save it without a password"
            raise ReadingError("the workbook is protected by a password", remedy=remedy) from error
        message = f"no workbook: {str(error) or type(error).__name__}"
        raise ReadingError(message, remedy=_PARSERS_REMEDY) from error
    sheets = [Sheet(name, rows) for name, table in tables if (rows := _find_table(table))]
    if not sheets:
        raise ReadingError("the workbook is empty", remedy="save it with its sheets")
    yield from sheets


def _is_locked(raw: bytes) -> bool:
    """Whether a workbook that could not be read wants a password.

    calamine tells so only where it knows the format from a file's name; where it must find out the
    format from the bytes, it says no more than that it does not know it.
    """
    from python_calamine import CalamineError, CalamineWorkbook, PasswordError

    with TemporaryDirectory() as folder:
        path = Path(folder, "workbook")
        path.write_bytes(raw)
        for suffix in _LOCKABLE:
            path = path.rename(path.with_suffix(suffix))
            try:
                CalamineWorkbook.from_path(path).close()
            except PasswordError:
                return True
            except CalamineError:
                continue
    return False


def _check_archive(raw: bytes) -> None:
    """Refuses an archive that says it grows beyond all measure; others are the library's affair."""
    try:
        with zipfile.ZipFile(io.BytesIO(raw)) as archive:
            size = sum(part.file_size for part in archive.infolist())
    except zipfile.BadZipFile:
        return  # the older binary format, or no workbook at all
    except NotImplementedError as error:  # an archive of a later kind than any workbook is
        raise ReadingError(f"no workbook: {error}", remedy=_PARSERS_REMEDY) from error
    check_size(size, _MOST_EXPANDED, what="the unpacked workbook")


def _find_table(table: Sequence[Sequence[Any]]) -> list[list[str]]:
    """The rows from the header on: the first row with two names, or one that is known."""
    rows = [[_write_cell(cell) for cell in row] for row in table]
    named = (i for i, row in enumerate(rows[:_TITLE_ROWS]) if "text" in map(find_field, row))
    wide = (i for i, row in enumerate(rows) if sum(map(bool, row)) > 1)
    start = next(chain(named, wide), None)
    return rows[start:] if start is not None else []


def _write_cell(cell: Any) -> str:
    """A cell as text: dates as ISO 8601, whole numbers without a fraction."""
    if cell is None:
        return ""
    if isinstance(cell, datetime | date):
        return cell.isoformat()
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    return str(cell).strip()


def read_parquet(path: Path) -> Iterator[list[str]]:
    """The rows of a Parquet file, the header first; nested and binary columns are left out.

    Raises:
        ReadingError: no Parquet file, one with two columns of one name, or a text not in UTF-8.
        MemoryError: a batch of rows is larger than the memory allowed.
    """
    import pyarrow as pa
    import pyarrow.parquet as pq

    pa.set_memory_pool(pa.system_memory_pool())
    try:
        with pq.ParquetFile(path) as file:
            schema = file.schema_arrow
            plain = [field.name for field in schema if not _is_opaque(pa, field.type)]
            if twice := [name for name, times in Counter(plain).items() if times > 1]:
                raise ReadingError(f"two columns are named “{twice[0]}”", remedy="rename one")
            yield plain
            for batch in file.iter_batches(batch_size=_BATCH, columns=plain, use_threads=False):
                columns = [_list_cells(pa, batch.column(name)) for name in plain]
                yield from map(list, zip(*columns, strict=True))
    except pa.ArrowMemoryError as error:  # the file is whole: whoever limits memory tells of it
        raise MemoryError(str(error)) from error
    except UnicodeDecodeError as error:
        message = "a text in it is not UTF-8, which Parquet texts must be"
        raise ReadingError(message, remedy="write it anew") from error
    except (pa.ArrowException, OSError) as error:
        message = f"no Parquet file: {' '.join(str(error).split())}"
        raise ReadingError(message, remedy="write it anew") from error


def _is_opaque(pa: Any, type_: Any) -> bool:
    types = pa.types
    if types.is_dictionary(type_):
        return _is_opaque(pa, type_.value_type)
    binary = (types.is_binary, types.is_large_binary, types.is_fixed_size_binary)
    return any(is_kind(type_) for is_kind in (types.is_nested, *binary))


def _list_cells(pa: Any, column: Any) -> list[str]:
    if pa.types.is_timestamp(column.type):  # Python's datetime has no nanoseconds
        column = column.cast(pa.timestamp("us", tz=column.type.tz), safe=False)
    try:
        return [_write_cell(cell) for cell in column.to_pylist()]
    except UnicodeDecodeError:
        raise
    except (OverflowError, ValueError):  # a date beyond the year 9999: the others are good
        return [_write_scalar(scalar) for scalar in column]


def _write_scalar(scalar: Any) -> str:
    """A cell as text; empty where it is a date or a time that no calendar holds."""
    try:
        return _write_cell(scalar.as_py())
    except UnicodeDecodeError:
        raise
    except (OverflowError, ValueError):
        return ""
