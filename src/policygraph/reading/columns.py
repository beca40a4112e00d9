"""Which column of a table, or field of a record, is the text, the title, the date.

Names are rows of data/vocab/columns.toml. Only the text is ever guessed, and then it is said.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import cache

from policygraph.errors import ReadingError
from policygraph.lexicon import Row, load_rows
from policygraph.resources import data_file
from policygraph.text import make_slug

_OPTION = "--text-column"
_PROSE = 200  # code points: cells that are longer on average hold texts
_NAME_SHOWN = 40  # code points of a name in a message: a first row may hold a whole article
_DATE = re.compile(
    r"(?<!\d)(?:(?P<d>\d{1,2})([/.-])(?P<m>\d{1,2})\2(?P<y>(?:19|20)\d\d)"
    r"|(?P<Y>(?:19|20)\d\d)([/.-])(?P<M>\d{1,2})\6(?P<D>\d{1,2}))(?!\d)"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class ColumnRow(Row):
    """A field of an article, and what tables call it."""

    names: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Columns:
    """The index of the column of each field, and what is to be said of a guess."""

    indexes: Mapping[str, int]
    note: str | None = None


@cache
def load_columns() -> tuple[ColumnRow, ...]:
    """The rows of data/vocab/columns.toml."""
    return load_rows(data_file("vocab", "columns.toml"), ColumnRow)


def find_field(name: str) -> str | None:
    """The field that a column's name stands for ("Tiêu đề": "title"); None where it is unknown."""
    return _fields().get(_fold(name))


@cache
def _fields() -> Mapping[str, str]:
    return {_fold(name): row.id for row in load_columns() for name in row.names}


def _fold(name: str) -> str:
    """A name without marks, case and gaps ("Nội dung", "noi_dung" and "NoiDung" are one)."""
    return make_slug(name).replace("-", "")


def choose_columns(
    header: Sequence[str], sample: Sequence[Sequence[str]], *, text_column: str | None
) -> Columns:
    """What the columns of a table are, by their names and a sample of its rows.

    Raises:
        ReadingError: no column is named so, or none holds texts.
    """
    fields = [row.id for row in load_columns()]
    indexes = {field: i for field in fields if (i := _find_name(header, field)) is not None}
    if text_column is not None:
        return Columns(indexes | {"text": _find_named(header, text_column)})
    if "text" in indexes:
        return Columns(indexes)
    index = _find_prose(header, sample)
    others = {field: i for field, i in indexes.items() if i != index}
    note = f"the text is taken from the column “{header[index]}”; {_OPTION} names another"
    return Columns(others | {"text": index}, note)


def rank_names(names: Iterable[str], field: str) -> list[str]:
    """Those of the names that stand for a field, the preferred one first."""
    ranks = {folded: rank for rank, folded in enumerate(_fields())}
    return sorted((n for n in names if find_field(n) == field), key=lambda n: ranks[_fold(n)])


def _find_name(header: Sequence[str], field: str) -> int | None:
    ranked = rank_names(header, field)
    return header.index(ranked[0]) if ranked else None


def _find_named(header: Sequence[str], name: str) -> int:
    found = find_alike(name, header)
    if found is None:
        _refuse_texts(header)
        raise ReadingError(f"there is no column “{name}”", remedy=_list_names(header))
    return header.index(found)


def find_alike(name: str, names: Iterable[str]) -> str | None:
    """The name itself among names, else the only one that differs in marks, case and gaps alone."""
    kept = list(names)
    if name in kept:
        return name
    alike = [each for each in kept if _fold(name) and _fold(each) == _fold(name)]
    return alike[0] if len(alike) == 1 else None


def _find_prose(header: Sequence[str], sample: Sequence[Sequence[str]]) -> int:
    """The column with the longest texts on average."""
    _refuse_texts(header)
    lengths = [_mean_length([row[i] for row in sample if i < len(row)]) for i in range(len(header))]
    if not lengths or max(lengths) < _PROSE:
        message = "no column holds texts"
        raise ReadingError(message, remedy=f"name it with {_OPTION}; {_list_names(header)}")
    return lengths.index(max(lengths))


def _refuse_texts(header: Sequence[str]) -> None:
    if any(len(name) > _PROSE for name in header):
        remedy = "put a line with the names of the columns on its top"
        raise ReadingError("the first row is no header: it holds a text", remedy=remedy)


def _mean_length(cells: Sequence[str]) -> float:
    texts = [cell for cell in cells if cell]
    return sum(len(text) for text in texts if " " in text) / len(texts) if texts else 0.0


def _list_names(header: Iterable[str]) -> str:
    shown = [name[:_NAME_SHOWN] for name in list(header)[:30] if name]
    return "the columns are " + ", ".join(f"“{name}”" for name in shown)


def make_record(row: Sequence[str], columns: Columns, *, fallback_id: str) -> dict[str, str]:
    """The fields of a row that are not empty; a date that cannot be read is left out."""
    cells = {field: row[i].strip() for field, i in columns.indexes.items() if i < len(row)}
    record = _keep_dates({field: cell for field, cell in cells.items() if cell})
    return record | {"id": record.get("id") or record.get("url") or fallback_id}


def name_fields(values: Mapping[str, str]) -> dict[str, str]:
    """The fields that an article knows among those that somebody named; the first of each."""
    named: dict[str, str] = {}
    for name, value in values.items():
        field = find_field(name)
        if field and field not in ("id", "text") and value.strip():
            named.setdefault(field, value.strip())
    return _keep_dates(named)


def _keep_dates(fields: Mapping[str, str]) -> dict[str, str]:
    kept = dict(fields)
    if "published" in kept:
        published = read_date(kept.pop("published"))
        kept |= {"published": published} if published else {}
    return kept


def read_date(value: str) -> str | None:
    """A date as ISO 8601: of ISO 8601, or with the day first ("Thứ Năm, 25/7/2013 08:30").

    None where there is none, an impossible one, or several.
    """
    try:
        return datetime.fromisoformat(value.strip()).date().isoformat()
    except ValueError:
        pass  # not ISO 8601: perhaps the other form
    days = {_make_date(found) for found in _DATE.finditer(value)}
    return days.pop() if len(days) == 1 else None


def _make_date(found: re.Match[str]) -> str | None:
    year, month, day = (int(found[part] or found[part.swapcase()]) for part in "ymd")
    try:
        return date(year, month, day).isoformat()
    except ValueError:
        return None
