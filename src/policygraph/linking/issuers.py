"""Whether two bodies can both be right as the issuer of one document."""

from __future__ import annotations

from collections.abc import Callable, Set
from dataclasses import dataclass

from policygraph.registry import IssuerCode


@dataclass(frozen=True, slots=True)
class Body:
    """A body with what tells whether another one may be meant for it.

    Attributes:
        code: the row of its issuer code, None where it has none.
        above: the keys of the bodies right above it.
    """

    place: str | None
    code: IssuerCode | None
    above: frozenset[str]


class Hierarchy:
    """Bodies by a key of the caller's (an id, an IRI), each looked up once."""

    def __init__(self, find_body: Callable[[str], Body]) -> None:
        self._find_body = find_body
        self._bodies: dict[str, Body] = {}

    def contradict(self, one: Set[str], other: Set[str]) -> bool:
        """Whether two sides share no body, and none of one may be meant for one of the other."""
        return one.isdisjoint(other) and not any(
            self._may_be_meant(mine, theirs) for mine in one for theirs in other
        )

    def _may_be_meant(self, one: str, other: str) -> bool:
        """Whether a text that names one body may mean a document of the other.

        In general it may where one is part of the other: Thành ủy for its Ban Thường vụ, which acts
        in its name. The graph has Bộ Chính trị and Ban Bí thư below Ban Chấp hành Trung ương, too;
        yet these three issue documents in their own names, with numbers of the one code TW, which
        does not tell whose a number is. So bodies that share a code at the centre contradict each
        other, part or not. Those that share a local code are one committee of a place, by several
        names (Thành ủy, Ban Chấp hành Đảng bộ thành phố).
        """
        mine, theirs = self._body(one), self._body(other)
        if mine.code is not None and mine.code == theirs.code:
            return mine.code.is_local and len({mine.place, theirs.place} - {None}) < 2
        return one in self._walk_up(other) or other in self._walk_up(one)

    def _body(self, key: str) -> Body:
        if key not in self._bodies:
            self._bodies[key] = self._find_body(key)
        return self._bodies[key]

    def _walk_up(self, key: str) -> set[str]:
        """The bodies above one, directly or not; a circle is walked once."""
        above: set[str] = set()
        ways = [key]
        while ways:
            fresh = self._body(ways.pop()).above - above
            above |= fresh
            ways += fresh
        return above
