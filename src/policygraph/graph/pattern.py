"""Looks triples up in a store of ours, which holds named nodes and literals in named graphs only.

pyoxigraph's own types allow for blank nodes, triple terms and the default graph everywhere.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Protocol, cast

from pyoxigraph import Literal, NamedNode, Store


class PlainQuad(Protocol):
    """A quad without blank nodes or triple terms, in a named graph."""

    @property
    def subject(self) -> NamedNode: ...
    @property
    def predicate(self) -> NamedNode: ...
    @property
    def object(self) -> NamedNode | Literal: ...
    @property
    def graph_name(self) -> NamedNode: ...


def find_quads(
    store: Store,
    subject: NamedNode | None = None,
    predicate: NamedNode | None = None,
    object_: NamedNode | Literal | None = None,
    *,
    graph: NamedNode | None = None,
) -> Iterator[PlainQuad]:
    """The quads that fit; None fits all."""
    quads = store.quads_for_pattern(subject, predicate, object_, graph)
    return cast(Iterator[PlainQuad], quads)


def find_subjects(
    store: Store,
    predicate: NamedNode,
    object_: NamedNode | Literal,
    *,
    graph: NamedNode | None = None,
) -> Iterator[NamedNode]:
    """What has a node, or a text, as its value."""
    for quad in find_quads(store, None, predicate, object_, graph=graph):
        yield quad.subject


def find_nodes(
    store: Store, subject: NamedNode, predicate: NamedNode, *, graph: NamedNode | None = None
) -> Iterator[NamedNode]:
    """The nodes that a property leads to."""
    for quad in find_quads(store, subject, predicate, graph=graph):
        yield cast(NamedNode, quad.object)


def find_value(
    store: Store, subject: NamedNode, predicate: NamedNode, *, graph: NamedNode | None = None
) -> str | None:
    """The one value of a property, as text; None where it has none."""
    for quad in find_quads(store, subject, predicate, graph=graph):
        return quad.object.value
    return None
