"""The lives of a body: a merger of provinces ends its bodies, and begins others of the same name.

"Tỉnh ủy Quảng Trị" is one body until 30 June 2025 and another from 1 July on. Which bodies end
with their province or district is data, data/vocab/local_bodies.toml; which provinces were merged
into which, and when, is data/registry/places.csv.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache, lru_cache

from policygraph.lexicon import Row, either, load_rows
from policygraph.registry import Place, Registry
from policygraph.resources import data_file
from policygraph.text import fold_name

_NAMES_KEPT = 50_000


@dataclass(frozen=True, slots=True, kw_only=True)
class LocalBodies(Row):
    """How the names of bodies begin that end with their province, or on one day, ISO 8601."""

    begins: tuple[str, ...]
    ended: str | None = None


@dataclass(frozen=True, slots=True)
class Life:
    """A time in which a body of a name was there.

    Attributes:
        first: its first day, ISO 8601, where a body of the same name was there before it.
        last: its last day, where it has ended; `successor` is the full name of what followed.
    """

    first: str | None = None
    last: str | None = None
    successor: str | None = None


@lru_cache(maxsize=_NAMES_KEPT)
def list_lives(name: str, registry: Registry) -> tuple[Life, ...]:
    """The lives of the bodies of a full name, the earliest first; one without days for most."""
    row = _find_row(name)
    if row is None or row.ended is not None:
        return (Life(last=row.ended if row else None),)
    place = registry.find_last_place(name)
    if place is None or place.valid_to is None or not _is_of_province(name, place):
        return (Life(),)
    heir = next(each for each in registry.places if each.id == place.became)
    ended = Life(last=place.valid_to, successor=_rename(name, place, heir))
    if heir is not place:
        return (ended,)
    return ended, Life(first=day_after(place.valid_to))


def choose_life(lives: Sequence[Life], at: str | None) -> Life:
    """The life that a day falls in; the earliest where no day is known."""
    begun = [life for life in lives if at is not None and (life.first or "") <= at]
    return begun[-1] if begun else lives[0]


def day_after(day: str) -> str:
    return (date.fromisoformat(day) + timedelta(days=1)).isoformat()


def _is_of_province(name: str, place: Place) -> bool:
    """Whether a body is the province's own: "UBND tỉnh Bắc Giang", not that of its city."""
    level = r"tỉnh(?: ủy| đoàn)?" if place.kind == "tỉnh" else r"(?:thành phố|thành ủy)"
    own = rf"\b{level} (?:thành phố )?{re.escape(fold_name(place.name))}$"
    return re.search(own, fold_name(name)) is not None


def _rename(name: str, place: Place, heir: Place) -> str | None:
    """The name of the body of the province that came after; None where none can be told."""
    for old, new in (
        (place.party_committee, heir.party_committee),
        (f"{place.kind} {place.name}", f"{heir.kind} {heir.name}"),
    ):
        if fold_name(name).endswith(fold_name(old)):
            return name[: len(name) - len(old)] + new
    if place.kind == heir.kind and name.endswith(place.name):
        return name[: len(name) - len(place.name)] + heir.name
    return None


def _find_row(name: str) -> LocalBodies | None:
    """The row of the longest beginning that a name has."""
    pattern, rows = _load_beginnings()
    found = pattern.match(fold_name(name))
    return rows[found[0]] if found else None


@cache
def _load_beginnings() -> tuple[re.Pattern[str], Mapping[str, LocalBodies]]:
    rows = load_rows(data_file("vocab", "local_bodies.toml"), LocalBodies)
    beginnings = {fold_name(begin): row for row in rows for begin in row.begins}
    return re.compile(rf"(?:{either(beginnings)})\b"), beginnings
