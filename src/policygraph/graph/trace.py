"""Which documents and bodies carry out a document, step by step, and where the texts say so."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from pyoxigraph import NamedNode, Store

from policygraph.graph.evidence import Quotation, find_sentences
from policygraph.graph.iri import links_iri
from policygraph.graph.names import find_thing
from policygraph.graph.namespaces import PG
from policygraph.graph.pattern import find_subjects
from policygraph.graph.thing import Node, kind_of, read_thing


@dataclass(frozen=True, slots=True)
class Step:
    """That one thing carries out another.

    Attributes:
        depth: 1 where the object is the target of the trace, 2 where it carries that out, …
        evidence: the sentences that say so, sorted; none where a registry alone does.
    """

    subject: Node
    object: Node
    depth: int
    evidence: tuple[Quotation, ...]

    def as_json(self) -> dict[str, Any]:
        return {
            "subject": self.subject.as_json(),
            "predicate": "implements",
            "object": self.object.as_json(),
            "depth": self.depth,
            "evidence": [quotation.as_json() for quotation in self.evidence],
        }


@dataclass(frozen=True, slots=True)
class Trace:
    """A document and what carries it out: steps by depth, then object, then subject."""

    target: Node
    steps: tuple[Step, ...]

    def as_json(self) -> dict[str, Any]:
        """`{"target": {…}, "steps": [{"subject", "predicate", "object", "depth", "evidence"}]}`."""
        return {
            "target": self.target.as_json(),
            "steps": [step.as_json() for step in self.steps],
        }


def trace_implementers(store: Store, base: str, name: str) -> Trace:
    """All that carries out the document of a name, directly or through other documents.

    A circle is walked once. Raises AmbiguousNameError and UnknownNameError as `find_thing` does.
    """
    target = find_thing(store, base, name, kind="document")
    steps = sorted(_walk(store, base, target), key=_by_depth)
    return Trace(target, tuple(steps))


def _by_depth(step: Step) -> tuple[int, str, str]:
    return step.depth, step.object.iri, step.subject.iri


def _walk(store: Store, base: str, target: Node) -> Iterator[Step]:
    reached = {target.iri: target}
    queue = deque([(target, 1)])
    while queue:
        object_, depth = queue.popleft()
        for iri in _implementers(store, base, object_):
            if iri.value not in reached:
                kind = kind_of(store, base, iri) or "document"
                reached[iri.value] = read_thing(store, base, iri, kind)
                queue.append((reached[iri.value], depth + 1))
            evidence = find_sentences(store, iri, PG.implements, NamedNode(object_.iri))
            yield Step(reached[iri.value], object_, depth, evidence)


def _implementers(store: Store, base: str, object_: Node) -> list[NamedNode]:
    graph = NamedNode(links_iri(base))
    subjects = find_subjects(store, PG.implements, NamedNode(object_.iri), graph=graph)
    return sorted(subjects, key=lambda node: node.value)
