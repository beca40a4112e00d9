"""Finds the thing that a person names: by IRI, number in any spelling, label, title, or a mention.

A name is looked up among what articles cite, then among what is known besides, and never guessed:
several bearers are an error that lists them, none an error that suggests the nearest. "25-NQ/TW,
3/6/2013" picks one of several documents of a number by its date.
"""

from __future__ import annotations

import difflib
import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import cache

from pyoxigraph import NamedNode, Store

from policygraph.document_types import load_document_types, type_codes
from policygraph.errors import AmbiguousNameError, UnknownNameError
from policygraph.graph.evidence import find_mentions
from policygraph.graph.namespaces import PG
from policygraph.graph.pattern import find_quads
from policygraph.graph.thing import Node, NodeKind, find_things
from policygraph.numbering import parse_number, print_number
from policygraph.text import fold, fold_name

_DATE = re.compile(r"[,(\s]*(?:\bngày\s+)?\b(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})\b\)?")
_ISO_DATE = re.compile(r"[,(\s]*(?:\bngày\s+)?\b(\d{4})-(\d{2})-(\d{2})\b\)?")
_NUMBER = re.compile(r"(?:^|\s)(\d\w*(?:\s?[-/]\s?[\w&.]+)+|\d\w*$)")
_PUNCTUATION = re.compile(r"[(),.;:\[\]]")
_NEAREST = 3


@dataclass(frozen=True, slots=True)
class _Name:
    """A name taken apart: its words without a date, and what of a number stands at their end."""

    words: str
    number: tuple[str, ...] | None
    type: str
    date: str | None


def find_thing(store: Store, base: str, name: str, *, kind: NodeKind | None = None) -> Node:
    """The one thing (of one kind) that a name stands for.

    Raises:
        AmbiguousNameError: several do; they are its candidates.
        UnknownNameError: none does; the remedy suggests the nearest names.
    """
    things = find_things(store, base, kind)
    parsed = _parse_name(name)
    for group in _part_by_citation(store, things):
        for bears in _ways(store, base, name, parsed):
            if found := [thing for thing in group if bears(thing)]:
                return _only_one(name, found)
    raise _unknown(name, things)


def _part_by_citation(store: Store, things: Iterable[Node]) -> tuple[list[Node], list[Node]]:
    """What articles cite, and what is known besides: candidates and bodies above others."""
    cited = {quad.object for quad in find_quads(store, None, PG.cites)}
    parts: tuple[list[Node], list[Node]] = ([], [])
    for thing in things:
        parts[NamedNode(thing.iri) not in cited].append(thing)
    return parts


def _only_one(name: str, found: list[Node]) -> Node:
    if len(found) > 1:
        candidates = sorted((node.iri, _designation(node)) for node in found)
        raise AmbiguousNameError(name, tuple(candidates))
    return found[0]


def _ways(store: Store, base: str, name: str, parsed: _Name) -> Iterable[Callable[[Node], bool]]:
    """The ways to bear a name, the surest first; each is tried only where those before fail."""
    iri = name.strip().removeprefix("<").removesuffix(">")
    key = loosen(parsed.words)
    yield lambda thing: thing.iri in (iri, base + iri)
    if parsed.number:
        full = len(parsed.number) > 1
        yield lambda thing: full and _has_number(thing, parsed) and _has_date(store, thing, parsed)
    yield lambda thing: key in _names_of(thing) and _has_date(store, thing, parsed)
    yield lambda thing: key in _surfaces_of(store, thing)
    if parsed.number:
        yield lambda thing: _has_number(thing, parsed) and _has_date(store, thing, parsed)


def _parse_name(name: str) -> _Name:
    words, date = _take_date(" ".join(fold(name).text.split()))
    number = _NUMBER.search(words)
    if not number:
        return _Name(words, None, "", date)
    type_ = words[: number.start()].removesuffix(" số")
    return _Name(words, _number_key(number[1]), fold_name(type_), date)


def _take_date(words: str) -> tuple[str, str | None]:
    """Words without the date in them, and the date in ISO 8601."""
    if found := _DATE.search(words):
        date = f"{found[3]}-{found[2]:0>2}-{found[1]:0>2}"
    elif found := _ISO_DATE.search(words):
        date = f"{found[1]}-{found[2]}-{found[3]}"
    else:
        return words, None
    return (words[: found.start()] + words[found.end() :]).strip(), date


def _number_key(written: str) -> tuple[str, ...]:
    """What makes two spellings of a number one: its parts in lower case, no leading zeros."""
    number = parse_number(written, type_codes())
    canonical = print_number(number) if number else written
    parts = re.findall(r"[\w&.]+", canonical.lower())
    return (parts[0].lstrip("0") or "0", *parts[1:])


def _has_number(thing: Node, name: _Name) -> bool:
    """Whether a document has the number, as far as the name gives it.

    A serial alone counts only with the type that the name gives; a code in the number says more
    than the words before it ("Chương trình 23-CTr/TU", a Chương trình hành động).
    """
    if thing.number is None or name.number is None:
        return False
    is_bare = all(part[0].isdigit() for part in name.number)
    if is_bare and name.type and thing.type and name.type not in _type_names().get(thing.type, ()):
        return False
    return _number_key(thing.number)[: len(name.number)] == name.number


@cache
def _type_names() -> Mapping[str, frozenset[str]]:
    """All names of each document type, folded, by its label."""
    names: dict[str, set[str]] = defaultdict(set)
    for row in load_document_types().values():
        known = (row.label, *row.phrases, *row.abbreviations, *row.codes)
        names[row.label].update(map(fold_name, known))
    return {label: frozenset(own) for label, own in names.items()}


def _has_date(store: Store, thing: Node, name: _Name) -> bool:
    if name.date is None or name.date == thing.date:
        return True
    attested = find_quads(store, NamedNode(thing.iri), PG.attestedDate)
    return name.date in {quad.object.value for quad in attested}


def _names_of(thing: Node) -> set[str]:
    return {loosen(name) for name in (thing.label, thing.title, thing.number) if name}


def _surfaces_of(store: Store, thing: Node) -> set[str]:
    return {loosen(mention.quote) for mention in find_mentions(store, NamedNode(thing.iri))}


def loosen(name: str) -> str:
    """A name as a key that ignores case, brackets, commas, and the spelling of tone marks."""
    return " ".join(_PUNCTUATION.sub(" ", fold_name(name)).split())


def _designation(node: Node) -> str:
    parts = [node.label, node.date, node.issuer]
    return ", ".join(part for part in parts if part)


def _unknown(name: str, things: Iterable[Node]) -> UnknownNameError:
    shown: dict[str, str] = {}
    for thing in things:
        for own in (thing.number, thing.label):
            if own:
                shown.setdefault(loosen(own), own)
    nearest = difflib.get_close_matches(loosen(name), shown, n=_NEAREST, cutoff=0.4)
    remedy = f"did you mean {' or '.join(f'“{shown[key]}”' for key in nearest)}?"
    message = f"nothing in this graph is called “{name}”"
    return UnknownNameError(message, remedy=remedy if nearest else None)
