"""The analyses of networks: figures worked out by hand, and what holds for every network."""

from __future__ import annotations

import json
import math
import os
import random
import re
import subprocess
import sys
from collections.abc import Callable, Iterable, Mapping
from itertools import combinations
from pathlib import Path
from typing import Any

import networkx as nx
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from networks import add_edge, add_node, make_evidence, make_large_network
from timing import assert_grows_within

from policygraph.errors import ParameterError
from policygraph.graph.analysis import (
    find_co_cited,
    find_communities,
    find_coupled,
    find_path,
    rank_documents,
)

pytestmark = pytest.mark.whole

KINDS = {"a": "article", "d": "document", "o": "organisation", "c": "campaign"}

Triple = tuple[str, str, str]


def make_network(*triples: str, sentences: Mapping[str, int] | None = None) -> nx.MultiDiGraph:
    """A network of "d2 implements d1"; the letter of a node is its kind, its label itself.

    Each edge is stated by one sentence of its own, or by so many as `sentences` says.
    """
    network = nx.MultiDiGraph()
    for triple in triples:
        subject, relation, object_ = triple.split()
        for iri in (subject, object_):
            if iri not in network:
                add_node(network, iri, KINDS[iri[0]], iri.upper())
        count = (sentences or {}).get(triple, 1)
        said = [make_evidence(f"{triple} {number}") for number in range(count)]
        add_edge(network, (subject, object_), relation, relation, evidence=said)
    return network


def shuffle(network: nx.MultiDiGraph, seed: int) -> nx.MultiDiGraph:
    """The same network, its nodes and edges put in in another order."""
    chance = random.Random(seed)
    nodes, edges = list(network.nodes(data=True)), list(network.edges(keys=True, data=True))
    chance.shuffle(nodes)
    chance.shuffle(edges)
    other = nx.MultiDiGraph()
    other.add_nodes_from(nodes)
    other.add_edges_from(edges)
    return other


RELATIONS = {
    ("a", "d"): ["cites"],
    ("a", "o"): ["cites"],
    ("d", "d"): ["implements", "basedOn", "amends"],
    ("d", "o"): ["issuedBy"],
    ("o", "d"): ["implements"],
    ("o", "o"): ["subOrganizationOf"],
}


@st.composite
def networks(draw: st.DrawFn) -> nx.MultiDiGraph:
    """Networks of up to 12 nodes in which relations join what they may join."""
    names = [f"{kind}{number}" for kind in "ado" for number in range(4)]
    possible = [
        f"{subject} {relation} {object_}"
        for subject in names
        for object_ in names
        for relation in RELATIONS.get((subject[0], object_[0]), ())
    ]
    triples = draw(st.lists(st.sampled_from(possible), min_size=1, max_size=25, unique=True))
    counts = draw(st.lists(st.integers(0, 3), min_size=len(triples), max_size=len(triples)))
    return make_network(*triples, sentences=dict(zip(triples, counts, strict=True)))


ANALYSES: dict[str, Callable[[nx.MultiDiGraph], Any]] = {
    "rank": rank_documents,
    "communities": find_communities,
    "co-cited": lambda network: find_co_cited(network, limit=5),
    "coupled": lambda network: find_coupled(network, kind="document"),
    "path": lambda network: find_path(network, min(network), max(network)),
}


@pytest.mark.parametrize("name", ANALYSES)
@given(network=networks(), seed=st.integers(0, 99))
@settings(max_examples=40, deadline=None)
def test_the_order_of_nodes_and_edges_does_not_show(
    name: str, network: nx.MultiDiGraph, seed: int
) -> None:
    analyse = ANALYSES[name]
    assert analyse(network).as_json() == analyse(shuffle(network, seed)).as_json()


def test_two_processes_find_the_same() -> None:
    """Sets of texts have another order in each process."""
    script = (
        "from networks import make_large_network; import test_network_analysis as t;"
        "import json; network = make_large_network(600);"
        "print(json.dumps([analyse(network).as_json() for analyse in t.ANALYSES.values()]))"
    )
    here = str(Path(__file__).parent)
    printed = {
        subprocess.run(
            [sys.executable, "-c", script],
            env=os.environ | {"PYTHONHASHSEED": seed, "PYTHONPATH": here},
            capture_output=True,
            text=True,
            check=True,
        ).stdout
        for seed in ("1", "2")
    }
    assert len(printed) == 1
    assert len(json.loads(printed.pop())) == len(ANALYSES)


