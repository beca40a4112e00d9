"""The web app's pages and their JSON, asked over HTTP without a browser."""

from __future__ import annotations

import csv
import difflib
import io
import re
import shutil
import xml.etree.ElementTree as ET
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from html.parser import HTMLParser
from pathlib import Path
from threading import Event
from typing import Any
from urllib.parse import urlsplit

import pytest
import schemathesis
from corpus import write_records
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pyoxigraph import Store
from starlette.testclient import TestClient
from web_site import CTR23, HANOI, NQ25, ask_site, make_site

from policygraph.errors import AmbiguousNameError, UnknownNameError
from policygraph.graph import names
from policygraph.graph.catalogue import read_catalogue
from policygraph.graph.iri import DEFAULT_BASE
from policygraph.graph.store import update_folder
from policygraph.graph.thing import Node
from policygraph.web import snapshot
from policygraph.web.language import LANGUAGES, choose_language, load_words
from policygraph.web.openapi import describe_api
from policygraph.web.pages.lookup import find_by_name
from policygraph.web.routes import PAGES
from policygraph.web.snapshot import Snapshots, open_snapshot

pytestmark = pytest.mark.whole

PAIR = "document=document/dang/tw/xi/qd/218&document=document/dang/tw/xi/qd/217"
PATHS = (
    "/",
    "/search?q=25-NQ/TW",
    f"/{NQ25}",
    f"/article/{HANOI}",
    "/organisation/thanh-uy-ha-noi",
    "/campaign/dan-van-kheo",
    f"/trace?document={NQ25}",
    f"/coverage?document={NQ25}",
    "/check",
    "/questions",
    f"/questions/implementers?document={NQ25}",
)


@pytest.fixture(scope="module")
def client(demo_graph: Path) -> Iterator[TestClient]:
    with ask_site(demo_graph) as asking:
        yield asking


@pytest.fixture(autouse=True)
def forget_choices(client: TestClient) -> None:
    client.cookies.clear()


def read(client: TestClient, path: str) -> Any:
    response = client.get(path)
    assert response.status_code == 200, response.text
    return response.json()


