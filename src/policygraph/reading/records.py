"""The fields of one record → what an article needs of them.

A record is a JSON object or the row of a table. Its fields are known by the names in
data/vocab/columns.toml; others are left alone. Only the text must be there: what else cannot be
made out is left out, and said.
"""

from __future__ import annotations

import json
import math
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, fields
from typing import Any

from policygraph.errors import ReadingError
from policygraph.reading.columns import find_alike, rank_names
from policygraph.reading.dates import read_time

_NO_TEXT = re.compile("[\0\ud800-\udfff]")  # NUL, and lone surrogates, which no encoding can write
_LABELS = ("title", "url", "author", "place", "source")
_SHOWN = 60  # code points of a value in a message


@dataclass(frozen=True, slots=True)
class Record:
    """The fields of one record; `published` is an ISO 8601 date, optional fields are None or text.

    Attributes:
        id: as the record gives it, or its URL.
        notes: what of it could not be made out.
    """

    text: str
    id: str | None = None
    title: str | None = None
    url: str | None = None
    published: str | None = None
    author: str | None = None
    place: str | None = None
    source: str | None = None
    notes: tuple[str, ...] = ()

    def as_json(self) -> dict[str, str]:
        """The fields that are filled, without the notes."""
        values = {field.name: getattr(self, field.name) for field in fields(self)}
        return {name: value for name, value in values.items() if value and name != "notes"}


def parse_record(raw: bytes, *, text_column: str | None = None) -> Record:
    """The record that the bytes of one JSON object hold.

    Args:
        text_column: the field that is the text.

    Raises:
        ReadingError: not UTF-8, not JSON (with the column), or as `read_record`.
    """
    return read_record(parse_object(raw), text_column=text_column)


def read_record(values: Mapping[str, Any], *, text_column: str | None = None) -> Record:
    """The record that named fields hold.

    Raises:
        ReadingError: the text or the id is missing, or is no text.
    """
    named = _find_text_field(values, text_column)
    text = _read_text(values.get(named), named)
    labels = {field: _read_label(values, field) for field in _LABELS}
    published, note = _read_published(values)
    odd = [field for field in _LABELS if labels[field] is None and _is_filled(values, field)]
    notes = (note, *(f"the field “{field}” is no text, and is left out" for field in odd))
    return Record(
        text,
        _read_id(values) or labels["url"],
        published=published,
        notes=tuple(filter(None, notes)),
        **labels,
    )


def _find_text_field(values: Mapping[str, Any], text_column: str | None) -> str:
    if text_column is not None:
        return find_alike(text_column, values) or text_column
    if not _is_blank(values.get("text")):
        return "text"
    ranked = rank_names(values, "text")
    filled = (name for name in ranked if isinstance(values[name], str))
    return next((name for name in filled if not _is_blank(values[name])), [*ranked, "text"][0])


def _is_blank(value: object) -> bool:
    if isinstance(value, float):
        return math.isnan(value)  # what a table without a cell becomes in JSON
    return not value.strip() if isinstance(value, str) else value in (None, [], {})


def _read_text(value: object, name: str) -> str:
    if _is_blank(value):
        raise ReadingError(f"the field “{name}” is missing or empty")
    if not isinstance(value, str):
        kind = type(value).__name__
        remedy = "write it in quotation marks"
        raise ReadingError(f"the field “{name}” is no text but {kind}", remedy=remedy)
    if _NO_TEXT.search(value):
        raise ReadingError(f"the field “{name}” is no text: it holds NUL or half a character")
    return value


def _read_id(values: Mapping[str, Any]) -> str | None:
    """The id, of which a number is as good as its digits."""
    for name in rank_names(values, "id"):
        value = values[name]
        if isinstance(value, int | float) and not isinstance(value, bool) and value == value // 1:
            return str(int(value))
        if not _is_blank(value):
            return _read_text(value, name).strip()
    return None


def _read_label(values: Mapping[str, Any], field: str) -> str | None:
    """What the preferred of the fields that hold a text says; None where none does."""
    said = (_write_label(values[name]) for name in rank_names(values, field))
    return next((label for label in said if label and not _NO_TEXT.search(label)), None)


def _write_label(value: object) -> str | None:
    """A label as crawlers write it: a text, several, or what schema.org calls a Person."""
    if isinstance(value, list):
        return ", ".join(filter(None, map(_write_label, value))) or None
    if isinstance(value, Mapping):
        value = value.get("name")
    return value.strip() if isinstance(value, str) else None


def _is_filled(values: Mapping[str, Any], field: str) -> bool:
    return any(not _is_blank(values[name]) for name in rank_names(values, field))


def _read_published(values: Mapping[str, Any]) -> tuple[str | None, str | None]:
    """The date, or what is to be said where there is none that is understood."""
    written = [values[n] for n in rank_names(values, "published") if not _is_blank(values[n])]
    texts = [str(value) for value in written if isinstance(value, str | int | float)]
    dates = (read_time(text) for text in texts)
    if (published := next(filter(None, dates), None)) or not written:
        return published, None
    shown = repr(texts[0][:_SHOWN]) if texts else type(written[0]).__name__
    return None, f"no date that is understood: {shown}; it is read without its date"


def parse_object(raw: bytes) -> dict[str, Any]:
    """The JSON object that one line holds.

    Raises:
        ReadingError: not UTF-8, not JSON (with the column), or something else than an object.
    """
    values = parse_json(raw, where=lambda error: f"column {error.colno}")
    if not isinstance(values, dict):
        raise ReadingError("not a JSON object", remedy="one {…} a line")
    return values


def parse_json(raw: bytes, *, where: Callable[[json.JSONDecodeError], str]) -> Any:
    """The value that bytes hold as JSON; raises ReadingError, with the place that `where` tells."""
    try:
        return json.loads(raw.decode("utf-8"))
    except UnicodeDecodeError as error:
        message = f"not UTF-8, which JSON must be: byte {error.start}"
        raise ReadingError(message, remedy="convert the file to UTF-8") from error
    except json.JSONDecodeError as error:
        raise ReadingError(f"broken JSON at {where(error)}: {error.msg}") from error
    except ValueError as error:  # a number of more digits than Python turns into an integer
        raise ReadingError(f"broken JSON: {error}") from error
    except RecursionError as error:
        raise ReadingError("broken JSON: nested too deeply") from error
