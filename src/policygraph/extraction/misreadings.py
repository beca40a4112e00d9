"""Finds what optical character recognition misread: digits and codes that cannot be as they stand.

Nothing is corrected: which digit stood there, nobody can say. What is found is told to the reader,
and no citation is read from it. The rows of data/rules/misreadings.toml are precise rather than
complete; a wrong digit in the place of another digit shows to nobody.
"""

from __future__ import annotations

import re
import tomllib
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache, lru_cache
from typing import Literal

from ahocorasick_rs import AhoCorasick

from policygraph.document_types import load_document_types, type_codes
from policygraph.errors import DataError
from policygraph.lexicon import Row, either, load_rows, make_automaton
from policygraph.resources import data_file
from policygraph.span import Span
from policygraph.text import FoldedText, fold, fold_whole, tidy

_LONGEST_SERIAL = 16  # a serial with its year, before the code
_WORD_OPENS_BEHIND = " \n\t,;:([“\"'‘*"
_MOST_NOTES = 5
_BLOT = "\0"  # folded texts have none


@dataclass(frozen=True, slots=True, kw_only=True)
class MisreadingRule(Row):
    """A way to misread; data/rules/misreadings.toml says what each field means."""

    what: Literal["number", "date", "term", "provision"]
    anchors: tuple[str, ...]
    at: Literal["word", "behind"]
    pattern: str


@dataclass(frozen=True, slots=True)
class Misreading:
    """What was misread: its source span in code points, and the row that tells so."""

    span: Span
    rule: MisreadingRule


@dataclass(frozen=True, slots=True)
class CompiledRule:
    """A rule with its pattern ready to match."""

    row: MisreadingRule
    pattern: re.Pattern[str]


@dataclass(frozen=True, slots=True)
class Finder:
    """Finds the anchors of rules in one pass; `rules` are those of each anchor."""

    anchors: AhoCorasick = field(repr=False)
    rules: tuple[tuple[CompiledRule, ...], ...]


def find_misreadings(folded: FoldedText) -> tuple[Misreading, ...]:
    """What was misread in a text, by start, without overlap: of two that overlap the first."""
    found: dict[tuple[int, int], MisreadingRule] = {}
    for start, end, row in _match_rules(folded.text, folded.lower):
        found.setdefault((start, end), row)
    return tuple(
        Misreading(folded.source_span(start, end), found[start, end])
        for start, end in _drop_overlapping(found)
    )


def blot_misreadings(folded: FoldedText) -> FoldedText:
    """The text with signs that no rule reads in the place of each number that was misread."""
    matched = _match_rules(folded.text, folded.lower)
    misread = _drop_overlapping({(a, b) for a, b, row in matched if row.what == "number"})
    if not misread:
        return folded
    text, lower = (_blot(view, misread) for view in (folded.text, folded.lower))
    return folded._replace(text=text, lower=lower)


def describe_misreadings(text: str) -> tuple[str, ...]:
    """Notes for the reader of a text: the first five misreadings, and how many more there are."""
    notes: dict[str, None] = {}
    for misreading in find_misreadings(fold_whole(text)):
        surface = tidy(text[misreading.span.start : misreading.span.end])
        what = misreading.rule.what
        notes[f"“{surface}” looks misread by OCR; it was not read as a {what}"] = None
    first, more = tuple(notes)[:_MOST_NOTES], len(notes) - _MOST_NOTES
    return (*first, f"{more} more look misread by OCR") if more > 0 else first


@lru_cache(maxsize=1)
def _match_rules(text: str, lower: str) -> tuple[tuple[int, int, MisreadingRule], ...]:
    """Start, end and row of whatever a rule matches, in folded offsets.

    It is asked for twice, for the citations and for the notes, of one text at a time.
    """
    finder = load_finder()
    return tuple(
        (*span, rule.row)
        for anchor, start, end in finder.anchors.find_matches_as_indexes(lower, overlapping=True)
        for rule in finder.rules[anchor]
        if (span := _match(rule, text, start, end))
    )


def _drop_overlapping(spans: Iterable[tuple[int, int]]) -> list[tuple[int, int]]:
    """The spans, sorted, without those that begin inside one before."""
    kept: list[tuple[int, int]] = []
    for start, end in sorted(spans):
        if not kept or start >= kept[-1][1]:
            kept.append((start, end))
    return kept


def _match(rule: CompiledRule, text: str, anchor: int, behind: int) -> tuple[int, int] | None:
    """Where the rule matches at an anchor that ends at `behind`."""
    if rule.row.at == "behind":
        match = rule.pattern.match(text, behind)
        return (anchor, match.end()) if match else None
    match = rule.pattern.match(text, _find_word(text, anchor))
    return match.span() if match else None


def _find_word(text: str, anchor: int) -> int:
    """Where the word begins that holds an anchor; what is too long for a number begins there."""
    start, least = anchor, max(0, anchor - _LONGEST_SERIAL)
    while start > least and text[start - 1] not in _WORD_OPENS_BEHIND:
        start -= 1
    return start


def _blot(text: str, spans: Sequence[tuple[int, int]]) -> str:
    parts, last = [], 0
    for start, end in spans:
        parts += [text[last:start], _BLOT * (end - start)]
        last = end
    return "".join([*parts, text[last:]])


@cache
def load_finder() -> Finder:
    """The rules by their anchors.

    Raises:
        DataError: a malformed file, part or pattern.
    """
    path = data_file("rules", "misreadings.toml")
    given = tomllib.loads(path.read_text(encoding="utf-8"))["parts"]
    lists = {
        "digit": list("0123456789"),
        "type": sorted(type_codes()),
        "word": [word for row in load_document_types().values() for word in row.phrases],
    }
    parts = {"type": either(lists["type"]), **given}
    rules: dict[str, list[CompiledRule]] = defaultdict(list)
    for row in load_rows(path, MisreadingRule):
        rule = _compile(row, parts)
        for anchor in _spell_out(row.anchors, lists):
            rules[anchor].append(rule)
    return Finder(make_automaton(rules), tuple(map(tuple, rules.values())))


def _compile(row: MisreadingRule, parts: Mapping[str, str]) -> CompiledRule:
    pattern = row.pattern
    try:
        while "$" in pattern:
            pattern = re.sub(r"\$([a-z]+)", lambda name: parts[name[1]], pattern)
        return CompiledRule(row, re.compile(pattern))
    except (re.error, KeyError) as error:
        place = f"data/rules/misreadings.toml: row {row.id}"
        raise DataError(f"the pattern does not compile: {error}", place=place) from error


def _spell_out(anchors: tuple[str, ...], lists: Mapping[str, list[str]]) -> Iterator[str]:
    """The anchors as they stand in a folded text in lower case, one for each word of a list."""
    for anchor in anchors:
        name = next((name for name in lists if f"${name}" in anchor), None)
        for word in lists[name] if name else [""]:
            yield fold(anchor.replace(f"${name}", word)).lower
