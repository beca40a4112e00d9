"""The graph browser: what stands around some nodes, filtered, drawn, and as lists."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Annotated, Literal

from pydantic import Field

from policygraph.graph.adjacency import KINDS, RELATIONS, Edge, Scope
from policygraph.graph.neighbourhood import Neighbourhood, find_neighbourhood
from policygraph.graph.thing import Node, NodeKind
from policygraph.web.pages.lookup import find_by_name, find_exactly
from policygraph.web.picture import Box, make_box, place_freely
from policygraph.web.record import Item, make_item, make_items
from policygraph.web.snapshot import Snapshot

_OFFERED = 12
THINGS: tuple[NodeKind, ...] = ("document", "organisation", "campaign")

# fmt: off
Relation = Literal[
    "basedOn", "implements", "guides", "amends", "replaces", "repeals", "reviews",
    "issuedBy", "launchedBy", "promotes", "subOrganizationOf", "cites",
]
# fmt: on
Nothing = Literal["none"]
Relations = Annotated[
    tuple[Relation | Nothing, ...],
    Field(description="Only these; repeat. Without it all of them; “none” by itself: no edges."),
]
Kinds = Annotated[
    tuple[NodeKind | Nothing, ...],
    Field(
        description="Only these; repeat. Without it all but articles; “none” by itself: "
        "no nodes but the focus."
    ),
]
Year = Annotated[int | None, Field(ge=1, le=9999, description="Undated edges always belong.")]
Names = Annotated[tuple[str, ...], Field(max_length=12, description="By number, name, id or IRI.")]


@dataclass(frozen=True, slots=True)
class GraphQuery:
    """Around what, how far, and what of it."""

    focus: Names = ()
    expand: Annotated[
        tuple[str, ...],
        Field(max_length=60, description="One step more from each of these, by id or IRI."),
    ] = ()
    hops: Annotated[int, Field(ge=1, le=3)] = 2
    most: Annotated[int, Field(ge=10, le=300, description="Nodes, expansions apart.")] = 80
    relation: Relations = ()
    kind: Kinds = ()
    since: Year = None
    until: Year = None


@dataclass(frozen=True, slots=True)
class ShownNode:
    """A node of the picture.

    Attributes:
        distance: how many edges it is away from the nearest focus.
        more: how many nodes are joined to it that are not shown.
        is_expanded: whether the address asks for one step more from it.
        box: where it is drawn.
    """

    item: Item
    distance: int
    more: int
    is_expanded: bool
    box: Box


@dataclass(frozen=True, slots=True)
class ShownEdge:
    """An edge of the picture, by the IRIs of its ends; `date` is that of its subject."""

    subject: str
    relation: str
    object: str
    date: str | None


@dataclass(frozen=True, slots=True)
class FilterChoice:
    """A value of a filter, and how many nodes or edges of it are shown."""

    id: str
    count: int
    is_chosen: bool


@dataclass(frozen=True, slots=True)
class GraphPage:
    """A neighbourhood.

    Attributes:
        focus: around what; where there is nothing, `offered` are some things to begin with.
        expanded: from what the address asks for one step more, whether it is shown or not.
        first_year, last_year: of all dated edges of the graph; `since` and `until` are asked for.
        left_out: how many nodes were within reach and had no room, `edges_left_out` edges.
    """

    focus: tuple[Item, ...]
    expanded: tuple[Item, ...]
    hops: int
    most: int
    since: int | None
    until: int | None
    first_year: int | None
    last_year: int | None
    relations: tuple[FilterChoice, ...]
    kinds: tuple[FilterChoice, ...]
    nodes: tuple[ShownNode, ...]
    edges: tuple[ShownEdge, ...]
    left_out: int
    edges_left_out: int
    offered: tuple[Item, ...]


def show_graph(snapshot: Snapshot, query: GraphQuery) -> GraphPage:
    focus = _find_focus(snapshot, query.focus)
    # an address may be older than the graph: what has gone since is passed over
    expanded = [node for name in query.expand if (node := find_exactly(snapshot, name))]
    numbers = snapshot.adjacency.numbers
    scope = make_scope(query.relation, query.kind, query.since, query.until)
    found = find_neighbourhood(
        snapshot.adjacency,
        [numbers[node.iri] for node in focus],
        scope,
        hops=query.hops,
        most=query.most,
        expanded=[numbers[node.iri] for node in expanded],
    )
    offered = () if focus else snapshot.catalogue.list_cited("document")[:_OFFERED]
    return GraphPage(
        focus=make_items(snapshot.catalogue, focus),
        expanded=make_items(snapshot.catalogue, expanded),
        hops=query.hops,
        most=query.most,
        since=query.since,
        until=query.until,
        first_year=snapshot.adjacency.first_year,
        last_year=snapshot.adjacency.last_year,
        relations=choose_relations(found.edges, scope),
        kinds=_choose_kinds((near.node for near in found.nodes), scope),
        nodes=_show_nodes(snapshot, found, {node.iri for node in expanded}),
        edges=show_edges(found.edges),
        left_out=found.left_out,
        edges_left_out=found.edges_left_out,
        offered=make_items(snapshot.catalogue, offered),
    )


def _find_focus(snapshot: Snapshot, names: Iterable[str]) -> tuple[Node, ...]:
    """The nodes that some names stand for, each once."""
    found = [find_by_name(snapshot, name) for name in names]
    return tuple({node.iri: node for node in found}.values())


def make_scope(
    relations: Sequence[str], kinds: Sequence[str], since: int | None, until: int | None
) -> Scope:
    """The scope of the filters; what is not given is no filter, but for articles."""
    return Scope(
        frozenset(RELATIONS).intersection(relations or RELATIONS),
        frozenset(KINDS).intersection(kinds or THINGS),
        since,
        until,
    )


def choose_relations(edges: Iterable[Edge], scope: Scope) -> tuple[FilterChoice, ...]:
    counts = Counter(edge.relation for edge in edges)
    return tuple(FilterChoice(each, counts[each], each in scope.relations) for each in RELATIONS)


def _choose_kinds(nodes: Iterable[Node], scope: Scope) -> tuple[FilterChoice, ...]:
    counts = Counter(node.kind for node in nodes)
    return tuple(FilterChoice(each, counts[each], each in scope.kinds) for each in KINDS)


def show_edges(edges: Iterable[Edge]) -> tuple[ShownEdge, ...]:
    return tuple(ShownEdge(edge.subject, edge.relation, edge.object, edge.date) for edge in edges)


def _show_nodes(
    snapshot: Snapshot, found: Neighbourhood, expanded: set[str]
) -> tuple[ShownNode, ...]:
    boxes = place_freely({near.node.iri: make_box(near.node) for near in found.nodes}, found.edges)
    return tuple(
        ShownNode(
            item=make_item(snapshot.catalogue, near.node),
            distance=near.distance,
            more=near.more,
            is_expanded=near.node.iri in expanded,
            box=boxes[near.node.iri],
        )
        for near in found.nodes
    )
