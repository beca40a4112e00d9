"""Who issued a document where only the code in its number tells which body nearby did.

"Thông tư 22/2021/TT-BYT … quy định về khám sức khỏe của Bộ Y tế", "đã được Thủ tướng Chính phủ phê
duyệt (Quyết định số 121/2007/QĐ-TTg)": the words alone could speak of another body.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache
from operator import attrgetter
from typing import Literal, NamedTuple
from unicodedata import normalize

from policygraph.extraction.dates import DATE, read_date
from policygraph.lexicon import Row, load_rows
from policygraph.model import Citation, NameMention, StatedDate
from policygraph.numbering import DocumentNumber
from policygraph.registry import load_registry
from policygraph.resources import data_file
from policygraph.text import FoldedText

_REACH = 420
_START, _END = attrgetter("start"), attrgetter("end")
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
    ends: str = ""


@dataclass(frozen=True, slots=True)
class _Rule:
    row: CodedIssuerRule
    pattern: re.Pattern[str]
    unless: re.Pattern[str]
    ends: re.Pattern[str]


@cache
def load_coded_issuer_rules() -> tuple[_Rule, ...]:
    """The compiled rules in file order."""
    rows = load_rows(data_file("rules", "coded_issuers.toml"), CodedIssuerRule)
    return tuple(
        _Rule(
            row,
            re.compile(row.pattern),
            re.compile(rf"\b(?:{row.unless})\b"),
            re.compile(row.ends.replace("{date}", DATE)) if row.ends else _ENDS,
        )
        for row in rows
    )


class Place(NamedTuple):
    """The folded offsets of a citation, and of the room that its neighbours leave it."""

    last: int
    start: int
    end: int
    limit: int


class PlacedName(NamedTuple):
    """A body's name at its folded offsets."""

    start: int
    end: int
    name: NameMention


def add_coded_issuer(
    folded: FoldedText, citation: Citation, place: Place, names: Sequence[PlacedName]
) -> Citation:
    """The citation with the issuer that its code tells, if it has none and a rule finds it.

    `names` are sorted and do not overlap.
    """
    number = citation.number
    if citation.issuer is not None or number is None or not number.issuer:
        return citation
    for rule in load_coded_issuer_rules():
        for body, start, end in _list_gaps(folded, rule, place, names):
            opening = _find_opening(folded, body) if rule.row.opens else None
            if not _may_issue(number, body.name, rule, opening):
                continue
            gap = rule.pattern.fullmatch(folded.lower, start, end)
            if gap and not rule.unless.search(gap[0]):
                citation = replace(citation, issuer=body.name.span)
                act = rule.ends.match(folded.lower, body.end) if rule.row.ends else opening
                return _add_day(folded, citation, act)
    return citation


def _find_opening(folded: FoldedText, body: PlacedName) -> re.Match[str] | None:
    """How the clause begins that a body opens."""
    return _OPENING.search(folded.lower, max(0, body.start - _LONGEST_OPENING), body.start)


def _may_issue(
    number: DocumentNumber, name: NameMention, rule: _Rule, opening: re.Match[str] | None
) -> bool:
    if rule.row.opens and opening is None:
        return False
    is_unknown = rule.row.opens and load_registry().issuer(number.issuer or "") is None
    return is_unknown or stands_for(number, name.name)


def _add_day(folded: FoldedText, citation: Citation, said: re.Match[str] | None) -> Citation:
    """The citation with the day on which a clause says that it was issued."""
    iso = read_date(said) if said and said["day"] and not citation.dates else None
    if said is None or iso is None or int(iso[:4]) != (citation.year or int(iso[:4])):
        return citation
    span = folded.source_span(said.start("day"), said.end("date"))
    return replace(citation, dates=(StatedDate(iso, span),))


def _list_gaps(
    folded: FoldedText, rule: _Rule, place: Place, names: Sequence[PlacedName]
) -> Iterator[tuple[PlacedName, int, int]]:
    """The names on one side, the nearest first, each with the gap to the citation."""
    if rule.row.at == "behind":
        limit = min(place.limit, place.end + _REACH)
        for index in range(bisect_right(names, place.end, key=_START), len(names)):
            if names[index].start >= limit:
                return
            if rule.ends.match(folded.lower, names[index].end):
                yield names[index], place.end, names[index].start
    else:
        floor = max(place.last, place.start - _REACH)
        for index in reversed(range(bisect_left(names, place.start, key=_END))):
            if names[index].end <= floor:
                return
            yield names[index], names[index].end, place.start


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
