"""Where an article cites a thing, with the sentence around the citation."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator
from dataclasses import dataclass

from pyoxigraph import NamedNode, Store

from policygraph.graph.evidence import find_references, find_targets, read_text
from policygraph.graph.iri import read_span, split_part
from policygraph.span import Span
from policygraph.text import split_sentences

# A sentence is looked for so far around a citation: of a long report not all is cut for one of it.
_FAR = 1_500  # code points
_MOST_SHOWN = 600


@dataclass(frozen=True, slots=True)
class Context:
    """A citation in its sentence.

    Attributes:
        article: IRI of the article.
        mention: code points of the citation in the article.
        sentence: code points of the sentence, or of what is shown of it.
        words: what stands there.
    """

    article: str
    mention: Span
    sentence: Span
    words: str


def find_contexts(
    store: Store, thing: str, articles: Collection[str]
) -> dict[str, tuple[Context, ...]]:
    """The citations of a thing in some articles, by the article's IRI, in reading order."""
    wanted = frozenset(articles)
    spans: dict[str, set[Span]] = defaultdict(set)
    for reference in find_references(store, NamedNode(thing)):
        article = split_part(reference.value)[0]
        if article in wanted:
            targets = find_targets(store, reference)
            spans[article].update(read_span(target.value) for target in targets)
    return {
        article: tuple(_list_contexts(article, read_text(store, article), sorted(found)))
        for article, found in spans.items()
    }


def _list_contexts(article: str, text: str, mentions: list[Span]) -> Iterator[Context]:
    for mention in mentions:
        sentence = find_sentence(text, mention)
        yield Context(article, mention, sentence, text[sentence.start : sentence.end])


def find_sentence(text: str, mention: Span) -> Span:
    """The sentence around a stretch of a text; of a very long one the part around the stretch."""
    first = max(0, mention.start - _FAR)
    piece = text[first : mention.end + _FAR]
    for sentence in split_sentences(piece):
        start, end = first + sentence.start, first + sentence.end
        if start <= mention.start < end:
            return _shorten(Span(start, max(end, mention.end)), mention)
    return mention


def _shorten(sentence: Span, mention: Span) -> Span:
    if sentence.end - sentence.start <= _MOST_SHOWN:
        return sentence
    half = _MOST_SHOWN // 2
    return Span(
        max(sentence.start, mention.start - half),
        max(mention.end, min(sentence.end, mention.end + half)),
    )
