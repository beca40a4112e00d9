"""Precision, recall and F1 of each figure, over all texts together."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import reduce
from itertools import chain
from operator import add

from policygraph.evaluation.alignment import Match
from policygraph.evaluation.comparison import Comparison
from policygraph.evaluation.values import ValueComparison


@dataclass(frozen=True, slots=True)
class Figure:
    """One figure: three shares between 0 and 1, and how many the gold holds and were found."""

    precision: float
    recall: float
    f1: float
    gold: int
    found: int


@dataclass(frozen=True, slots=True)
class _Tally:
    """What one figure counts.

    Attributes:
        precise: summands of what is right among the found; `recalled` among the gold.
    """

    precise: tuple[float, ...]
    recalled: tuple[float, ...]
    found: int
    gold: int


def measure(comparisons: Iterable[Comparison]) -> dict[str, Figure]:
    """The figures by name, in alphabetical order; none where there are no texts."""
    tallies: dict[str, list[_Tally]] = defaultdict(list)
    for comparison in comparisons:
        for name, tally in _count(comparison):
            tallies[name].append(tally)
    return {name: _calculate(tallies[name]) for name in sorted(tallies)}


def _count(comparison: Comparison) -> Iterator[tuple[str, _Tally]]:
    for kind, aligned in comparison.mentions.items():
        matched = len(aligned.matches)
        found, gold = matched + len(aligned.spurious), matched + len(aligned.missed)
        exact = sum(match.is_exact for match in aligned.matches)
        yield f"mention:{kind}", _count_right(matched, found=found, gold=gold)
        yield f"strict:{kind}", _count_right(exact, found=found, gold=gold)
    yield "number", _count_values(comparison.numbers)
    yield "date", _count_values(comparison.dates)
    yield "identity", _count_identity(comparison.matches)
    relations = comparison.relations
    found = len(relations.found) + len(relations.unmapped)
    right = len(relations.wanted.intersection(relations.found))
    yield "relation", _count_right(right, found=found, gold=len(relations.wanted))


def _count_right(right: int, *, found: int, gold: int) -> _Tally:
    return _Tally((right,), (right,), found, gold)


def _count_values(values: ValueComparison) -> _Tally:
    right = len(values.wanted) - len(values.missed)
    return _count_right(right, found=len(values.found), gold=len(values.wanted))


def _count_identity(matches: list[Match]) -> _Tally:
    """B-cubed: for each mention, how many of those found to be the same thing are, and back."""
    by_entity: dict[str, set[int]] = defaultdict(set)
    by_ref: dict[str, set[int]] = defaultdict(set)
    for index, match in enumerate(matches):
        by_entity[match.found.entity].add(index)
        by_ref[match.gold.ref].add(index)
    precise, recalled = [], []
    for match in matches:
        same, meant = by_entity[match.found.entity], by_ref[match.gold.ref]
        precise.append(len(same & meant) / len(same))
        recalled.append(len(same & meant) / len(meant))
    return _Tally(tuple(precise), tuple(recalled), len(matches), len(matches))


def _calculate(tallies: list[_Tally]) -> Figure:
    """The figure of all texts; nothing found where nothing was to be found is perfect."""
    found, gold = sum(tally.found for tally in tallies), sum(tally.gold for tally in tallies)
    precise = _sum(chain.from_iterable(tally.precise for tally in tallies))
    recalled = _sum(chain.from_iterable(tally.recalled for tally in tallies))
    precision = precise / found if found else float(not gold)
    recall = recalled / gold if gold else 1.0
    both = precision + recall
    return Figure(precision, recall, 2 * precision * recall / both if both else 0.0, gold, found)


def _sum(summands: Iterable[float]) -> float:
    # sum() rounds differently from Python 3.12 on; a figure is to be the same everywhere
    return reduce(add, summands, 0.0)
