"""Every article and thing of a graph at hand: as nodes by IRI, with the articles that cite each.

A catalogue is read once for a graph that does not change; what many pages ask for is then a look
into a dictionary.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property

from pyoxigraph import NamedNode, Store

from policygraph.graph.iri import article_iri, links_iri
from policygraph.graph.namespaces import DCTERMS, PG
from policygraph.graph.pattern import find_quads
from policygraph.graph.queries import QueryResult, run_query
from policygraph.graph.thing import Node, NodeKind, find_articles, find_things

_MOST_STEPS = 100  # from one thing to what replaced it, and on


@dataclass(frozen=True, eq=False)
class Catalogue:
    """The nodes of a graph.

    Attributes:
        nodes: articles and things by IRI.
        citing: the IRIs of the articles that cite a thing, by its IRI, sorted.
        ids: the ids of articles by IRI.
        invented: the IRIs of the articles that are fiction.
        replaced: where what only some articles say of a document is completed by others: the IRI
            of that document by the IRI of the partial one; so for what was merged, and
            for a body that another came after.
        surfaces: how often articles call a thing so, by its IRI and the words.
    """

    base: str
    nodes: Mapping[str, Node]
    citing: Mapping[str, tuple[str, ...]]
    ids: Mapping[str, str]
    invented: frozenset[str]
    replaced: Mapping[str, str] = field(default_factory=dict)
    surfaces: Mapping[str, Mapping[str, int]] = field(default_factory=dict)

    @cached_property
    def last_day(self) -> str | None:
        """The last day on which an article was published."""
        return max((node.date for node in self.list("article") if node.date), default=None)

    def find(self, iri: str) -> Node | None:
        return self.nodes.get(iri)

    def find_successor(self, iri: str) -> Node | None:
        """What stands in the place of a thing that the graph has no longer; None without one."""
        for _ in range(_MOST_STEPS):
            iri = self.replaced.get(iri, "")
            if node := self.nodes.get(iri):
                return node
        return None

    def find_article(self, id_: str) -> Node | None:
        """The article of an id."""
        return self.nodes.get(article_iri(self.base, id_))

    def list(self, kind: NodeKind) -> Iterator[Node]:
        """The nodes of a kind, by IRI."""
        return (node for node in self.nodes.values() if node.kind == kind)

    def count_citing(self, iri: str) -> int:
        """How many articles cite a thing."""
        return len(self.citing.get(iri, ()))

    def list_citing(self, iri: str) -> tuple[Node, ...]:
        """The articles that cite a thing, by day of publication, those without one last."""
        found = (self.nodes[each] for each in self.citing.get(iri, ()) if each in self.nodes)
        return tuple(sorted(found, key=lambda node: (node.date or "9", node.iri)))

    def list_cited(self, kind: NodeKind) -> tuple[Node, ...]:
        """The things of a kind that articles cite, the most cited first."""
        return self._cited.get(kind, ())

    @cached_property
    def _cited(self) -> dict[NodeKind, tuple[Node, ...]]:
        cited = (node for iri, node in self.nodes.items() if iri in self.citing)
        order = sorted(cited, key=lambda node: (-self.count_citing(node.iri), node.iri))
        kinds = {node.kind for node in order}
        return {kind: tuple(node for node in order if node.kind == kind) for kind in kinds}

    def list_newest(self) -> tuple[Node, ...]:
        """The articles, the newest first, those without a day last."""
        return self._newest

    @cached_property
    def _newest(self) -> tuple[Node, ...]:
        articles = sorted(self.list("article"), key=lambda node: node.iri)
        return tuple(sorted(articles, key=lambda node: node.date or "", reverse=True))


def read_catalogue(store: Store, base: str) -> Catalogue:
    """The catalogue of a graph."""
    nodes = [*find_things(store, base), *find_articles(store, base)]
    ids = {
        quad.subject.value: quad.object.value
        for quad in find_quads(store, None, DCTERMS.identifier)
        if quad.subject == quad.graph_name
    }
    invented = {quad.subject.value for quad in find_quads(store, None, PG.isFiction)}
    return Catalogue(
        base=base,
        nodes={node.iri: node for node in nodes},
        citing=_read_citing(store, base),
        ids=ids,
        invented=frozenset(invented),
        replaced=_read_replaced(store, base),
        surfaces=_read_surfaces(store),
    )


def _read_citing(store: Store, base: str) -> dict[str, tuple[str, ...]]:
    citing: dict[str, set[str]] = defaultdict(set)
    for quad in find_quads(store, None, PG.cites, graph=NamedNode(links_iri(base))):
        citing[quad.object.value].add(quad.subject.value)
    return {iri: tuple(sorted(found)) for iri, found in citing.items()}


_SURFACES = """SELECT ?thing ?words (COUNT(*) AS ?times) WHERE {
    GRAPH ?links { ?reference pg:standsFor ?thing }
    GRAPH ?article {
        ?mention oa:hasBody ?reference ; oa:hasTarget/oa:hasSelector/oa:exact ?words }
} GROUP BY ?thing ?words"""


def _read_surfaces(store: Store) -> dict[str, Counter[str]]:
    answer = run_query(store, _SURFACES)
    assert isinstance(answer, QueryResult)
    surfaces: dict[str, Counter[str]] = defaultdict(Counter)
    for thing, words, times in answer.texts():
        surfaces[thing][" ".join(words.split())] += int(times)
    return dict(surfaces)


def _read_replaced(store: Store, base: str) -> dict[str, str]:
    graph = NamedNode(links_iri(base))
    quads = find_quads(store, None, DCTERMS.isReplacedBy, graph=graph)
    return {quad.subject.value: quad.object.value for quad in quads}
