"""Loads the rows of data/, checks them, and finds their phrases in text.

A vocabulary is a TOML file of `[[row]]` tables; each row is one thing, with examples that must be
found, counter-examples that must not, and a source. The module that uses a vocabulary declares the
dataclass of its rows; `load_rows` checks every field against it, so that a misspelt or missing
field is an error that names the file, the row and the field.
"""

from __future__ import annotations

import dataclasses
import re
import tomllib
import types
import typing
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Generic, NamedTuple, TypeVar

from ahocorasick_rs import AhoCorasick, Implementation, MatchKind

from policygraph.errors import DataError
from policygraph.text import FoldedText, fold


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """What every row of a rule or vocabulary file holds.

    Attributes:
        id: unique in its file; mentions and statements name it as the rule that fired.
        source: where the row comes from: a document, a corpus count, a table.
        examples: texts in which the row must fire.
        counter_examples: texts in which it must not.
    """

    id: str
    source: str
    examples: tuple[str, ...] = ()
    counter_examples: tuple[str, ...] = ()
    note: str = ""


_FEW = 200  # phrases

R = TypeVar("R", bound=Row)
T = TypeVar("T")


def load_rows(path: Path, row_type: type[R], *, table: str = "row") -> tuple[R, ...]:
    """The rows of a TOML file, in file order.

    Raises:
        DataError: malformed TOML, an unknown or missing field, a wrong type, an id used twice.
    """
    try:
        tables = tomllib.loads(path.read_text(encoding="utf-8")).get(table, [])
    except tomllib.TOMLDecodeError as error:
        raise DataError(f"not valid TOML: {error}", place=path) from error
    rows: dict[str, R] = {}
    for number, values in enumerate(tables, 1):
        row = _make_row(path, number, values, row_type)
        if row.id in rows:
            raise DataError(f"the id {row.id!r} is used twice", place=path)
        rows[row.id] = row
    return tuple(rows.values())


def _make_row(path: Path, number: int, values: Mapping[str, Any], row_type: type[R]) -> R:
    place = f"{path}: row {values.get('id', number)}"
    fields = {f.name: f for f in dataclasses.fields(row_type)}
    if unknown := sorted(set(values) - set(fields)):
        raise DataError(f"unknown field {unknown[0]!r}", place=place)
    required = [n for n, f in fields.items() if _is_required(f)]
    if missing := [name for name in required if name not in values]:
        raise DataError(f"the field {missing[0]!r} is missing", place=place)
    hints = typing.get_type_hints(row_type)
    frozen = {name: _freeze(value) for name, value in values.items()}
    for name, value in frozen.items():
        if not _accepts(hints[name], value):
            raise DataError(f"{name!r} may not be {value!r}", place=place)
    return row_type(**frozen)


def _accepts(expected: Any, value: Any) -> bool:
    arguments = typing.get_args(expected)
    match typing.get_origin(expected):
        case typing.Literal:
            return value in arguments
        case types.UnionType:
            return any(_accepts(argument, value) for argument in arguments)
        case None:
            return isinstance(value, expected)
        case origin:
            return isinstance(value, origin)


def _is_required(field_: dataclasses.Field[Any]) -> bool:
    return field_.default is dataclasses.MISSING and field_.default_factory is dataclasses.MISSING


def _freeze(value: Any) -> Any:
    return tuple(_freeze(item) for item in value) if isinstance(value, list) else value


def either(phrases: Iterable[str]) -> str:
    """A pattern of any of the phrases, to stand in brackets: the longest first.

    Phrases of one first letter share it, so that a match tries the few of that letter alone. They
    do not where a letter opens some of them in its other case: there "(?i:…)" would try them in
    another order.
    """
    longest_first = sorted(phrases, key=lambda phrase: len(re.escape(phrase)), reverse=True)
    rests: dict[str, list[str]] = {}
    for phrase in longest_first:
        rests.setdefault(phrase[:1], []).append(re.escape(phrase[1:]))
    if len({letter.lower() for letter in rests}) < len(rests):
        return "|".join(map(re.escape, longest_first))
    return "|".join(f"{re.escape(letter)}(?:{'|'.join(of)})" for letter, of in rests.items())


class Hit(NamedTuple, Generic[T]):
    """A phrase found as whole words: folded offsets, and what the phrase belongs to."""

    start: int
    end: int
    value: T


