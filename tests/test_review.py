"""Review through its public surface: what decisions do, that they last, and what is refused."""

from __future__ import annotations

import json
import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from datetime import datetime
from itertools import count
from pathlib import Path

import pytest
from corpus import write_records
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pyoxigraph import Store

import policygraph as pg
from policygraph import pipeline
from policygraph.decision import (
    Accept,
    Anchor,
    CorrectDate,
    Distinction,
    Merge,
    Reject,
    ReviewDecision,
    Split,
    Withdraw,
    as_record,
    make_decision,
    read_record,
)
from policygraph.decision_file import export_decisions, import_decisions
from policygraph.errors import AmbiguousNameError, GraphError, ReviewError, UnknownNameError
from policygraph.graph.iri import DEFAULT_BASE
from policygraph.graph.namespaces import PREFIXES
from policygraph.graph.policy_graph import PolicyGraph
from policygraph.graph.queries import QueryResult
from policygraph.graph.rdf import describe_decisions, read_decisions
from policygraph.graph.store import update_folder
from policygraph.pipeline import update_graph
from policygraph.reviewing import Reviewer
from policygraph.span import Span

pytestmark = pytest.mark.whole

OPEN = "Nghị quyết số 19-NQ/TW được quán triệt."
XII = "document/dang/tw/xii/nq/19"
XIII = "document/dang/tw/xiii/nq/19"
PARTIAL = "document/dang/tw/_/nq/19"
PLAN = "Kế hoạch số 15-KH/TU, ngày 5/3/2018 của Thành ủy Hà Nội."
PLAN_ID = "document/dang/tu/ha-noi/2015-2020/kh/15"
OTHER_DATE = "Thành ủy Hà Nội ban hành Kế hoạch số 15-KH/TU, ngày 6/3/2018."
SECTION = "Ban Dân vận Tỉnh ủy Hưng Yên đẩy mạnh phong trào “Dân vận khéo”."
BODY = "organisation/ban-dan-van-tinh-uy-hung-yen"

Build = Callable[..., Path]


@pytest.fixture
def build(tmp_path: Path) -> Build:
    """Builds texts by id, or brings their graph up to date; returns the graph's folder."""

    def build(**texts: str) -> Path:
        update_graph(write_records(tmp_path / "news.jsonl", texts), graph=tmp_path / "graph")
        return tmp_path / "graph"

    return build


class Clock:
    """Decides with a time of its own for each decision, one second after the other."""

    def __init__(self, folder: Path) -> None:
        self.reviewer, self.seconds = pg.review(folder, author="An"), count()

    def __getattr__(self, name: str) -> Callable[..., ReviewDecision]:
        def decide(*arguments: object, **options: str) -> ReviewDecision:
            moment = f"2026-11-28T10:{next(self.seconds):02}:00Z"
            method = getattr(self.reviewer, name)
            (logged,) = method(*arguments, time=options.pop("time", moment), **options).decisions
            decision: ReviewDecision = logged.decision
            return decision

        return decide


def ask(folder: Path, sparql: str) -> list[tuple[str, ...]]:
    answer = pg.open(folder).query(sparql)
    assert isinstance(answer, QueryResult)
    return [tuple(cell.removeprefix(DEFAULT_BASE) for cell in row) for row in answer.texts()]


def links(folder: Path) -> dict[str, tuple[str, str]]:
    """What each document reference stands for, and why, by its article; one for an article."""
    rows = ask(
        folder,
        "SELECT ?article ?thing ?basis { ?ref a pg:DocumentReference ; pg:standsFor ?thing ; "
        "pg:basis ?basis . BIND(STRBEFORE(STRAFTER(STR(?ref), 'article/'), '#') AS ?article) }",
    )
    return {article: (thing, basis) for article, thing, basis in rows}


def candidates(folder: Path) -> set[str]:
    return {thing for (thing,) in ask(folder, "SELECT ?thing { ?ref pg:mayStandFor ?thing }")}


def nquads(folder: Path, *, but_review: bool = False) -> list[str]:
    lines = pg.open(folder).nquads()
    return [line for line in lines if not (but_review and f"<{DEFAULT_BASE}review>" in line)]


def statuses(folder: Path) -> list[str]:
    return [each.status for each in pg.open(folder).decisions()]


def test_an_open_citation_stands_for_the_candidate_that_is_accepted(build: Build) -> None:
    folder = build(a=OPEN, b=OPEN)
    assert links(folder)["a"] == (PARTIAL, "ambiguous")
    report = pg.review(folder, author=" An  Nguyễn ").accept(
        "a", 3, "19-NQ/TW khóa XII", time="2026-11-28T17:15:00.50+07:00", note="theo ngày họp"
    )
    assert links(folder) == {"a": (XII, "review"), "b": (PARTIAL, "ambiguous")}
    (logged,) = report.decisions
    assert report.as_json()["added"] == 1
    assert logged.as_json() == {
        "id": logged.decision.id,
        "kind": "accept",
        "author": "An Nguyễn",
        "time": "2026-11-28T10:15:00.5Z",
        "note": "theo ngày họp",
        "references": [
            {
                "article": "a",
                "start": 0,
                "end": 22,
                "exact": "Nghị quyết số 19-NQ/TW",
                "prefix": "",
                "suffix": " được quán triệt.",
            }
        ],
        "thing": XII,
        "status": "applies",
        "why": None,
        "withdrawn": None,
        "labels": {XII: "Nghị quyết 19-NQ/TW, 2017-10-25"},
    }
    (citation,) = pg.open(folder).check().open
    assert [said.article for said in citation.evidence] == ["b"]