@pytest.mark.parametrize("name", ANALYSES)
def test_a_table_has_a_cell_for_each_column_and_names_the_parameters(name: str) -> None:
    found = ANALYSES[name](make_large_network(200))
    rows = list(found.rows())
    assert {len(row) for row in rows} <= {len(found.columns)}
    assert len(set(found.columns)) == len(found.columns)
    assert found.as_json()["parameters"] == dict(found.parameters)
    for parameter, value in found.parameters.items():
        assert value is None or f"{parameter}=" in found.caption
    with pytest.raises(TypeError):
        found.parameters["limit"] = 1


@pytest.mark.parametrize("name", ["rank", "communities", "co-cited", "coupled"])
def test_an_empty_network_gives_an_empty_result(name: str) -> None:
    found = ANALYSES[name](nx.MultiDiGraph())
    assert (list(found.rows()), found.total) == ([], 0)


# Ranking


def test_pagerank_of_one_citation_by_hand() -> None:
    """With x for the document and 1 - x for the article: 1 - x = 0.075 + 0.425 x."""
    (ranked,) = rank_documents(make_network("a1 cites d1")).documents
    assert ranked.pagerank == pytest.approx(0.925 / 1.425, abs=1e-10)


def solve_pagerank(edges: Iterable[Triple], damping: float) -> dict[str, float]:
    """The fixed point as the solution of a system of equations."""
    nodes = sorted({end for edge in edges for end in edge[:2]})
    flow = np.zeros((len(nodes), len(nodes)))
    for subject, object_, _ in edges:
        flow[nodes.index(object_), nodes.index(subject)] += 1
    for column in flow.T:
        column[:] = column / column.sum() if column.sum() else 1 / len(nodes)
    unity = np.eye(len(nodes))
    start = np.full(len(nodes), (1 - damping) / len(nodes))
    return dict(zip(nodes, np.linalg.solve(unity - damping * flow, start), strict=True))


@given(networks(), st.sampled_from([0, 0.3, 0.85, 0.99]))
@settings(max_examples=40, deadline=None)
def test_pagerank_solves_its_equations(network: nx.MultiDiGraph, damping: float) -> None:
    edges = [edge for edge in network.edges(keys=True) if edge[1][0] == "d" and edge[0] != edge[1]]
    solved = solve_pagerank(edges, damping) if edges else {}
    found = {each.document.iri: each for each in rank_documents(network, damping=damping).documents}
    assert set(found) == {iri for iri in solved if iri[0] == "d"}
    for iri, ranked in found.items():
        assert ranked.pagerank == pytest.approx(solved[iri], abs=1e-9)
        for relation, count in ranked.counts.items():
            assert count == sum(edge[1:] == (iri, relation) for edge in edges)


RANKED = make_network(
    *("a1 cites d1", "a2 cites d1", "a3 cites d2", "a3 cites o1"),
    *("d2 implements d1", "d3 implements d2", "o1 implements d2", "d3 issuedBy o1"),
)


@pytest.mark.parametrize(
    ("by", "order"),
    [("pagerank", "D1 D2 D3"), ("cites", "D1 D2 D3"), ("implements", "D2 D1 D3")],
)
def test_documents_are_ranked_by_what_is_asked(by: str, order: str) -> None:
    ranking = rank_documents(RANKED, by=by)
    assert [each.document.label for each in ranking.documents] == order.split()
    counts = {each.document.iri: each.counts for each in ranking.documents}
    assert [counts["d2"][relation] for relation in ("cites", "implements", "basedOn")] == [1, 2, 0]


def test_only_the_relations_asked_for_count() -> None:
    ranking = rank_documents(RANKED, relations=["implements"], limit=1)
    assert ranking.parameters["relations"] == ("implements",)
    assert ranking.columns[5:-1] == ("implemented by",)
    assert (len(ranking.documents), ranking.total) == (1, 3)


# Communities

