"""Positions of nodes, computed before the page is opened: the same network, the same picture.

Each connected component is laid out by stress majorization (Gansner, Koren and North 2004):
distances on the page follow distances in the network. Large components vote by pivots alone, so
that the cost stays linear in the nodes. Labels are then pushed apart, and components packed
side by side. 1,000 nodes take less than 3 s.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import networkx as nx
import numpy as np
from numpy.typing import NDArray
from scipy.sparse import coo_array
from scipy.sparse.csgraph import dijkstra
from scipy.spatial import cKDTree
from scipy.spatial.distance import cdist

Array = NDArray[np.float64]

_EDGE_LENGTH = 185.0
_ROOMY = 30  # nodes; larger components draw closer together, so that labels stay legible
_CITES_LENGTH = 1.45  # citations are many; what the documents do to each other should stand close
_GAP = np.array([26.0, 22.0])
_STRETCH = np.array([1.2, 0.92])  # labels and screens are wider than high
_VOTES = 1_200_000
_ROUNDS = 80
_PUSHES = 160
_ASPECT = 1.6


def place_nodes(
    network: nx.MultiDiGraph[Any], sizes: Mapping[Any, tuple[float, float]]
) -> dict[Any, tuple[float, float]]:
    """Centre (x, y) of each node in pixels, y downwards; `sizes` are widths and heights."""
    components = sorted(map(sorted, nx.weakly_connected_components(network)), key=_by_size)
    boxes = [np.array([sizes[node] for node in nodes]) for nodes in components]
    drawn = [
        _place_component(network, nodes, box) for nodes, box in zip(components, boxes, strict=True)
    ]
    shifts = _pack([_extent(at, box) for at, box in zip(drawn, boxes, strict=True)])
    return {
        node: (round(float(x), 1), round(float(y), 1))
        for nodes, at, shift in zip(components, drawn, shifts, strict=True)
        for node, (x, y) in zip(nodes, at + shift, strict=True)
    }


def _by_size(nodes: Sequence[Any]) -> tuple[int, Any]:
    return -len(nodes), nodes[0]


def _place_component(network: nx.MultiDiGraph[Any], nodes: list[Any], boxes: Array) -> Array:
    """Positions with the top left corner of the whole at 0, 0."""
    if len(nodes) == 1:
        return boxes / 2
    count = min(len(nodes), max(60, _VOTES // len(nodes)))
    pivots = np.linspace(0, len(nodes) - 1, count).round().astype(int)
    distances = _distances(network, nodes, pivots)
    at = _turn(_majorize(_start(distances), distances, pivots)) * _STRETCH
    length = _EDGE_LENGTH * min(1.0, (_ROOMY / len(nodes)) ** 0.4)
    room = np.ptp(at[:, 0]) * np.ptp(at[:, 1]) + 0.5
    needed = float(np.prod(boxes + _GAP, axis=1).sum())
    at = _push_apart(at * max(length, np.sqrt(needed / room)), boxes + _GAP)
    corner: Array = at - (at - boxes / 2).min(axis=0)
    return corner


def _distances(network: nx.MultiDiGraph[Any], nodes: list[Any], pivots: NDArray[np.int_]) -> Array:
    """Shortest way from each node to each pivot, directions and parallel edges aside."""
    index = {node: i for i, node in enumerate(nodes)}
    lengths: dict[tuple[int, int], float] = {}
    for subject, target, predicate in network.edges(nodes, keys=True):
        pair = index[subject], index[target]
        length = _CITES_LENGTH if predicate == "cites" else 1.0
        lengths[pair] = min(length, lengths.get(pair, length))
    rows, columns = zip(*lengths, strict=True)
    size = len(nodes)
    matrix = coo_array((list(lengths.values()), (rows, columns)), shape=(size, size)).tocsr()
    found: Array = dijkstra(matrix, directed=False, indices=pivots).T
    return found


def _start(distances: Array) -> Array:
    """Pivot MDS (Brandes and Pich 2006), spread on a spiral so that equal nodes part."""
    squares = distances**2
    centred = squares.mean(0) + squares.mean(1)[:, None] - squares - squares.mean()
    _, vectors = np.linalg.eigh(centred.T @ centred)
    start: Array = centred @ vectors[:, -2:][:, ::-1]
    start *= float(distances.max()) / (np.abs(start).max() + 1e-9)
    turns = np.arange(len(start)) * 2.399963  # the golden angle
    radii = np.sqrt(np.arange(len(start)) / len(start))
    spiral: Array = np.stack([np.cos(turns) * radii, np.sin(turns) * radii], axis=1)
    return start + spiral


def _majorize(at: Array, distances: Array, pivots: NDArray[np.int_]) -> Array:
    """Every node goes to where its pivots would have it, near pivots counting most."""
    weights = 1 / np.maximum(distances, 1e-9) ** 2
    weights[pivots, np.arange(len(pivots))] = 0
    weights /= weights.sum(axis=1, keepdims=True)
    wanted = weights * distances
    for _ in range(_ROUNDS):
        there = at[pivots]
        pull = wanted / np.maximum(cdist(at, there), 1e-9)
        at = weights @ there + pull.sum(axis=1, keepdims=True) * at - pull @ there
    return at


def _turn(at: Array) -> Array:
    """The longest direction lies level, the same way round each time."""
    centred = at - at.mean(axis=0)
    _, axes = np.linalg.eigh(centred.T @ centred)
    turned: Array = centred @ axes[:, ::-1]
    return turned * np.where(turned[0] < 0, -1.0, 1.0)


def _push_apart(at: Array, boxes: Array) -> Array:
    """Boxes that overlap are moved apart, each by half, along the way that is shorter."""
    reach = boxes.max(axis=0)
    for push_number in range(1, _PUSHES):
        at = at * (1.06 if push_number % 20 == 0 else 1.0)  # no room here: make some
        pairs = cKDTree(at / reach).query_pairs(1.0, p=np.inf, output_type="ndarray")
        one, other = pairs[:, 0], pairs[:, 1]
        away = at[one] - at[other]
        overlap = (boxes[one] + boxes[other]) / 2 - np.abs(away)
        clash = (overlap > 0.5).all(axis=1)
        if not clash.any():
            break
        one, other, away, overlap = one[clash], other[clash], away[clash], overlap[clash]
        sideways = overlap[:, 0] <= overlap[:, 1]
        push = np.where(away < 0, -0.5, 0.5) * overlap
        push *= np.stack([sideways, ~sideways], axis=1)
        np.add.at(at, one, push)
        np.add.at(at, other, -push)
    return at


def _extent(at: Array, boxes: Array) -> Array:
    extent: Array = (at + boxes / 2).max(axis=0)
    return extent


def _pack(extents: Sequence[Array]) -> list[Array]:
    """Top left corners of components in rows, large ones first."""
    area = sum(float(np.prod(extent + 2 * _GAP)) for extent in extents)
    widest = max([*(float(extent[0]) for extent in extents), np.sqrt(area * _ASPECT)], default=0)
    corners, corner, row_height = [], np.zeros(2), 0.0
    for extent in extents:
        if corner[0] and corner[0] + extent[0] > widest:
            corner = np.array([0.0, corner[1] + row_height + 2 * _GAP[1]])
            row_height = 0.0
        corners.append(corner)
        corner = corner + np.array([extent[0] + 2 * _GAP[0], 0])
        row_height = max(row_height, float(extent[1]))
    return corners