def test_a_link_is_corrected_to_a_thing_that_is_no_candidate(build: Build) -> None:
    folder = build(a=OPEN, b="Nghị quyết số 18-NQ/TW, ngày 25/10/2017.", c=PLAN)
    Clock(folder).accept("a", 3, "18-NQ/TW")
    assert links(folder)["a"] == ("document/dang/tw/xii/nq/18", "review")
    (number,) = ask(folder, "SELECT ?n { ?d pg:number ?n FILTER(STRENDS(STR(?d), 'xii/nq/18')) }")
    assert number == ("18-NQ/TW",), "the words that were corrected do not describe it"
    Clock(folder).accept("c", 3, "document/dang/tw/xi/nq/25", time="2026-11-28T11:00:00Z")
    assert links(folder)["c"][0] == "document/dang/tw/xi/nq/25", "the registry knows it"


def test_a_reference_falls_back_to_what_is_left(build: Build) -> None:
    folder, clock = build(a=OPEN, b=PLAN), Clock(build(a=OPEN, b=PLAN))
    assert candidates(folder) == {XII, XIII}
    clock.reject("a", 3, "19-NQ/TW khóa XII")
    assert candidates(folder) == {XIII}
    clock.reject("b", 3, "15-KH/TU")
    assert links(folder)["b"] == ("document/dang/tu/ha-noi/_/kh/15", "partial")


def test_a_rejected_link_of_linking_s_own_is_made_otherwise(build: Build) -> None:
    asks = "Quyết định số 217-QĐ/TW của Bộ Chính trị đã đi vào cuộc sống."
    folder = build(a=asks, b="Quyết định số 217-QĐ/TW, ngày 12/12/2013 của Bộ Chính trị.")
    document = "document/dang/tw/xi/qd/217"
    assert links(folder)["a"] == (document, "sole-candidate")
    Clock(folder).reject("a", 3, document)
    assert links(folder)["a"] == ("document/dang/tw/_/qd/217", "partial")
    assert candidates(folder) == set()


MERGERS = {
    "documents": (
        {"a": PLAN, "b": "Kế hoạch số 51-KH/TU, ngày 5/3/2018 của Thành ủy Hà Nội thực hiện Nghị "
         "quyết số 25-NQ/TW, ngày 3/6/2013."},
        "document/dang/tu/ha-noi/2015-2020/kh/51", PLAN_ID, "implements",
    ),
    "bodies": (
        {"a": "Tỉnh ủy Hưng Yên.", "b": SECTION},
        BODY, "organisation/tinh-uy-hung-yen", "promotes",
    ),
    "campaigns": (
        {"a": "Phong trào “Dân vận giỏi”.", "b": "Thành ủy Hà Nội phát động phong trào “Dân vận "
         "khéo”."},
        "campaign/dan-van-kheo", "campaign/dan-van-gioi", "launchedBy",
    ),
}  # fmt: skip


@pytest.mark.parametrize("case", MERGERS)
def test_what_stands_for_a_merged_thing_stands_for_the_other(build: Build, case: str) -> None:
    texts, thing, into, relation = MERGERS[case]
    folder = build(**texts)
    Clock(folder).merge(thing, into)
    assert ask(folder, f"SELECT ?d {{ <{DEFAULT_BASE}{into}> pg:{relation} ?d }}")
    about = f"SELECT ?p {{ <{DEFAULT_BASE}{thing}> ?p ?o FILTER(?p != dcterms:isReplacedBy) }}"
    assert ask(folder, about) == [(f"{PREFIXES['pg']}decidedBy",)]
    replaced = f"SELECT ?o {{ <{DEFAULT_BASE}{thing}> dcterms:isReplacedBy ?o }}"
    assert ask(folder, replaced) == [(into,)]
    assert ask(folder, f"SELECT ?r {{ ?r pg:standsFor <{DEFAULT_BASE}{thing}> }}") == []
    assert pg.open(folder).find_faults() == ()


def test_a_merger_holds_where_only_one_of_the_two_is_left(build: Build) -> None:
    folder = build(a="Thành ủy Hà Nội.", b=SECTION)
    Clock(folder).merge(BODY, "Thành ủy Hà Nội")
    build(b=SECTION)
    standing = ask(
        folder, "SELECT ?l { ?r a pg:OrganisationReference ; pg:standsFor/rdfs:label ?l }"
    )
    assert standing == [("Ban Dân vận Tỉnh ủy Hưng Yên",)], "called as the texts call it"
    assert statuses(folder) == ["applies"]
    assert pg.open(folder).find_faults() == ()


