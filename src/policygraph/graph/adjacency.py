"""All direct triples of a graph as arrays of numbers: what touches what is then a slice.

A page of the graph browser looks at some hundred nodes of perhaps a million. The store would be
asked for each of them; these arrays are read once for a graph that does not change, and take some
ten bytes a triple.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray
from pyoxigraph import NamedNode, Store

from policygraph.graph.catalogue import Catalogue
from policygraph.graph.iri import links_iri
from policygraph.graph.namespaces import ORG, PG
from policygraph.graph.pattern import find_quads
from policygraph.graph.relation import PREDICATES
from policygraph.graph.thing import Node, NodeKind

#: The predicates of edges in the order in which they count, by local name.
RELATIONS: tuple[str, ...] = (*PREDICATES, "subOrganizationOf", "cites")
KINDS: tuple[NodeKind, ...] = ("document", "organisation", "campaign", "article")

Numbers = NDArray[np.int32]
Mask = NDArray[np.bool_]


@dataclass(frozen=True, slots=True, order=True)
class Edge:
    """A direct triple, by the IRIs of its ends and the local name of its predicate.

    Attributes:
        date: that of its subject, ISO 8601: when the document was issued or the article published.
    """

    subject: str
    relation: str
    object: str
    date: str | None


@dataclass(frozen=True, slots=True)
class Scope:
    """What of a graph is looked at.

    Attributes:
        relations, kinds: those of edges and of nodes.
        since, until: the first and last year of edges; those without a date always belong.
    """

    relations: frozenset[str] = frozenset(RELATIONS)
    kinds: frozenset[NodeKind] = frozenset(KINDS)
    since: int | None = None
    until: int | None = None


@dataclass(frozen=True, eq=False)
class Adjacency:
    """The nodes of a graph, numbered in the order of their IRIs, and its edges.

    Attributes:
        nodes: articles and things; `numbers` are their places by IRI.
        kinds: place of each node's kind in KINDS.
        subjects, relations, objects: of each edge: numbers of nodes, and a place in RELATIONS.
        years: of each edge; 0 without one.
    """

    nodes: tuple[Node, ...]
    numbers: Mapping[str, int]
    kinds: Numbers
    subjects: Numbers
    relations: Numbers
    objects: Numbers
    years: Numbers

    @cached_property
    def degrees(self) -> Numbers:
        """How many edges each node has, whatever their relation."""
        return np.diff(self._starts).astype(np.int32)

    @cached_property
    def first_year(self) -> int | None:
        return int(self._known_years.min()) if len(self._known_years) else None

    @cached_property
    def last_year(self) -> int | None:
        return int(self._known_years.max()) if len(self._known_years) else None

    @cached_property
    def _known_years(self) -> Numbers:
        return self.years[self.years > 0]

    @cached_property
    def _starts(self) -> NDArray[np.int64]:
        """Where the edges of each node begin in `_touching`, and the end of all."""
        ends = np.concatenate([self.subjects, self.objects])
        counts = np.bincount(ends, minlength=len(self.nodes))
        return np.concatenate([[0], np.cumsum(counts)])

    @cached_property
    def _touching(self) -> Numbers:
        """The edges of each node, one node after the other."""
        order = np.argsort(np.concatenate([self.subjects, self.objects]), kind="stable")
        return (order % max(1, len(self.subjects))).astype(np.int32)

    def select(self, scope: Scope, also: Sequence[int] = ()) -> Mask:
        """Which edges belong to a scope: both ends are of its kinds, or among some others."""
        relations = _mask(RELATIONS, scope.relations)[self.relations]
        shown = _mask(KINDS, scope.kinds)[self.kinds]
        shown[list(also)] = True
        years = np.ones(len(self.years), dtype=np.bool_)
        if scope.since is not None:
            years &= (self.years >= scope.since) | (self.years == 0)
        if scope.until is not None:
            years &= self.years <= scope.until
        return relations & years & shown[self.subjects] & shown[self.objects]

    def touching(self, nodes: Numbers, selected: Mask) -> Numbers:
        """The selected edges of some nodes; one between two of these stands there twice."""
        starts, ends = self._starts[nodes], self._starts[nodes + 1]
        counts = ends - starts
        before = np.cumsum(counts) - counts
        places = np.repeat(starts - before, counts) + np.arange(counts.sum())
        found: Numbers = self._touching[places]
        return found[selected[found]]

    def neighbours(self, nodes: Numbers, selected: Mask) -> Numbers:
        """What the selected edges join to some nodes, each once; maybe these nodes themselves."""
        edges = self.touching(nodes, selected)
        return np.unique(np.concatenate([self.subjects[edges], self.objects[edges]]))

    def within(self, nodes: Numbers, selected: Mask) -> Numbers:
        """The selected edges that have both ends among some nodes."""
        own = np.zeros(len(self.nodes), dtype=np.bool_)
        own[nodes] = True
        edges = np.unique(self.touching(nodes, selected))
        found: Numbers = edges[own[self.subjects[edges]] & own[self.objects[edges]]]
        return found

    def is_article(self, nodes: Numbers) -> Mask:
        found: Mask = self.kinds[nodes] == KINDS.index("article")
        return found

    def read_edges(self, edges: Numbers) -> Iterator[Edge]:
        """Some edges as values, in their order."""
        for number in edges:
            subject, object_ = self.nodes[self.subjects[number]], self.nodes[self.objects[number]]
            yield Edge(subject.iri, RELATIONS[self.relations[number]], object_.iri, subject.date)


def _mask(names: tuple[str, ...], chosen: Collection[str]) -> Mask:
    return np.array([name in chosen for name in names], dtype=np.bool_)


def read_adjacency(store: Store, catalogue: Catalogue) -> Adjacency:
    """The direct triples between the nodes of a catalogue.

    Those from a node to itself, and those with an end that the catalogue lacks, are left out.
    """
    nodes = tuple(sorted(catalogue.nodes.values(), key=lambda node: node.iri))
    numbers = {node.iri: number for number, node in enumerate(nodes)}
    found = np.array(sorted(_read_edges(store, catalogue.base, numbers)), dtype=np.int32)
    subjects, relations, objects = found.reshape(-1, 3).T
    years = np.array([_read_year(node.date) for node in nodes], dtype=np.int32)
    kinds = np.array([KINDS.index(node.kind) for node in nodes], dtype=np.int32)
    return Adjacency(nodes, numbers, kinds, subjects, relations, objects, years[subjects])


def _read_edges(
    store: Store, base: str, numbers: Mapping[str, int]
) -> Iterator[tuple[int, int, int]]:
    graph = NamedNode(links_iri(base))
    for place, relation in enumerate(RELATIONS):
        predicate = ORG[relation] if relation == "subOrganizationOf" else PG[relation]
        for quad in find_quads(store, None, predicate, graph=graph):
            subject, object_ = numbers.get(quad.subject.value), numbers.get(quad.object.value)
            if subject is not None and object_ is not None and subject != object_:
                yield subject, place, object_


def _read_year(date: str | None) -> int:
    year = (date or "")[:4]
    return int(year) if year.isdecimal() else 0
