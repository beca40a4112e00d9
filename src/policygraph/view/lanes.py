"""Places the things of a trace in lanes: a row for each level, a column for each year.

    trace ─find cells→ boxes stacked in their cell ─connect→ curves between them

All numbers are pixels of the picture; the order is fixed, so that one trace gives one picture.
"""

from __future__ import annotations

import textwrap
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from policygraph.graph.ending import Ending
from policygraph.graph.seat import Seat
from policygraph.graph.thing import Node
from policygraph.graph.trace import Step, Trace
from policygraph.levels import load_levels
from policygraph.view.sheet import write_day
from policygraph.view.style import edge_colour

_MARGIN, _TOP, _GAP = 130, 30, 14
_WIDTH, _HEIGHT, _LINE, _LETTERS, _LINES = 190, 62, 15, 26, 2
_COLUMN = _WIDTH + 46
_NO_LEVEL, _NO_YEAR = "", ""


@dataclass(frozen=True, slots=True)
class Box:
    """A thing in the picture; `anchor` names where the page tells of it."""

    node: Node
    x: int
    y: int
    width: int
    height: int
    radius: int
    lines: tuple[str, ...]
    when: str
    title: str
    look: str
    text_look: str
    anchor: str


@dataclass(frozen=True, slots=True)
class Edge:
    """A step as a curve from its subject to its object."""

    path: str
    predicate: str
    colour: str
    marker: str
    title: str
    anchor: str


@dataclass(frozen=True, slots=True)
class Strip:
    """A lane or column with its label: where it begins, and how high a lane is."""

    label: str
    x: int = 0
    y: int = 0
    height: int = 0


@dataclass(frozen=True, slots=True)
class Marker:
    """The head of the arrows of one predicate."""

    id: str
    predicate: str
    colour: str


@dataclass(frozen=True, slots=True)
class Chart:
    """The whole picture."""

    width: int
    height: int
    lanes: tuple[Strip, ...]
    years: tuple[Strip, ...]
    boxes: tuple[Box, ...]
    edges: tuple[Edge, ...]
    markers: tuple[Marker, ...]


@dataclass(frozen=True, slots=True)
class ChartWords:
    """The words in a picture, in the language of its reader.

    Attributes:
        predicates: what predicates are called, by local name.
        levels: what levels are called, by id, from the centre down.
        endings: what a document that was replaced or repealed is said to be, by predicate.
        write_day: writes a day as its readers do; "" without one.
    """

    predicates: Mapping[str, str]
    levels: Mapping[str, str]
    no_level: str
    no_year: str
    endings: Mapping[str, str]
    write_day: Callable[[str | None], str]


def vietnamese_words(predicates: Mapping[str, str]) -> ChartWords:
    """The words for readers of Vietnamese."""
    return ChartWords(
        predicates=predicates,
        levels={row.id: row.label for row in load_levels().values()},
        no_level="Không rõ cấp",
        no_year="không rõ năm",
        endings={"replaces": "đã thay thế", "repeals": "đã bãi bỏ"},
        write_day=write_day,
    )


Cell = tuple[str, str]


def draw_chart(trace: Trace, words: ChartWords, anchors: Mapping[str, str]) -> Chart:
    """The picture of a trace.

    Args:
        anchors: by the IRI of a thing, where the page tells of it.
    """
    cells = _sort_into_cells(trace)
    lanes = _make_lanes(cells, words)
    years = _make_years(cells, words)
    boxes = {
        node.iri: _make_box(trace, node, words, years[year].x, y, anchors)
        for (level, year), nodes in cells.items()
        for y, node in _stack(lanes[level], nodes)
    }
    edges = tuple(_connect(n, step, boxes, words) for n, step in enumerate(trace.steps, 1))
    predicates = sorted({edge.predicate for edge in edges})
    return Chart(
        width=_MARGIN + _COLUMN * len(years),
        height=max(lane.y + lane.height for lane in lanes.values()),
        lanes=tuple(lanes.values()),
        years=tuple(years.values()),
        boxes=tuple(boxes[iri] for iri in sorted(boxes)),
        edges=edges,
        markers=tuple(Marker(_name_marker(p), p, edge_colour(p)) for p in predicates),
    )


def _sort_into_cells(trace: Trace) -> Mapping[Cell, list[Node]]:
    """The things by level and year, in a cell by date and IRI."""
    said = _find_years_said(trace.steps)
    cells: dict[Cell, list[Node]] = defaultdict(list)
    nodes = sorted(trace.list_nodes(), key=lambda node: (node.date or "", node.iri))
    for node in nodes:
        level = trace.seats.get(node.iri, Seat()).level or _NO_LEVEL
        year = node.date[:4] if node.date else said.get(node.iri, _NO_YEAR)
        cells[level, year].append(node)
    return cells


