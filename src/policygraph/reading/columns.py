"""Which column of a table, or field of a record, is the text, the title, the date.

Names are rows of data/vocab/columns.toml. Only the text is ever guessed, and then it is said.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache

from policygraph.errors import ReadingError
from policygraph.lexicon import Row, load_rows
from policygraph.reading.dates import read_date as read_date  # html/ finds it here
from policygraph.resources import data_file
from policygraph.text import make_slug

_OPTION = "--text-column"
_PROSE = 200  # code points: cells that are longer on average hold texts
_SHORT_PROSE = 80  # these do where no other column comes near
_LEAD = 2  # times as long as the cells of the next column
_LONGEST_NAME = 100  # code points of the name of a column
_NAME_SHOWN = 40  # code points of a name in a message: a first row may hold a whole article


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


@cache
def _ranks() -> Mapping[str, int]:
    return {folded: rank for rank, folded in enumerate(_fields())}


@lru_cache(maxsize=4096)  # the names of a file come again with each of its records
def _fold(name: str) -> str:
    """A name without marks, case and gaps ("Nội dung", "noi_dung" and "NoiDung" are one)."""
    return make_slug(name[:_LONGEST_NAME]).replace("-", "")


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
    return sorted((n for n in names if find_field(n) == field), key=lambda n: _ranks()[_fold(n)])


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
    """The column with the longest texts on average; raises ReadingError where none holds texts."""
    _refuse_texts(header)
    lengths = [_mean_length([row[i] for row in sample if i < len(row)]) for i in range(len(header))]
    longest, second = sorted([*lengths, 0.0, 0.0], reverse=True)[:2]
    if longest < _PROSE and (longest < _SHORT_PROSE or longest < _LEAD * second):
        message = "no column holds texts"
        raise ReadingError(message, remedy=f"name it with {_OPTION}; {_list_names(header)}")
    return lengths.index(longest)


def _refuse_texts(header: Sequence[str]) -> None:
    if any(len(name) > _LONGEST_NAME and " " in name for name in header):
        remedy = "put a line with the names of the columns on its top"
        raise ReadingError("the first row is no header: it holds a text", remedy=remedy)


def _mean_length(cells: Sequence[str]) -> float:
    texts = [cell for cell in cells if cell]
    return sum(len(text) for text in texts if " " in text) / len(texts) if texts else 0.0


def _list_names(header: Iterable[str]) -> str:
    shown = [name[:_NAME_SHOWN] for name in list(header)[:30] if name]
    return "the columns are " + ", ".join(f"“{name}”" for name in shown)


def name_fields(values: Mapping[str, str]) -> dict[str, str]:
    """The fields that an article knows among those that somebody named; the first of each."""
    named: dict[str, str] = {}
    for name, value in values.items():
        field = find_field(name)
        if field and field not in ("id", "text") and value.strip():
            named.setdefault(field, value.strip())
    published = read_date(named.pop("published", ""))
    return named | ({"published": published} if published else {})
