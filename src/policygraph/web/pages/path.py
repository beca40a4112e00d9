"""How two nodes hang together: the shortest paths, step by step with the sentences."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Annotated

from pydantic import Field

from policygraph.graph.adjacency import KINDS, Edge, Scope
from policygraph.graph.connection import Connection, PathStep, find_connection
from policygraph.graph.thing import Node
from policygraph.web.pages.edge import list_said
from policygraph.web.pages.graph import (
    FilterChoice,
    Relations,
    ShownEdge,
    ShownNode,
    Year,
    choose_relations,
    make_scope,
    show_edges,
)
from policygraph.web.pages.lookup import find_by_name
from policygraph.web.picture import make_box, place_in_columns
from policygraph.web.record import Item, Said, make_item, make_quotes
from policygraph.web.snapshot import Snapshot

_MOST_SAID = 3

Name = Annotated[str | None, Field(max_length=1000, description="By number, name, id or IRI.")]


@dataclass(frozen=True, slots=True)
class PathQuery:
    """Between what, along what."""

    start: Name = None
    end: Name = None
    articles: Annotated[
        bool, Field(description="Whether what one article cites is joined by it.")
    ] = False
    relation: Relations = ()
    since: Year = None
    until: Year = None


@dataclass(frozen=True, slots=True)
class SaidRelation:
    """A relation between the two ends of a step, with the best sentences that say so.

    Attributes:
        is_forward: whether it leads along the path; else it leads back.
    """

    relation: str
    is_forward: bool
    evidence: tuple[Said, ...]


@dataclass(frozen=True, slots=True)
class ShownPathStep:
    """From one node to the next."""

    start: Item
    end: Item
    relations: tuple[SaidRelation, ...]


@dataclass(frozen=True, slots=True)
class PathPage:
    """The shortest paths.

    Attributes:
        start, end: None as long as they are not asked for.
        length: how many steps each path has; `total` paths there are, some of them shown.
        nodes, edges: all paths as one picture.
    """

    start: Item | None
    end: Item | None
    through_articles: bool
    since: int | None
    until: int | None
    relations: tuple[FilterChoice, ...]
    length: int
    total: int
    paths: tuple[tuple[ShownPathStep, ...], ...]
    nodes: tuple[ShownNode, ...]
    edges: tuple[ShownEdge, ...]


def show_path(snapshot: Snapshot, query: PathQuery) -> PathPage:
    start = find_by_name(snapshot, query.start) if query.start else None
    end = find_by_name(snapshot, query.end) if query.end else None
    scope = make_scope(query.relation, KINDS, query.since, query.until)
    found = Connection((), 0)
    if start and end:
        found = _find(snapshot, start, end, scope, through_articles=query.articles)
    edges = sorted({edge for path in found.paths for step in path for edge in step.edges})
    catalogue = snapshot.catalogue
    return PathPage(
        start=make_item(catalogue, start) if start else None,
        end=make_item(catalogue, end) if end else None,
        through_articles=query.articles,
        since=query.since,
        until=query.until,
        relations=choose_relations(edges, scope),
        length=len(found.paths[0]) if found.paths else 0,
        total=found.total,
        paths=tuple(tuple(_show_step(snapshot, step) for step in path) for path in found.paths),
        nodes=_show_nodes(snapshot, found.paths),
        edges=show_edges(edges),
    )


def _find(
    snapshot: Snapshot, start: Node, end: Node, scope: Scope, *, through_articles: bool
) -> Connection:
    adjacency = snapshot.adjacency
    ends = adjacency.numbers[start.iri], adjacency.numbers[end.iri]
    return find_connection(adjacency, *ends, scope, through_articles=through_articles)


def _show_step(snapshot: Snapshot, step: PathStep) -> ShownPathStep:
    return ShownPathStep(
        start=make_item(snapshot.catalogue, step.start),
        end=make_item(snapshot.catalogue, step.end),
        relations=tuple(_show_relation(snapshot, step, edge) for edge in step.edges),
    )


def _show_relation(snapshot: Snapshot, step: PathStep, edge: Edge) -> SaidRelation:
    is_forward = edge.subject == step.start.iri
    ends = (step.start, step.end) if is_forward else (step.end, step.start)
    said = list_said(snapshot, ends[0], edge.relation, ends[1])[:_MOST_SAID]
    return SaidRelation(edge.relation, is_forward, make_quotes(snapshot.catalogue, said))


def _show_nodes(snapshot: Snapshot, paths: Sequence[Sequence[PathStep]]) -> tuple[ShownNode, ...]:
    """The nodes of all paths, in columns by their distance from the start."""
    columns: list[dict[str, Node]] = [{} for _ in range(len(paths[0]) + 1)] if paths else []
    for path in paths:
        for number, step in enumerate(path):
            columns[number].setdefault(step.start.iri, step.start)
            columns[number + 1].setdefault(step.end.iri, step.end)
    nodes = {iri: node for column in columns for iri, node in column.items()}
    boxes = place_in_columns(
        [list(column) for column in columns], {iri: make_box(node) for iri, node in nodes.items()}
    )
    return tuple(
        ShownNode(make_item(snapshot.catalogue, node), number, 0, False, boxes[iri])
        for number, column in enumerate(columns)
        for iri, node in column.items()
    )
