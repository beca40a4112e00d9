"""What a graph leaves open: which document a citation means, and what nobody knows of one."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Set
from dataclasses import dataclass
from functools import cache
from urllib.parse import unquote

from pyoxigraph import Literal, NamedNode, Store

from policygraph.graph.evidence import Quotation, find_first_mention, read_quotation
from policygraph.graph.iri import links_iri, split_part
from policygraph.graph.namespaces import DCTERMS, PG, RDFS
from policygraph.graph.pattern import find_nodes, find_quads, find_subjects, find_value
from policygraph.linking.keys import is_central
from policygraph.registry import load_registry


@dataclass(frozen=True, slots=True)
class Candidate:
    """A document that a citation may mean."""

    thing: str
    label: str
    date: str | None


@dataclass(frozen=True, slots=True)
class OpenCitation:
    """What articles cite in words that fit several documents, or one that need not be meant.

    Attributes:
        thing: IRI of what the words alone give; `label` is what it is called there.
        candidates: by IRI.
        evidence: the words, where each article cites it first.
    """

    thing: str
    label: str
    candidates: tuple[Candidate, ...]
    evidence: tuple[Quotation, ...]


@dataclass(frozen=True, slots=True)
class UnknownDocument:
    """A document that articles cite and the registry of known documents does not hold.

    Attributes:
        is_identified: whether the articles say enough to tell it from every other; where they do
            not, "_" stands in `thing` for what is missing.
        articles: how many cite it so.
        first: where it is cited, in the first of them by IRI.
    """

    thing: str
    label: str
    is_identified: bool
    articles: int
    first: Quotation


@dataclass(frozen=True, slots=True)
class Gaps:
    """Open citations by thing; unknown documents, those first that most articles cite."""

    open: tuple[OpenCitation, ...]
    unknown: tuple[UnknownDocument, ...]


def find_gaps(store: Store, base: str) -> Gaps:
    """All gaps; a citation that has a candidate is open, and not counted as unknown."""
    graph = NamedNode(links_iri(base))
    candidates = _read_candidates(store, graph)
    partial = _read_partial(store, graph) - candidates.keys()
    unregistered = _find_unregistered(store, base, graph, partial | candidates.keys())
    unknown = [
        *_make_unknown(store, graph, _by_thing(store, partial), is_identified=False),
        *_make_unknown(store, graph, unregistered, is_identified=True),
    ]
    return Gaps(
        tuple(_make_open(store, graph, candidates)),
        tuple(sorted(unknown, key=lambda each: (-each.articles, each.thing))),
    )


def _read_candidates(store: Store, graph: NamedNode) -> dict[NamedNode, set[NamedNode]]:
    """The documents that each reference may stand for, besides the one it stands for."""
    candidates: dict[NamedNode, set[NamedNode]] = defaultdict(set)
    for quad in find_quads(store, None, PG.mayStandFor, graph=graph):
        candidate = NamedNode(quad.object.value)
        if candidate not in find_nodes(store, quad.subject, PG.standsFor, graph=graph):
            candidates[quad.subject].add(candidate)
    return candidates


def _read_partial(store: Store, graph: NamedNode) -> set[NamedNode]:
    """The references that stand for no more than their own words say."""
    partial = Literal("partial")
    return {quad.subject for quad in find_quads(store, None, PG.basis, partial, graph=graph)}


def _by_thing(
    store: Store, references: Iterable[NamedNode]
) -> dict[NamedNode, list[NamedNode]]:
    things: dict[NamedNode, list[NamedNode]] = defaultdict(list)
    for reference in references:
        for thing in find_nodes(store, reference, PG.standsFor):
            things[thing].append(reference)
    return things
