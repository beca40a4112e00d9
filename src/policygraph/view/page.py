"""The network as a pyvis page."""

from __future__ import annotations

import math
import textwrap
from collections import Counter
from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Any

import networkx as nx
from jinja2 import Environment, FileSystemLoader
from pyvis.network import Network

from policygraph.view.layout import place_nodes
from policygraph.view.security import content_policy
from policygraph.view.style import GROUND, KINDS, KindStyle, edge_colour, legend_entry, vis_group

_ASSETS = Path(__file__).parent / "assets"
_LINE = 18
_LINES = 3
_LINE_HEIGHT = 1.3  # the page's, too: marks above and below letters need it
_QUOTES = 12
_LABELLED_EDGES = 60
_SMALL = 60
_CALM = 400

Size = tuple[float, float]


def draw_page(network: nx.MultiDiGraph[Any], *, title: str) -> str:
    """The page of `policygraph.view.render_page`."""
    page = Network(directed=True, heading=title)
    page.templateEnv = _template_environment(network)
    page.path = "page.html"
    page.options = _vis_options(network)
    _draw_nodes(page, network)
    _draw_edges(page, network)
    return str(page.generate_html())


def _template_environment(network: nx.MultiDiGraph[Any]) -> Environment:
    environment = Environment(loader=FileSystemLoader(_ASSETS), autoescape=True)
    environment.policies["json.dumps_kwargs"] = {"ensure_ascii": False, "sort_keys": True}
    style, library, script = _read_asset("page.css"), _read_library(), _read_asset("page.js")
    environment.globals.update(
        style=style,
        library=library,
        script=script,
        policy=content_policy(styles=[style], scripts=[library, script]),
        legend=_legend(network),
    )
    return environment


@cache
def _read_asset(name: str) -> str:
    return (_ASSETS / name).read_text(encoding="utf-8")


@cache
def _read_library() -> str:
    """vis-network as pyvis brings it."""
    bundled = files("pyvis") / "templates" / "lib" / "vis-9.1.2" / "vis-network.min.js"
    return bundled.read_text(encoding="utf-8")


def _legend(network: nx.MultiDiGraph[Any]) -> dict[str, Any]:
    kinds = Counter(str(told["kind"]) for told in network.nodes.values())
    predicates = Counter((str(edge[2]), str(told["label"])) for edge, told in network.edges.items())
    return {
        "kinds": [legend_entry(kind, kinds[kind]) for kind in KINDS if kinds[kind]],
        "predicates": [
            {"kind": kind, "name": name, "count": count, "colour": edge_colour(kind)}
            for (kind, name), count in sorted(predicates.items(), key=_stated_first)
        ],
    }


def _stated_first(entry: tuple[tuple[str, str], int]) -> tuple[bool, str]:
    return entry[0][0] == "cites", entry[0][0]


def _vis_options(network: nx.MultiDiGraph[Any]) -> dict[str, Any]:
    calm = len(network) > _CALM
    return {
        "physics": {"enabled": False},
        "layout": {"improvedLayout": False, "randomSeed": 0},
        "groups": {kind: vis_group(style) for kind, style in KINDS.items()},
        "nodes": {"margin": {"top": 7, "right": 10, "bottom": 7, "left": 10}},
        "edges": {
            "smooth": False,
            "arrows": {"to": {"enabled": True, "scaleFactor": 0.55}},
            "font": {"size": 11, "strokeWidth": 4, "strokeColor": GROUND, "align": "middle"},
            "selectionWidth": 1,
            "hoverWidth": 1,
        },
        "interaction": {
            "hover": True,
            "hideEdgesOnDrag": calm,
            "hideEdgesOnZoom": calm,
            "selectConnectedEdges": False,
            "hoverConnectedEdges": False,
        },
    }


def _draw_nodes(page: Any, network: nx.MultiDiGraph[Any]) -> None:
    looks = {iri: _look(network, iri) for iri in sorted(network)}
    positions = place_nodes(network, {iri: _measure(look) for iri, look in looks.items()})
    for number, (iri, look) in enumerate(looks.items()):
        x, y = positions[iri]
        page.add_node(number, **look, x=x, y=y, about=_describe(iri, network.nodes[iri]))


