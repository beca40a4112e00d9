"""SPARQL over a graph: answers, named queries, and what is refused."""

from __future__ import annotations

import csv
import io
import json
import xml.etree.ElementTree as ET
from collections.abc import Iterator
from pathlib import Path

import pytest
from corpus import write_records
from graph_factories import BASE, CTR23, DAN_VAN_KHEO, NQ25, THANH_UY, write_hanoi
from ports import note_calls
from pyoxigraph import Literal, NamedNode, Store
from rdflib.plugins.sparql import prepareQuery

from policygraph.errors import AmbiguousNameError, QueryError
from policygraph.graph.answer import write_answer
from policygraph.graph.named_queries import find_queries, named_query
from policygraph.graph.policy_graph import PolicyGraph
from policygraph.graph.queries import QueryResult, run_query
from policygraph.pipeline import build


@pytest.fixture(scope="module")
def graph(tmp_path_factory: pytest.TempPathFactory) -> PolicyGraph:
    return write_hanoi(tmp_path_factory.mktemp("queries") / "graph")


def table(answer: object) -> list[dict[str, str]]:
    assert isinstance(answer, QueryResult)
    return [dict(zip(answer.variables, row, strict=True)) for row in answer.texts()]


def test_select_ask_and_construct(graph: PolicyGraph) -> None:
    rows = table(graph.query("SELECT ?d WHERE { ?d pg:implements ?of }"))
    assert rows == [{"d": BASE + CTR23}]
    assert graph.query("ASK { ?c a pg:Campaign }") is True
    assert graph.query("ASK { ?c a pg:Nothing }") is False
    triples = graph.query("CONSTRUCT { ?d pg:implements ?of } WHERE { ?d pg:implements ?of }")
    assert isinstance(triples, tuple)
    assert [triple.object.value for triple in triples] == [BASE + NQ25]


def test_graph_tells_where_something_is_said(graph: PolicyGraph) -> None:
    rows = table(graph.query("SELECT DISTINCT ?g { GRAPH ?g { ?s pg:predicate pg:implements } }"))
    assert rows == [{"g": BASE + "article/hanoi.txt"}]


def test_an_unbound_cell_is_none(graph: PolicyGraph) -> None:
    answer = graph.query("SELECT ?x ?y WHERE { BIND(1 AS ?x) }")
    assert isinstance(answer, QueryResult)
    assert answer.rows[0][1] is None
    assert answer.texts() == (("1", ""),)


@pytest.mark.parametrize("value", ['" } INSERT', "'; DROP", "?x", "\\", "a\nb"])
def test_a_bound_value_is_a_value_whatever_it_says(graph: PolicyGraph, value: str) -> None:
    answer = graph.query(
        "SELECT ?value WHERE { FILTER(isLiteral(?value)) }", bindings={"value": Literal(value)}
    )
    assert table(answer) == [{"value": value}]


def test_binding_a_variable_that_is_not_there_is_an_error(graph: PolicyGraph) -> None:
    with pytest.raises(QueryError, match=r"\?other"):
        graph.query("SELECT ?s { ?s ?p ?o }", bindings={"other": NamedNode("http://e/")})


@pytest.mark.parametrize(
    ("sparql", "place", "hint"),
    [
        ("SELECT ?s WHERE { ?s ?p }", "1:19", "“?s ?p }”"),
        ("SELECT ?s WHERE {\n  ?s ex:p ?o\n}", "2:6", "prefix ex: is not declared"),
        ("SELECT ?s {\n ?s ?p ?o\n} ORDER ?s", "3:3", "“ORDER ?s”"),
        ("SELECT ?s (COUNT(?x) AS ?n) { ?s a ?x }", "The SELECT", "variable that is unbound"),
        ("SELECT ?s WHERE { ?s ?p ?o", "1:27", "missing"),
        ("", "1:1", "SELECT"),
        ("INSERT DATA { <http://a> <http://b> <http://c> }", "1:1", "only reads"),
        ("  DELETE WHERE { ?s ?p ?o }", "1:3", "only reads"),
        ("SELEKT * { ?s ?p ?o }", "1:1", "SELECT"),
        ("LOAD <http://127.0.0.1/x>", "1:1", "only reads"),
        ("SELECT (TRUE AS ?t) (False AS ?f) {}", "1:23", "something like"),
    ],
)
def test_an_error_says_where_and_what_to_do(
    graph: PolicyGraph, sparql: str, place: str, hint: str
) -> None:
    with pytest.raises(QueryError) as caught:
        graph.query(sparql)
    assert str(caught.value).startswith(place)
    assert hint in str(caught.value)


