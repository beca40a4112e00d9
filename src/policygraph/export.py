"""The graph as files of the formats that other programs read.

RDF formats hold everything. The formats for graph programs hold the NetworkX projection; what
they cannot hold is written as what they can: no value as no attribute, evidence as JSON text,
characters that XML forbids as U+FFFD.
"""

from __future__ import annotations

import csv
import io
import json
import os
import re
from collections.abc import Callable, Iterator, Mapping
from itertools import takewhile
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, Protocol

from pyoxigraph import Quad, RdfFormat, Triple, serialize

from policygraph.errors import PolicyGraphError
from policygraph.graph.namespaces import PREFIXES

if TYPE_CHECKING:
    import networkx as nx


class ExportableGraph(Protocol):
    """What of a PolicyGraph is exported."""

    def quads(self) -> Iterator[Quad]: ...

    def nquads(self) -> Iterator[str]: ...

    def to_networkx(self) -> nx.MultiDiGraph[str]: ...


def export_graph(graph: ExportableGraph, path: Path | str, *, format: str | None = None) -> None:
    """Writes the graph to a file, whole or not at all; the same graph gives the same bytes.

    Args:
        path: the file; for CSV that of the edges, with the nodes beside it in `…-nodes.csv`.
        format: one of FORMATS; without it the path's suffix says which.

    Raises:
        PolicyGraphError: an unknown format, or a file that cannot be written.
    """
    path = Path(path)
    render = FORMATS.get(path.suffix.removeprefix(".") if format is None else format)
    if render is None:
        named = f"the suffix “{path.suffix}”" if format is None else f"“{format}”"
        message = f"{named} is no export format"
        raise PolicyGraphError(message, place=path, remedy=f"formats: {', '.join(FORMATS)}")
    for target, content in render(graph, path):
        _write_whole(target, content)


def _write_whole(path: Path, content: str | bytes) -> None:
    draft = path.with_name(f".{path.name}.{os.getpid()}.part")
    try:
        draft.write_bytes(content.encode("utf-8") if isinstance(content, str) else content)
        draft.replace(path)
    except OSError as error:
        raise PolicyGraphError(f"cannot be written: {error.strerror}", place=path) from error
    finally:
        draft.unlink(missing_ok=True)


Files = Iterator[tuple[Path, str | bytes]]


def _render_nquads(graph: ExportableGraph, path: Path) -> Files:
    yield path, "".join(f"{line.rstrip()}\n" for line in graph.nquads())


def _render_dataset(rdf_format: RdfFormat) -> Callable[[ExportableGraph, Path], Files]:
    """Named graphs and all."""

    def render(graph: ExportableGraph, path: Path) -> Files:
        quads = sorted(graph.quads(), key=_by_graph)
        prefixes = dict(PREFIXES) if rdf_format == RdfFormat.TRIG else None
        yield path, _settle(serialize(quads, format=rdf_format, prefixes=prefixes) or b"")

    return render


def _by_graph(quad: Quad) -> tuple[str, str]:
    return str(quad.graph_name), str(quad)


def _render_turtle(graph: ExportableGraph, path: Path) -> Files:
    """Turtle knows no named graphs: the union of all, each triple once."""
    triples: set[Triple] = {quad.triple for quad in graph.quads()}
    ordered = sorted(triples, key=str)
    content = serialize(ordered, format=RdfFormat.TURTLE, prefixes=dict(PREFIXES))
    yield path, _settle(content or b"")


def _settle(content: bytes) -> bytes:
    """Prefixes in order: pyoxigraph declares them in another one each time."""
    lines = content.split(b"\n")
    declared = list(takewhile(lambda line: line.startswith(b"@prefix "), lines))
    return b"\n".join([*sorted(declared), *lines[len(declared) :]])


