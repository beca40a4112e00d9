"""What stands in a direct relation to one thing: the lược đồ of a document, the acts of a body.

An earlier one is what the thing itself carries out, rests on, amends, …; a later one does so with
the thing.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass

from pyoxigraph import NamedNode, Store

from policygraph.graph.catalogue import Catalogue
from policygraph.graph.evidence import (
    Quotation,
    Stated,
    find_stated,
    rank_quotations,
    read_quotations,
)
from policygraph.graph.iri import links_iri
from policygraph.graph.namespaces import PG
from policygraph.graph.ontology import predicate_labels
from policygraph.graph.pattern import find_nodes, find_subjects
from policygraph.graph.thing import Node
from policygraph.graph.trace import Direction

#: The predicates of direct triples between things, in the order of the ontology.
PREDICATES: tuple[str, ...] = (
    *("basedOn", "implements", "guides", "amends", "replaces", "repeals", "reviews"),
    *("issuedBy", "launchedBy", "promotes"),
)
#: That the text of one document cites another, of which it says nothing more.
REFERS = "refersTo"


@dataclass(frozen=True, slots=True)
class Group:
    """All that is related to a thing by one predicate in one direction, by date and IRI."""

    predicate: str
    direction: Direction
    nodes: tuple[Node, ...]


def list_groups(store: Store, catalogue: Catalogue, thing: str) -> tuple[Group, ...]:
    """The groups of a thing that hold something, the earlier ones first.

    What a document's own text cites without a relation is "refersTo".
    """
    found = {
        (direction, predicate): nodes
        for direction, predicate, nodes in _list_groups(store, catalogue, NamedNode(thing))
    }
    related = {node.iri for nodes in found.values() for node in nodes}
    for direction, cited in _list_references(store, catalogue, NamedNode(thing)):
        rest = [node for node in cited if node.iri not in related]
        found[direction, REFERS] = rest
    return tuple(
        Group(predicate, direction, tuple(sorted(nodes, key=_by_date)))
        for (direction, predicate), nodes in found.items()
        if nodes
    )


@dataclass(frozen=True, slots=True)
class Evidence:
    """The sentences that relate a thing to others, read for one other at a time."""

    store: Store
    thing: Node
    stated: Mapping[Direction, Stated]

    def count(self, group: Group, other: Node) -> int:
        """How many sentences relate the two."""
        return len(self._find(group, other))

    def read(self, group: Group, other: Node, *, most: int) -> tuple[Quotation, ...]:
        """The best of them; of very many, the best of some."""
        targets = sorted(self._find(group, other), key=lambda target: target.value)
        said = read_quotations(self.store, targets[: most * _LOOKED_AT])
        numbers = [node.number for node in (self.thing, other) if node.number]
        return rank_quotations(said, numbers)[:most]

    def _find(self, group: Group, other: Node) -> Collection[NamedNode]:
        if group.predicate == REFERS:
            return ()
        key = PG[group.predicate].value, other.iri
        return self.stated[group.direction].get(key, ())


_LOOKED_AT = 4


def find_evidence(store: Store, thing: Node) -> Evidence:
    """What relates a thing to all others."""
    node = NamedNode(thing.iri)
    directions: tuple[Direction, ...] = ("earlier", "later")
    return Evidence(store, thing, {each: find_stated(store, node, each) for each in directions})


def _by_date(node: Node) -> tuple[bool, str, str]:
    return node.date is None, node.date or "", node.iri


def _list_groups(
    store: Store, catalogue: Catalogue, thing: NamedNode
) -> Iterator[tuple[Direction, str, list[Node]]]:
    graph = NamedNode(links_iri(catalogue.base))
    for predicate in PREDICATES:
        ends = find_nodes(store, thing, PG[predicate], graph=graph)
        yield "earlier", predicate, _look_up(catalogue, ends)
    for predicate in PREDICATES:
        starts = find_subjects(store, PG[predicate], thing, graph=graph)
        yield "later", predicate, _look_up(catalogue, starts)


def _look_up(catalogue: Catalogue, iris: Iterator[NamedNode]) -> list[Node]:
    return [node for iri in iris if (node := catalogue.find(iri.value))]


def _list_references(
    store: Store, catalogue: Catalogue, thing: NamedNode
) -> Iterator[tuple[Direction, list[Node]]]:
    """The documents that the text of a document cites, and those whose texts cite it."""
    graph = NamedNode(links_iri(catalogue.base))
    cited = [
        node
        for text in _find_texts(store, thing)
        for iri in find_nodes(store, text, PG.cites, graph=graph)
        if (node := catalogue.find(iri.value)) and node.kind == "document" and iri != thing
    ]
    yield "earlier", list({node.iri: node for node in cited}.values())
    owners = (
        _find_owner(store, NamedNode(article)) for article in catalogue.citing.get(thing.value, ())
    )
    citing = [
        node for iri in owners if iri and iri != thing and (node := catalogue.find(iri.value))
    ]
    yield "later", list({node.iri: node for node in citing}.values())


def _find_texts(store: Store, document: NamedNode) -> Iterator[NamedNode]:
    """The articles that are the text of a document."""
    for reference in find_subjects(store, PG.standsFor, document):
        yield from find_subjects(store, PG.ownReference, reference)


def _find_owner(store: Store, text: NamedNode) -> NamedNode | None:
    """The document that an article is the text of."""
    for own in find_nodes(store, text, PG.ownReference, graph=text):
        return next(find_nodes(store, own, PG.standsFor), None)
    return None


def find_text_of(store: Store, document: str) -> tuple[str, ...]:
    """The IRIs of the articles that are the text of a document, sorted."""
    return tuple(sorted(node.value for node in _find_texts(store, NamedNode(document))))


def find_document_of(store: Store, article: str) -> str | None:
    """The IRI of the document that an article is the text of; None for other articles."""
    owner = _find_owner(store, NamedNode(article))
    return owner.value if owner else None


def name_predicates() -> Mapping[str, str]:
    """The Vietnamese label of each predicate by its local name."""
    return {
        iri.removeprefix(PG.iri): label
        for iri, label in predicate_labels().items()
        if iri.startswith(PG.iri)
    }
