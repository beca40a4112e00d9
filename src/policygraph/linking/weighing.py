"""Weighs the values of each document of a corpus among its bodies, and those of the registry."""

from __future__ import annotations

from collections.abc import Sequence

from policygraph.linking.documents import Decision
from policygraph.linking.issuers import Body, Hierarchy
from policygraph.linking.names import add_bodies, make_organisation
from policygraph.linking.things import find_attested
from policygraph.linking.values import Naming, Side, weigh_dates, weigh_issuers
from policygraph.model import AttributeValue, Campaign, Organisation
from policygraph.registry import KnownDocument, Registry


class Weighing:
    """Weighs document by document; the bodies that the registry names as issuers join the others.

    Args:
        bodies: the organisations and campaigns of the corpus, by id.
    """

    def __init__(self, bodies: dict[str, Organisation | Campaign], registry: Registry) -> None:
        self._bodies = bodies
        self._registry = registry
        self._hierarchy = Hierarchy(self._describe_body)

    def weigh(
        self, document: str, decisions: Sequence[Decision], namings: Sequence[Naming]
    ) -> tuple[AttributeValue, ...]:
        """The dates of a document, then its issuers."""
        known = find_attested(document, self._registry)
        dates = tuple(weigh_dates(document, decisions, known))
        at = next((value.value for value in dates if value.is_preferred), None)
        issuers = self._find_registered(known, at)
        coded = self._find_coded(decisions, at)
        return *dates, *weigh_issuers(document, namings, issuers, coded, self._hierarchy)

    def _find_registered(
        self, known: KnownDocument | None, at: str | None
    ) -> tuple[Side, str] | None:
        if known is None or not known.issuers:
            return None
        for name in known.issuers:
            add_bodies(self._bodies, name, self._registry, at=at)
        ids = (make_organisation(name, self._registry, at=at).id for name in known.issuers)
        return frozenset(ids), known.source

    def _find_coded(self, decisions: Sequence[Decision], at: str | None) -> str | None:
        """The id of the body whose code stands in the number, where that is the code of one."""
        numbers = [d.reference.number for d in decisions if d.reference.number]
        code = next((number.issuer for number in numbers if number.issuer), None)
        row = self._registry.issuer(code) if code else None
        if row is None or row.name is None:
            return None
        return make_organisation(row.name, self._registry, at=at).id

    def _describe_body(self, id_: str) -> Body:
        body = self._bodies[id_]
        if isinstance(body, Campaign):
            return Body(None, None, frozenset())
        above = {body.part_of} if body.part_of else set[str]()
        return Body(body.place, self._registry.issuer_named(body.label), frozenset(above))
