"""Where the texts say something: the sentences behind a direct triple, the mentions of a thing."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Hashable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import product
from typing import Literal, TypeVar

from pyoxigraph import NamedNode, Store

from policygraph.graph.iri import read_span, span_iri, split_part
from policygraph.graph.namespaces import DCTERMS, OA, PG, RDF
from policygraph.graph.pattern import find_nodes, find_quads, find_subjects, find_value
from policygraph.span import Span
from policygraph.text import fold

Key = TypeVar("Key", bound=Hashable)


@dataclass(frozen=True, slots=True, order=True)
class Quotation:
    """A stretch of an article: its id, code points [start, end), and the words that stand there.

    Attributes:
        location: where that is in the file ("page 3"), empty for a text without pages or parts.
        published: when the article was, ISO 8601, where that is known.
        is_own: whether the text is itself a document: its layout says so.
        is_fiction: whether the article is invented.
    """

    article: str
    start: int
    end: int
    quote: str
    location: str = ""
    published: str | None = field(default=None, compare=False)
    is_own: bool = field(default=False, compare=False)
    is_fiction: bool = field(default=False, compare=False)

    def as_json(self) -> dict[str, str | int]:
        record: dict[str, str | int] = {
            "article": self.article,
            "start": self.start,
            "end": self.end,
            "quote": self.quote,
        }
        record |= {"location": self.location} if self.location else {}
        return record | ({"is_fiction": True} if self.is_fiction else {})


def read_quotation(store: Store, target: NamedNode) -> Quotation:
    """The quotation behind a `#char=10,20`."""
    article = split_part(target.value)[0]
    graph, span = NamedNode(article), read_span(target.value)
    selector = NamedNode(span_iri(article, span, "quote"))
    return Quotation(
        article=_literal(store, graph, DCTERMS.identifier, graph),
        start=span.start,
        end=span.end,
        quote=_literal(store, selector, OA.exact, graph),
        location=_find_location(store, target, graph),
        published=find_value(store, graph, DCTERMS.issued, graph=graph),
        is_own=PG.DocumentText in find_nodes(store, graph, RDF.type, graph=graph),
        is_fiction=find_value(store, graph, PG.isFiction, graph=graph) == "true",
    )


def _find_location(store: Store, target: NamedNode, graph: NamedNode) -> str:
    found = find_quads(store, target, PG.location, graph=graph)
    return next((quad.object.value for quad in found), "")


def find_sentences(
    store: Store, subject: NamedNode, predicate: NamedNode, object_: NamedNode
) -> tuple[Quotation, ...]:
    """The sentences that state a direct triple, sorted; none where it was derived otherwise."""
    stated = find_stated(store, subject, "earlier")
    return read_quotations(store, stated.get((predicate.value, object_.value), ()))


#: The sentences behind the direct triples of one thing, by predicate and the other end, as IRIs.
Stated = Mapping[tuple[str, str], Collection[NamedNode]]


def find_stated(store: Store, thing: NamedNode, direction: Literal["later", "earlier"]) -> Stated:
    """Where all direct triples of a thing are stated of which it is one end.

    Args:
        direction: "earlier" where the thing is the subject, "later" where it is the object.
    """
    ends = ("subject", "object") if direction == "earlier" else ("object", "subject")
    near, far = (PG[end] for end in ends)
    stated: dict[tuple[str, str], set[NamedNode]] = defaultdict(set)
    for reference in find_references(store, thing):
        graph = _graph_of(reference)
        for statement in find_subjects(store, near, reference, graph=graph):
            predicate = next(find_nodes(store, statement, PG.predicate, graph=graph)).value
            sentences = list(find_nodes(store, statement, PG.evidence, graph=graph))
            for other in find_nodes(store, statement, far, graph=graph):
                for end in find_nodes(store, other, PG.standsFor):
                    stated[predicate, end.value].update(sentences)
    return stated


def _graph_of(part: NamedNode) -> NamedNode:
    """The named graph of the article that something is a part of: a look-up in it is quicker."""
    return NamedNode(split_part(part.value)[0])


def rank_quotations(
    quotations: Iterable[Quotation], numbers: Sequence[str]
) -> tuple[Quotation, ...]:
    """Sentences, the best evidence first.

    What a document says in its own layout comes before what is said of it, then what names more of
    the documents by their full numbers; of two such the shorter, then the one that stands first.
    """
    wanted = [fold(number).lower for number in numbers]

    def rank(said: Quotation) -> tuple[bool, int, int, Quotation]:
        words = fold(said.quote).lower
        named = sum(number in words for number in wanted)
        return not said.is_own, -named, len(said.quote), said

    return tuple(sorted(quotations, key=rank))


def find_mentions(store: Store, thing: NamedNode) -> tuple[Quotation, ...]:
    """Where a thing is mentioned, sorted."""
    targets: set[NamedNode] = set()
    for reference in find_references(store, thing):
        targets.update(find_targets(store, reference))
    return read_quotations(store, targets)


def find_first_mentions(store: Store, references: Iterable[NamedNode]) -> tuple[Quotation, ...]:
    """Where each reference is mentioned first in its article, sorted."""
    firsts = [
        min(found, key=lambda target: read_span(target.value))
        for reference in references
        if (found := list(find_targets(store, reference)))
    ]
    return read_quotations(store, firsts)


def find_targets(store: Store, reference: NamedNode) -> Iterator[NamedNode]:
    """The stretches of its article at which a reference is mentioned."""
    for mention in find_subjects(store, OA.hasBody, reference):
        yield from find_nodes(store, mention, OA.hasTarget)


def index_mentions(store: Store) -> dict[str, list[Quotation]]:
    """Where each thing is mentioned, by its IRI: all at once, for projections of a whole graph."""
    bodies = find_quads(store, None, OA.hasBody)
    targets = (
        (thing.value, next(find_nodes(store, quad.subject, OA.hasTarget)))
        for quad in bodies
        for thing in find_nodes(store, NamedNode(quad.object.value), PG.standsFor)
    )
    return _read_index(store, targets)


def index_sentences(store: Store) -> dict[tuple[str, str, str], list[Quotation]]:
    """The sentences that state each direct triple, by the IRIs of its ends and predicate."""
    return _read_index(store, _find_statements(store))


def _find_statements(store: Store) -> Iterator[tuple[tuple[str, str, str], NamedNode]]:
    for quad in find_quads(store, None, PG.predicate):
        ends = []
        for end in (PG.subject, PG.object):
            reference = next(find_nodes(store, quad.subject, end))
            ends.append(list(find_nodes(store, reference, PG.standsFor)))
        for subject, object_ in product(*ends):
            for target in find_nodes(store, quad.subject, PG.evidence):
                yield (subject.value, quad.object.value, object_.value), target


def _read_index(
    store: Store, targets: Iterable[tuple[Key, NamedNode]]
) -> dict[Key, list[Quotation]]:
    index: dict[Key, set[Quotation]] = defaultdict(set)
    for key, target in targets:
        index[key].add(read_quotation(store, target))
    return {key: sorted(quotations) for key, quotations in index.items()}


def read_text(store: Store, article: str) -> str:
    """The text of an article, by its IRI; its code points are what spans count."""
    graph = NamedNode(article)
    return find_value(store, graph, PG.text, graph=graph) or ""


def find_furniture(store: Store, article: NamedNode) -> tuple[Span, ...]:
    """What of an article's text is no part of the article, sorted."""
    targets = find_nodes(store, article, PG.furniture, graph=article)
    return tuple(sorted(read_span(target.value) for target in targets))


def find_references(store: Store, thing: NamedNode) -> Iterator[NamedNode]:
    """The references that stand for a thing."""
    return find_subjects(store, PG.standsFor, thing)


def read_quotations(store: Store, targets: Iterable[NamedNode]) -> tuple[Quotation, ...]:
    """The quotations behind stretches of articles, sorted."""
    return tuple(sorted(read_quotation(store, target) for target in targets))


def _literal(store: Store, subject: NamedNode, predicate: NamedNode, graph: NamedNode) -> str:
    return next(find_quads(store, subject, predicate, graph=graph)).object.value
