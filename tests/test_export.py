"""Exports read back by the programs they are meant for."""

from __future__ import annotations

import csv
import json
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import networkx as nx
import pyoxigraph
import pytest
import rdflib
from networks import ARTICLE, PROGRAMME, RESOLUTION, make_network
from pyoxigraph import Literal, NamedNode, Quad

from policygraph.errors import PolicyGraphError
from policygraph.export import FORMATS, export_graph

PG = "https://w3id.org/policygraph/ontology#"
TEXT = 'Đảng \r\n\u2028 "quý" \\ \x0b hết'
QUADS = [
    Quad(NamedNode(PROGRAMME), NamedNode(f"{PG}{name}"), value, NamedNode(graph))
    for name, value, graph in (
        ("implements", NamedNode(RESOLUTION), "https://w3id.org/policygraph/id/links"),
        ("number", Literal("23-CTr/TU"), "https://w3id.org/policygraph/id/links"),
        ("number", Literal("23-CTr/TU"), ARTICLE),
        ("text", Literal(TEXT), ARTICLE),
    )
]


class Graph:
    """Stands for a PolicyGraph."""

    def __init__(self, network: nx.MultiDiGraph | None = None, quads: list[Quad] = QUADS) -> None:
        self.network = make_network() if network is None else network
        self.held = quads

    def quads(self) -> Iterator[Quad]:
        return iter(self.held)

    def nquads(self) -> Iterator[str]:
        return iter(sorted(f"{quad} ." for quad in self.held))

    def to_networkx(self) -> nx.MultiDiGraph:
        return self.network


@pytest.mark.parametrize("suffix", ["nq", "trig", "jsonld"])
def test_dataset_formats_keep_every_quad(tmp_path: Path, suffix: str) -> None:
    path = tmp_path / f"graph.{suffix}"
    export_graph(Graph(), path)
    rdf_format = {"nq": "N_QUADS", "trig": "TRIG", "jsonld": "JSON_LD"}[suffix]
    content = path.read_bytes()
    assert set(pyoxigraph.parse(content, getattr(pyoxigraph.RdfFormat, rdf_format))) == set(QUADS)
    dataset = rdflib.Dataset()
    dataset.parse(data=content, format={"jsonld": "json-ld", "nq": "nquads"}.get(suffix, suffix))
    assert len(list(dataset.quads())) == len(QUADS)


def test_turtle_is_the_union_each_triple_once(tmp_path: Path) -> None:
    export_graph(Graph(), tmp_path / "graph.ttl")
    read = rdflib.Graph().parse(tmp_path / "graph.ttl")
    assert len(read) == 3
    assert (None, rdflib.URIRef(f"{PG}text"), rdflib.Literal(TEXT)) in read


@pytest.mark.parametrize("suffix", sorted(FORMATS))
def test_order_of_quads_does_not_show(tmp_path: Path, suffix: str) -> None:
    export_graph(Graph(), tmp_path / f"one.{suffix}")
    export_graph(Graph(quads=QUADS[::-1]), tmp_path / f"other.{suffix}")
    one, other = (tmp_path / f"{name}.{suffix}" for name in ("one", "other"))
    assert one.read_bytes() == other.read_bytes()


def test_two_runs_write_the_same_trig(tmp_path: Path) -> None:
    script = (
        "import sys; sys.path.insert(0, sys.argv[2]); from test_export import Graph;"
        "from policygraph.export import export_graph; export_graph(Graph(), sys.argv[1])"
    )
    paths = [tmp_path / "one.trig", tmp_path / "two.trig"]
    for path in paths:
        here = str(Path(__file__).parent)
        subprocess.run([sys.executable, "-c", script, str(path), here], check=True)
    assert paths[0].read_bytes() == paths[1].read_bytes()


def plain(attributes: dict[str, object]) -> dict[str, object]:
    """Attributes as the network has them, from what a file gives back."""
    told = {name: value for name, value in attributes.items() if name not in {"id", "key"}}
    return {**told, "evidence": json.loads(str(told["evidence"]))}


def given(attributes: dict[str, object]) -> dict[str, object]:
    return {name: value for name, value in attributes.items() if value is not None}


