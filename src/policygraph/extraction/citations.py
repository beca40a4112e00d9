"""Finds the citations of documents: type words, numbers, plenums, congresses, names of laws.

Literal words are found in one pass; patterns are tried only behind them. A list goes on behind its
first number ("Quyết định số 217, số 218"), and a suffix that stands at its end counts for each of
its items ("217, 218-QĐ/TW").
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from policygraph.document_types import (
    DocumentType,
    load_document_types,
    type_codes,
    type_of_code,
    types_of_code,
)
from policygraph.extraction.grammar import (
    CompiledRule,
    Grammar,
    TypeWord,
    load_grammar,
    read_ordinal,
)
from policygraph.extraction.laws import LawReader
from policygraph.extraction.misreadings import blot_misreadings
from policygraph.extraction.phrases import find_phrases
from policygraph.lexicon import Hit
from policygraph.model import Citation
from policygraph.numbering import DocumentNumber, parse_number, serial_key
from policygraph.registry import load_registry
from policygraph.roman import to_roman
from policygraph.span import Span
from policygraph.text import FoldedText

# A capital "Số" that opens a line is a letterhead's, and no part of the number.
_ROW_BEFORE = re.compile(r"(?:^|\n)[ \t]*$")
_ROW_BEHIND = re.compile(r"[ \t]*\n[ \t]*[^\W\d_]")
_LETTERHEAD = re.compile(r"(?:^|\n)\W{0,4}Số\s{0,2}:\s{0,3}$")
_SO = re.compile(r"(?<!\w)(?:số|(?<=[:;,] )Số)\s{0,2}$")


def find_citations(folded: FoldedText) -> list[Citation]:
    """All citations of a text, sorted, without overlap, spans in source offsets.

    Dates, issuers and titles are not filled in: `attributes.complete_citations` reads them.
    A number that was misread gives none.
    """
    grammar = load_grammar()
    folded = blot_misreadings(folded)
    words = [hit for hit in find_phrases(folded).types if _is_spelt(folded, hit)]
    found = _find_typed(folded, grammar, words)
    found += _find_lone_numbers(folded, grammar, found)
    found += _find_repeats(folded, grammar, words, found)
    found.sort(key=lambda citation: citation.span)
    if folded.offsets is None:
        return found
    return [
        replace(citation, span=folded.source_span(citation.span.start, citation.span.end))
        for citation in found
    ]


def _find_typed(
    folded: FoldedText, grammar: Grammar, hits: Sequence[Hit[TypeWord]]
) -> list[Citation]:
    """The citations that the words of document types open."""
    laws = LawReader(folded, grammar)
    found: list[Citation] = []
    position = 0
    starts = [hit.start for hit in hits if not hit.value.is_abbreviation]
    starts.append(len(folded.text) + 1)
    for hit in hits:
        if hit.start < position:
            continue
        limit = starts[bisect_left(starts, hit.end)]
        if citations := _read_behind_type(folded, hit, limit, grammar) or laws.read(hit):
            found += citations
            position = citations[-1].span.end
    return found


def _is_spelt(folded: FoldedText, hit: Hit[TypeWord]) -> bool:
    word = hit.value
    return not word.is_abbreviation or folded.text[hit.start : hit.end] == word.word


def _read_behind_type(
    folded: FoldedText, hit: Hit[TypeWord], limit: int, grammar: Grammar
) -> list[Citation]:
    """The list that a type word opens; a number behind the next type word, at `limit`, is its."""
    text, (start, end, word) = folded.text, hit
    is_capital = text[start].isupper()
    for rule in grammar.behind[word.type.id]:
        if rule.row.needs_capital and not is_capital:
            continue
        match = rule.pattern.match(text, end)
        if match is None or match.end() > limit:
            continue
        if citation := _make_citation(folded, hit, rule, match, grammar):
            items = [citation, *_read_list(folded, citation, grammar)]
            return _share_suffix(items)
    return []


def _make_citation(
    folded: FoldedText,
    hit: Hit[TypeWord],
    rule: CompiledRule,
    match: re.Match[str],
    grammar: Grammar,
) -> Citation | None:
    span = Span(hit.start, match.end())
    if rule.row.form != "numbered":
        return _make_named(span, hit.value.type, rule, match, grammar)
    number = parse_number(match["number"], type_codes())
    if number is None or not _may_stand(folded, hit, match, number, grammar):
        return None
    return Citation(
        span, rule.row.id, "numbered", hit.value.type.id, number, _written(match), year=number.year
    )


def _make_named(
    span: Span, type_: DocumentType, rule: CompiledRule, match: re.Match[str], grammar: Grammar
) -> Citation | None:
    """A citation by plenum or congress; None where its ordinals are none ("khóa IIX")."""
    groups = match.groupdict()
    if rule.row.form == "plenum":
        return _make_plenum(span, type_, rule, groups, grammar)
    congress, term = _name_congress(groups, grammar)
    if congress is None:
        return None
    return Citation(span, rule.row.id, "congress", type_.id, congress=congress, term=term)


def _name_congress(
    groups: Mapping[str, str | None], grammar: Grammar
) -> tuple[str | None, str | None]:
    """What tells a congress from others, and its term where it is the Party's national one."""
    body = " ".join((groups.get("body") or "").split())
    if "congress" not in groups:
        cycle = "".join((groups.get("cycle") or "").split())
        return " ".join(filter(None, (body, cycle))), None
    ordinal = read_ordinal(groups["congress"], grammar)
    if ordinal is None:
        return None, None
    return f"{body or 'toàn quốc'} {to_roman(ordinal)}", None if body else to_roman(ordinal)


