"""The graph browser: what is chosen of a graph, as functions and as JSON; paths; the overview."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import networkx as nx
import numpy as np
import pytest
from graph_factories import BASE, CTR23, DAN_VAN_KHEO, NQ25, THANH_UY, write_hanoi
from hypothesis import given, settings
from hypothesis import strategies as st
from starlette.testclient import TestClient
from web_site import ask_site

from policygraph.graph.adjacency import (
    KINDS,
    RELATIONS,
    Adjacency,
    Scope,
    read_adjacency,
)
from policygraph.graph.catalogue import read_catalogue
from policygraph.graph.connection import find_connection
from policygraph.graph.division import divide
from policygraph.graph.neighbourhood import EXPANSION, MOST_EDGES, find_neighbourhood
from policygraph.graph.overview import (
    GROUPINGS,
    MOST_GROUPS,
    Grouping,
    GroupKey,
    list_members,
    summarise,
)
from policygraph.graph.thing import Node

pytestmark = pytest.mark.whole

THINGS = Scope(kinds=frozenset(KINDS) - {"article"})
ARTICLE = "article/hanoi.txt"


@pytest.fixture(scope="module")
def hanoi(tmp_path_factory: pytest.TempPathFactory) -> Adjacency:
    graph = write_hanoi(tmp_path_factory.mktemp("hanoi"))
    return read_adjacency(graph.store, read_catalogue(graph.store, BASE))


@pytest.fixture(scope="module")
def client(demo_graph: Path) -> Iterator[TestClient]:
    """The web app on the graph of data/articles."""
    with ask_site(demo_graph) as client:
        yield client


def make_graph(
    kinds: list[int], edges: set[tuple[int, int, int]], years: list[int] | None = None
) -> Adjacency:
    """A graph by the kinds of its nodes and its edges (subject, relation, object)."""
    dates = [f"{year}-01-01" if year else None for year in years or [0] * len(kinds)]
    nodes = tuple(
        Node(f"{BASE}n{number:04}", KINDS[kind], f"N {number}", date=date)
        for number, (kind, date) in enumerate(zip(kinds, dates, strict=True))
    )
    found = np.array(sorted(edges), dtype=np.int32).reshape(-1, 3)
    subjects, relations, objects = found.T
    numbers = {node.iri: number for number, node in enumerate(nodes)}
    of_year = np.array(years or [0] * len(kinds), dtype=np.int32)[subjects]
    of_kind = np.array(kinds, dtype=np.int32)
    return Adjacency(nodes, numbers, of_kind, subjects, relations, objects, of_year)


@st.composite
def graphs(draw: st.DrawFn) -> Adjacency:
    size = draw(st.integers(1, 14))
    node = st.integers(0, size - 1)
    edge = st.tuples(node, st.integers(0, len(RELATIONS) - 1), node).filter(
        lambda ends: ends[0] != ends[2]
    )
    kinds = draw(st.lists(st.integers(0, len(KINDS) - 1), min_size=size, max_size=size))
    years = draw(st.lists(st.sampled_from([0, 1998, 2013, 2020]), min_size=size, max_size=size))
    edges = draw(st.sets(edge, max_size=30)) if size > 1 else set()
    return make_graph(kinds, edges, years)


scopes = st.builds(
    Scope,
    relations=st.frozensets(st.sampled_from(RELATIONS), min_size=1),
    kinds=st.frozensets(st.sampled_from(KINDS), min_size=1),
    since=st.none() | st.sampled_from([1998, 2000, 2013]),
    until=st.none() | st.sampled_from([1998, 2015, 2020]),
)


# adjacency


def test_the_direct_triples_are_read_each_once(hanoi: Adjacency) -> None:
    edges = {
        (edge.subject.removeprefix(BASE), edge.relation, edge.object.removeprefix(BASE))
        for edge in hanoi.read_edges(np.arange(len(hanoi.subjects), dtype=np.int32))
    }
    assert len(edges) == len(hanoi.subjects)
    assert {edge for edge in edges if edge[1] != "cites"} == {
        (CTR23, "implements", NQ25),
        (CTR23, "issuedBy", THANH_UY),
        (THANH_UY, "promotes", DAN_VAN_KHEO),
        (THANH_UY, "subOrganizationOf", "organisation/dang-bo-thanh-pho-ha-noi"),
    }
    assert (ARTICLE, "cites", NQ25) in edges
    assert (hanoi.first_year, hanoi.last_year) == (2013, 2013)


@given(graphs(), scopes)
def test_edges_of_a_scope_fit_it(graph: Adjacency, scope: Scope) -> None:
    selected = graph.select(scope)
    for number, edge in enumerate(graph.read_edges(np.arange(len(selected), dtype=np.int32))):
        ends = graph.nodes[graph.numbers[edge.subject]], graph.nodes[graph.numbers[edge.object]]
        year = int(edge.date[:4]) if edge.date else None
        fits = (
            edge.relation in scope.relations
            and all(node.kind in scope.kinds for node in ends)
            and (year is None or (scope.since or 0) <= year <= (scope.until or 9999))
        )
        assert selected[number] == fits


# neighbourhood


@given(graphs(), scopes, st.data())
def test_a_neighbourhood_is_bounded_whole_and_nearest_first(
    graph: Adjacency, scope: Scope, data: st.DataObject
) -> None:
    node = st.integers(0, len(graph.nodes) - 1)
    focus = data.draw(st.lists(node, min_size=1, max_size=2, unique=True))
    expanded = data.draw(st.lists(node, max_size=2))
    most, hops = data.draw(st.integers(2, 16)), data.draw(st.integers(1, 3))

    def find() -> Any:
        return find_neighbourhood(graph, focus, scope, hops=hops, most=most, expanded=expanded)

    found = find()
    shown = {near.node.iri for near in found.nodes}
    assert found == find()
    assert len(shown) == len(found.nodes) <= most + EXPANSION * len(expanded)
    assert {graph.nodes[each].iri for each in focus} <= shown
    assert [near.distance for near in found.nodes] == sorted(n.distance for n in found.nodes)
    selected = graph.select(scope, also=focus)
    within = {
        edge
        for edge in graph.read_edges(np.flatnonzero(selected).astype(np.int32))
        if {edge.subject, edge.object} <= shown
    }
    assert set(found.edges) == within
    for near in found.nodes:
        joined = {
            end
            for edge in graph.read_edges(np.flatnonzero(selected).astype(np.int32))
            for end in (edge.subject, edge.object)
            if near.node.iri in (edge.subject, edge.object)
        }
        assert near.more == len(joined - shown)


def test_things_come_before_bodies_and_articles_and_the_best_joined_first() -> None:
    document, body, campaign, article = range(4)
    kinds = [document, article, body, document, document, campaign]
    edges = {(1, 11, 0), (0, 7, 2), (3, 1, 0), (4, 1, 0), (5, 8, 0), (4, 1, 3), (4, 1, 5)}
    found = find_neighbourhood(make_graph(kinds, edges), [0], Scope(), hops=1, most=5)
    # 4 has three edges, 3 and 5 two each; then the body; the article had no room
    assert [near.node.label for near in found.nodes] == ["N 0", "N 4", "N 3", "N 5", "N 2"]
    assert (found.left_out, found.nodes[0].more) == (1, 1)


def test_the_walk_ends_at_bodies_and_articles_unless_they_are_in_focus() -> None:
    kinds = [0, 1, 0, 3, 0]
    graph = make_graph(kinds, {(0, 7, 1), (2, 7, 1), (3, 11, 0), (3, 11, 4)})
    around = [find_neighbourhood(graph, [n], Scope(), hops=2, most=9) for n in (0, 1, 3)]
    assert [len(each.nodes) for each in around] == [3, 4, 4]
    opened = find_neighbourhood(graph, [0], Scope(), hops=2, most=9, expanded=[3])
    assert {near.node.label: near.distance for near in opened.nodes}["N 4"] == 2
    unreached = find_neighbourhood(graph, [0], THINGS, hops=1, most=9, expanded=[3])
    assert len(unreached.nodes) == 2


def test_a_hub_is_cut_and_what_is_left_out_is_counted() -> None:
    edges = {(number, 1, 0) for number in range(1, 900)}
    found = find_neighbourhood(make_graph([0] * 900, edges), [0], Scope(), hops=3, most=300)
    assert (len(found.nodes), found.left_out, found.nodes[0].more) == (300, 600, 600)


def test_of_too_many_edges_relations_are_kept() -> None:
    size = 60
    edges = {(one, 11, two) for one in range(size) for two in range(size) if one != two}
    edges |= {(one, 1, 0) for one in range(1, size)}
    found = find_neighbourhood(make_graph([0] * size, edges), [0], Scope(), hops=1, most=size)
    assert len(found.edges) == MOST_EDGES
    assert found.edges_left_out == len(edges) - MOST_EDGES
    assert sum(edge.relation == "implements" for edge in found.edges) == size - 1


# connection


@given(graphs(), scopes, st.booleans(), st.data())
def test_paths_are_all_shortest_ones(
    graph: Adjacency, scope: Scope, through_articles: bool, data: st.DataObject
) -> None:
    node = st.integers(0, len(graph.nodes) - 1)
    start, end = data.draw(node), data.draw(node)
    found = find_connection(
        graph, start, end, scope, through_articles=through_articles, limit=10_000
    )
    known = nx.Graph()
    known.add_nodes_from((start, end))
    for number in np.flatnonzero(graph.select(scope, also=(start, end))):
        ends = int(graph.subjects[number]), int(graph.objects[number])
        articles = {each for each in ends if graph.nodes[each].kind == "article"}
        if through_articles or articles <= {start, end}:
            known.add_edge(*ends)
    is_joined = start != end and nx.has_path(known, start, end)
    expected = {*map(tuple, nx.all_shortest_paths(known, start, end))} if is_joined else set()
    ways = [
        tuple(graph.numbers[node.iri] for node in (path[0].start, *(step.end for step in path)))
        for path in found.paths
    ]
    assert set(ways) == expected
    assert len(ways) == len(expected) == found.total
    for path in found.paths:
        for step in path:
            assert {end for e in step.edges for end in (e.subject, e.object)} == {
                step.start.iri,
                step.end.iri,
            }


def test_relations_are_preferred_to_citations() -> None:
    graph = make_graph([0, 0, 0, 0], {(0, 11, 1), (1, 11, 3), (0, 1, 2), (2, 1, 3)})
    found = find_connection(graph, 0, 3, Scope(), limit=1)
    assert (found.total, found.paths[0][0].end.label) == (2, "N 2")


# overview


@given(graphs(), scopes)
def test_groups_hold_every_node_and_edge_of_the_scope_once(graph: Adjacency, scope: Scope) -> None:
    keys = tuple(sorted({GroupKey(node.kind, (node.date or "")[:4]) for node in graph.nodes}))
    places = [keys.index(GroupKey(node.kind, (node.date or "")[:4])) for node in graph.nodes]
    grouping = Grouping(keys, np.array(places))
    found = summarise(graph, grouping, scope)
    in_scope = [node for node in graph.nodes if node.kind in scope.kinds]
    assert sum(group.count for group in found.groups) == found.nodes == len(in_scope)
    assert sum(tie.count for tie in found.ties) == found.edges == graph.select(scope).sum()
    for group in found.groups:
        members = list_members(graph, grouping, scope, group.key)
        assert len(members) == group.count
        assert members[:3] == group.named


def test_small_groups_are_left_out_and_counted() -> None:
    size = MOST_GROUPS + 5
    graph = make_graph([0] * (size + 1), set())
    keys = tuple(GroupKey("document", f"{number:03}") for number in range(size))
    found = summarise(graph, Grouping(keys, np.array([0, *range(size)])), Scope())
    assert (found.groups[0].count, found.left_out, found.nodes_left_out) == (2, 5, 5)


@given(st.integers(1, 5), st.integers(3, 6))
@settings(max_examples=10)
def test_rings_of_cliques_are_divided_into_them(cliques: int, size: int) -> None:
    ring = nx.ring_of_cliques(cliques, size) if cliques > 1 else nx.complete_graph(size)
    ends = np.array(ring.edges, dtype=np.int32).T
    labels = divide(cliques * size, (ends[0], ends[1]))
    assert labels.tolist() == [number // size for number in range(cliques * size)]


@given(graphs())
def test_a_division_is_no_worse_than_none(graph: Adjacency) -> None:
    labels = divide(len(graph.nodes), (graph.subjects, graph.objects)).tolist()
    known = nx.MultiGraph(zip(graph.subjects.tolist(), graph.objects.tolist(), strict=True))
    if known.number_of_edges():
        parts = [{n for n in known if labels[n] == label} for label in {labels[n] for n in known}]
        assert nx.community.modularity(known, parts) >= -1e-9


# pages


def get(client: TestClient, path: str, **parameters: Any) -> Any:
    response = client.get(path, params=parameters)
    assert response.status_code == 200, response.text
    return response.json() if path.endswith(".json") else response.text


NQ25_NAME = "25-NQ/TW, 3/6/2013"


def test_the_neighbourhood_of_a_resolution(client: TestClient) -> None:
    found = get(client, "/graph.json", focus=NQ25_NAME, hops=1)
    labels = {node["item"]["iri"]: node["item"]["label"] for node in found["nodes"]}
    edges = {(labels[e["subject"]], e["relation"], labels[e["object"]]) for e in found["edges"]}
    resolution = "Nghị quyết 25-NQ/TW"
    assert ("Chương trình hành động 23-CTr/TU", "implements", resolution) in edges
    assert ("Kết luận 43-KL/TW", "implements", resolution) in edges
    assert not any(node["item"]["kind"] == "article" for node in found["nodes"])
    assert found["nodes"][0]["distance"] == 0


def test_filters_and_years_narrow_it(client: TestClient) -> None:
    only = get(client, "/graph.json", focus=NQ25_NAME, relation="implements", kind="document")
    assert {edge["relation"] for edge in only["edges"]} == {"implements"}
    assert {node["item"]["kind"] for node in only["nodes"]} == {"document"}
    late = get(client, "/graph.json", focus=NQ25_NAME, since=2019)
    assert all((edge["date"] or "9") >= "2019" for edge in late["edges"])
    assert len(late["edges"]) > 0


@pytest.mark.parametrize("name", ["kind", "relation"])
def test_a_filter_that_keeps_nothing_is_no_missing_filter(client: TestClient, name: str) -> None:
    kept = {"kind": "kinds", "relation": "relations"}[name]
    for path, values in (
        ("/graph", {"focus": NQ25_NAME}),
        ("/graph/overview", {}),
        ("/graph/path", {"start": NQ25_NAME, "end": "campaign/dan-van-kheo"}),
    ):
        if (path, name) == ("/graph/path", "kind"):
            continue  # which has no such filter
        found = get(client, f"{path}.json", **values, **{name: "none"})
        assert not any(choice["is_chosen"] or choice["count"] for choice in found[kept][1:])
        assert not found.get("edges")
        page = get(client, path, **values, **{name: "none"})
        assert len(re.findall(rf'name="{name}" value="\w+"(?! data-nothing)', page)) > 3
        assert not re.search(rf'name="{name}"[^>]+ checked', page)
    alone = get(client, "/graph.json", focus=NQ25_NAME, kind="none")
    assert [node["distance"] for node in alone["nodes"]] == [0]
    both = get(client, "/graph.json", focus=NQ25_NAME, relation=["none", "implements"])
    assert {edge["relation"] for edge in both["edges"]} == {"implements"}


def test_expansions_add_to_what_is_shown(client: TestClient) -> None:
    before = get(client, "/graph.json", focus=NQ25_NAME)
    body = next(node for node in before["nodes"] if node["item"]["kind"] == "organisation")
    after = get(client, "/graph.json", focus=NQ25_NAME, expand=body["item"]["path"])
    known, shown = ({n["item"]["iri"] for n in each["nodes"]} for each in (before, after))
    assert known < shown
    assert len(shown - known) == min(body["more"], EXPANSION)


def test_boxes_do_not_overlap(client: TestClient) -> None:
    boxes = [node["box"] for node in get(client, "/graph.json", focus=NQ25_NAME)["nodes"]]
    for number, one in enumerate(boxes):
        for other in boxes[:number]:
            wide = abs(one["x"] - other["x"]) >= (one["width"] + other["width"]) / 2
            assert wide or abs(one["y"] - other["y"]) >= (one["height"] + other["height"]) / 2


def test_a_path_with_its_sentences(client: TestClient) -> None:
    ends = {"start": NQ25_NAME, "end": "campaign/dan-van-kheo"}
    found = get(client, "/graph/path.json", **ends)
    assert found["length"] == 3
    first = found["paths"][0][0]
    assert first["start"]["label"] == "Nghị quyết 25-NQ/TW"
    said = [each for relation in first["relations"] for each in relation["evidence"]]
    assert any("25-NQ/TW" in each["quote"] for each in said)
    short = get(client, "/graph/path.json", **ends, articles=True)
    assert short["length"] == 2
    none = get(client, "/graph/path.json", **ends, relation="amends")
    assert (none["total"], none["paths"]) == (0, [])


def test_the_sentences_of_an_edge(client: TestClient) -> None:
    ends = {"subject": "23-CTr/TU của Thành ủy Hà Nội", "object": NQ25_NAME}
    said = get(client, "/graph/edge.json", **ends, relation="implements")["evidence"]
    assert any("thực hiện Nghị quyết" in each["quote"] for each in said)
    citing = {"subject": "hanoi-dan-van.txt", "relation": "cites", "object": NQ25_NAME}
    said = get(client, "/graph/edge.json", **citing)["evidence"]
    first, second = (each["quote"] for each in said)
    assert first.startswith("Thành ủy đã ban hành Chương trình hành động số 23-CTr/TU, ngày 25/7")
    assert "về thực hiện Nghị quyết số 25-NQ/TW, ngày 03/6/2013 của Ban chấp hành" in first
    assert second.startswith("Để tiếp tục phát huy sức mạnh khối đại đoàn kết toàn dân, công tác")
    assert second.endswith(
        "Thành ủy thực hiện Nghị quyết Trung ương 7 (khóa XI) “về tăng cường "
        "và đổi mới sự lãnh đạo của Đảng đối với công tác dân vận trong tình hình mới”."
    )
    pieces = get(client, "/article/hanoi-dan-van.txt.json")["pieces"]
    text = "".join(piece["text"] for piece in pieces)
    assert [text[each["start"] : each["end"]] for each in said] == [first, second]
    none = {"subject": NQ25_NAME, "relation": "amends", "object": "43-KL/TW"}
    assert get(client, "/graph/edge.json", **none)["evidence"] == []


@pytest.mark.parametrize("by", GROUPINGS)
def test_the_whole_by_groups(client: TestClient, by: str) -> None:
    found = get(client, "/graph/overview.json", by=by, kind=list(KINDS))
    assert found == get(client, "/graph/overview.json", by=by, kind=list(KINDS))
    assert found["node_count"] == found["nodes_left_out"] + sum(g["count"] for g in found["groups"])
    assert found["edge_count"] == sum(choice["count"] for choice in found["relations"])
    group = found["groups"][0]
    told = get(client, "/graph/overview.json", by=by, kind=list(KINDS), group=group["id"])
    assert told["members"]["count"] == group["count"]
    assert [m["iri"] for m in told["members"]["items"]][:3] == [m["iri"] for m in group["members"]]


def test_a_province_has_one_name_on_all_pages(client: TestClient) -> None:
    whole = get(client, "/graph/overview.json", by="province")
    chain = get(client, "/trace.json", document=NQ25_NAME, province=["ha-noi", "noi-xa"])
    names = {place["id"]: place["label"] for place in chain["places"]}
    shown = {group["value"]: group["label"] for group in whole["groups"] if group["value"]}
    assert names["ha-noi"] == shown["ha-noi"] == "Hà Nội"
    assert all(names[id_] == shown[id_] for id_ in names.keys() & shown.keys())
    assert names["noi-xa"] == "Noi Xa"  # which the registry does not know


def test_the_whole_by_type_counts_what_is_there(client: TestClient) -> None:
    found = get(client, "/graph/overview.json", by="type")
    groups = {(group["kind"], group["value"]): group["count"] for group in found["groups"]}
    counts = get(client, "/index.json")
    assert groups["document", "Chỉ thị"] > 10
    assert sum(choice["count"] for choice in found["kinds"]) == found["node_count"]
    relations = {choice["id"]: choice["count"] for choice in found["relations"]}
    assert relations["implements"] == counts["relations"]["implements"]


@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("/graph?focus=no-such-thing", 404),
        ("/graph?focus=25-NQ/TW", 300),
        ("/graph?hops=9", 400),
        ("/graph?most=5000", 400),
        ("/graph?relation=loves", 400),
        ("/graph/overview?by=colour", 400),
        ("/graph/overview?group=nonsense", 200),
        ("/graph/path?start=document/dang/tw/xi/nq/25", 200),
        ("/graph/edge", 400),
    ],
)
def test_addresses_that_are_not_right_are_told(client: TestClient, path: str, status: int) -> None:
    assert client.get(path).status_code == status


@pytest.mark.parametrize("language", ["vi", "en"])
def test_pages_tell_all_without_scripts(client: TestClient, language: str) -> None:
    page = get(client, "/graph", focus=NQ25_NAME, lang=language)
    record = get(client, "/graph.json", focus=NQ25_NAME)
    assert page.count("data-node=") == len(record["nodes"])
    assert page.count("<tr data-subject=") == len(record["edges"])
    assert page.count("data-expand") == sum(node["more"] > 0 for node in record["nodes"])
    for by in GROUPINGS:
        whole = get(client, "/graph/overview", by=by, lang=language)
        assert whole.count("data-open") == len(get(client, "/graph/overview.json", by=by)["groups"])


def test_pages_of_things_lead_into_the_graph(client: TestClient) -> None:
    for path in (NQ25, THANH_UY, DAN_VAN_KHEO):
        assert f'href="/graph?focus={path}"' in get(client, f"/{path}")