class _Page(HTMLParser):
    """The links, ids and text of a page."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.links: list[str] = []
        self.ids: list[str] = []
        self.text = ""
        self._depth = 0
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        if given.get("id"):
            self.ids.append(given["id"] or "")
        if tag == "a" and given.get("href"):
            self.links.append(given["href"] or "")

    def handle_data(self, data: str) -> None:
        self.text += data


# What pages tell


@pytest.mark.parametrize(
    ("words", "first"),
    [
        ("25-NQ/TW", "Nghị quyết 25-NQ/TW"),
        ("25/NQ-TW", "Nghị quyết 25-NQ/TW"),
        ("25 - NQ/TƯ", "Nghị quyết 25-NQ/TW"),
        ("nq 25", "Nghị quyết 25-NQ/TW"),
        ("nghi quyet 25", "Nghị quyết 25-NQ/TW"),
        ("23-CTr/TU", "Chương trình hành động 23-CTr/TU"),
        ("dan van kheo", "Dân vận khéo"),
        ("DÂN VẬN KHÉO", "Dân vận khéo"),
        ("dân vận kh", "Dân vận khéo"),
        ("thanh uy ha noi", "Thành ủy Hà Nội"),
    ],
)
def test_search_finds_it_however_it_is_written(client: TestClient, words: str, first: str) -> None:
    found = client.get("/search.json", params={"q": words}).json()
    assert found["hits"][0]["item"]["label"] == first


def test_exact_tones_come_first(client: TestClient) -> None:
    """Without tones both are found; with them, what is spelt so stands before."""
    loose = client.get("/search.json", params={"q": "dang"}).json()
    assert {"Đảng Cộng sản Việt Nam"} <= {hit["item"]["label"] for hit in loose["hits"]}
    exact = client.get("/search.json", params={"q": "đảng"}).json()
    names = [hit["name"] or hit["item"]["label"] for hit in exact["hits"]]
    toned = ["đảng" in name.lower() for name in names]
    assert toned == sorted(toned, reverse=True)


def test_of_several_documents_of_a_number_the_most_cited_stands_first(client: TestClient) -> None:
    hits = read(client, "/search.json?q=25-NQ/TW")["hits"]
    same = [hit["item"] for hit in hits if hit["item"]["number"] == "25-NQ/TW"]
    assert len(same) == 4
    assert same[0]["path"] == f"/{NQ25}"
    assert [item["citing"] for item in same] == sorted((i["citing"] for i in same), reverse=True)


def test_a_list_that_has_ended_is_left_out(client: TestClient) -> None:
    first = read(client, "/search.json?q=nghị quyết 25")
    assert first["hit_pages"] < first["passage_pages"]
    last = client.get(f"/search?q=nghị quyết 25&page={first['passage_pages']}").text
    assert "Không có tên hay số hiệu nào" not in last
    assert "Không có tên hay số hiệu nào" in client.get("/search?q=trong thời gian").text


def test_passages_are_where_the_text_says_so(client: TestClient) -> None:
    found = read(client, "/search.json?q=phương thức lãnh đạo công tác dân vận&kind=article")
    article = read(client, f"/article/{HANOI}.json")
    text = "".join(piece["text"] for piece in article["pieces"])
    mine = [each for each in found["passages"] if each["path"].startswith(f"/article/{HANOI}?")]
    assert mine
    assert all(text[each["start"] : each["end"]] == each["quote"] for each in mine)


def test_what_a_file_says_of_itself_is_not_searched(client: TestClient) -> None:
    assert read(client, "/search.json?q=fiction true")["passages"] == []


def test_document_page_tells_who_carries_it_out(client: TestClient) -> None:
    page = read(client, f"/{NQ25}.json")
    later = {group["predicate"]: group for group in page["scheme"]["later"]}
    carried = {line["item"]["path"]: line for line in later["implements"]["lines"]}
    said = carried[f"/{CTR23}"]["evidence"]
    assert any("Chương trình hành động số 23-CTr/TU" in each["quote"] for each in said)
    assert page["item"]["date"] == "2013-06-03"
    assert {"Nghị quyết Trung ương 7 (khóa XI)"} <= {each["name"] for each in page["aliases"]}


def test_document_page_keeps_both_dates(client: TestClient) -> None:
    dates = read(client, f"/{CTR23}.json")["dates"]
    assert [each["date"] for each in dates] == ["2013-07-15", "2013-07-25"]
    assert [each["is_preferred"] for each in dates].count(True) == 1
    assert all(each["evidence"] for each in dates)


def test_what_replaced_a_document_stands_on_its_page(client: TestClient) -> None:
    rows = client.get(
        "/sparql", params={"query": "SELECT ?new ?old { ?new pg:replaces ?old }"}
    ).json()["results"]["bindings"]
    for row in rows:
        new, old = (row[name]["value"].partition("/id")[2] for name in ("new", "old"))
        assert new in [each["by"]["path"] for each in read(client, f"{old}.json")["ended"]]
    assert rows


def test_a_document_of_which_a_part_was_repealed_is_not_said_to_have_ended(
    client: TestClient,
) -> None:
    page = read(client, "/document/nn/ubnd/van-giang/2016/qd/8.json")
    assert [each["provisions"] for each in page["ended"]] == [["Điều 3"]]
    assert page["is_ended"] is False
    assert "một phần" in client.get("/document/nn/ubnd/van-giang/2016/qd/8").text
    whole = read(client, "/document/nn/ubnd/van-giang/2014/qd/15.json")
    assert whole["is_ended"] is True


PARTIAL, WHOLE = "document/dang/tw/_/kl/43", "document/dang/tw/xii/kl/43"


@pytest.mark.parametrize(
    ("asked", "led"),
    [
        (f"/{PARTIAL}", f"/{WHOLE}"),
        (f"/{PARTIAL}.json", f"/{WHOLE}.json"),
        (f"/{PARTIAL}?page=1&lang=en", f"/{WHOLE}?page=1&lang=en"),
    ],
)
def test_what_turned_out_to_be_another_document_leads_there(
    client: TestClient, asked: str, led: str
) -> None:
    response = client.get(asked)
    assert (response.status_code, response.headers["location"]) == (308, led)
    assert client.get(led).status_code == 200


@pytest.mark.parametrize("name", [PARTIAL, f"/{PARTIAL}", f"{DEFAULT_BASE}{PARTIAL}"])
def test_a_name_may_be_that_of_a_partial_document(client: TestClient, name: str) -> None:
    response = client.get("/trace.json", params={"document": name})
    assert response.json()["item"]["path"] == f"/{WHOLE}"


def test_what_every_page_lists_is_sorted_once(demo_graph: Path) -> None:
    catalogue = open_snapshot(demo_graph).catalogue
    assert catalogue.list_newest() is catalogue.list_newest()
    assert catalogue.list_cited("document") is catalogue.list_cited("document")
    dates = [node.date or "" for node in catalogue.list_newest()]
    assert dates == sorted(dates, reverse=True)
    assert catalogue.last_day == dates[0]


def test_what_has_a_successor_keeps_its_page(client: TestClient) -> None:
    page = read(client, "/organisation/tinh-uy-ha-giang.json")
    assert page["item"]["path"] == "/organisation/tinh-uy-ha-giang"
    assert read(client, "/document/dang/tw/_/nq/25.json")["replaced_by"]["path"] == f"/{NQ25}"


def test_a_circle_of_successors_is_left() -> None:
    empty = read_catalogue(Store(), DEFAULT_BASE)
    assert replace(empty, replaced={"a": "b", "b": "a"}).find_successor("a") is None


def test_reader_gives_the_text_as_it_is(client: TestClient, demo_graph: Path) -> None:
    source = (Path(__file__).parents[1] / "data" / "articles" / HANOI).read_text("utf-8")
    page = read(client, f"/article/{HANOI}.json")
    assert "".join(piece["text"] for piece in page["pieces"]) == source
    for mention in page["mentions"]:
        assert source[mention["start"] : mention["end"]] == mention["words"]
    furniture = "".join(piece["text"] for piece in page["pieces"] if piece["is_furniture"])
    teasers = source[source.index("VỤ ÁN") :] if "VỤ ÁN" in source else source[-200:]
    assert teasers.strip() in furniture


def test_reader_shows_the_text_as_it_is(client: TestClient) -> None:
    source = (Path(__file__).parents[1] / "data" / "articles" / HANOI).read_text("utf-8")
    html = client.get(f"/article/{HANOI}").text
    body = html[html.index('<div class="text"') : html.index("</article>")]
    assert _Page(body).text.strip() == source.strip()


def test_every_mention_can_be_linked_to(client: TestClient) -> None:
    mentions = read(client, f"/article/{HANOI}.json")["mentions"]
    ids = _Page(client.get(f"/article/{HANOI}").text).ids
    outer = {f"char={m['start']},{m['end']}" for m in mentions}
    assert outer <= set(ids)
    assert len(ids) == len(set(ids))


def test_a_stretch_of_an_article_is_marked(client: TestClient) -> None:
    html = client.get(f"/article/{HANOI}?at=300,420").text
    source = (Path(__file__).parents[1] / "data" / "articles" / HANOI).read_text("utf-8")
    marked = "".join(_Page(piece).text for piece in re.findall(r"<mark>(.*?)</mark>", html, re.S))
    assert marked == source[300:420]
    assert html.count('id="at"') == 1


@pytest.mark.parametrize("at", ["0,999999999", "999,1000000", "5,5", "7,3", "999999998,999999999"])
def test_a_stretch_past_the_end_is_cut(client: TestClient, at: str) -> None:
    assert client.get(f"/article/{HANOI}?at={at}").status_code == 200


def test_organisation_page_tells_what_it_issued_and_stands_under(client: TestClient) -> None:
    page = read(client, "/organisation/ban-dan-van-thanh-uy-ha-noi.json")
    assert page["above"][0]["label"] == "Thành ủy Hà Nội"
    issued = read(client, "/organisation/thanh-uy-ha-noi.json")["scheme"]["later"]
    lines = next(group["lines"] for group in issued if group["predicate"] == "issuedBy")
    assert f"/{CTR23}" in [line["item"]["path"] for line in lines]


def test_campaign_page_tells_who_takes_it_up(client: TestClient) -> None:
    page = read(client, "/campaign/dan-van-kheo.json")
    assert any(group["predicate"] == "promotes" for group in page["scheme"]["later"])
    assert page["citations"]["count"] == page["item"]["citing"]


# Chains and coverage


def test_trace_is_the_one_of_the_command_line(client: TestClient, demo_graph: Path) -> None:
    from policygraph import open as open_graph

    page = read(client, f"/trace.json?document={NQ25}")
    trace = open_graph(demo_graph).trace("25-NQ/TW khóa XI")
    shown = [(s["subject"]["iri"], s["predicate"], s["object"]["iri"]) for s in page["steps"]]
    assert shown == [(s.subject.iri, s.predicate, s.object.iri) for s in trace.steps]


def name_step(step: Any) -> tuple[str, ...]:
    return step["subject"]["iri"], step["predicate"], step["object"]["iri"], step["direction"]


@pytest.mark.parametrize(
    "filters",
    [
        {"relation": ["implements"]},
        {"relation": ["reviews", "guides"]},
        {"level": ["tinh"]},
        {"level": ["huyen"]},
        {"province": ["ha-noi"]},
        {"direction": "earlier"},
        {"as_of": "2015-12-31"},
        {"relation": ["implements"], "level": ["xa"]},
    ],
)
def test_filters_leave_a_chain_that_hangs_together(
    client: TestClient, filters: dict[str, Any]
) -> None:
    whole = read(client, f"/trace.json?document={NQ25}")
    page = client.get("/trace.json", params={"document": NQ25, **filters}).json()
    shown, all_ = list(map(name_step, page["steps"])), list(map(name_step, whole["steps"]))
    assert shown == [step for step in all_ if step in shown]
    assert len(shown) < len(all_)
    reached = {"later": {page["item"]["iri"]}, "earlier": {page["item"]["iri"]}}
    for step in page["steps"]:
        near, far = ("object", "subject") if step["direction"] == "later" else ("subject", "object")
        assert step[near]["iri"] in reached[step["direction"]]
        reached[step["direction"]].add(step[far]["iri"])
    if "relation" in filters:
        assert {step["predicate"] for step in page["steps"]} <= set(filters["relation"])


def test_trace_counts_the_provinces_it_saw(client: TestClient) -> None:
    page = read(client, f"/trace.json?document={NQ25}")
    assert page["provinces"] == 34
    assert 0 < page["provinces_seen"] < 34


def test_a_name_that_several_documents_bear_offers_them(client: TestClient) -> None:
    response = client.get("/trace", params={"document": "25-NQ/TW"})
    assert response.status_code == 300
    links = [link for link in _Page(response.text).links if link.startswith("/trace?")]
    assert len([link for link in links if "document=" in link and "lang" not in link]) >= 4
    failure = client.get("/trace.json", params={"document": "25-NQ/TW"}).json()
    assert f"/{NQ25}" in [each["path"] for each in failure["candidates"]]


def test_choosing_among_several_keeps_the_rest_of_the_address(client: TestClient) -> None:
    given = [("document", "document/dang/tw/xi/qd/217"), ("document", "25-NQ/TW"), ("by", "level")]
    page = _Page(client.get("/coverage", params=given).text)
    chosen = [link for link in page.links if link.startswith("/coverage?") and "https" in link]
    for link in chosen:
        found = read(client, link.replace("/coverage?", "/coverage.json?"))
        assert [each["number"] for each in found["documents"]] == ["217-QĐ/TW", "25-NQ/TW"]
        assert found["by"] == "level"
    assert len(chosen) == 4


def test_a_name_that_nothing_bears_is_not_found(client: TestClient) -> None:
    response = client.get("/trace", params={"document": "99999-NQ/TW"})
    assert response.status_code == 404
    assert "99999-NQ/TW" in response.text


NAMES = (
    "25-NQ/TW",
    "25-NQ/TW khóa XI",
    "25-NQ/TX",
    "25/NQ-TW, 3/6/2013",
    "Nghị quyết Trung ương 7 (khóa XI)",
    "Nghị quyết Trung ương 7 khóa XI",
    "Chương trình 23-CTr/TU của Thành ủy Hà Nội",
    "dân vận khéo",
    "Ban Dân vận Thành ủy",
    "Thành ủy Hà Nôi",
    HANOI,
    "",
)


@pytest.mark.parametrize("name", NAMES)
def test_pages_find_by_name_what_the_command_line_does(
    demo_graph: Path, name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """And without reading all names out of the store again."""
    shot = open_snapshot(demo_graph)
    found = _tell_found(lambda: shot.graph.find(name))
    for reading in ("find_things", "find_articles", "find_mentions", "_find_cited"):
        monkeypatch.delattr(names, reading)
    assert _tell_found(lambda: find_by_name(shot, name)) == found


def _tell_found(find: Callable[[], Node]) -> object:
    try:
        return find()
    except AmbiguousNameError as error:
        return error.candidates
    except UnknownNameError as error:
        return str(error)


def test_of_many_names_those_that_share_words_are_suggested(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Each pair that is compared letter by letter takes long."""
    many = [f"Tỉnh ủy {number}" for number in range(5_000)]
    nodes = [Node(name, "organisation", name) for name in (*many, "Thành ủy Lam Sơn")]
    compared = []
    closest = difflib.get_close_matches
    monkeypatch.setattr(
        difflib, "get_close_matches", lambda *a, **b: compared.append(a[1]) or closest(*a, **b)
    )
    bearers = names.Bearers(nodes, (), {})
    with pytest.raises(UnknownNameError, match="did you mean “Thành ủy Lam Sơn”"):
        names.find_thing(Store(), "", "Thành uỷ Lam Sơm", bearers=bearers)
    assert len(compared[0]) <= 500


