"""policygraph review through its real entry point: what it prints, and how it fails."""

from __future__ import annotations

import json
import re
import shutil
from pathlib import Path

import pytest
from corpus import write_records
from test_cli import run

import policygraph as pg

pytestmark = pytest.mark.whole

OPEN = "Nghị quyết số 19-NQ/TW được quán triệt."
PLAN = "Kế hoạch số 15-KH/TU, ngày 5/3/2018 của Thành ủy Hà Nội."
OTHER_DATE = "Thành ủy Hà Nội ban hành Kế hoạch số 15-KH/TU, ngày 6/3/2018."
XII = "document/dang/tw/xii/nq/19"
ID = re.compile(r"2\d{3}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?Z-[a-z]+-[0-9a-f]{12}")


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    home = tmp_path_factory.mktemp("review")
    texts = {"a": OPEN, "x:3": PLAN, "c": OTHER_DATE, "\x1b]0;e\x07": OPEN}
    run("build", write_records(home / "news.jsonl", texts), cwd=home)
    return home


@pytest.fixture
def home(built: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(built, tmp_path / "home"))


def decide(*arguments: str, home: Path) -> str:
    """Decides, and returns the id of the decision."""
    shown = run("review", *arguments, "--author", "An", cwd=home)
    assert shown.stderr == ""
    first, told, *more = shown.stdout.splitlines()
    assert ID.fullmatch(first)
    assert told.startswith("  ")
    assert more == []
    return first


def test_list_tells_what_is_open_and_where(home: Path) -> None:
    shown = run("review", "list", cwd=home).stdout
    assert re.search(
        r"“Nghị quyết số 19-NQ/TW” +│ a:0 +│ Nghị quyết 19-NQ/TW, 2017-10-25 or", shown
    )
    assert re.search(r"Kế hoạch 15-KH/TU: date +│ https://\S+ +│ 2018-03-05 or 2018-03-06", shown)
    assert "\x1b" not in shown
    found = json.loads(run("review", "list", "--format", "json", cwd=home).stdout)
    (citation,), (contradiction,) = found["open"], found["contradictions"]
    assert {"a"} < {said["article"] for said in citation["evidence"]}
    assert contradiction["property"] == "date"
    decide("date", "15-KH/TU", "2018-03-06", home=home)
    assert json.loads(run("review", "list", "--format", "json", cwd=home).stdout) == {
        "open": [citation],
        "contradictions": [],
    }


def test_what_is_decided_is_logged_and_undone(home: Path) -> None:
    assert run("review", "log", cwd=home).stdout == "nothing was decided\n"
    first = decide("accept", "a:0-22", XII, "--note", "theo ngày", home=home)
    second = decide("split", "x:3:3", "--date", "2021-04-05", home=home)
    third = decide("undo", second.rpartition("-")[2], home=home)
    shown = run("review", "log", cwd=home).stdout
    told = "“Nghị quyết số 19-NQ/TW” a:0 stands for Nghị quyết 19-NQ/TW, 2017-10-25"
    assert re.search(rf"{first} +│ {told} +│ An +│ applies +│ theo ngày", shown)
    assert re.search(rf"{second} +│ .* x:3:0 stands for .*│ An +│ withdrawn: by An at ", shown)
    records = json.loads(run("review", "log", "--format", "json", cwd=home).stdout)
    assert [(each["id"], each["status"]) for each in records] == [
        (first, "applies"),
        (second, "withdrawn"),
    ]
    assert records[1]["withdrawn"]["id"] == third
    assert run("review", "undo", "last", cwd=home).stdout.endswith(f"withdraws {first}\n")


def test_decisions_are_signed_by_the_login_name(home: Path) -> None:
    run("review", "accept", "a:3", XII, cwd=home, environment={"LOGNAME": "bình"})
    (logged,) = pg.open(home / "graph").decisions()
    assert logged.decision.author == "bình"


