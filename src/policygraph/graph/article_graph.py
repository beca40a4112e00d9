"""An annotated article as its named graph: mentions, references, statements, each with evidence.

What stands in the text is a Web Annotation target with a position selector (code points) and a
quote selector. A statement that several sentences support is one node a sentence. The graph holds
no blank node and nothing but what the article says.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator
from itertools import chain, count

from pyoxigraph import Literal, NamedNode, Quad

from policygraph.assertion import name_dates, name_statements
from policygraph.graph.iri import article_iri, part_iri, span_iri, type_iri
from policygraph.graph.namespaces import DCTERMS, OA, PG, PROV, RDF, RDFS, XSD
from policygraph.graph.pairs import Pair, describe_texts
from policygraph.location import locate
from policygraph.model import (
    AnnotatedArticle,
    Article,
    Citation,
    DocumentReference,
    NameReference,
    Provision,
    Reference,
    StatedDate,
)
from policygraph.numbering import print_number
from policygraph.provenance import digest_data, find_software_version
from policygraph.provision_levels import label_provision
from policygraph.span import Span
from policygraph.text import split_sentences

Node = tuple[NamedNode, Iterable[Pair]]

#: Code points of context on either side of a quote, enough to find it again in an edited text.
_CONTEXT = 24

_REFERENCE_CLASSES = {
    "document": PG.DocumentReference,
    "organisation": PG.OrganisationReference,
    "campaign": PG.CampaignReference,
}


def describe_article(annotated: AnnotatedArticle, *, base: str) -> Iterator[Quad]:
    """The named graph of an article, without repetition, in reading order.

    A long text has millions of quads: they are made as they are asked for.
    """
    iri = article_iri(base, annotated.article.id)
    graph = NamedNode(iri)
    evidence = _Evidence(annotated.article, iri)
    nodes = chain(
        [(graph, _describe_metadata(annotated.article))],
        [(graph, _describe_own(annotated, evidence))],
        [(graph, _describe_furniture(annotated.article, evidence))],
        [(evidence.part("reading"), _describe_reading(graph))],
        _describe_references(annotated, evidence),
        _describe_mentions(annotated, evidence),
        _describe_statements(annotated, evidence),
    )
    # What is pointed at is known when all else was described.
    for subject, pairs in chain(nodes, evidence.describe()):
        for predicate, object_ in dict.fromkeys(pairs):
            yield Quad(subject, predicate, object_, graph)


def _describe_metadata(article: Article) -> Iterator[Pair]:
    yield RDF.type, PG.Article
    yield DCTERMS.identifier, Literal(article.id)
    yield PG.sha256, Literal(article.sha256)
    yield PG.text, Literal(article.text)
    yield from describe_texts(
        (DCTERMS.title, article.title),
        (DCTERMS.creator, article.author),
        (DCTERMS.publisher, article.source),
        (PG.place, article.place),
    )
    if article.is_fiction:
        yield PG.isFiction, Literal(True)
    if article.published:
        yield DCTERMS.issued, Literal(article.published, datatype=XSD.date)
    if article.url:
        yield DCTERMS.source, _address(article.url)


def _describe_reading(article: NamedNode) -> Iterator[Pair]:
    """By what the article was read; not when, or no graph would be built twice alike."""
    yield RDF.type, PG.Reading
    yield PROV.used, article
    yield PROV.wasAssociatedWith, PG.policygraph
    yield PG.softwareVersion, Literal(find_software_version())
    yield PG.dataVersion, Literal(digest_data())


def _describe_own(annotated: AnnotatedArticle, evidence: _Evidence) -> Iterator[Pair]:
    """What the text of a document is besides an article, and which reference is its own."""
    for reference in annotated.references:
        if any(isinstance(m, Citation) and m.is_own for m in reference.mentions):
            yield RDF.type, PG.DocumentText
            yield PG.ownReference, evidence.part(reference.id)


def _describe_furniture(article: Article, evidence: _Evidence) -> Iterator[Pair]:
    """What of the text is no part of the article, and was searched for nothing."""
    for region in article.regions:
        if region.kind == "furniture":
            yield PG.furniture, evidence.cite(region.span)


def _address(url: str) -> NamedNode | Literal:
    """A URL as a node; as a text where it is no IRI, as found on some pages."""
    try:
        return NamedNode(url)
    except ValueError:
        return Literal(url)


class _Evidence:
    """The stretches of one text that its graph points at, each described once."""

    def __init__(self, article: Article, iri: str) -> None:
        self.article = article
        self.text = article.text
        self.iri = iri
        self.spans: set[Span] = set()
        self._sentences: list[Span] | None = None

    def part(self, name: str) -> NamedNode:
        return NamedNode(part_iri(self.iri, name))

    def cite(self, span: Span) -> NamedNode:
        self.spans.add(span)
        return NamedNode(span_iri(self.iri, span))

    def sentence_of(self, span: Span) -> Span:
        """The sentence around a span; where it crosses sentences, all of them."""
        if self._sentences is None:
            self._sentences = list(split_sentences(self.text))
        first = bisect_right(self._sentences, span.start, key=lambda sentence: sentence.end)
        last = bisect_left(self._sentences, span.end, key=lambda sentence: sentence.start)
        around = [span, *self._sentences[first:last]]
        return Span(min(s.start for s in around), max(s.end for s in around))

    def describe(self) -> Iterator[Node]:
        for span in sorted(self.spans):
            yield from _describe_span(self.article, self.iri, span)


def _describe_span(article: Article, iri: str, span: Span) -> Iterator[Node]:
    position = NamedNode(span_iri(iri, span, "position"))
    quote = NamedNode(span_iri(iri, span, "quote"))
    target: list[Pair] = [
        (RDF.type, OA.SpecificResource),
        (OA.hasSource, NamedNode(iri)),
        (OA.hasSelector, position),
        (OA.hasSelector, quote),
        *describe_texts((PG.location, locate(article.parts, span))),
    ]
    yield NamedNode(span_iri(iri, span)), target
    bounds: list[Pair] = [
        (RDF.type, OA.TextPositionSelector),
        (OA.start, Literal(str(span.start), datatype=XSD.integer)),
        (OA.end, Literal(str(span.end), datatype=XSD.integer)),
    ]
    yield position, bounds
    before, exact, behind = quote_context(article.text, span)
    words: list[Pair] = [
        (RDF.type, OA.TextQuoteSelector),
        (OA.exact, Literal(exact)),
        (OA.prefix, Literal(before)),
        (OA.suffix, Literal(behind)),
    ]
    yield quote, words


def quote_context(text: str, span: Span) -> tuple[str, str, str]:
    """What stands before a stretch, in it, and behind it."""
    before, behind = text[max(0, span.start - _CONTEXT) : span.start], span.end + _CONTEXT
    return before, text[span.start : span.end], text[span.end : behind]


def _describe_references(annotated: AnnotatedArticle, evidence: _Evidence) -> Iterator[Node]:
    for reference in annotated.references:
        node = evidence.part(reference.id)
        yield node, _describe_reference(reference, evidence)
        if isinstance(reference, DocumentReference):
            for name, stated in name_dates(reference):
                yield evidence.part(name), _describe_date(node, stated, evidence)


def _describe_reference(reference: Reference, evidence: _Evidence) -> Iterator[Pair]:
    yield RDF.type, _REFERENCE_CLASSES[reference.kind]
    yield RDFS.label, Literal(reference.label)
    yield from describe_texts((PG.place, reference.place))
    if isinstance(reference, NameReference):
        yield from describe_texts((PG.partOfName, reference.part_of))
    else:
        yield from _describe_key(reference)
        for issuer in reference.issuers:
            yield PG.issuer, evidence.part(issuer)


def _describe_key(reference: DocumentReference) -> Iterator[Pair]:
    if reference.type:
        yield PG.documentType, type_iri(reference.type)
    if reference.number:
        yield PG.number, Literal(print_number(reference.number))
        yield from describe_texts((PG.typeCode, reference.number.type))
    for stated in reference.dates:
        yield PG.date, Literal(stated.date, datatype=XSD.date)
    if reference.year is not None:
        yield PG.year, Literal(str(reference.year), datatype=XSD.gYear)
    if reference.is_draft:
        yield PG.isDraft, Literal(True)
    if reference.is_central:
        yield PG.isCentral, Literal(True)
    for signer in reference.signers:
        yield PG.signer, Literal(signer)
    yield from describe_texts(
        (PG.writtenNumber, reference.written),
        (DCTERMS.title, reference.title),
        (PG.term, reference.term),
        (PG.plenum, reference.plenum),
        (PG.congress, reference.congress),
        (PG.lawName, reference.name),
    )


def _describe_date(about: NamedNode, stated: StatedDate, evidence: _Evidence) -> Iterator[Pair]:
    yield RDF.type, PG.AttributeAssertion
    yield PG.about, about
    yield PG.property, PG.date
    yield PROV.value, Literal(stated.date, datatype=XSD.date)
    yield PG.statedAt, evidence.cite(stated.span)
    yield PG.evidence, evidence.cite(evidence.sentence_of(stated.span))


def _describe_mentions(annotated: AnnotatedArticle, evidence: _Evidence) -> Iterator[Node]:
    bodies = {m.span: r.id for r in annotated.references for m in r.mentions}
    numbers = count(1)
    for number, mention in enumerate(annotated.mentions, 1):
        pairs: list[Pair] = [
            (RDF.type, PG.Mention),
            (OA.hasTarget, evidence.cite(mention.span)),
            (PG.rule, Literal(mention.rule)),
        ]
        if isinstance(mention, Citation):
            pairs.append((PG.form, Literal(mention.form)))
            for provision in mention.provisions:
                part = evidence.part(f"provision-{next(numbers)}")
                pairs.append((PG.provision, part))
                yield part, _describe_provision(provision, evidence)
        if body := bodies.get(mention.span):
            pairs.append((OA.hasBody, evidence.part(body)))
        yield evidence.part(f"mention-{number}"), pairs


def _describe_provision(provision: Provision, evidence: _Evidence) -> Iterator[Pair]:
    yield RDF.type, PG.Provision
    yield RDFS.label, Literal(label_provision(provision))
    yield PG.statedAt, evidence.cite(provision.span)
    for level, number in provision.parts:
        yield PG[level], Literal(number)


def _describe_statements(annotated: AnnotatedArticle, evidence: _Evidence) -> Iterator[Node]:
    for name, statement, sentence in name_statements(annotated.statements):
        pairs: list[Pair] = [
            (RDF.type, PG.Statement),
            (PG.subject, evidence.part(statement.subject)),
            (PG.predicate, PG[statement.predicate]),
            (PG.object, evidence.part(statement.object)),
            (PG.evidence, evidence.cite(sentence.span)),
            (PG.rule, Literal(sentence.rule)),
        ]
        yield evidence.part(name), pairs
