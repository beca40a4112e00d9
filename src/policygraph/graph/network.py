"""The graph for NetworkX: a projection of the links graph and the articles, with evidence.

docs/networkx.md lists the attributes of nodes and edges.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping

import networkx as nx
from pyoxigraph import NamedNode, Store

from policygraph.graph.catalogue import read_catalogue
from policygraph.graph.evidence import (
    Quotation,
    find_stated,
    index_mentions,
    index_sentences,
    read_quotations,
)
from policygraph.graph.iri import article_iri, links_iri
from policygraph.graph.namespaces import DCTERMS, ORG, PG, RDF
from policygraph.graph.ontology import predicate_labels
from policygraph.graph.pattern import PlainQuad, find_nodes, find_quads, find_value
from policygraph.graph.seat import Seat, find_body_seat, find_document_seat
from policygraph.graph.thing import Node, find_articles, find_things

_SYSTEMS = {
    PG.PartyDocument: "party",
    PG.StateDocument: "state",
    PG.MassOrganisationDocument: "mass",
    PG.PolicyDocument: "unknown",
}


def to_networkx(store: Store, base: str) -> nx.MultiDiGraph[str]:
    """Articles and things as nodes, direct triples as edges, in a fixed order.

    A node is its IRI; the key of an edge is its relation ("implements"). Attributes that a node
    does not have are None. `evidence` is a list of `{"article", "start", "end", "quote"}`, offsets
    in code points, with `"location"` where the file has parts: on a node the mentions, on an edge
    the sentences that state it, the mentions where it is a citation, nothing where it was derived.
    """
    network: nx.MultiDiGraph[str] = nx.MultiDiGraph()
    mentions, sentences = index_mentions(store), index_sentences(store)
    for node in (*find_articles(store, base), *find_things(store, base)):
        network.add_node(node.iri, **_attributes(store, base, node, mentions.get(node.iri, [])))
    citing = _by_article(mentions, base)
    for quad in _edges(store, base):
        ends = quad.subject.value, quad.object.value
        stated = sentences.get((ends[0], quad.predicate.value, ends[1]), [])
        _add_edge(network, quad, citing.get(ends, []) if quad.predicate == PG.cites else stated)
    return network


def sketch_network(store: Store, base: str, *, most: int) -> nx.MultiDiGraph[str]:
    """The things that most articles cite and the relations between them, as `project_nodes`."""
    catalogue = read_catalogue(store, base)
    cited = sorted(catalogue.citing, key=lambda iri: (-catalogue.count_citing(iri), iri))
    return project_nodes(store, base, filter(None, map(catalogue.find, cited[:most])))


def project_nodes(store: Store, base: str, nodes: Iterable[Node]) -> nx.MultiDiGraph[str]:
    """Some nodes and all direct triples between them, for a picture.

    They have fewer attributes than those of `to_networkx`, and evidence is on relations alone.
    """
    network: nx.MultiDiGraph[str] = nx.MultiDiGraph()
    for node in nodes:
        network.add_node(node.iri, **_describe_briefly(node), evidence=[])
    graph = NamedNode(links_iri(base))
    for iri in network.nodes:
        stated = find_stated(store, NamedNode(iri), "earlier")
        for quad in find_quads(store, NamedNode(iri), graph=graph):
            if quad.predicate.value in predicate_labels() and quad.object.value in network:
                targets = stated.get((quad.predicate.value, quad.object.value), ())
                first = sorted(targets, key=lambda target: target.value)[:_SKETCHED]
                _add_edge(network, quad, list(read_quotations(store, first)))
    return network


_SKETCHED = 3  # sentences of an edge


def _describe_briefly(node: Node) -> dict[str, str | None]:
    return {
        "kind": node.kind,
        "label": node.label,
        "date": node.date,
        "number": node.number,
        "type": node.type,
        "title": node.title,
        "issuer": node.issuer,
    }


def _by_article(
    mentions: Mapping[str, list[Quotation]], base: str
) -> dict[tuple[str, str], list[Quotation]]:
    """The mentions by the IRIs of their article and of the thing."""
    citing: dict[tuple[str, str], list[Quotation]] = defaultdict(list)
    for thing, quotations in mentions.items():
        for quotation in quotations:
            citing[article_iri(base, quotation.article), thing].append(quotation)
    return citing


def list_relations() -> tuple[str, ...]:
    """The keys that edges may have, by their predicates' IRIs."""
    return tuple(_name_relation(predicate) for predicate in sorted(predicate_labels()))


def _name_relation(predicate: str) -> str:
    return predicate.removeprefix(PG.iri).removeprefix(ORG.iri)


def _attributes(
    store: Store, base: str, node: Node, mentions: list[Quotation]
) -> dict[str, object]:
    return {
        **_describe_briefly(node),
        **_describe(store, base, node),
        "evidence": [mention.as_json() for mention in mentions],
    }


def _describe(store: Store, base: str, node: Node) -> dict[str, str | None]:
    """What only the links graph says, and of things alone."""
    iri, graph = NamedNode(node.iri), NamedNode(links_iri(base))
    seat = _find_seat(store, base, node)
    classes = find_nodes(store, iri, RDF.type, graph=graph)
    successors = find_nodes(store, iri, DCTERMS.isReplacedBy, graph=graph)
    return {
        "system": next(filter(None, map(_SYSTEMS.get, classes)), None),
        "level": seat.level,
        "term": find_value(store, iri, PG.term, graph=graph),
        "place": seat.place or find_value(store, iri, PG.place, graph=graph),
        "valid_from": find_value(store, iri, PG.validFrom, graph=graph),
        "valid_to": find_value(store, iri, PG.validTo, graph=graph),
        "successor": next((successor.value for successor in successors), None),
        "source": find_value(store, iri, DCTERMS.source, graph=graph),
    }


def _find_seat(store: Store, base: str, node: Node) -> Seat:
    match node.kind:
        case "document":
            return find_document_seat(store, base, NamedNode(node.iri))
        case "organisation":
            return find_body_seat(store, base, NamedNode(node.iri))
        case _:
            return Seat()


def _edges(store: Store, base: str) -> Iterator[PlainQuad]:
    """The direct triples, by predicate, subject and object."""
    graph = NamedNode(links_iri(base))
    for iri in sorted(predicate_labels()):
        quads = find_quads(store, None, NamedNode(iri), graph=graph)
        yield from sorted(quads, key=lambda quad: (quad.subject.value, quad.object.value))


def _add_edge(network: nx.MultiDiGraph[str], quad: PlainQuad, evidence: list[Quotation]) -> None:
    predicate = quad.predicate.value
    relation = _name_relation(predicate)
    network.add_edge(
        quad.subject.value,
        quad.object.value,
        key=relation,
        kind=relation,
        label=predicate_labels()[predicate],
        date=network.nodes[quad.subject.value]["date"],
        articles=len({quotation.article for quotation in evidence}),
        evidence=[quotation.as_json() for quotation in evidence],
    )