def test_trace_downloads(client: TestClient) -> None:
    page = read(client, f"/trace.json?document={NQ25}&relation=implements")
    table = client.get(f"/trace.csv?document={NQ25}&relation=implements")
    rows = list(csv.DictReader(io.StringIO(table.text.removeprefix("\ufeff"))))
    assert len({(row["subject_id"], row["object_id"]) for row in rows}) == len(page["steps"])
    picture = client.get(f"/trace.svg?document={NQ25}&relation=implements")
    assert picture.headers["content-type"] == "image/svg+xml"
    assert len(ET.fromstring(picture.text).findall(".//{*}marker")) == 1
    sheet = client.get(f"/trace.html?document={NQ25}")
    assert "Content-Security-Policy" in sheet.text


def test_coverage_is_the_one_of_the_command_line(client: TestClient, demo_graph: Path) -> None:
    from policygraph import open as open_graph

    page = read(client, f"/coverage.json?document={NQ25}&document=document/dang/tw/xi/qd/217")
    found = open_graph(demo_graph).coverage("25-NQ/TW khóa XI", "217-QĐ/TW")
    shown = [(row["label"], [cell["status"] for cell in row["cells"]]) for row in page["rows"]]
    assert shown == [(row.label, [cell.status for cell in row.cells]) for row in found.rows]


