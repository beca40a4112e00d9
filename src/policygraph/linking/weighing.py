"""Weighs the values of each document of a corpus among its bodies, and those of the registry."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from policygraph.linking.documents import Decision
from policygraph.linking.issuers import Body, Hierarchy
from policygraph.linking.names import add_bodies, make_organisation
from policygraph.linking.things import find_attested
from policygraph.linking.values import Naming, Side, weigh_dates, weigh_issuers
from policygraph.model import AttributeValue, Campaign, Decided, Organisation
from policygraph.registry import KnownDocument, Registry
from policygraph.ruling import Rulings


@dataclass(frozen=True, slots=True)
class Weighed:
    """The values of a document, dates before issuers, and the bodies that these depend on."""

    values: tuple[AttributeValue, ...]
    bodies: frozenset[str]


NOTHING = Weighed((), frozenset())


def weigh(
    document: str,
    decisions: Sequence[Decision],
    namings: Sequence[Naming],
    find_body: Callable[[str], Body],
    registry: Registry,
    rulings: Rulings,
) -> Weighed:
    """Weighs what decisions and namings give; `find_body` knows the bodies of the corpus."""
    consulted: set[str] = set()

    def consult(id_: str) -> Body:
        consulted.add(id_)
        return find_body(id_)

    known = find_attested(document, registry)
    dates = tuple(weigh_dates(document, decisions, known, rulings.dates.get(document)))
    at = _find_date(dates)
    issuers = _find_registered(known, at, registry, rulings)
    coded = _find_coded(decisions, at, registry)
    if coded is not None and namings:
        consulted.add(coded)  # it may be merged into a body that is named
        coded = rulings.identify(coded)
    weighed = weigh_issuers(document, namings, issuers, coded, Hierarchy(consult))
    return Weighed((*dates, *weighed), frozenset(consulted))


def describe_body(thing: Organisation | Campaign, registry: Registry) -> Body:
    """What tells whether another body may be meant for one."""
    if isinstance(thing, Campaign):
        return Body(None, None, frozenset())
    above = {thing.part_of} if thing.part_of else set[str]()
    return Body(thing.place, registry.issuer_named(thing.label), frozenset(above))


def list_registered(
    document: str, decisions: Sequence[Decision], decided: Decided | None, registry: Registry
) -> list[Organisation]:
    """The bodies that the registry names as a document's issuers, and those above or after them."""
    known = find_attested(document, registry)
    bodies: dict[str, Organisation] = {}
    if known is not None and known.issuers:
        at = _find_date(weigh_dates(document, decisions, known, decided))
        for name in known.issuers:
            add_bodies(bodies, name, registry, at=at)
    return list(bodies.values())


def _find_date(dates: Iterable[AttributeValue]) -> str | None:
    return next((value.value for value in dates if value.is_preferred), None)


def _find_registered(
    known: KnownDocument | None, at: str | None, registry: Registry, rulings: Rulings
) -> tuple[Side, str] | None:
    if known is None or not known.issuers:
        return None
    ids = (make_organisation(name, registry, at=at).id for name in known.issuers)
    return frozenset(map(rulings.identify, ids)), known.source


def _find_coded(decisions: Sequence[Decision], at: str | None, registry: Registry) -> str | None:
    """The id of the body whose code stands in the number, where that is the code of one."""
    numbers = [d.reference.number for d in decisions if d.reference.number]
    code = next((number.issuer for number in numbers if number.issuer), None)
    row = registry.issuer(code) if code else None
    if row is None or row.name is None:
        return None
    return make_organisation(row.name, registry, at=at).id
