"""The page as text: what it holds, and what it must not."""

from __future__ import annotations

import json
import os
import re
import time
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import networkx as nx
import pytest
from networks import ARTICLE, PROGRAMME, add_edge, add_node, make_evidence, make_network

from policygraph.view import render_page
from policygraph.view.layout import place_nodes

HOSTILE = '</script><script>window.pwned=1</script><img src=x onerror=window.pwned=1> href="x"'


class Page(HTMLParser):
    """The elements of a page, with their attributes and text."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.elements: list[list[Any]] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append([tag, dict(attrs), ""])

    def handle_data(self, data: str) -> None:
        if self.elements:
            self.elements[-1][2] += data

    def all(self, tag: str) -> list[list[Any]]:
        return [element for element in self.elements if element[0] == tag]

    def data(self) -> dict[str, Any]:
        (text,) = [e[2] for e in self.all("script") if e[1].get("id") == "data"]
        read: dict[str, Any] = json.loads(text)
        return read


def make_large(size: int) -> nx.MultiDiGraph:
    """Articles that each cite three documents, which carry out one another."""
    network = nx.MultiDiGraph()
    for i in range(size):
        kind = "article" if i % 3 == 0 else "document"
        add_node(network, f"urn:{i}", kind, f"Nghị quyết số {i}-NQ/TW về công tác dân vận")
    for i in range(size):
        predicate = "cites" if i % 3 == 0 else "implements"
        for other in {i * 7 % size, i * i % (size // 4), i // 2} - {i}:
            add_edge(network, (f"urn:{i}", f"urn:{other}"), predicate, predicate)
    return network


def test_page_is_whole_and_vietnamese() -> None:
    html = render_page(make_network(), title="Đồ thị & chính sách")
    page = Page(html)
    assert html.startswith("<!doctype html>")
    assert page.all("html")[0][1] == {"lang": "vi"}
    assert page.all("meta")[0][1] == {"charset": "utf-8"}
    assert [heading[2].strip() for heading in page.all("h1")] == ["Đồ thị & chính sách"]
    assert "Tăng cường công tác dân vận" in html  # as UTF-8, not as \u escapes


def test_nothing_is_fetched() -> None:
    page = Page(render_page(make_network(), title="Đồ thị"))
    assert [e[0] for e in page.elements if {"src", "href"} & set(e[1])] == []
    assert page.all("link") == []
    (policy,) = [
        e[1]["content"]
        for e in page.all("meta")
        if e[1].get("http-equiv") == "Content-Security-Policy"
    ]
    assert policy.startswith("default-src 'none';")
    assert "unsafe" not in policy
    assert "http" not in policy


def test_whatever_a_text_says_stays_text() -> None:
    network = make_network()
    add_node(network, HOSTILE, "campaign", HOSTILE, title=HOSTILE, date=HOSTILE, number=HOSTILE)
    add_edge(network, (ARTICLE, HOSTILE), "cites", HOSTILE, evidence=[make_evidence(HOSTILE)])
    page = Page(render_page(network, title=HOSTILE))
    assert page.all("img") == []
    assert len(page.all("script")) == 4
    shown = page.data()["nodes"]
    assert [node["about"]["title"] for node in shown if node["about"]["iri"] == HOSTILE] == [
        HOSTILE
    ]
    assert page.all("h1")[0][2].strip() == HOSTILE


def test_edges_say_what_states_them() -> None:
    data = Page(render_page(make_network(), title="Đồ thị")).data()
    (edge,) = [e for e in data["edges"] if e["about"]["kind"] == "implements"]
    assert edge["about"]["name"] == edge["label"] == "thực hiện"
    article, start, end, quote, location = edge["about"]["evidence"][0]
    assert (article, end - start, location) == ("hanoi-dan-van.txt", len(quote), "")
    assert "về thực hiện Nghị quyết số 25-NQ/TW" in quote


def test_parallel_edges_bow_apart() -> None:
    edges = Page(render_page(make_network(), title="Đồ thị")).data()["edges"]
    between = [e for e in edges if e["about"]["kind"] in {"implements", "basedOn"}]
    assert [e.get("smooth", {}).get("roundness", 0) for e in between] == [0, 0.18]


def test_much_evidence_is_cut_and_counted() -> None:
    network = make_network()
    network.nodes[PROGRAMME]["evidence"] = [make_evidence("câu", start=i) for i in range(500)]
    nodes = Page(render_page(network, title="Đồ thị")).data()["nodes"]
    (about,) = [node["about"] for node in nodes if node["about"]["iri"] == PROGRAMME]
    assert (len(about["evidence"]), about["places"]) == (12, 500)


@pytest.mark.parametrize(
    ("label", "told", "shown"),
    [
        ("Nghị quyết 25-NQ/TW", {}, "Nghị quyết\n25-NQ/TW"),
        (
            "Nghị quyết số 25-NQ/TW ngày 03/6/2013 về tăng cường và đổi mới sự lãnh đạo",
            {"number": "25-NQ/TW", "type": "Nghị quyết"},
            "Nghị quyết\n25-NQ/TW",
        ),
        ("một hai ba bốn năm sáu bảy tám chín mười " * 2, {}, None),
        ("", {}, "—"),
    ],
)
def test_labels_are_short_and_whole_in_the_panel(
    label: str, told: dict[str, str], shown: str | None
) -> None:
    network = nx.MultiDiGraph()
    add_node(network, "urn:a", "document", label, **told)
    (node,) = Page(render_page(network, title="Đồ thị")).data()["nodes"]
    assert node["about"]["name"] == label
    if shown is None:
        assert node["label"].endswith("…")
        assert max(map(len, node["label"].split("\n"))) <= 18
    else:
        assert node["label"] == shown


def test_network_is_left_as_it_was_and_nothing_is_written(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    network, untouched = make_network(), make_network()
    render_page(network, title="Đồ thị")
    assert os.listdir(tmp_path) == []
    assert nx.utils.graphs_equal(network, untouched)


def test_order_of_insertion_does_not_show() -> None:
    network = make_network()
    turned = nx.MultiDiGraph()
    turned.add_nodes_from(reversed(list(network.nodes(data=True))))
    turned.add_edges_from(reversed(list(network.edges(keys=True, data=True))))
    assert render_page(turned, title="Đồ thị") == render_page(network, title="Đồ thị")


def test_an_empty_graph_gives_a_page() -> None:
    page = Page(render_page(nx.MultiDiGraph(), title="Đồ thị"))
    assert page.data()["nodes"] == []


@pytest.mark.parametrize("size", [1, 2, 40, 300])
def test_labels_do_not_cover_each_other(size: int) -> None:
    network = make_large(size) if size > 3 else nx.MultiDiGraph()
    network.add_nodes_from(f"urn:lone:{i}" for i in range(size))
    network.add_edge("urn:self", "urn:self", key="cites")
    placed = place_nodes(network, dict.fromkeys(network, (120.0, 40.0)))
    positions = sorted(placed.values())
    assert len(positions) == len(network)
    overlaps = [
        (one, other)
        for i, one in enumerate(positions)
        for other in positions[i + 1 :]
        if other[0] - one[0] < 119 and abs(other[1] - one[1]) < 39
    ]
    assert overlaps == []


def test_a_thousand_nodes_are_placed_in_time() -> None:
    network = make_large(1000)
    begun = time.process_time()
    html = render_page(network, title="Đồ thị")
    assert time.process_time() - begun < 20  # 2 s on a quiet machine; moving ones take minutes
    assert len(re.findall(r'"iri":', html)) == 1000