def test_what_is_exported_is_imported_twice_as_once(home: Path, tmp_path: Path) -> None:
    decide("accept", "a:3", XII, home=home)
    decide("merge", XII, "document/dang/tw/xiii/nq/19", home=home)
    decide("undo", "last", home=home)
    run("review", "export", "-o", "decisions.jsonl", cwd=home)
    lines = (home / "decisions.jsonl").read_text(encoding="utf-8").splitlines()
    assert [json.loads(line)["kind"] for line in lines] == ["accept", "merge", "withdraw"]
    assert run("review", "export", cwd=home).stdout.splitlines() == lines
    run("build", write_records(tmp_path / "b.jsonl", {"b": PLAN}), "-g", "other", cwd=home)
    imported = ("review", "import", "decisions.jsonl", "-g", "other")
    assert run(*imported, cwd=home).stdout == "3 decisions, 3 new, 1 lapsed\n"
    assert run(*imported, cwd=home).stdout == "3 decisions, 0 new, 1 lapsed\n"
    (home / "decisions.jsonl").write_text(lines[0] + "\nnonsense\n", encoding="utf-8")
    failed = run(*imported, cwd=home, code=1)
    assert failed.stderr.startswith("error: decisions.jsonl:2: is no JSON object (")


REFUSED = {
    "no such article": (["accept", "b:3", XII], 1, "there is no article “b” in this graph"),
    "no mention": (["accept", "a:39", XII], 1, "no mention stands at offset 39 of a"),
    "several things": (["merge", "19-NQ/TW", XII], 2, "may be any of 3 things"),
    "an unknown thing": (["merge", "77-KL/TW", XII], 1, "nothing in this graph is called"),
    "no offset": (["accept", "a", XII], 2, "is not ARTICLE:OFFSET"),
    "no fact": (["split", "a:3"], 2, "give one of --date"),
    "two facts": (["split", "a:3", "--year", "2018", "--term", "XII"], 2, "give one of --date"),
    "no day": (["date", "15-KH/TU", "5/3/2018"], 1, "is no day (write it like 2013-07-25)"),
    "no author": (["accept", "a:3", XII, "--author", " "], 1, "a decision has an author"),
    "no decision": (["undo", "abc"], 1, "there is no decision abc"),
    "no graph": (["log", "--graph", "none"], 1, "is no graph folder"),
}


@pytest.mark.parametrize("case", REFUSED)
def test_what_is_refused_says_why(built: Path, case: str) -> None:
    arguments, code, message = REFUSED[case]
    failed = run("review", *arguments, cwd=built, code=code)
    assert message in " ".join(re.sub("[│╭╮╰╯─]", " ", failed.stderr).split())
    assert failed.stdout == ""


def test_check_and_explain_follow_what_was_decided(home: Path) -> None:
    decision = decide("date", "15-KH/TU", "2018-03-07", home=home)
    shown = run("check", "--only", "contradictions", "--only", "decided", cwd=home).stdout
    assert shown.startswith("no contradictions\n\ndecided contradictions: 1\nKế hoạch 15-KH/TU: ")
    assert f"\n  2018-03-07  decided by {decision}\n  2018-03-05  “" in shown
    run("check", "--strict", cwd=home)
    accepted = decide("accept", "a:3", XII, home=home)
    rejected = decide("reject", "c:30", "15-KH/TU", home=home)
    explain = ("explain", "news.jsonl:3", "--article", "a")
    assert "basis     ambiguous" in run(*explain, cwd=home).stdout
    told = run(*explain, "--graph", "graph", cwd=home).stdout
    assert "basis     review: a reviewer decided so" in told
    assert f"decided   {accepted}" in told
    told = run("explain", "news.jsonl:30", "--article", "c", "-g", "graph", cwd=home).stdout
    assert "id        document/dang/tu/ha-noi/_/kh/15" in told
    assert f"decided   {rejected}" in told
