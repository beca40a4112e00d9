"""Who cites a thing, when, in which words: the parts that the pages of all things share."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from policygraph.graph.context import Context, find_contexts
from policygraph.graph.names import loosen
from policygraph.graph.thing import Node
from policygraph.web.record import Item, make_item, reader_path
from policygraph.web.snapshot import Snapshot

_ON_PAGE = 20
_MOST_ALIASES = 12
_MOST_SENTENCES = 4


@dataclass(frozen=True, slots=True)
class Alias:
    """A name by which articles call a thing, and how often."""

    name: str
    count: int


@dataclass(frozen=True, slots=True)
class CitingSentence:
    """A sentence with a citation in it: `before`, `words` and `after` make it up."""

    path: str
    start: int
    end: int
    before: str
    words: str
    after: str


@dataclass(frozen=True, slots=True)
class CitingArticle:
    """An article that cites a thing; `more` citations of it are not shown."""

    article: Item
    sentences: tuple[CitingSentence, ...]
    more: int


@dataclass(frozen=True, slots=True)
class Citations:
    """Who cites a thing.

    Attributes:
        count: how many articles do.
        years: how many by the year in which they were published, every year between shown; "" for
            articles without a day.
        articles: those of one page, by day.
    """

    count: int
    years: dict[str, int]
    articles: tuple[CitingArticle, ...]
    page: int
    pages: int


def list_citations(snapshot: Snapshot, thing: Node, page: int) -> Citations:
    """The articles that cite a thing, one page of them with their sentences."""
    articles = snapshot.catalogue.list_citing(thing.iri)
    shown = articles[(page - 1) * _ON_PAGE : page * _ON_PAGE]
    contexts = find_contexts(snapshot.store, thing.iri, [node.iri for node in shown])
    return Citations(
        count=len(articles),
        years=_count_years(articles),
        articles=tuple(_show_article(snapshot, node, contexts.get(node.iri, ())) for node in shown),
        page=page,
        pages=max(1, -(-len(articles) // _ON_PAGE)),
    )


def _count_years(articles: tuple[Node, ...]) -> dict[str, int]:
    counts = Counter((node.date or "")[:4] for node in articles)
    known = sorted(int(year) for year in counts if year)
    every = range(known[0], known[-1] + 1) if known else range(0)
    years = {f"{year:04}": counts[f"{year:04}"] for year in every}
    return years | ({"": counts[""]} if counts[""] else {})


def _show_article(
    snapshot: Snapshot, article: Node, contexts: tuple[Context, ...]
) -> CitingArticle:
    by_sentence = {context.sentence: context for context in reversed(contexts)}
    chosen = [by_sentence[sentence] for sentence in sorted(by_sentence)]
    return CitingArticle(
        make_item(snapshot.catalogue, article),
        tuple(_show_sentence(snapshot, each) for each in chosen[:_MOST_SENTENCES]),
        max(0, len(chosen) - _MOST_SENTENCES),
    )


def _show_sentence(snapshot: Snapshot, context: Context) -> CitingSentence:
    mention, sentence = context.mention, context.sentence
    first, last = mention.start - sentence.start, mention.end - sentence.start
    return CitingSentence(
        path=reader_path(snapshot.base, context.article, mention.start, mention.end),
        start=mention.start,
        end=mention.end,
        before=context.words[:first],
        words=context.words[first:last],
        after=context.words[last:],
    )


def list_aliases(snapshot: Snapshot, thing: Node) -> tuple[Alias, ...]:
    """The names that articles have for a thing, the commonest first, spelt as most spell them."""
    spelt: dict[str, Counter[str]] = {}
    for words, times in snapshot.catalogue.surfaces.get(thing.iri, {}).items():
        spelt.setdefault(loosen(words), Counter())[words] += times
    found = [
        Alias(min(names, key=lambda name: (-names[name], name)), names.total())
        for names in spelt.values()
    ]
    return tuple(sorted(found, key=lambda alias: (-alias.count, alias.name)))[:_MOST_ALIASES]
