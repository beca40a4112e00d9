"""What reviewers decided, as a named graph, and back.

Each decision is a node with its author and time; the words by which it points at a reference are
nodes of its own, since those of the article's graph go when the article changes. Nothing is ever
taken out of this graph: a decision that counts no longer has a withdrawal beside it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import cast

from pyoxigraph import Literal, NamedNode, Quad, Store

from policygraph.decision import (
    Accept,
    Act,
    Anchor,
    CorrectDate,
    Distinction,
    DistinctionProperty,
    Merge,
    Reject,
    ReviewDecision,
    Split,
    Withdraw,
    list_anchors,
)
from policygraph.graph.iri import (
    article_id,
    article_iri,
    decision_id,
    decision_iri,
    in_reading_order,
    review_iri,
    reviewer_iri,
    thing_id,
    thing_iri,
)
from policygraph.graph.namespaces import OA, PG, PROV, RDF, RDFS, XSD
from policygraph.graph.pairs import Pair, describe_texts
from policygraph.graph.pattern import find_nodes, find_quads, find_subjects
from policygraph.span import Span

_Node = tuple[NamedNode, Iterable[Pair]]

_CLASSES: Mapping[str, NamedNode] = {
    Accept.kind: PG.Acceptance,
    Reject.kind: PG.Rejection,
    Merge.kind: PG.Merger,
    Split.kind: PG.Split,
    CorrectDate.kind: PG.DateCorrection,
    Withdraw.kind: PG.Withdrawal,
}


def describe_decisions(decisions: Iterable[ReviewDecision], *, base: str) -> Iterator[Quad]:
    """The quads of the review graph for some decisions."""
    graph = NamedNode(review_iri(base))
    for decision in decisions:
        for subject, pairs in _describe_decision(decision, base):
            for predicate, object_ in pairs:
                yield Quad(subject, predicate, object_, graph)


def _describe_decision(decision: ReviewDecision, base: str) -> Iterator[_Node]:
    node = NamedNode(decision_iri(base, decision.id))
    author = NamedNode(reviewer_iri(base, decision.author))
    yield author, [(RDF.type, PROV.Agent), (RDFS.label, Literal(decision.author))]
    yield node, _describe_signature(decision, author)
    yield node, _describe_act(decision.act, base)
    for number, anchor in enumerate(list_anchors(decision.act), 1):
        part = _Part(node, number)
        yield node, [(PG.anchor, part.name("anchor"))]
        yield from _describe_anchor(anchor, part, base)


def _describe_signature(decision: ReviewDecision, author: NamedNode) -> Iterator[Pair]:
    yield RDF.type, _CLASSES[decision.act.kind]
    yield PROV.wasAttributedTo, author
    yield PROV.generatedAtTime, Literal(decision.time, datatype=XSD.dateTime)
    yield from describe_texts((RDFS.comment, decision.note))


def _describe_act(act: Act, base: str) -> Iterator[Pair]:
    if isinstance(act, Withdraw):
        yield PG.withdraws, NamedNode(decision_iri(base, act.decision))
        return
    yield PG.decidedThing, NamedNode(thing_iri(base, act.thing))
    if isinstance(act, Merge | Split):
        yield PG.into, NamedNode(thing_iri(base, act.into))
    if isinstance(act, CorrectDate):
        yield from _describe_fact(Distinction("date", act.date))
    if isinstance(act, Split):
        yield from _describe_fact(act.by)


def _describe_fact(fact: Distinction) -> Iterator[Pair]:
    yield PG.property, PG[fact.property]
    yield PROV.value, Literal(fact.value)


class _Part:
    """The names of the nodes of one anchor of a decision."""

    def __init__(self, decision: NamedNode, number: int) -> None:
        self._decision = decision.value
        self._number = number

    def name(self, kind: str) -> NamedNode:
        return NamedNode(f"{self._decision}#{kind}-{self._number}")


def _describe_anchor(anchor: Anchor, part: _Part, base: str) -> Iterator[_Node]:
    position, quote = part.name("position"), part.name("quote")
    yield (
        part.name("anchor"),
        [
            (RDF.type, PG.Anchor),
            (OA.hasSource, NamedNode(article_iri(base, anchor.article))),
            (OA.hasSelector, position),
            (OA.hasSelector, quote),
        ],
    )
    yield (
        position,
        [
            (RDF.type, OA.TextPositionSelector),
            (OA.start, Literal(str(anchor.span.start), datatype=XSD.integer)),
            (OA.end, Literal(str(anchor.span.end), datatype=XSD.integer)),
        ],
    )
    yield (
        quote,
        [
            (RDF.type, OA.TextQuoteSelector),
            (OA.exact, Literal(anchor.exact)),
            (OA.prefix, Literal(anchor.prefix)),
            (OA.suffix, Literal(anchor.suffix)),
        ],
    )


def read_decisions(store: Store, *, base: str) -> tuple[ReviewDecision, ...]:
    """All decisions of a store, withdrawn or not, the earliest first."""
    graph = NamedNode(review_iri(base))
    kinds = {class_: kind for kind, class_ in _CLASSES.items()}
    decisions = [
        _Reading(store, base, graph, node).read(kind)
        for class_, kind in kinds.items()
        for node in find_subjects(store, RDF.type, class_, graph=graph)
    ]
    return tuple(sorted(decisions, key=lambda decision: decision.order))


class _Reading:
    """One decision, read back; all its values by predicate."""

    def __init__(self, store: Store, base: str, graph: NamedNode, node: NamedNode) -> None:
        self._store, self._base, self._graph, self._node = store, base, graph, node
        self._values = self._read_node(node)

    def read(self, kind: str) -> ReviewDecision:
        (author,) = find_nodes(self._store, self._node, PROV.wasAttributedTo, graph=self._graph)
        return ReviewDecision(
            decision_id(self._base, self._node.value),
            self._read_act(kind),
            self._read_node(author)[RDFS.label],
            self._values[PROV.generatedAtTime],
            self._values.get(RDFS.comment),
        )

    def _read_act(self, kind: str) -> Act:
        if kind == Withdraw.kind:
            return Withdraw(decision_id(self._base, self._values[PG.withdraws]))
        thing = thing_id(self._base, self._values[PG.decidedThing])
        match kind:
            case Accept.kind:
                return Accept(self._read_anchors()[0], thing)
            case Reject.kind:
                return Reject(self._read_anchors()[0], thing)
            case CorrectDate.kind:
                return CorrectDate(thing, self._values[PROV.value])
        into = thing_id(self._base, self._values[PG.into])
        if kind == Merge.kind:
            return Merge(thing, into)
        property_ = cast(DistinctionProperty, self._values[PG.property].removeprefix(PG.iri))
        return Split(
            self._read_anchors(), thing, Distinction(property_, self._values[PROV.value]), into
        )

    def _read_anchors(self) -> tuple[Anchor, ...]:
        nodes = find_nodes(self._store, self._node, PG.anchor, graph=self._graph)
        ranked = sorted(nodes, key=lambda node: in_reading_order(node.value))
        return tuple(map(self._read_anchor, ranked))

    def _read_anchor(self, node: NamedNode) -> Anchor:
        values = self._read_node(node)
        for selector in find_nodes(self._store, node, OA.hasSelector, graph=self._graph):
            values |= self._read_node(selector)
        return Anchor(
            article_id(self._base, values[OA.hasSource]),
            Span(int(values[OA.start]), int(values[OA.end])),
            values[OA.exact],
            values[OA.prefix],
            values[OA.suffix],
        )

    def _read_node(self, node: NamedNode) -> dict[NamedNode, str]:
        quads = find_quads(self._store, node, graph=self._graph)
        return {quad.predicate: quad.object.value for quad in quads}
