"""Weighs the values that texts and the registry give a document: which counts, and who says so.

Every value is kept. One date is preferred; of issuers those of one side, which may be several.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence, Set
from dataclasses import dataclass

from policygraph.assertion import name_dates
from policygraph.linking.documents import Decision
from policygraph.linking.issuers import Hierarchy
from policygraph.model import AttributeValue, Decided
from policygraph.registry import KnownDocument

#: Ids of bodies that one reference names together as issuers, or that the registry gives together.
Side = frozenset[str]


@dataclass(frozen=True, slots=True)
class Naming:
    """The bodies that one reference names as issuers.

    Attributes:
        is_certain: False where the reference stands for a partial key, which several documents
            may share.
        bodies: their ids, each with the names of the statements that name it.
    """

    article: str
    is_certain: bool
    bodies: tuple[tuple[str, tuple[str, ...]], ...]

    @property
    def side(self) -> Side:
        return frozenset(body for body, _ in self.bodies)


def weigh_dates(
    document: str,
    decisions: Sequence[Decision],
    known: KnownDocument | None,
    decided: Decided | None,
) -> Iterator[AttributeValue]:
    """The dates of a document, sorted; see `_prefer_date` for the one that counts.

    One that a reviewer decided on counts before all.

    A date of the registry that no source gives together with the number ("partly-attested") may be
    wrong by days: it counts where no text gives any, and is no value beside theirs.
    """
    said: dict[str, set[tuple[str, str]]] = defaultdict(set)
    for decision in decisions:
        for name, stated in name_dates(decision.reference):
            said[stated.date].add((decision.article, name))
    registered = known.date if known and (known.confidence == "attested" or not said) else None
    preferred = decided.value if decided else registered or _prefer_date(decisions)
    for date in sorted({*said, registered, preferred} - {None}, key=str):
        yield AttributeValue(
            document,
            "date",
            str(date),
            date == preferred,
            tuple(sorted(said[str(date)])) if date in said else (),
            known.source if known and date == registered else None,
            decided.by if decided and date == decided.value else None,
        )


def _prefer_date(decisions: Sequence[Decision]) -> str | None:
    """The date of most articles; of as many, what an article gives first; then the earliest."""
    articles: dict[str, set[str]] = defaultdict(set)
    ranks: dict[str, int] = {}
    for decision in decisions:
        for rank, stated in enumerate(decision.reference.dates):
            articles[stated.date].add(decision.article)
            ranks[stated.date] = min(rank, ranks.get(stated.date, rank))
    ranked = sorted(ranks, key=lambda date: (-len(articles[date]), ranks[date], date))
    return ranked[0] if ranked else None


def weigh_issuers(
    document: str,
    namings: Sequence[Naming],
    known: tuple[Side, str] | None,
    coded: str | None,
    hierarchy: Hierarchy,
) -> Iterator[AttributeValue]:
    """The bodies named as issuers of a document, sorted by id.

    One side counts, and with it every body that does not contradict it.

    Args:
        known: the bodies that a confirmed row of the registry gives, and the row's source.
        coded: the body whose code the document's number bears, where the code is one body's.
    """
    said: dict[str, set[tuple[str, str]]] = defaultdict(set)
    for naming in namings:
        for body, names in naming.bodies:
            said[body].update((naming.article, name) for name in names)
    registered, source = known or (frozenset(), None)
    counted = registered or _prefer_side(namings, coded)
    agreeing = _list_agreeing(counted, namings, hierarchy)
    for body in sorted(said.keys() | (registered if agreeing.isdisjoint(said) else Side())):
        yield AttributeValue(
            document,
            "issuedBy",
            body,
            body in agreeing,
            tuple(sorted(said[body])) if body in said else (),
            source if body in registered else None,
        )


def _prefer_side(namings: Iterable[Naming], coded: str | None) -> Side:
    """The side with the body of the number's code; then that of most articles, of most references.

    Of as many the one of the least ids counts.
    """
    articles: dict[Side, set[str]] = defaultdict(set)
    counted: dict[Side, int] = defaultdict(int)
    for naming in namings:
        articles[naming.side].add(naming.article)
        counted[naming.side] += 1
    return min(
        counted,
        key=lambda side: (coded not in side, -len(articles[side]), -counted[side], sorted(side)),
        default=Side(),
    )


def _list_agreeing(counted: Side, namings: Iterable[Naming], hierarchy: Hierarchy) -> Set[str]:
    """The bodies of the side that counts, and of those that do not contradict it."""
    agreeing = set(counted)
    for naming in namings:
        if not (naming.is_certain and hierarchy.contradict(counted, naming.side)):
            agreeing |= naming.side
    return agreeing
