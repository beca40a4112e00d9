"""Where the graph browser draws what: the sizes of boxes by their words, and their places.

All is placed here, so that a page is ready when it arrives, and the same address always shows the
same picture.
"""

from __future__ import annotations

import textwrap
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import networkx as nx

from policygraph.graph.adjacency import Edge
from policygraph.graph.thing import Node
from policygraph.view.layout import place_nodes

_LETTERS = 22
_LINES = 3
_LETTER_WIDTH, _LINE_HEIGHT = 7.4, 17  # pixels, of the letters of graph.js
_DOT = 16
_COLUMN, _GAP = 350, 26
_CELL = (150, 190)  # pixels, of a year among its decade


@dataclass(frozen=True, slots=True)
class Box:
    """The words of a node in lines, its size in pixels, and its centre, y downwards."""

    lines: tuple[str, ...]
    width: int
    height: int
    x: float = 0.0
    y: float = 0.0


def make_box(node: Node) -> Box:
    """The box of a node by its label, with the year of a document; a dot for an article."""
    lines = wrap(node.label, _LINES)
    if node.kind == "article":
        return Box(lines, _DOT, _DOT)
    year = (node.date or "")[:4]
    return measure((*lines, year) if year else lines)


def measure(lines: tuple[str, ...], *, scale: float = 1.0) -> Box:
    """A box that has room for some lines, in letters so much larger than usual."""
    width = max(map(len, lines)) * _LETTER_WIDTH * scale + 22
    return Box(lines, round(width), round(len(lines) * _LINE_HEIGHT * scale + 14))


def wrap(label: str, most: int) -> tuple[str, ...]:
    """A label in so many lines at most; what does not fit is cut."""
    lines = textwrap.wrap(label, _LETTERS, break_on_hyphens=False) or ["—"]
    if len(lines) > most:
        lines = [*lines[: most - 1], lines[most - 1][: _LETTERS - 1] + "…"]
    return tuple(lines)


def place_freely(boxes: Mapping[str, Box], edges: Iterable[Edge]) -> dict[str, Box]:
    """Boxes where their edges draw them, without overlaps."""
    network: nx.MultiDiGraph[str] = nx.MultiDiGraph()
    network.add_nodes_from(sorted(boxes))
    for edge in sorted(edges):
        network.add_edge(edge.subject, edge.object, key=edge.relation)
    sizes = {iri: _measure_with_label(box) for iri, box in boxes.items()}
    places = place_nodes(network, sizes)
    return {iri: _move(box, *places[iri]) for iri, box in boxes.items()}


def place_in_columns(columns: Sequence[Sequence[str]], boxes: Mapping[str, Box]) -> dict[str, Box]:
    """Boxes in columns from left to right, each column around the middle line."""
    placed: dict[str, Box] = {}
    for number, column in enumerate(columns):
        heights = [_measure_with_label(boxes[name])[1] + _GAP for name in column]
        top = -sum(heights) / 2
        for name, height in zip(column, heights, strict=True):
            placed[name] = _move(boxes[name], number * _COLUMN, round(top + height / 2, 1))
            top += height
    return placed


def place_by_year(years: Mapping[str, str], boxes: Mapping[str, Box]) -> dict[str, Box]:
    """Boxes by their years: a decade a row, a year a column, those without one in the last row."""
    cells: dict[tuple[str, int], list[str]] = defaultdict(list)
    undated = sorted(name for name in boxes if not years[name])
    for name in sorted(boxes):
        if year := years[name]:
            cells[year[:-1], int(year[-1])].append(name)
    for column, name in enumerate(undated):
        cells["~", 2 * column].append(name)  # behind all digits
    rows = {row: number for number, row in enumerate(sorted({row for row, _ in cells}))}
    placed: dict[str, Box] = {}
    for (row, column), names in cells.items():
        top = rows[row] * _CELL[1]
        for name in names:
            placed[name] = _move(boxes[name], column * _CELL[0], top)
            top += boxes[name].height + 10
    return placed


def _measure_with_label(box: Box) -> tuple[float, float]:
    """The room that a box takes; the words of a dot hang below it."""
    if box.width > _DOT:
        return box.width, box.height
    label = measure(box.lines)
    return label.width, box.height + 2 * label.height


def _move(box: Box, x: float, y: float) -> Box:
    return Box(box.lines, box.width, box.height, x, y)
