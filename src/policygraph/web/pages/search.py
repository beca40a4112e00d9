"""Search, and what is offered while a reader types."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated

from pydantic import Field

from policygraph.graph.search import Hit, Passage
from policygraph.graph.thing import NodeKind
from policygraph.web.record import Item, make_item, reader_path
from policygraph.web.snapshot import Snapshot

_ON_PAGE = 20
_OFFERED = 8

Words = Annotated[str, Field(max_length=300, description="Words, a name or a number.")]


@dataclass(frozen=True, slots=True)
class SearchQuery:
    """What is searched for."""

    q: Words = ""
    kind: Annotated[NodeKind | None, Field(description="Only nodes of this kind.")] = None
    page: Annotated[int, Field(ge=1, le=10_000, description="Twenty hits a page.")] = 1


@dataclass(frozen=True, slots=True)
class FoundItem:
    """A node that was found; `name` is what it was found by, where that is not its label."""

    item: Item
    name: str | None


@dataclass(frozen=True, slots=True)
class FoundPassage:
    """A stretch of an article that holds all the words; code points, half-open."""

    article: Item
    path: str
    start: int
    end: int
    quote: str


@dataclass(frozen=True, slots=True)
class SearchResult:
    """What was found.

    Attributes:
        counts: how many nodes of each kind the words find.
        passage_count: how many passages have all the words; the best few hundred can be seen.
        hit_pages, passage_pages: how many pages there are of each.
    """

    q: str
    kind: NodeKind | None
    counts: dict[NodeKind, int]
    hits: tuple[FoundItem, ...]
    passages: tuple[FoundPassage, ...]
    passage_count: int
    page: int
    pages: int
    hit_pages: int
    passage_pages: int


def show_search(snapshot: Snapshot, query: SearchQuery) -> SearchResult:
    found = snapshot.index.search(query.q, kind=query.kind)
    first = (query.page - 1) * _ON_PAGE
    last = first + _ON_PAGE
    hit_pages, passage_pages = (-(-len(each) // _ON_PAGE) for each in (found.hits, found.passages))
    return SearchResult(
        q=query.q,
        kind=query.kind,
        counts=found.counts,
        hits=tuple(_show_hit(snapshot, hit) for hit in found.hits[first:last]),
        passages=tuple(_show_passage(snapshot, each) for each in found.passages[first:last]),
        passage_count=found.passage_count,
        page=query.page,
        pages=max(hit_pages, passage_pages, 1),
        hit_pages=hit_pages,
        passage_pages=passage_pages,
    )


def _show_hit(snapshot: Snapshot, hit: Hit) -> FoundItem:
    return FoundItem(make_item(snapshot.catalogue, hit.node), hit.name)


def _show_passage(snapshot: Snapshot, passage: Passage) -> FoundPassage:
    start, end = passage.span.start, passage.span.end
    return FoundPassage(
        article=make_item(snapshot.catalogue, passage.article),
        path=reader_path(snapshot.base, passage.article.iri, start, end),
        start=start,
        end=end,
        quote=passage.quote,
    )


@dataclass(frozen=True, slots=True)
class SuggestQuery:
    """The beginning of a name."""

    q: Words = ""
    kind: Annotated[NodeKind | None, Field(description="Only nodes of this kind.")] = None


@dataclass(frozen=True, slots=True)
class Suggestions:
    """The nodes whose names go on so, the best first."""

    q: str
    items: tuple[FoundItem, ...]


def suggest(snapshot: Snapshot, query: SuggestQuery) -> Suggestions:
    hits = snapshot.index.suggest(query.q, kind=query.kind, most=_OFFERED)
    return Suggestions(query.q, tuple(_show_hit(snapshot, hit) for hit in hits))