TRIANGLES = (
    *("d2 implements d1", "d3 implements d1", "d3 basedOn d2"),
    *("d5 implements d4", "d6 implements d4", "d6 basedOn d5"),
)
BRIDGE = "d4 guides d1"


def test_two_triangles_are_two_communities() -> None:
    """Each triangle holds 3 of 7 edges and half of all ends: 2 · (3/7 - 1/4)."""
    found = find_communities(make_network(*TRIANGLES, BRIDGE))
    members = [[m.node.iri for m in each.members] for each in found.communities]
    assert [sorted(each) for each in members] == [["d1", "d2", "d3"], ["d4", "d5", "d6"]]
    assert [(each.inside, each.outside) for each in found.communities] == [(3, 1), (3, 1)]
    assert found.modularity == pytest.approx(6 / 7 - 1 / 2, abs=1e-12)


def test_a_community_is_told_by_its_strongest_members_and_ties() -> None:
    sentences = {"d3 basedOn d2": 4, "d2 implements d1": 2}
    found = find_communities(make_network(*TRIANGLES, BRIDGE, sentences=sentences))
    community = next(each for each in found.communities if "D1" in each.label)
    assert community.label == "D2 · D3 · D1"
    assert [(m.node.iri, m.strength) for m in community.members] == [
        *(("d2", 6), ("d3", 5), ("d1", 3))
    ]
    assert [(str(tie), tie.weight) for tie in community.ties] == [
        *(("D3 basedOn D2", 4), ("D2 implements D1", 2), ("D3 implements D1", 1))
    ]
    assert community.ties[0].sentence is not None
    assert community.ties[0].sentence.quote == "d3 basedOn d2 0"


@pytest.mark.parametrize(("weight", "inside"), [("sentences", 5), ("articles", 1)])
def test_what_makes_a_relation_heavy(weight: str, inside: int) -> None:
    network = make_network("d2 implements d1", sentences={"d2 implements d1": 5})
    (community,) = find_communities(network, weight=weight).communities
    assert community.inside == inside


def test_a_relation_that_no_sentence_states_weighs_one() -> None:
    network = make_network("o2 subOrganizationOf o1", sentences={"o2 subOrganizationOf o1": 0})
    (community,) = find_communities(network).communities
    assert (community.inside, community.ties[0].sentence) == (1, None)


@given(networks(), st.sampled_from([0.5, 1.0, 3.0]))
@settings(max_examples=60, deadline=None)
def test_communities_divide_the_things_and_hang_together(
    network: nx.MultiDiGraph, resolution: float
) -> None:
    found = find_communities(network, resolution=resolution, weight="relations")
    between = [e for e in network.edges(keys=True) if e[0][0] != "a" and e[0] != e[1]]
    graph = nx.Graph([edge[:2] for edge in between])
    groups = [{m.node.iri for m in each.members} for each in found.communities]
    assert sorted(iri for group in groups for iri in group) == sorted(graph)
    assert all(nx.is_connected(graph.subgraph(group)) for group in groups)
    inside = sum(each.inside for each in found.communities)
    assert inside + sum(each.outside for each in found.communities) / 2 == len(between)


# Co-citation and coupling

CITED = make_network(
    *("a1 cites d1", "a1 cites d2", "a1 cites d3", "a2 cites d1", "a2 cites d2"),
    *("a3 cites d1", "a4 cites d3", "a4 cites o1", "d1 implements d3", "d2 basedOn d3"),
)


def test_co_citation_by_hand() -> None:
    """Of four articles three cite d1, two d2, two d3; a1 and a2 cite d1 and d2 together."""
    pairs = {(p.first.iri, p.second.iri): p for p in find_co_cited(CITED).pairs}
    assert list(pairs) == [("d1", "d2"), ("d2", "d3"), ("d1", "d3")]
    pair = pairs["d1", "d2"]
    assert [article.iri for article in pair.shared] == ["a1", "a2"]
    assert (pair.first_total, pair.second_total) == (3, 2)
    assert pair.cosine == pytest.approx(2 / math.sqrt(6))
    assert pair.lift == pytest.approx(4 * 2 / (3 * 2))
    assert pairs["d1", "d3"].lift == pytest.approx(4 * 1 / (3 * 2))


