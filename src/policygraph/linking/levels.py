"""The level of administration that a body stands on, as far as its name tells.

What tells it is data, data/vocab/levels.toml.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from policygraph.lexicon import Row, either, load_rows
from policygraph.linking.lives import is_local_body
from policygraph.registry import Registry
from policygraph.resources import data_file
from policygraph.text import fold


@dataclass(frozen=True, slots=True, kw_only=True)
class Level(Row):
    """A level, or the cities of two; `marks` stand in names of bodies, before that of a place."""

    marks: tuple[str, ...]


def find_level(name: str, registry: Registry) -> str | None:
    """The id of the level of the body of a full name; None where the name does not tell."""
    if registry.find_organisation(name) is not None:
        return "trung-uong"
    text = fold(name).text
    pattern, levels = _load_marks()
    marks = (found for found in pattern.finditer(text) if _is_name(text[found.end() :]))
    first = next(marks, None)
    if first is None or not (first.start() == 0 or is_local_body(name)):
        return None
    mark = first[1].lower()
    return levels[mark] if mark in levels else _find_city_level(name, registry)


def _is_name(rest: str) -> bool:
    """Whether a name goes on with that of a place, or with its number ("quận 1")."""
    return rest[:1].isupper() or rest[:1].isdigit()


def _find_city_level(name: str, registry: Registry) -> str:
    """That of provinces for the cities right below the centre, that of districts for others."""
    place = registry.find_last_place(name)
    is_central = place is not None and place.kind == "thành phố"
    return "tinh" if is_central else "huyen"


@cache
def _load_marks() -> tuple[re.Pattern[str], Mapping[str, str]]:
    """A pattern of all marks, and the id of the level of each that has the one level."""
    path = data_file("vocab", "levels.toml")
    levels = {fold(m).lower: row.id for row in load_rows(path, Level) for m in row.marks}
    cities = [fold(m).lower for row in load_rows(path, Level, table="city") for m in row.marks]
    return re.compile(rf"\b({either([*levels, *cities])}) ", re.IGNORECASE), levels
