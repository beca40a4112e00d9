"""The project's own gold: its files are sound, and the extraction keeps to what it has reached."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

import policygraph as pg

GOLD = Path(__file__).parents[1] / "data" / "gold"
NAMES = sorted(path.stem for path in GOLD.glob("*.gold"))

# The figures that the project promises on any article; these texts have to keep to them too.
FLOORS = {
    "mention:document": 0.98,
    "strict:document": 0.96,
    "number": 0.98,
    "date": 0.96,
    "mention:organisation": 0.93,
    "strict:organisation": 0.86,
    "mention:campaign": 0.92,
    "strict:campaign": 0.88,
    "identity": 0.97,
    "relation": 0.82,
}


def test_every_text_says_where_its_facts_are_from() -> None:
    table = (GOLD / "SOURCES.md").read_text(encoding="utf-8")
    assert re.findall(r"(?m)^\| ([a-z0-9-]+) \|", table) == ["text", *NAMES]


@pytest.fixture(scope="module")
def figures() -> dict[str, float]:
    return {name: figure.f1 for name, figure in pg.evaluate(GOLD).figures.items()}


def test_there_is_a_floor_for_every_figure(figures: dict[str, float]) -> None:
    assert set(figures) == set(FLOORS)


@pytest.mark.parametrize("name", FLOORS)
def test_the_extraction_agrees_with_the_gold(figures: dict[str, float], name: str) -> None:
    assert figures[name] >= FLOORS[name]
