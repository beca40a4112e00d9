"""The level of a body by its name, from the centre to the commune, and whether it is a ministry."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache, lru_cache
from types import MappingProxyType

from policygraph.lexicon import Row, either, load_rows
from policygraph.registry import load_registry
from policygraph.resources import data_file
from policygraph.text import fold_name

CENTRE, PROVINCE = "trung-uong", "tinh"
_DISTRICT, _COMMUNE = "huyen", "xa"

_GOVERNMENT = "Chính phủ"

_NAMES_KEPT = 10_000
# Words of a level that are part of others: "Xã hội", "Hợp tác xã", "thị xã", "Bộ đội", "Đảng bộ".
_NOT_ALONE = r"(?<!thị )(?<!hợp tác )(?<!đảng )(?<!chi )(?<!cán )(?<!nội )"
_NOT_BEFORE = r"(?! hội| đội| chính trị\b| chỉ huy| tư lệnh)"


@dataclass(frozen=True, slots=True, kw_only=True)
class Level(Row):
    """A level; data/vocab/levels.toml says what its fields mean."""

    label: str
    english: str
    words: tuple[str, ...]
    cities: tuple[str, ...] = ()
    codes: tuple[str, ...] = ()


@cache
def load_levels() -> Mapping[str, Level]:
    """All levels by id, from the centre down; raises DataError where the file is malformed."""
    rows = load_rows(data_file("vocab", "levels.toml"), Level)
    return MappingProxyType({row.id: row for row in rows})


@lru_cache(maxsize=_NAMES_KEPT)
def find_level(name: str) -> str | None:
    """The id of the level of a body by its full name; None where the name tells none.

    The bodies that the registry knows by a name of their own are those of the centre.
    """
    if load_registry().find_organisation(name):
        return CENTRE
    words = fold_name(name)
    found = [id_ for id_, pattern in _load_patterns() if pattern.search(words)]
    city = _load_cities().search(words)
    if city and not set(found) & {_DISTRICT, _COMMUNE}:
        return PROVINCE if _is_province(city["name"] or "") else _DISTRICT
    return found[-1] if found else None


def _is_province(city: str) -> bool:
    """Whether a city is one of the centre, by its name; without a name it is the text's own."""
    known = load_registry().find_place(city) if city else None
    return not city or (known is not None and known.kind == "thành phố")


def level_of_code(code: str) -> str | None:
    """The id of the level of an issuer code, or of an organ's that ends in one ("HU", "BDVHU")."""
    rows = load_levels().values()
    return next((row.id for row in rows if row.codes and code.endswith(row.codes)), None)


@dataclass(frozen=True, slots=True, kw_only=True)
class Ministries(Row):
    """How the names of ministries begin; data/vocab/ministries.toml says of which bodies."""

    begins: tuple[str, ...]


def is_ministry(name: str) -> bool:
    """Whether a body of the Government that the registry knows by this name is a ministry."""
    known = load_registry().find_organisation(name)
    is_of_government = known is not None and known.part_of == _GOVERNMENT
    return is_of_government and _load_ministries().match(fold_name(name)) is not None


@cache
def _load_ministries() -> re.Pattern[str]:
    rows = load_rows(data_file("vocab", "ministries.toml"), Ministries)
    begins = (fold_name(begin) for row in rows for begin in row.begins)
    return re.compile(rf"(?:{either(begins)})\b{_NOT_BEFORE}")


@cache
def _load_cities() -> re.Pattern[str]:
    cities = either(word for row in load_levels().values() for word in row.cities)
    return re.compile(rf"\b(?:{cities})(?: (?:thành phố )?(?P<name>[^,]+))?$")


@cache
def _load_patterns() -> tuple[tuple[str, re.Pattern[str]], ...]:
    return tuple(
        (row.id, re.compile(rf"\b{_NOT_ALONE}(?:{either(row.words)})\b{_NOT_BEFORE}"))
        for row in load_levels().values()
    )
