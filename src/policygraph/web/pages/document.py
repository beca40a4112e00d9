"""A document: what it is, what stands around it, and who cites it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Annotated

from pydantic import Field
from pyoxigraph import NamedNode

from policygraph.graph.contradiction import AssertedValue, find_dates
from policygraph.graph.ending import PREDICATES, find_ended_provisions
from policygraph.graph.evidence import find_references
from policygraph.graph.namespaces import DCTERMS, PG
from policygraph.graph.pattern import find_nodes, find_subjects, find_value
from policygraph.graph.relation import find_text_of
from policygraph.graph.thing import Node
from policygraph.web.citation import Alias, Citations, list_aliases, list_citations
from policygraph.web.pages.lookup import find_by_path
from policygraph.web.record import Item, Said, make_item, make_items, make_quotes
from policygraph.web.scheme import Scheme, make_scheme
from policygraph.web.snapshot import Snapshot


@dataclass(frozen=True, slots=True)
class DocumentQuery:
    """Which document; and of the articles that cite it, which page."""

    id: str
    page: Annotated[int, Field(ge=1, le=10_000, description="Of the citing articles.")] = 1


@dataclass(frozen=True, slots=True)
class GivenDate:
    """A date that is given for the document, and by whom."""

    date: str
    is_preferred: bool
    evidence: tuple[Said, ...]
    source: str | None


@dataclass(frozen=True, slots=True)
class ShownEnding:
    """What replaced or repealed the document; `provisions` where it did so to these alone."""

    predicate: str
    by: Item
    provisions: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class DocumentPage:
    """What the graph tells of a document.

    Attributes:
        signers: names of persons.
        term, plenum: of the committee that passed it.
        is_draft: whether it is a draft.
        known_from: the source of the registry's row, where that knows it.
        dates: all that are given for it: more than one is a contradiction.
        issuers: the bodies that issued it.
        replaced_by: the document that it turns out to be, where only a part of its name was cited.
        may_be: what it may be, where that stays open.
        texts: the articles that are its own text.
        ended: the documents that replaced or repealed it, as a whole or in part; `is_ended`:
            whether one did so as a whole; `amended`: those that amended it.
    """

    item: Item
    term: str | None
    plenum: str | None
    signers: tuple[str, ...]
    is_draft: bool
    known_from: str | None
    dates: tuple[GivenDate, ...]
    issuers: tuple[Item, ...]
    aliases: tuple[Alias, ...]
    replaced_by: Item | None
    may_be: tuple[Item, ...]
    texts: tuple[Item, ...]
    ended: tuple[ShownEnding, ...]
    is_ended: bool
    amended: tuple[Item, ...]
    scheme: Scheme
    citations: Citations


def show_document(snapshot: Snapshot, query: DocumentQuery) -> DocumentPage:
    node = find_by_path(snapshot, "document", query.id)
    catalogue, thing = snapshot.catalogue, NamedNode(node.iri)
    scheme = make_scheme(snapshot, node)
    ended = tuple(_list_endings(snapshot, thing))
    return DocumentPage(
        item=make_item(catalogue, node),
        term=_value(snapshot, thing, PG.term),
        plenum=_value(snapshot, thing, PG.plenum),
        signers=tuple(_list_signers(snapshot, thing)),
        is_draft=_value(snapshot, thing, PG.isDraft) == "true",
        known_from=_value(snapshot, thing, DCTERMS.source),
        dates=tuple(
            _show_date(snapshot, node, given)
            for given in find_dates(snapshot.store, snapshot.base, node.iri)
        ),
        issuers=_look_up(snapshot, find_nodes(snapshot.store, thing, PG.issuedBy)),
        aliases=list_aliases(snapshot, node),
        replaced_by=_find_whole(snapshot, node),
        may_be=_look_up(snapshot, _list_candidates(snapshot, thing)),
        texts=_look_up(snapshot, map(NamedNode, find_text_of(snapshot.store, node.iri))),
        ended=ended,
        is_ended=any(not ending.provisions for ending in ended),
        amended=scheme.list_related("later", "amends"),
        scheme=scheme,
        citations=list_citations(snapshot, node, query.page),
    )


def _list_endings(snapshot: Snapshot, thing: NamedNode) -> Iterator[ShownEnding]:
    store = snapshot.store
    for predicate in PREDICATES:
        found = find_subjects(store, PG[predicate], thing, graph=snapshot.links)
        for by in sorted(found, key=lambda node: node.value):
            provisions = find_ended_provisions(store, thing, predicate, by)
            node = snapshot.catalogue.nodes[by.value]
            yield ShownEnding(predicate, make_item(snapshot.catalogue, node), provisions)


def _value(snapshot: Snapshot, thing: NamedNode, property_: NamedNode) -> str | None:
    return find_value(snapshot.store, thing, property_, graph=snapshot.links)


def _list_signers(snapshot: Snapshot, thing: NamedNode) -> list[str]:
    found = find_nodes(snapshot.store, thing, PG.signer, graph=snapshot.links)
    return sorted(node.value for node in found)


def _show_date(snapshot: Snapshot, node: Node, given: AssertedValue) -> GivenDate:
    evidence = make_quotes(snapshot.catalogue, given.evidence)
    return GivenDate(given.value, given.value == node.date, evidence, given.source)


def _look_up(snapshot: Snapshot, nodes: Iterable[NamedNode]) -> tuple[Item, ...]:
    iris = sorted({node.value for node in nodes})
    found = (snapshot.catalogue.find(iri) for iri in iris)
    return make_items(snapshot.catalogue, filter(None, found))


def _find_whole(snapshot: Snapshot, node: Node) -> Item | None:
    iri = snapshot.catalogue.replaced.get(node.iri)
    whole = snapshot.catalogue.find(iri) if iri else None
    return make_item(snapshot.catalogue, whole) if whole else None


def _list_candidates(snapshot: Snapshot, thing: NamedNode) -> list[NamedNode]:
    """What the references that stand for a thing may stand for as well."""
    found = {
        candidate
        for reference in find_references(snapshot.store, thing)
        for candidate in find_nodes(snapshot.store, reference, PG.mayStandFor)
    }
    return [node for node in found if node != thing]
