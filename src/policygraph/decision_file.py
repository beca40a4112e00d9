"""Decisions as JSON Lines: taken out of a graph, and put into one."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

from policygraph.deciding import ReviewReport, decide
from policygraph.decision import (
    ReviewDecision,
    as_record,
    read_record,
)
from policygraph.errors import ReviewError
from policygraph.graph.policy_graph import PolicyGraph
from policygraph.graph.review import Review


def import_decisions(folder: Path | str, file: Path | str) -> ReviewReport:
    """Puts the decisions of a file into a graph folder: JSON Lines, as `export_decisions` gives.

    What is there already changes nothing; what is about articles that are not there is kept.

    Raises:
        ReviewError: a line that is no decision, or cannot be kept; nothing is imported.
    """
    places = dict(_read_lines(Path(file)))
    try:
        return decide(folder, places, must_apply=False)
    except ReviewError as error:
        place = next((at for each, at in places.items() if each.id == error.decision), file)
        raise error.at(place) from None


def _read_lines(file: Path) -> Iterator[tuple[ReviewDecision, str]]:
    """The decisions of a file with the places of their lines."""
    try:
        lines = file.read_text(encoding="utf-8").split("\n")
    except (OSError, UnicodeDecodeError) as error:
        message = f"cannot be read: {error}"
        raise ReviewError(message, place=file, remedy="name a file in UTF-8") from error
    for number, line in enumerate(lines, 1):
        if line.strip():
            place = f"{file}:{number}"
            yield _read_line(line, place), place


def _read_line(line: str, place: str) -> ReviewDecision:
    try:
        return read_record(json.loads(line))
    except (ValueError, RecursionError) as error:
        remedy = "write one JSON object a line, as “policygraph review export” does"
        raise ReviewError("is no JSON object", place=place, remedy=remedy) from error
    except ReviewError as error:
        raise error.at(place) from None


def export_decisions(graph: PolicyGraph) -> Iterator[str]:
    """All decisions about a graph, withdrawals too, as lines of JSON without line ends."""
    for decision in Review.read(graph.store, graph.base).decisions:
        yield json.dumps(as_record(decision), ensure_ascii=False)
