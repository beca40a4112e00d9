"""How two things hang together: the shortest paths between them, each step with its sentence."""

from __future__ import annotations

from collections import defaultdict, deque
from collections.abc import Collection, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass
from itertools import islice, pairwise
from typing import TYPE_CHECKING, Any

from policygraph.graph.analysis.subnetwork import (
    Edge,
    Parameter,
    check_least,
    check_node,
    choose_relations,
    freeze,
    kind_of,
    list_edges,
    node_as_json,
    read_evidence,
    read_node,
    tell_parameters,
)
from policygraph.graph.evidence import Quotation
from policygraph.graph.network import list_relations
from policygraph.graph.thing import Node

if TYPE_CHECKING:
    from policygraph.graph.analysis.subnetwork import Network

_LIMIT = 10


@dataclass(frozen=True, slots=True)
class Said:
    """A relation between the two ends of a step.

    Attributes:
        forward: whether it leads along the path; else it leads back.
        sentence: the shortest that says so; None where none does and it was derived.
        sentences: how many say so.
    """

    relation: str
    forward: bool
    sentence: Quotation | None
    sentences: int

    def __str__(self) -> str:
        return f"{self.relation} →" if self.forward else f"← {self.relation}"

    def as_json(self) -> dict[str, Any]:
        return {
            "relation": self.relation,
            "forward": self.forward,
            "sentence": self.sentence.as_json() if self.sentence else None,
            "sentences": self.sentences,
        }


@dataclass(frozen=True, slots=True)
class PathStep:
    """From one thing to the next; `said` are all relations of both, the best attested first."""

    start: Node
    end: Node
    said: tuple[Said, ...]

    def as_json(self) -> dict[str, Any]:
        return {
            "from": node_as_json(self.start),
            "to": node_as_json(self.end),
            "relations": [each.as_json() for each in self.said],
        }


@dataclass(frozen=True, slots=True)
class Paths:
    """The shortest paths between two things.

    Attributes:
        paths: each as its steps; none where nothing joins the two, or both are one.
        total: how many shortest paths there are, shown or not.
    """

    parameters: Mapping[str, Parameter]
    start: Node
    end: Node
    paths: tuple[tuple[PathStep, ...], ...]
    total: int

    @property
    def caption(self) -> str:
        shown = f"{len(self.paths)} of {self.total} shortest paths"
        steps = f" of {len(self.paths[0])} steps" if self.paths else ""
        return f"{shown}{steps}; {tell_parameters(self.parameters)}"

    @property
    def columns(self) -> tuple[str, ...]:
        return (
            *("path", "step", "from", "relation", "to", "sentence", "article", "sentences"),
            *("other relations", "from id", "to id"),
        )

    def rows(self) -> Iterator[tuple[object, ...]]:
        """A row a step; the relation that is best attested in full, the others by their names."""
        for path_number, path in enumerate(self.paths, start=1):
            for step_number, step in enumerate(path, start=1):
                best, *others = step.said
                quoted = (best.sentence.quote, best.sentence.article) if best.sentence else ("", "")
                yield (
                    *(path_number, step_number, step.start.label, str(best), step.end.label),
                    *(*quoted, best.sentences, ", ".join(map(str, others))),
                    *(step.start.iri, step.end.iri),
                )

    def as_json(self) -> dict[str, Any]:
        """`{"parameters", "from", "to", "total", "paths": [[{"from", "to", "relations"}]]}`."""
        return {
            "parameters": dict(self.parameters),
            "from": node_as_json(self.start),
            "to": node_as_json(self.end),
            "total": self.total,
            "paths": [[step.as_json() for step in path] for path in self.paths],
        }


#: What joins each node to its neighbours, whichever way it leads.
_Joins = Mapping[str, Mapping[str, Sequence[Edge]]]
#: The nodes of a path, both ends among them.
_Way = tuple[str, ...]


