"""Divides a large graph into communities, by Louvain's method on arrays.

`analysis.community` asks networkx for the same, with weights by sentences, and tells what holds
each community together; it takes some seconds where this takes one, for 40,000 edges.
"""

from __future__ import annotations

from itertools import pairwise

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import coo_array, csr_array

Labels = NDArray[np.int64]

_ROUNDS = 20
#: A round that moves a smaller share of the nodes is the last one of its level.
_CALM = 0.005


def divide(size: int, ends: tuple[NDArray[np.int32], NDArray[np.int32]]) -> Labels:
    """The community of each node, numbered by their first nodes.

    Nodes are gone through in the order of their numbers, so that the same graph is always divided
    alike; directions of edges do not count, parallel ones do.

    Args:
        size: how many nodes there are, numbered from 0.
        ends: the two ends of each edge.
    """
    labels: Labels = np.arange(size)
    one, other = (np.asarray(each, dtype=np.int64) for each in ends)
    while True:
        moved = _number_by_first(_divide_level(_join(size, one, other)))
        labels = moved[labels]
        count = int(moved.max(initial=-1)) + 1
        if count == size:
            return labels
        # each community is a node of the next level, with what is inside it as a loop
        one, other, size = moved[one], moved[other], count


def _join(size: int, one: Labels, other: Labels) -> csr_array:
    rows, columns = np.concatenate([one, other]), np.concatenate([other, one])
    return coo_array((np.ones(len(rows)), (rows, columns)), shape=(size, size)).tocsr()


def _divide_level(joined: csr_array) -> Labels:
    division = _Division(joined)
    for _ in range(_ROUNDS):
        if division.move_all() <= _CALM * len(division.communities):
            break
    return np.array(division.communities, dtype=np.int64)


def _number_by_first(labels: Labels) -> Labels:
    _, first, found = np.unique(labels, return_index=True, return_inverse=True)
    numbers = np.empty(len(first), dtype=np.int64)
    numbers[np.argsort(first)] = np.arange(len(first))
    numbered: Labels = numbers[found]
    return numbered


class _Division:
    """A division in the making: the community of each node, and the weight of all its edges."""

    def __init__(self, joined: csr_array) -> None:
        self._degrees: list[float] = joined.sum(axis=1).tolist()
        self._all = sum(self._degrees) or 1.0
        self._ties = _list_ties(joined)
        self._totals = list(self._degrees)
        self.communities = list(range(len(self._degrees)))

    def move_all(self) -> int:
        """Moves each node to the community that gains most by it; tells how many moved."""
        return sum(self._move(node) for node in range(len(self.communities)))

    def _move(self, node: int) -> bool:
        own, degree = self.communities[node], self._degrees[node]
        joined: dict[int, float] = {own: 0.0}
        for other, weight in self._ties[node]:
            if other != node:
                community = self.communities[other]
                joined[community] = joined.get(community, 0.0) + weight
        self._totals[own] -= degree
        # what chance would have joined counts against; of equal ones the node's own comes first
        best = max(joined, key=lambda each: joined[each] - self._totals[each] * degree / self._all)
        self._totals[best] += degree
        self.communities[node] = best
        return best != own


def _list_ties(joined: csr_array) -> list[list[tuple[int, float]]]:
    """The neighbours of each node, with how much joins them."""
    starts, others, weights = (
        array.tolist() for array in (joined.indptr, joined.indices, joined.data)
    )
    pairs = list(zip(others, weights, strict=True))
    return [pairs[start:end] for start, end in pairwise(starts)]
