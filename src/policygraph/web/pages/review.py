"""What reviewers may decide, and what they decided: what pages show, without the deciding."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Annotated, Any, Literal

from pydantic import Field
from pyoxigraph import NamedNode

from policygraph.decision import ReviewDecision, Split, list_anchors
from policygraph.graph.context import find_sentence
from policygraph.graph.contradiction import AssertedValue, find_dates
from policygraph.graph.evidence import find_first_mentions, find_references
from policygraph.graph.iri import thing_iri
from policygraph.graph.marked_article import MarkedMention, read_marked_article
from policygraph.graph.review import LoggedDecision, Status
from policygraph.web.pages.lookup import find_by_name, find_by_path
from policygraph.web.query import WRITTEN, MissingPageError
from policygraph.web.record import Item, Said, make_item, make_items, make_said, reader_path
from policygraph.web.snapshot import Snapshot

_ON_PAGE = 50
_MOST_PLACES = 100


@dataclass(frozen=True, slots=True)
class ReviewQuery:
    """Of the decisions, which page."""

    page: Annotated[int, Field(ge=1, le=10_000, description="Of the decisions.")] = 1


@dataclass(frozen=True, slots=True)
class DecidedPlace:
    """A mention that a decision is about."""

    path: str
    article: str
    words: str


@dataclass(frozen=True, slots=True)
class DecidedThing:
    """A thing that a decision names; no item where the graph has it no longer."""

    id: str
    label: str
    item: Item | None


@dataclass(frozen=True, slots=True)
class ShownDecision:
    """A decision.

    Attributes:
        kind: "accept", "reject", "merge", "split", "date"; a withdrawal stands with what it undoes.
        value: the date, or what tells the other document of a split apart.
        into: what the thing was merged into, or the other document.
        status: whether it counts; `why` where it does not.
    """

    id: str
    kind: str
    places: tuple[DecidedPlace, ...]
    thing: DecidedThing | None
    into: DecidedThing | None
    value: str | None
    author: str
    time: str
    note: str | None
    status: Status
    why: str | None
    withdrawn_by: str | None


@dataclass(frozen=True, slots=True)
class ReviewPage:
    """What is open, in numbers, and the decisions, the latest first."""

    contradictions: int
    open: int
    decisions: tuple[ShownDecision, ...]
    count: int
    page: int
    pages: int


def show_review(snapshot: Snapshot, query: ReviewQuery) -> ReviewPage:
    logged = [each for each in reversed(snapshot.decisions) if each.decision.act.kind != "withdraw"]
    first = (query.page - 1) * _ON_PAGE
    return ReviewPage(
        contradictions=len(snapshot.findings.contradictions),
        open=len(snapshot.findings.open),
        decisions=tuple(_show(snapshot, each) for each in logged[first : first + _ON_PAGE]),
        count=len(logged),
        page=query.page,
        pages=max(1, -(-len(logged) // _ON_PAGE)),
    )


def _show(snapshot: Snapshot, logged: LoggedDecision) -> ShownDecision:
    decision, act = logged.decision, logged.decision.act
    return ShownDecision(
        id=decision.id,
        kind=act.kind,
        places=tuple(_list_places(snapshot, decision)),
        thing=_find(snapshot, logged, getattr(act, "thing", None)),
        into=_find(snapshot, logged, getattr(act, "into", None)),
        value=act.by.value if isinstance(act, Split) else getattr(act, "date", None),
        author=decision.author,
        time=decision.time,
        note=decision.note,
        status=logged.status,
        why=logged.why,
        withdrawn_by=logged.withdrawal.author if logged.withdrawal else None,
    )


def _list_places(snapshot: Snapshot, decision: ReviewDecision) -> Iterator[DecidedPlace]:
    for anchor in list_anchors(decision.act):
        node = snapshot.catalogue.find_article(anchor.article)
        label = node.label if node else anchor.article
        span = anchor.span
        path = reader_path(snapshot.base, node.iri, span.start, span.end) if node else ""
        yield DecidedPlace(path, label, anchor.exact)


def _find(snapshot: Snapshot, logged: LoggedDecision, id_: Any) -> DecidedThing | None:
    if not isinstance(id_, str):
        return None
    node = snapshot.catalogue.find(thing_iri(snapshot.base, id_))
    item = make_item(snapshot.catalogue, node) if node else None
    return DecidedThing(id_, logged.labels.get(id_) or (node.label if node else id_), item)


@dataclass(frozen=True, slots=True)
class ReferenceQuery:
    """Which mention: that of an article at an offset, in code points."""

    article: Annotated[
        str, Field(max_length=2000, pattern=WRITTEN, description="The article's id.")
    ]
    offset: Annotated[int, Field(ge=0, le=10**9, description="In code points.")]


@dataclass(frozen=True, slots=True)
class ReferencePage:
    """A mention, to be decided about: what it was linked to, and what it may mean besides.

    Attributes:
        before, words, after: the sentence, cut at the mention.
        start: of the mention, in code points.
    """

    article: Item
    article_id: str
    path: str
    before: str
    words: str
    after: str
    start: int
    kind: Literal["article", "document", "organisation", "campaign"]
    basis: str | None
    thing: Item | None
    candidates: tuple[Item, ...]


def show_reference(snapshot: Snapshot, query: ReferenceQuery) -> ReferencePage:
    node = find_by_path(snapshot, "article", query.article)
    read = read_marked_article(snapshot.store, snapshot.catalogue, node)
    mention = _find_mention(read.mentions, query)
    span, sentence = mention.span, find_sentence(read.text, mention.span)
    return ReferencePage(
        article=make_item(snapshot.catalogue, node),
        article_id=query.article,
        path=reader_path(snapshot.base, node.iri, span.start, span.end),
        before=read.text[sentence.start : span.start],
        words=read.text[span.start : span.end],
        after=read.text[span.end : sentence.end],
        start=span.start,
        kind=mention.kind,
        basis=mention.basis,
        thing=make_item(snapshot.catalogue, mention.thing) if mention.thing else None,
        candidates=make_items(snapshot.catalogue, mention.candidates),
    )


def _find_mention(mentions: tuple[MarkedMention, ...], query: ReferenceQuery) -> MarkedMention:
    """The innermost mention at the offset."""
    there = [each for each in mentions if each.span.start <= query.offset < each.span.end]
    if not there:
        message = f"nothing is mentioned at {query.offset} of “{query.article}”"
        raise MissingPageError(message, remedy="choose a mention in the article")
    return min(there, key=lambda each: each.span.end - each.span.start)


@dataclass(frozen=True, slots=True)
class ThingQuery:
    """Which document, organisation or campaign."""

    thing: Annotated[
        str, Field(max_length=1000, pattern=WRITTEN, description="By name, id, path or IRI.")
    ]


@dataclass(frozen=True, slots=True)
class ThingPage:
    """A thing, to be decided about.

    Attributes:
        dates: those that are given for a document.
        places: of a document, where each reference is mentioned first, those of the first of
            `place_count` references.
    """

    item: Item
    dates: tuple[str, ...]
    places: tuple[Place, ...]
    place_count: int


@dataclass(frozen=True, slots=True)
class Place:
    """A mention of a reference; `id` is what a decision names it by: "ARTICLE:OFFSET"."""

    id: str
    said: Said


def show_thing(snapshot: Snapshot, query: ThingQuery) -> ThingPage:
    node = find_by_name(snapshot, query.thing)
    if node.kind == "article":
        raise MissingPageError(f"“{query.thing}” is an article", remedy="name what it cites")
    dates: tuple[AssertedValue, ...] = ()
    references: list[NamedNode] = []
    if node.kind == "document":
        dates = find_dates(snapshot.store, snapshot.base, node.iri)
        references = sorted(find_references(snapshot.store, NamedNode(node.iri)), key=str)
    first = find_first_mentions(snapshot.store, references[:_MOST_PLACES])
    return ThingPage(
        item=make_item(snapshot.catalogue, node),
        dates=tuple(each.value for each in dates),
        places=tuple(
            Place(f"{each.article}:{each.start}", make_said(snapshot.catalogue, each))
            for each in first
        ),
        place_count=len(references),
    )