def test_check_tells_what_the_command_line_does(client: TestClient, demo_graph: Path) -> None:
    from policygraph import open as open_graph

    page, found = read(client, "/check.json"), open_graph(demo_graph).check()
    assert [each["item"]["iri"] for each in page["contradictions"]] == [
        each.thing for each in found.contradictions
    ]
    assert len(page["open"]) == len(found.open)
    assert page["unknown_count"] == len(found.unknown)


# The address says all


@pytest.mark.parametrize("path", PATHS)
def test_links_of_pages_lead_somewhere(client: TestClient, path: str) -> None:
    page = _Page(client.get(path).text)
    for link in {link for link in page.links if not link.startswith(("http", "#"))}:
        response = client.get(link)
        assert response.status_code == 200, link
        if "#" in link and "html" in response.headers["content-type"]:
            assert link.partition("#")[2] in _Page(response.text).ids, link
    for link in {link for link in page.links if link.startswith("#") and link != "#"}:
        assert link[1:] in page.ids, link


@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("/nothing", 404),
        ("/document/nothing", 404),
        ("/article/", 404),
        ("/organisation/nothing.json", 404),
        ("/search?page=0", 400),
        ("/search?page=abc", 400),
        ("/search?kind=person", 400),
        (f"/search?q={'a' * 301}", 400),
        ("/trace?document=25&as_of=yesterday", 400),
        ("/trace.csv", 400),
        ("/coverage?by=planet", 400),
        (f"/article/{HANOI}?at=a,b", 400),
        ("/static/../app.py", 404),
        ("/static/%2e%2e/app.py", 404),
    ],
)
def test_what_is_not_there_or_not_valid(client: TestClient, path: str, status: int) -> None:
    response = client.get(path)
    assert response.status_code == status
    if "/static/" not in path and ".json" not in path and ".csv" not in path:
        assert "Không xem được trang này" in response.text


