"""The chain of a document: by level and year, step by step with the sentences, and its gaps."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Annotated, Literal

from pydantic import Field

from policygraph.graph.coverage_frame import find_province, list_provinces
from policygraph.graph.trace import EARLIER, LATER, Trace, trace_node
from policygraph.levels import load_levels
from policygraph.web.pages.lookup import find_by_name
from policygraph.web.place import name_place
from policygraph.web.record import Item, Said, make_item, make_items, make_quotes
from policygraph.web.snapshot import Snapshot

_OFFERED = 12
_ON_PAGE = 200

Day = Annotated[date | None, Field(description="A day, 2018-12-31: what was there and said then.")]
Predicate = Literal["implements", "basedOn", "guides", "amends", "replaces", "repeals", "reviews"]


@dataclass(frozen=True, slots=True)
class TraceQuery:
    """Which chain, and what of it."""

    document: Annotated[
        str | None, Field(max_length=1000, description="By number, name, id or IRI.")
    ] = None
    direction: Literal["both", "later", "earlier"] = "both"
    relation: Annotated[tuple[Predicate, ...], Field(description="Only along these.")] = ()
    level: Annotated[tuple[str, ...], Field(description="Only these levels, by id.")] = ()
    province: Annotated[tuple[str, ...], Field(description="Only these provinces, by id.")] = ()
    as_of: Day = None
    page: Annotated[int, Field(ge=1, le=10_000, description="Two hundred steps a page.")] = 1


@dataclass(frozen=True, slots=True)
class ShownStep:
    """A step of the chain.

    Attributes:
        number: from 1 in the order of the page.
        parent: number of the step that first leads to its nearer end; None where that is the
            document itself, or stands on another page.
        depth: 1 where one end is the document itself.
    """

    number: int
    parent: int | None
    subject: Item
    predicate: str
    object: Item
    direction: Literal["later", "earlier"]
    depth: int
    evidence: tuple[Said, ...]


@dataclass(frozen=True, slots=True)
class TraceEnding:
    """That the document was replaced or repealed; `provisions` where these alone were."""

    predicate: str
    by: Item
    provisions: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ChainChoice:
    """A value that a filter may have, with how many things of the whole chain it would keep."""

    id: str
    label: str
    count: int
    is_chosen: bool


@dataclass(frozen=True, slots=True)
class TracePage:
    """A chain.

    Attributes:
        item: the document; None where none was asked for, with `offered` to choose from.
        steps: of those that the filters leave, those of one page; `kept` says how many they leave,
            of `step_count` in all.
        provinces_seen: how many provinces have a part in the whole chain, of `provinces` that
            there are on the last day of the graph, or the day asked for.
        whole: all of the chain that the filters leave, and `trace` what of it the page shows, for
            downloads and pictures; they are not part of the JSON.
    """

    item: Item | None
    direction: Literal["both", "later", "earlier"]
    as_of: str | None
    offered: tuple[Item, ...]
    steps: tuple[ShownStep, ...]
    kept: int
    step_count: int
    page: int
    pages: int
    endings: tuple[TraceEnding, ...]
    relations: tuple[ChainChoice, ...]
    levels: tuple[ChainChoice, ...]
    places: tuple[ChainChoice, ...]
    provinces: int
    provinces_seen: int
    whole: Annotated[Trace | None, Field(exclude=True)] = field(default=None)
    trace: Annotated[Trace | None, Field(exclude=True)] = field(default=None)


def show_trace(snapshot: Snapshot, query: TraceQuery) -> TracePage:
    as_of = query.as_of.isoformat() if query.as_of else None
    if query.document is None:
        return _offer(snapshot, query, as_of)
    target = find_by_name(snapshot, query.document, kind="document")
    nodes = snapshot.catalogue.nodes
    whole = trace_node(snapshot.store, snapshot.base, target, as_of=as_of, nodes=nodes)
    kept = whole.choose(query.direction).narrow(
        predicates=frozenset(query.relation),
        levels=frozenset(query.level),
        places=frozenset(query.province),
    )
    first = (query.page - 1) * _ON_PAGE
    shown = replace(kept, steps=kept.steps[first : first + _ON_PAGE])
    day = as_of or snapshot.catalogue.last_day
    provinces = list_provinces(day)
    seen = {find_province(seat.place, day) for seat in whole.seats.values() if seat.place}
    return TracePage(
        item=make_item(snapshot.catalogue, target),
        direction=query.direction,
        as_of=as_of,
        offered=(),
        steps=tuple(_show_steps(snapshot, shown)),
        kept=len(kept.steps),
        step_count=len(whole.steps),
        page=query.page,
        pages=max(1, -(-len(kept.steps) // _ON_PAGE)),
        endings=tuple(
            TraceEnding(
                ending.predicate, make_item(snapshot.catalogue, ending.by), ending.provisions
            )
            for ending in whole.endings.get(target.iri, ())
        ),
        relations=tuple(_list_relations(whole, query)),
        levels=tuple(_list_levels(whole, query)),
        places=tuple(_list_places(whole, query)),
        provinces=len(provinces),
        provinces_seen=len(seen & provinces.keys()),
        whole=kept,
        trace=shown,
    )


def _offer(snapshot: Snapshot, query: TraceQuery, as_of: str | None) -> TracePage:
    """The documents that most articles cite, to begin with."""
    cited = snapshot.catalogue.list_cited("document")[:_OFFERED]
    offered = make_items(snapshot.catalogue, cited)
    return TracePage(None, query.direction, as_of, offered, (), 0, 0, 1, 1, (), (), (), (), 0, 0)


def _show_steps(snapshot: Snapshot, trace: Trace) -> Iterator[ShownStep]:
    catalogue = snapshot.catalogue
    leading: dict[tuple[str, str], int] = {}
    for number, step in enumerate(trace.steps, 1):
        yield ShownStep(
            number=number,
            parent=leading.get((step.direction, step.near.iri)),
            subject=make_item(catalogue, step.subject),
            predicate=step.predicate,
            object=make_item(catalogue, step.object),
            direction=step.direction,
            depth=step.depth,
            evidence=make_quotes(catalogue, step.evidence),
        )
        leading.setdefault((step.direction, step.far.iri), number)


def _list_relations(whole: Trace, query: TraceQuery) -> list[ChainChoice]:
    counts = [step.predicate for step in whole.steps]
    return [
        ChainChoice(predicate, predicate, counts.count(predicate), predicate in query.relation)
        for predicate in dict.fromkeys((*LATER, *EARLIER))
        if predicate in counts or predicate in query.relation
    ]


def _list_levels(whole: Trace, query: TraceQuery) -> list[ChainChoice]:
    found = [whole.seats[node.iri].level for node in whole.list_nodes()]
    return [
        ChainChoice(id_, row.label, found.count(id_), id_ in query.level)
        for id_, row in load_levels().items()
        if id_ in found or id_ in query.level
    ]


def _list_places(whole: Trace, query: TraceQuery) -> list[ChainChoice]:
    found = [whole.seats[node.iri].place for node in whole.list_nodes()]
    ids = {*(place for place in found if place), *query.province}
    choices = [
        ChainChoice(id_, name_place(id_), found.count(id_), id_ in query.province) for id_ in ids
    ]
    return sorted(choices, key=lambda choice: (choice.label, choice.id))
