"""The name of a body taken apart, read and while it is read."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import NamedTuple

from policygraph.extraction.organisation_grammar import Head, HeadForm
from policygraph.extraction.places import Scope


class Name(NamedTuple):
    """The name of a body as it is written at folded offsets [start, end).

    Attributes:
        base: the name up to its owner and place, in one spelling ("Sở Nội vụ", "Ban Dân vận").
        owner: the body that the name says it belongs to.
        is_proper: whether more than the head, a generic kind and a bare level is given.
        is_capital: whether it begins with a capital.
        is_owner_only: whether it is a short form in lower case, which only another name holds.
        depth: how many bodies it nests.
    """

    start: int
    end: int
    form: HeadForm
    base: str
    owner: Name | None
    scope: Scope | None
    is_proper: bool
    is_capital: bool
    is_owner_only: bool
    depth: int

    @property
    def head(self) -> Head:
        return self.form.head

    @property
    def is_quoted(self) -> bool:
        """Whether it holds a name in quotation marks."""
        return "”" in self.base or '"' in self.base

    @property
    def is_bare(self) -> bool:
        """Whether it is the head alone."""
        return self.owner is None and self.scope is None and self.base == self.form.name


@dataclass(slots=True)
class Draft:
    """A name while it is read; it ends at the limit at the latest."""

    form: HeadForm
    start: int
    end: int
    limit: int
    words: list[str] = field(default_factory=list)
    owner: Name | None = None
    scope: Scope | None = None
    is_proper: bool = False
