"""Finds the thing that a person names: by IRI, number in any spelling, label, title, or a mention.

A name is looked up among what articles cite, then among what is known besides, and never guessed:
several bearers are an error that lists them, none an error that suggests the nearest. "25-NQ/TW,
3/6/2013" picks one of several documents of a number by its date, and "Tỉnh ủy Quảng Trị, 1/7/2025"
the one of two bodies of a name that was there on that day.
"""

from __future__ import annotations

import difflib
import heapq
import re
from collections import defaultdict
from collections.abc import Callable, Collection, Container, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import get_args

from pyoxigraph import NamedNode, Store

from policygraph.document_types import load_document_types, type_codes
from policygraph.errors import AmbiguousNameError, UnknownNameError
from policygraph.graph.evidence import find_mentions
from policygraph.graph.iri import article_iri
from policygraph.graph.namespaces import PG, RDF
from policygraph.graph.pattern import find_nodes, find_quads, find_subjects, find_value
from policygraph.graph.thing import Node, NodeKind, find_articles, find_things
from policygraph.numbering import parse_number, print_number
from policygraph.roman import to_roman
from policygraph.text import fold, fold_name

_DATE = re.compile(r"[,(\s]*(?:\bngày\s+)?\b(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})\b\)?")
_ISO_DATE = re.compile(r"[,(\s]*(?:\bngày\s+)?\b(\d{4})-(\d{2})-(\d{2})\b\)?")
_TERM = re.compile(r"[,(\s]*\bkhóa\s+([ivx]{1,6}|\d{1,2})\b\)?", re.IGNORECASE)
_YEAR = re.compile(r"[,(\s]*(?:\bnăm\s+|(?<=\s))((?:19|20)\d\d)\)?$")
_NUMBER = re.compile(r"(?:^|\s)(\d\w*(?:\s?[-/]\s?[\w&.]+)+|\d\w*$)")
_ISSUER = re.compile(r"(?:\s+của\s+(.*))?")
_PUNCTUATION = re.compile(r"[(),.;:\[\]]")
_PLENUM = "trung ương"
_NEAREST = 3
_MOST_KEPT = 2**16  # names of a graph, which each name that is looked up is compared with
_MOST_COMPARED = 500  # names, letter by letter: of more, those that share most words and numbers


@dataclass(frozen=True, slots=True)
class _Name:
    """A name taken apart.

    Attributes:
        words: without a date; `bare` also without term and year.
        number: what of a number stands at the end of the bare words.
        when: a date, or a year alone, as the beginning of an ISO 8601 date.
    """

    words: str
    bare: str
    number: tuple[str, ...] | None
    type: str
    when: str | None
    term: str | None
    issuer: str = ""


@dataclass(frozen=True, slots=True)
class Bearers:
    """What a name may stand for, where it was read before.

    Attributes:
        nodes: the articles and things of a graph, sorted by IRI.
        cited: the IRIs of what articles cite.
        surfaces: what articles call things, by their IRIs.
    """

    nodes: Collection[Node]
    cited: Container[str]
    surfaces: Mapping[str, Iterable[str]]


def find_thing(
    store: Store,
    base: str,
    name: str,
    *,
    kind: NodeKind | None = None,
    bearers: Bearers | None = None,
) -> Node:
    """The one thing (of one kind) that a name stands for.

    Args:
        bearers: what may bear the name; without, it is read from the store.

    Raises:
        AmbiguousNameError: several do; they are its candidates.
        UnknownNameError: none does; the remedy suggests the nearest names.
    """
    things = _list_things(store, base, kind, bearers)
    iri = name.strip().removeprefix("<").removesuffix(">")
    if exact := [thing for thing in things if thing.iri in (iri, base + iri)]:
        return _only_one(name, exact)
    parsed = _parse_name(name)
    cited = bearers.cited if bearers else _find_cited(store)
    for group in _part_by_citation(things, cited):
        for bears in _ways(store, name, parsed, bearers):
            if found := [thing for thing in group if bears(thing)]:
                borne = _prefer_issuer(found, parsed)
                return _only_one(name, [*borne, *_leave_open(store, borne, things)])
    raise _unknown(name, things)


def find_node(
    store: Store,
    base: str,
    name: str,
    *,
    kind: NodeKind | None = None,
    bearers: Bearers | None = None,
) -> Node:
    """The one article or thing (of one kind) that a name stands for.

    An article is named by its id, IRI or title. Takes and raises what `find_thing` does.
    """
    known = _list_articles(store, base, bearers) if kind in (None, "article") else ()
    articles = _find_articles(base, name, known)
    try:
        things = (
            [] if kind == "article" else [find_thing(store, base, name, kind=kind, bearers=bearers)]
        )
    except UnknownNameError:
        if not articles:
            raise
        things = []
    if not articles and not things:
        raise _unknown(name, known)
    return _only_one(name, [*articles, *things])


