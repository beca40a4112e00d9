"""Where the body behind a thing sits: its province and its level."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from pyoxigraph import NamedNode, Store

from policygraph.graph.iri import links_iri, thing_id
from policygraph.graph.namespaces import PG
from policygraph.graph.pattern import find_nodes, find_value
from policygraph.graph.thing import find_plain_name
from policygraph.levels import CENTRE, find_level, level_of_code
from policygraph.linking.keys import find_body, list_central_bodies, read_local_key
from policygraph.linking.seats import name_province
from policygraph.registry import load_registry


@dataclass(frozen=True, slots=True)
class Seat:
    """Where a body sits, or the body that issued a document.

    Attributes:
        place: id of the province, or the slug of one that the registry does not know; None at the
            centre, and where nothing tells it.
        level: id of a level in data/vocab/levels.toml; None where nothing tells it.
    """

    place: str | None = None
    level: str | None = None


def find_document_seat(store: Store, base: str, document: NamedNode) -> Seat:
    """The seat of the body that issued a document: by its key, and by the issuers' names."""
    id_ = thing_id(base, document.value)
    if find_body(id_) in list_central_bodies(load_registry()):
        return Seat(None, CENTRE)
    issuers = sorted(_find_issuers(store, base, document), key=lambda node: node.value)
    bodies = [find_body_seat(store, base, issuer) for issuer in issuers]
    code, place = read_local_key(id_, load_registry())
    level = next((seat.level for seat in bodies if seat.level), None) or level_of_code(code or "")
    return Seat(place or next((seat.place for seat in bodies if seat.place), None), level)


def _find_issuers(store: Store, base: str, document: NamedNode) -> Iterator[NamedNode]:
    return find_nodes(store, document, PG.issuedBy, graph=NamedNode(links_iri(base)))


def find_body_seat(store: Store, base: str, body: NamedNode) -> Seat:
    """The seat of an organisation by its name; its place in the graph counts before."""
    graph = NamedNode(links_iri(base))
    name = find_plain_name(store, body, graph)
    level = find_level(name)
    if level == CENTRE:
        return Seat(None, level)
    place = find_value(store, body, PG.place, graph=graph)
    return Seat(name_province(name, load_registry()) or place, level)
