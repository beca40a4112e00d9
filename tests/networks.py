"""Small networks of the shape that `PolicyGraph.to_networkx()` gives, made by hand."""

from __future__ import annotations

import random
from typing import Any

import networkx as nx

BASE = "https://w3id.org/policygraph/id/"
RESOLUTION = f"{BASE}document/dang/tw/xi/nq/25"
PROGRAMME = f"{BASE}document/dang/tu/ha-noi/2010-2015/ctr/23"
COMMITTEE = f"{BASE}organisation/dang-bo-thanh-pho-ha-noi"
ARTICLE = f"{BASE}article/hanoi-dan-van.txt"
SENTENCE = (
    "Thành ủy đã ban hành Chương trình hành động số 23-CTr/TU, ngày 25/7/2013 "
    "về thực hiện Nghị quyết số 25-NQ/TW."
)
#: The attributes that a node may lack.
BLANK = (
    *("date", "number", "type", "title", "issuer", "system", "level", "term", "place"),
    *("valid_from", "valid_to", "successor", "source"),
)


def make_evidence(quote: str, *, start: int = 2168) -> dict[str, Any]:
    return {
        "article": "hanoi-dan-van.txt",
        "start": start,
        "end": start + len(quote),
        "quote": quote,
    }


def add_node(network: nx.MultiDiGraph, iri: str, kind: str, label: str, **told: Any) -> None:
    blank = dict.fromkeys(BLANK) | {"evidence": []}
    network.add_node(iri, kind=kind, label=label, **{**blank, **told})


def add_edge(
    network: nx.MultiDiGraph, ends: tuple[str, str], predicate: str, label: str, **told: Any
) -> None:
    told.setdefault("evidence", [])
    told.setdefault("articles", len({said["article"] for said in told["evidence"]}))
    network.add_edge(*ends, key=predicate, kind=predicate, label=label, **{"date": None, **told})


def make_network() -> nx.MultiDiGraph:
    """The programme of a city that carries out a resolution, its issuer and the article."""
    network = nx.MultiDiGraph()
    add_node(network, ARTICLE, "article", "Hà Nội: Tăng cường công tác dân vận")
    add_node(
        network,
        RESOLUTION,
        "document",
        "Nghị quyết 25-NQ/TW",
        number="25-NQ/TW",
        date="2013-06-03",
        type="Nghị quyết",
        title="về tăng cường và đổi mới sự lãnh đạo của Đảng đối với công tác dân vận",
        evidence=[make_evidence("Nghị quyết số 25-NQ/TW", start=2238)],
    )
    add_node(
        network,
        PROGRAMME,
        "document",
        "Chương trình hành động 23-CTr/TU",
        number="23-CTr/TU",
        date="2013-07-25",
        type="Chương trình",
        evidence=[make_evidence(SENTENCE)],
    )
    add_node(network, COMMITTEE, "organisation", "Đảng bộ thành phố Hà Nội")
    stated = {"date": "2013-07-25", "evidence": [make_evidence(SENTENCE)]}
    add_edge(network, (PROGRAMME, RESOLUTION), "implements", "thực hiện", **stated)
    add_edge(network, (PROGRAMME, RESOLUTION), "basedOn", "căn cứ")
    add_edge(network, (PROGRAMME, COMMITTEE), "issuedBy", "do … ban hành", **stated)
    for thing in (RESOLUTION, PROGRAMME, COMMITTEE):
        add_edge(network, (ARTICLE, thing), "cites", "nhắc đến")
    return network


def make_large_network(edges: int, *, seed: int = 0) -> nx.MultiDiGraph:
    """Seven edges in ten are citations; few documents draw most of them, as in the press."""
    chance = random.Random(seed)
    network = nx.MultiDiGraph()
    counts = {"article": edges // 8, "document": edges // 10, "organisation": edges // 100}
    iris = {kind: [f"{BASE}{kind}/{n}" for n in range(many)] for kind, many in counts.items()}
    for kind, many in iris.items():
        for number, iri in enumerate(many):
            add_node(network, iri, kind, f"{kind} {number}")

    def draw(kind: str) -> str:
        return iris[kind][int(len(iris[kind]) * chance.random() ** 3)]

    drawn: set[tuple[str, str, str]] = set()
    while len(drawn) < edges:
        subject, relation, object_ = chance.choices(_DRAWS, _SHARES)[0]
        ends = chance.choice(iris[subject]), draw(object_)
        drawn.add((*ends, relation))
        said = [make_evidence(f"Câu {len(drawn)}.")]
        add_edge(network, ends, relation, relation, evidence=said)
    return network


_DRAWS = (
    ("article", "cites", "document"),
    ("document", "implements", "document"),
    ("document", "basedOn", "document"),
    ("document", "issuedBy", "organisation"),
)
_SHARES = (70, 10, 10, 10)
