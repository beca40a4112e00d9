"""Renamings and mergers: on one day several bodies may give way to one."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator

from policygraph.linking.lives import day_after
from policygraph.model import Campaign, Change, Organisation


def list_changes(things: Iterable[Organisation | Campaign]) -> Iterator[Change]:
    """The changes by which bodies gave way to others, sorted, each with all its originals.

    A body that ended without a successor, as those of districts did, is in no change.
    """
    originals: dict[tuple[str, str], list[str]] = defaultdict(list)
    for thing in things:
        if isinstance(thing, Organisation) and thing.valid_to and thing.successor:
            originals[_first_day(thing.valid_to), thing.successor].append(thing.id)
    for (date, result), ids in sorted(originals.items()):
        yield Change(date, result, tuple(sorted(ids)))


def _first_day(last: str) -> str:
    """The day after a last one; of a year alone the year itself."""
    return day_after(last) if "-" in last else last
