"""The nodes that people see: articles and things with their label, number, date, type, issuer."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from pyoxigraph import NamedNode, Store

from policygraph.document_types import load_document_types
from policygraph.graph.iri import links_iri, read_type
from policygraph.graph.namespaces import DCTERMS, PG, RDF, RDFS, SKOS
from policygraph.graph.pattern import find_nodes, find_subjects, find_value

NodeKind = Literal["article", "document", "organisation", "campaign"]

_THING_CLASSES: dict[NodeKind, tuple[NamedNode, ...]] = {
    "document": (
        PG.PartyDocument,
        PG.StateDocument,
        PG.MassOrganisationDocument,
        PG.PolicyDocument,
    ),
    "organisation": (PG.Organisation,),
    "campaign": (PG.Campaign,),
}


@dataclass(frozen=True, slots=True)
class Node:
    """An article or a thing, as the graph knows it.

    Attributes:
        iri: its IRI.
        date: ISO 8601: of publication, or the preferred date of a document.
        type: label of the document type in Vietnamese.
        issuer: labels of the issuing bodies, joined by "; ".
        name: the name of a body that shares it with another one, which `label` tells apart.
        valid_from, valid_to: the first and last day of a body, or the year alone.
    """

    iri: str
    kind: NodeKind
    label: str
    number: str | None = None
    date: str | None = None
    type: str | None = None
    title: str | None = None
    issuer: str | None = None
    name: str | None = None
    valid_from: str | None = None
    valid_to: str | None = None

    def as_json(self) -> dict[str, str | None]:
        """What a trace says of a node."""
        return {
            "id": self.iri,
            "label": self.label,
            "number": self.number,
            "date": self.date,
            "issuer": self.issuer,
        }


def find_things(store: Store, base: str, kind: NodeKind | None = None) -> tuple[Node, ...]:
    """The things of the links graph (of one kind), sorted by IRI."""
    graph = NamedNode(links_iri(base))
    things = [
        read_thing(store, base, node, found)
        for found, class_ in _classes(kind)
        for node in find_subjects(store, RDF.type, class_, graph=graph)
    ]
    return tuple(sorted(things, key=lambda thing: thing.iri))


def find_documents(store: Store, base: str) -> Iterator[NamedNode]:
    """The documents of the links graph, each once."""
    graph = NamedNode(links_iri(base))
    for class_ in _THING_CLASSES["document"]:
        yield from find_subjects(store, RDF.type, class_, graph=graph)


def _classes(kind: NodeKind | None) -> Iterator[tuple[NodeKind, NamedNode]]:
    for found, classes in _THING_CLASSES.items():
        if kind in (None, found):
            yield from ((found, class_) for class_ in classes)


def kind_of(store: Store, base: str, iri: NamedNode) -> NodeKind | None:
    """What kind of thing bears an IRI; None where the links graph has no such thing."""
    graph = NamedNode(links_iri(base))
    for kind, class_ in _classes(None):
        if class_ in find_nodes(store, iri, RDF.type, graph=graph):
            return kind
    return None


def read_thing(store: Store, base: str, iri: NamedNode, kind: NodeKind) -> Node:
    """A thing by its IRI."""
    graph = NamedNode(links_iri(base))
    type_ = find_value(store, iri, PG.documentType, graph=graph)
    return Node(
        iri=iri.value,
        kind=kind,
        label=find_value(store, iri, RDFS.label, graph=graph) or iri.value,
        number=find_value(store, iri, PG.number, graph=graph),
        date=find_value(store, iri, PG.date, graph=graph),
        type=type_label(read_type(type_)) if type_ else None,
        title=find_value(store, iri, DCTERMS.title, graph=graph),
        issuer=_issuer(store, iri, graph),
        name=find_value(store, iri, SKOS.altLabel, graph=graph),
        valid_from=find_value(store, iri, PG.validFrom, graph=graph),
        valid_to=find_value(store, iri, PG.validTo, graph=graph),
    )


def find_plain_name(store: Store, body: NamedNode, graph: NamedNode) -> str:
    """The name of a body, without what tells it from another of the name; its IRI without one."""
    names = (find_value(store, body, each, graph=graph) for each in (SKOS.altLabel, RDFS.label))
    return next(filter(None, names), body.value)


def type_label(type_: str) -> str:
    """The Vietnamese label of a document type; its id where the vocabulary no longer has it."""
    row = load_document_types().get(type_)
    return row.label if row else type_


def find_articles(store: Store, base: str) -> tuple[Node, ...]:
    """The articles of a graph, sorted by IRI."""
    graphs = sorted(
        node.value
        for node in find_subjects(store, RDF.type, PG.Article)
        if node.value.startswith(base)
    )
    return tuple(_read_article(store, NamedNode(iri)) for iri in graphs)


def _read_article(store: Store, iri: NamedNode) -> Node:
    identifier = find_value(store, iri, DCTERMS.identifier, graph=iri)
    title = find_value(store, iri, DCTERMS.title, graph=iri)
    date = find_value(store, iri, DCTERMS.issued, graph=iri)
    return Node(iri.value, "article", title or identifier or iri.value, date=date, title=title)


def _issuer(store: Store, iri: NamedNode, graph: NamedNode) -> str | None:
    issuers = find_nodes(store, iri, PG.issuedBy, graph=graph)
    labels = (find_value(store, node, RDFS.label, graph=graph) or node.value for node in issuers)
    return "; ".join(sorted(labels)) or None