def test_co_citation_with_one_document() -> None:
    found = find_co_cited(CITED, "d3")
    assert [(p.first.iri, p.second.iri, len(p.shared)) for p in found.pairs] == [
        *(("d3", "d2", 1), ("d3", "d1", 1))
    ]
    assert find_co_cited(CITED, "d3", least=2).pairs == ()
    assert find_co_cited(make_network("d1 implements d2"), "d1").total == 0


def test_the_coupling_of_articles_and_of_documents() -> None:
    articles = find_coupled(CITED)
    assert [(p.first.iri, p.second.iri, len(p.shared)) for p in articles.pairs][:1] == [
        ("a1", "a2", 2)
    ]
    documents = find_coupled(CITED, kind="document")
    (pair,) = documents.pairs
    assert (pair.first.iri, pair.second.iri, pair.shared[0].iri) == ("d1", "d2", "d3")
    assert find_coupled(CITED, "d2").pairs[0].second.iri == "d1"
    assert find_coupled(CITED, "d2").parameters["kind"] == "document"
    assert find_coupled(CITED, "d2", relations=["implements"]).pairs == ()


@given(networks(), st.sampled_from(["shared", "cosine", "lift"]))
@settings(max_examples=60, deadline=None)
def test_co_citation_is_what_counting_finds_from_either_side(
    network: nx.MultiDiGraph, by: str
) -> None:
    citing = {
        iri: {subject for subject, _, key in network.in_edges(iri, keys=True) if key == "cites"}
        for iri in network
        if iri[0] == "d"
    }
    expected = {
        pair: sorted(citing[pair[0]] & citing[pair[1]])
        for pair in combinations(sorted(citing), 2)
        if citing[pair[0]] & citing[pair[1]]
    }
    found = find_co_cited(network, by=by)
    assert {(p.first.iri, p.second.iri): [a.iri for a in p.shared] for p in found.pairs} == expected
    figures = [{"shared": len(p.shared), "cosine": p.cosine, "lift": p.lift} for p in found.pairs]
    assert [each[by] for each in figures] == sorted((each[by] for each in figures), reverse=True)
    for pair in found.pairs:
        (other,) = [
            each
            for each in find_co_cited(network, pair.second.iri).pairs
            if each.second == pair.first
        ]
        assert (other.shared, other.cosine, other.lift) == (pair.shared, pair.cosine, pair.lift)


def test_a_limit_keeps_the_best_of_many_blocks() -> None:
    network = make_large_network(12_000)
    everything = find_co_cited(network, limit=None)
    assert len({pair.first for pair in everything.pairs}) > 512
    some = find_co_cited(network, limit=7)
    assert (some.pairs, some.total) == (everything.pairs[:7], len(everything.pairs))


# Paths

MAZE = make_network(
    *("d2 implements d1", "d2 issuedBy o1", "o1 implements d3", "d4 implements d1"),
    *("d4 issuedBy o2", "o2 implements d3", "d2 basedOn d1", "a1 cites d1", "a1 cites d3"),
    sentences={"d2 implements d1": 0, "d2 basedOn d1": 0, "d4 implements d1": 2},
)


def test_a_path_tells_the_way_of_each_relation_and_its_sentence() -> None:
    found = find_path(MAZE, "d1", "d3")
    ways = [[step.end.iri for step in path] for path in found.paths]
    assert ways == [["d4", "o2", "d3"], ["d2", "o1", "d3"]]
    assert [[str(said) for said in step.said] for step in found.paths[0]] == [
        *(["← implements"], ["issuedBy →"], ["implements →"])
    ]
    assert [str(said) for said in found.paths[1][0].said] == ["← basedOn", "← implements"]
    (said,) = found.paths[0][0].said
    assert said.sentence is not None
    assert (said.sentence.quote, said.sentences) == ("d4 implements d1 0", 2)
    assert found.paths[1][0].said[0].sentence is None


def test_articles_join_what_they_cite_only_where_asked() -> None:
    (path,) = find_path(MAZE, "d1", "d3", through_articles=True).paths
    assert [step.end.iri for step in path] == ["a1", "d3"]
    (direct,) = find_path(MAZE, "a1", "d3").paths
    assert len(direct) == 1


