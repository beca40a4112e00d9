"""Search among the names of a graph and in the text of its articles, with or without tones.

    names, passages ─loosen→ words without tones ─FTS5→ what holds all words of a query
                                                 ─rank→ exact tones first, then the most cited

SQLite's own folding leaves đ apart from d, so that "dang" would not find "Đảng": words are folded
here before they are indexed. A number is found in any spelling that `find_thing` takes.
"""

from __future__ import annotations

import re
import sqlite3
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from threading import Lock
from typing import Any

from pyoxigraph import Store

from policygraph.graph.catalogue import Catalogue
from policygraph.graph.evidence import find_furniture, read_text
from policygraph.graph.names import NumberName, read_number_name
from policygraph.graph.namespaces import PG
from policygraph.graph.pattern import find_quads
from policygraph.graph.thing import Node, NodeKind
from policygraph.span import Span
from policygraph.text import fold, fold_name, strip_tones

_WORD = re.compile(r"[^\W_]+")
_MOST_WORDS = 32
_MOST_FOUND = 5_000
# Named rows are few, so that ranking sees all of them; of passages the best by bm25 are enough.
_MOST_PASSAGES = 400
_LONGEST = 700  # code points of a passage: a longer line is cut at a space
_NAMES = "CREATE VIRTUAL TABLE name USING fts5(words, node UNINDEXED, shown UNINDEXED)"
_PASSAGES = """CREATE VIRTUAL TABLE passage USING fts5(
    words, node UNINDEXED, first UNINDEXED, last UNINDEXED)"""


@dataclass(frozen=True, slots=True)
class Hit:
    """A node that a query finds.

    Attributes:
        name: the name by which it was found, where that is not its label.
        citing: how many articles cite it.
    """

    node: Node
    name: str | None
    citing: int


@dataclass(frozen=True, slots=True)
class Passage:
    """A stretch of an article that holds all words of a query.

    Attributes:
        span: code points in the article.
        quote: its words.
    """

    article: Node
    span: Span
    quote: str


@dataclass(frozen=True, slots=True)
class Found:
    """What a query finds, the best first.

    Attributes:
        passages: the best of `passage_count` that there are.
        counts: how many nodes of each kind there are.
    """

    hits: tuple[Hit, ...]
    passages: tuple[Passage, ...]
    passage_count: int
    counts: dict[NodeKind, int]


