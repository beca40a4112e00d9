"""The grammar of citations, compiled from data/rules/citations.toml and the vocabularies."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Literal

from policygraph.document_types import DocumentType, load_document_types
from policygraph.errors import DataError
from policygraph.lexicon import PhraseMatcher, Row, load_rows
from policygraph.model import Form
from policygraph.resources import data_file
from policygraph.roman import from_roman
from policygraph.text import LOWER, UPPER

Anchor = Literal["type", "number", "text", "repeat"]


@dataclass(frozen=True, slots=True, kw_only=True)
class CitationRule(Row):
    """One way to write a citation; data/rules/citations.toml says what each field means."""

    after: Anchor
    form: Form
    pattern: str
    types: tuple[str, ...] = ()
    needs_capital: bool = False
    ends_itself: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class LawName(Row):
    """The name of a law, without its type word; aliases are other spellings of it."""

    type: str
    name: str
    aliases: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class CompiledRule:
    """A rule with its pattern ready to match."""

    row: CitationRule
    pattern: re.Pattern[str]


@dataclass(frozen=True, slots=True)
class TypeWord:
    """A word that opens a citation; an abbreviation counts only in its own letter case."""

    type: DocumentType
    word: str
    is_abbreviation: bool


@dataclass(frozen=True, slots=True)
class Grammar:
    """All that reading a citation needs.

    Attributes:
        rules: by the place they apply in, in file order.
        behind: those that apply behind the words of each type, by its id.
        type_words: finds the words of document types.
        law_names: finds "Luật Đất đai" whole; gives the canonical name.
    """

    rules: Mapping[Anchor, tuple[CompiledRule, ...]]
    behind: Mapping[str, tuple[CompiledRule, ...]]
    type_words: PhraseMatcher[TypeWord]
    law_names: PhraseMatcher[str]
    ordinals: Mapping[str, int]
    counted: re.Pattern[str]
    issued: re.Pattern[str]
    list_end: re.Pattern[str]
    name_end: frozenset[str]
    no_law: re.Pattern[str]
    no_law_before: re.Pattern[str]


#: A list that goes on with a whole number: "quyết định 106, 107/QĐ-TTg".
_SUFFIXED = rf"(?:,|,? và)\s(?:số\s)?\d{{1,4}}/(?:\d{{4}}/)?[{UPPER}]{{2,5}}-[{UPPER}]"


@cache
def load_grammar() -> Grammar:
    """The compiled grammar; raises DataError for a malformed file, part or pattern."""
    path = data_file("rules", "citations.toml")
    rows = load_rows(path, CitationRule)
    content = tomllib.loads(path.read_text(encoding="utf-8"))
    parts = {"upper": UPPER, "lower": LOWER, **content["parts"]}
    compiled = [_compile(row, parts) for row in rows]
    words = content["words"]
    places: tuple[Anchor, ...] = ("type", "number", "text", "repeat")
    return Grammar(
        rules={at: tuple(rule for rule in compiled if rule.row.after == at) for at in places},
        behind={
            type_: tuple(
                rule
                for rule in compiled
                if rule.row.after == "type" and (not rule.row.types or type_ in rule.row.types)
            )
            for type_ in load_document_types()
        },
        type_words=PhraseMatcher.build((word.word, word) for word in _list_type_words()),
        law_names=_build_law_names(),
        ordinals=content["ordinals"],
        counted=re.compile(rf"\s(?:{'|'.join(words['counted'])})(?!\w)"),
        issued=re.compile(_fill(rf"\s(?:{'|'.join(words['issued'])})|{_SUFFIXED}", parts)),
        list_end=re.compile(
            rf"\s*(?:[^\w\s%]|$|[{UPPER}]|(?:{'|'.join(words['list_end'])})(?!\w))"
        ),
        name_end=frozenset(words["name_end"]),
        no_law=re.compile(rf"\s(?:{'|'.join(words['no_law'])})(?!\w)"),
        no_law_before=re.compile(rf"(?<!\w)(?:{'|'.join(words['no_law_before'])})\s$"),
    )


def _list_type_words() -> Iterator[TypeWord]:
    for row in load_document_types().values():
        yield from (TypeWord(row, phrase, False) for phrase in row.phrases)
        yield from (TypeWord(row, word, True) for word in row.abbreviations)


def _compile(row: CitationRule, parts: Mapping[str, str]) -> CompiledRule:
    try:
        return CompiledRule(row, re.compile(_fill(row.pattern, parts)))
    except (re.error, KeyError) as error:
        place = f"data/rules/citations.toml: row {row.id}"
        raise DataError(f"the pattern does not compile: {error}", place=place) from error


def _fill(pattern: str, parts: Mapping[str, str]) -> str:
    while "$" in pattern:
        pattern = re.sub(r"\$([a-z_]+)", lambda name: parts[name[1]], pattern)
    return pattern


def _build_law_names() -> PhraseMatcher[str]:
    """Names with their type word; newspapers often drop the commas inside."""
    types = load_document_types()
    phrases: dict[str, str] = {}
    for row in load_rows(data_file("vocab", "law_names.toml"), LawName):
        name = f"{types[row.type].label} {row.name}"
        for spelling in (row.name, row.name.replace(",", ""), *row.aliases):
            phrases[f"{types[row.type].label} {spelling}"] = name
    return PhraseMatcher.build(phrases.items())


def read_ordinal(written: str | None, grammar: Grammar) -> int | None:
    """The number that digits, a Roman numeral or a word gives ("7", "VII", "bảy"); else None."""
    if written is None:
        return None
    if written.isdigit():
        return int(written) or None
    word = " ".join(written.lower().split())
    if word in grammar.ordinals:
        return grammar.ordinals[word]
    try:
        return from_roman(word)
    except ValueError:
        return None