@pytest.mark.parametrize("suffix", ["graphml", "gexf"])
def test_networkx_reads_back_what_was_written(tmp_path: Path, suffix: str) -> None:
    network = make_network()
    path = tmp_path / f"graph.{suffix}"
    export_graph(Graph(network), path)
    read = nx.read_graphml(path) if suffix == "graphml" else nx.read_gexf(path)
    assert isinstance(read, nx.MultiDiGraph)
    assert set(read.edges(keys=True)) == set(network.edges(keys=True))
    assert {n: plain(a) for n, a in read.nodes.items()} == {
        n: given(a) for n, a in network.nodes.items()
    }
    assert {e: plain(a) for e, a in read.edges.items()} == {
        e: given(a) for e, a in network.edges.items()
    }


@pytest.mark.parametrize("suffix", ["graphml", "gexf"])
def test_what_xml_forbids_does_not_break_the_file(tmp_path: Path, suffix: str) -> None:
    network = make_network()
    quote = "a\x00b\x0b\ufffe]]><&\r\n"
    network.nodes[RESOLUTION]["label"] = "Nghị quyết\x00\x1b &<]]>"
    network.nodes[RESOLUTION]["evidence"] = [{"article": "a", "start": 0, "end": 9, "quote": quote}]
    path = tmp_path / f"graph.{suffix}"
    export_graph(Graph(network), path)
    read = nx.read_graphml(path) if suffix == "graphml" else nx.read_gexf(path)
    assert read.nodes[RESOLUTION]["label"] == "Nghị quyết\ufffd\ufffd &<]]>"
    assert json.loads(read.nodes[RESOLUTION]["evidence"])[0]["quote"] == quote


def test_graph_files_hold_no_clock_and_no_id_twice(tmp_path: Path) -> None:
    for suffix in ("graphml", "gexf"):
        export_graph(Graph(), tmp_path / f"graph.{suffix}")
    assert "lastmodifieddate" not in (tmp_path / "graph.gexf").read_text(encoding="utf-8")
    assert 'id="implements"' not in (tmp_path / "graph.graphml").read_text(encoding="utf-8")


def test_csv_is_two_tables_that_excel_reads(tmp_path: Path) -> None:
    export_graph(Graph(), tmp_path / "graph.csv")
    assert (tmp_path / "graph.csv").read_bytes().startswith(b"\xef\xbb\xbf")
    edges, nodes = (
        list(csv.DictReader((tmp_path / name).read_text(encoding="utf-8-sig").splitlines()))
        for name in ("graph.csv", "graph-nodes.csv")
    )
    assert [row["target_label"] for row in edges if row["predicate"] == "implements"] == [
        "Nghị quyết 25-NQ/TW"
    ]
    assert {row["id"]: row["date"] for row in nodes}[RESOLUTION] == "2013-06-03"
    assert len(edges) == 6


@pytest.mark.parametrize(("name", "chosen"), [("graph.xlsx", None), ("graph.ttl", "pdf")])
def test_unknown_format_names_those_there_are(tmp_path: Path, name: str, chosen: str) -> None:
    with pytest.raises(PolicyGraphError, match="ttl, trig, nq, jsonld, graphml, gexf, csv"):
        export_graph(Graph(), tmp_path / name, format=chosen)
    assert list(tmp_path.iterdir()) == []


def test_what_cannot_be_written_is_said_and_leaves_nothing(tmp_path: Path) -> None:
    with pytest.raises(PolicyGraphError, match="cannot be written"):
        export_graph(Graph(), tmp_path / "missing" / "graph.ttl")
    (tmp_path / "graph.ttl").mkdir()
    with pytest.raises(PolicyGraphError, match="cannot be written"):
        export_graph(Graph(), tmp_path / "graph.ttl")
    assert [path.name for path in tmp_path.iterdir()] == ["graph.ttl"]


def test_the_format_named_wins_over_the_suffix(tmp_path: Path) -> None:
    export_graph(Graph(), tmp_path / "graph.txt", format="nq")
    assert (tmp_path / "graph.txt").read_text(encoding="utf-8").count(" .\n") == len(QUADS)
