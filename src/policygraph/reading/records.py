"""JSON Lines: one article a line, as an object with `id` and `text`.

`title`, `url`, `published`, `author`, `place` and `source` are read where they stand; other fields
are left alone.
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from policygraph.errors import ReadingError

_HALF = re.compile("[\ud800-\udfff]")  # a lone surrogate, which no encoding can write
_OPTIONAL = ("title", "url", "published", "author", "place", "source")


@dataclass(frozen=True, slots=True)
class Record:
    """The fields of one line; `published` is an ISO 8601 date, optional fields are None or text."""

    id: str
    text: str
    title: str | None = None
    url: str | None = None
    published: str | None = None
    author: str | None = None
    place: str | None = None
    source: str | None = None


def parse_record(raw: bytes, *, place: str) -> Record:
    """The record that one line holds; `place` ("news.jsonl:12") is for messages.

    Raises:
        ReadingError: not UTF-8, not JSON (with the column), a field missing or of the wrong type.
    """
    values = _load(raw, place)
    fields = {name: _text(values, name, place) for name in ("id", "text", *_OPTIONAL)}
    if missing := [name for name in ("id", "text") if not (fields[name] or "").strip()]:
        raise ReadingError(f"the field “{missing[0]}” is missing or empty", place=place)
    fields["published"] = _date(fields["published"], place)
    return Record(**{name: value for name, value in fields.items() if value is not None})


def _load(raw: bytes, place: str) -> dict[str, Any]:
    try:
        values = json.loads(raw.decode("utf-8"))
    except UnicodeDecodeError as error:
        message = f"not UTF-8, which JSON Lines must be: byte {error.start} of the line"
        raise ReadingError(message, place=place, remedy="convert the file to UTF-8") from error
    except json.JSONDecodeError as error:
        message = f"broken JSON at column {error.colno}: {error.msg}"
        raise ReadingError(message, place=place) from error
    except ValueError as error:  # a number of more digits than Python turns into an integer
        raise ReadingError(f"broken JSON: {error}", place=place) from error
    except RecursionError as error:
        raise ReadingError("broken JSON: nested too deeply", place=place) from error
    if not isinstance(values, dict):
        raise ReadingError("not a JSON object", place=place, remedy="one {…} a line")
    return values


def _text(values: dict[str, Any], name: str, place: str) -> str | None:
    value = values.get(name)
    if value is None:
        return None
    if not isinstance(value, str):
        kind = type(value).__name__
        remedy = "write it in quotation marks"
        raise ReadingError(f"the field “{name}” is no text but {kind}", place=place, remedy=remedy)
    if "\0" in value or _HALF.search(value):
        message = f"the field “{name}” is no text: it holds NUL or half a character"
        raise ReadingError(message, place=place)
    return value


def _date(value: str | None, place: str) -> str | None:
    if not value:
        return None
    try:
        return datetime.fromisoformat(value.strip()).date().isoformat()
    except ValueError as error:
        message = f"“published” is no ISO 8601 date: {value!r}"
        raise ReadingError(message, place=place, remedy="write it as 2013-07-25") from error