def test_an_article_may_be_called_like_json(tmp_path: Path) -> None:
    from policygraph import build

    texts = dict.fromkeys(("a.txt", "a.txt.json"), "Thành ủy Hà Nội đã họp.")
    file = write_records(tmp_path / "two.jsonl", texts)
    graph = build(file, graph=tmp_path / "graph").folder
    with ask_site(graph) as client:
        ids = [each["path"] for each in read(client, "/index.json")["newest"]]
        for path in ids:
            assert client.get(path).headers["content-type"].startswith("text/html")
            asked = client.get(path, headers={"Accept": "application/json"})
            assert asked.json()["item"]["path"] == path
        assert read(client, "/article/a.txt.json.json")["item"]["path"] == "/article/a.txt.json"


def test_long_texts_come_in_parts(tmp_path: Path) -> None:
    from policygraph import build

    line = "Thành ủy Hà Nội ban hành Kế hoạch số 5-KH/TU ngày 2/3/2020 về công tác dân vận.\n"
    (tmp_path / "long.txt").write_text(line * 4_000)
    graph = build(tmp_path / "long.txt", graph=tmp_path / "graph").folder
    with ask_site(graph) as client:
        (path,) = [each["path"] for each in read(client, "/index.json")["newest"]]
        first = read(client, f"{path}.json")
        assert first["parts"] == 3
        texts = [
            "".join(piece["text"] for piece in read(client, f"{path}.json?part={part}")["pieces"])
            for part in (1, 2, 3)
        ]
        assert "".join(texts) == line * 4_000
        late = read(client, f"{path}.json?at=300000,300010")
        assert late["start"] <= 300_000 < late["end"]
        assert any(piece["is_at"] for piece in late["pieces"])