def test_of_merged_candidates_one_is_left(build: Build) -> None:
    folder = build(a=OPEN)
    Clock(folder).merge("19-NQ/TW khóa XII", "19-NQ/TW khóa XIII")
    assert links(folder)["a"] == (PARTIAL, "partial")
    assert candidates(folder) == {XIII}


def test_a_sole_candidate_that_a_merger_leaves_is_taken(build: Build) -> None:
    folder = build(
        a="Nghị quyết số 888-NQ/TW đã đi vào cuộc sống.",
        b="Nghị quyết số 888-NQ/TW, ngày 12/3/2003.",
        c="Nghị quyết số 888-NQ/TW, ngày 3/6/2013.",
    )
    clock, document = Clock(folder), "document/dang/tw/{}/nq/888"
    clock.merge(document.format("xi"), document.format("ix"))
    assert {thing for thing, _ in links(folder).values()} == {document.format("ix")}
    clock.undo("last")
    assert links(folder)["a"] == (document.format("_"), "ambiguous")


SPLITS = [
    (PLAN, "date", "2021-04-05", "document/dang/tu/ha-noi/2020-2025/kh/15"),
    (PLAN, "term", "xvi", "document/dang/tu/ha-noi/xvi/kh/15"),
    (PLAN, "place", "tỉnh Hưng Yên", "document/dang/tu/hung-yen/2015-2020/kh/15"),
    (PLAN, "place", "Lam Sơn Hạ", "document/dang/tu/lam-son-ha/2015-2020/kh/15"),
    (OPEN, "year", "2008", "document/dang/tw/x/nq/19"),
    ("Quyết định 800/QĐ-TTg ngày 4/6/2010.", "year", "2012", "document/nn/ttg/2012/qd/800"),
    ("Luật Nuôi ong năm 2019.", "year", "2023", "document/nn/luat/luat-nuoi-ong/2023"),
]


@pytest.mark.parametrize(("text", "fact", "value", "into"), SPLITS)
def test_references_of_a_thing_stand_for_another_of_its_number(
    build: Build, text: str, fact: str, value: str, into: str
) -> None:
    folder = build(a=text, b=text, c=text)
    before = links(folder)["a"]
    Clock(folder).split([("b", 3), ("c", 3)], fact, value)
    assert links(folder) == {"a": before, "b": (into, "review"), "c": (into, "review")}
    dates = ask(folder, f"SELECT ?date {{ <{DEFAULT_BASE}{into}> pg:date ?date }}")
    assert fact != "date" or dates == [(value,)]
    assert pg.open(folder).find_faults() == ()


def test_the_date_of_a_split_counts_as_long_as_a_reference_follows_it(build: Build) -> None:
    later = "Kế hoạch số 15-KH/TU, ngày 6/4/2021 của Thành ủy Hà Nội."
    folder, clock = build(a=PLAN, b=later), Clock(build(a=PLAN, b=later))
    clock.split([("a", 3)], "date", "2021-04-05")
    assert [each.decided for each in pg.open(folder).check().decided] == ["2021-04-05"]
    assert pg.open(folder).find("15-KH/TU").date == "2021-04-05"
    clock.accept("a", 3, PLAN_ID)
    assert pg.open(folder).find("15-KH/TU, 6/4/2021").date == "2021-04-06"
    assert pg.open(folder).check().decided == ()


def test_the_date_that_is_decided_counts_and_the_others_stay_with_their_evidence(
    build: Build,
) -> None:
    folder = build(a=PLAN, b=PLAN, c=OTHER_DATE)
    (contradiction,) = pg.open(folder).contradictions()
    clock = Clock(folder)
    decision = clock.correct_date("15-KH/TU", "2018-03-06")
    found = pg.open(folder).check()
    assert found.contradictions == ()
    (decided,) = found.decided
    assert (decided.decided, decided.decision) == ("2018-03-06", decision.id)
    assert decided.values == contradiction.values
    assert pg.open(folder).find("15-KH/TU").date == "2018-03-06"
    clock.correct_date("15-KH/TU", "2018-03-07")
    assert pg.open(folder).find("15-KH/TU").date == "2018-03-07", "that no text gives"
    assert statuses(folder) == ["superseded", "applies"]
    (decided,) = pg.open(folder).check().decided
    assert [value.value for value in decided.values] == ["2018-03-05", "2018-03-06", "2018-03-07"]
    assert pg.open(folder).find_faults() == ()
    assert pg.open(folder).summary().contradictions == 0


def test_of_decisions_about_the_same_the_last_counts(build: Build) -> None:
    folder = build(a=OPEN)
    clock = Clock(folder)
    clock.accept("a", 3, XII)
    clock.accept("a", 3, XIII)
    assert links(folder)["a"] == (XIII, "review")
    clock.reject("a", 3, XIII)
    assert links(folder)["a"] == (PARTIAL, "partial")
    assert candidates(folder) == {XII}
    clock.accept("a", 3, XIII)
    assert links(folder)["a"] == (XIII, "review")
    assert statuses(folder) == ["superseded", "superseded", "superseded", "applies"]


