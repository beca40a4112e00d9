"""Reads the letterhead of a text that is itself a document: its number, date, type and issuer.

    ỦY BAN NHÂN DÂN TỈNH …
    Số: 512/BC-UBND                    Thành phố …, ngày 14 tháng 12 năm 2023
    BÁO CÁO …

The layout is that of Nghị định 30/2020/NĐ-CP (State) and Hướng dẫn 36-HD/VPTW (Party); a text in
one column has its lines in either order.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import replace

from policygraph.document_types import load_document_types
from policygraph.extraction.dates import DATE, read_date
from policygraph.model import Citation, NameMention, StatedDate
from policygraph.numbering import DocumentNumber
from policygraph.registry import load_registry
from policygraph.text import FoldedText

_LONGEST = 1500
_NEAR = 400
_NUMBER_BEFORE = re.compile(r"(?:^|[\n|*\t]|\s{2})\W{0,6}(?:Số|SỐ)\s{0,2}[:.]?\W{0,4}$")
_PLACE_AND_DATE = re.compile(rf"[^\W\d_],\s{{0,3}}ngày\s{{0,3}}{DATE}")
_HEADING = re.compile(r"\n[ \t*#_|]{0,6}([^\W\d_]+(?: [^\W\d_]+){0,3})[ \t*#_|:]{0,6}(?=\n)")
_SIGNATURE = re.compile(r"(?:TM|T/M|T\.M)\.?\s{1,2}$")


def mark_letterhead(
    folded: FoldedText, citations: Sequence[Citation], organisations: Sequence[NameMention]
) -> list[Citation]:
    """The citations, the text's own number completed and marked `is_own` where it has one.

    Of the bodies that may have issued it, the one that it is signed for ("TM. ỦY BAN NHÂN DÂN")
    comes before the one whose name stands above the number.
    """
    completed = list(citations)
    for index, citation in enumerate(citations):
        start = folded.folded_offset(citation.span.start)
        if start > _LONGEST:
            break
        if not _NUMBER_BEFORE.search(folded.text, max(0, start - 24), start):
            continue
        date = _find_date(folded, start)
        if date and citation.number and citation.number.issuer:
            issuer = _find_issuer(folded, citation, citation.number, organisations)
            completed[index] = replace(
                citation,
                type=_find_type(folded, citation, start) or citation.type,
                dates=(date,),
                issuer=issuer.span if issuer else None,
                is_own=True,
            )
            break
    return completed


def _find_date(folded: FoldedText, start: int) -> StatedDate | None:
    """The date behind the place of signing, near the number."""
    for match in _PLACE_AND_DATE.finditer(folded.lower, max(0, start - _NEAR), start + _NEAR):
        if iso := read_date(match):
            return StatedDate(iso, folded.source_span(match.start("day"), match.end()))
    return None


def _find_type(folded: FoldedText, citation: Citation, start: int) -> str | None:
    """The type that a line by itself names, of those that the number's code may mean."""
    code = citation.number.type if citation.number else None
    lines = [m[1].lower() for m in _HEADING.finditer(folded.text, start, start + _LONGEST)]
    for type_ in load_document_types().values():
        if code in type_.codes and any(phrase in lines for phrase in type_.phrases):
            return type_.id
    return None


def _find_signing(folded: FoldedText, organisations: Sequence[NameMention]) -> NameMention | None:
    for name in organisations:
        start = folded.folded_offset(name.span.start)
        if _SIGNATURE.search(folded.text, max(0, start - 6), start):
            return name
    return None


def _find_issuer(
    folded: FoldedText,
    citation: Citation,
    number: DocumentNumber,
    organisations: Sequence[NameMention],
) -> NameMention | None:
    """The body that signs, else the one of the number's code, else the one above the number."""
    code = load_registry().issuer(number.issuer) if number.issuer else None
    sole = (code.body,) if code and code.body else ()
    many = code.bodies if code else ()
    return (
        _find_signing(folded, organisations)
        or _find_named(sole, organisations)
        or _find_above(citation, organisations)
        or _find_named(many, organisations)
    )


def _find_named(names: tuple[str, ...], organisations: Sequence[NameMention]) -> NameMention | None:
    """The first body of the text whose full name begins with one of the names."""
    return next((body for body in organisations if body.name.startswith(names)), None)


def _find_above(citation: Citation, organisations: Sequence[NameMention]) -> NameMention | None:
    before = bisect_left(organisations, citation.span, key=lambda name: name.span)
    return organisations[before - 1] if before else None