def _list_things(
    store: Store, base: str, kind: NodeKind | None, bearers: Bearers | None
) -> Collection[Node]:
    if bearers is None:
        return find_things(store, base, kind)
    wanted = (kind,) if kind else get_args(NodeKind)
    return [node for node in bearers.nodes if node.kind in wanted and node.kind != "article"]


def _list_articles(store: Store, base: str, bearers: Bearers | None) -> Collection[Node]:
    if bearers is None:
        return find_articles(store, base)
    return [node for node in bearers.nodes if node.kind == "article"]


def _find_articles(base: str, name: str, articles: Iterable[Node]) -> list[Node]:
    iri = name.strip().removeprefix("<").removesuffix(">")
    return [
        article
        for article in articles
        if article.iri in (iri, base + iri, article_iri(base, name))
        or loosen(article.label) == loosen(name)
    ]


def _find_cited(store: Store) -> set[str]:
    return {quad.object.value for quad in find_quads(store, None, PG.cites)}


def _part_by_citation(
    things: Iterable[Node], cited: Container[str]
) -> tuple[list[Node], list[Node]]:
    """What articles cite, and what is known besides: candidates and bodies above others."""
    parts: tuple[list[Node], list[Node]] = ([], [])
    for thing in things:
        parts[thing.iri not in cited].append(thing)
    return parts


def _prefer_issuer(found: list[Node], name: _Name) -> list[Node]:
    """Of several, those of the body named behind "của", where that is one of their issuers."""
    issued = [
        thing for thing in found if name.issuer and name.issuer in fold_name(thing.issuer or "")
    ]
    return issued or found


def _only_one(name: str, found: list[Node]) -> Node:
    if len(found) > 1:
        candidates = sorted((node.iri, _designation(node)) for node in found)
        raise AmbiguousNameError(name, tuple(candidates))
    return found[0]


def _leave_open(store: Store, found: list[Node], things: Iterable[Node]) -> list[Node]:
    """What the one thing found may be, where every text that names it leaves that undecided.

    "Nghị quyết Trung ương 7 khóa XI" is by itself none of the two resolutions of that plenum.
    """
    if len(found) > 1:
        return []
    open_: set[str] = set()
    for reference in find_subjects(store, PG.standsFor, NamedNode(found[0].iri)):
        candidates = {node.value for node in find_nodes(store, reference, PG.mayStandFor)}
        if not candidates:
            return []
        open_ |= candidates - {found[0].iri}
    return [thing for thing in things if thing.iri in open_]


def _ways(
    store: Store, name: str, parsed: _Name, bearers: Bearers | None
) -> Iterable[Callable[[Node], bool]]:
    """The ways to bear a name, the surest first; each is tried only where those before fail."""
    whole, key, bare = loosen(name), loosen(parsed.words), loosen(parsed.bare)
    if parsed.number:
        full = len(parsed.number) > 1
        yield lambda thing: full and _has_number(thing, parsed) and _fits(store, thing, parsed)
    yield lambda thing: whole in _names_of(thing)
    yield lambda thing: key in _names_of(thing) and _fits(store, thing, parsed)
    yield lambda thing: bare in _names_of(thing) and _fits(store, thing, parsed)
    yield lambda thing: key in _surfaces_of(store, thing, bearers)
    if _PLENUM in key:
        yield lambda thing: key in {loosen(name) for name in _plenum_names(store, thing)}
    if parsed.number:
        yield lambda thing: _has_number(thing, parsed) and _fits(store, thing, parsed)


def _parse_name(name: str) -> _Name:
    words, when = _take_date(" ".join(fold(name).text.split()))
    term = _TERM.search(words)
    bare = _TERM.sub("", words).strip()
    if when is None and (year := _YEAR.search(bare)):
        bare, when = bare[: year.start()], year[1]
    number = _NUMBER.search(bare)
    roman = _as_roman(term[1]) if term else None
    # What stands behind a number and is no issuer is not to be passed over: it says something else.
    issuer = _ISSUER.fullmatch(bare, number.end()) if number else None
    if not number or not issuer:
        return _Name(words, bare, None, "", when, roman)
    type_ = bare[: number.start()].removesuffix(" số")
    body = fold_name(issuer[1] or "")
    return _Name(words, bare, _number_key(number[1]), fold_name(type_), when, roman, body)


@dataclass(frozen=True, slots=True)
class NumberName:
    """A name that holds the number of a document, in any spelling, or the beginning of one."""

    name: _Name

    def fits(self, node: Node) -> bool:
        """Whether a document has the number, and is of the type where the name tells one."""
        return _has_number(node, self.name)

    def has_day(self, node: Node) -> bool:
        """Whether the document is of the day or year that the name tells, if it tells one."""
        return self.name.when is None or (node.date or "").startswith(self.name.when)


def read_number_name(name: str) -> NumberName | None:
    """A name as that of a numbered document; None where it holds no number."""
    parsed = _parse_name(name)
    return NumberName(parsed) if parsed.number else None


def _as_roman(term: str) -> str:
    return to_roman(int(term)) if term.isdigit() and int(term) else term.upper()


