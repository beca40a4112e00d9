"""Reads back from article graphs what linking needs: references and statements.

Without loss: `read_claims` gives the references (mentions left out) and statements that
`describe_article` was given, where ids are numbered in order ("ref-1", "ref-2") and issuers are in
that order too.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from typing import Literal, cast
from urllib.parse import unquote

from pyoxigraph import NamedNode, Store

from policygraph.graph.iri import article_iri, in_reading_order, read_span, read_type, split_part
from policygraph.graph.namespaces import DCTERMS, PG, PROV, RDF, RDFS
from policygraph.graph.pattern import find_quads, find_subjects, find_value
from policygraph.model import (
    Claims,
    DocumentReference,
    Evidence,
    NameReference,
    Predicate,
    Reference,
    StatedDate,
    Statement,
)
from policygraph.numbering import DocumentNumber, parse_number

#: Values by predicate IRI, of one node.
_Node = Mapping[str, list[str]]

_NAME_KINDS: dict[str, Literal["organisation", "campaign"]] = {
    PG.OrganisationReference.value: "organisation",
    PG.CampaignReference.value: "campaign",
}


def list_articles(store: Store, *, base: str) -> list[str]:
    """The ids of the articles that have a graph under the base, sorted."""
    return sorted(
        quad.object.value
        for quad in find_quads(store, None, DCTERMS.identifier)
        if quad.subject == quad.graph_name and quad.subject.value.startswith(base)
    )


def read_claims(store: Store, article: str, *, base: str) -> Claims | None:
    """The claims of an article's graph, None where it has none; most of the graph is mentions."""
    graph = NamedNode(article_iri(base, article))
    if find_value(store, graph, DCTERMS.identifier, graph=graph) is None:
        return None
    nodes = {class_: _read_nodes(store, graph, class_) for class_ in _CLASSES}
    return Claims(
        article=article,
        published=find_value(store, graph, DCTERMS.issued, graph=graph),
        references=tuple(_read_references(nodes)),
        statements=tuple(_read_statements(nodes[PG.Statement])),
    )


_CLASSES = (
    PG.AttributeAssertion,
    PG.DocumentReference,
    PG.OrganisationReference,
    PG.CampaignReference,
    PG.Statement,
)


def _read_nodes(store: Store, graph: NamedNode, class_: NamedNode) -> dict[str, _Node]:
    """The nodes of a class with all their values, in the order in which they were written."""
    nodes: dict[str, _Node] = {}
    subjects = find_subjects(store, RDF.type, class_, graph=graph)
    for subject in sorted(subjects, key=lambda node: in_reading_order(node.value)):
        values: dict[str, list[str]] = defaultdict(list)
        for quad in find_quads(store, subject, graph=graph):
            values[quad.predicate.value].append(quad.object.value)
        nodes[subject.value] = values
    return nodes


def _read_references(nodes: Mapping[NamedNode, Mapping[str, _Node]]) -> Iterator[Reference]:
    dates: dict[str, list[StatedDate]] = defaultdict(list)
    for node in nodes[PG.AttributeAssertion].values():
        span = read_span(node[PG.statedAt.value][0])
        dates[node[PG.about.value][0]].append(StatedDate(node[PROV.value.value][0], span))
    documents = nodes[PG.DocumentReference]
    references: dict[str, Reference] = {
        iri: _read_document(iri, node, tuple(dates[iri])) for iri, node in documents.items()
    }
    for class_ in (PG.OrganisationReference, PG.CampaignReference):
        for iri, node in nodes[class_].items():
            references[iri] = _read_name(iri, node)
    for iri in sorted(references, key=in_reading_order):
        yield references[iri]


def _read_document(iri: str, node: _Node, dates: tuple[StatedDate, ...]) -> DocumentReference:
    type_, year = _one(node, PG.documentType), _one(node, PG.year)
    issuers = sorted(node.get(PG.issuer.value, ()), key=in_reading_order)
    return DocumentReference(
        id=_id(iri),
        label=node[RDFS.label.value][0],
        type=read_type(type_) if type_ else None,
        number=_read_number(node),
        written=_one(node, PG.writtenNumber),
        dates=dates,
        issuers=tuple(map(_id, issuers)),
        title=_one(node, DCTERMS.title),
        term=_one(node, PG.term),
        plenum=_one(node, PG.plenum),
        congress=_one(node, PG.congress),
        name=_one(node, PG.lawName),
        year=int(year) if year else None,
        place=_one(node, PG.place),
        is_draft=_one(node, PG.isDraft) == "true",
        signers=tuple(sorted(node.get(PG.signer.value, ()))),
        is_central=_one(node, PG.isCentral) == "true",
    )


def _read_number(node: _Node) -> DocumentNumber | None:
    canonical, code = _one(node, PG.number), _one(node, PG.typeCode)
    if canonical is None:
        return None
    return parse_number(canonical, frozenset({code} if code else ()))


def _read_name(iri: str, node: _Node) -> NameReference:
    return NameReference(
        kind=_NAME_KINDS[node[RDF.type.value][0]],
        id=_id(iri),
        label=node[RDFS.label.value][0],
        place=_one(node, PG.place),
        part_of=_one(node, PG.partOfName),
    )


def _read_statements(nodes: Mapping[str, _Node]) -> Iterator[Statement]:
    evidence: dict[tuple[str, str, str], list[Evidence]] = defaultdict(list)
    for node in nodes.values():
        subject, predicate, object_ = (node[p.value][0] for p in _ENDS)
        sentence = Evidence(read_span(node[PG.evidence.value][0]), node[PG.rule.value][0])
        evidence[subject, predicate, object_].append(sentence)
    for (subject, predicate, object_), sentences in evidence.items():
        name = cast(Predicate, predicate.removeprefix(PG.iri))
        yield Statement(_id(subject), name, _id(object_), tuple(sentences))


_ENDS = (PG.subject, PG.predicate, PG.object)


def _id(iri: str) -> str:
    return unquote(split_part(iri)[1])


def _one(node: _Node, predicate: NamedNode) -> str | None:
    values = node.get(predicate.value)
    return values[0] if values else None