def test_where_nothing_leads() -> None:
    found = find_path(MAZE, "d1", "d3", relations=["implements"])
    assert (found.paths, found.total, list(found.rows())) == ((), 0, [])
    same = find_path(MAZE, "d1", "d1")
    assert (same.paths, same.total) == ((), 0)


@given(networks(), st.randoms())
@settings(max_examples=60, deadline=None)
def test_paths_are_the_shortest_and_their_steps_are_edges(
    network: nx.MultiDiGraph, chance: random.Random
) -> None:
    start, end = chance.choices(sorted(network), k=2)
    found = find_path(network, start, end, through_articles=True, limit=4)
    plain = nx.Graph(network)
    plain.remove_edges_from(nx.selfloop_edges(plain))
    joined = start != end and nx.has_path(plain, start, end)
    expected = {tuple(way) for way in nx.all_shortest_paths(plain, start, end)} if joined else set()
    ways = [(start, *(step.end.iri for step in path)) for path in found.paths]
    assert found.total == len(expected)
    assert len(set(ways)) == len(ways) == min(4, len(expected))
    assert set(ways) <= expected
    for step in (step for path in found.paths for step in path):
        for said in step.said:
            ends = (
                (step.start.iri, step.end.iri) if said.forward else (step.end.iri, step.start.iri)
            )
            assert network.has_edge(*ends, key=said.relation)


def test_a_thousand_steps_are_walked() -> None:
    chain = make_network(*(f"d{number + 1} implements d{number}" for number in range(1_200)))
    (path,) = find_path(chain, "d0", "d1200").paths
    assert len(path) == 1_200


def test_many_shortest_paths_are_counted_and_not_walked() -> None:
    """Forty forks in a row: 2^40 ways."""
    forks = [
        triple
        for n in range(40)
        for side in (1, 2)
        for triple in (f"d{n}.{side} implements d{n}", f"d{n + 1} implements d{n}.{side}")
    ]
    found = find_path(make_network(*forks), "d0", "d40", limit=2)
    assert (len(found.paths), found.total) == (2, 2**40)


# Parameters


@pytest.mark.parametrize(
    ("analyse", "said"),
    [
        (lambda: rank_documents(CITED, relations=["implement"]), "'implement'.*implements"),
        (lambda: rank_documents(CITED, relations=["issuedBy"]), "never leads to a document"),
        (lambda: rank_documents(CITED, damping=1), "between 0 and 0.99"),
        (lambda: rank_documents(CITED, damping=math.nan), "between 0 and 0.99"),
        (lambda: rank_documents(CITED, by="fame"), "one of pagerank, cites"),
        (lambda: rank_documents(CITED, limit=-1), "limit may not be -1"),
        (lambda: find_communities(CITED, weight="gold"), "sentences, articles, relations"),
        (lambda: find_communities(CITED, resolution=-1), "at least 0"),
        (lambda: find_co_cited(CITED, "a1"), "<a1> is of the kind 'article'.*document"),
        (lambda: find_co_cited(CITED, "d9"), "no node <d9>"),
        (lambda: find_co_cited(CITED, least=0), "at least 1"),
        (lambda: find_co_cited(CITED, by="fame"), "shared, cosine, lift"),
        (lambda: find_coupled(CITED, "o1"), "article or document"),
        (lambda: find_coupled(CITED, "a1", kind="document"), "of the kind 'article'"),
        (lambda: find_coupled(CITED, kind="campaign"), "article, document"),
        (lambda: find_path(CITED, "d1", "d9"), "no node <d9>"),
        (lambda: find_path(CITED, "d1", "d2", limit=0), "at least 1"),
    ],
)
def test_what_cannot_be_used_is_said_with_what_can(
    analyse: Callable[[], object], said: str
) -> None:
    with pytest.raises(ParameterError) as raised:
        analyse()
    assert re.search(said, str(raised.value))


# Time


@pytest.mark.timing
@pytest.mark.parametrize("name", ANALYSES)
def test_eight_times_the_edges_take_little_more_than_eight_times_as_long(name: str) -> None:
    short, long = make_large_network(2_000), make_large_network(16_000)
    assert_grows_within(24, ANALYSES[name], short, long)