def test_what_is_undone_stays_in_the_log_and_can_be_decided_again(build: Build) -> None:
    folder = build(a=OPEN, b=PLAN)
    before, clock = nquads(folder, but_review=True), Clock(folder)
    first = clock.accept("a", 3, XII)
    withdrawal = clock.undo(first.id.rpartition("-")[2][:6], note="nhầm")
    assert nquads(folder, but_review=True) == before
    (logged,) = pg.open(folder).decisions()
    assert (logged.status, logged.withdrawal) == ("withdrawn", withdrawal)
    assert logged.as_json()["withdrawn"]["note"] == "nhầm"
    second = clock.accept("a", 3, XII)
    assert second.id != first.id
    assert links(folder)["a"] == (XII, "review")
    clock.undo("last")
    assert statuses(folder) == ["withdrawn", "withdrawn"]
    assert nquads(folder, but_review=True) == before


def test_each_kind_undone_leaves_the_graph_as_it_was(build: Build) -> None:
    folder = build(a=OPEN, b=PLAN, c=OTHER_DATE, d=SECTION, e="Tỉnh ủy Hưng Yên.")
    before, clock = nquads(folder, but_review=True), Clock(folder)
    clock.reject("a", 3, XII)
    clock.split([("c", 30)], "date", "2021-04-05")
    clock.correct_date("15-KH/TU, 5/3/2018", "2018-03-09")
    clock.merge("Ban Dân vận Tỉnh ủy Hưng Yên", "Tỉnh ủy Hưng Yên")
    clock.accept("e", 3, "Thành ủy Hà Nội")
    assert statuses(folder) == ["applies"] * 5
    for _ in range(5):
        clock.undo("last")
    assert nquads(folder, but_review=True) == before


MOVES = {
    "the same words elsewhere": (f"Trời nắng. {OPEN}", "applies"),
    "other words around them, where they stood": (f"{OPEN[:-1]} sâu rộng.", "applies"),
    "other words there": ("Nghị quyết 19-NQ/TW được quán triệt.", "lapsed"),
    "the same words twice": (f"Trời nắng. {OPEN} {OPEN}", "lapsed"),
    "none of them": ("Trời nắng.", "lapsed"),
}


@pytest.mark.parametrize("case", MOVES)
def test_a_decision_finds_its_words_in_an_edited_article(build: Build, case: str) -> None:
    text, status = MOVES[case]
    padded = f"Bài này ngắn. {OPEN} Hết rồi. Hết thật rồi đấy nhé, các bạn của tôi ơi."
    folder = build(a=padded if "twice" in case else OPEN, b=PLAN)
    Clock(folder).accept("a", padded.index("19-NQ") if "twice" in case else 3, XII)
    build(a=text, b=PLAN)
    assert statuses(folder) == [status]
    assert (links(folder).get("a") == (XII, "review")) == (status == "applies")
    build(a=OPEN, b=PLAN)


def test_a_decision_waits_for_its_article(build: Build) -> None:
    folder = build(a=OPEN, b=PLAN)
    Clock(folder).accept("a", 3, XII)
    decided = nquads(folder)
    build(b=PLAN)
    (logged,) = pg.open(folder).decisions()
    assert (logged.status, logged.why) == ("lapsed", "a is not in this graph")
    assert pg.open(folder).find_faults() == ()
    build(a=OPEN, b=PLAN)
    assert nquads(folder) == decided


