"""What stands around some nodes: so many as can be looked at, the nearest and best joined first."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from policygraph.graph.adjacency import KINDS, Adjacency, Edge, Mask, Numbers, Scope
from policygraph.graph.thing import Node

#: What one expansion adds at most, and how many nodes there are at most with all expansions.
EXPANSION = 50
MOST_NODES = 400
MOST_EDGES = 1_200

#: Which kinds come first: those behind which the walk goes on, then bodies, then articles.
_RANKS = np.array([{"organisation": 1, "article": 2}.get(kind, 0) for kind in KINDS])


@dataclass(frozen=True, slots=True)
class Near:
    """A node of a neighbourhood.

    Attributes:
        distance: how many edges it is away from the nearest focus.
        more: how many nodes are joined to it that are not shown.
    """

    node: Node
    distance: int
    more: int


@dataclass(frozen=True, slots=True)
class Neighbourhood:
    """Some nodes, and all edges between them that belong to the scope.

    Attributes:
        nodes: by distance; equally near ones as they were chosen.
        edges: relations before citations, then by subject and object.
        left_out: how many nodes were within reach, and not shown since there was no room.
        edges_left_out: how many edges between the nodes.
    """

    nodes: tuple[Near, ...]
    edges: tuple[Edge, ...]
    left_out: int
    edges_left_out: int


def find_neighbourhood(
    adjacency: Adjacency,
    focus: Sequence[int],
    scope: Scope,
    *,
    hops: int,
    most: int,
    expanded: Sequence[int] = (),
) -> Neighbourhood:
    """The neighbourhood of some nodes, by their numbers.

    Nearer nodes are chosen before others; of equally near ones documents and campaigns before
    bodies, and these before articles; then those with more edges in the whole graph; then by IRI.
    The walk ends at bodies and articles, unless one is a focus: what one body issued, or one
    article cites, has little to do with each other.

    Args:
        hops: how far the walk goes from each focus.
        most: how many nodes it takes at most, the focus among them.
        expanded: nodes from which it then goes one step farther, one after the other, whatever
            they are; one that was not reached by then is passed over.
    """
    selected = adjacency.select(scope, also=focus)
    walk = _Walk(adjacency, selected, focus)
    for _ in range(hops):
        walk.step(walk.border(), most - len(walk.distances))
    for node in expanded:
        if node in walk.distances:
            room = min(EXPANSION, MOST_NODES - len(walk.distances))
            walk.step(np.array([node], dtype=np.int32), room)
    return _describe(walk)


class _Walk:
    """A walk over the selected edges: the distance of each node taken, in the order of taking."""

    def __init__(self, adjacency: Adjacency, selected: Mask, focus: Sequence[int]) -> None:
        self.adjacency = adjacency
        self.selected = selected
        self.distances: dict[int, int] = dict.fromkeys(focus, 0)
        self.dropped: set[int] = set()

    def border(self) -> Numbers:
        """The farthest nodes from which the walk may go on."""
        farthest = max(self.distances.values(), default=0)
        found = [node for node, distance in self.distances.items() if distance == farthest]
        border = np.array(found, dtype=np.int32)
        return border[_RANKS[self.adjacency.kinds[border]] == 0] if farthest else border

    def step(self, nodes: Numbers, room: int) -> None:
        """Takes what is joined to some nodes, as far as there is room."""
        near = self.adjacency.neighbours(nodes, self.selected)
        fresh = [node for node in self._rank(near) if node not in self.distances]
        taken = max(0, room)
        distance = 1 + max((self.distances[int(node)] for node in nodes), default=0)
        self.distances.update(dict.fromkeys(fresh[:taken], distance))
        self.dropped.update(fresh[taken:])

    def _rank(self, nodes: Numbers) -> list[int]:
        adjacency = self.adjacency
        keys = (nodes, -adjacency.degrees[nodes], _RANKS[adjacency.kinds[nodes]])
        ranked: list[int] = nodes[np.lexsort(keys)].tolist()
        return ranked


def _describe(walk: _Walk) -> Neighbourhood:
    adjacency, distances = walk.adjacency, walk.distances
    edges = adjacency.within(np.array(list(distances), dtype=np.int32), walk.selected)
    order = np.lexsort((edges, adjacency.relations[edges]))[:MOST_EDGES]
    return Neighbourhood(
        nodes=tuple(
            Near(adjacency.nodes[node], distance, _count_more(walk, node))
            for node, distance in sorted(distances.items(), key=lambda item: item[1])
        ),
        edges=tuple(adjacency.read_edges(edges[order])),
        left_out=len(walk.dropped - distances.keys()),
        edges_left_out=len(edges) - len(order),
    )


def _count_more(walk: _Walk, node: int) -> int:
    near = walk.adjacency.neighbours(np.array([node], dtype=np.int32), walk.selected)
    return sum(each not in walk.distances for each in near.tolist())
