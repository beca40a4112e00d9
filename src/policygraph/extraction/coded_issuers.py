"""Who issued a document where only the code in its number tells which body nearby did.

"Thông tư 22/2021/TT-BYT … quy định về khám sức khỏe của Bộ Y tế", "đã được Thủ tướng Chính phủ phê
duyệt (Quyết định số 121/2007/QĐ-TTg)": the words alone could speak of another body.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cache
from typing import Literal
from unicodedata import normalize

from policygraph.extraction.dates import DATE, read_date
from policygraph.lexicon import Row, load_rows
from policygraph.model import Citation, NameMention, StatedDate
from policygraph.numbering import DocumentNumber
from policygraph.registry import load_registry
from policygraph.resources import data_file
from policygraph.text import FoldedText

_REACH = 420
_LONGEST_OPENING = 60
_OPENING = re.compile(
    rf"(?:^|[.;:\n–+-]|\s{{2}})\s*(?:(?P<date>(?:vào\s)?ngày\s{{0,2}}{DATE}),?\s+)?$"
)
_ENDS = re.compile(r"(?:\s\([^()]{1,40}\))?\s?(?:[.,;:)\n]|$|(?:và|thì|đã|được|có)\s)")
_SHORTEST_CODE = 2
_LETTER = re.compile(r"[A-ZĐ]")
_UNLETTERED = frozenset({"và", "-", "&"})


@dataclass(frozen=True, slots=True, kw_only=True)
class CodedIssuerRule(Row):
    """What may stand between a citation and its issuer; data/rules/coded_issuers.toml tells."""

    at: Literal["behind", "before"]
    pattern: str
    unless: str
    opens: bool = False


@dataclass(frozen=True, slots=True)
class _Rule:
    row: CodedIssuerRule
    pattern: re.Pattern[str]
    unless: re.Pattern[str]


@cache
def load_coded_issuer_rules() -> tuple[_Rule, ...]:
    """The compiled rules in file order."""
    rows = load_rows(data_file("rules", "coded_issuers.toml"), CodedIssuerRule)
    return tuple(
        _Rule(row, re.compile(row.pattern), re.compile(rf"\b(?:{row.unless})\b")) for row in rows
    )


@dataclass(frozen=True, slots=True)
class Surroundings:
    """The folded offsets of a citation, of its neighbours' ends, and the names by their offsets."""

    last: int
    start: int
    end: int
    limit: int
    names_by_start: Mapping[int, NameMention]
    names_by_end: Mapping[int, NameMention]


def add_coded_issuer(folded: FoldedText, citation: Citation, around: Surroundings) -> Citation:
    """The citation with the issuer that its code tells, if it has none and a rule finds it."""
    number = citation.number
    if citation.issuer is not None or number is None or not number.issuer:
        return citation
    for rule in load_coded_issuer_rules():
        for name, start, end in _list_gaps(folded, rule.row.at, around):
            opening = _find_opening(folded, name) if rule.row.opens else None
            if not _may_issue(number, name, rule, opening):
                continue
            gap = rule.pattern.fullmatch(folded.lower, start, end)
            if gap and not rule.unless.search(gap[0]):
                citation = replace(citation, issuer=name.span)
                return _add_day(folded, citation, opening)
    return citation


def _find_opening(folded: FoldedText, name: NameMention) -> re.Match[str] | None:
    """How the clause begins that a body opens."""
    start = folded.folded_offset(name.span.start)
    return _OPENING.search(folded.lower, max(0, start - _LONGEST_OPENING), start)


def _may_issue(
    number: DocumentNumber, name: NameMention, rule: _Rule, opening: re.Match[str] | None
) -> bool:
    if rule.row.opens and opening is None:
        return False
    is_unknown = rule.row.opens and load_registry().issuer(number.issuer or "") is None
    return is_unknown or stands_for(number, name.name)


def _add_day(folded: FoldedText, citation: Citation, opening: re.Match[str] | None) -> Citation:
    """The citation with the day on which a clause says that it was issued."""
    iso = read_date(opening) if opening and opening["day"] and not citation.dates else None
    if opening is None or iso is None:
        return citation
    span = folded.source_span(opening.start("day"), opening.end("date"))
    return replace(citation, dates=(StatedDate(iso, span),))


def _list_gaps(
    folded: FoldedText, at: str, around: Surroundings
) -> Iterator[tuple[NameMention, int, int]]:
    """The names on one side, the nearest first, each with the gap to the citation."""
    if at == "behind":
        limit = min(around.limit, around.end + _REACH)
        for start in sorted(s for s in around.names_by_start if around.end < s < limit):
            name = around.names_by_start[start]
            if _ENDS.match(folded.lower, folded.folded_offset(name.span.end)):
                yield name, around.end, start
    else:
        floor = max(around.last, around.start - _REACH)
        for end in sorted(
            (e for e in around.names_by_end if floor < e < around.start), reverse=True
        ):
            yield around.names_by_end[end], end, around.start


def stands_for(number: DocumentNumber, name: str) -> bool:
    """Whether the issuer code of a number is that of a body with this full name.

    It is where the code's row says so, or where it is made of the name's first letters ("SNV").
    """
    code = load_registry().issuer(number.issuer or "")
    bodies = (code.body, *code.bodies) if code else ()
    if any(body and f"{name} ".startswith(f"{body} ") for body in bodies):
        return True
    letters = _LETTER.findall((number.issuer or "").partition("-")[0])
    words = (w for w in name.removeprefix("Trường ").split() if w not in _UNLETTERED)
    initials = [normalize("NFD", word)[0].upper() for word in words]
    return len(letters) >= _SHORTEST_CODE and initials[: len(letters)] == letters
