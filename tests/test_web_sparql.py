"""Questions and the editor of SPARQL: what the server tells, and what it refuses."""

from __future__ import annotations

import csv
import io
import json
import re
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

import pytest
from starlette.testclient import TestClient
from test_named_queries import decide
from web_site import CTR23, NQ25, ask_site

from policygraph.graph.isolation import Limits
from policygraph.graph.named_queries import find_queries
from policygraph.graph.namespaces import PG
from policygraph.pipeline import build
from policygraph.web.app import make_app

pytestmark = pytest.mark.whole

HERE = Path(__file__).parent
KNOWN = tomllib.loads((HERE / "data" / "known_answers.toml").read_text("utf-8"))["answer"]
DAN_VAN = {"document": "25-NQ/TW, 3/6/2013"}
HOSTILE = '"><script>window.ran=1</script> } DROP ALL # \\" \u202e'


@pytest.fixture(scope="module")
def client(tmp_path_factory: pytest.TempPathFactory) -> Iterator[TestClient]:
    """Asks the articles with some decisions of a reviewer, of which a question tells too."""
    folder = tmp_path_factory.mktemp("corpus") / "graph"
    build(HERE.parent / "data" / "articles", graph=folder)
    with ask_site(decide(folder).folder) as asking:
        yield asking


def ask(client: TestClient, name: str, **values: str) -> Any:
    response = client.get(f"/questions/{name}.json", params=values)
    assert response.status_code == 200, response.text
    return response.json()


def pick(page: Any, columns: list[str]) -> list[str]:
    """The distinct rows of some columns; of a concept its name alone."""
    places = [page["variables"].index(name) for name in columns]
    rows = ([row[place]["value"] if row[place] else "" for place in places] for row in page["rows"])
    return list(dict.fromkeys(" | ".join(row).replace(PG.iri, "") for row in rows))


# Questions


def test_every_question_is_listed_in_words(client: TestClient) -> None:
    topics = client.get("/questions.json").json()["topics"]
    listed = {each["name"]: each for topic in topics for each in topic["questions"]}
    assert set(listed) == {query.name for query in find_queries()}
    for language in ("vi", "en"):
        html = client.get("/questions", headers={"Accept-Language": language}).text
        assert all(each["path"] in html for each in listed.values())
        assert listed["implementers"][language] in html


@pytest.mark.parametrize("name", [query.name for query in find_queries()])
def test_each_example_is_answered_as_a_page(client: TestClient, name: str) -> None:
    topics = client.get("/questions.json").json()["topics"]
    (item,) = (q for topic in topics for q in topic["questions"] if q["name"] == name)
    response = client.get(item["example"])
    assert response.status_code == 200
    assert "?" not in "".join(re.findall(r'<th scope="col">(.*?)</th>', response.text))


@pytest.mark.parametrize("case", KNOWN, ids=lambda case: str(case["query"]))
def test_answers_are_what_is_known(client: TestClient, case: dict[str, Any]) -> None:
    rows = pick(ask(client, case["query"], **case.get("values", {})), case["columns"].split(" | "))
    if "is" in case:
        assert rows == case["is"]
    assert set(case.get("holds", [])) <= set(rows)


def test_labels_stand_beside_iris_and_lead_to_pages(client: TestClient) -> None:
    page = ask(client, "implementers", **DAN_VAN)
    assert [column["name"] for column in page["columns"]] == [
        *("document", "implementer", "article", "quote"),
    ]
    row = next(row for row in page["rows"] if row[2]["value"].endswith(CTR23))
    document, implementer, article = (row[page["columns"][place]["place"]] for place in (0, 1, 2))
    assert document["label"]["vi"] == "Nghị quyết 25-NQ/TW"
    assert implementer["label"]["path"] == f"/{CTR23}"
    assert implementer["label"]["short"] == CTR23
    assert client.get(implementer["label"]["path"]).status_code == 200
    assert "?at=" in article["label"]["path"]
    quote = row[page["variables"].index("quote")]["value"]
    assert quote.split("\n")[0][:40] in client.get(article["label"]["path"]).text
    html = client.get("/questions/implementers", params=DAN_VAN).text
    assert f'<a href="/{CTR23}" lang="vi">Chương trình hành động 23-CTr/TU</a>' in html
    assert CTR23 in re.sub(r"<a [^>]*>", "", html)


def test_concepts_are_named_in_the_language_of_the_page(client: TestClient) -> None:
    for language, name in (("vi", "Nghị quyết"), ("en", "Resolution")):
        page = client.get(
            "/questions/documents?type=nghi-quyet", headers={"Accept-Language": language}
        ).text
        assert f"selected>{name}</option>" in page
        assert f'{name} <span class="iri"' in page


