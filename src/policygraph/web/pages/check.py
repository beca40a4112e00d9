"""What a person should look at: contradictions, open citations, documents that nobody knows."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated, Literal

from pydantic import Field

from policygraph.graph.contradiction import Contradiction
from policygraph.graph.gap import OpenCitation, UnknownDocument
from policygraph.web.query import MissingPageError
from policygraph.web.record import Item, Said, make_item, make_items, make_quotes, make_said
from policygraph.web.snapshot import Snapshot

_ON_PAGE = 50


@dataclass(frozen=True, slots=True)
class CheckQuery:
    """Of which findings, which page."""

    page: Annotated[int, Field(ge=1, le=10_000, description="Fifty of each a page.")] = 1
    of: Annotated[
        Literal["contradictions", "open", "unknown"] | None,
        Field(description="Of these alone; without, the first page of all."),
    ] = None


@dataclass(frozen=True, slots=True)
class OpposedValue:
    """One of the values that cannot all be true, and who says so."""

    value: str
    evidence: tuple[Said, ...]
    source: str | None


@dataclass(frozen=True, slots=True)
class Opposed:
    """Several values of one property of one document."""

    item: Item
    property: str
    values: tuple[OpposedValue, ...]


@dataclass(frozen=True, slots=True)
class OpenItem:
    """What articles cite in words that fit several documents.

    Attributes:
        evidence: where they do; `articles` are the ids of these articles, one for each.
    """

    item: Item
    candidates: tuple[Item, ...]
    evidence: tuple[Said, ...]
    articles: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class UnknownItem:
    """A document that the registry does not hold; `is_identified` where its name is full."""

    item: Item
    is_identified: bool
    articles: int
    first: Said


@dataclass(frozen=True, slots=True)
class CheckPage:
    """The findings of one page, and how many there are in all."""

    of: Literal["contradictions", "open", "unknown"] | None
    contradictions: tuple[Opposed, ...]
    contradiction_count: int
    open: tuple[OpenItem, ...]
    open_count: int
    unknown: tuple[UnknownItem, ...]
    unknown_count: int
    page: int
    pages: int


def show_check(snapshot: Snapshot, query: CheckQuery) -> CheckPage:
    found = snapshot.findings
    counts = {kind: len(getattr(found, kind)) for kind in ("contradictions", "open", "unknown")}
    asked = [query.of] if query.of else list(counts)
    pages = max(1, *(-(-counts[kind] // _ON_PAGE) for kind in asked))
    if query.page > pages:
        raise MissingPageError(f"there are {pages} pages of these findings")
    shown = slice((query.page - 1) * _ON_PAGE, query.page * _ON_PAGE)
    chosen = {kind: getattr(found, kind)[shown] if kind in asked else () for kind in counts}
    return CheckPage(
        of=query.of,
        contradictions=tuple(_show_opposed(snapshot, each) for each in chosen["contradictions"]),
        contradiction_count=counts["contradictions"],
        open=tuple(_show_open(snapshot, each) for each in chosen["open"]),
        open_count=counts["open"],
        unknown=tuple(_show_unknown(snapshot, each) for each in chosen["unknown"]),
        unknown_count=counts["unknown"],
        page=query.page,
        pages=pages,
    )


def _find(snapshot: Snapshot, iri: str) -> Item:
    return make_item(snapshot.catalogue, snapshot.catalogue.nodes[iri])


def _show_opposed(snapshot: Snapshot, opposed: Contradiction) -> Opposed:
    values = tuple(
        OpposedValue(each.value, make_quotes(snapshot.catalogue, each.evidence), each.source)
        for each in opposed.values
    )
    return Opposed(_find(snapshot, opposed.thing), opposed.property, values)


def _show_open(snapshot: Snapshot, citation: OpenCitation) -> OpenItem:
    nodes = snapshot.catalogue.nodes
    return OpenItem(
        _find(snapshot, citation.thing),
        make_items(snapshot.catalogue, (nodes[each.thing] for each in citation.candidates)),
        make_quotes(snapshot.catalogue, citation.evidence),
        tuple(said.article for said in citation.evidence),
    )


def _show_unknown(snapshot: Snapshot, document: UnknownDocument) -> UnknownItem:
    return UnknownItem(
        _find(snapshot, document.thing),
        document.is_identified,
        document.articles,
        make_said(snapshot.catalogue, document.first),
    )