def test_decisions_survive_a_build_that_reads_everything_anew(
    build: Build, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = build(a=OPEN, b=PLAN, c=OTHER_DATE)
    clock = Clock(folder)
    clock.accept("a", 3, XII)
    clock.correct_date("15-KH/TU", "2018-03-06")
    decided = nquads(folder)
    monkeypatch.setattr(pipeline, "fingerprint_extractor", lambda: "a later version")
    build(a=OPEN, b=PLAN, c=OTHER_DATE)
    assert nquads(folder) == decided
    for ledger in folder.rglob("*.sqlite"):
        ledger.unlink()
    clock.undo("last")
    clock.correct_date("15-KH/TU", "2018-03-06", time="2026-11-28T10:01:00Z", note="again")
    assert links(folder)["a"] == (XII, "review"), "linked anew without what linking keeps"


WRITER = """
import sys
import policygraph as pg
reviewer = pg.review({folder!r}, author="An")
for n in range(10_000):
    time = f"2026-11-28T{{n // 3600:02}}:{{n // 60 % 60:02}}:{{n % 60:02}}Z"
    reviewer.correct_date("15-KH/TU", "2018-03-06", time=time)
    print(n, flush=True)
"""


@pytest.mark.parametrize("wait", [0.0, 0.03, 0.07])
def test_a_process_that_is_killed_loses_no_decision_that_it_made(build: Build, wait: float) -> None:
    folder = build(a=PLAN)
    script = WRITER.format(folder=str(folder))
    writer = subprocess.Popen([sys.executable, "-c", script], stdout=subprocess.PIPE, text=True)
    assert writer.stdout is not None
    acknowledged = [int(writer.stdout.readline()) for _ in range(2)][-1]
    time.sleep(wait)
    os.kill(writer.pid, signal.SIGKILL)
    acknowledged = max([acknowledged, *map(int, writer.stdout.read().split())])
    writer.wait()
    assert len(statuses(folder)) in (acknowledged + 1, acknowledged + 2)
    build(a=PLAN, b=OPEN)
    assert statuses(folder)[-1] == "applies"


# What is refused

REFUSED: dict[str, tuple[Callable[[Clock], object], type[pg.PolicyGraphError], str]] = {
    "no such article": (lambda c: c.accept("x", 3, XII), ReviewError, r"no article “x”.*by its id"),
    "no mention there": (lambda c: c.accept("a", 30, XII), ReviewError, r"offset 30 of a.*at 0\)"),
    "no such thing": (lambda c: c.accept("a", 3, "77-KL/TW"), UnknownNameError, "77-KL/TW"),
    "several things": (lambda c: c.accept("a", 3, "19-NQ/TW"), AmbiguousNameError, "any of 3"),
    "an article as a thing": (lambda c: c.merge("a", XII), UnknownNameError, "is an article"),
    "a body for a document": (
        lambda c: c.accept("a", 3, "Thành ủy Hà Nội"), ReviewError, "names a document.*is none",
    ),
    "what nothing is taken for": (
        lambda c: c.reject("a", 3, PLAN_ID), ReviewError, r"not taken .*may for .*xii/nq/19",
    ),
    "what the words alone say": (
        lambda c: c.reject("a", 3, PARTIAL), ReviewError, "count for nothing.*stands for",
    ),
    "a body by its own name": (
        lambda c: c.reject("b", 41, "Thành ủy Hà Nội"), ReviewError, "count for nothing",
    ),
    "two kinds as one": (lambda c: c.merge(XII, "Thành ủy Hà Nội"), ReviewError, "two kinds"),
    "a thing as itself": (lambda c: c.merge(XII, XII), ReviewError, "itself already"),
    "no day": (lambda c: c.correct_date("15-KH/TU", "5/3/2018"), ReviewError, "like 2013-07-25"),
    "the date of a body": (
        lambda c: c.correct_date("Thành ủy Hà Nội", "2018-03-05"), ReviewError, "is no document",
    ),
    "a time without zone": (
        lambda c: c.accept("a", 3, XII, time="2026-11-28T10:00:00"), ReviewError, "time zone",
    ),
    "references of two things": (
        lambda c: c.split([("a", 3), ("b", 3)], "date", "2021-03-05"), ReviewError, "one document",
    ),
    "a year within a cycle": (
        lambda c: c.split([("b", 3)], "year", "2021"), ReviewError, "does not tell",
    ),
    "a date of the same cycle": (
        lambda c: c.split([("b", 3)], "date", "2018-09-05"), ReviewError, "does not tell",
    ),
    "a place for the Centre": (
        lambda c: c.split([("a", 3)], "place", "Hà Nội"), ReviewError, "does not tell",
    ),
    "a term that is none": (lambda c: c.split([("a", 3)], "term", "12"), ReviewError, "like XI"),
    "no such decision": (lambda c: c.undo("2026"), ReviewError, "no decision 2026.*log"),
}  # fmt: skip


@pytest.mark.parametrize("case", REFUSED)
def test_what_cannot_be_decided_is_refused_and_changes_nothing(build: Build, case: str) -> None:
    decide, error, message = REFUSED[case]
    folder = build(a=OPEN, b=PLAN)
    before = nquads(folder)
    with pytest.raises(error, match=message):
        decide(Clock(folder))
    assert nquads(folder) == before


def test_a_decision_has_an_author(build: Build) -> None:
    reviewer = pg.review(build(a=OPEN), author=" ")
    with pytest.raises(ReviewError, match="has an author"):
        reviewer.accept("a", 3, XII, time="2026-11-28T10:15:00Z")


def test_a_folder_that_is_no_graph_stays_what_it_was(tmp_path: Path) -> None:
    with pytest.raises(GraphError, match="policygraph build"):
        pg.decide(tmp_path / "none", [])
    assert not (tmp_path / "none").exists()


def test_a_decision_that_counts_no_longer_is_not_made_again_at_its_time(build: Build) -> None:
    clock = Clock(build(a=OPEN))
    clock.accept("a", 3, XII)
    clock.accept("a", 3, XIII)
    with pytest.raises(ReviewError, match=r"it is superseded.*at a later time"):
        clock.accept("a", 3, XII, time="2026-11-28T09:00:00Z")
    withdrawal = clock.undo("last")
    with pytest.raises(ReviewError, match=r"it is withdrawn.*decide again, at a later time"):
        clock.accept("a", 3, XIII, time="2026-11-28T10:01:00Z")
    with pytest.raises(ReviewError, match="withdraws another decision"):
        clock.undo(withdrawal.id)


def test_mergers_in_a_circle_are_refused(build: Build) -> None:
    clock = Clock(build(a="Tỉnh ủy Hưng Yên. Tỉnh ủy Quảng Ninh. Thành ủy Hà Nội."))
    first = clock.merge("Tỉnh ủy Hưng Yên", "Tỉnh ủy Quảng Ninh")
    second = clock.merge("Tỉnh ủy Quảng Ninh", "Thành ủy Hà Nội")
    with pytest.raises(ReviewError, match=r"in a circle") as raised:
        clock.merge("Thành ủy Hà Nội", "organisation/tinh-uy-hung-yen")
    assert raised.value.remedy == f"undo {first.id}, {second.id} before"


def test_an_undoing_that_would_close_a_circle_is_refused(build: Build) -> None:
    folder = build(a="Tỉnh ủy Hưng Yên. Tỉnh ủy Quảng Ninh. Thành ủy Hà Nội.")
    clock, one = Clock(folder), "organisation/tinh-uy-hung-yen"
    clock.merge(one, "Tỉnh ủy Quảng Ninh")
    second = clock.merge(one, "Thành ủy Hà Nội")
    clock.merge("Tỉnh ủy Quảng Ninh", one)
    before = nquads(folder)
    with pytest.raises(ReviewError, match=r"in a circle"):
        clock.undo(second.id)
    assert nquads(folder) == before
    assert statuses(folder) == ["superseded", "applies", "applies"]


# Exporting and importing


def test_what_is_exported_is_imported_elsewhere_and_twice_is_once(
    build: Build, tmp_path: Path
) -> None:
    folder = build(a=OPEN, b=PLAN, c=OTHER_DATE)
    fresh = Path(shutil.copytree(folder, tmp_path / "fresh"))
    clock = Clock(folder)
    clock.accept("a", 3, XII)
    clock.correct_date("15-KH/TU", "2018-03-06", note="two\nlines")
    clock.undo("last")
    file = tmp_path / "decisions.jsonl"
    lines = list(export_decisions(pg.open(folder)))
    file.write_bytes(b"\xef\xbb\xbf" + "\r\n".join([*reversed(lines), ""]).encode())
    assert import_decisions(fresh, file).added == 3
    assert nquads(fresh) == nquads(folder)
    assert import_decisions(fresh, file).added == 0
    assert nquads(fresh) == nquads(folder)


def test_decisions_on_articles_that_are_not_there_are_kept(build: Build, tmp_path: Path) -> None:
    folder = build(a=OPEN, b=PLAN)
    Clock(folder).accept("a", 3, XII)
    decided, file = nquads(folder), tmp_path / "decisions.jsonl"
    file.write_text("\n".join(export_decisions(pg.open(folder))), encoding="utf-8")
    shutil.rmtree(folder)
    build(b=PLAN)
    (logged,) = import_decisions(folder, file).decisions
    assert (logged.status, logged.why) == ("lapsed", "a is not in this graph")
    build(a=OPEN, b=PLAN)
    assert nquads(folder) == decided


GOOD = {
    "kind": "accept",
    "references": [{"article": "a", "start": 0, "end": 22, "exact": "Nghị quyết số 19-NQ/TW"}],
    "thing": XII,
    "author": "An",
    "time": "2026-11-28T10:15:00Z",
}
PLACE = GOOD["references"][0]  # type: ignore[index]
BAD_LINES: dict[str, tuple[object, str]] = {
    "no JSON": ("accept a", "is no JSON object"),
    "deep JSON": ("[" * 100_000, "is no JSON object"),
    "a list": ([GOOD], "is no JSON object"),
    "no kind": ({**GOOD, "kind": None}, "“kind” is null .*accept, reject, merge"),
    "another kind": ({**GOOD, "kind": "approve"}, '“kind” is "approve"'),
    "no author": ({**GOOD, "author": ""}, "“author” is no text"),
    "a number as an author": ({**GOOD, "author": 7}, "“author” is no text"),
    "no time": ({**GOOD, "time": "today"}, "“today” is no time"),
    "no thing": ({**GOOD, "thing": "25-NQ/TW"}, "“25-NQ/TW” is no id of a thing"),
    "no references": ({**GOOD, "references": []}, "“references” is no list"),
    "references of text": ({**GOOD, "references": ["a"]}, "no list of JSON objects"),
    "two references": ({**GOOD, "references": [PLACE, PLACE]}, "are several"),
    "an offset in words": (
        {**GOOD, "references": [{**PLACE, "start": "one"}]},
        "no stretch of a text",
    ),
    "an end before its start": ({**GOOD, "references": [{**PLACE, "end": 0}]}, "no stretch"),
    "a prefix of numbers": (
        {**GOOD, "references": [{**PLACE, "prefix": 3}]},
        "“prefix” is no text",
    ),
    "half a letter": ({**GOOD, "note": "\ud800"}, "no text can hold"),
    "another id": ({**GOOD, "id": "2026-accept-1"}, "leave its id out"),
    "a fact that is none": (
        {**GOOD, "kind": "split", "into": XIII, "by": {"property": "mood"}},
        "“by” names none",
    ),
    "no day": ({**GOOD, "kind": "date", "date": "2018-3-5"}, "“2018-3-5” is no day"),
    "no decision": ({**GOOD, "kind": "withdraw", "decision": "x"}, "there is no decision x"),
}


@pytest.mark.parametrize("case", BAD_LINES)
def test_a_bad_line_is_named_and_nothing_is_imported(
    build: Build, tmp_path: Path, case: str
) -> None:
    bad, message = BAD_LINES[case]
    folder, file = build(a=OPEN), tmp_path / "decisions.jsonl"
    before = nquads(folder)
    lines = json.dumps(GOOD), "", bad if isinstance(bad, str) else json.dumps(bad)
    file.write_text("\n".join(lines), encoding="utf-8")
    with pytest.raises(ReviewError, match=message) as raised:
        import_decisions(folder, file)
    assert raised.value.place == f"{file}:3"
    assert raised.value.remedy
    assert nquads(folder) == before


def test_a_file_that_is_not_there_is_an_error_that_names_it(build: Build, tmp_path: Path) -> None:
    with pytest.raises(ReviewError, match=r"none\.jsonl: cannot be read"):
        import_decisions(build(a=OPEN), tmp_path / "none.jsonl")


# Properties

TEXTS = st.text(st.characters(codec="utf-8", exclude_characters="\x00"), min_size=1, max_size=8)
WORDS = TEXTS.filter(lambda text: text.strip() != "")
PARTS = st.text("abcđ0123-_", min_size=1, max_size=6)
DOCUMENTS = st.builds("document/{}/{}/{}".format, PARTS, PARTS, PARTS)
SPANS = st.builds(
    lambda start, more: Span(start, start + more), st.integers(0, 99), st.integers(1, 9)
)
ANCHORS = st.builds(Anchor, WORDS, SPANS, WORDS, TEXTS, TEXTS)
PAIRS = st.tuples(DOCUMENTS, DOCUMENTS).filter(lambda pair: pair[0] != pair[1])
FACTS = st.builds(Distinction, st.sampled_from(["date", "year", "term", "place"]), WORDS)
ACTS = st.one_of(
    st.builds(Accept, ANCHORS, DOCUMENTS),
    st.builds(Reject, ANCHORS, DOCUMENTS),
    st.builds(lambda pair: Merge(*pair), PAIRS),
    st.builds(
        lambda anchors, pair, fact: Split(tuple(anchors), pair[0], fact, pair[1]),
        st.lists(ANCHORS, min_size=1, max_size=3), PAIRS, FACTS,
    ),
    st.builds(CorrectDate, DOCUMENTS, st.dates().map(str)),
    st.builds(Withdraw, PARTS),
)  # fmt: skip
TIMES = st.datetimes(datetime(1900, 1, 1), datetime(2900, 1, 1), timezones=st.timezones()).map(
    lambda moment: moment.isoformat()
)


def sign(act: object, author: str, time: str, note: str | None) -> ReviewDecision:
    return make_decision(act, author=author, time=time, note=note)  # type: ignore[arg-type]


VISIBLE = st.text(
    st.characters(codec="utf-8", exclude_categories=["Cc", "Cf"]), min_size=1, max_size=8
)
AUTHORS = VISIBLE.filter(str.strip)
DECISIONS = st.builds(sign, ACTS, AUTHORS, TIMES, st.none() | VISIBLE)


@pytest.mark.parametrize(
    ("author", "note", "message"),
    [
        ("An\u202eh", None, r"the author holds the invisible character U\+202E"),
        ("An\x00", None, r"U\+0000"),
        ("An\x1b[2J", None, r"U\+001B"),
        ("An", "bản\u200b gốc", r"the note holds the invisible character U\+200B"),
        ("A" * 101, None, "the author has 101 characters"),
        ("An", "a" * 501, "the note has 501 characters"),
    ],
)
def test_a_signature_that_others_cannot_read_as_it_is_is_refused(
    author: str, note: str | None, message: str
) -> None:
    act = CorrectDate("document/dang/tw/xi/nq/25", "2013-06-03")
    with pytest.raises(ReviewError, match=message):
        make_decision(act, author=author, time="2026-11-28T10:15:00Z", note=note)


def test_a_long_signature_is_kept() -> None:
    act = CorrectDate("document/dang/tw/xi/nq/25", "2013-06-03")
    author, note = "Nguyễn " * 14, "bản gốc\n" * 62
    decision = make_decision(act, author=author, time="2026-11-28T10:15:00Z", note=note)
    assert decision.author == author.strip()
    assert decision.note == note.strip().replace("\n", " ")


@given(st.lists(DECISIONS, max_size=4))
def test_decisions_are_read_back_from_json_and_from_their_graph(
    decisions: list[ReviewDecision],
) -> None:
    for decision in decisions:
        assert read_record(json.loads(json.dumps(as_record(decision)))) == decision
    store = Store()
    store.extend(describe_decisions(decisions, base=DEFAULT_BASE))
    unique = sorted(set(decisions), key=lambda decision: decision.order)
    assert list(read_decisions(store, base=DEFAULT_BASE)) == unique


CORPUS = {"a": OPEN, "b": PLAN, "c": OTHER_DATE, "d": SECTION, "e": f"{OPEN} {SECTION}"}
STEPS: dict[str, Callable[[Reviewer, str], object]] = {
    "accept": lambda r, t: r.accept("a", 3, XII, time=t),
    "accept another": lambda r, t: r.accept("a", 3, XIII, time=t),
    "reject": lambda r, t: r.reject("e", 3, XII, time=t),
    "split": lambda r, t: r.split([("c", 30)], "date", "2021-04-05", time=t),
    "accept what was split": lambda r, t: r.accept("c", 30, PLAN_ID, time=t),
    "date": lambda r, t: r.correct_date(PLAN_ID, "2018-03-09", time=t),
    "merge": lambda r, t: r.merge(XII, XIII, time=t),
    "merge bodies": lambda r, t: r.merge(BODY, "organisation/thanh-uy-ha-noi", time=t),
    "undo": lambda r, t: r.undo("last", time=t),
    "edit": lambda r, t: rebuild(r, e=f"Trời nắng. {OPEN}"),
    "remove": lambda r, t: rebuild(r, b=None),
    "restore": lambda r, t: rebuild(r),
}


def rebuild(reviewer: Reviewer, **edits: str | None) -> None:
    texts = {id_: text for id_, text in (CORPUS | edits).items() if text is not None}
    news = reviewer.folder.parent / "news.jsonl"
    update_graph(write_records(news, texts), graph=reviewer.folder)


@settings(
    max_examples=8,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(st.lists(st.sampled_from(sorted(STEPS)), min_size=2, max_size=7))
def test_step_by_step_gives_the_graph_of_all_decisions_at_once(
    tmp_path: Path, names: list[str]
) -> None:
    for folder in ("graph", "fresh"):
        shutil.rmtree(tmp_path / folder, ignore_errors=True)
    reviewer, file = pg.review(tmp_path / "graph", author="An"), tmp_path / "decisions.jsonl"
    rebuild(reviewer)
    for minute, name in enumerate(names):
        try:
            STEPS[name](reviewer, f"2026-11-28T10:{minute:02}:00Z")
        except pg.PolicyGraphError:
            continue  # what cannot be decided as things stand
    lines = export_decisions(pg.open(reviewer.folder))
    file.write_text("\n".join(lines), encoding="utf-8")
    update_graph(tmp_path / "news.jsonl", graph=tmp_path / "fresh")
    import_decisions(tmp_path / "fresh", file)
    assert nquads(tmp_path / "fresh") == nquads(reviewer.folder)
    assert PolicyGraph.open(tmp_path / "fresh").decisions() == pg.open(reviewer.folder).decisions()


#: What is deleted, what is inserted, and where, in SPARQL.
FAULTS = {
    "a decision of nobody": ("?d prov:wasAttributedTo ?who", "", ""),
    "a decision at no time": ("?d prov:generatedAtTime ?time", "", ""),
    "a time that is none": ("?d prov:generatedAtTime ?t", "?d prov:generatedAtTime 'now'", ""),
    "an acceptance of nothing": ("?d pg:decidedThing ?thing", "", "?d a pg:Acceptance"),
    "an acceptance nowhere": ("?d pg:anchor ?anchor", "", "?d a pg:Acceptance"),
    "a merger into nothing": ("?d pg:into ?thing", "", "?d a pg:Merger"),
    "a correction to no date": ("?d prov:value ?date", "", "?d a pg:DateCorrection"),
    "a withdrawal of nothing": ("?d pg:withdraws ?other", "", ""),
    "an anchor without words": ("?s oa:exact ?words", "", "?a a pg:Anchor ; oa:hasSelector ?s"),
    "a link by no decision": ("", "?r pg:decidedBy ?r", "?r a pg:DocumentReference"),
}


@pytest.fixture(scope="module")
def decided(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A graph with decisions, not to be changed."""
    folder = tmp_path_factory.mktemp("decided")
    update_graph(write_records(folder / "news.jsonl", CORPUS), graph=folder / "graph")
    clock = Clock(folder / "graph")
    clock.accept("a", 3, XII)
    clock.merge(BODY, "Thành ủy Hà Nội")
    clock.correct_date(PLAN_ID, "2018-03-09")
    clock.undo("last")
    return folder / "graph"


@pytest.mark.parametrize("fault", FAULTS)
def test_a_planted_fault_is_found(decided: Path, tmp_path: Path, fault: str) -> None:
    folder = shutil.copytree(decided, tmp_path / "graph")
    gone, added, where = FAULTS[fault]
    pattern = " . ".join(part for part in (gone, where) if part)
    with update_folder(folder) as update:
        change = f"DELETE {{ GRAPH ?g {{ {gone} }} }} INSERT {{ GRAPH ?g {{ {added} }} }}"
        change += f" WHERE {{ GRAPH ?g {{ {pattern} }} }}"
        before = len(update.store)
        update.store.update(change, prefixes=dict(PREFIXES))
        assert len(update.store) != before or added
    assert PolicyGraph.open(folder).find_faults()
