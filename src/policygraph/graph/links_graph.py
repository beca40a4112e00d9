"""What the corpus is taken to mean: the links graph of things, links, and direct triples."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from pyoxigraph import Literal, NamedNode, Quad, Store

from policygraph.graph.iri import (
    article_iri,
    campaign_type_iri,
    change_iri,
    decision_iri,
    level_iri,
    links_iri,
    part_iri,
    status_iri,
    thing_iri,
    type_iri,
    value_iri,
)
from policygraph.graph.namespaces import DCTERMS, ORG, PG, PROV, RDF, RDFS, SKOS, XSD
from policygraph.graph.pairs import Pair, describe_texts
from policygraph.graph.pattern import find_subjects
from policygraph.linking.changes import label_organisation
from policygraph.model import (
    AttributeValue,
    Campaign,
    Change,
    Fact,
    Link,
    Links,
    Organisation,
    PolicyDocument,
    Thing,
)

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


def find_links(
    store: Store, references: Iterable[tuple[str, str]], things: Iterable[str], *, base: str
) -> Iterator[Quad]:
    """What the links graph says of some references, their articles, and some things.

    It is all that `describe_links` gives for these: of a thing also its values, and the changes
    that it came out of.
    """
    graph = NamedNode(links_iri(base))
    for node in _list_nodes(store, graph, references, things, base):
        yield from store.quads_for_pattern(node, None, None, graph)


def _list_nodes(
    store: Store,
    graph: NamedNode,
    references: Iterable[tuple[str, str]],
    things: Iterable[str],
    base: str,
) -> Iterator[NamedNode]:
    cited = [(article_iri(base, article), name) for article, name in references]
    for article in dict.fromkeys(article for article, _ in cited):
        yield NamedNode(article)
    for article, name in cited:
        yield NamedNode(part_iri(article, name))
    for thing in things:
        node = NamedNode(thing_iri(base, thing))
        yield node
        yield from find_subjects(store, PG.about, node, graph=graph)
        yield from find_subjects(store, ORG.resultingOrganization, node, graph=graph)


def _describe_all(links: Links, base: str) -> Iterator[Triple]:
    for thing in links.things:
        node = NamedNode(thing_iri(base, thing.id))
        for predicate, value in _describe_thing(thing, base):
            yield node, predicate, value
    for link in links.links:
        yield from _describe_link(link, base)
    for fact in links.facts:
        yield _describe_fact(fact, base)
    for given in links.values:
        yield from _describe_value(given, base)
    for change in links.changes:
        yield from _describe_change(change, base)
    for each in links.completions:
        partial, document = thing_iri(base, each.partial), thing_iri(base, each.document)
        yield NamedNode(partial), DCTERMS.isReplacedBy, NamedNode(document)
    for merged in links.mergers:
        decision = NamedNode(decision_iri(base, merged.by))
        yield NamedNode(thing_iri(base, merged.value)), PG.decidedBy, decision


def _describe_thing(thing: Thing, base: str) -> Iterator[Pair]:
    if thing.known_from is not None:
        yield DCTERMS.source, Literal(thing.known_from)
    match thing:
        case PolicyDocument():
            yield RDFS.label, Literal(thing.label)
            yield from _describe_document(thing, base)
        case Organisation():
            yield from _describe_organisation(thing, base)
        case Campaign():
            yield RDFS.label, Literal(thing.label)
            yield RDF.type, PG.Campaign
            if thing.type is not None:
                yield PG.campaignType, campaign_type_iri(thing.type)


def _describe_organisation(body: Organisation, base: str) -> Iterator[Pair]:
    yield RDF.type, PG.Organisation
    yield RDFS.label, Literal(label_organisation(body))
    if body.shares_name:
        yield SKOS.altLabel, Literal(body.label)
    if body.level is not None:
        yield ORG.classification, level_iri(body.level)
    yield from describe_texts((PG.place, body.place))
    if body.part_of is not None:
        yield ORG.subOrganizationOf, NamedNode(thing_iri(base, body.part_of))
    yield from _describe_life(body, base)


def _describe_life(body: Organisation, base: str) -> Iterator[Pair]:
    """From when to when a body was there, and what took its place."""
    for predicate, day in ((PG.validFrom, body.valid_from), (PG.validTo, body.valid_to)):
        if day is not None:
            yield predicate, _day_or_year(day)
    if body.successor is not None:
        yield DCTERMS.isReplacedBy, NamedNode(thing_iri(base, body.successor))


def _describe_document(document: PolicyDocument, base: str) -> Iterator[Pair]:
    yield RDF.type, _DOCUMENT_CLASSES[document.system]
    if document.type is not None:
        yield PG.documentType, type_iri(document.type)
    if document.date is not None:
        yield PG.date, Literal(document.date, datatype=XSD.date)
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


def _day_or_year(day: str) -> Literal:
    return Literal(day, datatype=XSD.date if "-" in day else XSD.gYear)


def _describe_value(given: AttributeValue, base: str) -> Iterator[Triple]:
    """One value of a document, whether it counts, and what gives it."""
    document = thing_iri(base, given.document)
    node = NamedNode(value_iri(document, given.property, given.value))
    is_date = given.property == "date"
    value = (
        Literal(given.value, datatype=XSD.date)
        if is_date
        else NamedNode(thing_iri(base, given.value))
    )
    yield node, RDF.type, PG.AttributeValue
    yield node, PG.about, NamedNode(document)
    yield node, PG.property, PG[given.property]
    yield node, RDF.value, value
    yield node, PG.status, status_iri("preferred" if given.is_preferred else "alternative")
    for article, name in given.said_in:
        yield node, PROV.wasDerivedFrom, NamedNode(part_iri(article_iri(base, article), name))
    if given.known_from is not None:
        yield node, DCTERMS.source, Literal(given.known_from)
    if given.decided_by is not None:
        yield node, PG.decidedBy, NamedNode(decision_iri(base, given.decided_by))


def _describe_change(change: Change, base: str) -> Iterator[Triple]:
    node = NamedNode(change_iri(base, change.date, change.result))
    yield node, RDF.type, ORG.ChangeEvent
    yield node, RDFS.label, Literal(change.label)
    yield node, DCTERMS.date, _day_or_year(change.date)
    yield node, ORG.resultingOrganization, NamedNode(thing_iri(base, change.result))
    for body in change.originals:
        yield node, ORG.originalOrganization, NamedNode(thing_iri(base, body))


def _describe_link(link: Link, base: str) -> Iterator[Triple]:
    reference = NamedNode(part_iri(article_iri(base, link.article), link.reference))
    thing = NamedNode(thing_iri(base, link.thing))
    yield reference, PG.standsFor, thing
    yield reference, PG.basis, Literal(link.basis)
    for candidate in link.candidates:
        yield reference, PG.mayStandFor, NamedNode(thing_iri(base, candidate))
    for decision in link.decided_by:
        yield reference, PG.decidedBy, NamedNode(decision_iri(base, decision))


def _describe_fact(fact: Fact, base: str) -> Triple:
    """A direct triple; the subject of "cites" is an article by its own id."""
    make_subject = article_iri if fact.predicate == "cites" else thing_iri
    subject = NamedNode(make_subject(base, fact.subject))
    return subject, PG[fact.predicate], NamedNode(thing_iri(base, fact.object))
