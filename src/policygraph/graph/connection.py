"""How two nodes hang together: the shortest paths between them, over edges of either direction.

`analysis.path` answers the same on a network with all its evidence in memory; this one is for a
graph of any size, and leaves the evidence to be looked up for what is shown.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice, pairwise

import numpy as np
from numpy.typing import NDArray

from policygraph.graph.adjacency import Adjacency, Edge, Mask, Numbers, Scope
from policygraph.graph.thing import Node

MOST_PATHS = 10


@dataclass(frozen=True, slots=True)
class PathStep:
    """From one node to the next; `edges` are all that join the two, the relations first."""

    start: Node
    end: Node
    edges: tuple[Edge, ...]


@dataclass(frozen=True, slots=True)
class Connection:
    """The shortest paths between two nodes.

    Attributes:
        paths: each as its steps; none where nothing joins the two, or both are one.
        total: how many shortest paths there are, shown or not.
    """

    paths: tuple[tuple[PathStep, ...], ...]
    total: int


def find_connection(
    adjacency: Adjacency,
    start: int,
    end: int,
    scope: Scope,
    *,
    through_articles: bool = False,
    limit: int = MOST_PATHS,
) -> Connection:
    """The shortest paths between two nodes, by their numbers.

    At each fork relations come before citations, then it goes by IRI.

    Args:
        through_articles: whether two things that one article cites are joined by it; without that
            an article is only where a path starts or ends.
    """
    selected = adjacency.select(scope, also=(start, end))
    barred = adjacency.is_article(np.arange(len(adjacency.nodes), dtype=np.int32))
    barred = barred & (not through_articles)
    barred[[start, end]] = False
    distances = _measure(adjacency, selected, barred, start, end)
    if start == end or distances[start] < 0:
        return Connection((), 0)
    web = _Web(adjacency, selected, distances)
    ways = islice(web.walk(start, end), limit)
    paths = tuple(tuple(web.make_step(*ends) for ends in pairwise(way)) for way in ways)
    return Connection(paths, web.count(start, end))


def _measure(
    adjacency: Adjacency, selected: Mask, barred: Mask, start: int, end: int
) -> NDArray[np.int32]:
    """How far each node is from the end, no farther than the start is; -1 for all others."""
    distances = np.full(len(adjacency.nodes), -1, dtype=np.int32)
    distances[end] = 0
    border = np.array([end], dtype=np.int32)
    while len(border) and distances[start] < 0:
        near = adjacency.neighbours(border, selected)
        farther = distances[border[0]] + 1
        border = near[(distances[near] < 0) & ~barred[near]]
        distances[border] = farther
    return distances


class _Web:
    """What lies between two nodes: from each node to those that are nearer to the end."""

    def __init__(self, adjacency: Adjacency, selected: Mask, distances: NDArray[np.int32]) -> None:
        self._adjacency = adjacency
        self._selected = selected
        self._distances = distances
        self._ahead: dict[int, dict[int, list[int]]] = {}

    def walk(self, start: int, end: int) -> Iterator[tuple[int, ...]]:
        """The shortest paths as their nodes, the preferred first."""
        ways: list[tuple[int, ...]] = [(start,)]
        while ways:
            way = ways.pop()
            if way[-1] == end:
                yield way
                continue
            # the last is taken first
            ways.extend((*way, node) for node in reversed(self._list_ahead(way[-1])))

    def count(self, start: int, end: int) -> int:
        """How many shortest paths there are."""
        ways = {start: 1}
        while end not in ways:
            farther: dict[int, int] = {}
            for node, count in ways.items():
                for ahead in self._list_ahead(node):
                    farther[ahead] = farther.get(ahead, 0) + count
            ways = farther
        return ways[end]

    def make_step(self, start: int, end: int) -> PathStep:
        nodes, edges = self._adjacency.nodes, self._find_ahead(start)[end]
        read = self._adjacency.read_edges(np.array(edges, dtype=np.int32))
        return PathStep(nodes[start], nodes[end], tuple(read))

    def _list_ahead(self, node: int) -> list[int]:
        found = self._find_ahead(node)
        relations = self._adjacency.relations
        return sorted(found, key=lambda ahead: (relations[found[ahead][0]], ahead))

    def _find_ahead(self, node: int) -> dict[int, list[int]]:
        """The nodes one step nearer, each with the edges that lead there, relations first."""
        if node not in self._ahead:
            found: dict[int, list[int]] = {}
            edges = self._adjacency.touching(np.array([node], dtype=np.int32), self._selected)
            for edge in self._sort(edges):
                ends = int(self._adjacency.subjects[edge]), int(self._adjacency.objects[edge])
                other = ends[1] if ends[0] == node else ends[0]
                if self._distances[other] == self._distances[node] - 1:
                    found.setdefault(other, []).append(edge)
            self._ahead[node] = found
        return self._ahead[node]

    def _sort(self, edges: Numbers) -> list[int]:
        order = np.lexsort((edges, self._adjacency.relations[edges]))
        ordered: list[int] = edges[order].tolist()
        return ordered
