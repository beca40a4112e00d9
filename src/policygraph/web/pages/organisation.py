"""A body: where it stands, what it was called when, and what it issued, launched and took up."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Annotated

from pydantic import Field
from pyoxigraph import NamedNode

from policygraph.graph.iri import read_type
from policygraph.graph.namespaces import DCTERMS, ORG, PG, RDFS
from policygraph.graph.pattern import find_nodes, find_subjects, find_value
from policygraph.web.citation import Alias, Citations, list_aliases, list_citations
from policygraph.web.pages.lookup import find_by_path
from policygraph.web.record import Item, make_item, make_items
from policygraph.web.scheme import Scheme, make_scheme
from policygraph.web.snapshot import Snapshot

_MOST_ABOVE = 12
_MOST_BELOW = 100


@dataclass(frozen=True, slots=True)
class OrganisationQuery:
    """Which body; and of the articles that cite it, which page."""

    id: str
    page: Annotated[int, Field(ge=1, le=10_000, description="Of the citing articles.")] = 1


@dataclass(frozen=True, slots=True)
class ChangeEvent:
    """That bodies gave way to another on a day."""

    date: str
    label: str
    originals: tuple[Item, ...]
    results: tuple[Item, ...]


@dataclass(frozen=True, slots=True)
class OrganisationPage:
    """What the graph tells of a body.

    Attributes:
        level: id of the level of administration.
        above: the bodies above it, the nearest first; `below` those right below it.
        below_count: how many those are in all.
        successor: what took its place.
        changes: what it came out of or went into.
    """

    item: Item
    place: str | None
    level: str | None
    above: tuple[Item, ...]
    below: tuple[Item, ...]
    below_count: int
    successor: Item | None
    changes: tuple[ChangeEvent, ...]
    aliases: tuple[Alias, ...]
    scheme: Scheme
    citations: Citations


def show_organisation(snapshot: Snapshot, query: OrganisationQuery) -> OrganisationPage:
    node = find_by_path(snapshot, "organisation", query.id)
    store, links, body = snapshot.store, snapshot.links, NamedNode(node.iri)
    level = find_value(store, body, ORG.classification, graph=links)
    below = _look_up(snapshot, find_subjects(store, ORG.subOrganizationOf, body, graph=links))
    successor = next(find_nodes(store, body, DCTERMS.isReplacedBy, graph=links), None)
    return OrganisationPage(
        item=make_item(snapshot.catalogue, node),
        place=find_value(store, body, PG.place, graph=links),
        level=read_type(level) if level else None,
        above=tuple(_list_above(snapshot, body)),
        below=below[:_MOST_BELOW],
        below_count=len(below),
        successor=next(iter(_look_up(snapshot, [successor] if successor else [])), None),
        changes=tuple(_list_changes(snapshot, body)),
        aliases=list_aliases(snapshot, node),
        scheme=make_scheme(snapshot, node),
        citations=list_citations(snapshot, node, query.page),
    )


def _look_up(snapshot: Snapshot, nodes: Iterable[NamedNode]) -> tuple[Item, ...]:
    found = (snapshot.catalogue.find(node.value) for node in nodes)
    known = sorted(filter(None, found), key=lambda node: (node.label, node.iri))
    return make_items(snapshot.catalogue, known)


def _list_above(snapshot: Snapshot, body: NamedNode) -> Iterator[Item]:
    seen, at = {body}, body
    while len(seen) <= _MOST_ABOVE:
        above = find_nodes(snapshot.store, at, ORG.subOrganizationOf, graph=snapshot.links)
        at = min(above, key=lambda node: node.value, default=body)
        node = snapshot.catalogue.find(at.value)
        if at in seen or node is None:
            return
        seen.add(at)
        yield make_item(snapshot.catalogue, node)


def _list_changes(snapshot: Snapshot, body: NamedNode) -> list[ChangeEvent]:
    store, links = snapshot.store, snapshot.links
    events = {
        event
        for end in (ORG.originalOrganization, ORG.resultingOrganization)
        for event in find_subjects(store, end, body, graph=links)
    }
    changes = [
        ChangeEvent(
            find_value(store, event, DCTERMS.date, graph=links) or "",
            find_value(store, event, RDFS.label, graph=links) or "",
            _look_up(snapshot, find_nodes(store, event, ORG.originalOrganization, graph=links)),
            _look_up(snapshot, find_nodes(store, event, ORG.resultingOrganization, graph=links)),
        )
        for event in events
    ]
    return sorted(changes, key=lambda change: (change.date, change.label))