def _make_plenum(
    span: Span,
    type_: DocumentType,
    rule: CompiledRule,
    groups: Mapping[str, str | None],
    grammar: Grammar,
) -> Citation | None:
    plenum, sitting, term = (
        read_ordinal(groups[name], grammar) for name in ("plenum", "sitting", "term")
    )
    if plenum is None or (groups["term"] and term is None):
        return None
    name = f"{plenum} (lần {sitting})" if sitting else str(plenum)
    roman = to_roman(term) if term else None
    return Citation(span, rule.row.id, "plenum", type_.id, plenum=name, term=roman)


def _may_stand(
    folded: FoldedText,
    hit: Hit[TypeWord],
    match: re.Match[str],
    number: DocumentNumber,
    grammar: Grammar,
) -> bool:
    """Whether a number behind this type word is a document's number and not a count or a year."""
    if number.style != "bare" or number.year:
        return True
    word, has_so = hit.value, match.groupdict().get("so") is not None
    if word.is_abbreviation and not word.type.abbreviation_serial:
        return False
    if _is_counted(folded, match.end(), number, has_so, grammar):
        return False
    is_capital = folded.text[hit.start].isupper()
    is_issued = grammar.issued.match(folded.text, match.end()) is not None
    match word.type.serial:
        case "capital":
            return has_so or is_capital or is_issued
        case "padded":
            return has_so or (is_capital and (number.serial.startswith("0") or is_issued))
        case _:
            return False


def _is_counted(
    folded: FoldedText, end: int, number: DocumentNumber, has_so: bool, grammar: Grammar
) -> bool:
    is_year = len(number.serial) == 4 and number.serial[:2] in ("19", "20")
    return not has_so and (is_year or grammar.counted.match(folded.lower, end) is not None)


def _read_list(folded: FoldedText, first: Citation, grammar: Grammar) -> Iterator[Citation]:
    """The further items of the list that a citation opens, each from its own first word."""
    last = first
    while True:
        item = next(_read_items(folded, last, grammar), None)
        if item is None:
            return
        yield item
        last = item


def _read_items(folded: FoldedText, last: Citation, grammar: Grammar) -> Iterator[Citation]:
    for rule in grammar.rules["number"]:
        if rule.row.form != last.form:
            continue
        match = rule.pattern.match(folded.text, last.span.end)
        if match and (item := _make_item(folded, last, rule, match, grammar)):
            yield item


def _make_item(
    folded: FoldedText,
    last: Citation,
    rule: CompiledRule,
    match: re.Match[str],
    grammar: Grammar,
) -> Citation | None:
    span = Span(match.end("gap"), match.end())
    if rule.row.form == "plenum":
        return _make_plenum_item(span, last, rule, match.groupdict(), grammar)
    number = parse_number(match["number"], type_codes())
    is_first_letter = last.number is not None and last.number.style != "letter"
    if number is None or (number.style == "letter" and is_first_letter):
        return None
    if number.style == "bare" and not number.year:
        has_so = match["so"] is not None
        is_last = rule.row.ends_itself or grammar.list_end.match(folded.text, match.end())
        if not is_last or _is_counted(folded, match.end(), number, has_so, grammar):
            return None
    return replace(
        last,
        span=span,
        rule=rule.row.id,
        number=number,
        written=_written(match),
        year=number.year,
    )


