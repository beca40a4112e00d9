"""What linking keeps from one build to the next: rows, by giver and by the key they count for.

Each stage of linking reads the rows of some keys and gives rows under others. What a giver gives
now replaces what it gave before, and the keys whose rows differ thereby are those that later stages
have to look at again. A build from nothing is the same, with every key touched.

It is kept in SQLite, so that a build reads the rows of the keys that it needs, whatever the size of
the corpus. Values are JSON, each dataclass and named tuple under its name: a graph folder is handed
on, and must not hold code. What is linked once and not kept needs neither.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Iterator
from dataclasses import fields
from itertools import count
from pathlib import Path
from typing import Any, Protocol

from policygraph.linking.completion import Offer, Witness
from policygraph.linking.documents import Decision
from policygraph.linking.keys import DocumentKey
from policygraph.linking.values import Naming
from policygraph.model import (
    Campaign,
    Decided,
    DocumentReference,
    Fact,
    Organisation,
    StatedDate,
)
from policygraph.numbering import DocumentNumber
from policygraph.span import Span

#: A key, and the value that a giver gives under it.
Row = tuple[str, object]

_CLASSES: dict[str, type] = {
    class_.__name__: class_
    for class_ in (
        Campaign,
        Decided,
        Decision,
        DocumentKey,
        DocumentNumber,
        DocumentReference,
        Fact,
        Naming,
        Offer,
        Organisation,
        Span,
        StatedDate,
        Witness,
    )
}


def _list_fields(class_: Any) -> tuple[str, ...]:
    """The names of the values of a dataclass or named tuple, in order."""
    named: tuple[str, ...] | None = getattr(class_, "_fields", None)
    return named or tuple(field.name for field in fields(class_))


_FIELDS = {class_: _list_fields(class_) for class_ in _CLASSES.values()}

# There is nothing to roll back to: who writes a file and fails discards it.
_SETTINGS = """
PRAGMA journal_mode = OFF;
PRAGMA synchronous = FULL;
PRAGMA cache_size = -64000;
"""

# "place" orders the rows of one giver under one key, so that rows of other keys move none of them.
_SCHEMA = """
CREATE TABLE row (
    giver TEXT, key TEXT, place INTEGER, value TEXT, PRIMARY KEY (giver, key, place)
) WITHOUT ROWID;
CREATE INDEX row_by_key ON row (key, giver, place);
"""
_DELETE = "DELETE FROM row WHERE giver = ? AND key = ? AND place = ?"


class Ledger(Protocol):
    """Rows by giver and key."""

    def replace(self, giver: str, rows: Iterable[Row]) -> set[str]:
        """Puts these rows in the place of the giver's; returns the keys whose rows differ now."""

    def values(self, key: str) -> list[Any]:
        """The values under a key, by giver, each giver's in their order."""

    def distinct(self, key: str) -> list[Any]:
        """The values under a key, each once, in any order."""

    def givers(self, key: str) -> list[str]:
        """Who gives anything under a key."""


class PassingLedger:
    """A ledger in memory."""

    def __init__(self) -> None:
        self._by_giver: dict[str, dict[str, list[object]]] = {}
        self._by_key: dict[str, dict[str, list[object]]] = {}

    def replace(self, giver: str, rows: Iterable[Row]) -> set[str]:
        now: dict[str, list[object]] = {}
        for key, value in rows:
            now.setdefault(key, []).append(value)
        before = self._by_giver.get(giver, {})
        self._by_giver[giver] = now
        for key in before.keys() - now.keys():
            del self._by_key[key][giver]
        for key, values in now.items():
            self._by_key.setdefault(key, {})[giver] = values
        if not before:
            return set(now)
        return {key for key in before.keys() | now.keys() if before.get(key) != now.get(key)}

    def values(self, key: str) -> list[Any]:
        given = self._by_key.get(key)
        return [value for giver in sorted(given) for value in given[giver]] if given else []

    def distinct(self, key: str) -> list[Any]:
        values = self.values(key)
        return list(dict.fromkeys(values)) if len(values) > 1 else values

    def givers(self, key: str) -> list[str]:
        return sorted(self._by_key.get(key, ()))


class StoredLedger:
    """A ledger in a file; what is not committed is lost, and the file with it.

    Attributes:
        is_new: whether nothing was kept from an earlier build.
    """

    def __init__(self, file: Path) -> None:
        self.is_new = not file.exists()
        self._rows = sqlite3.connect(file, isolation_level=None)
        self._rows.executescript(_SETTINGS)
        if self.is_new:
            self._rows.executescript(_SCHEMA)
        self._rows.execute("BEGIN")

    def replace(self, giver: str, rows: Iterable[Row]) -> set[str]:
        before = set(self._read("SELECT key, place, value FROM row WHERE giver = ?", giver))
        now = set(_place(rows))
        gone, fresh = before - now, now - before
        for key, place, _ in gone:
            self._rows.execute(_DELETE, (giver, key, place))
        for placed in fresh:
            self._rows.execute("INSERT INTO row VALUES (?, ?, ?, ?)", (giver, *placed))
        return {key for key, _, _ in gone | fresh}

    def values(self, key: str) -> list[Any]:
        found = self._read("SELECT value FROM row WHERE key = ? ORDER BY giver, place", key)
        return [_decode(value) for (value,) in found]

    def distinct(self, key: str) -> list[Any]:
        found = self._read("SELECT DISTINCT value FROM row WHERE key = ?", key)
        return [_decode(value) for (value,) in found]

    def givers(self, key: str) -> list[str]:
        found = self._read("SELECT DISTINCT giver FROM row WHERE key = ? ORDER BY giver", key)
        return [giver for (giver,) in found]

    def commit(self) -> None:
        """Writes everything durably; the last that is done before `close`."""
        self._rows.execute("COMMIT")

    def close(self) -> None:
        """Lets go of the file."""
        self._rows.close()

    def _read(self, query: str, *values: str) -> Iterator[tuple[Any, ...]]:
        return self._rows.execute(query, values)


def _place(rows: Iterable[Row]) -> Iterator[tuple[str, int, str]]:
    places: dict[str, Iterator[int]] = {}
    for key, value in rows:
        yield key, next(places.setdefault(key, count())), _encode(value)


def _take_apart(value: object) -> object:
    """Plain lists and dicts; JSON by itself would forget which tuple is a named one."""
    if names := _FIELDS.get(type(value)):
        return {type(value).__name__: [_take_apart(getattr(value, name)) for name in names]}
    return [_take_apart(each) for each in value] if isinstance(value, tuple) else value


def _put_together(parts: dict[str, list[Any]]) -> object:
    ((name, values),) = parts.items()
    return _CLASSES[name](*map(_freeze, values))


def _freeze(value: Any) -> Any:
    return tuple(map(_freeze, value)) if isinstance(value, list) else value


_ENCODER = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"))
_DECODER = json.JSONDecoder(object_hook=_put_together)


def _encode(value: object) -> str:
    return _ENCODER.encode(_take_apart(value))


def _decode(value: str) -> Any:
    return _freeze(_DECODER.decode(value))
