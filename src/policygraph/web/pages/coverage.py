"""Who has carried out some documents: a heat map with the sentences behind each cell."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Annotated

from pydantic import Field

from policygraph.graph.coverage import Cell, Coverage, Row, Status, cover_nodes
from policygraph.graph.coverage import Said as Seen
from policygraph.graph.coverage_frame import By
from policygraph.web.pages.lookup import find_by_name
from policygraph.web.pages.trace import Day
from policygraph.web.record import Item, Said, make_item, make_items, make_quotes
from policygraph.web.snapshot import Snapshot

_OFFERED = 12


@dataclass(frozen=True, slots=True)
class CoverageQuery:
    """Which documents, by what rows."""

    document: Annotated[
        tuple[str, ...], Field(max_length=12, description="By number, name, id or IRI; repeat.")
    ] = ()
    by: By = "province"
    as_of: Day = None
    seen: Annotated[bool, Field(description="Only rows of which something was seen.")] = False


@dataclass(frozen=True, slots=True)
class SeenThing:
    """What carries a document out, or reviews how it was carried out, and where that is said."""

    item: Item
    is_review: bool
    evidence: tuple[Said, ...]


@dataclass(frozen=True, slots=True)
class ShownCell:
    """What was seen of a row for one document.

    Attributes:
        documents: how many documents carry it out.
        first: the date of the first of them, ISO 8601.
    """

    status: Status
    documents: int
    first: str | None
    seen: tuple[SeenThing, ...]


@dataclass(frozen=True, slots=True)
class ShownRow:
    """A province, ministry or level, with a cell for each document."""

    id: str
    label: str
    is_known: bool
    cells: tuple[ShownCell, ...]


@dataclass(frozen=True, slots=True)
class CoveragePage:
    """A coverage.

    Attributes:
        documents: those asked for; where there are none, `offered` are some to choose from.
        as_of: the day for which it holds; `asked` the one that was asked for.
        articles: how many had been published by then.
        counts: how many cells have each status.
        coverage: the coverage itself, for downloads; it is not part of the JSON.
    """

    documents: tuple[Item, ...]
    by: By
    as_of: str | None
    asked: str | None
    only_seen: bool
    articles: int
    counts: dict[Status, int]
    rows: tuple[ShownRow, ...]
    offered: tuple[Item, ...]
    coverage: Annotated[Coverage | None, Field(exclude=True)] = field(default=None)


def show_coverage(snapshot: Snapshot, query: CoverageQuery) -> CoveragePage:
    catalogue = snapshot.catalogue
    asked = query.as_of.isoformat() if query.as_of else None
    if not query.document:
        offered = make_items(catalogue, catalogue.list_cited("document")[:_OFFERED])
        return CoveragePage((), query.by, None, asked, query.seen, 0, {}, (), offered)
    nodes = [find_by_name(snapshot, name, kind="document") for name in query.document]
    unique = list({node.iri: node for node in nodes}.values())
    found = cover_nodes(
        snapshot.store,
        snapshot.base,
        unique,
        corpus=snapshot.corpus,
        by=query.by,
        as_of=asked,
        nodes=snapshot.catalogue.nodes,
    )
    shown = found.only_seen() if query.seen else found
    cells = [cell.status for row in found.rows for cell in row.cells]
    return CoveragePage(
        documents=make_items(catalogue, unique),
        by=query.by,
        as_of=found.as_of,
        asked=asked,
        only_seen=query.seen,
        articles=found.articles,
        counts={status: cells.count(status) for status in STATUSES},
        rows=tuple(_show_row(snapshot, row) for row in shown.rows),
        offered=(),
        coverage=shown,
    )


STATUSES: tuple[Status, ...] = ("issued", "below", "said", "reviewed", "nothing")


def _show_row(snapshot: Snapshot, row: Row) -> ShownRow:
    cells = tuple(_show_cell(snapshot, cell) for cell in row.cells)
    return ShownRow(row.id, row.label, row.is_known, cells)


def _show_cell(snapshot: Snapshot, cell: Cell) -> ShownCell:
    seen = tuple(_show_seen(snapshot, each) for each in cell.seen)
    return ShownCell(cell.status, len(cell.documents), cell.first, seen)


def _show_seen(snapshot: Snapshot, seen: Seen) -> SeenThing:
    catalogue = snapshot.catalogue
    evidence = make_quotes(catalogue, seen.evidence)
    return SeenThing(make_item(catalogue, seen.thing), seen.is_review, evidence)