def find_path(
    network: Network,
    start: str,
    end: str,
    *,
    relations: Collection[str] | None = None,
    through_articles: bool = False,
    limit: int = _LIMIT,
) -> Paths:
    """The shortest paths between two nodes, by their IRIs, over relations of either direction.

    Of several, those come first whose first steps are stated by sentences, then by IRI.

    Args:
        relations: those to follow; without it all.
        through_articles: whether two things that one article cites are joined by it; without that
            an article is only where a path starts or ends.
        limit: how many paths are told at most.

    Raises:
        ParameterError: an IRI of no node, an unknown relation, or a number out of bounds.
    """
    for iri in (start, end):
        check_node(network, iri)
    check_least("limit", limit, 1)
    chosen = choose_relations(relations, list_relations())
    joins = _join(network, chosen, None if through_articles else {start, end})
    web = _search(joins, start, end)
    ways = islice(_walk(network, joins, web, start, end), limit)
    paths = tuple(_make_path(network, joins, way) for way in ways if len(way) > 1)
    parameters = freeze(relations=chosen, through_articles=through_articles, limit=limit)
    total = web.counts.get(start, 0) if start != end else 0
    return Paths(parameters, read_node(network, start), read_node(network, end), paths, total)


def _join(network: Network, relations: Collection[str], articles: Set[str] | None) -> _Joins:
    """The neighbours of each node; of articles only some, or all where None are named."""
    joins: dict[str, dict[str, list[Edge]]] = defaultdict(lambda: defaultdict(list))
    for edge in list_edges(network, relations):
        subject = edge.subject
        if articles is None or subject in articles or kind_of(network, subject) != "article":
            joins[subject][edge.object].append(edge)
            joins[edge.object][subject].append(edge)
    return joins


@dataclass(frozen=True, slots=True)
class _Web:
    """What lies between two nodes.

    Attributes:
        ahead: the neighbours of a node that are one step nearer to the end.
        counts: how many shortest paths lead from a node to the end.
    """

    ahead: Mapping[str, Sequence[str]]
    counts: Mapping[str, int]


def _search(joins: _Joins, start: str, end: str) -> _Web:
    """Goes from the end outwards, no farther than the start is."""
    distances, counts = {end: 0}, {end: 1}
    ahead: dict[str, list[str]] = defaultdict(list)
    queue = deque([end])
    while queue and (node := queue.popleft()) != start:
        for neighbour in joins.get(node, ()):
            if neighbour not in distances:
                distances[neighbour], counts[neighbour] = distances[node] + 1, 0
                queue.append(neighbour)
            if distances[neighbour] == distances[node] + 1:
                ahead[neighbour].append(node)
                counts[neighbour] += counts[node]
    return _Web(ahead, counts)


def _walk(network: Network, joins: _Joins, web: _Web, start: str, end: str) -> Iterator[_Way]:
    """The shortest paths as their nodes: at each fork first what sentences state, then by IRI."""
    ways: list[_Way] = [(start,)]
    while ways:
        way = ways.pop()
        if way[-1] == end:
            yield way
            continue
        nearer = {node: _is_stated(network, joins[way[-1]][node]) for node in web.ahead[way[-1]]}
        # the last is taken first
        forks = sorted(nearer, key=lambda node: (not nearer[node], node), reverse=True)
        ways.extend((*way, node) for node in forks)


def _is_stated(network: Network, edges: Sequence[Edge]) -> bool:
    return any(network.edges[edge]["evidence"] for edge in edges)


def _make_path(network: Network, joins: _Joins, way: _Way) -> tuple[PathStep, ...]:
    return tuple(_make_step(network, joins[start][end], start, end) for start, end in pairwise(way))


def _make_step(network: Network, edges: Sequence[Edge], start: str, end: str) -> PathStep:
    said = [_read_said(network, edge, forward=edge.subject == start) for edge in edges]
    said.sort(key=lambda each: (-each.sentences, each.relation, not each.forward))
    return PathStep(read_node(network, start), read_node(network, end), tuple(said))


def _read_said(network: Network, edge: Edge, *, forward: bool) -> Said:
    sentences = read_evidence(network, edge)
    return Said(edge.relation, forward, sentences[0] if sentences else None, len(sentences))
