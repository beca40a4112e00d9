"""JSON: one article an object, with `id` and `text`.

`title`, `url`, `published`, `author`, `place` and `source` are read where they stand; other fields
are left alone. Where an object has no `text`, the field that data/vocab/columns.toml or the reader
names is its text; where it has no `id`, its URL or its place in the file is its id.
"""

from __future__ import annotations

import codecs
import json
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from policygraph.errors import ReadingError
from policygraph.reading.columns import find_alike, find_field, rank_names, read_date

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
    notes: tuple[str, ...] = ()


def parse_record(
    raw: bytes, *, place: str, fallback_id: str | None = None, text_column: str | None = None
) -> Record:
    """The record that one line holds.

    Args:
        place: "news.jsonl:12", for messages.
        fallback_id: the id of a record without id and URL.
        text_column: the field that is the text.

    Raises:
        ReadingError: not UTF-8, not JSON (with the column), a field missing or of the wrong type.
    """
    values = _load(raw, place)
    named = _find_text_field(values, text_column)
    values = values | {"text": values.get(named)}
    values = values | {"id": _find_id(values) or fallback_id}
    fields = {name: _text(values, name, place) for name in ("id", "text", *_OPTIONAL)}
    for field, name in (("id", "id"), ("text", named)):
        if not (fields[field] or "").strip():
            raise ReadingError(f"the field “{name}” is missing or empty", place=place)
    fields["published"] = _date(fields["published"], place)
    return Record(
        id=fields["id"] or "",
        text=fields["text"] or "",
        title=fields["title"],
        url=fields["url"],
        published=fields["published"],
        author=fields["author"],
        place=fields["place"],
        source=fields["source"],
    )


def _find_text_field(values: dict[str, Any], text_column: str | None) -> str:
    if text_column is not None:
        return find_alike(text_column, values) or text_column
    if not _is_blank(values.get("text")):
        return "text"
    ranked = rank_names(values, "text")
    filled = (name for name in ranked if isinstance(values[name], str))
    return next((name for name in filled if not _is_blank(values[name])), [*ranked, "text"][0])


def _is_blank(value: object) -> bool:
    return not value or (isinstance(value, str) and not value.strip())


def _find_id(values: dict[str, Any]) -> object:
    """The id, of which a number is as good as its digits; else the URL."""
    value = values.get("id")
    is_number = isinstance(value, int) and not isinstance(value, bool)
    url = values.get("url")
    return (str(value) if is_number else value) or (url if isinstance(url, str) else None)


def split_json(raw: bytes, *, place: str) -> Iterator[bytes]:
    """The records of a JSON file: an array of objects, alone or as the one array of an object.

    Raises:
        ReadingError: broken JSON, with line and column, or none of these.
    """
    values = _parse(raw.removeprefix(codecs.BOM_UTF8), place, where=_name_line)
    if isinstance(values, dict):
        values = [values] if _is_article(values) else _find_array(values)
    if not isinstance(values, list) or not _are_objects(values):
        message = "neither an article as a JSON object nor one array of such objects"
        raise ReadingError(message, place=place, remedy="[{…}, {…}]")
    if not values:
        raise ReadingError("the file holds no article", place=place)
    yield from map(_dump, values)


def _is_article(values: dict[str, Any]) -> bool:
    """Whether it has a text: then its arrays are pictures and tags, not articles."""
    return any(isinstance(v, str) and find_field(k) == "text" for k, v in values.items())


def _find_array(values: dict[str, Any]) -> Any:
    arrays = [each for each in values.values() if isinstance(each, list) and _are_objects(each)]
    if not arrays:
        return [values]
    filled = [each for each in arrays if each] or arrays[:1]  # "errors": [] is no rival
    return filled[0] if len(filled) == 1 else None


def _dump(value: dict[str, Any]) -> bytes:
    try:
        return json.dumps(value, ensure_ascii=False, sort_keys=True).encode()
    except UnicodeEncodeError:  # half a character: escaped it lives until its field is read
        return json.dumps(value, sort_keys=True).encode()


def _are_objects(values: list[Any]) -> bool:
    return all(isinstance(value, dict) for value in values)


def _name_line(error: json.JSONDecodeError) -> str:
    return f"line {error.lineno}, column {error.colno}"


def _name_column(error: json.JSONDecodeError) -> str:
    return f"column {error.colno}"


def _load(raw: bytes, place: str) -> dict[str, Any]:
    values = _parse(raw, place, where=_name_column)
    if not isinstance(values, dict):
        raise ReadingError("not a JSON object", place=place, remedy="one {…} a line")
    return values


def _parse(raw: bytes, place: str, *, where: Callable[[json.JSONDecodeError], str]) -> Any:
    try:
        return json.loads(raw.decode("utf-8"))
    except UnicodeDecodeError as error:
        message = f"not UTF-8, which JSON must be: byte {error.start}"
        raise ReadingError(message, place=place, remedy="convert the file to UTF-8") from error
    except json.JSONDecodeError as error:
        message = f"broken JSON at {where(error)}: {error.msg}"
        raise ReadingError(message, place=place) from error
    except ValueError as error:  # a number of more digits than Python turns into an integer
        raise ReadingError(f"broken JSON: {error}", place=place) from error
    except RecursionError as error:
        raise ReadingError("broken JSON: nested too deeply", place=place) from error


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
    if published := read_date(value):
        return published
    message = f"“published” is no date: {value!r}"
    raise ReadingError(message, place=place, remedy="write it as 2013-07-25")
