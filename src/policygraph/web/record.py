"""What pages tell of nodes and sentences: the parts that their records share.

Records are frozen values of plain types. Their fields are the fields of the JSON that a page gives
to programs, described at /openapi.json.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from urllib.parse import quote

from policygraph.graph.catalogue import Catalogue
from policygraph.graph.evidence import Quotation
from policygraph.graph.iri import article_iri
from policygraph.graph.thing import Node, NodeKind


@dataclass(frozen=True, slots=True)
class Item:
    """An article or a thing, with the path of its page.

    Attributes:
        date: ISO 8601: of publication, or the preferred date of a document.
        citing: how many articles cite it.
        is_fiction: whether it is an article that is invented.
    """

    iri: str
    path: str
    kind: NodeKind
    label: str
    number: str | None
    date: str | None
    type: str | None
    title: str | None
    issuer: str | None
    valid_from: str | None
    valid_to: str | None
    citing: int
    is_fiction: bool


@dataclass(frozen=True, slots=True)
class Said:
    """A stretch of an article.

    Attributes:
        article: what the article is called, and `path` where the reader shows it there.
        start, end: code points in the article's text, half-open.
        location: where that is in the file ("page 3"), "" for a text without pages or parts.
        is_own: whether the article is itself a document's text.
    """

    article: str
    path: str
    start: int
    end: int
    quote: str
    location: str
    published: str | None
    is_own: bool
    is_fiction: bool


def make_item(catalogue: Catalogue, node: Node) -> Item:
    """A node as pages tell of it."""
    return Item(
        iri=node.iri,
        path=path_of(catalogue.base, node.iri),
        kind=node.kind,
        label=node.label,
        number=node.number,
        date=node.date,
        type=node.type,
        title=node.title,
        issuer=node.issuer,
        valid_from=node.valid_from,
        valid_to=node.valid_to,
        citing=catalogue.count_citing(node.iri),
        is_fiction=node.iri in catalogue.invented,
    )


def make_items(catalogue: Catalogue, nodes: Iterable[Node]) -> tuple[Item, ...]:
    return tuple(make_item(catalogue, node) for node in nodes)


def make_said(catalogue: Catalogue, said: Quotation) -> Said:
    """A quotation as pages show it."""
    iri = article_iri(catalogue.base, said.article)
    node = catalogue.find(iri)
    return Said(
        article=node.label if node else said.article,
        path=reader_path(catalogue.base, iri, said.start, said.end),
        start=said.start,
        end=said.end,
        quote=said.quote,
        location=said.location,
        published=said.published,
        is_own=said.is_own,
        is_fiction=said.is_fiction,
    )


def make_quotes(catalogue: Catalogue, said: Iterable[Quotation]) -> tuple[Said, ...]:
    return tuple(make_said(catalogue, each) for each in said)


def path_of(base: str, iri: str) -> str:
    """The path of the page of an article or thing: what its IRI has behind the base."""
    return "/" + iri.removeprefix(base)


def reader_path(base: str, article: str, start: int, end: int) -> str:
    """Where the reader shows an article with a stretch of it marked, by the article's IRI."""
    return f"{path_of(base, article)}?at={start},{end}#at"


def path_with(path: str, *values: tuple[str, str]) -> str:
    """A path with parameters, in their order."""
    given = "&".join(f"{name}={quote(value, safe='/:,')}" for name, value in values)
    return f"{path}?{given}" if given else path
