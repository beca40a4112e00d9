"""What the corpus is taken to mean: the links graph of things, links, and direct triples."""

from __future__ import annotations

from collections.abc import Iterator

from pyoxigraph import Literal, NamedNode, Quad

from policygraph.graph.iri import (
    article_iri,
    links_iri,
    part_iri,
    thing_iri,
    type_iri,
)
from policygraph.graph.namespaces import DCTERMS, ORG, PG, RDF, RDFS, XSD
from policygraph.graph.pairs import Pair, describe_texts
from policygraph.model import Campaign, Fact, Link, Links, Organisation, PolicyDocument, Thing

Triple = tuple[NamedNode, NamedNode, NamedNode | Literal]

_DOCUMENT_CLASSES = {
    "party": PG.PartyDocument,
    "state": PG.StateDocument,
    "mass": PG.MassOrganisationDocument,
    "unknown": PG.PolicyDocument,
}


def describe_links(links: Links, *, base: str) -> Iterator[Quad]:
    """The quads of the links graph, in the order of the values, each once."""
    graph = NamedNode(links_iri(base))
    seen: set[Triple] = set()
    for triple in _describe_all(links, base):
        if triple not in seen:
            seen.add(triple)
            yield Quad(*triple, graph)


def _describe_all(links: Links, base: str) -> Iterator[Triple]:
    for thing in links.things:
        node = NamedNode(thing_iri(base, thing.id))
        for predicate, value in _describe_thing(thing, base):
            yield node, predicate, value
    for link in links.links:
        yield from _describe_link(link, base)
    for fact in links.facts:
        yield _describe_fact(fact, base)


def _describe_thing(thing: Thing, base: str) -> Iterator[Pair]:
    yield RDFS.label, Literal(thing.label)
    if thing.known_from is not None:
        yield DCTERMS.source, Literal(thing.known_from)
    match thing:
        case PolicyDocument():
            yield from _describe_document(thing, base)
        case Organisation():
            yield RDF.type, PG.Organisation
            yield from describe_texts((PG.place, thing.place))
            if thing.part_of is not None:
                yield ORG.subOrganizationOf, NamedNode(thing_iri(base, thing.part_of))
            yield from _describe_life(thing, base)
        case Campaign():
            yield RDF.type, PG.Campaign
            yield from describe_texts((PG.campaignType, thing.type))


def _describe_life(body: Organisation, base: str) -> Iterator[Pair]:
    """From when to when a body was there, and what took its place."""
    for predicate, day in ((PG.validFrom, body.valid_from), (PG.validTo, body.valid_to)):
        if day is not None:
            datatype = XSD.date if "-" in day else XSD.gYear
            yield predicate, Literal(day, datatype=datatype)
    if body.successor is not None:
        yield DCTERMS.isReplacedBy, NamedNode(thing_iri(base, body.successor))


def _describe_document(document: PolicyDocument, base: str) -> Iterator[Pair]:
    yield RDF.type, _DOCUMENT_CLASSES[document.system]
    if document.type is not None:
        yield PG.documentType, type_iri(document.type)
    if document.date is not None:
        yield PG.date, Literal(document.date, datatype=XSD.date)
    for date in document.dates:
        yield PG.attestedDate, Literal(date, datatype=XSD.date)
    for issuer in document.issuers:
        yield PG.issuedBy, NamedNode(thing_iri(base, issuer))
    if document.is_draft:
        yield PG.isDraft, Literal(True)
    for signer in document.signers:
        yield PG.signer, Literal(signer)
    yield from describe_texts(
        (PG.number, document.number),
        (DCTERMS.title, document.title),
        (PG.term, document.term),
        (PG.plenum, document.plenum),
        (PG.place, document.place),
    )


def _describe_link(link: Link, base: str) -> Iterator[Triple]:
    reference = NamedNode(part_iri(article_iri(base, link.article), link.reference))
    thing = NamedNode(thing_iri(base, link.thing))
    yield reference, PG.standsFor, thing
    yield reference, PG.basis, Literal(link.basis)
    for candidate in link.candidates:
        yield reference, PG.mayStandFor, NamedNode(thing_iri(base, candidate))
    if link.partial is not None and link.partial != link.thing:
        yield NamedNode(thing_iri(base, link.partial)), DCTERMS.isReplacedBy, thing


def _describe_fact(fact: Fact, base: str) -> Triple:
    """A direct triple; the subject of "cites" is an article by its own id."""
    make_subject = article_iri if fact.predicate == "cites" else thing_iri
    subject = NamedNode(make_subject(base, fact.subject))
    return subject, PG[fact.predicate], NamedNode(thing_iri(base, fact.object))
