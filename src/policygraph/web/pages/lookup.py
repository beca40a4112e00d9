"""Finds what the address of a page names: by path, by id or IRI, or by any name of a thing."""

from __future__ import annotations

from itertools import chain

from policygraph.graph.iri import article_iri, thing_iri
from policygraph.graph.names import find_node
from policygraph.graph.thing import Node, NodeKind
from policygraph.web.query import MissingPageError, MovedPageError
from policygraph.web.record import path_of
from policygraph.web.snapshot import Snapshot


def find_by_path(snapshot: Snapshot, kind: NodeKind, id_: str) -> Node:
    """The node of a kind whose page is at "/{kind}/{id}".

    Raises:
        MovedPageError: it was partial, or merged into another.
        MissingPageError: the graph has none.
    """
    base = snapshot.base
    iri = article_iri(base, id_) if kind == "article" else thing_iri(base, f"{kind}/{id_}")
    node = snapshot.catalogue.find(iri)
    if node is None and (successor := snapshot.catalogue.find_successor(iri)):
        raise MovedPageError(f"{kind} “{id_}” is another", path=path_of(base, successor.iri))
    if node is None or node.kind != kind:
        message = f"this graph has no {kind} “{id_}”"
        raise MissingPageError(message, remedy="search for it by its number or name")
    return node


def find_by_name(snapshot: Snapshot, name: str, *, kind: NodeKind | None = None) -> Node:
    """The one node that a name, id, path or IRI stands for.

    Raises:
        AmbiguousNameError, UnknownNameError: as `find_node`.
    """
    node = find_exactly(snapshot, name)
    if node and kind in (None, node.kind):
        return node
    words, bearers = name.strip(), snapshot.bearers
    return find_node(snapshot.store, snapshot.base, words, kind=kind, bearers=bearers)


def find_exactly(snapshot: Snapshot, name: str) -> Node | None:
    """The node of an id, path or IRI, or what took its place; None where there is none."""
    base, words = snapshot.base, name.strip()
    path, catalogue = words.removeprefix("/"), snapshot.catalogue
    iris = words, thing_iri(base, path), base + path
    found = chain(map(catalogue.find, iris), map(catalogue.find_successor, iris))
    return next(filter(None, found), None)
