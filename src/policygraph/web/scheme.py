"""The lược đồ of a thing as pages show it: earlier on one side, later on the other, by relation."""

from __future__ import annotations

from dataclasses import dataclass

from policygraph.graph.relation import Evidence, Group, find_evidence, list_groups
from policygraph.graph.thing import Node
from policygraph.graph.trace import Direction
from policygraph.web.record import Item, Said, make_item, make_quotes
from policygraph.web.snapshot import Snapshot

#: Of a group only so many lines are shown with their sentences; search and SPARQL find the rest.
MOST_LINES = 40
_MOST_SENTENCES = 8


@dataclass(frozen=True, slots=True)
class Line:
    """One thing of a group, with the best sentences that say so.

    Attributes:
        count: of all that do; 0 where a registry alone does.
    """

    item: Item
    evidence: tuple[Said, ...]
    count: int


@dataclass(frozen=True, slots=True)
class SchemeGroup:
    """What is related by one predicate in one direction.

    Attributes:
        predicate: "implements", …; "refersTo" for what the document's own text merely cites.
        count: how many there are; `lines` hold the first of them by date.
    """

    predicate: str
    direction: Direction
    count: int
    lines: tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class Scheme:
    """The groups that hold something, in the order of the ontology."""

    earlier: tuple[SchemeGroup, ...]
    later: tuple[SchemeGroup, ...]

    def list_related(self, direction: Direction, *predicates: str) -> tuple[Item, ...]:
        """What is shown of some groups."""
        groups = self.earlier if direction == "earlier" else self.later
        return tuple(
            line.item for group in groups if group.predicate in predicates for line in group.lines
        )


def make_scheme(snapshot: Snapshot, thing: Node) -> Scheme:
    """All groups of a thing."""
    evidence = find_evidence(snapshot.store, thing)
    groups = [
        _show_group(snapshot, evidence, group)
        for group in list_groups(snapshot.store, snapshot.catalogue, thing.iri)
    ]
    return Scheme(
        tuple(group for group in groups if group.direction == "earlier"),
        tuple(group for group in groups if group.direction == "later"),
    )


def _show_group(snapshot: Snapshot, evidence: Evidence, group: Group) -> SchemeGroup:
    lines = tuple(_show_line(snapshot, evidence, group, node) for node in group.nodes[:MOST_LINES])
    return SchemeGroup(group.predicate, group.direction, len(group.nodes), lines)


def _show_line(snapshot: Snapshot, evidence: Evidence, group: Group, other: Node) -> Line:
    said = evidence.read(group, other, most=_MOST_SENTENCES)
    quotes = make_quotes(snapshot.catalogue, said)
    return Line(make_item(snapshot.catalogue, other), quotes, evidence.count(group, other))
