"""The IRIs of articles, their parts, and things: derived from ids alone, and read back.

Under a base that ends in "/": an article is `article/{id}`, percent-encoded with "/" kept; a part
of it is a fragment (`#ref-1`, `#char=10,20`: code points, half-open); a thing is its id, a value
that is given for it a fragment (`#date=2013-07-15`).
"""

from __future__ import annotations

import re
from urllib.parse import quote, unquote

from pyoxigraph import NamedNode

from policygraph.errors import GraphError
from policygraph.graph.namespaces import PG
from policygraph.span import Span

DEFAULT_BASE = "https://w3id.org/policygraph/id/"

_NUMBERED = re.compile(r"(\d+)")


def check_base(base: str) -> str:
    """The base itself; raises GraphError unless it is an absolute IRI that ends in "/"."""
    try:
        NamedNode(base)
    except ValueError as error:
        raise GraphError(f"not an IRI: {error}", place=base) from error
    if not base.endswith("/"):
        raise GraphError("the base of IRIs must end in “/”", place=base)
    return base


def article_iri(base: str, article: str) -> str:
    """The IRI of an article, which is its named graph's too."""
    parts = (quote(part, safe="") for part in article.split("/"))
    # "." and ".." alone would be folded away by whoever resolves the IRI.
    return (
        f"{base}article/{'/'.join(p.replace('.', '%2E') if set(p) == {'.'} else p for p in parts)}"
    )


def links_iri(base: str) -> str:
    """The named graph of what the corpus is taken to mean."""
    return base + "links"


def article_id(base: str, iri: str) -> str:
    """The id of an article by its IRI."""
    return unquote(iri.removeprefix(f"{base}article/"))


def review_iri(base: str) -> str:
    """The named graph of what reviewers decided."""
    return base + "review"


def decision_iri(base: str, decision: str) -> str:
    """A decision by its id."""
    return f"{base}review/{quote(decision, safe=':')}"


def decision_id(base: str, iri: str) -> str:
    """The id of a decision by its IRI."""
    return unquote(iri.removeprefix(f"{base}review/"))


def reviewer_iri(base: str, author: str) -> str:
    """Who decides, by the name that they give."""
    return f"{base}reviewer/{quote(author, safe='')}"


def thing_iri(base: str, thing: str) -> str:
    """The IRI of a document, organisation or campaign by its id."""
    return base + quote(thing, safe="/")


def thing_id(base: str, iri: str) -> str:
    """The id of a thing by its IRI."""
    return unquote(iri.removeprefix(base))


def part_iri(article: str, part: str) -> str:
    """A part of an article by the article's IRI: a reference, a mention, a statement."""
    return f"{article}#{quote(part, safe='')}"


def span_iri(article: str, span: Span, selector: str = "char") -> str:
    """A stretch of an article's text ("char"), or its selector ("position", "quote")."""
    return f"{article}#{selector}={span.start},{span.end}"


def read_span(iri: str) -> Span:
    """The span of a `#char=10,20`."""
    start, end = iri.rpartition("=")[2].split(",")
    return Span(int(start), int(end))


def split_part(iri: str) -> tuple[str, str]:
    """An article's IRI and the fragment of one of its parts."""
    article, _, fragment = iri.partition("#")
    return article, fragment


def value_iri(document: str, property_: str, value: str) -> str:
    """One value of a document by the document's IRI: `#date=2013-07-15`."""
    return f"{document}#{property_}={quote(value, safe='/')}"


def change_iri(base: str, date: str, result: str) -> str:
    """The change on a day by which bodies gave way to another, by that one's id.

    The day tells bodies of one name apart, which ids do by the year of that day at their end.
    """
    name = result.partition("/")[2].removesuffix(f"/{date[:4]}")
    return f"{base}change/{date}/{quote(name, safe='/')}"


def type_iri(type_: str) -> NamedNode:
    """The concept of a document type ("nghi-quyet")."""
    return _concept("type", type_)


def campaign_type_iri(type_: str) -> NamedNode:
    """The concept of a kind of campaigns ("cuoc-van-dong")."""
    return _concept("campaign-type", type_)


def level_iri(level: str) -> NamedNode:
    """The concept of a level of administration ("tinh")."""
    return _concept("level", level)


def status_iri(status: str) -> NamedNode:
    """The concept of what a value counts for ("preferred", "alternative")."""
    return _concept("status", status)


def _concept(scheme: str, id_: str) -> NamedNode:
    return NamedNode(f"{PG.iri}{scheme}/{quote(id_, safe='')}")


def read_type(iri: str) -> str:
    """The id of a document type by its concept."""
    return iri.rpartition("/")[2]


def in_reading_order(name: str) -> tuple[tuple[int, int | str], ...]:
    """A sort key under which "ref-2" comes before "ref-10"."""
    pieces = _NUMBERED.split(name)
    return tuple((0, int(p)) if p.isdecimal() else (1, p) for p in pieces)