@pytest.fixture
def server() -> Iterator[tuple[int, list[bytes]]]:
    with note_calls() as noted:
        yield noted


CALLS = [
    "SELECT * { SERVICE <URL> { ?s ?p ?o } }",
    "SELECT * { service silent <URL> { ?s ?p ?o } }",
    "SELECT * { ?s ?p ?o . SeRvIcE#\n<URL>{ ?s ?p ?o } }",
    "PREFIX : <URL> SELECT * { SERVICE:{ ?s ?p ?o } }",
    "PREFIX e: <URL> SELECT * { SERVICE e: { ?s ?p ?o } }",
    "SELECT * { VALUES ?u { <URL> } SERVICE ?u { ?s ?p ?o } }",
    "SELECT * { FILTER(1<'>') SERVICE <URL> { ?s ?p ?o } FILTER('x'='') }",
    "SELECT * { BIND('''#''' AS ?x) SERVICE <URL> { ?s ?p ?o } }",
    "SELECT * { ?s ?p ?o FILTER EXISTS { SERVICE <URL> { ?s ?p ?o } } }",
    "CONSTRUCT { ?s ?p ?o } WHERE { SERVICE <URL> { ?s ?p ?o } }",
    "ASK { { SELECT (COUNT(*) AS ?n) { SERVICE <URL> { ?s ?p ?o } } } }",
    "SELECT * { SERV\\u0049CE <URL> { ?s ?p ?o } }",
    "SELECT ?service { BIND('service' AS ?service) SERVICE <URL> { ?s ?p ?o } }",
]


@pytest.mark.parametrize("call", CALLS)
def test_service_is_refused_in_any_disguise(
    graph: PolicyGraph, call: str, server: tuple[int, list[bytes]]
) -> None:
    port, reached = server
    with pytest.raises(QueryError):
        graph.query(call.replace("URL", f"http://127.0.0.1:{port}/"))
    assert reached == []


def test_the_port_would_notice_a_call(server: tuple[int, list[bytes]]) -> None:
    port, reached = server
    with pytest.raises((OSError, RuntimeError)):
        list(Store().query(CALLS[0].replace("URL", f"http://127.0.0.1:{port}/")))
    assert reached


@pytest.mark.parametrize(
    "sparql",
    [
        "SELECT ?service { BIND('public service' AS ?service) }",
        "SELECT * { ?s rdfs:label 'SERVICE <http://x> { }' }",
        "SELECT * { ?s ?p <http://example.org/SERVICE> } # SERVICE <x> {}",
        "PREFIX service: <http://e/> SELECT * { service:a ?p service:service }",
        "SELECT ('x'@en-service AS ?service) {}",
    ],
)
def test_the_word_service_may_be_said(graph: PolicyGraph, sparql: str) -> None:
    assert isinstance(graph.query(sparql), QueryResult)


def test_a_fault_beside_the_word_is_told_apart(graph: PolicyGraph) -> None:
    with pytest.raises(QueryError, match="1:25: cannot go on"):
        graph.query("SELECT ?service WHERE { ?service }")
    with pytest.raises(QueryError, match="SERVICE, which asks another server"):
        graph.query("SELECT * { SERVICE <http://127.0.0.1:1/> { ?s ?p ?o } }")


@pytest.mark.parametrize("source", ["FROM <file:///etc/passwd>", "FROM NAMED <http://127.0.0.1/>"])
def test_from_reads_only_the_store(graph: PolicyGraph, source: str) -> None:
    assert table(graph.query(f"SELECT * {source} {{ ?s ?p ?o }}")) == []


def test_from_restricts_to_the_graphs_it_names(graph: PolicyGraph) -> None:
    count = "SELECT (COUNT(*) AS ?n) {} {{ ?s a ?class }}"
    everything = int(table(graph.query(count.format("")))[0]["n"])
    things = int(table(graph.query(count.format(f"FROM <{BASE}links>")))[0]["n"])
    assert 0 < things == 9 < everything  # five things, four values of two of them
    assert table(graph.query("SELECT ('from' AS ?from) { ?s pg:implements ?o } # FROM"))


def nested(opening: str, closing: str, depth: int = 5_000) -> str:
    return f"SELECT * {{ {opening * depth} {closing * depth} }}"


