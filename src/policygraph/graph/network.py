"""The graph for NetworkX: a projection of the links graph and the articles, with evidence."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping

import networkx as nx
from pyoxigraph import NamedNode, Store

from policygraph.graph.evidence import Quotation, index_mentions, index_sentences
from policygraph.graph.iri import article_iri, links_iri
from policygraph.graph.namespaces import ORG, PG
from policygraph.graph.ontology import predicate_labels
from policygraph.graph.pattern import PlainQuad, find_quads
from policygraph.graph.thing import Node, find_articles, find_things


def to_networkx(store: Store, base: str) -> nx.MultiDiGraph[str]:
    """Articles and things as nodes, direct triples as edges, in a fixed order.

    A node is its IRI, with `kind` ("article", "document", "organisation", "campaign"), `label`,
    `date`, `number`, `type`, `title` (None where there is none) and `evidence`, where it is
    mentioned. The key of an edge is its predicate ("implements"), with `kind` (the same), `label`
    in Vietnamese, `date` of its subject, and `evidence`: the sentences that state it, none where
    it is derived, the mentions where it is a citation. Evidence is a list of
    `{"article", "start", "end", "quote"}`, offsets in code points, with `"location"` where the file
    has parts.
    """
    network: nx.MultiDiGraph[str] = nx.MultiDiGraph()
    mentions, sentences = index_mentions(store), index_sentences(store)
    for node in (*find_articles(store, base), *find_things(store, base)):
        network.add_node(node.iri, **_attributes(node, mentions.get(node.iri, [])))
    citing = _by_article(mentions, base)
    for quad in _edges(store, base):
        ends = quad.subject.value, quad.object.value
        stated = sentences.get((ends[0], quad.predicate.value, ends[1]), [])
        _add_edge(network, quad, citing.get(ends, []) if quad.predicate == PG.cites else stated)
    return network


def _by_article(
    mentions: Mapping[str, list[Quotation]], base: str
) -> dict[tuple[str, str], list[Quotation]]:
    """The mentions by the IRIs of their article and of the thing."""
    citing: dict[tuple[str, str], list[Quotation]] = defaultdict(list)
    for thing, quotations in mentions.items():
        for quotation in quotations:
            citing[article_iri(base, quotation.article), thing].append(quotation)
    return citing


def _attributes(node: Node, mentions: list[Quotation]) -> dict[str, object]:
    return {
        "kind": node.kind,
        "label": node.label,
        "date": node.date,
        "number": node.number,
        "type": node.type,
        "title": node.title,
        "evidence": [mention.as_json() for mention in mentions],
    }


def _edges(store: Store, base: str) -> Iterator[PlainQuad]:
    """The direct triples, by predicate, subject and object."""
    graph = NamedNode(links_iri(base))
    for iri in sorted(predicate_labels()):
        quads = find_quads(store, None, NamedNode(iri), graph=graph)
        yield from sorted(quads, key=lambda quad: (quad.subject.value, quad.object.value))


def _add_edge(network: nx.MultiDiGraph[str], quad: PlainQuad, evidence: list[Quotation]) -> None:
    predicate = quad.predicate.value
    kind = predicate.removeprefix(PG.iri).removeprefix(ORG.iri)
    network.add_edge(
        quad.subject.value,
        quad.object.value,
        key=kind,
        kind=kind,
        label=predicate_labels()[predicate],
        date=network.nodes[quad.subject.value]["date"],
        evidence=[quotation.as_json() for quotation in evidence],
    )
