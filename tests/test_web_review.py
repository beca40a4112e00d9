"""Reviewing in the web app: who may, what comes of it, and that nobody else can."""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from time import sleep
from typing import TYPE_CHECKING, Any

import pytest
from starlette.testclient import TestClient
from web_site import CTR23, HANOI, NQ25, ask_site, run_site

from policygraph import deciding
from policygraph.graph.store import update_folder
from policygraph.web.session import Sessions

pytestmark = pytest.mark.whole

if TYPE_CHECKING:
    from playwright.sync_api import Browser

TOKEN = "a-token-for-tests"
NQ25_AT = 1911


@pytest.fixture
def graph(demo_graph: Path, tmp_path: Path) -> Path:
    return shutil.copytree(demo_graph, tmp_path / "graph")


@pytest.fixture
def client(graph: Path) -> Iterator[TestClient]:
    """Someone who opened the address with the token."""
    with ask_site(graph, sessions=Sessions(TOKEN)) as asking:
        assert asking.get(f"/review/begin?token={TOKEN}").headers["location"] == "/review"
        yield asking


def decide(client: TestClient, kind: str, **fields: Any) -> Any:
    page = client.get(f"/review/thing?thing={NQ25}").text
    proof = re.search(r'name="proof" value="(\w+)"', page)
    given = {"kind": kind, "author": "An", "proof": proof[1] if proof else "", **fields}
    return client.post("/review/decide", data=given)


def offset_of(client: TestClient, words: str) -> int:
    mentions = client.get(f"/article/{HANOI}.json").json()["mentions"]
    return next(each["start"] for each in mentions if words in each["words"])


def test_the_right_date_is_chosen_and_undone(client: TestClient) -> None:
    before = client.get(f"/{CTR23}.json").json()
    assert before["item"]["date"] == "2013-07-25"
    response = decide(client, "date", name=CTR23, date="2013-07-15", note="bản gốc")
    assert (response.status_code, response.headers["location"]) == (303, "/review")
    after = client.get(f"/{CTR23}.json").json()
    assert after["item"]["date"] == "2013-07-15"
    assert [each["date"] for each in after["dates"]] == ["2013-07-15", "2013-07-25"]
    contradictions = client.get("/check.json").json()["contradictions"]
    assert f"/{CTR23}" not in [each["item"]["path"] for each in contradictions]
    (decision,) = client.get("/review.json").json()["decisions"]
    assert (decision["author"], decision["note"], decision["status"]) == (
        "An",
        "bản gốc",
        "applies",
    )
    decide(client, "undo", decision=decision["id"])
    assert client.get(f"/{CTR23}.json").json()["item"]["date"] == "2013-07-25"
    (decision,) = client.get("/review.json").json()["decisions"]
    assert (decision["status"], decision["withdrawn_by"]) == ("withdrawn", "An")


def test_a_link_is_corrected(client: TestClient) -> None:
    place = f"{HANOI}:{offset_of(client, '217-QĐ/TW')}"
    decide(client, "accept", place=place, name="document/dang/tw/xi/qd/218")
    article, offset = place.split(":")
    page = client.get(f"/review/reference.json?article={article}&offset={offset}").json()
    assert page["thing"]["number"] == "218-QĐ/TW"
    assert page["basis"] == "review"
    html = client.get(f"/article/{HANOI}").text
    assert "người rà soát quyết định" in html


def test_places_are_split_off(client: TestClient) -> None:
    page = client.get(f"/review/thing.json?thing={NQ25}").json()
    assert page["place_count"] == len(page["places"]) > 3
    place = page["places"][-1]["id"]
    response = decide(client, "split", place=place, property="term", value="XII", next="/check")
    assert response.headers["location"] == "/check"
    article, _, offset = place.rpartition(":")
    found = client.get("/review/reference.json", params={"article": article, "offset": offset})
    assert found.json()["thing"]["path"] == "/document/dang/tw/xii/nq/25"


def test_two_things_are_merged(client: TestClient) -> None:
    decide(client, "merge", name="organisation/ban-dan-van-thanh-uy-ha-noi", into="Thành ủy Hà Nội")
    (decision,) = client.get("/review.json").json()["decisions"]
    assert decision["into"]["item"]["path"] == "/organisation/thanh-uy-ha-noi"
    merged = client.get("/organisation/thanh-uy-ha-noi.json").json()
    assert "Ban Dân vận Thành ủy" in [each["name"] for each in merged["aliases"]]
    before = client.get("/organisation/ban-dan-van-thanh-uy-ha-noi.json")
    assert before.status_code == 308
    assert before.headers["location"] == "/organisation/thanh-uy-ha-noi.json"
    decide(client, "undo", decision=decision["id"])
    assert client.get("/organisation/ban-dan-van-thanh-uy-ha-noi").status_code == 200