# Language, colours, safety


@pytest.mark.parametrize("path", PATHS)
@pytest.mark.parametrize("language", LANGUAGES)
def test_pages_speak_both_languages(client: TestClient, path: str, language: str) -> None:
    response = client.get(path, headers={"Accept-Language": language})
    assert f'<html lang="{language}"' in response.text
    other = next(each for each in LANGUAGES if each != language)
    wanted, strange = (load_words()["search.label"][each] for each in (language, other))
    assert wanted in response.text
    assert strange not in response.text


def test_a_chosen_language_is_remembered(client: TestClient) -> None:
    chosen = client.get("/check?lang=en", headers={"Accept-Language": "vi"})
    assert '<html lang="en"' in chosen.text
    again = client.get("/check", headers={"Accept-Language": "vi", "Cookie": "lang=en"})
    assert '<html lang="en"' in again.text
    client.cookies.clear()


@pytest.mark.parametrize(
    ("accepted", "language"),
    [
        ("", "vi"),
        ("en-US,en;q=0.9", "en"),
        ("vi-VN,vi;q=0.9,en;q=0.8", "vi"),
        ("en;q=0.4, vi;q=0.5", "vi"),
        ("fr", "vi"),
        ("en;q=0", "vi"),
        (";;;,q=,en;q=9", "vi"),
    ],
)
def test_language_by_browser(accepted: str, language: str) -> None:
    assert choose_language(None, accepted) == language