def _look(network: nx.MultiDiGraph[Any], iri: Any) -> dict[str, Any]:
    """How a node is drawn; in a large picture what is connected most must be legible from afar."""
    attributes = network.nodes[iri]
    kind = attributes["kind"]
    step = 0.0 if kind == "article" else 1.5 if len(network) <= _SMALL else 5.0
    importance = max(0.0, math.log2(max(network.degree(iri), 1) / 4))
    look = {"label": _shorten(attributes), "group": kind, "shape": KINDS[kind].shape}
    look["font"] = {"size": round(min(13 + step * importance, 34))}
    if not KINDS[kind].text_inside:
        look["size"] = 9 + round(2 * min(importance, 3))
    return look


def _shorten(attributes: Mapping[str, Any]) -> str:
    """A label in short lines; what does not fit is cut and stands in full in the panel."""
    label, number = str(attributes["label"]), attributes.get("number")
    if number and len(label) > 2 * _LINE:
        label = " ".join(filter(None, (attributes.get("type"), str(number))))
    lines = textwrap.wrap(label, _LINE, break_on_hyphens=False) or ["—"]
    if len(lines) > _LINES:
        lines = [*lines[: _LINES - 1], lines[_LINES - 1][: _LINE - 1] + "…"]
    return "\n".join(lines)


def _measure(look: Mapping[str, Any]) -> Size:
    """Width and height in pixels that a node's shape and label take, generously."""
    style: KindStyle = KINDS[look["group"]]
    lines = str(look["label"]).split("\n")
    font = look["font"]["size"]
    width, height = max(map(len, lines)) * font * 0.58, len(lines) * font * _LINE_HEIGHT
    if style.text_inside:
        return width + 22, height + 16
    # the label hangs below: counted on both sides, since the position is the shape's centre
    return max(width, 2 * look["size"]), 2 * (look["size"] + height)


def _draw_edges(page: Any, network: nx.MultiDiGraph[Any]) -> None:
    numbers = {iri: number for number, iri in enumerate(sorted(network))}
    edges = sorted(network.edges(keys=True, data=True), key=lambda edge: edge[:3])
    stated = sum(predicate != "cites" for _, _, predicate, _ in edges)
    drawn: Counter[frozenset[Any]] = Counter()
    for number, (subject, target, predicate, attributes) in enumerate(edges):
        look = _edge_look(predicate, drawn[frozenset((subject, target))])
        drawn[frozenset((subject, target))] += 1
        if predicate != "cites" and stated <= _LABELLED_EDGES:
            look["label"] = str(attributes["label"])
        about = _describe(None, attributes)
        page.add_edge(numbers[subject], numbers[target], id=number, about=about, **look)


def _edge_look(predicate: str, parallel: int) -> dict[str, Any]:
    """Edges between the same two nodes bow out, so that none hides another."""
    colour = edge_colour(predicate)
    look: dict[str, Any] = {"color": colour, "width": 1 if predicate == "cites" else 1.8}
    look["font"] = {"color": colour}
    if parallel:
        look["smooth"] = {"enabled": True, "type": "curvedCW", "roundness": 0.18 * parallel}
    return look


def _describe(iri: Any, attributes: Mapping[str, Any]) -> dict[str, Any]:
    """What the panel tells of a node or an edge."""
    evidence = attributes.get("evidence") or []
    told = {key: attributes.get(key) for key in ("kind", "date", "number", "type", "title")}
    about: dict[str, Any] = {key: str(value) for key, value in told.items() if value}
    places = [_place_quote(each) for each in evidence[:_QUOTES]]
    about |= {"name": str(attributes["label"]), "evidence": places, "places": len(evidence)}
    return about if iri is None else {**about, "iri": str(iri)}


def _place_quote(said: Mapping[str, Any]) -> list[Any]:
    """Article, offsets, words, and where they stand in the file, or that they are invented."""
    where = (said.get("location"), "hư cấu" if said.get("is_fiction") else None)
    place = [said[field] for field in ("article", "start", "end", "quote")]
    return [*place, " · ".join(filter(None, where))]