def _render_graphml(graph: ExportableGraph, path: Path) -> Files:
    """The key of an edge is its attribute `key`, which networkx reads back as the key.

    networkx writes it as the edge's id; but ids that recur make Gephi drop edges.
    """
    import networkx as nx

    network = _flatten(graph.to_networkx())
    for _, _, key, attributes in network.edges(keys=True, data=True):
        attributes["key"] = key
    text = "\n".join(nx.generate_graphml(network))
    yield path, re.sub(r'(<edge source="[^"]*" target="[^"]*") id="[^"]*"', r"\1", text) + "\n"


def _render_gexf(graph: ExportableGraph, path: Path) -> Files:
    import networkx as nx

    text = "\n".join(nx.generate_gexf(_flatten(graph.to_networkx())))
    yield path, re.sub(r' lastmodifieddate="[^"]*"', "", text, count=1) + "\n"


def _flatten(network: nx.MultiDiGraph[str]) -> nx.MultiDiGraph[str]:
    """A copy that holds nothing but text and whole numbers."""
    flat = type(network)()
    for node, attributes in network.nodes(data=True):
        flat.add_node(node, **_flatten_attributes(attributes))
    for subject, target, key, attributes in network.edges(keys=True, data=True):
        flat.add_edge(subject, target, key=key, **_flatten_attributes(attributes))
    return flat


def _flatten_attributes(attributes: Mapping[str, Any]) -> dict[str, str | int]:
    return {name: _flatten_value(value) for name, value in attributes.items() if value is not None}


def _flatten_value(value: Any) -> str | int:
    if isinstance(value, int):
        return value
    return _as_json(value) if isinstance(value, list) else _FORBIDDEN.sub("\ufffd", str(value))


# What XML 1.0 cannot hold, and the carriage return, which its readers turn into a line feed.
_FORBIDDEN = re.compile("[^\t\n\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def _as_json(value: list[Any]) -> str:
    text = json.dumps(value, ensure_ascii=False)
    return _FORBIDDEN.sub(lambda match: f"\\u{ord(match[0]):04x}", text)


_NODE_COLUMNS = (
    *("kind", "label", "number", "date", "type", "title", "issuer", "system", "level", "term"),
    *("place", "valid_from", "valid_to", "successor", "source", "evidence"),
)
_EDGE_COLUMNS = ("label", "date", "articles", "evidence")


def _render_csv(graph: ExportableGraph, path: Path) -> Files:
    """Values stand as they are: a spreadsheet may take one that begins with “=” for a formula."""
    network = graph.to_networkx()
    labels = network.nodes(data="label")
    edges = [
        [subject, labels[subject], key, target, labels[target], *_cells(attributes, _EDGE_COLUMNS)]
        for subject, target, key, attributes in network.edges(keys=True, data=True)
    ]
    nodes = [[iri, *_cells(told, _NODE_COLUMNS)] for iri, told in network.nodes(data=True)]
    head = ("source", "source_label", "predicate", "target", "target_label", *_EDGE_COLUMNS)
    yield path, _write_table(head, edges)
    yield path.with_name(f"{path.stem}-nodes.csv"), _write_table(("id", *_NODE_COLUMNS), nodes)


def _cells(attributes: Mapping[str, Any], columns: tuple[str, ...]) -> list[str | None]:
    values = [attributes.get(column) for column in columns]
    return [_as_json(value) if isinstance(value, list) else value for value in values]


def _write_table(head: tuple[str, ...], rows: list[list[str | None]]) -> bytes:
    table = io.StringIO(newline="")
    csv.writer(table).writerows([head, *sorted(rows, key=lambda row: list(map(str, row)))])
    # without the mark Excel reads UTF-8 as the machine's code page
    return table.getvalue().encode("utf-8-sig")


#: The formats by name, which is also the file's suffix.
FORMATS: Mapping[str, Callable[[ExportableGraph, Path], Files]] = MappingProxyType(
    {
        "ttl": _render_turtle,
        "trig": _render_dataset(RdfFormat.TRIG),
        "nq": _render_nquads,
        "jsonld": _render_dataset(RdfFormat.JSON_LD),
        "graphml": _render_graphml,
        "gexf": _render_gexf,
        "csv": _render_csv,
    }
)