def test_words_are_there_in_both_languages() -> None:
    fields = re.compile(r"\{(\w+)\}")
    for id_, row in load_words().items():
        assert set(row) >= set(LANGUAGES), id_
        assert set(row) <= {*LANGUAGES, "one"}, id_
        assert all(row.values()), id_
        vietnamese = set(fields.findall(row["vi"]))
        assert vietnamese == set(fields.findall(row["en"])), id_
        assert set(fields.findall(row.get("one", ""))) <= vietnamese, id_


def test_every_word_is_used() -> None:
    source = Path(__file__).parents[1] / "src" / "policygraph" / "web"
    files = [*source.rglob("*.html"), *source.rglob("*.py"), *source.rglob("*.svg")]
    text = "\n".join(file.read_text("utf-8") for file in files)
    said = set(re.findall(r"""["'](\w+\.\w*)["'{]""", text))
    for script in (source / "static" / "query").glob("*.js"):
        said |= {f"editor.{name}" for name in re.findall(r"\b(\w+)\b", script.read_text("utf-8"))}
    made = tuple(prefix for prefix in said if prefix.endswith((".", "_")))
    unused = [id_ for id_ in load_words() if id_ not in said and not id_.startswith(made)]
    assert unused == []


@pytest.mark.parametrize("path", PATHS)
def test_nothing_runs_but_our_files(client: TestClient, path: str) -> None:
    response = client.get(path)
    policy = response.headers["content-security-policy"]
    assert "default-src 'none'" in policy
    assert "script-src 'self'" in policy
    assert "unsafe" not in policy
    assert "<style" not in response.text
    assert " style=" not in response.text
    assert not re.search(r"<script(?![^>]*\ssrc=)", response.text)
    assert not re.search(
        r"\son\w+\s*=", re.sub(r"<(p|blockquote)[^>]*>.*?</\1>", "", response.text)
    )
    assert response.headers["x-content-type-options"] == "nosniff"
    for address in re.findall(r'(?:src|href)="(https?:[^"]+)"', response.text):
        assert urlsplit(address).scheme in ("http", "https")  # links of articles alone


def test_no_link_leads_to_a_host_named_in_the_path(client: TestClient) -> None:
    response = client.get("http://127.0.0.1//evil.example.org/x?a=1")
    assert response.status_code == 404
    assert "/evil.example.org/x?a=1&lang=en" in _Page(response.text).links
    assert not [link for link in _Page(response.text).links if link.startswith("//")]


def test_other_hosts_are_refused(client: TestClient) -> None:
    assert client.get("/", headers={"Host": "evil.example.org"}).status_code == 421


def test_pages_only_read(client: TestClient) -> None:
    for path in PATHS:
        assert client.post(path).status_code == 405


def test_other_origins_read_nothing(client: TestClient) -> None:
    response = client.get("/index.json", headers={"Origin": "https://evil.example.org"})
    assert "access-control-allow-origin" not in response.headers


def test_the_endpoint_is_beside(client: TestClient) -> None:
    response = client.get(
        "/sparql", params={"query": "ASK { ?d pg:implements ?of }"}, headers={"Accept": "*/*"}
    )
    assert response.json() == {"head": {}, "boolean": True}


