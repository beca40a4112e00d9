"""The graph as it stands when a page is asked for, with what is kept at hand of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from threading import Lock

from pyoxigraph import NamedNode, Store

from policygraph.graph.catalogue import Catalogue, read_catalogue
from policygraph.graph.coverage import Corpus, read_corpus
from policygraph.graph.findings import Findings
from policygraph.graph.iri import links_iri
from policygraph.graph.manifest import MANIFEST
from policygraph.graph.namespaces import PG
from policygraph.graph.pattern import find_quads
from policygraph.graph.policy_graph import PolicyGraph
from policygraph.graph.relation import PREDICATES
from policygraph.graph.review import LoggedDecision
from policygraph.graph.search import SearchIndex


@dataclass(frozen=True, slots=True)
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


class Snapshots:
    """The snapshots of a folder, one after the other: a new one where the graph was rebuilt."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._lock = Lock()
        self._stamp: tuple[int, int] | None = None
        self._current: Snapshot | None = None

    def take(self) -> Snapshot:
        """The graph as it stands now; raises GraphError where there is none that can be read."""
        with self._lock:
            stamp = self._read_stamp()
            if self._current is None or stamp is None or stamp != self._stamp:
                self._current, self._stamp = open_snapshot(self.folder), stamp
            return self._current

    def drop(self) -> None:
        """Lets the next page open the graph anew: files of the one at hand may have been swept."""
        with self._lock:
            self._stamp = None

    def _read_stamp(self) -> tuple[int, int] | None:
        """What differs between one manifest and the next, which replaces the file."""
        try:
            found = (self.folder / MANIFEST).stat()
        except OSError:
            return None
        return found.st_ino, found.st_mtime_ns