@pytest.mark.parametrize(
    "sparql",
    [
        nested("{", "}"),
        nested("FILTER EXISTS {", "}"),
        "SELECT * { FILTER" + "(" * 5_000 + "1" + ")" * 5_000 + "}",
        "SELECT * { FILTER(" + "!" * 20_000 + "?a) }",
        "SELECT * { FILTER(" + "||".join(["?a"] * 20_000) + ") }",
        "SELECT * { FILTER(" + "+".join(["1"] * 20_000) + ") }",
        "SELECT * { " + "UNION".join(["{?s ?p ?o}"] * 20_000) + " }",
        "SELECT * { " + "OPTIONAL{?s ?p ?o}" * 20_000 + " }",
        "SELECT * { ?s ?p ?o " + "FILTER(?s)" * 20_000 + " }",
        "SELECT * { ?s " + "/".join(["<http://a>"] * 20_000) + " ?o }",
        # A bracket that only one of two readings of "<…>" would see.
        "SELECT * { FILTER(?a <'>')" + "{" * 5_000 + "}" * 5_000 + "'' }",
    ],
)
def test_a_bomb_is_refused_and_the_process_lives(graph: PolicyGraph, sparql: str) -> None:
    with pytest.raises(QueryError):
        graph.query(sparql)


@pytest.mark.parametrize(
    "sparql",
    [
        nested("{", "}", 40),
        "SELECT * { VALUES (?s ?o) {" + "(<http://e/a#b> '((((')" * 5_000 + "} }",
        "SELECT * { VALUES ?s {" + " ".join(f"<http://e/{n}/a-b>" for n in range(5_000)) + "} }",
        "SELECT * { FILTER(?s = '" + "(((" * 2_000 + "') ?s ?p ?o } # " + "{" * 5_000,
    ],
)
def test_a_long_query_is_no_bomb(graph: PolicyGraph, sparql: str) -> None:
    assert isinstance(graph.query(sparql), QueryResult)


SELECT = 'SELECT ?x ?y ?z { VALUES (?x ?y ?z) { (<http://e/> "a,\\"b"@vi UNDEF) (1 "đ\\n" 1.5) } }'


def test_a_table_in_the_formats_of_the_w3c(graph: PolicyGraph) -> None:
    answer = graph.query(SELECT)
    written = json.loads(write_answer(answer, "json"))
    assert written["head"]["vars"] == ["x", "y", "z"]
    assert written["results"]["bindings"][0]["y"] == {
        "type": "literal",
        "value": 'a,"b',
        "xml:lang": "vi",
    }
    rows = list(csv.reader(io.StringIO(write_answer(answer, "csv").decode(), newline="")))
    assert rows == [["x", "y", "z"], ["http://e/", 'a,"b', ""], ["1", "đ\n", "1.5"]]
    assert write_answer(answer, "tsv").decode().splitlines()[0] == "?x\t?y\t?z"
    results = ET.fromstring(write_answer(answer, "xml"))
    assert len(results.findall(".//{*}binding")) == 5


def test_a_yes_and_triples_are_written_too(graph: PolicyGraph) -> None:
    assert json.loads(write_answer(True, "json"))["boolean"] is True
    triples = graph.query("CONSTRUCT WHERE { ?d pg:implements ?of }")
    assert b"pg:implements" in write_answer(triples, "ttl")


@pytest.mark.parametrize(
    ("sparql", "format"),
    [("ASK {}", "ttl"), ("SELECT * {}", "ttl"), ("CONSTRUCT WHERE { ?s ?p ?o }", "csv")],
)
def test_a_format_that_does_not_fit_is_refused(
    graph: PolicyGraph, sparql: str, format: str
) -> None:
    with pytest.raises(QueryError, match=f"cannot be written as {format}"):
        write_answer(graph.query(sparql), format)


NAMES = {query.name for query in find_queries()}


def test_an_unknown_named_query_lists_those_that_there_are() -> None:
    with pytest.raises(QueryError, match="there are articles, articles-about, bases"):
        named_query("nothing")


@pytest.mark.parametrize("name", sorted(NAMES))
def test_a_named_query_answers_and_says_its_question(graph: PolicyGraph, name: str) -> None:
    query = named_query(name)
    assert query.question_vi.endswith("?")
    assert query.question_en.endswith("?")
    answered = table(graph.query_named(name))
    # A small graph: tests/test_named_queries.py has answers for all.
    assert answered or name not in ("articles", "citations", "campaigns", "implementers")
    prepareQuery(query.sparql)


