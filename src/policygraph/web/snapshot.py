"""The graph as it stands when a page is asked for, with what is kept at hand of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from threading import Lock

from pyoxigraph import NamedNode, Store

from policygraph.graph.adjacency import Adjacency, read_adjacency
from policygraph.graph.catalogue import Catalogue, read_catalogue
from policygraph.graph.coverage import Corpus, read_corpus
from policygraph.graph.findings import Findings
from policygraph.graph.iri import links_iri
from policygraph.graph.manifest import MANIFEST
from policygraph.graph.names import Bearers
from policygraph.graph.namespaces import PG
from policygraph.graph.overview import By, Grouping, group_nodes
from policygraph.graph.pattern import find_quads
from policygraph.graph.policy_graph import PolicyGraph
from policygraph.graph.relation import PREDICATES
from policygraph.graph.review import LoggedDecision
from policygraph.graph.search import SearchIndex


@dataclass(frozen=True, eq=False)
class Snapshot:
    """One generation of a graph folder, open for reading; threads may share it.

    Attributes:
        corpus: what coverages are seen in.
        decisions: what reviewers decided, the earliest first.
        size: how many triples there are, in all graphs.
        relations: how many triples of each predicate there are between things.
    """

    graph: PolicyGraph
    catalogue: Catalogue
    index: SearchIndex
    findings: Findings
    corpus: Corpus
    decisions: tuple[LoggedDecision, ...]
    size: int
    relations: Mapping[str, int]
    _groupings: dict[By, Grouping] = field(default_factory=dict, repr=False)

    @property
    def store(self) -> Store:
        return self.graph.store

    @property
    def base(self) -> str:
        """The base of the IRIs of this graph."""
        return self.graph.base

    @property
    def links(self) -> NamedNode:
        """The graph of what the corpus is taken to mean."""
        return NamedNode(links_iri(self.base))

    @cached_property
    def adjacency(self) -> Adjacency:
        """The direct triples; read when the first page asks for them."""
        return read_adjacency(self.store, self.catalogue)

    @cached_property
    def bearers(self) -> Bearers:
        """What a name may stand for."""
        catalogue = self.catalogue
        nodes = tuple(sorted(catalogue.nodes.values(), key=lambda node: node.iri))
        return Bearers(nodes, catalogue.citing, catalogue.surfaces)

    def group_nodes(self, by: By) -> Grouping:
        """The nodes in groups, which are made when they are asked for first."""
        if by not in self._groupings:
            self._groupings[by] = group_nodes(self.adjacency, self.store, self.base, by)
        return self._groupings[by]


def open_snapshot(folder: Path) -> Snapshot:
    """The current graph of a folder; raises GraphError as `PolicyGraph.open`."""
    graph = PolicyGraph.open(folder)
    catalogue = read_catalogue(graph.store, graph.base)
    return Snapshot(
        graph=graph,
        catalogue=catalogue,
        index=SearchIndex(graph.store, catalogue),
        findings=graph.check(),
        corpus=read_corpus(graph.store, graph.base),
        decisions=graph.decisions(),
        size=len(graph.store),
        relations=_count_relations(graph.store, graph.base),
    )


def _count_relations(store: Store, base: str) -> dict[str, int]:
    """How many triples of each predicate there are between things."""
    graph = NamedNode(links_iri(base))
    return {
        predicate: sum(1 for _ in find_quads(store, None, PG[predicate], graph=graph))
        for predicate in PREDICATES
    }


_Stamp = tuple[int, int]


class Snapshots:
    """The snapshots of a folder, one after the other: a new one where the graph was rebuilt."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._opening = Lock()
        self._opened: tuple[_Stamp | None, Snapshot] | None = None

    def take(self) -> Snapshot:
        """The graph as it stands, or stood while another thread opens what it is now.

        Raises GraphError where there is none that can be read.
        """
        opened = self._opened
        if opened is None:
            return self.refresh()
        if self._is_current(opened) or not self._opening.acquire(blocking=False):
            return opened[1]
        try:
            return self._open_anew()
        finally:
            self._opening.release()

    def refresh(self, *, failed: Snapshot | None = None) -> Snapshot:
        """The graph as it is now, however long it takes to open it; raises as `take`.

        Args:
            failed: a snapshot whose files were swept: if it is still at hand, it is opened anew.
        """
        with self._opening:
            if self._opened and self._is_current(self._opened) and self._opened[1] is not failed:
                return self._opened[1]
            return self._open_anew()

    def _open_anew(self) -> Snapshot:
        stamp = self._read_stamp()
        snapshot = open_snapshot(self.folder)
        self._opened = stamp, snapshot
        return snapshot

    def _is_current(self, opened: tuple[_Stamp | None, Snapshot]) -> bool:
        return opened[0] is not None and opened[0] == self._read_stamp()

    def _read_stamp(self) -> _Stamp | None:
        """What differs between one manifest and the next, which replaces the file."""
        try:
            found = (self.folder / MANIFEST).stat()
        except OSError:
            return None
        return found.st_ino, found.st_mtime_ns
