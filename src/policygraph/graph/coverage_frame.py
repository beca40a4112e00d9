"""The rows of a coverage: provinces, ministries or levels, and what belongs to each."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from pyoxigraph import NamedNode, Store

from policygraph.graph.iri import links_iri, thing_id
from policygraph.graph.namespaces import PG
from policygraph.graph.pattern import find_nodes
from policygraph.graph.seat import find_body_seat
from policygraph.graph.thing import Node, find_things
from policygraph.graph.trace import Trace
from policygraph.levels import PROVINCE, is_ministry, load_levels
from policygraph.registry import KnownOrganisation, Place, load_registry
from policygraph.text import make_slug

By = Literal["province", "ministry", "level"]


@dataclass(frozen=True, slots=True)
class Frame:
    """The rows of a coverage, and which of them a thing belongs to.

    Attributes:
        labels: of the rows by id; `known` are those that the registry or a vocabulary has.
        places: the rows that each thing belongs to, by its IRI; what has none is left out.
        own: the things that belong to the body of a row itself, and not to one below.
    """

    labels: Mapping[str, str]
    known: frozenset[str]
    places: Mapping[str, Sequence[str]]
    own: frozenset[str]
    ranks: Mapping[str, int]

    def order(self, id_: str, label: str) -> tuple[bool, int, str]:
        return id_ not in self.known, self.ranks.get(id_, 0), make_slug(label)


def make_frame(
    store: Store,
    base: str,
    *,
    by: By,
    day: str | None,
    traces: Sequence[Trace],
    strange: Mapping[str, str],
) -> Frame:
    """The rows for some traces as they are on a day.

    Args:
        strange: the names of provinces that the registry does not know, by id.
    """
    match by:
        case "province":
            return _frame_provinces(day, traces, strange)
        case "ministry":
            return _frame_ministries(store, base, day, traces)
        case "level":
            return _frame_levels(traces)


def _frame_provinces(day: str | None, traces: Sequence[Trace], strange: Mapping[str, str]) -> Frame:
    """Rows for the provinces of the day, and for those in the graph that nobody knows."""
    labels = list_provinces(day)
    seats = {iri: seat for trace in traces for iri, seat in trace.seats.items() if seat.place}
    rows = {iri: find_province(seat.place or "", day) for iri, seat in seats.items()}
    return Frame(
        labels | dict(strange),
        frozenset(labels),
        {iri: (row,) for iri, row in rows.items()},
        frozenset(iri for iri, seat in seats.items() if seat.level in (PROVINCE, None)),
        {},
    )


def list_provinces(day: str | None) -> dict[str, str]:
    """The names of the provinces of a day by their id; of all that the registry knows without."""
    places = {place.id: place for place in load_registry().places}
    return {
        id_: f"{place.kind} {place.name}"
        for id_, place in places.items()
        if _find_heir(place, places, day) is place
    }


def find_province(place: str, day: str | None) -> str:
    """The id of the province that a place belongs to on a day; the place itself where unknown."""
    places = {place.id: place for place in load_registry().places}
    known = places.get(place)
    return _find_heir(known, places, day).id if known else place


def _find_heir(place: Place, places: Mapping[str, Place], day: str | None) -> Place:
    """The province that the area of a place belongs to on a day."""
    while place.valid_to and day and day > place.valid_to and place.became != place.id:
        place = places[place.became]
    return place


def find_strange_provinces(store: Store, base: str) -> dict[str, str]:
    """The names of provinces that articles name and the registry does not know, by their slug."""
    known = {place.id for place in load_registry().places}
    names: dict[str, str] = {}
    for body in find_things(store, base, "organisation"):
        seat = find_body_seat(store, base, NamedNode(body.iri))
        if seat.place and seat.level == PROVINCE and seat.place not in known:
            words = body.label.split()[-len(seat.place.split("-")) :]
            if make_slug(" ".join(words)) == seat.place:
                names.setdefault(seat.place, f"tỉnh {' '.join(words)}")
    return names


def _frame_ministries(store: Store, base: str, day: str | None, traces: Sequence[Trace]) -> Frame:
    """Rows for the ministries of the day; what one that is gone did counts for its successor."""
    bodies = {body.id: body for body in load_registry().organisations}
    ministries = [body for body in bodies.values() if is_ministry(body.name)]
    there = {body.id: body.name for body in ministries if _is_there(body, day)}
    rows: dict[str, list[str]] = {}
    for trace in traces:
        for node in trace.list_nodes():
            issuers = _list_bodies(store, base, node)
            found = (_find_successor(bodies.get(each), day) for each in issuers)
            rows[node.iri] = [id_ for id_ in dict.fromkeys(found) if id_ in there]
    return Frame(there, frozenset(there), rows, frozenset(rows), {})


def _is_there(body: KnownOrganisation, day: str | None) -> bool:
    return day is None or ((body.valid_from or "") <= day <= (body.valid_to or day))


def _list_bodies(store: Store, base: str, node: Node) -> list[str]:
    """The ids of an organisation itself, or of the issuers of a document, sorted."""
    if node.kind == "organisation":
        return [thing_id(base, node.iri)]
    graph = NamedNode(links_iri(base))
    issuers = find_nodes(store, NamedNode(node.iri), PG.issuedBy, graph=graph)
    return sorted(thing_id(base, issuer.value) for issuer in issuers)


def _find_successor(body: KnownOrganisation | None, day: str | None) -> str | None:
    while body and body.successor and not _is_there(body, day):
        body = load_registry().find_organisation(body.successor)
    return body.id if body else None


def _frame_levels(traces: Sequence[Trace]) -> Frame:
    levels = load_levels()
    seats = {iri: seat for trace in traces for iri, seat in trace.seats.items() if seat.level}
    return Frame(
        {id_: row.label for id_, row in levels.items()},
        frozenset(levels),
        {iri: (seat.level,) for iri, seat in seats.items() if seat.level},
        frozenset(seats),
        {id_: rank for rank, id_ in enumerate(levels)},
    )
