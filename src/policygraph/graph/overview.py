"""A whole graph in one picture: its nodes in groups, and how many edges join these.

Groups are made once for a graph that does not change, and counted for each scope anew.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Literal, get_args

import numpy as np
from numpy.typing import NDArray
from pyoxigraph import NamedNode, Store

from policygraph.graph.adjacency import KINDS, RELATIONS, Adjacency, Scope
from policygraph.graph.coverage_frame import find_province
from policygraph.graph.division import divide
from policygraph.graph.iri import read_type
from policygraph.graph.namespaces import PG
from policygraph.graph.pattern import find_value
from policygraph.graph.seat import Seat, find_body_seat, find_document_seat
from policygraph.graph.thing import Node, NodeKind

By = Literal["type", "issuer", "province", "level", "year", "community"]
GROUPINGS: tuple[By, ...] = get_args(By)

MOST_GROUPS = 40
MOST_TIES = 90
_NAMED = 3


@dataclass(frozen=True, slots=True, order=True)
class GroupKey:
    """What the nodes of a group have in common.

    Attributes:
        kind: their kind; "" where a group holds several.
        value: a type's label, a year, the id of a level or province, the IRI of a body, or that
            of a community's first node; "" for nodes of the kind that have none.
    """

    kind: NodeKind | Literal[""]
    value: str


@dataclass(frozen=True, slots=True)
class Grouping:
    """The group of each node.

    Attributes:
        keys: of the groups, sorted.
        groups: place of each node's group in `keys`.
    """

    keys: tuple[GroupKey, ...]
    groups: NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class NodeGroup:
    """A group of an overview; `named` are its members with most edges."""

    key: GroupKey
    count: int
    named: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class Tie:
    """The edges from one group to another, or within one: how many of each relation."""

    start: GroupKey
    end: GroupKey
    counts: Mapping[str, int]

    @property
    def count(self) -> int:
        return sum(self.counts.values())


@dataclass(frozen=True, slots=True)
class Overview:
    """A graph by groups.

    Attributes:
        groups: the largest first; `left_out` groups of `nodes_left_out` nodes are not shown.
        ties: those with most edges first; `ties_left_out` between the groups are not shown.
        nodes, edges: how many there are in the scope.
        kinds, relations: how many nodes of each kind and edges of each relation, 0 where the scope
            has none of them.
    """

    groups: tuple[NodeGroup, ...]
    left_out: int
    nodes_left_out: int
    ties: tuple[Tie, ...]
    ties_left_out: int
    nodes: int
    edges: int
    kinds: Mapping[NodeKind, int]
    relations: Mapping[str, int]


def group_nodes(adjacency: Adjacency, store: Store, base: str, by: By) -> Grouping:
    """The groups of all nodes: by type and kind, issuing body, province, level, year, or community.

    A body belongs to the group of what it issued. What has no value of the sort is in a group of
    its kind.
    """
    if by == "issuer":
        values = _list_issuers(adjacency)
    elif by == "community":
        values = _list_communities(adjacency)
    else:
        values = [_VALUES[by](store, base, node) for node in adjacency.nodes]
    is_mixed = by not in ("type", "year")
    keys = [
        GroupKey("" if is_mixed and value else node.kind, value)
        for node, value in zip(adjacency.nodes, values, strict=True)
    ]
    known = tuple(sorted(set(keys)))
    places = {key: place for place, key in enumerate(known)}
    return Grouping(known, np.array([places[key] for key in keys], dtype=np.int64))


def _find_type(store: Store, base: str, node: Node) -> str:
    if node.kind == "campaign":
        type_ = find_value(store, NamedNode(node.iri), PG.campaignType)
        return read_type(type_) if type_ else ""
    return node.type or ""


def _find_year(store: Store, base: str, node: Node) -> str:
    return (node.date or "")[:4]


def _find_level(store: Store, base: str, node: Node) -> str:
    return _find_seat(store, base, node).level or ""


def _find_province(store: Store, base: str, node: Node) -> str:
    """The province of today."""
    place = _find_seat(store, base, node).place
    return _find_heir(place) if place else ""


@cache
def _find_heir(place: str) -> str:
    return find_province(place, _FOREVER)


_FOREVER = "9999-12-31"


def _find_seat(store: Store, base: str, node: Node) -> Seat:
    if node.kind == "document":
        return find_document_seat(store, base, NamedNode(node.iri))
    if node.kind == "organisation":
        return find_body_seat(store, base, NamedNode(node.iri))
    return Seat()


_VALUES: Mapping[str, Callable[[Store, str, Node], str]] = {
    "type": _find_type,
    "province": _find_province,
    "level": _find_level,
    "year": _find_year,
}


def _list_issuers(adjacency: Adjacency) -> list[str]:
    """The body of each node: itself, the first that issued it, or the first that launched it."""
    values = [node.iri if node.kind == "organisation" else "" for node in adjacency.nodes]
    for relation in ("launchedBy", "issuedBy"):
        edges = np.flatnonzero(adjacency.relations == RELATIONS.index(relation))
        # the first one in the order of IRIs is the last one written
        for subject, object_ in zip(
            adjacency.subjects[edges[::-1]], adjacency.objects[edges[::-1]], strict=True
        ):
            values[subject] = adjacency.nodes[object_].iri
    return values


def _list_communities(adjacency: Adjacency) -> list[str]:
    """The first node of each node's community; "" for those without relations, and articles.

    Citations do not count: an article cites many things that have nothing to do with each other.
    """
    relations = frozenset(RELATIONS) - {"cites"}
    edges = np.flatnonzero(adjacency.select(Scope(relations=relations)))
    ends = adjacency.subjects[edges], adjacency.objects[edges]
    labels = divide(len(adjacency.nodes), ends).tolist()
    first: dict[int, str] = {}
    for node, label in zip(adjacency.nodes, labels, strict=True):
        first.setdefault(label, node.iri)
    joined = set(np.concatenate(ends).tolist())
    return [first[label] if number in joined else "" for number, label in enumerate(labels)]


def summarise(adjacency: Adjacency, grouping: Grouping, scope: Scope) -> Overview:
    """The groups of a scope with the edges between and within them."""
    counts = _count_nodes(adjacency, grouping, scope)
    order = sorted(np.flatnonzero(counts).tolist(), key=lambda group: (-counts[group], group))
    shown = order[:MOST_GROUPS]
    named = _name_groups(adjacency, grouping, scope, shown)
    ties = _count_ties(adjacency, grouping, scope)
    seen = set(shown)
    kept = [tie for tie in ties if seen.issuperset(tie)]
    kept.sort(key=lambda tie: (-ties[tie].total(), tie))
    return Overview(
        groups=tuple(
            NodeGroup(grouping.keys[group], int(counts[group]), named[group]) for group in shown
        ),
        left_out=len(order) - len(shown),
        nodes_left_out=int(counts[order[MOST_GROUPS:]].sum()),
        ties=tuple(
            Tie(grouping.keys[start], grouping.keys[end], dict(ties[start, end]))
            for start, end in kept[:MOST_TIES]
        ),
        ties_left_out=len(kept[MOST_TIES:]),
        nodes=int(counts.sum()),
        edges=sum(found.total() for found in ties.values()),
        kinds=_count_kinds(adjacency, scope),
        relations={each: sum(found[each] for found in ties.values()) for each in RELATIONS},
    )


def _count_nodes(adjacency: Adjacency, grouping: Grouping, scope: Scope) -> NDArray[np.int64]:
    in_scope = _of_kinds(adjacency, scope)
    return np.bincount(grouping.groups[in_scope], minlength=len(grouping.keys))


def _count_kinds(adjacency: Adjacency, scope: Scope) -> dict[NodeKind, int]:
    counts = np.bincount(adjacency.kinds, minlength=len(KINDS)).tolist()
    return {
        kind: count if kind in scope.kinds else 0 for kind, count in zip(KINDS, counts, strict=True)
    }


def _of_kinds(adjacency: Adjacency, scope: Scope) -> NDArray[np.bool_]:
    places = [KINDS.index(kind) for kind in scope.kinds]
    return np.isin(adjacency.kinds, places)


def _count_ties(
    adjacency: Adjacency, grouping: Grouping, scope: Scope
) -> dict[tuple[int, int], Counter[str]]:
    """How many edges of each relation lead from one group to another, by their places."""
    edges = np.flatnonzero(adjacency.select(scope))
    ends = (grouping.groups[each[edges]] for each in (adjacency.subjects, adjacency.objects))
    shape = len(grouping.keys), len(grouping.keys), len(RELATIONS)
    codes = np.ravel_multi_index((*ends, adjacency.relations[edges]), shape)
    found, counts = np.unique(codes, return_counts=True)
    places = (each.tolist() for each in np.unravel_index(found, shape))
    ties: dict[tuple[int, int], Counter[str]] = defaultdict(Counter)
    for start, end, relation, count in zip(*places, counts.tolist(), strict=True):
        ties[start, end][RELATIONS[relation]] = count
    return ties


def _name_groups(
    adjacency: Adjacency, grouping: Grouping, scope: Scope, shown: Sequence[int]
) -> dict[int, tuple[Node, ...]]:
    members = ((group, _rank_members(adjacency, grouping, scope, group)) for group in shown)
    return {
        group: tuple(adjacency.nodes[number] for number in ranked[:_NAMED].tolist())
        for group, ranked in members
    }


def _rank_members(
    adjacency: Adjacency, grouping: Grouping, scope: Scope, group: int
) -> NDArray[np.int64]:
    members = np.flatnonzero((grouping.groups == group) & _of_kinds(adjacency, scope))
    ranked: NDArray[np.int64] = members[np.lexsort((members, -adjacency.degrees[members]))]
    return ranked


def list_members(
    adjacency: Adjacency, grouping: Grouping, scope: Scope, key: GroupKey
) -> tuple[Node, ...]:
    """The nodes of a group, those with most edges first; none where there is no such group."""
    if key not in grouping.keys:
        return ()
    group = grouping.keys.index(key)
    ranked = _rank_members(adjacency, grouping, scope, group)
    return tuple(adjacency.nodes[number] for number in ranked.tolist())