def test_a_rebuilt_graph_is_shown(tmp_path: Path) -> None:
    from policygraph import build

    article = tmp_path / "a.txt"
    article.write_text("Thành ủy Hà Nội ban hành Kế hoạch số 5-KH/TU ngày 2/3/2020.\n")
    graph = build(article, graph=tmp_path / "graph").folder
    with ask_site(graph) as client:
        before = read(client, "/index.json")
        article.write_text("Tỉnh ủy Sơn La ban hành Kế hoạch số 7-KH/TU ngày 2/3/2021.\n")
        build(article, graph=tmp_path / "graph")
        after = read(client, "/index.json")
    assert [each["number"] for each in before["cited"]] == ["5-KH/TU"]
    assert [each["number"] for each in after["cited"]] == ["7-KH/TU"]


class SlowOpening:
    """Opens snapshots only once it is let."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.begun, self.go_on = Event(), Event()
        self.calls = 0
        monkeypatch.setattr(snapshot, "open_snapshot", self)

    def __call__(self, folder: Path) -> snapshot.Snapshot:
        self.calls += 1
        self.begun.set()
        assert self.go_on.wait(60)
        return open_snapshot(folder)


def test_a_missing_page_holds_up_nobody(demo_graph: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    slow = SlowOpening(monkeypatch)
    with ask_site(demo_graph) as client, ThreadPoolExecutor() as pool:
        missing = pool.submit(client.get, "/nothing")
        try:
            assert slow.begun.wait(10)
            other = pool.submit(client.get, "/static/palette.css")
            assert other.result(timeout=10).status_code == 200
        finally:
            slow.go_on.set()
        assert missing.result().status_code == 404


def test_pages_do_not_wait_while_a_rebuilt_graph_is_opened(
    demo_graph: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    graph = shutil.copytree(demo_graph, tmp_path / "graph")
    snapshots = Snapshots(graph)
    before = snapshots.take()
    with update_folder(graph):
        pass
    slow = SlowOpening(monkeypatch)
    with ThreadPoolExecutor() as pool:
        opener = pool.submit(snapshots.take)
        try:
            assert slow.begun.wait(10)
            assert pool.submit(snapshots.take).result(timeout=10) is before
            decider = pool.submit(snapshots.refresh)
        finally:
            slow.go_on.set()
        after = opener.result()
        assert decider.result() is after is snapshots.take()
    assert after is not before
    assert slow.calls == 1


def test_only_the_snapshot_that_failed_is_opened_anew(demo_graph: Path) -> None:
    snapshots = Snapshots(demo_graph)
    failed = snapshots.take()
    fresh = snapshots.refresh(failed=failed)
    assert fresh is not failed
    assert snapshots.refresh(failed=failed) is snapshots.take() is fresh


# For programs


def test_openapi_describes_every_page() -> None:
    described = describe_api()
    assert described["openapi"] == "3.1.0"
    for page in PAGES:
        assert page.json_path.replace(":path", "") in described["paths"]


def test_openapi_names_each_record_by_one_word() -> None:
    """Records of one name would be called after the modules that they stand in."""
    assert [name for name in describe_api()["components"]["schemas"] if "__" in name] == []


@pytest.fixture(scope="module")
def api(demo_graph: Path) -> Any:
    site = make_site(demo_graph, names=["testserver"])
    return schemathesis.openapi.from_asgi("/openapi.json", site)


@pytest.mark.parametrize("path", list(describe_api()["paths"]))
def test_no_request_breaks_the_server(api: Any, path: str) -> None:
    """Whatever is asked, the answer is as described, and no status is one of the server's own."""

    @given(case=api[path]["GET"].as_strategy())
    @settings(
        max_examples=60, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck)
    )
    def check(case: Any) -> None:
        case.call_and_validate()

    check()


@given(words=st.text(max_size=60))
@settings(max_examples=150, deadline=None, suppress_health_check=list(HealthCheck))
def test_any_words_can_be_searched(client: TestClient, words: str) -> None:
    for path in ("/search.json", "/suggest.json", "/search"):
        assert client.get(path, params={"q": words}).status_code == 200
