"""The level of a body by its name."""

from __future__ import annotations

import pytest

from policygraph.levels import Level, find_level, level_of_code, load_levels

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
