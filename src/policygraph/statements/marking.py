"""Mentions as marks of a sentence, and claims with the sentence that makes them."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from policygraph.model import Citation, Mention, NameMention
from policygraph.registry import IssuerCode, load_registry
from policygraph.span import Span
from policygraph.statements.reading import Claim
from policygraph.statements.sentence import Mark
from policygraph.text import FoldedText

Placed = tuple[Mention, str]

_LISTED = re.compile(r"(?:số\s)?\d")


@dataclass(frozen=True, slots=True)
class Found:
    """A claim and the source span of the sentence that makes it."""

    claim: Claim
    span: Span


def find_start(placed: Placed) -> int:
    """Where a mention begins in the source."""
    return placed[0].span.start


def read_marks(folded: FoldedText, placed: Iterable[tuple[Placed, int]]) -> list[Mark]:
    """The marks of a folded text in order; with each mention, the source offset of its begin."""
    return sorted((_read_mark(folded, origin, one) for one, origin in placed), key=_begin)


def _begin(mark: Mark) -> int:
    return mark.start


def _read_mark(folded: FoldedText, origin: int, placed: Placed) -> Mark:
    mention, reference = placed
    start = folded.folded_offset(mention.span.start - origin)
    end = folded.folded_offset(mention.span.end - origin)
    if isinstance(mention, NameMention):
        return Mark(start, end, mention.kind, reference, place=mention.place, body=mention.name)
    issuer = None
    if mention.issuer and mention.issuer.start >= origin:
        issuer = folded.folded_offset(mention.issuer.start - origin)
    code = _find_code(mention)
    bare = _LISTED.match(folded.lower, start) is not None
    return Mark(
        start,
        end,
        mention.kind,
        reference,
        type=mention.type,
        issuer=issuer,
        shares_type=bare,
        is_local=code.is_local if code else None,
        body=code.name if code else None,
        code=mention.number.issuer if mention.number else None,
    )


def _find_code(mention: Citation) -> IssuerCode | None:
    code = mention.number.issuer if mention.number else None
    return load_registry().issuer(code) if code else None
