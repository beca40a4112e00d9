"""Finds the reference that words of an article belong to, also when the article was edited."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import NamedTuple
from urllib.parse import unquote

from pyoxigraph import Literal, NamedNode, Store

from policygraph.decision import Anchor
from policygraph.errors import ReviewError
from policygraph.graph.article_graph import quote_context
from policygraph.graph.iri import article_iri, read_span, span_iri, split_part
from policygraph.graph.namespaces import DCTERMS, OA
from policygraph.graph.pattern import find_nodes, find_quads, find_subjects, find_value
from policygraph.model import AnnotatedArticle, Article
from policygraph.span import Span


class Mentioned(NamedTuple):
    """A mention as an anchor, and the id of the reference that it belongs to."""

    anchor: Anchor
    reference: str


def find_anchored(store: Store, base: str, anchor: Anchor) -> str | None:
    """The id of the reference that an anchor points at; None where it is gone.

    A mention of the same words where they stood; or else the only one of the article that has the
    same words before and behind it; or else before or behind it, since one side may be edited.
    """
    article = NamedNode(article_iri(base, anchor.article))
    there = _read_mentions(store, article, anchor.article, anchor.span)
    same = [each for each in there if each.anchor.exact == anchor.exact]
    return same[0].reference if same else _find_moved(store, article, anchor)


def _find_moved(store: Store, article: NamedNode, anchor: Anchor) -> str | None:
    same = {
        mentioned.anchor: mentioned.reference
        for selector in find_subjects(store, OA.exact, Literal(anchor.exact), graph=article)
        for mentioned in _read_mentions(store, article, anchor.article, read_span(selector.value))
    }
    return _choose_moved(anchor, same)


def find_in_text(annotated: AnnotatedArticle, anchor: Anchor) -> str | None:
    """The same, in an article that is in no store."""
    mentions = [(r.id, m.span) for r in annotated.references for m in r.mentions]
    anchors = {quote(annotated.article, span): name for name, span in mentions}
    same = {each: name for each, name in anchors.items() if each.exact == anchor.exact}
    there = (name for each, name in same.items() if each.span == anchor.span)
    return next(there, None) or _choose_moved(anchor, same)


def quote(article: Article, span: Span) -> Anchor:
    """A stretch of an article with its words and those around it, as the graph quotes it."""
    before, words, behind = quote_context(article.text, span)
    return Anchor(article.id, span, words, before, behind)


def _choose_moved(anchor: Anchor, same: Mapping[Anchor, str]) -> str | None:
    for least in (2, 1):
        moved = [name for each, name in same.items() if _count_sides(each, anchor) >= least]
        if len(moved) == 1:
            return moved[0]
    return None


def _count_sides(one: Anchor, other: Anchor) -> int:
    """On how many sides two stretches have the same words around them."""
    return (one.prefix == other.prefix) + (one.suffix == other.suffix)


def _read_mentions(store: Store, article: NamedNode, id_: str, span: Span) -> Iterator[Mentioned]:
    """The mentions of a stretch."""
    target = NamedNode(span_iri(article.value, span))
    for mention in find_subjects(store, OA.hasTarget, target, graph=article):
        for reference in find_nodes(store, mention, OA.hasBody, graph=article):
            name = unquote(split_part(reference.value)[1])
            yield Mentioned(_read_anchor(store, article, id_, span), name)


def _read_anchor(store: Store, article: NamedNode, id_: str, span: Span) -> Anchor:
    selector = NamedNode(span_iri(article.value, span, "quote"))
    words = {q.predicate: q.object.value for q in find_quads(store, selector, graph=article)}
    return Anchor(id_, span, words[OA.exact], words[OA.prefix], words[OA.suffix])


def make_anchor(store: Store, base: str, article: str, offset: int) -> Mentioned:
    """The mention at an offset of an article, in code points.

    Raises:
        ReviewError: no such article, or no mention there; the remedy names the nearest.
    """
    graph = NamedNode(article_iri(base, article))
    if find_value(store, graph, DCTERMS.identifier, graph=graph) is None:
        remedy = "name it by its id, as “policygraph review list” prints it"
        raise ReviewError(f"there is no article “{article}” in this graph", remedy=remedy)
    spans = sorted(_list_spans(store, graph))
    at = [span for span in spans if span.start <= offset < span.end]
    if not at:
        message = f"no mention stands at offset {offset} of {article}"
        raise ReviewError(message, remedy=_name_nearest(spans, offset))
    return next(_read_mentions(store, graph, article, at[0]))


def _list_spans(store: Store, graph: NamedNode) -> Iterator[Span]:
    """The spans of the mentions of an article that belong to a reference."""
    for quad in find_quads(store, None, OA.hasBody, graph=graph):
        for target in find_nodes(store, quad.subject, OA.hasTarget, graph=graph):
            yield read_span(target.value)


def _name_nearest(spans: Iterable[Span], offset: int) -> str | None:
    nearest = min(spans, key=lambda span: abs(span.start - offset), default=None)
    return f"the nearest stands at {nearest.start}" if nearest else None
