"""The chain of a document: what carries it out and what it rests on, and where the texts say so.

Later steps lead from the document to what was done about it: documents and bodies that carry it
out, guide, amend, replace, repeal or review it, and what does so with those in turn. Earlier steps
lead back to what it carries out, amends, replaces or rests on. Circles are walked once.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass, replace
from typing import Any, Literal

from pyoxigraph import NamedNode, Store

from policygraph.graph.ending import PREDICATES, Ending, find_ended_provisions
from policygraph.graph.evidence import (
    Quotation,
    find_stated,
    rank_quotations,
    read_quotations,
)
from policygraph.graph.iri import links_iri
from policygraph.graph.names import find_thing
from policygraph.graph.namespaces import PG
from policygraph.graph.pattern import find_nodes, find_subjects
from policygraph.graph.seat import Seat, find_body_seat, find_document_seat
from policygraph.graph.thing import Node, kind_of, read_thing

Direction = Literal["later", "earlier"]

#: What later steps may say, by the predicate; a chain goes on behind all but the last two.
LATER = ("implements", "guides", "amends", "replaces", "repeals", "reviews")
#: What earlier steps may say.
EARLIER = ("implements", "basedOn", "guides", "amends", "replaces")
_ENDS = ("repeals", "reviews")
_ANY: Set[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Step:
    """That one thing carries out, guides, … another.

    Attributes:
        predicate: what the subject does with the object ("implements").
        direction: "later" where the subject is farther from the target, "earlier" where the object.
        depth: 1 where one end is the target of the trace, 2 where it is one step from that, …
        evidence: the sentences that say so, the best first; none where a registry alone does.
    """

    subject: Node
    predicate: str
    object: Node
    direction: Direction
    depth: int
    evidence: tuple[Quotation, ...]

    @property
    def near(self) -> Node:
        """The end that is nearer to the target."""
        return self.object if self.direction == "later" else self.subject

    @property
    def far(self) -> Node:
        return self.subject if self.direction == "later" else self.object

    def as_json(self) -> dict[str, Any]:
        return {
            "subject": self.subject.as_json(),
            "predicate": self.predicate,
            "object": self.object.as_json(),
            "direction": self.direction,
            "depth": self.depth,
            "evidence": [quotation.as_json() for quotation in self.evidence],
        }


@dataclass(frozen=True, slots=True)
class Trace:
    """A document with its chain.

    Attributes:
        steps: the later ones by depth, nearer end, date and IRI, then the earlier ones so.
        as_of: the day up to which documents and articles counted, ISO 8601; None for all.
        endings: how documents of the chain ended, by IRI.
        seats: where the bodies behind the things of the chain sit, by IRI.
    """

    target: Node
    steps: tuple[Step, ...]
    as_of: str | None
    endings: Mapping[str, tuple[Ending, ...]]
    seats: Mapping[str, Seat]

    def choose(self, direction: str) -> Trace:
        """The trace with the steps of one direction alone; with all for "both"."""
        return replace(
            self, steps=tuple(s for s in self.steps if direction in (s.direction, "both"))
        )

    def narrow(
        self, *, predicates: Set[str] = _ANY, levels: Set[str] = _ANY, places: Set[str] = _ANY
    ) -> Trace:
        """The trace with less of its chain; an empty set asks for nothing.

        Args:
            predicates: the only ones along which it is followed.
            levels, places: ids of levels and provinces: what sits elsewhere is left out, unless it
                stands between the target and what is asked for.
        """
        steps = _follow(self.target.iri, self.steps, predicates)
        if levels or places:
            wanted = {
                iri
                for iri, seat in self.seats.items()
                if (not levels or seat.level in levels) and (not places or seat.place in places)
            }
            steps = _lead_to(wanted - {self.target.iri}, steps)
        return replace(self, steps=tuple(steps))

    def list_nodes(self) -> tuple[Node, ...]:
        """The target and all that its steps lead to, each once, by IRI."""
        nodes = {self.target.iri: self.target}
        nodes |= {node.iri: node for step in self.steps for node in (step.subject, step.object)}
        return tuple(nodes[iri] for iri in sorted(nodes))

    def as_json(self) -> dict[str, Any]:
        """`{"target", "as_of", "steps": […], "endings": {iri: […]}}`.

        An ending is `{"predicate", "by", "provisions"}`.
        """
        return {
            "target": self.target.as_json(),
            "as_of": self.as_of,
            "steps": [step.as_json() for step in self.steps],
            "endings": {
                iri: [
                    {
                        "predicate": each.predicate,
                        "by": each.by.as_json(),
                        "provisions": list(each.provisions),
                    }
                    for each in ended
                ]
                for iri, ended in sorted(self.endings.items())
            },
        }


def trace_document(store: Store, base: str, name: str, *, as_of: str | None = None) -> Trace:
    """The chain of the document of a name.

    With `as_of`, documents of a later day and what only articles of a later day say are left out;
    a document without a date stays.

    Raises:
        AmbiguousNameError, UnknownNameError: as `find_thing`.
    """
    return trace_node(store, base, find_thing(store, base, name, kind="document"), as_of=as_of)


def trace_node(
    store: Store,
    base: str,
    target: Node,
    *,
    as_of: str | None = None,
    nodes: Mapping[str, Node] | None = None,
) -> Trace:
    """The chain of a document that was found already.

    Args:
        nodes: things by IRI that were read already.
    """
    view = _View(store, base, as_of, nodes or {})
    steps = (*_walk(view, target, "later"), *_walk(view, target, "earlier"))
    nodes = {target.iri: target} | {n.iri: n for s in steps for n in (s.subject, s.object)}
    endings = {iri: found for iri in nodes if (found := tuple(view.list_endings(iri)))}
    return Trace(
        target, steps, as_of, endings, {iri: view.find_seat(node) for iri, node in nodes.items()}
    )


@dataclass(frozen=True, slots=True)
class _View:
    """The links graph of a day."""

    store: Store
    base: str
    as_of: str | None
    nodes: Mapping[str, Node]

    def read(self, iri: NamedNode) -> Node:
        if node := self.nodes.get(iri.value):
            return node
        kind = kind_of(self.store, self.base, iri) or "document"
        return read_thing(self.store, self.base, iri, kind)

    def find_ends(self, near: NamedNode, predicate: str, direction: Direction) -> list[NamedNode]:
        """The far ends of the direct triples of a predicate."""
        graph = NamedNode(links_iri(self.base))
        if direction == "later":
            found = find_subjects(self.store, PG[predicate], near, graph=graph)
        else:
            found = find_nodes(self.store, near, PG[predicate], graph=graph)
        return sorted(found, key=lambda node: node.value)

    def read_evidence(
        self, subject: Node, object_: Node, targets: Iterable[NamedNode]
    ) -> tuple[Quotation, ...]:
        numbers = [node.number for node in (subject, object_) if node.number]
        return rank_quotations(read_quotations(self.store, targets), numbers)

    def is_there(self, node: Node) -> bool:
        """Whether a thing was there on the day; one without a date is taken to have been."""
        return self.as_of is None or node.date is None or node.date <= self.as_of

    def keep_said(self, said: tuple[Quotation, ...]) -> tuple[Quotation, ...]:
        """What articles had said by the day; those without a date are kept."""
        if self.as_of is None:
            return said
        return tuple(each for each in said if (each.published or "") <= self.as_of)

    def list_endings(self, iri: str) -> Iterator[Ending]:
        document = NamedNode(iri)
        for predicate in PREDICATES:
            for by in self.find_ends(document, predicate, "later"):
                node = self.read(by)
                if self.is_there(node):
                    parts = find_ended_provisions(self.store, document, predicate, by)
                    yield Ending(predicate, node, parts)

    def find_seat(self, node: Node) -> Seat:
        find = find_body_seat if node.kind == "organisation" else find_document_seat
        return find(self.store, self.base, NamedNode(node.iri))


def _walk(view: _View, target: Node, direction: Direction) -> Iterator[Step]:
    reached = {target.iri: target}
    queue = deque([(target, 1)])
    while queue:
        near, depth = queue.popleft()
        for step in sorted(_step_from(view, near, direction, depth), key=_by_date):
            yield step
            far = step.far
            if far.iri not in reached and far.kind == "document" and step.predicate not in _ENDS:
                queue.append((far, depth + 1))
                reached[far.iri] = far


def _step_from(view: _View, near: Node, direction: Direction, depth: int) -> Iterator[Step]:
    stated = find_stated(view.store, NamedNode(near.iri), direction)
    for predicate in LATER if direction == "later" else EARLIER:
        for iri in view.find_ends(NamedNode(near.iri), predicate, direction):
            far = view.read(iri)
            if not view.is_there(far):
                continue
            subject, object_ = (far, near) if direction == "later" else (near, far)
            targets = stated.get((PG[predicate].value, iri.value), ())
            said = view.read_evidence(subject, object_, targets)
            known = view.keep_said(said)
            if known or not said:
                yield Step(subject, predicate, object_, direction, depth, known)


def _follow(target: str, steps: Iterable[Step], predicates: Set[str]) -> list[Step]:
    """The steps that are reached from the target along some predicates; all for none."""
    reached: dict[Direction, set[str]] = {"later": {target}, "earlier": {target}}
    kept = []
    for step in steps:  # nearer ones stand before those behind them
        is_wanted = not predicates or step.predicate in predicates
        if is_wanted and step.near.iri in reached[step.direction]:
            kept.append(step)
            reached[step.direction].add(step.far.iri)
    return kept


def _lead_to(wanted: Set[str], steps: Sequence[Step]) -> list[Step]:
    """The steps to some things, and those on the way to them."""
    needed: dict[Direction, set[str]] = {"later": set(wanted), "earlier": set(wanted)}
    for step in sorted(steps, key=lambda step: -step.depth):
        if step.far.iri in needed[step.direction]:
            needed[step.direction].add(step.near.iri)
    return [step for step in steps if step.far.iri in needed[step.direction]]


def _by_date(step: Step) -> tuple[bool, str, str, str]:
    """Dated ends first, by date; of one date by IRI."""
    return step.far.date is None, step.far.date or "", step.far.iri, step.predicate