MERGED = {
    "a": "Bộ Giao thông vận tải thực hiện Nghị quyết 18-NQ/TW.",
    "b": "Ngày 5/9/2025, Tỉnh ủy Quảng Trị ban hành Kế hoạch số 3-KH/TU.",
    "c": "Nghị quyết số 10-NQ/TU ngày 5/3/2021 của Tỉnh ủy Quảng Trị.",
    "d": "Kế hoạch số 7-KH/TU ngày 5/3/2021 của Tỉnh ủy Quảng Bình. "
    "Ban Tổ chức - Cán bộ Chính phủ đã hợp nhất.",
}
FIRST, SECOND = "Tỉnh ủy Quảng Trị (đến 30/6/2025)", "Tỉnh ủy Quảng Trị (từ 1/7/2025)"


@pytest.fixture(scope="module")
def merged(tmp_path_factory: pytest.TempPathFactory) -> PolicyGraph:
    folder = tmp_path_factory.mktemp("merged")
    return build(write_records(folder / "news.jsonl", MERGED), graph=folder / "graph")


def test_bodies_that_were_merged_tell_into_which(merged: PolicyGraph) -> None:
    rows = table(merged.query_named("renamed", organisation="Bộ Giao thông vận tải"))
    (row,) = rows
    assert row["organisationLabel"] == "Bộ Giao thông vận tải"
    assert (row["validTo"], row["successorLabel"]) == ("2025-02-28", "Bộ Xây dựng")


def test_a_merger_is_one_event_of_several_bodies(merged: PolicyGraph) -> None:
    rows = [r for r in table(merged.query_named("renamed")) if r["successorLabel"] == SECOND]
    assert [row["organisationLabel"] for row in rows] == ["Tỉnh ủy Quảng Bình", FIRST]
    assert {row["change"] for row in rows} == {BASE + "change/2025-07-01/tinh-uy-quang-tri"}
    assert {row["changeLabel"] for row in rows} == {f"Tỉnh ủy Quảng Bình, {FIRST} → {SECOND}"}


@pytest.mark.parametrize(
    ("day", "ended"),
    [
        ("2025-02-28", {"Ban Tổ chức - Cán bộ Chính phủ"}),
        ("2025-03-01", {"Ban Tổ chức - Cán bộ Chính phủ", "Bộ Giao thông vận tải"}),
        ("2025-06-30", {"Ban Tổ chức - Cán bộ Chính phủ", "Bộ Giao thông vận tải"}),
        (
            "2025-07-01",
            {
                "Ban Tổ chức - Cán bộ Chính phủ",
                "Bộ Giao thông vận tải",
                "Tỉnh ủy Quảng Bình",
                FIRST,
            },
        ),
        ("2002-12-31", set()),  # of Ban Tổ chức - Cán bộ Chính phủ the year alone is known
    ],
)
def test_what_had_ended_by_a_day(merged: PolicyGraph, day: str, ended: set[str]) -> None:
    rows = table(merged.query_named("renamed", asOf=day))
    assert {row["organisationLabel"] for row in rows} == ended


def test_bodies_as_of_a_day(merged: PolicyGraph) -> None:
    def names(**day: str) -> set[str]:
        rows = table(merged.query_named("organisations-as-of", **day))
        return {row["organisationLabel"] for row in rows}

    both = {FIRST, SECOND}
    assert names() >= both
    assert names(asOf="2025-06-30") & both == {FIRST}
    assert names(asOf="2025-07-01") & both == {SECOND}
    assert names() - names(asOf="2025-07-01") == {
        *("Bộ Giao thông vận tải", "Ban Tổ chức - Cán bộ Chính phủ", "Tỉnh ủy Quảng Bình", FIRST)
    }


def test_levels_of_bodies_are_told(merged: PolicyGraph) -> None:
    rows = table(merged.query_named("organisations-as-of", asOf="2025-07-01"))
    levels = {row["organisationLabel"]: row["level"].rpartition("/")[2] for row in rows}
    assert (levels[SECOND], levels["Bộ Xây dựng"]) == ("tinh", "trung-uong")