def test_whole_answers_can_be_taken_away(client: TestClient) -> None:
    page = ask(client, "bases")
    for ending, dialect in (("csv", "excel"), ("tsv", "excel-tab")):
        response = client.get(f"/questions/bases.{ending}")
        assert response.headers["content-disposition"] == f'attachment; filename="bases.{ending}"'
        text = response.content.decode("utf-8-sig")
        assert response.content.startswith("\ufeff".encode()) == (ending == "csv")
        head, *rows = csv.reader(io.StringIO(text, newline=""), dialect)
        assert [name.removeprefix("?") for name in head] == page["variables"]
        assert len(rows) == page["count"] > len(page["rows"])


def test_long_answers_come_in_pages(client: TestClient) -> None:
    first = ask(client, "bases")
    pages = [ask(client, "bases", page=str(at))["rows"] for at in range(1, first["pages"] + 1)]
    assert [len(rows) for rows in pages[:-1]] == [100] * (first["pages"] - 1)
    assert sum(map(len, pages)) == first["count"]
    past = ask(client, "bases", page="99")
    assert (past["rows"], past["count"]) == ([], first["count"])
    assert client.get("/questions/bases?page=99").status_code == 200


def test_the_editor_opens_the_same_question(client: TestClient) -> None:
    for name, values in (("implementers", DAN_VAN), ("in-force", {"asOf": "2013-12-31"})):
        page = ask(client, name, **values)
        opened = client.get(page["editor"], headers={"Accept": "application/json"}).json()
        assert opened["sparql"] == page["sparql"]
        assert opened["is_asked"]
        answer = client.get("/sparql", params={"query": opened["sparql"]}).json()
        assert len(answer["results"]["bindings"]) == page["count"]


def test_of_other_parameters_nothing_is_known(client: TestClient) -> None:
    page = ask(client, "implementers", **DAN_VAN, utm_source="x", organisation="y")
    assert page["sparql"] == ask(client, "implementers", **DAN_VAN)["sparql"]


# What is refused


@pytest.mark.parametrize(
    ("path", "values", "status"),
    [
        ("implementers", {"document": HOSTILE}, 404),
        ("implementers", {"document": "25-NQ/TW"}, 300),
        ("implementers", {"document": "a" * 1_001}, 400),
        ("implementers", {"document": "\x00"}, 404),
        ("in-force", {"asOf": HOSTILE}, 400),
        ("in-force", {"asOf": "2013-13-01"}, 400),
        ("citations-by-year", {"year": "2013; DROP"}, 400),
        ("documents", {"type": HOSTILE}, 404),
        ("documents", {"level": HOSTILE}, 404),
        ("bases", {"page": "0"}, 400),
        ("nothing", {}, 404),
    ],
)
def test_values_that_are_none_are_told_of(
    client: TestClient, path: str, values: dict[str, str], status: int
) -> None:
    for ending in ("", ".json", ".csv"):
        response = client.get(f"/questions/{path}{ending}", params=values)
        assert response.status_code == status
        if response.headers["content-type"].startswith("text/html"):
            assert "<script>window" not in response.text
    failure = client.get(f"/questions/{path}.json", params=values).json()
    assert failure["problem"]


def test_text_is_bound_and_never_part_of_the_query(client: TestClient) -> None:
    page = ask(client, "signed-by", signer=HOSTILE)
    assert (page["count"], page["rows"]) == (0, [])
    assert json.dumps(HOSTILE)[1:-1].replace("\\u202e", "\u202e") in page["sparql"]
    html = client.get("/questions/signed-by", params={"signer": HOSTILE}).text
    assert "<script>window" not in html
    answer = client.get("/sparql", params={"query": page["sparql"]})
    assert answer.json()["results"]["bindings"] == []


def test_a_name_of_several_leads_back_to_the_question(client: TestClient) -> None:
    html = client.get("/questions/implementers", params={"document": "25-NQ/TW"}).text
    links = re.findall(r'href="(/questions/implementers\?document=[^"&]*)"', html)
    assert len(links) == 4
    for link in links:
        assert client.get(link).status_code == 200


