"""Which documents are most central, and the counts behind that."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

from policygraph.errors import ParameterError
from policygraph.graph.analysis.subnetwork import (
    Edge,
    Parameter,
    check_least,
    choose_one,
    choose_relations,
    freeze,
    kind_of,
    list_edges,
    node_as_json,
    read_node,
    tell_parameters,
)
from policygraph.graph.thing import Node

if TYPE_CHECKING:
    from policygraph.graph.analysis.subnetwork import Network

#: The relations that lead to documents, and what each makes of its object.
_COLUMNS: Mapping[str, str] = MappingProxyType(
    {
        "cites": "cited by articles",
        "implements": "implemented by",
        "basedOn": "basis of",
        "guides": "guided by",
        "amends": "amended by",
        "reviews": "reviewed by",
        "replaces": "replaced by",
        "repeals": "repealed by",
        "launchedBy": "launches",
    }
)
TO_DOCUMENTS = tuple(_COLUMNS)

#: How far all scores together may be from the fixed point that they approach.
_PRECISION = 1e-10
_MOST_DAMPING = 0.99


@dataclass(frozen=True, slots=True)
class RankedDocument:
    """A document with its figure and what stands behind it.

    Attributes:
        pagerank: its share of 1 among all nodes of the edges that were counted.
        counts: by relation: how many articles cite it, how many things implement it, …
    """

    document: Node
    pagerank: float
    counts: Mapping[str, int]

    def as_json(self) -> dict[str, Any]:
        node = node_as_json(self.document)
        return {**node, "pagerank": self.pagerank, "counts": dict(self.counts)}


@dataclass(frozen=True, slots=True)
class Ranking:
    """The documents, the most central first.

    Attributes:
        relations: those that were counted.
        total: how many documents there are, shown or not.
    """

    parameters: Mapping[str, Parameter]
    relations: tuple[str, ...]
    documents: tuple[RankedDocument, ...]
    total: int

    @property
    def caption(self) -> str:
        shown = f"{len(self.documents)} of {self.total} documents"
        return f"{shown}; {tell_parameters(self.parameters)}"

    @property
    def columns(self) -> tuple[str, ...]:
        counts = (_COLUMNS[relation] for relation in self.relations)
        return ("rank", "document", "date", "issuer", "pagerank", *counts, "document id")

    def rows(self) -> Iterator[tuple[object, ...]]:
        for rank, ranked in enumerate(self.documents, start=1):
            node = ranked.document
            counts = (ranked.counts[relation] for relation in self.relations)
            yield rank, node.label, node.date, node.issuer, ranked.pagerank, *counts, node.iri

    def as_json(self) -> dict[str, Any]:
        """`{"parameters": {…}, "total", "documents": [{…, "pagerank", "counts": {…}}]}`."""
        documents = [ranked.as_json() for ranked in self.documents]
        return {"parameters": dict(self.parameters), "total": self.total, "documents": documents}


def rank_documents(
    network: Network,
    *,
    relations: Collection[str] | None = None,
    damping: float = 0.85,
    by: str = "pagerank",
    limit: int | None = None,
) -> Ranking:
    """The documents to which relations lead, or that have them, the most central first.

    PageRank runs over articles, things and the relations that lead to documents, each relation
    once: what cites or carries out many documents gives each of them less.

    Args:
        relations: those to follow; without it `TO_DOCUMENTS`.
        damping: how likely one more step is, at most 0.99.
        by: "pagerank", or the relation whose count decides; equals come by PageRank, then IRI.

    Raises:
        ParameterError: an unknown relation, or a number out of bounds.
    """
    chosen = _choose_relations(relations)
    choose_one("by", by, ("pagerank", *chosen))
    _check_damping(damping)
    check_least("limit", limit, 0)
    edges = [
        edge for edge in list_edges(network, chosen) if kind_of(network, edge.object) == "document"
    ]
    ranked = _rank(network, edges, chosen, damping)
    ranked.sort(key=lambda each: (-each.counts.get(by, 0), -each.pagerank, each.document.iri))
    parameters = freeze(relations=chosen, damping=damping, by=by, limit=limit)
    return Ranking(parameters, chosen, tuple(ranked[:limit]), len(ranked))


def _choose_relations(relations: Collection[str] | None) -> tuple[str, ...]:
    chosen = choose_relations(relations, TO_DOCUMENTS)
    if others := [relation for relation in chosen if relation not in _COLUMNS]:
        remedy = f"those that do: {', '.join(TO_DOCUMENTS)}"
        raise ParameterError(f"{others[0]!r} never leads to a document", remedy=remedy)
    return tuple(relation for relation in TO_DOCUMENTS if relation in chosen)


def _check_damping(damping: float) -> None:
    if not 0 <= damping <= _MOST_DAMPING:
        message = f"damping may not be {damping}"
        raise ParameterError(message, remedy=f"it lies between 0 and {_MOST_DAMPING}")


def _rank(
    network: Network, edges: Sequence[Edge], relations: tuple[str, ...], damping: float
) -> list[RankedDocument]:
    scores = _score(edges, damping)
    counts = Counter((edge.object, edge.relation) for edge in edges)
    return [
        RankedDocument(
            read_node(network, iri),
            score,
            MappingProxyType({relation: counts[iri, relation] for relation in relations}),
        )
        for iri, score in scores.items()
        if kind_of(network, iri) == "document"
    ]


def _score(edges: Sequence[Edge], damping: float) -> dict[str, float]:
    """PageRank, rounded so that what is equal but for the order of additions is equal."""
    import networkx as nx

    graph: nx.DiGraph[str] = nx.DiGraph()
    graph.add_nodes_from(sorted({end for edge in edges for end in edge[:2]}))
    weights = Counter((edge.subject, edge.object) for edge in edges)
    graph.add_weighted_edges_from((*ends, weight) for ends, weight in weights.items())
    # networkx stops where one more step changes all scores together by less than this times nodes
    tolerance = _PRECISION * (1 - damping) / max(len(graph), 1)
    steps = math.ceil(math.log(tolerance) / math.log(damping)) if damping else 1
    scores = nx.pagerank(graph, alpha=damping, tol=tolerance, max_iter=steps + 10)
    return {iri: round(score, 12) for iri, score in scores.items()}
