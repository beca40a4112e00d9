"""The named queries on the corpus of data/articles: known answers, evidence, parameters."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from corpus import write_records
from pyoxigraph import Literal, NamedNode

from policygraph.errors import AmbiguousNameError, QueryError, UnknownNameError
from policygraph.graph.concept import find_concept
from policygraph.graph.named_queries import find_queries, group_queries, load_topics, named_query
from policygraph.graph.namespaces import PG, XSD
from policygraph.graph.parameter import TYPES, read_parameter, read_year
from policygraph.graph.policy_graph import PolicyGraph
from policygraph.graph.queries import QueryResult
from policygraph.pipeline import build
from policygraph.reviewing import review

pytestmark = pytest.mark.whole

ARTICLES = Path(__file__).parents[1] / "data" / "articles"
DAN_VAN = "25-NQ/TW, 3/6/2013"
QUERIES = [query.name for query in find_queries()]

Rows = list[dict[str, str]]


@pytest.fixture(scope="module")
def graph(tmp_path_factory: pytest.TempPathFactory) -> PolicyGraph:
    folder = tmp_path_factory.mktemp("corpus") / "graph"
    build(ARTICLES, graph=folder)
    return decide(folder)


def decide(folder: Path) -> PolicyGraph:
    """Some decisions, which leave everything as it is but for what is said of themselves."""
    reviewer, (article, text) = review(folder, author="An"), read_article("hanoi-dan-van.txt")
    place = article, text.index("25-NQ/TW")
    reviewer.accept(*place, DAN_VAN, time="2026-11-28T10:15:00Z", note="ghi đủ số và ngày")
    reviewer.correct_date(DAN_VAN, "2013-06-04", time="2026-11-28T10:16:00Z")
    return reviewer.undo("last", time="2026-11-28T10:17:00Z").graph


def read_article(name: str) -> tuple[str, str]:
    return name, (ARTICLES / name).read_text(encoding="utf-8")


def ask(graph: PolicyGraph, name: str, /, **values: str) -> Rows:
    answer = graph.query_named(name, **values)
    assert isinstance(answer, QueryResult)
    return [dict(zip(answer.variables, row, strict=True)) for row in answer.texts()]


def pick(rows: Rows, *columns: str) -> list[tuple[str, ...]]:
    """The distinct rows of some columns, in their order; of a concept its name alone."""
    cells = (tuple(row[c].replace(PG.iri, "") for c in columns) for row in rows)
    return list(dict.fromkeys(cells))


KNOWN = tomllib.loads((Path(__file__).parent / "data" / "known_answers.toml").read_text("utf-8"))


def name_case(case: dict[str, Any]) -> str:
    return " ".join((case["query"], *case.get("values", {}).values()))


@pytest.mark.parametrize("case", KNOWN["answer"], ids=name_case)
def test_an_answer_is_what_is_known(graph: PolicyGraph, case: dict[str, Any]) -> None:
    rows = pick(ask(graph, case["query"], **case.get("values", {})), *case["columns"].split(" | "))
    written = [" | ".join(row) for row in rows]
    if "is" in case:
        assert written == case["is"]
    else:
        assert [row for row in case["holds"] if row not in written] == []


@pytest.mark.parametrize("case", KNOWN["absence"], ids=name_case)
def test_an_answer_leaves_out_what_does_not_belong(
    graph: PolicyGraph, case: dict[str, Any]
) -> None:
    rows = ask(graph, case["query"], **case.get("values", {}))
    assert [row for row in rows if case["words"] in row[case["column"]]] == []


def test_a_chain_tells_its_steps_and_ends_in_a_circle(tmp_path: Path) -> None:
    """Each plan carries out the one before, and the second the last: a circle behind the first."""

    def say(newer: int, older: int) -> str:
        plans = (f"Kế hoạch số {n}-KH/TU ngày {n}/3/2018" for n in (newer, older))
        return "Tỉnh ủy Hưng Yên đã ban hành {} thực hiện {}.".format(*plans)

    pairs = [(n + 1, n) for n in range(11, 18)] + [(12, 18)]
    texts = {str(newer * 100 + older): say(newer, older) for newer, older in pairs}
    graph = build(write_records(tmp_path / "a.jsonl", texts), graph=tmp_path / "graph")
    rows = pick(
        ask(graph, "implementation-chain", document="11-KH/TU"), "depth", "implementerLabel"
    )
    steps = [(str(min(n - 11, 6)), f"Kế hoạch {n}-KH/TU") for n in range(12, 19)]
    # The second carries out the last as well, which is a step behind it.
    assert rows == [*steps, ("6", "Kế hoạch 12-KH/TU")]


def test_a_campaign_is_reviewed_by_its_document(tmp_path: Path) -> None:
    texts = {
        "a": "Ban Thường vụ Tỉnh ủy Hưng Yên đã ban hành Chỉ thị số 22-CT/TU ngày 14/10/2016 về "
        "đẩy mạnh phong trào thi đua “Dân vận khéo”.",
        "b": "Ban Thường vụ Tỉnh ủy Hưng Yên tổ chức hội nghị tổng kết 5 năm thực hiện Chỉ thị số "
        "22-CT/TU ngày 14/10/2016 của Ban Thường vụ Tỉnh ủy Hưng Yên.",
    }
    graph = build(write_records(tmp_path / "a.jsonl", texts), graph=tmp_path / "graph")
    rows = ask(graph, "campaign-timeline", campaign="Dân vận khéo")
    assert pick(rows, "role", "day", "article") == [
        ("reviewed", "", "b"),
        ("promoted", "2016-10-14", "a"),
    ]


def test_the_most_cited_are_counted(graph: PolicyGraph) -> None:
    rows = ask(graph, "most-cited", type="Nghị quyết")
    first = rows[0]
    assert (first["date"], first["year"]) == ("2013-06-03", "2013")
    counts = [int(row["articles"]) for row in rows]
    assert counts == sorted(counts, reverse=True)
    (row,) = ask(
        graph, "most-cited", type="NQ", year="2008", issuer="Ban Chấp hành Trung ương Đảng"
    )
    assert row["document"].endswith("/x/nq/25")
    cited = ask(graph, "citations", document=DAN_VAN)
    assert int(first["articles"]) == len({row["article"] for row in cited})


def test_citations_by_year_add_up(graph: PolicyGraph) -> None:
    by_year = pick(ask(graph, "citations-by-year", document=DAN_VAN), "year", "articles")
    published = dict(pick(ask(graph, "articles"), "article", "published"))
    cited = {row["article"] for row in ask(graph, "citations", document=DAN_VAN)}
    years = [published[article][:4] for article in cited if published[article]]
    assert by_year == [(year, str(years.count(year))) for year in sorted(set(years))]


def test_217_is_cited_with_218_most(graph: PolicyGraph) -> None:
    first = ask(graph, "co-cited", document="217-QĐ/TW")[0]
    assert first["otherLabel"] == "Quyết định 218-QĐ/TW"
    assert int(first["articles"]) >= 8


def test_articles_tell_fiction_and_count_by_kind(graph: PolicyGraph) -> None:
    rows = {row["article"]: row for row in ask(graph, "articles")}
    assert len(rows) == len([each for each in ARTICLES.iterdir() if each.is_file()])
    assert rows["hanoi-dan-van.txt"]["isFiction"] == "false"
    fiction = {row["article"] for row in ask(graph, "fiction")}
    assert fiction == {name for name, row in rows.items() if row["isFiction"] == "true"}
    for row in rows.values():
        kinds = (row["documents"], row["organisations"], row["campaigns"])
        assert int(row["cited"]) == sum(map(int, kinds))


def test_each_province_is_of_one_sort(graph: PolicyGraph) -> None:
    """A province of which something was seen is never among those of which nothing was."""
    seen: dict[str, set[str]] = {}
    for place, how in pick(ask(graph, "provinces", document=DAN_VAN), "place", "seen"):
        seen.setdefault(place, set()).add(how)
    assert seen["cam-lung"] == seen["tra-van"] == {"nothing seen"}
    assert "document" in seen["ha-khe"] & seen["ha-noi"] & seen["muong-sa"] & seen["na-phung"]
    assert [how for how in seen.values() if "nothing seen" in how and len(how) > 1] == []


def test_contradictions_are_those_of_check(graph: PolicyGraph) -> None:
    found = {
        (row["document"], row["property"].rpartition("#")[2])
        for row in ask(graph, "contradictions")
    }
    properties = {"date": "date", "issuer": "issuedBy"}
    assert found == {(each.thing, properties[each.property]) for each in graph.contradictions()}


def test_a_date_that_a_reviewer_gives_is_told_with_those_that_it_contradicts(
    tmp_path: Path,
) -> None:
    texts = {"a": "Kế hoạch số 15-KH/TU, ngày 5/3/2018 của Thành ủy Hà Nội."}
    build(write_records(tmp_path / "a.jsonl", texts), graph=tmp_path / "graph")
    reviewer = review(tmp_path / "graph", author="An")
    done = reviewer.correct_date("15-KH/TU", "2018-03-06", time="2026-11-28T10:15:00Z")
    rows = pick(ask(done.graph, "contradictions"), "value", "status", "article", "decidedBy")
    assert rows == [("2018-03-06", "preferred", "", "An"), ("2018-03-05", "alternative", "a", "")]


def test_open_citations_name_their_candidates(graph: PolicyGraph) -> None:
    rows = ask(graph, "open-citations")
    words = {(row["article"], row["start"]) for row in rows}
    assert words
    assert len(rows) > len(words)  # several candidates each


@pytest.mark.parametrize("name", QUERIES)
def test_the_example_of_each_question_has_an_answer(graph: PolicyGraph, name: str) -> None:
    rows = ask(graph, name, **named_query(name).example)
    assert rows
    columns = [column for column in rows[0] if f"{column}Label" in rows[0]]
    assert [
        row for row in rows for c in columns if row[c].startswith("http") and not row[f"{c}Label"]
    ] == []


@pytest.mark.parametrize("name", QUERIES)
def test_a_quote_stands_where_the_answer_says(graph: PolicyGraph, name: str) -> None:
    rows = [row for row in ask(graph, name) if row.get("quote")]
    for row in rows:
        text = read_text(graph, row["article"])
        assert text[int(row["start"]) : int(row["end"])] == row["quote"]


_TEXTS: dict[str, str] = {}


def read_text(graph: PolicyGraph, article: str) -> str:
    if article not in _TEXTS:
        answer = graph.query(
            "SELECT ?id ?text { ?node dcterms:identifier ?id ; pg:text ?text }",
            bindings={"id": Literal(article)},
        )
        assert isinstance(answer, QueryResult)
        _TEXTS[article] = answer.texts()[0][1]
    return _TEXTS[article]


def list_bindings() -> Iterator[tuple[str, str]]:
    for query in find_queries():
        for parameter in query.parameters:
            if parameter.type not in ("date", "text") and parameter.name in query.example:
                yield query.name, parameter.name


@pytest.mark.parametrize(("name", "parameter"), [*list_bindings()])
def test_a_parameter_picks_rows_of_the_whole_answer(
    graph: PolicyGraph, name: str, parameter: str
) -> None:
    """What is bound gives the rows that have it unbound: none more, none fewer."""
    everything = ask(graph, name)
    bound = ask(graph, name, **{parameter: named_query(name).example[parameter]})
    (value,) = {row[parameter] for row in bound}
    key = sorted(tuple(row.items()) for row in everything if row[parameter] == value)
    assert sorted(tuple(row.items()) for row in bound) == key


def test_each_query_has_a_topic_known_parameters_and_a_known_answer() -> None:
    topics = {topic.id for topic in load_topics()}
    for query in find_queries():
        assert query.topic in topics
        assert set(query.example) <= {parameter.name for parameter in query.parameters}
        selected = re.search(r"SELECT(.*?)WHERE", query.sparql, re.DOTALL)
        assert selected
        for parameter in query.parameters:
            assert f"?{parameter.name}" in selected[1].split()
    assert {case["query"] for case in KNOWN["answer"]} == set(QUERIES)
    listed = [query.name for _, queries in group_queries() for query in queries]
    assert sorted(listed) == QUERIES
    assert len(QUERIES) >= 25


@pytest.mark.parametrize(
    ("scheme", "name", "concept"),
    [
        ("document-type", "nghi-quyet", "type/nghi-quyet"),
        ("document-type", "nghị quyết", "type/nghi-quyet"),
        ("document-type", "Resolution", "type/nghi-quyet"),
        ("document-type", "KH", "type/ke-hoach"),
        ("document-type", f"{PG.iri}type/ke-hoach", "type/ke-hoach"),
        ("document-type", "Chương trình", "type/chuong-trinh"),
        ("level", "Tỉnh", "level/tinh"),
        ("level", "Central", "level/trung-uong"),
    ],
)
def test_a_type_or_level_goes_by_many_names(scheme: str, name: str, concept: str) -> None:
    known = read_parameter(f"x:{scheme}").type
    assert known in ("document-type", "level")
    assert find_concept(known, name) == NamedNode(PG.iri + concept)


def test_a_code_of_two_types_is_not_chosen_from() -> None:
    with pytest.raises(AmbiguousNameError) as caught:
        find_concept("document-type", "CTr")
    assert [label for _, label in caught.value.candidates] == [
        "Chương trình",
        "Chương trình hành động",
    ]


def test_a_type_that_nobody_knows_suggests_the_nearest() -> None:
    with pytest.raises(
        UnknownNameError, match=r"no document type is called “Kế hoach 5”.*“Kế hoạch”"
    ):
        find_concept("document-type", "Kế hoach 5")
    with pytest.raises(UnknownNameError, match="no level is called “Kế hoạch”"):
        find_concept("level", "Kế hoạch")


@pytest.mark.parametrize(
    "year", ["13", "20133", "2013-01", "năm 2013", "２０１３", "0013", "2013 }"]
)
def test_a_year_that_is_none_is_refused(year: str) -> None:
    with pytest.raises(QueryError, match="write it as 2025"):
        read_year(year)


def test_a_year_is_a_number() -> None:
    assert read_year("2013") == Literal("2013", datatype=XSD.integer)


def test_a_type_of_parameter_that_there_is_not_is_refused() -> None:
    with pytest.raises(QueryError, match=f"types: {', '.join(TYPES)}"):
        read_parameter("document:number")


def test_words_are_words_whatever_they_say(graph: PolicyGraph) -> None:
    for words in ('") } #', "\\", "Lục.*", "?name"):
        assert ask(graph, "signed-by", signer=words) == []
