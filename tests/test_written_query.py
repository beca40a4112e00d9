"""A question with its values in its text is answered as the one to which they are bound."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest
from pyoxigraph import Literal
from test_named_queries import decide

from policygraph.graph.named_queries import find_queries
from policygraph.graph.namespaces import DCTERMS, OA, ORG, PG, PROV, RDF, RDFS, SKOS, XSD
from policygraph.graph.policy_graph import PolicyGraph
from policygraph.graph.queries import QueryResult, Question, run_query
from policygraph.graph.vocabulary import list_terms
from policygraph.graph.written_query import write_query
from policygraph.pipeline import build

pytestmark = pytest.mark.whole

HERE = Path(__file__).parent
KNOWN = tomllib.loads((HERE / "data" / "known_answers.toml").read_text("utf-8"))["answer"]
CASES = [
    *((query.name, dict(query.example)) for query in find_queries()),
    *((query.name, {key: text}) for query in find_queries() for key, text in query.example.items()),
    *((case["query"], case.get("values", {})) for case in KNOWN),
]


@pytest.fixture(scope="module")
def graph(tmp_path_factory: pytest.TempPathFactory) -> PolicyGraph:
    articles = HERE.parent / "data" / "articles"
    folder = tmp_path_factory.mktemp("corpus") / "graph"
    build(articles, graph=folder)
    return decide(folder)


def test_every_question_is_answered_alike(graph: PolicyGraph) -> None:
    """Also where a value is of a variable that is only filtered by, or that is computed."""
    for name, values in CASES:
        question = graph.read_question(name, **values)
        bound = graph.query(question.sparql, bindings=question.bindings)
        written = graph.query(write_query(question))
        assert isinstance(bound, QueryResult)
        assert isinstance(written, QueryResult)
        assert sorted(written.texts()) == sorted(bound.texts()), (name, values)


def test_a_value_stays_a_value(graph: PolicyGraph) -> None:
    hostile = '" } } DROP ALL # \\ \n ?x'
    sparql = "SELECT ?signer\nWHERE {\n  BIND(1 AS ?one)\n}\n"
    text = write_query(Question(sparql, {"signer": Literal(hostile)}))
    answer = run_query(graph.store, text)
    assert isinstance(answer, QueryResult)
    assert answer.texts() == ((hostile,),)


def test_the_vocabulary_explains_every_term_that_the_graph_uses() -> None:
    used = {
        vocabulary[name].value
        for vocabulary in (DCTERMS, OA, ORG, PG, PROV, RDF, RDFS, SKOS, XSD)
        for name in vocabulary.names()
    }
    terms = {term.iri: term for term in list_terms()}
    assert used - terms.keys() == {PG.policygraph.value}
    assert all(term.vi and term.en for term in terms.values())
    assert len(terms) == len(list_terms())