def test_decisions_are_taken_along(client: TestClient, demo_graph: Path, tmp_path: Path) -> None:
    from policygraph.decision_file import import_decisions

    decide(client, "date", name=CTR23, date="2013-07-15")
    file = tmp_path / "review.jsonl"
    file.write_bytes(client.get("/review.jsonl").content)
    other = shutil.copytree(demo_graph, tmp_path / "other")
    assert import_decisions(other, file).added == 1


@pytest.mark.parametrize(
    ("fields", "status"),
    [
        ({"kind": "date", "name": CTR23, "date": "yesterday"}, 409),
        ({"kind": "date", "name": "99-NQ/TW", "date": "2013-07-15"}, 404),
        ({"kind": "date", "name": "25-NQ/TW", "date": "2013-07-15"}, 300),
        ({"kind": "date", "name": CTR23}, 400),
        ({"kind": "date", "name": CTR23, "date": "2013-07-15", "author": " "}, 400),
        ({"kind": "marry", "name": CTR23}, 400),
        ({"kind": "accept", "name": CTR23, "place": "nowhere"}, 400),
        ({"kind": "accept", "name": CTR23, "place": f"{HANOI}:999999"}, 409),
        ({"kind": "accept", "name": CTR23, "place": "no/article:5"}, 409),
        ({"kind": "split", "property": "term", "value": "XII"}, 400),
        ({"kind": "split", "place": f"{HANOI}:{NQ25_AT}", "property": "x", "value": "y"}, 400),
        ({"kind": "undo", "decision": "none"}, 409),
        ({"kind": "merge", "name": NQ25, "into": NQ25}, 409),
    ],
)
def test_what_cannot_be_decided_is_told(
    client: TestClient, fields: dict[str, str], status: int
) -> None:
    response = decide(client, **fields)
    assert response.status_code == status
    assert "<h1>" in response.text
    assert client.get("/review.json").json()["decisions"] == []


@pytest.mark.parametrize(
    "way", ["//evil.example.org", "https://evil.example.org", "/\\evil", "/a b", ""]
)
def test_after_deciding_no_other_site_follows(client: TestClient, way: str) -> None:
    response = decide(client, "date", name=CTR23, date="2013-07-15", next=way)
    assert response.headers["location"] == "/review"


def test_reviewers_may_decide_at_once(client: TestClient) -> None:
    days = [f"2013-07-{day}" for day in range(10, 16)]
    with ThreadPoolExecutor(len(days)) as pool:
        decided = [pool.submit(decide, client, "date", name=CTR23, date=day) for day in days]
    assert [each.result().status_code for each in decided] == [303] * len(days)
    decisions = client.get("/review.json").json()["decisions"]
    assert sorted(each["value"] for each in decisions) == days


