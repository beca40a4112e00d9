"""The level of a body by its name."""

from __future__ import annotations

import pytest

from policygraph.levels import (
    Level,
    Ministries,
    find_level,
    is_ministry,
    level_of_code,
    load_levels,
)
from policygraph.lexicon import load_rows
from policygraph.resources import data_file

LEVELS = tuple(load_levels().values())


@pytest.mark.parametrize(
    ("level", "name"), [(row, name) for row in LEVELS for name in row.examples]
)
def test_example_is_of_its_level(level: Level, name: str) -> None:
    assert find_level(name) == level.id


@pytest.mark.parametrize(
    ("level", "name"), [(row, name) for row in LEVELS for name in row.counter_examples]
)
def test_counter_example_is_of_another(level: Level, name: str) -> None:
    assert find_level(name) != level.id


@pytest.mark.parametrize(
    ("name", "level"),
    [
        ("Bộ Chính trị", "trung-uong"),
        ("Ban Bí thư", "trung-uong"),
        ("Bộ Chỉ huy Quân sự tỉnh Hà Giang", "tinh"),
        ("Bộ đội Biên phòng tỉnh Hà Giang", "tinh"),
        ("Trường Đại học Y Hà Nội", None),
        ("Ủy ban nhân dân", None),
    ],
)
def test_other_names(name: str, level: str | None) -> None:
    assert find_level(name) == level


def test_codes_tell_a_level() -> None:
    assert (level_of_code("HU"), level_of_code("TU"), level_of_code("UBND")) == (
        "huyen",
        "tinh",
        None,
    )


def names_of_ministries(field: str) -> list[str]:
    rows = load_rows(data_file("vocab", "ministries.toml"), Ministries)
    return [name for row in rows for name in getattr(row, field)]


@pytest.mark.parametrize("name", names_of_ministries("examples"))
def test_a_ministry_is_told(name: str) -> None:
    assert is_ministry(name)


@pytest.mark.parametrize("name", [*names_of_ministries("counter_examples"), "Chính phủ", "Bộ Lạ"])
def test_other_bodies_are_no_ministries(name: str) -> None:
    assert not is_ministry(name)
