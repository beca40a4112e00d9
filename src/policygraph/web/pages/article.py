"""The reader: an article as it was, with what it names marked, and what each name was taken for."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise
from typing import Annotated

from pydantic import Field

from policygraph.graph.marked_article import (
    MarkedArticle,
    MarkedMention,
    MarkedStatement,
    read_marked_article,
)
from policygraph.graph.relation import find_document_of
from policygraph.graph.thing import NodeKind
from policygraph.span import Span
from policygraph.web.pages.lookup import find_by_path
from policygraph.web.record import Item, make_item, make_items
from policygraph.web.snapshot import Snapshot

#: A longer text is shown in parts, each ending with a line.
PART = 120_000  # code points


@dataclass(frozen=True, slots=True)
class ArticleQuery:
    """Which article, and what of it is to be marked."""

    id: str
    at: Annotated[
        str | None,
        Field(
            pattern=r"^\d{1,9},\d{1,9}$",
            description="A stretch to be marked, in code points: “120,135”.",
        ),
    ] = None
    part: Annotated[int | None, Field(ge=1, description="Of a long text, the part shown.")] = None


@dataclass(frozen=True, slots=True)
class ShownMention:
    """A mention with what it was linked to.

    Attributes:
        start, end: code points, half-open.
        rule: what made it; `basis`: why it was linked so.
        provisions: "khoản 2 Điều 80", as cited with it.
        candidates: what else it may mean.
    """

    start: int
    end: int
    words: str
    kind: NodeKind
    rule: str
    basis: str | None
    provisions: tuple[str, ...]
    thing: Item | None
    candidates: tuple[Item, ...]


@dataclass(frozen=True, slots=True)
class ShownStatement:
    """A relation that a sentence states; code points of the sentence."""

    subject: Item
    predicate: str
    object: Item
    start: int
    end: int
    words: str
    rule: str


@dataclass(frozen=True, slots=True)
class Piece:
    """A piece of the text that is marked alike from end to end.

    Attributes:
        mention: index among the mentions of the innermost one here.
        around: the kinds of the mentions around that, the innermost first.
        is_furniture: whether it is no part of the article.
        is_at: whether it is what the address asks to mark; `at_begins` where that begins.
    """

    text: str
    start: int
    mention: int | None
    around: tuple[NodeKind, ...]
    is_furniture: bool
    is_at: bool
    at_begins: bool


@dataclass(frozen=True, slots=True)
class ArticlePage:
    """An article.

    Attributes:
        document: the document that it is the text of.
        length: of the whole text in code points; `start` and `end` of the part that is shown.
        mentions: those of the part, in reading order; so `statements`.
    """

    item: Item
    author: str | None
    source: str | None
    url: str | None
    place: str | None
    document: Item | None
    length: int
    start: int
    end: int
    part: int
    parts: int
    pieces: tuple[Piece, ...]
    mentions: tuple[ShownMention, ...]
    statements: tuple[ShownStatement, ...]


def show_article(snapshot: Snapshot, query: ArticleQuery) -> ArticlePage:
    node = find_by_path(snapshot, "article", query.id)
    read = read_marked_article(snapshot.store, snapshot.catalogue, node)
    at = _read_at(query.at, len(read.text))
    parts = list(_cut_parts(read.text))
    part = _choose_part(parts, query.part, at)
    shown = parts[part - 1]
    inside = [mention for mention in read.mentions if shown.contains(mention.span)]
    stated = [each for each in read.statements if shown.start <= each.span.start < shown.end]
    iri = find_document_of(snapshot.store, node.iri)
    document = snapshot.catalogue.find(iri) if iri else None
    return ArticlePage(
        item=make_item(snapshot.catalogue, node),
        author=read.author,
        source=read.source,
        url=read.url if read.url and read.url.startswith(("http://", "https://")) else None,
        place=read.place,
        document=make_item(snapshot.catalogue, document) if document else None,
        length=len(read.text),
        start=shown.start,
        end=shown.end,
        part=part,
        parts=len(parts),
        pieces=tuple(_cut_pieces(read, shown, inside, at)),
        mentions=tuple(_show_mention(snapshot, read, mention) for mention in inside),
        statements=tuple(_show_statement(snapshot, read, each) for each in stated),
    )


def _read_at(written: str | None, length: int) -> Span | None:
    """The stretch that is asked for, as far as the text goes."""
    if written is None:
        return None
    start, end = (min(int(number), length) for number in written.split(","))
    return Span(start, end) if start < end else None


def _cut_parts(text: str) -> Iterator[Span]:
    start = 0
    while len(text) - start > PART:
        end = text.rfind("\n", start + 1, start + PART) + 1 or start + PART
        yield Span(start, end)
        start = end
    yield Span(start, len(text))


def _choose_part(parts: list[Span], asked: int | None, at: Span | None) -> int:
    if asked is None and at:
        return next((n for n, part in enumerate(parts, 1) if at.start < part.end), len(parts))
    return min(asked or 1, len(parts))


def _cut_pieces(
    read: MarkedArticle, shown: Span, mentions: list[MarkedMention], at: Span | None
) -> Iterator[Piece]:
    """The part cut wherever a mention, furniture or what is asked for begins or ends."""
    marks = [*(mention.span for mention in mentions), *read.furniture, *([at] if at else [])]
    edges = {edge for span in marks for edge in (span.start, span.end)}
    cuts = sorted({shown.start, shown.end} | {e for e in edges if shown.start < e < shown.end})
    first = 0
    for start, end in pairwise(cuts):
        while first < len(mentions) and mentions[first].span.end <= start:
            first += 1
        covering = list(_list_covering(mentions, first, Span(start, end)))
        yield Piece(
            text=read.text[start:end],
            start=start,
            mention=covering[-1] if covering else None,
            around=tuple(mentions[index].kind for index in reversed(covering[:-1])),
            is_furniture=any(span.start <= start < span.end for span in read.furniture),
            is_at=bool(at and at.start <= start < at.end),
            at_begins=bool(at and max(at.start, shown.start) == start),
        )


def _list_covering(mentions: list[MarkedMention], first: int, piece: Span) -> Iterator[int]:
    """The mentions that a piece lies in, the outer ones first."""
    for index in range(first, len(mentions)):
        if mentions[index].span.start > piece.start:
            return
        if mentions[index].span.contains(piece):
            yield index


def _show_mention(snapshot: Snapshot, read: MarkedArticle, mention: MarkedMention) -> ShownMention:
    catalogue = snapshot.catalogue
    return ShownMention(
        start=mention.span.start,
        end=mention.span.end,
        words=_quote(read, mention.span),
        kind=mention.kind,
        rule=mention.rule,
        basis=mention.basis,
        provisions=mention.provisions,
        thing=make_item(catalogue, mention.thing) if mention.thing else None,
        candidates=make_items(catalogue, mention.candidates),
    )


def _show_statement(
    snapshot: Snapshot, read: MarkedArticle, statement: MarkedStatement
) -> ShownStatement:
    return ShownStatement(
        subject=make_item(snapshot.catalogue, statement.subject),
        predicate=statement.predicate,
        object=make_item(snapshot.catalogue, statement.object),
        start=statement.span.start,
        end=statement.span.end,
        words=_quote(read, statement.span),
        rule=statement.rule,
    )


def _quote(read: MarkedArticle, span: Span) -> str:
    return read.text[span.start : span.end]
