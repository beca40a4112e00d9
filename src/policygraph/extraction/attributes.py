"""Reads what a text says of a cited document around the citation: date, issuer, title, signer.

Behind the designator the attributes follow one another ("…, ngày 03/6/2013 của Ban Chấp hành Trung
ương (khóa XI) về …"), each read where the last one ended. A list shares the issuer that stands at
its end. A date may also stand before, with the words that say it was issued then.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from itertools import accumulate
from typing import Literal

from policygraph.document_types import load_document_types
from policygraph.extraction.coded_issuers import Place, PlacedName, add_coded_issuer
from policygraph.extraction.dates import DATE, read_date
from policygraph.extraction.grammar import load_grammar, read_ordinal
from policygraph.extraction.nested_issuers import pass_up_issuers
from policygraph.extraction.persons import read_person_before
from policygraph.extraction.row_dates import find_row_date
from policygraph.lexicon import Row, load_rows
from policygraph.model import Citation, NameMention, StatedDate
from policygraph.resources import data_file
from policygraph.roman import to_roman
from policygraph.span import Span
from policygraph.text import FoldedText

_LONGEST_TITLE = 400
_LONGEST_CLAUSE = 700
_REACH_BEFORE = 100
_REACH_OF_VERB = 14
_REACH_BEFORE_SIGNER = 200
_SHORTEST_TITLE_WORDS = 3

# A space alone parts serials ("Nghị quyết 59 70 71").
_LIST_GAP = re.compile(r"\s{0,2}(?:[,;]|[,;]?\s?và)\s{0,2}|\s")
_DATED_BEFORE = re.compile(rf"ngày\s{{0,2}}{DATE}")
_CLAUSE_START = re.compile(r"[.;!?…][\s”\")]|\n")
_TITLE_END = re.compile(r"[.;\n“”\"]|\s\(|,\s(?:ngày|trong đó|đồng thời|nhằm|với|đến nay|qua đó)\s")
_COMMA = re.compile(r",\s{1,2}")
_ISSUES = re.compile(
    r"\s(?:(?:đã|vừa|mới|tiếp tục|kịp thời)\s){0,2}(?:ký\s)?(?:ban hành|xây dựng|có|ra)\s"
)
_HELD_TERM = re.compile(r"\skhóa\s([ivx]{1,6}|\d{1,2})$")
_QUOTED = {
    "“": re.compile(r"“\s?([^“”]{3,400}?)\s?[”\"]"),
    '"': re.compile(r'"\s?([^"]{3,400}?)\s?"'),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class AttributeRule(Row):
    """One way to say more of a cited document; data/rules/attributes.toml says what fields mean."""

    at: Literal["behind", "before"]
    gives: Literal[
        "date", "issuer", "plenum", "centre", "term", "title", "year", "signer", "nothing"
    ]
    pattern: str
    not_after: str = ""
    not_before: str = ""


@dataclass(frozen=True, slots=True)
class _Rule:
    """A rule with its pattern ready to match in folded lower case."""

    row: AttributeRule
    pattern: re.Pattern[str]
    not_after: re.Pattern[str] | None
    not_before: re.Pattern[str] | None


@cache
def load_attribute_rules() -> tuple[_Rule, ...]:
    """The compiled rules in file order."""
    rows = load_rows(data_file("rules", "attributes.toml"), AttributeRule)
    return tuple(
        _Rule(
            row,
            re.compile(row.pattern.replace("{date}", DATE).replace("{name}", "")),
            re.compile(row.not_after) if row.not_after else None,
            re.compile(row.not_before) if row.not_before else None,
        )
        for row in rows
    )


@cache
def _list_rules(at: Literal["behind", "before"]) -> tuple[_Rule, ...]:
    return tuple(rule for rule in load_attribute_rules() if rule.row.at == at)


def complete_citations(
    folded: FoldedText, citations: Sequence[Citation], organisations: Sequence[NameMention]
) -> list[Citation]:
    """The citations with the dates, issuers, terms and titles that stand around them.

    `citations` are sorted; spans are source offsets, those of issuers are organisations' spans.
    """
    names = {folded.folded_offset(name.span.start): name for name in organisations}
    starts = [folded.folded_offset(citation.span.start) for citation in citations]
    ends = [folded.folded_offset(citation.span.end) for citation in citations]
    limits = [*starts, len(folded.text)][1:]
    completed = [
        _read_behind(folded, citation, end, limit, names)
        for citation, end, limit in zip(citations, ends, limits, strict=True)
    ]
    completed = pass_up_issuers(folded, completed, {n.span: n.name for n in organisations})
    _share_in_lists(folded, completed, starts, ends)
    completed = [
        _read_row(folded, citation, start, end)
        for citation, start, end in zip(completed, starts, ends, strict=True)
    ]
    attached = {stated.span for citation in completed for stated in citation.dates}
    names_by_end = {folded.folded_offset(name.span.end): name for name in organisations}
    dated = [
        _read_before(folded, citation, start, attached, names_by_end)
        for citation, start in zip(completed, starts, strict=True)
    ]
    places = map(Place, [0, *ends], starts, ends, limits)
    bodies = [
        PlacedName(start, folded.folded_offset(name.span.end), name)
        for start, name in names.items()
    ]
    coded = [
        add_coded_issuer(folded, one, place, bodies)
        for one, place in zip(dated, places, strict=True)
    ]
    return list(accumulate(coded, _share_before))


def _share_before(last: Citation, item: Citation) -> Citation:
    """An issuer or a date before a list is that of all its items."""
    is_item = item.rule.startswith("list-") and item.form == "numbered"
    if is_item and not item.issuer and last.issuer and last.issuer.end <= last.span.start:
        item = replace(item, issuer=last.issuer)
    return _share_date_before(last, item)


def _read_row(folded: FoldedText, citation: Citation, start: int, end: int) -> Citation:
    """The citation with the date that a list of papers gives beside number and title."""
    stated = None if citation.dates else find_row_date(folded, start, end)
    return replace(citation, dates=(stated,)) if stated else citation


def _share_date_before(last: Citation, item: Citation) -> Citation:
    """A date before a list is that of all its items ("Ngày …, … có các Quyết định 217, 218")."""
    is_shared = item.rule.startswith("list-") and item.form == "numbered" and not item.dates
    if is_shared and last.dates and last.dates[0].span.end <= last.span.start:
        return replace(item, dates=last.dates)
    if is_shared and last.dates and last.rule.startswith("list-"):
        return replace(item, dates=last.dates)
    return item


def _read_behind(
    folded: FoldedText,
    citation: Citation,
    position: int,
    limit: int,
    names: Mapping[int, NameMention],
) -> Citation:
    """One pass over what follows; every rule gives at most once, the title ends it."""
    start = folded.folded_offset(citation.span.start)
    rules = [
        rule
        for rule in _list_rules("behind")
        if rule.not_after is None or not _speaks_of_another(folded, rule.not_after, start)
    ]
    while rules:
        for rule in rules:
            match = rule.pattern.match(folded.lower, position)
            if match and (read := _apply(folded, citation, rule, match, limit, names)):
                citation, position = read
                rules = [] if rule.row.gives == "title" else _without(rules, rule)
                break
        else:
            break
    return citation


def _speaks_of_another(folded: FoldedText, not_after: re.Pattern[str], start: int) -> bool:
    """Whether a rule would speak of the document that carries this one out."""
    before = max(0, start - _REACH_OF_VERB)
    return not_after.search(folded.lower, before, start) is not None


def _without(rules: list[_Rule], used: _Rule) -> list[_Rule]:
    gives = used.row.gives
    return [r for r in rules if r is not used and (gives == "nothing" or r.row.gives != gives)]


def _apply(
    folded: FoldedText,
    citation: Citation,
    rule: _Rule,
    match: re.Match[str],
    limit: int,
    names: Mapping[int, NameMention],
) -> tuple[Citation, int] | None:
    """The citation with what the match gives, and where reading goes on; None if it gives none."""
    match rule.row.gives:
        case "date":
            stated = _state_date(folded, match)
            if stated is None or _opens_clause(folded, match, names):
                return None
            return replace(citation, dates=(stated,)), match.end()
        case "issuer":
            name = names.get(match.end())
            if name is None or _does_otherwise(folded, rule, name):
                return None
            return _take_issuer(folded, citation, name)
        case "term":
            term = _read_term(match)
            if citation.term or term is None:
                return None
            return replace(citation, term=term), match.end()
        case "plenum":
            term = citation.term or _read_term(match)
            plenum = citation.plenum or str(int(match["plenum"]))
            return replace(citation, plenum=plenum, term=term), match.end()
        case "centre":
            return replace(citation, is_central=True), match.end()
        case "title":
            title = _read_title(folded, match.end(), limit)
            return (replace(citation, title=title), match.end()) if title else None
        case "year":
            year = citation.year or int(match["year_alone"])
            return replace(citation, year=year), match.end()
        case "signer":
            signer = read_person_before(folded, match.end("person"))
            return (replace(citation, signer=signer), match.end()) if signer else None
        case "nothing":
            return citation, match.end()


def _does_otherwise(folded: FoldedText, rule: _Rule, name: NameMention) -> bool:
    """Whether the words behind a body say that it did something else than give the document out."""
    end = folded.folded_offset(name.span.end)
    return rule.not_before is not None and rule.not_before.match(folded.lower, end) is not None


def _read_term(match: re.Match[str]) -> str | None:
    """The congress term of a match in Roman numerals."""
    term = read_ordinal(match["term"], load_grammar())
    return to_roman(term) if term else None


def _opens_clause(
    folded: FoldedText, date: re.Match[str], names: Mapping[int, NameMention]
) -> bool:
    """Whether a date is that of what a body then gives out: "…, ngày 2/6, UBND tỉnh ban hành …"."""
    comma = _COMMA.match(folded.lower, date.end())
    name = names.get(comma.end()) if comma and date[0].startswith(",") else None
    return bool(name and _ISSUES.match(folded.lower, folded.folded_offset(name.span.end)))


def _take_issuer(folded: FoldedText, citation: Citation, name: NameMention) -> tuple[Citation, int]:
    """The issuer, with the term that its name may hold ("Bộ Chính trị khóa IX")."""
    end = folded.folded_offset(name.span.end)
    held = _HELD_TERM.search(folded.lower, folded.folded_offset(name.span.start), end)
    term = read_ordinal(held[1], load_grammar()) if held and not citation.term else None
    return replace(citation, issuer=name.span, term=to_roman(term) if term else citation.term), end


def _state_date(folded: FoldedText, match: re.Match[str]) -> StatedDate | None:
    iso = read_date(match)
    return StatedDate(iso, folded.source_span(match.start("day"), match.end())) if iso else None


def _read_title(folded: FoldedText, start: int, limit: int) -> Span | None:
    """The title from `start` on: what the quotation marks hold, or up to where a title ends."""
    text = folded.text
    if start < len(text) and (pattern := _QUOTED.get(text[start])):
        quoted = pattern.match(text, start)
        if quoted is None:
            return None
        start, end = quoted.span(1)
    else:
        stop = _TITLE_END.search(text, start, min(limit, start + _LONGEST_TITLE))
        if stop is None and limit < len(text):
            return None  # it runs into another citation: a relation, not a subject
        end = stop.start() if stop else min(limit, start + _LONGEST_TITLE)
    title = text[start:end]
    if len(title.split()) < _SHORTEST_TITLE_WORDS:
        return None
    return folded.source_span(start, start + len(title.rstrip(" ,")))


def _share_in_lists(
    folded: FoldedText, citations: list[Citation], starts: list[int], ends: list[int]
) -> None:
    """What the last item of a list says holds for all: its issuer, in one enumeration its date."""
    for i in range(len(citations) - 2, -1, -1):
        item, following = citations[i], citations[i + 1]
        gap = _LIST_GAP.fullmatch(folded.lower, ends[i], starts[i + 1])
        if gap is None or item.form != following.form:
            continue
        if item.type != following.type and not _are_pair(item, following, gap[0]):
            continue
        if item.issuer is None and item.title is None:
            item = replace(item, issuer=following.issuer, term=item.term or following.term)
        if not item.dates and following.rule.startswith("list-") and item.form == "numbered":
            item = replace(item, dates=following.dates)
        citations[i] = item


def _are_pair(item: Citation, following: Citation, gap: str) -> bool:
    """Whether two of types that share an issuer are joined by "và" and bear one code."""
    type_ = load_document_types().get(item.type or "")
    if item.number is None or following.number is None or not (type_ and type_.shares_issuer):
        return False
    is_one = bool(item.number.issuer) and item.number.issuer == following.number.issuer
    return is_one and gap.strip(" ,;") == "và"


def _read_before(
    folded: FoldedText,
    citation: Citation,
    start: int,
    attached: set[Span],
    ends: Mapping[int, NameMention],
) -> Citation:
    """Who issued it, and when, as the words right before it say."""
    near = _find_clause_start(folded, start, _REACH_BEFORE)
    for rule in _list_rules("before"):
        if _has_given(citation, rule):
            continue
        match = rule.pattern.search(folded.lower, near, start)
        if match is None:
            continue
        clause = _find_clause_start(folded, start, _LONGEST_CLAUSE)
        if rule.row.gives == "signer":
            citation = replace(citation, signer=_find_signer(folded, rule, clause, start))
        elif rule.row.gives == "issuer":
            name = ends.get(match.start())
            if name and not _is_law_of_other(citation, name):
                citation = replace(citation, issuer=name.span)
        elif rule.row.gives == "date":
            free = [d for d in _find_dates(folded, clause, start) if d.span not in attached]
            citation = replace(citation, dates=tuple(free[-1:]))
    return citation


def _is_law_of_other(citation: Citation, name: NameMention) -> bool:
    """Whether a law is said to be given out by a body that gives out none."""
    type_ = load_document_types().get(citation.type or "")
    return type_ is not None and type_.is_named and not type_.may_be_of(name.name)


def _has_given(citation: Citation, rule: _Rule) -> bool:
    """Whether a citation has what a rule gives already."""
    match rule.row.gives:
        case "signer":
            return citation.signer is not None
        case "issuer":
            return citation.issuer is not None
        case "date":
            return bool(citation.dates)
    return False


def _find_signer(folded: FoldedText, rule: _Rule, clause: int, start: int) -> Span | None:
    """The first person before the citation behind whose name the rule goes on up to it."""
    position = max(clause, start - _REACH_BEFORE_SIGNER)
    while match := rule.pattern.search(folded.lower, position, start):
        if signer := read_person_before(folded, match.start()):
            return signer
        position = match.start() + 1
    return None


def _find_clause_start(folded: FoldedText, end: int, reach: int) -> int:
    """Where the clause before an offset begins, but no farther from it than it reaches."""
    start = max(0, end - reach)
    stops = [stop.end() for stop in _CLAUSE_START.finditer(folded.text, max(0, start - 1), end)]
    return max(start, stops[-1]) if stops else start


def _find_dates(folded: FoldedText, start: int, end: int) -> Iterator[StatedDate]:
    for match in _DATED_BEFORE.finditer(folded.lower, start, end):
        if stated := _state_date(folded, match):
            yield stated