def test_bodies_of_one_name_are_told_apart(merged: PolicyGraph) -> None:
    def find(name: str) -> str:
        (row,) = table(merged.query_named("organisations-as-of", organisation=name))
        return row["organisationLabel"]

    with pytest.raises(AmbiguousNameError) as caught:
        find("Tỉnh ủy Quảng Trị")
    assert [label for _, label in caught.value.candidates] == [FIRST, SECOND]
    assert find(FIRST) == find("Tỉnh ủy Quảng Trị, 30/6/2025") == FIRST
    assert find(SECOND) == find("Tỉnh uỷ Quảng Trị 2026-01-05") == SECOND


@pytest.mark.parametrize("day", ["", "1/7/2025", "2025-7-1", "2025", "2025-07-01'^^xsd:date) }"])
def test_a_day_that_is_none_is_refused(merged: PolicyGraph, day: str) -> None:
    with pytest.raises(QueryError, match="write it as 2025-07-01"):
        merged.query_named("renamed", asOf=day)


def test_open_citations_are_listed_with_what_they_may_mean(tmp_path: Path) -> None:
    article = tmp_path / "a.txt"
    article.write_text("Theo Nghị quyết số 19-NQ/TW, các tỉnh sắp xếp bộ máy.", encoding="utf-8")
    rows = table(build(article, graph=tmp_path / "graph").query_named("open-citations"))
    assert {row["quote"] for row in rows} == {"Nghị quyết số 19-NQ/TW"}
    assert {row["candidate"].split("/")[-3] for row in rows} == {"xii", "xiii"}


def test_implementers_with_their_sentences(graph: PolicyGraph) -> None:
    rows = table(graph.query_named("implementers", document="Nghị quyết 25"))
    assert [row["implementer"] for row in rows] == [BASE + CTR23] * 2
    assert [row["quote"][:12] for row in rows] == ["Thành ủy đã ", "Các nhiệm vụ"]
    assert {row["article"] for row in rows} == {"hanoi.txt"}
    assert table(graph.query_named("implementers", document="23-CTr/TU")) == []


def test_citations_campaigns_and_what_a_body_issued(graph: PolicyGraph) -> None:
    cited = table(graph.query_named("citations", document="25-NQ/TW"))
    assert [row["quote"] for row in cited] == [
        "Nghị quyết số 25-NQ/TW",
        "Nghị quyết Trung ương 7 (khóa XI)",
    ]
    (campaign,) = table(graph.query_named("campaigns", campaign="dân vận khéo"))
    assert (campaign["role"], campaign["actor"]) == ("promotes", BASE + THANH_UY)
    assert "phong trào “Dân vận khéo”" in campaign["quote"]
    (issued,) = table(graph.query_named("documents-issued-by", organisation="Thành uỷ Hà Nội"))
    assert (issued["document"], issued["date"]) == (BASE + CTR23, "2013-07-25")


def test_contradictions_with_both_sentences(graph: PolicyGraph) -> None:
    rows = table(graph.query_named("contradictions"))
    assert [(row["document"], row["value"], row["status"]) for row in rows] == [
        (BASE + CTR23, "2013-07-25", "preferred"),
        (BASE + CTR23, "2013-07-15", "alternative"),
    ]
    assert rows[1]["quote"].startswith("Các nhiệm vụ")


def test_counts_of_citations(graph: PolicyGraph) -> None:
    rows = table(graph.query_named("most-cited"))
    assert [(row["document"], row["articles"]) for row in rows] == [
        (BASE + CTR23, "1"),
        (BASE + NQ25, "1"),
    ]
    (together,) = table(graph.query_named("co-cited", document="25-NQ/TW"))
    assert (together["other"], together["articles"]) == (BASE + CTR23, "1")
    (article,) = table(graph.query_named("articles"))
    assert (article["article"], article["cited"]) == ("hanoi.txt", "4")


def test_a_parameter_that_a_query_lacks_is_refused(graph: PolicyGraph) -> None:
    with pytest.raises(QueryError, match="its parameters: document"):
        graph.query_named("implementers", campaign=DAN_VAN_KHEO)


def test_a_read_only_store_cannot_be_changed(graph: PolicyGraph) -> None:
    with pytest.raises(RuntimeError):
        graph.store.update("DELETE WHERE { ?s ?p ?o }")
    assert run_query(graph.store, "ASK { ?s ?p ?o }") is True


def test_the_graph_outlives_its_folder(tmp_path: Path) -> None:
    opened = write_hanoi(tmp_path)
    write_hanoi(tmp_path)
    assert opened.query("ASK { ?s a pg:Campaign }") is True
