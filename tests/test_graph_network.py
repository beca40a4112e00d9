"""The projections of a graph: NetworkX, rdflib, counts, contradictions."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
import rdflib
from graph_factories import (
    BASE,
    CTR23,
    DAN_VAN_KHEO,
    DANG_BO,
    HANOI_TEXT,
    NQ25,
    THANH_UY,
    make_hanoi,
    make_links,
    write_graph,
    write_hanoi,
)
from hypothesis import given, settings
from hypothesis import strategies as st

from policygraph.errors import AmbiguousNameError, UnknownNameError
from policygraph.graph.contradiction import AssertedValue
from policygraph.graph.policy_graph import PolicyGraph, Summary
from policygraph.graph.queries import QueryResult
from policygraph.graph.store import sorted_nquads
from policygraph.graph.thing import NodeKind
from policygraph.model import AttributeValue, Fact, Links
from policygraph.pipeline import build

ARTICLE = BASE + "article/hanoi.txt"


@pytest.fixture(scope="module")
def graph(tmp_path_factory: pytest.TempPathFactory) -> PolicyGraph:
    return write_hanoi(tmp_path_factory.mktemp("network") / "graph")


def test_nodes_say_what_they_are(graph: PolicyGraph) -> None:
    nodes = graph.to_networkx().nodes
    kinds = {iri: data["kind"] for iri, data in nodes.items()}
    assert kinds == {
        ARTICLE: "article",
        BASE + CTR23: "document",
        BASE + NQ25: "document",
        BASE + THANH_UY: "organisation",
        BASE + DANG_BO: "organisation",
        BASE + DAN_VAN_KHEO: "campaign",
    }
    resolution = dict(nodes[BASE + NQ25])
    evidence = resolution.pop("evidence")
    assert resolution == {
        "kind": "document",
        "label": "Nghị quyết 25-NQ/TW",
        "date": "2013-06-03",
        "number": "25-NQ/TW",
        "type": "Nghị quyết",
        "title": "về tăng cường và đổi mới sự lãnh đạo của Đảng đối với công tác dân vận",
        "issuer": None,
        "system": "party",
        "level": "trung-uong",
        "term": "XI",
        "place": None,
        "valid_from": None,
        "valid_to": None,
        "successor": None,
        "source": "registry row",
    }
    programme = nodes[BASE + CTR23]
    assert [programme[name] for name in ("level", "place", "issuer", "source")] == [
        *("tinh", "ha-noi", "Thành ủy Hà Nội", None)
    ]
    assert evidence[0] == {
        "article": "hanoi.txt",
        "start": 86,
        "end": 108,
        "quote": "Nghị quyết số 25-NQ/TW",
    }
    assert nodes[BASE + DANG_BO]["evidence"] == []


def test_edges_carry_the_sentences_that_state_them(graph: PolicyGraph) -> None:
    network = graph.to_networkx()
    edge = network.edges[BASE + CTR23, BASE + NQ25, "implements"]
    assert (edge["kind"], edge["label"], edge["date"]) == ("implements", "thực hiện", "2013-07-25")
    assert [quotation["quote"][:8] for quotation in edge["evidence"]] == ["Thành ủy", "Các nhiệ"]
    cited = network.edges[ARTICLE, BASE + CTR23, "cites"]
    assert len(cited["evidence"]) == 2
    above = network.edges[BASE + THANH_UY, BASE + DANG_BO, "subOrganizationOf"]
    assert (above["label"], above["date"], above["evidence"]) == ("trực thuộc", None, [])
    assert network.number_of_edges() == 8


THINGS = (CTR23, NQ25, THANH_UY, DANG_BO, DAN_VAN_KHEO)
PREDICATES = (
    *("issuedBy", "implements", "basedOn", "amends", "replaces", "repeals", "guides", "reviews"),
    *("launchedBy", "promotes"),
)


@given(
    st.sets(
        st.tuples(st.sampled_from(THINGS), st.sampled_from(PREDICATES), st.sampled_from(THINGS))
    ),
    st.sets(st.sampled_from(THINGS)),
)
@settings(max_examples=25, deadline=None)
def test_the_projection_holds_every_direct_triple_and_nothing_else(
    said: set[tuple[str, str, str]], cited: set[str]
) -> None:
    """Told apart from the rest of the links graph by nothing but that both ends are nodes."""
    made = make_links()
    facts = [Fact(*triple) for triple in said]
    facts += [Fact("hanoi.txt", "cites", thing) for thing in cited]
    with TemporaryDirectory() as folder:
        graph = write_graph(Path(folder), (make_hanoi(),), Links(made.things, made.links, facts))
        links = [quad for quad in graph.quads() if quad.graph_name.value == BASE + "links"]
        network = graph.to_networkx()
    nodes = {ARTICLE, *(BASE + thing for thing in THINGS)}
    assert set(network) == nodes
    assert {(s, k, o) for s, o, k in network.edges(keys=True)} == {
        (quad.subject.value, re.split("[#/]", quad.predicate.value)[-1], quad.object.value)
        for quad in links
        if quad.subject.value in nodes and quad.object.value in nodes
    }


def test_the_page_on_networkx_names_every_attribute(graph: PolicyGraph) -> None:
    page = (Path(__file__).parents[1] / "docs" / "networkx.md").read_text(encoding="utf-8")
    nodes, edges = (
        re.findall(r"^\| `(\w+)` \|", section, re.MULTILINE)
        for section in re.findall(r"^## (?:Nodes|Edges)\n(.*?)(?=^## )", page, re.M | re.S)
    )
    network = graph.to_networkx()
    assert {tuple(told) for told in network.nodes.values()} == {tuple(nodes)}
    assert {tuple(told) for told in network.edges.values()} == {tuple(edges)}


def test_the_life_of_a_body_is_told_on_its_node(tmp_path: Path) -> None:
    made = make_links()
    ended = {"valid_from": "1954", "valid_to": "2025-06-30", "successor": DANG_BO}
    things = tuple(
        replace(thing, **ended) if thing.id == THANH_UY else thing  # type: ignore[arg-type]
        for thing in made.things
    )
    graph = write_graph(tmp_path, (make_hanoi(),), Links(things, made.links, made.facts))
    told = graph.to_networkx().nodes[BASE + THANH_UY]
    assert [told["valid_from"], told["valid_to"], told["successor"]] == [
        *("1954", "2025-06-30", BASE + DANG_BO)
    ]


@pytest.mark.parametrize(
    ("name", "kind", "found"),
    [
        ("hanoi.txt", None, ARTICLE),
        (ARTICLE, "article", ARTICLE),
        ("article/hanoi.txt", None, ARTICLE),
        ("25-NQ/TW", None, BASE + NQ25),
        ("Dân vận khéo", "campaign", BASE + DAN_VAN_KHEO),
    ],
)
def test_a_node_is_found_by_its_name(
    graph: PolicyGraph, name: str, kind: NodeKind | None, found: str
) -> None:
    assert graph.find(name, kind=kind).iri == found


@pytest.mark.parametrize(
    ("name", "kind"), [("25-NQ/TW", "article"), ("hanoi.txt", "document"), ("hanoi", None)]
)
def test_a_name_of_another_kind_is_unknown(
    graph: PolicyGraph, name: str, kind: NodeKind | None
) -> None:
    with pytest.raises(UnknownNameError):
        graph.find(name, kind=kind)


def test_a_title_that_two_articles_bear_is_ambiguous(tmp_path: Path) -> None:
    articles = (make_hanoi("a.txt", title="Dân vận"), make_hanoi("b.txt", title="Dân vận."))
    graph = write_graph(tmp_path, articles, make_links("a.txt"))
    with pytest.raises(AmbiguousNameError) as raised:
        graph.find("dân vận")
    assert [iri for iri, _ in raised.value.candidates] == [
        *(BASE + "article/a.txt", BASE + "article/b.txt")
    ]


def test_a_projection_is_the_same_each_time(tmp_path: Path) -> None:
    articles = make_hanoi("a.txt"), make_hanoi("b.txt")
    links = make_links("a.txt")
    one = write_graph(tmp_path / "one", articles, links).to_networkx()
    two = write_graph(tmp_path / "two", articles[::-1], links).to_networkx()
    assert list(one.nodes(data=True)) == list(two.nodes(data=True))
    assert list(one.edges(keys=True, data=True)) == list(two.edges(keys=True, data=True))


def test_the_summary_counts(graph: PolicyGraph) -> None:
    assert graph.summary() == Summary(
        articles=1, documents=2, organisations=1, campaigns=1, relations=3, contradictions=1
    )


def test_two_dates_of_one_document_contradict(graph: PolicyGraph) -> None:
    (contradiction,) = graph.contradictions()
    assert contradiction.thing == BASE + CTR23
    assert (contradiction.label, contradiction.property) == (
        "Chương trình hành động 23-CTr/TU",
        "date",
    )
    assert [value.value for value in contradiction.values] == ["2013-07-15", "2013-07-25"]
    late, early = (value.evidence for value in contradiction.values)
    assert [quotation.quote[:12] for quotation in (*late, *early)] == [
        "Các nhiệm vụ",
        "Thành ủy đã ",
    ]


def test_what_a_registry_knows_may_contradict_an_article(tmp_path: Path) -> None:
    links = make_links()
    said = replace(links.values[-1], is_preferred=False, known_from=None)
    known = AttributeValue(NQ25, "date", "2013-06-04", True, known_from="registry row")
    values = (*links.values[:-1], said, known)
    graph = write_graph(tmp_path, (make_hanoi(),), replace(links, values=values))
    contradiction = graph.contradictions()[1]
    stated, registered = contradiction.values
    assert (stated.value, stated.source) == ("2013-06-03", None)
    assert registered == AssertedValue("2013-06-04", (), "registry row")


def test_the_same_date_twice_is_no_contradiction(tmp_path: Path) -> None:
    article = tmp_path / "a.txt"
    article.write_text(HANOI_TEXT.replace("15/7/2013", "25/7/2013"), encoding="utf-8")
    graph = build(article, graph=tmp_path / "graph")
    stated = graph.query("SELECT ?date { ?a prov:value ?date } ORDER BY ?date")
    assert isinstance(stated, QueryResult)
    assert stated.texts() == (("2013-06-03",), ("2013-07-25",))
    assert graph.contradictions() == ()


def test_rdflib_sees_the_same_graph(graph: PolicyGraph) -> None:
    dataset = graph.to_rdflib()
    assert isinstance(dataset, rdflib.Dataset)
    written = dataset.serialize(format="nquads")
    reread = sorted(line for line in written.split("\n") if line)
    assert len(reread) == len(list(sorted_nquads(graph.store))) == len(list(graph.quads()))
    rows = dataset.query("SELECT ?d { ?d <https://w3id.org/policygraph/ontology#implements> ?of }")
    assert [str(row[0]) for row in rows] == [BASE + CTR23]
    with_graph = dataset.query("SELECT DISTINCT ?g { GRAPH ?g { ?s ?p ?o } }")
    assert {str(row[0]) for row in with_graph} == {ARTICLE, BASE + "links"}


def test_a_date_that_contradicts_the_registry_is_reported(tmp_path: Path) -> None:
    article = tmp_path / "a.txt"
    article.write_text("Nghị quyết số 25-NQ/TW ngày 5/6/2013 về dân vận.", encoding="utf-8")
    (contradiction,) = build(article, graph=tmp_path / "graph").contradictions()
    known, stated = contradiction.values
    assert (known.value, known.evidence) == ("2013-06-03", ())
    assert known.source
    assert stated.value == "2013-06-05"
    assert stated.evidence[0].quote.startswith("Nghị quyết số 25-NQ/TW")
