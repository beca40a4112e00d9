"""A trace and a coverage as tables: a row for each sentence, or thing, that is told of."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from typing import TextIO

from policygraph.graph.coverage import Coverage
from policygraph.graph.trace import Trace

_NODE_FIELDS = ("id", "label", "number", "date", "issuer")
_SAID_FIELDS = ("article", "start", "end", "quote", "location", "is_fiction")
_COVERAGE_HEAD = (
    "row",
    "document",
    "status",
    "seen",
    "number",
    "date",
    "issuer",
    "article",
    "quote",
)

_Row = list[str | int | None]


def write_trace_csv(found: Trace, stream: TextIO) -> None:
    """A row for each sentence, and one for a step that no sentence states."""
    ends = [f"{end}_{field}" for end in ("subject", "object") for field in _NODE_FIELDS]
    rows = csv.writer(stream)
    rows.writerow(["direction", "depth", "predicate", *ends, *_SAID_FIELDS])
    rows.writerows(_list_steps(found))


def _list_steps(found: Trace) -> Iterator[_Row]:
    for step in found.steps:
        things = [node.as_json()[f] for node in (step.subject, step.object) for f in _NODE_FIELDS]
        for said in step.evidence or (None,):
            place = [_write(getattr(said, field)) if said else "" for field in _SAID_FIELDS]
            yield [step.direction, step.depth, step.predicate, *things, *place]


def write_coverage_csv(found: Coverage, stream: TextIO) -> None:
    """A row for each body or document seen, and one for a cell of which nothing was seen."""
    rows = csv.writer(stream)
    rows.writerow(_COVERAGE_HEAD)
    rows.writerows(_list_seen(found))


def _list_seen(found: Coverage) -> Iterator[_Row]:
    for row in found.rows:
        for document, cell in zip(found.documents, row.cells, strict=True):
            for said in cell.seen or (None,):
                thing = said.thing if said else None
                best = said.evidence[0] if said and said.evidence else None
                yield [
                    row.label, document.label, cell.status,
                    *([thing.label, thing.number, thing.date, thing.issuer] if thing else [""] * 4),
                    *([best.article, best.quote, _write(best.is_fiction)] if best else [""] * 3),
                ]  # fmt: skip


def _write(value: str | int) -> str | int:
    """A cell as tables have it: "true" and "false" in words of no program."""
    return str(value).lower() if isinstance(value, bool) else value