class SearchIndex:
    """The names and passages of one graph; several threads may ask it."""

    def __init__(self, store: Store, catalogue: Catalogue) -> None:
        self._store = store
        self._catalogue = catalogue
        self._lock = Lock()
        self._database = sqlite3.connect(":memory:", check_same_thread=False)
        self._numbered = [node for node in catalogue.list("document") if node.number]
        with self._database:
            self._database.execute(_NAMES)
            self._database.execute(_PASSAGES)
            self._database.executemany("INSERT INTO name VALUES (?, ?, ?)", self._list_names())
            rows = self._list_passages()
            self._database.executemany("INSERT INTO passage VALUES (?, ?, ?, ?)", rows)

    def search(self, query: str, *, kind: NodeKind | None = None) -> Found:
        """What a query finds among names, of one kind or all, and in texts."""
        words = _cut_words(query)
        if not words:
            return Found((), (), 0, {})
        hits = self._find_names(query, words)
        counts: dict[NodeKind, int] = defaultdict(int)
        for hit in hits:
            counts[hit.node.kind] += 1
        chosen = tuple(hit for hit in hits if kind in (None, hit.node.kind))
        if kind not in (None, "article"):
            return Found(chosen, (), 0, dict(counts))
        ((passages,),) = self._ask("SELECT COUNT(*) FROM passage WHERE passage MATCH ?", words)
        return Found(chosen, tuple(self._find_passages(words)), passages, dict(counts))

    def suggest(self, query: str, *, most: int, kind: NodeKind | None = None) -> tuple[Hit, ...]:
        """The nodes whose names a query may be the beginning of."""
        words = _cut_words(query)
        hits = self._find_names(query, words) if words else []
        return tuple([hit for hit in hits if kind in (None, hit.node.kind)][:most])

    def _list_names(self) -> Iterator[tuple[str, str, str]]:
        """Each name of each node once: words without tones, the node, the name as it is shown."""
        seen: set[tuple[str, str]] = set()
        for iri, name in (*self._list_own_names(), *self._list_surfaces()):
            words = _loosen(name)
            if (iri, words) not in seen:
                seen.add((iri, words))
                yield words, iri, name

    def _list_own_names(self) -> Iterator[tuple[str, str]]:
        for node in self._catalogue.nodes.values():
            for name in (node.label, node.name, node.number, node.title):
                if name:
                    yield node.iri, name
            if node.title and node.kind == "document":
                yield node.iri, f"{node.label} {node.title}"

    def _list_surfaces(self) -> Iterator[tuple[str, str]]:
        """What articles call things."""
        for iri, names in self._catalogue.surfaces.items():
            yield from ((iri, name) for name in names)

    def _list_passages(self) -> Iterator[tuple[str, str, int, int]]:
        for quad in find_quads(self._store, None, PG.text):
            if quad.subject.value not in self._catalogue.nodes:
                continue
            text, furniture = quad.object.value, find_furniture(self._store, quad.subject)
            for span in _cut_passages(text):
                if not any(each.contains(span) for each in furniture):
                    words = _loosen(text[span.start : span.end])
                    yield words, quad.subject.value, span.start, span.end

    def _find_names(self, query: str, words: Sequence[str]) -> list[Hit]:
        found: dict[str, str | None] = dict.fromkeys(self._find_numbers(query))
        first = set(found)
        sql = f"SELECT node, shown FROM name WHERE name MATCH ? LIMIT {_MOST_FOUND}"
        best: dict[str, tuple[int, str]] = {}
        for iri, shown in self._ask(sql, words):
            rank = (_rank_name(query, shown), shown)
            best[iri] = min(rank, best.get(iri, rank))
        nodes = self._catalogue.nodes
        order = sorted(
            best, key=lambda iri: (best[iri][0], -self._catalogue.count_citing(iri), iri)
        )
        found |= {iri: best[iri][1] for iri in order if iri not in first and iri in nodes}
        return [self._make_hit(nodes[iri], name) for iri, name in found.items()]

    def _make_hit(self, node: Node, name: str | None) -> Hit:
        shown = None if name in (node.label, node.title) else name
        return Hit(node, shown, self._catalogue.count_citing(node.iri))

    def _find_numbers(self, query: str) -> list[str]:
        name = read_number_name(query)
        if name is None:
            return []
        fitting = [node for node in self._numbered if name.fits(node)]
        return [node.iri for node in sorted(fitting, key=lambda node: self._by_fit(node, name))]

    def _by_fit(self, node: Node, name: NumberName) -> tuple[bool, int, str]:
        return not name.has_day(node), -self._catalogue.count_citing(node.iri), node.iri

    def _find_passages(self, words: Sequence[str]) -> Iterator[Passage]:
        sql = f"""SELECT node, first, last FROM passage WHERE passage MATCH ?
            ORDER BY bm25(passage), node, first LIMIT {_MOST_PASSAGES}"""
        found = []
        for iri, start, end in self._ask(sql, words):
            quote = self._quote(iri, Span(start, end))
            found.append((_rank_name(" ".join(words), quote), iri, start, end, quote))
        for _, iri, start, end, quote in sorted(found, key=lambda row: row[0]):
            yield Passage(self._catalogue.nodes[iri], Span(start, end), quote)

    def _quote(self, iri: str, span: Span) -> str:
        return read_text(self._store, iri)[span.start : span.end]

    def _ask(self, sql: str, words: Sequence[str]) -> list[tuple[Any, ...]]:
        quoted = [f'"{_loosen(word)}"' for word in words]
        with self._lock:
            return self._database.execute(sql, (" ".join(quoted) + "*",)).fetchall()


def _cut_words(query: str) -> list[str]:
    """The words of a query, folded, with their tones; the last may be a beginning."""
    return _WORD.findall(fold(query).lower)[:_MOST_WORDS]


def _loosen(words: str) -> str:
    return " ".join(_WORD.findall(strip_tones(words).lower()))


def _rank_name(query: str, shown: str) -> int:
    """How well a name that holds the words of a query fits: 0 for the same name, 4 for the least.

    Exact tones come first: "đảng" is not asked for with "đang".
    """
    wanted, name = " ".join(_cut_words(query)), " ".join(_WORD.findall(fold_name(shown)))
    if name == wanted:
        return 0
    if name.startswith(wanted):
        return 1
    words = name.split()
    if wanted in name or (
        set(wanted.split()[:-1]).issubset(words)
        and any(word.startswith(wanted.split()[-1]) for word in words)
    ):
        return 2
    return 3 if _loosen(name).startswith(_loosen(wanted)) else 4


def _cut_passages(text: str) -> Iterator[Span]:
    """The lines of a text that hold something; a long one in several pieces."""
    for line in re.finditer(r"[^\n\r]+", text):
        yield from _cut_line(text, *line.span())


def _cut_line(text: str, start: int, end: int) -> Iterable[Span]:
    while end - start > _LONGEST:
        cut = text.rfind(" ", start + _LONGEST // 2, start + _LONGEST)
        cut = cut if cut > 0 else start + _LONGEST
        yield Span(start, cut)
        start = cut
    if text[start:end].strip():
        yield Span(start, end)