@pytest.mark.parametrize(
    ("limits", "status"),
    [
        (Limits(0.001, 2**30, 2**26, 1), 504),
        (Limits(10.0, 2**30, 200, 1), 500),
    ],
)
def test_an_answer_that_takes_too_much_is_a_page(
    demo_graph: Path, limits: Limits, status: int
) -> None:
    app = make_app(demo_graph, limits)
    with TestClient(app, base_url="http://127.0.0.1", raise_server_exceptions=False) as client:
        page = client.get("/questions/bases")
        assert (page.status_code, page.headers["content-type"]) == (
            status,
            "text/html; charset=utf-8",
        )
        assert 'href="/questions/bases"' in page.text
        assert client.get("/questions/bases.json").json()["remedy"]
        assert client.get("/questions").status_code == 200


# The editor and what it completes


def test_the_address_tells_what_stands_in_the_editor(client: TestClient) -> None:
    sparql = "ASK { ?s ?p '</textarea><script>window.ran=1</script>' }"
    response = client.get("/query", params={"query": sparql})
    assert "<script>window" not in response.text
    assert "&lt;/textarea&gt;" in response.text
    asked = client.get("/query.json", params={"query": sparql}).json()
    assert (asked["sparql"], asked["is_asked"]) == (sparql, True)
    assert not client.get("/query.json").json()["is_asked"]
    both = client.get("/query.json", params={"query": sparql, "question": "bases"}).json()
    assert both["sparql"] == sparql


def test_what_stands_in_the_editor_first_has_an_answer(client: TestClient) -> None:
    sparql = client.get("/query.json").json()["sparql"]
    rows = client.get("/sparql", params={"query": sparql}).json()["results"]["bindings"]
    assert rows[0]["document"]["value"].endswith(NQ25)


def test_the_editor_alone_may_style_what_it_draws(client: TestClient) -> None:
    policy = client.get("/query").headers["content-security-policy"]
    assert "style-src 'self' 'unsafe-inline'" in policy
    assert "script-src 'self';" in policy
    assert "unsafe-eval" not in policy
    assert "unsafe" not in client.get("/questions").headers["content-security-policy"]


def test_the_vocabulary_is_explained_in_both_languages(client: TestClient) -> None:
    found = client.get("/vocabulary.json").json()
    terms = {term["name"]: term for term in found["terms"]}
    assert terms["pg:implements"]["vi"] == "thực hiện"
    assert terms["pg:implements"]["comment_en"]
    assert terms["pg:PartyDocument"]["kind"] == "class"
    assert terms["dcterms:issued"]["kind"] == "property"
    assert found["prefixes"]["pg"] == PG.iri
    declared = "".join(f"PREFIX {name}: <{iri}>\n" for name, iri in found["prefixes"].items())
    names = " ".join(terms)
    query = f"{declared}SELECT ?t {{ VALUES ?t {{ {names} }} }}"
    rows = client.post(
        "/sparql", content=query, headers={"Content-Type": "application/sparql-query"}
    ).json()["results"]["bindings"]
    assert [row["t"]["value"] for row in rows] == [term["iri"] for term in found["terms"]]


def test_iris_have_labels_where_they_are_known(client: TestClient) -> None:
    base = client.get("/vocabulary.json").json()["base"]
    article = f"{base}article/hanoi-dan-van.txt"
    iris = {
        base + NQ25: f"/{NQ25}",
        PG.implements.value: None,
        article: "/article/hanoi-dan-van.txt",
        f"{article}#char=10,20": "/article/hanoi-dan-van.txt?at=10,20#at",
        f"{article}#ref-1": "/article/hanoi-dan-van.txt",
    }
    strange = ["", " ", "javascript:alert(1)", f"{article}#char=x", "<>", "http://a/\x00", base]
    asked = [*iris, *strange]
    labels = client.get("/labels.json", params={"iri": asked}).json()["labels"]
    found = {label["iri"]: label["path"] for label in labels}
    assert found == {**iris, f"{article}#char=x": "/article/hanoi-dan-van.txt"}
    assert client.get("/labels.json", params={"iri": ["a"] * 201}).status_code == 400
    assert client.get("/labels.json").json() == {"labels": []}


BROWSER = "text/html,application/xhtml+xml,application/xml;q=0.9,image/avif,*/*;q=0.8"


def test_a_browser_at_the_endpoint_is_led_to_the_editor(client: TestClient) -> None:
    led = client.get("/sparql", headers={"Accept": BROWSER})
    assert (led.status_code, led.headers["location"]) == (303, "/query")
    for accept in ("*/*", "text/turtle", "application/rdf+xml", "text/turtle,text/html;q=0.5"):
        described = client.get("/sparql", headers={"Accept": accept})
        assert described.status_code == 200
        assert "sparql-service-description" in described.text
    answered = client.get(f"/sparql?{urlencode({'query': 'ASK {}'})}", headers={"Accept": BROWSER})
    assert "<boolean>true</boolean>" in answered.text
