"""The whole graph in groups: how large they are, what joins them, and who belongs to one."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Annotated

from pydantic import Field

from policygraph.graph.adjacency import KINDS, Edge, Scope
from policygraph.graph.overview import (
    GROUPINGS,
    By,
    GroupKey,
    NodeGroup,
    Overview,
    Tie,
    list_members,
    summarise,
)
from policygraph.graph.thing import NodeKind
from policygraph.web.pages.graph import FilterChoice, Kinds, Relations, Year, make_scope
from policygraph.web.picture import Box, place_by_year, place_freely
from policygraph.web.place import name_place
from policygraph.web.record import Item, make_items
from policygraph.web.snapshot import Snapshot

_ON_PAGE = 50
_OPENED = 5
_STRONGEST = 2
_SIZE, _SMALL_SIZE = (140, 66), (70, 42)  # pixels, of a group of one


@dataclass(frozen=True, slots=True)
class OverviewQuery:
    """By what, what of it, and whose members."""

    by: By = "type"
    group: Annotated[
        str | None, Field(max_length=1000, description="The id of a group: tells its members.")
    ] = None
    page: Annotated[int, Field(ge=1, le=100_000, description="Of the members.")] = 1
    relation: Relations = ()
    kind: Kinds = ()
    since: Year = None
    until: Year = None


@dataclass(frozen=True, slots=True)
class ShownGroup:
    """A group of the picture.

    Attributes:
        id: what the parameter `group` takes.
        kind: of its members; "" where they are of several. `value`: what they have in common.
        label: what that is called; None where it is a type, level or year, or nothing.
        members: those with most edges.
    """

    id: str
    kind: str
    value: str
    label: str | None
    count: int
    members: tuple[Item, ...]
    box: Box


@dataclass(frozen=True, slots=True)
class ShownTie:
    """The edges from one group to another, or within one: how many, and how many by relation."""

    start: str
    end: str
    count: int
    counts: dict[str, int]


@dataclass(frozen=True, slots=True)
class Members:
    """The members of the group asked for, those with most edges first.

    Attributes:
        opened: the paths of the first of them.
    """

    group: str
    count: int
    items: tuple[Item, ...]
    opened: tuple[str, ...]
    page: int
    pages: int


@dataclass(frozen=True, slots=True)
class OverviewPage:
    """A graph by groups.

    Attributes:
        groups: the largest; `left_out` others hold `nodes_left_out` nodes.
        ties: those with most edges; `ties_left_out` others are not shown.
        node_count, edge_count: how many there are in the scope.
    """

    by: By
    bys: tuple[By, ...]
    since: int | None
    until: int | None
    first_year: int | None
    last_year: int | None
    relations: tuple[FilterChoice, ...]
    kinds: tuple[FilterChoice, ...]
    groups: tuple[ShownGroup, ...]
    left_out: int
    nodes_left_out: int
    ties: tuple[ShownTie, ...]
    ties_left_out: int
    node_count: int
    edge_count: int
    members: Members | None


def show_overview(snapshot: Snapshot, query: OverviewQuery) -> OverviewPage:
    adjacency = snapshot.adjacency
    scope = make_scope(query.relation, query.kind, query.since, query.until)
    found = summarise(adjacency, snapshot.group_nodes(query.by), scope)
    boxes = _place(found, query.by)
    return OverviewPage(
        by=query.by,
        bys=GROUPINGS,
        since=query.since,
        until=query.until,
        first_year=adjacency.first_year,
        last_year=adjacency.last_year,
        relations=tuple(
            FilterChoice(relation, count, relation in scope.relations)
            for relation, count in found.relations.items()
        ),
        kinds=tuple(
            FilterChoice(kind, count, kind in scope.kinds) for kind, count in found.kinds.items()
        ),
        groups=tuple(_show_group(snapshot, query.by, each, boxes) for each in found.groups),
        left_out=found.left_out,
        nodes_left_out=found.nodes_left_out,
        ties=tuple(_show_tie(tie) for tie in found.ties),
        ties_left_out=found.ties_left_out,
        node_count=found.nodes,
        edge_count=found.edges,
        members=_show_members(snapshot, query, scope) if query.group else None,
    )


def _name_key(key: GroupKey) -> str:
    return f"{key.kind}:{key.value}"


def _read_key(id_: str) -> GroupKey:
    kind, _, value = id_.partition(":")
    known: dict[str, NodeKind] = {each: each for each in KINDS}
    return GroupKey(known.get(kind, ""), value)


def _show_group(
    snapshot: Snapshot, by: By, group: NodeGroup, boxes: Mapping[str, Box]
) -> ShownGroup:
    id_ = _name_key(group.key)
    return ShownGroup(
        id=id_,
        kind=group.key.kind,
        value=group.key.value,
        label=_label(snapshot, by, group),
        count=group.count,
        members=make_items(snapshot.catalogue, group.named),
        box=boxes[id_],
    )


def _label(snapshot: Snapshot, by: By, group: NodeGroup) -> str | None:
    value = group.key.value
    if not value:
        return None
    if by == "issuer":
        return snapshot.adjacency.nodes[snapshot.adjacency.numbers[value]].label
    if by == "community":
        return " · ".join(node.label for node in group.named[:2])
    return name_place(value) if by == "province" else None


def _show_tie(tie: Tie) -> ShownTie:
    return ShownTie(_name_key(tie.start), _name_key(tie.end), tie.count, dict(tie.counts))


def _show_members(snapshot: Snapshot, query: OverviewQuery, scope: Scope) -> Members:
    grouping = snapshot.group_nodes(query.by)
    key = _read_key(query.group or "")
    found = list_members(snapshot.adjacency, grouping, scope, key)
    shown = found[(query.page - 1) * _ON_PAGE : query.page * _ON_PAGE]
    items = make_items(snapshot.catalogue, shown)
    return Members(
        group=query.group or "",
        count=len(found),
        items=items,
        opened=tuple(item.path for item in make_items(snapshot.catalogue, found[:_OPENED])),
        page=query.page,
        pages=max(1, -(-len(found) // _ON_PAGE)),
    )


def _make_box(group: NodeGroup, by: By) -> Box:
    """A box for its name and the count, the larger the more members."""
    scale = 1 + 0.2 * math.log10(group.count)
    width, height = _SMALL_SIZE if by == "year" and group.key.value else _SIZE
    return Box((), round(width * scale), round(height * scale))


def _place(found: Overview, by: By) -> dict[str, Box]:
    """Groups near those that they have most edges with, or in the order of years."""
    boxes = {_name_key(group.key): _make_box(group, by) for group in found.groups}
    if by == "year":
        years = {_name_key(group.key): group.key.value for group in found.groups}
        return place_by_year(years, boxes)
    return place_freely(boxes, _list_strongest(found.ties))


def _list_strongest(ties: Sequence[Tie]) -> list[Edge]:
    """Of each group its ties with most edges: all of them would draw everything to one spot."""
    counts: Counter[GroupKey] = Counter()
    strongest = []
    for tie in ties:
        if tie.start != tie.end and min(counts[tie.start], counts[tie.end]) < _STRONGEST:
            counts.update((tie.start, tie.end))
            strongest.append(Edge(_name_key(tie.start), "", _name_key(tie.end), None))
    return strongest