def _find_years_said(steps: Sequence[Step]) -> dict[str, str]:
    """For bodies, which have no date: the year in which an article first says what they do."""
    years: dict[str, str] = {}
    for step in steps:
        days = [said.published for said in step.evidence if said.published]
        if step.far.kind == "organisation" and days:
            year = min(days)[:4]
            years[step.far.iri] = min(year, years.get(step.far.iri, year))
    return years


def _make_lanes(cells: Mapping[Cell, Sequence[Node]], words: ChartWords) -> dict[str, Strip]:
    """The lanes that hold something by their level, from the centre down."""
    lanes: dict[str, Strip] = {}
    y = _TOP
    for level, name in [*words.levels.items(), (_NO_LEVEL, words.no_level)]:
        stack = max((len(nodes) for (at, _), nodes in cells.items() if at == level), default=0)
        if stack:
            lanes[level] = Strip(name, y=y, height=stack * (_HEIGHT + _GAP) + 2 * _GAP)
            y += lanes[level].height + 6
    return lanes


def _make_years(cells: Mapping[Cell, Sequence[Node]], words: ChartWords) -> dict[str, Strip]:
    """The columns by their year, what has none last."""
    years = sorted({year for _, year in cells}, key=lambda year: (year == _NO_YEAR, year))
    return {
        year: Strip(year or words.no_year, x=_MARGIN + _COLUMN * column)
        for column, year in enumerate(years)
    }


def _stack(lane: Strip, nodes: Sequence[Node]) -> Iterator[tuple[int, Node]]:
    """The nodes of a cell, one above the other, with the top of each."""
    for row, node in enumerate(nodes):
        yield lane.y + _GAP + row * (_HEIGHT + _GAP), node


def _make_box(
    trace: Trace, node: Node, words: ChartWords, x: int, y: int, anchors: Mapping[str, str]
) -> Box:
    is_target, is_body = node.iri == trace.target.iri, node.kind == "organisation"
    looks = ["box", *(["target"] if is_target else []), *(["organisation"] if is_body else [])]
    looks += ["ended"] if _list_whole(trace, node) else []
    return Box(
        node, x, y, _WIDTH, _HEIGHT, 14 if is_body else 4,
        _wrap(node.label), _tell_when(node, trace, words),
        " · ".join(
            filter(None, (node.label, words.write_day(node.date), node.issuer, node.title))
        ),
        " ".join(looks), "target-text" if is_target else "", anchors.get(node.iri, "top"),
    )  # fmt: skip


def _wrap(label: str) -> tuple[str, ...]:
    lines = textwrap.wrap(label, _LETTERS, break_on_hyphens=False) or ["—"]
    if len(lines) > _LINES:
        lines = [*lines[: _LINES - 1], lines[_LINES - 1][: _LETTERS - 1] + "…"]
    return tuple(lines)


def _list_whole(trace: Trace, node: Node) -> list[Ending]:
    """The endings of a document that are not of some provisions alone."""
    return [each for each in trace.endings.get(node.iri, ()) if each.is_whole]


def _tell_when(node: Node, trace: Trace, words: ChartWords) -> str:
    ends = [words.endings[each.predicate] for each in _list_whole(trace, node)[:1]]
    return " · ".join(filter(None, (words.write_day(node.date), *ends)))


def _connect(number: int, step: Step, boxes: Mapping[str, Box], words: ChartWords) -> Edge:
    one, other = boxes[step.subject.iri], boxes[step.object.iri]
    name = words.predicates[step.predicate]
    title = f"{step.subject.label} {name} {step.object.label}"
    return Edge(
        path=_curve(one, other),
        predicate=step.predicate,
        colour=edge_colour(step.predicate),
        marker=_name_marker(step.predicate),
        title=title,
        anchor=f"step-{number}",
    )


def _curve(one: Box, other: Box) -> str:
    """From the side of one box that faces the other to that other; within a column, around it."""
    if one.x == other.x:
        x, start, end = one.x + one.width, one.y + one.height // 2, other.y + other.height // 2
        bow = x + 34
        return f"M{x} {start}C{bow} {start} {bow} {end} {x} {end}"
    is_left = one.x < other.x
    start_x, end_x = (one.x + one.width, other.x) if is_left else (one.x, other.x + other.width)
    start_y, end_y = one.y + one.height // 2, other.y + other.height // 2
    middle = (start_x + end_x) // 2
    return f"M{start_x} {start_y}C{middle} {start_y} {middle} {end_y} {end_x} {end_y}"


def _name_marker(predicate: str) -> str:
    return f"arrow-{predicate}"