def _make_plenum_item(
    span: Span,
    last: Citation,
    rule: CompiledRule,
    groups: Mapping[str, str | None],
    grammar: Grammar,
) -> Citation | None:
    """A further plenum of a list ("Trung ương 6, Trung ương 7"), or the same of a further term."""
    if "plenum" in groups and last.type:
        item = _make_plenum(span, load_document_types()[last.type], rule, groups, grammar)
        return item if item and item.plenum != last.plenum else None
    term = read_ordinal(groups["term"], grammar)
    if not (term and last.term):
        return None
    return replace(last, span=span, rule=rule.row.id, term=to_roman(term))


def _written(match: re.Match[str]) -> str:
    return " ".join(match["number"].split())


def _share_suffix(items: list[Citation]) -> list[Citation]:
    """Bare serials take the suffix of the next full number of their list, plenums the next term."""
    suffix: str | None = None
    term: str | None = None
    shared: list[Citation] = []
    for item in reversed(items):
        if item.form == "plenum":
            item = replace(item, term=item.term or term)
            term = item.term
        if item.number is not None and item.written is not None:
            if item.number.issuer:
                suffix = item.written[len(item.number.serial) :]
            elif suffix and item.number.style == "bare" and not item.number.year:
                written = item.written + suffix
                number = parse_number(written, type_codes())
                item = replace(item, written=written, number=number)
        shared.append(item)
    return shared[::-1]


def _find_lone_numbers(
    folded: FoldedText, grammar: Grammar, found: list[Citation]
) -> Iterator[Citation]:
    """Numbers with a type code that no type word introduces ("25-NQ/TW")."""
    taken = sorted(citation.span for citation in found)
    for rule in grammar.rules["text"]:
        for match in rule.pattern.finditer(folded.text):
            number = parse_number(match["number"], type_codes())
            if number is None or not _may_stand_alone(folded, match, number):
                continue
            so = _SO.search(folded.text, max(0, match.start() - 8), match.start())
            span = Span(so.start() if so else match.start(), match.end())
            if _is_free(span, taken):
                type_ = type_of_code(number.type) if number.type else None
                yield Citation(
                    span, rule.row.id, rule.row.form, type_, number, _written(match),
                    year=number.year,
                )  # fmt: skip


def _may_stand_alone(folded: FoldedText, match: re.Match[str], number: DocumentNumber) -> bool:
    """Whether a number is one without a type word: not a letter's, but in its own letterhead."""
    if number.style == "letter":
        before = folded.text[max(0, match.start() - 12) : match.start()]
        if number.unit is None:
            return False
        return _LETTERHEAD.search(before) is not None or _is_row(folded, match, number)
    return number.style != "bare"


def _is_row(folded: FoldedText, match: re.Match[str], number: DocumentNumber) -> bool:
    """Whether a letter's number stands alone in its line, as portals list papers."""
    begins = _ROW_BEFORE.search(folded.text, max(0, match.start() - 4), match.start())
    ends = _ROW_BEHIND.match(folded.text, match.end())
    return bool(begins and ends and load_registry().issuer(number.issuer or ""))


def _is_free(span: Span, taken: Sequence[Span]) -> bool:
    """Whether a span overlaps none of the sorted spans."""
    before = bisect_left(taken, span.end, key=lambda other: other.start) - 1
    return before < 0 or not taken[before].overlaps(span)


def _find_repeats(
    folded: FoldedText, grammar: Grammar, hits: Sequence[Hit[TypeWord]], found: Sequence[Citation]
) -> Iterator[Citation]:
    """Serials that could be counts, of documents whose full number stands in the text."""
    full = {
        (type_, serial_key(citation.number))
        for citation in found
        if citation.number and citation.number.style != "bare"
        for type_ in {citation.type, *types_of_code(citation.number.type or "")}
    }
    types = {type_ for type_, _ in full}
    taken = sorted(citation.span for citation in found)
    for hit in hits:
        type_ = hit.value.type.id
        for rule in grammar.rules["repeat"] if type_ in types else ():
            match = rule.pattern.match(folded.text, hit.end)
            if match is None:
                continue
            number, span = DocumentNumber(match["number"]), Span(hit.start, match.end())
            is_known = (type_, serial_key(number)) in full
            is_counted = _is_counted(folded, match.end(), number, bool(match["so"]), grammar)
            if is_known and not is_counted and _is_free(span, taken):
                yield Citation(span, rule.row.id, "numbered", type_, number, _written(match))