def _take_date(words: str) -> tuple[str, str | None]:
    """Words without the date in them, and the date in ISO 8601."""
    if found := _DATE.search(words):
        date = f"{found[3]}-{found[2]:0>2}-{found[1]:0>2}"
    elif found := _ISO_DATE.search(words):
        date = f"{found[1]}-{found[2]}-{found[3]}"
    else:
        return words, None
    return (words[: found.start()] + words[found.end() :]).strip(), date


@lru_cache(_MOST_KEPT)
def _number_key(written: str) -> tuple[str, ...]:
    """What makes two spellings of a number one: its parts in lower case, no leading zeros."""
    number = parse_number(written, type_codes())
    canonical = print_number(number) if number else written
    parts = re.findall(r"[\w&.]+", canonical.lower())
    return (parts[0].lstrip("0") or "0", *parts[1:])


def _has_number(thing: Node, name: _Name) -> bool:
    """Whether a document has the number and is of the type, as far as the name gives them."""
    if thing.number is None or name.number is None:
        return False
    return _number_key(thing.number)[: len(name.number)] == name.number and _has_type(thing, name)


def _has_type(thing: Node, name: _Name) -> bool:
    """Whether the words before a number may name the document's type.

    A code in the number says more than they do: "Chương trình 23-CTr/TU" is a Chương trình hành
    động, but "Quyết định 19-NQ/TW" is none.
    """
    if not name.type or name.type in _type_names().get(thing.type or "", ()):
        return True
    codes = {part.upper() for part in name.number or ()}
    named = {label for label, names in _type_names().items() if name.type in names}
    known = {row.label: row.codes for row in load_document_types().values()}
    return thing.type is None or any(
        code.upper() in codes for label in named for code in known[label]
    )


@cache
def _type_names() -> Mapping[str, frozenset[str]]:
    """All names of each document type, folded, by its label."""
    names: dict[str, set[str]] = defaultdict(set)
    for row in load_document_types().values():
        known = (row.label, *row.phrases, *row.abbreviations, *row.codes)
        names[row.label].update(map(fold_name, known))
    return {label: frozenset(own) for label, own in names.items()}


def _fits(store: Store, thing: Node, name: _Name) -> bool:
    """Whether a thing is of the date or year, and of the term, as far as the name gives them."""
    node = NamedNode(thing.iri)
    is_then = name.when is None or _is_of(store, thing, name.when)
    terms = {quad.object.value for quad in find_quads(store, node, PG.term)}
    return is_then and (name.term is None or name.term in terms)


def _is_of(store: Store, thing: Node, when: str) -> bool:
    """Whether a body was there on a day or in a year, or a text dates a document so."""
    if thing.kind == "organisation":
        first, last = thing.valid_from or "", thing.valid_to or "9999"
        return first[: len(when)] <= when[: len(first)] and when[: len(last)] <= last
    values = find_subjects(store, PG.about, NamedNode(thing.iri))
    dates = [date for value in values for date in _read_dates(store, value)]
    return any(date.startswith(when) for date in (thing.date or "", *dates))


def _read_dates(store: Store, value: NamedNode) -> Iterator[str]:
    if PG.date in find_nodes(store, value, PG.property):
        yield from (quad.object.value for quad in find_quads(store, value, RDF.value))


def _plenum_names(store: Store, thing: Node) -> Iterator[str]:
    """ "Nghị quyết Trung ương 7 khóa XI", for a document that a plenum passed."""
    node = NamedNode(thing.iri)
    plenum, term = find_value(store, node, PG.plenum), find_value(store, node, PG.term)
    if plenum and term:
        yield f"{thing.type} Trung ương {plenum} khóa {term}"


def _names_of(thing: Node) -> set[str]:
    return {loosen(name) for name in (thing.label, thing.name, thing.title, thing.number) if name}


def _surfaces_of(store: Store, thing: Node, bearers: Bearers | None) -> set[str]:
    if bearers:
        return {loosen(words) for words in bearers.surfaces.get(thing.iri, ())}
    return {loosen(mention.quote) for mention in find_mentions(store, NamedNode(thing.iri))}


@lru_cache(_MOST_KEPT)
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
    near = _choose_compared(loosen(name), shown)
    nearest = difflib.get_close_matches(loosen(name), near, n=_NEAREST, cutoff=0.4)
    remedy = f"did you mean {' or '.join(f'“{shown[key]}”' for key in nearest)}?"
    message = f"nothing in this graph is called “{name}”"
    return UnknownNameError(message, name=name, remedy=remedy if nearest else None)


def _choose_compared(name: str, shown: Collection[str]) -> Collection[str]:
    """All names, or of many those that share the most words and numbers with what was asked."""
    if len(shown) <= _MOST_COMPARED:
        return shown
    wanted = set(_PARTS.findall(name))
    return heapq.nlargest(
        _MOST_COMPARED, shown, key=lambda each: len(wanted.intersection(_PARTS.findall(each)))
    )


_PARTS = re.compile(r"\d+|[^\W\d]+")
