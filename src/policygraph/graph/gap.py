"""What a graph leaves open: which document a citation means, and what nobody knows of one."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Set
from dataclasses import dataclass

from pyoxigraph import Literal, NamedNode, Store

from policygraph.graph.evidence import Quotation, find_first_mentions, find_references
from policygraph.graph.iri import links_iri, thing_id
from policygraph.graph.namespaces import DCTERMS, PG, RDFS
from policygraph.graph.pattern import find_nodes, find_quads, find_value
from policygraph.graph.thing import find_documents
from policygraph.linking.keys import find_body, list_central_bodies
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
        first: the words, where the first of them by id cites it first.
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


#: References by the thing that they stand for.
_Cited = Mapping[NamedNode, Collection[NamedNode]]


def find_gaps(store: Store, base: str) -> Gaps:
    """All gaps; a citation that has a candidate is open, and counts for no unknown document."""
    graph = NamedNode(links_iri(base))
    candidates = _read_candidates(store, graph)
    partial = _read_partial(store, graph) - candidates.keys()
    strange = _list_strange(store, base, graph)
    identified = _read_citations(store, strange, but=partial | candidates.keys())
    unknown = [
        *_make_unknown(store, graph, _group_by_thing(store, partial), is_identified=False),
        *_make_unknown(store, graph, identified, is_identified=True),
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
        if candidate not in find_nodes(store, quad.subject, PG.standsFor):
            candidates[quad.subject].add(candidate)
    return candidates


def _read_partial(store: Store, graph: NamedNode) -> set[NamedNode]:
    """The references that stand for no more than their own words say."""
    partial = Literal("partial")
    return {quad.subject for quad in find_quads(store, None, PG.basis, partial, graph=graph)}


def _group_by_thing(store: Store, references: Iterable[NamedNode]) -> _Cited:
    cited: dict[NamedNode, list[NamedNode]] = defaultdict(list)
    for reference in references:
        for thing in find_nodes(store, reference, PG.standsFor):
            cited[thing].append(reference)
    return cited


def _list_strange(store: Store, base: str, graph: NamedNode) -> Iterator[NamedNode]:
    """The central documents that no confirmed row of the registry describes, drafts left out.

    What a province or a district issues is not expected in the registry; nor is a bill, which the
    law of the same name will replace.
    """
    central = list_central_bodies(load_registry())
    known = {quad.subject for quad in find_quads(store, None, DCTERMS.source, graph=graph)}
    drafts = {quad.subject for quad in find_quads(store, None, PG.isDraft, graph=graph)}
    for thing in find_documents(store, base):
        body = find_body(thing_id(base, thing.value))
        if body in central and thing not in known and thing not in drafts:
            yield thing


def _read_citations(store: Store, things: Iterable[NamedNode], *, but: Set[NamedNode]) -> _Cited:
    """The references that stand for each thing, where there are any but those."""
    cited = {thing: set(find_references(store, thing)) - but for thing in things}
    return {thing: references for thing, references in cited.items() if references}


def _make_unknown(
    store: Store, graph: NamedNode, cited: _Cited, *, is_identified: bool
) -> Iterator[UnknownDocument]:
    for thing, references in cited.items():
        mentions = find_first_mentions(store, references)
        if mentions:
            articles = {mention.article for mention in mentions}
            label = _label(store, graph, thing)
            yield UnknownDocument(thing.value, label, is_identified, len(articles), mentions[0])


def _make_open(
    store: Store, graph: NamedNode, candidates: Mapping[NamedNode, Set[NamedNode]]
) -> Iterator[OpenCitation]:
    """The references of one thing with the same candidates together, by thing and candidates."""
    groups: dict[tuple[str, tuple[str, ...]], list[NamedNode]] = defaultdict(list)
    for reference, found in candidates.items():
        for thing in find_nodes(store, reference, PG.standsFor):
            groups[thing.value, tuple(sorted(each.value for each in found))].append(reference)
    for (iri, iris), references in sorted(groups.items()):
        yield OpenCitation(
            thing=iri,
            label=_label(store, graph, NamedNode(iri)),
            candidates=tuple(_read_candidate(store, graph, NamedNode(each)) for each in iris),
            evidence=find_first_mentions(store, references),
        )


def _read_candidate(store: Store, graph: NamedNode, thing: NamedNode) -> Candidate:
    date = find_value(store, thing, PG.date, graph=graph)
    return Candidate(thing.value, _label(store, graph, thing), date)


def _label(store: Store, graph: NamedNode, thing: NamedNode) -> str:
    return find_value(store, thing, RDFS.label, graph=graph) or thing.value