def test_a_graph_that_is_written_is_told(
    client: TestClient, graph: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with update_folder(graph):
        decided = ThreadPoolExecutor().submit(decide, client, "date", name=CTR23, date="2013-07-15")
        sleep(1)
    assert decided.result().status_code == 303  # it waited
    monkeypatch.setattr(deciding, "_PATIENCE", 0.1)
    with update_folder(graph):
        refused = decide(client, "date", name=CTR23, date="2013-07-16")
    assert refused.status_code == 503
    assert "another process is writing this graph" in refused.text
    assert str(graph) not in refused.text


# Nobody else


FORM = {"kind": "date", "name": CTR23, "date": "2013-07-15", "author": "Eve"}


def test_without_review_nobody_decides(graph: Path) -> None:
    with ask_site(graph) as client:
        for token in ("", "None", TOKEN):
            assert client.get(f"/review/begin?token={token}").status_code == 403
        assert client.post("/review/decide", data={**FORM, "proof": "x"}).status_code == 403
        assert "policygraph serve --review" in client.get("/review").text


def test_without_the_token_nobody_decides(graph: Path) -> None:
    sessions = Sessions(TOKEN)
    with ask_site(graph, sessions=sessions) as client:
        assert client.get("/review/begin?token=guess").status_code == 403
        response = client.post("/review/decide", data={**FORM, "proof": sessions.prove()})
        assert response.status_code == 403
        assert "Rà soát</a></p>" not in client.get(f"/article/{HANOI}").text
        assert client.get("/review.json").json()["decisions"] == []


@pytest.mark.parametrize(
    "headers",
    [
        {"Origin": "https://evil.example.org"},
        {"Origin": "http://127.0.0.1:9999"},
        {"Origin": "null"},
        {"Sec-Fetch-Site": "cross-site"},
        {"Sec-Fetch-Site": "same-site"},
    ],
)
def test_pages_of_other_sites_decide_nothing(client: TestClient, headers: dict[str, str]) -> None:
    form = {**FORM, "proof": Sessions(TOKEN).prove()}
    assert client.post("/review/decide", data=form, headers=headers).status_code == 403
    assert client.post("/review/decide", data=FORM).status_code == 400
    assert client.post("/review/decide", data={**FORM, "proof": "guess"}).status_code == 403
    assert client.post("/review/decide", json=form).status_code == 400
    assert client.get("/review/decide", params=form).headers["location"] == "/review"
    assert client.get("/review.json").json()["decisions"] == []


def test_a_form_that_is_too_long_is_refused(client: TestClient) -> None:
    form = {**FORM, "note": "a" * 100_000, "proof": Sessions(TOKEN).prove()}
    assert client.post("/review/decide", data=form).status_code == 400


def test_a_form_of_too_many_fields_is_refused(client: TestClient, graph: Path) -> None:
    form = {**FORM, **{f"x{number}": "1" for number in range(1_001)}}
    assert client.post("/review/decide", data=form).status_code == 400
    with ask_site(graph, sessions=Sessions(TOKEN)) as stranger:
        assert stranger.post("/review/decide", data=form).status_code == 403


def test_a_form_of_a_stranger_is_not_read(graph: Path) -> None:
    with ask_site(graph, sessions=Sessions(TOKEN)) as stranger:
        assert stranger.post("/review/decide", json=FORM).status_code == 403
        assert stranger.post("/review/decide", data={"note": "a" * 100_000}).status_code == 403


def test_cookies_are_kept_from_scripts_and_other_sites(graph: Path) -> None:
    with ask_site(graph, sessions=Sessions(TOKEN)) as client:
        cookie = client.get(f"/review/begin?token={TOKEN}").headers["set-cookie"].lower()
        assert "httponly" in cookie
        assert "samesite=lax" in cookie  # or a link to the token's address would be in vain


def test_servers_of_one_host_do_not_take_each_others_reviewers(
    graph: Path, client: TestClient
) -> None:
    with ask_site(graph, sessions=Sessions("another-token")) as other:
        other.cookies = client.cookies  # a browser sends them to every port
        assert other.get("/review/begin?token=another-token").status_code == 303
        client.cookies = other.cookies
    assert len(client.cookies) == 2
    assert decide(client, "date", name=CTR23, date="2013-07-15").status_code == 303


@pytest.mark.browser
def test_reviewing_by_hand(chromium: Browser, graph: Path) -> None:
    with run_site(graph, sessions=Sessions(TOKEN)) as address:
        page = chromium.new_page(locale="vi-VN")
        complaints: list[str] = []
        page.on("console", lambda said: complaints.append(said.text))
        page.goto(f"{address}/review/begin?token={TOKEN}")
        page.goto(f"{address}/article/{HANOI}")
        entry = page.locator("aside li", has_text="217-QĐ/TW").first
        entry.get_by_role("link", name="Rà soát").click()
        other = page.locator("form", has=page.locator('input[name="name"]:visible'))
        other.locator('input[name="name"]').press_sequentially("218-Q", delay=5)
        page.locator(".suggestions li").first.click()
        other.locator('input[name="author"]').fill("Nguyễn An")
        other.get_by_role("button").click()
        page.wait_for_url(f"**/article/{HANOI}?at=*")
        entry = page.locator("aside li", has_text="217-QĐ/TW").first
        assert "218-QĐ/TW" in entry.inner_text()
        page.goto(f"{address}/review")
        assert "Nguyễn An" in page.locator("main").inner_text()
        page.get_by_role("button", name="Rút lại").click()
        page.get_by_text("đã rút lại").first.wait_for()
        assert complaints == []
        page.close()
