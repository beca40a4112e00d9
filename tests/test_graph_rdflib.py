"""The graph for rdflib: a view that is true to the store, changes nothing and fetches nothing."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import rdflib
from graph_factories import BASE, CTR23, NQ25, make_hanoi, make_links, write_graph
from hypothesis import given
from hypothesis import strategies as st
from ports import note_calls
from pyoxigraph import BlankNode, Literal, NamedNode, Quad, Store
from rdflib.compare import isomorphic
from rdflib.plugins.sparql import prepareQuery

from policygraph.errors import GraphError, QueryError
from policygraph.graph.interchange import copy_dataset, open_dataset
from policygraph.graph.named_queries import find_queries
from policygraph.graph.namespaces import PREFIXES
from policygraph.graph.policy_graph import PolicyGraph
from policygraph.graph.queries import QueryResult

ARTICLE, LINKS = rdflib.URIRef(f"{BASE}article/hanoi.txt"), rdflib.URIRef(f"{BASE}links")
PG = rdflib.Namespace("https://w3id.org/policygraph/ontology#")


@pytest.fixture(scope="module")
def graph(tmp_path_factory: pytest.TempPathFactory) -> PolicyGraph:
    articles = make_hanoi(), make_hanoi("other.txt")
    return write_graph(tmp_path_factory.mktemp("rdflib") / "graph", articles, make_links())


@pytest.fixture(scope="module")
def view(graph: PolicyGraph) -> rdflib.Dataset:
    return graph.to_rdflib()


def texts(result: Any) -> list[tuple[str, ...]]:
    return sorted(tuple("" if cell is None else str(cell) for cell in row) for row in result)


QUERIES = [
    "SELECT ?s ?o { ?s pg:implements ?o }",
    "SELECT (COUNT(DISTINCT ?s) AS ?n) { ?s ?p ?o }",
    "SELECT ?g (COUNT(*) AS ?n) { GRAPH ?g { ?s ?p ?o } } GROUP BY ?g",
    "SELECT ?d ?title { ?d a pg:PartyDocument OPTIONAL { ?d dcterms:title ?title } }",
    "SELECT DISTINCT ?b { ?o org:subOrganizationOf* ?b }",
    "SELECT ?d { ?d pg:date ?date FILTER(?date > '2013-06-30'^^xsd:date) }",
    "SELECT ?l { ?s rdfs:label ?l FILTER(CONTAINS(?l, '25-NQ')) }",
    *(query.sparql for query in find_queries()),
]


@pytest.mark.parametrize("sparql", QUERIES, ids=lambda query: query.strip().splitlines()[-1][:40])
@pytest.mark.parametrize("engine", ["ours", "rdflib's", "rdflib's on a copy"])
def test_rdflib_answers_as_the_graph_does(graph: PolicyGraph, sparql: str, engine: str) -> None:
    dataset = graph.to_rdflib(copy=engine.endswith("copy"))
    expected = graph.query(sparql)
    assert isinstance(expected, QueryResult)
    found = dataset.query(sparql, use_store_provided=engine == "ours", initNs=dict(PREFIXES))
    assert texts(found) == sorted(expected.texts())


def test_it_has_the_same_graphs_and_quads(graph: PolicyGraph, view: rdflib.Dataset) -> None:
    named = {each.identifier for each in view.graphs() if len(each)}
    assert named == {ARTICLE, LINKS, rdflib.URIRef(f"{BASE}article/other.txt")}
    lines = sorted(line for line in view.serialize(format="nquads").split("\n") if line)
    assert len(lines) == len(set(lines)) == len(list(graph.nquads()))
    assert len(view) == len({(quad.subject, quad.predicate, quad.object) for quad in graph.quads()})
    links = view.graph(LINKS)
    assert 0 < len(links) < len(view)
    assert [str(s) for s in links.subjects(PG.implements)] == [BASE + CTR23]
    assert list(view.graph(ARTICLE).subjects(PG.implements)) == []
    assert str(view.value(rdflib.URIRef(BASE + CTR23), PG.implements)) == BASE + NQ25


def test_a_named_graph_answers_for_itself(view: rdflib.Dataset) -> None:
    asked = "SELECT (COUNT(*) AS ?n) { ?s ?p ?o }"
    for name in (ARTICLE, LINKS):
        named = view.graph(name)
        assert texts(named.query(asked)) == [(str(len(named)),)]


def test_construct_ask_and_bindings_work(view: rdflib.Dataset) -> None:
    triples = view.query("CONSTRUCT WHERE { ?d pg:implements ?of }").graph
    assert triples is not None
    assert [tuple(map(str, triple)) for triple in triples] == [
        (BASE + CTR23, str(PG.implements), BASE + NQ25)
    ]
    assert view.query("ASK { ?d my:implements ?of }", initNs={"my": PG}).askAnswer is True
    bound = {"of": rdflib.URIRef(BASE + NQ25)}
    asked = "SELECT ?d ?of { ?d pg:implements ?of }"
    assert texts(view.query(asked, initBindings=bound)) == [(BASE + CTR23, BASE + NQ25)]
    bound = {"of": rdflib.URIRef(BASE + CTR23)}
    assert texts(view.query(asked, initBindings=bound)) == []


def test_a_prepared_query_is_answered_by_rdflib(view: rdflib.Dataset) -> None:
    prepared = prepareQuery("SELECT ?s { ?s pg:implements ?o }", initNs={"pg": PG})
    assert texts(view.query(prepared)) == [(BASE + CTR23,)]


def test_it_sees_the_store_as_it_was_opened(tmp_path: Path) -> None:
    before = write_graph(tmp_path, (make_hanoi(),), make_links()).to_rdflib()
    count = len(before)
    write_graph(tmp_path, (make_hanoi("more.txt"),), make_links())
    assert len(before) == count
    assert len(PolicyGraph.open(tmp_path).to_rdflib()) > count


@pytest.mark.parametrize(
    "change",
    [
        lambda view: view.add((ARTICLE, PG.a, LINKS)),
        lambda view: view.graph(LINKS).add((ARTICLE, PG.a, LINKS)),
        lambda view: view.addN([(ARTICLE, PG.a, LINKS, view.graph(LINKS))]),
        lambda view: view.remove((None, None, None)),
        lambda view: view.remove_graph(LINKS),
        lambda view: view.update("DELETE WHERE { ?s ?p ?o }"),
        lambda view: view.parse(data="<x:a> <x:b> <x:c> .", format="turtle"),
    ],
)
def test_it_cannot_be_changed_and_says_what_can(view: rdflib.Dataset, change: Any) -> None:
    before = len(view)
    with pytest.raises(GraphError, match="copy=True"):
        change(view)
    assert len(view) == before


def test_a_copy_can_be_changed_and_the_graph_stays(graph: PolicyGraph) -> None:
    before, copy = len(list(graph.quads())), graph.to_rdflib(copy=True)
    copy.update("DELETE { GRAPH ?g { ?s ?p ?o } } WHERE { GRAPH ?g { ?s ?p ?o } }")
    assert len(copy) == 0
    assert len(list(graph.quads())) == before


@pytest.mark.parametrize("source", ["FROM <URL>", "FROM NAMED <URL>"])
def test_a_view_fetches_nothing_of_from(view: rdflib.Dataset, source: str) -> None:
    with note_calls() as (port, reached):
        for url in (f"http://127.0.0.1:{port}/", "file:///etc/passwd"):
            asked = f"SELECT * {source.replace('URL', url)} {{ ?s ?p ?o }}"
            assert texts(view.query(asked)) == []
    assert reached == []
    links = view.query(f"SELECT ?d FROM <{LINKS}> {{ ?d pg:implements ?of }}")
    assert texts(links) == [(BASE + CTR23,)]


def test_a_view_refuses_service(view: rdflib.Dataset) -> None:
    with note_calls() as (port, reached), pytest.raises(QueryError, match="SERVICE"):
        view.query(f"SELECT * {{ SERVICE <http://127.0.0.1:{port}/> {{ ?s ?p ?o }} }}")
    assert reached == []


def test_a_query_that_does_not_parse_says_where(view: rdflib.Dataset) -> None:
    with pytest.raises(QueryError, match="1:12"):
        view.query("SELECT * { ?s ?p }")


def test_patterns_that_no_triple_can_match_match_none(view: rdflib.Dataset) -> None:
    literal = rdflib.Literal("x")
    assert list(view.triples((literal, None, None))) == []  # type: ignore[arg-type]
    assert list(view.triples((None, rdflib.BNode(), None))) == []  # type: ignore[arg-type]
    assert list(view.triples((rdflib.URIRef("no iri"), None, None))) == []


NODES = st.sampled_from([NamedNode("x:a"), NamedNode("x:b"), BlankNode("b1"), BlankNode("b2")])
LITERALS = st.one_of(
    st.builds(Literal, st.text(st.characters(codec="utf-8"), max_size=5)),
    st.builds(lambda tag: Literal("a", language=tag), st.sampled_from(["vi", "en-gb"])),
    st.builds(Literal, st.integers(-5, 5)),
    st.sampled_from(
        [
            Literal("2013-07-25", datatype=NamedNode("http://www.w3.org/2001/XMLSchema#date")),
            Literal("<b>", datatype=NamedNode("x:type")),
        ]
    ),
)
PREDICATES = st.sampled_from([NamedNode("x:p"), NamedNode("x:q")])
NAMES = st.sampled_from([NamedNode("x:g1"), NamedNode("x:g2"), NamedNode("x:g3")])


@given(st.lists(st.builds(Quad, NODES, PREDICATES, NODES | LITERALS, NAMES), max_size=12))
def test_a_view_and_a_copy_hold_what_the_store_holds(quads: list[Quad]) -> None:
    store = Store()
    store.extend(quads)
    view, copy = open_dataset(store), copy_dataset(store)
    assert len(view) == len(copy) == len({tuple(quad)[:3] for quad in store})
    for name in ("x:g1", "x:g2", "x:g3"):
        one, other = view.graph(rdflib.URIRef(name)), copy.graph(rdflib.URIRef(name))
        assert len(one) == len([quad for quad in store if quad.graph_name == NamedNode(name)])
        assert isomorphic(one, other)
    for triple in view.triples((None, None, None)):
        assert list(view.triples(triple)) == [triple]
        named = {each.identifier for each in view.graphs(triple)}
        assert {str(c) for _, _, _, c in view.quads((*triple, None))} == set(
            map(str, named - {rdflib.graph.DATASET_DEFAULT_GRAPH_ID})
        )