@dataclass(frozen=True, slots=True)
class PhraseMatcher(Generic[T]):
    """Finds any number of phrases in one pass over the folded, lower-case text.

    Build it once from (phrase, value) pairs; a phrase may come with several values. Phrases match
    whole words whatever their letter case and tone placement; white space in a phrase matches one
    space only (tidy the text's line breaks first where they matter).
    """

    phrases: tuple[str, ...]
    values: tuple[tuple[T, ...], ...]
    automaton: AhoCorasick = field(repr=False)

    @staticmethod
    def build(phrases: Iterable[tuple[str, T]]) -> PhraseMatcher[T]:
        grouped: dict[str, list[T]] = {}
        for phrase, value in phrases:
            grouped.setdefault(fold(phrase).lower, []).append(value)
        values = tuple(tuple(values) for values in grouped.values())
        return PhraseMatcher(tuple(grouped), values, make_automaton(grouped))

    def find(self, folded: FoldedText) -> list[Hit[T]]:
        """All hits, overlapping ones too: by start, the longest first."""
        found = _find_whole_words(self.automaton, folded)
        return [Hit(start, end, value) for start, end, i in found for value in self.values[i]]


@dataclass(frozen=True, slots=True)
class JointMatcher:
    """Several matchers that one pass over a text serves: each gets the hits of its own phrases."""

    size: int
    values: tuple[tuple[tuple[int, Any], ...], ...]
    automaton: AhoCorasick = field(repr=False)

    @staticmethod
    def join(matchers: Sequence[PhraseMatcher[Any]]) -> JointMatcher:
        grouped: dict[str, list[tuple[int, Any]]] = {}
        for index, matcher in enumerate(matchers):
            for phrase, values in zip(matcher.phrases, matcher.values, strict=True):
                grouped.setdefault(phrase, []).extend((index, value) for value in values)
        values = tuple(tuple(each) for each in grouped.values())
        return JointMatcher(len(matchers), values, make_automaton(grouped))

    def find(self, folded: FoldedText) -> list[list[Hit[Any]]]:
        """For each matcher what its own `find` would give."""
        hits: list[list[Hit[Any]]] = [[] for _ in range(self.size)]
        for start, end, phrase in _find_whole_words(self.automaton, folded):
            for matcher, value in self.values[phrase]:
                hits[matcher].append(Hit(start, end, value))
        return hits


def make_automaton(phrases: Collection[str]) -> AhoCorasick:
    """An automaton of phrases, which overlap; of many no DFA, which is twice as fast by itself:
    its tables fall out of the processor's cache from one text to the next."""
    is_small = len(phrases) <= _FEW
    implementation = Implementation.DFA if is_small else Implementation.ContiguousNFA
    return AhoCorasick(phrases, matchkind=MatchKind.Standard, implementation=implementation)


def _find_whole_words(automaton: AhoCorasick, folded: FoldedText) -> list[tuple[int, int, int]]:
    """Start, end and index of the phrases that are whole words: by start, the longest first."""
    text, size = folded.text, len(folded.text)
    found = []
    for phrase, start, end in automaton.find_matches_as_indexes(folded.lower, overlapping=True):
        # What is no letter or digit makes an edge: so it is for most, and needs no call.
        if start and text[start - 1].isalnum() and not _is_edge(text, start):
            continue
        if end < size and text[end].isalnum() and not _is_edge(text, end):
            continue
        found.append((start, -end, phrase))
    found.sort()
    return [(start, -end, phrase) for start, end, phrase in found]


def _is_edge(text: str, at: int) -> bool:
    """Whether a word begins or ends here, glued ones too ("TheoLuật", "Nghị định116")."""
    if not 0 < at < len(text):
        return True
    before, after = text[at - 1], text[at]
    if not (before.isalnum() and after.isalnum()):
        return True
    return (before.islower() and after.isupper()) or (before.isalpha() and after.isdigit())


def keep_longest(hits: Sequence[Hit[T]]) -> list[Hit[T]]:
    """Of sorted hits, those that no earlier or longer kept hit overlaps."""
    kept: list[Hit[T]] = []
    for hit in hits:
        if not kept or hit.start >= kept[-1].end:
            kept.append(hit)
    return kept
