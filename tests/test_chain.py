"""Tracing and coverage on a built corpus: kinds of steps, days, endings, rows, pages."""

from __future__ import annotations

import csv
import io
import json
from html import unescape
from pathlib import Path

import pytest
from typer.testing import CliRunner

from policygraph.cli import app
from policygraph.graph.policy_graph import PolicyGraph
from policygraph.pipeline import build

TEXTS = {
    "a-programme.md": (
        "2013-09-01",
        "Tỉnh ủy Hà Nam đã ban hành Chương trình hành động số 23-CTr/TU, ngày 25/7/2013 về thực "
        "hiện Nghị quyết số 25-NQ/TW, ngày 03/6/2013 của Ban Chấp hành Trung ương (khóa XI).",
    ),
    "b-plan.md": (
        "2014-03-01",
        "UBND tỉnh Hà Nam ban hành Kế hoạch số 45/KH-UBND ngày 10/2/2014 thực hiện Chương trình "
        "hành động số 23-CTr/TU ngày 25/7/2013 của Tỉnh ủy Hà Nam. Sở Nội vụ có Hướng dẫn số "
        "12/HD-SNV ngày 1/3/2014 hướng dẫn thực hiện Kế hoạch số 45/KH-UBND của UBND tỉnh Hà Nam.",
    ),
    "c-again.md": (
        "2014-05-01",
        "Chương trình hành động số 23-CTr/TU của Tỉnh ủy Hà Nam nhằm thực hiện Nghị quyết số "
        "25-NQ/TW khóa XI được triển khai rộng khắp trong cả tỉnh từ nhiều năm nay đến nay.",
    ),
    "d-replaced.md": (
        "2018-06-01",
        "Ngày 20/5/2018, UBND tỉnh Hà Nam ban hành Kế hoạch số 90/KH-UBND thay thế Kế hoạch số "
        "45/KH-UBND ngày 10/2/2014 của UBND tỉnh Hà Nam.",
    ),
    "e-reviewed.md": (
        "2018-12-01",
        "Tỉnh ủy Quảng Trị tổ chức hội nghị sơ kết 5 năm thực hiện Nghị quyết số 25-NQ/TW ngày "
        "3/6/2013. Tỉnh ủy Cao Bằng đã triển khai thực hiện Nghị quyết số 25-NQ/TW ngày 3/6/2013. "
        "Căn cứ Nghị quyết số 25-NQ/TW ngày 3/6/2013, Tỉnh ủy Quảng Bình ban hành Kế hoạch số "
        "7-KH/TU ngày 1/9/2013 thực hiện Nghị quyết số 25-NQ/TW ngày 3/6/2013.",
    ),
}


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("chain")
    for name, (published, text) in TEXTS.items():
        path = folder / "texts" / name
        path.parent.mkdir(exist_ok=True)
        path.write_text(f"---\ndate: {published}\n---\n{text}\n", encoding="utf-8")
    build(folder / "texts", graph=folder / "graph")
    return folder


@pytest.fixture(scope="module")
def graph(folder: Path) -> PolicyGraph:
    return PolicyGraph.open(folder / "graph")


def run(folder: Path, *arguments: str) -> str:
    done = CliRunner().invoke(app, [*arguments, "--graph", str(folder / "graph")])
    assert done.exit_code == 0, done.output
    return done.output


def steps(graph: PolicyGraph, name: str, **options: str) -> list[tuple[int, str, str, str]]:
    return [
        (s.depth, s.subject.number or s.subject.label, s.predicate, s.object.number or "")
        for s in graph.trace(name, **options).choose("later").steps
    ]


def test_a_chain_has_all_kinds_of_steps_at_any_depth(graph: PolicyGraph) -> None:
    found = steps(graph, "25-NQ/TW khóa XI")
    assert (1, "23-CTr/TU", "implements", "25-NQ/TW") in found
    assert (2, "45/KH-UBND", "implements", "23-CTr/TU") in found
    assert (3, "12/HD-SNV", "guides", "45/KH-UBND") in found
    assert (3, "90/KH-UBND", "replaces", "45/KH-UBND") in found
    assert (1, "Tỉnh ủy Quảng Trị (đến 30/6/2025)", "reviews", "25-NQ/TW") in found
    assert [depth for depth, *_ in found] == sorted(depth for depth, *_ in found)


def test_a_chain_leads_back_to_what_it_rests_on(graph: PolicyGraph) -> None:
    found = graph.trace("12/HD-SNV").choose("earlier").steps
    assert [step.object.number for step in found if step.depth == 3] == ["25-NQ/TW"]


def test_only_what_was_there_and_was_said_by_a_day_counts(graph: PolicyGraph) -> None:
    assert [subject for _, subject, _, _ in steps(graph, "25-NQ/TW", as_of="2013-12-31")] == [
        "23-CTr/TU"
    ]
    assert "90/KH-UBND" not in {s for _, s, _, _ in steps(graph, "25-NQ/TW", as_of="2017-01-01")}
    assert steps(graph, "25-NQ/TW", as_of="2013-08-01") == []  # no article had said so


def test_a_document_that_was_replaced_says_by_what_and_from_which_day(graph: PolicyGraph) -> None:
    def endings(**options: str) -> list[tuple[str, str | None]]:
        found = graph.trace("45/KH-UBND", **options)
        ended = found.endings.get(found.target.iri, ())
        return [(ending.predicate, ending.by.number) for ending in ended]

    assert endings() == [("replaces", "90/KH-UBND")]
    assert endings(as_of="2018-01-01") == []


def test_the_best_evidence_comes_first(graph: PolicyGraph) -> None:
    (step,) = [s for s in graph.trace("25-NQ/TW").steps if s.subject.number == "23-CTr/TU"]
    assert [said.article for said in step.evidence] == ["c-again.md", "a-programme.md"]
    assert all("23-CTr/TU" in said.quote for said in step.evidence)


@pytest.mark.parametrize(
    ("options", "expected"),
    [
        ((), "├── implemented by Chương trình hành động 23-CTr/TU"),
        (("--direction", "later"), "replaced by Kế hoạch 90/KH-UBND"),
        (("--as-of", "2013"), "implemented by Chương trình hành động 23-CTr/TU"),
    ],
)
def test_a_trace_as_a_tree(folder: Path, options: tuple[str, ...], expected: str) -> None:
    assert expected in run(folder, "trace", "25-NQ/TW", *options)


def test_a_trace_as_csv_and_json(folder: Path) -> None:
    rows = list(csv.DictReader(io.StringIO(run(folder, "trace", "25-NQ/TW", "--format", "csv"))))
    assert {row["predicate"] for row in rows} >= {"implements", "guides", "replaces", "reviews"}
    assert all(row["quote"] for row in rows)
    told = json.loads(run(folder, "trace", "45/KH-UBND", "--format", "json"))
    ((ending,),) = told["endings"].values()
    assert (ending["predicate"], ending["by"]["number"]) == ("replaces", "90/KH-UBND")


@pytest.mark.parametrize("day", ["2015-13-01", "soon", "1/1/2015"])
def test_what_is_no_day_is_told(folder: Path, day: str) -> None:
    arguments = ["trace", "25-NQ/TW", "--as-of", day, "--graph", str(folder / "graph")]
    done = CliRunner().invoke(app, arguments)
    assert done.exit_code == 2
    assert "2015-12-31" in done.output


def status(graph: PolicyGraph, **options: str) -> dict[str, tuple[str, str | None]]:
    found = graph.coverage("25-NQ/TW", **options).only_seen()  # type: ignore[arg-type]
    return {row.label: (row.cells[0].status, row.cells[0].first) for row in found.rows}


def test_coverage_by_province_before_and_after_the_merger(graph: PolicyGraph) -> None:
    assert status(graph) == {
        "tỉnh Cao Bằng": ("said", None),
        "tỉnh Hà Nam": ("issued", "2013-07-25"),
        "tỉnh Quảng Bình": ("issued", "2013-09-01"),
        "tỉnh Quảng Trị": ("reviewed", None),
    }
    assert status(graph, as_of="2026-01-01") == {
        "tỉnh Cao Bằng": ("said", None),
        "tỉnh Ninh Bình": ("issued", "2013-07-25"),
        "tỉnh Quảng Trị": ("issued", "2013-09-01"),
    }


def test_coverage_counts_every_province_and_says_for_how_many_articles(graph: PolicyGraph) -> None:
    found = graph.coverage("25-NQ/TW")
    assert (len(found.rows), found.articles, found.as_of) == (63, len(TEXTS), "2018-12-01")
    assert len(graph.coverage("25-NQ/TW", as_of="2026-01-01").rows) == 34
    nothing = [row for row in found.rows if row.cells[0].status == "nothing"]
    assert len(nothing) == 59


def test_coverage_by_level_and_ministry(graph: PolicyGraph) -> None:
    assert status(graph, by="level") == {"Tỉnh, thành phố": ("issued", "2013-07-25")}
    assert status(graph, by="ministry") == {}
    assert "Bộ Nội vụ" in {row.label for row in graph.coverage("25-NQ/TW", by="ministry").rows}


def test_coverage_on_the_command_line(folder: Path) -> None:
    table = run(folder, "coverage", "25-NQ/TW", "--seen")
    assert "issued 3, first 2013-07-25" in table
    assert "what was not seen may exist all the same" in table
    rows = list(csv.DictReader(io.StringIO(run(folder, "coverage", "25-NQ/TW", "--format", "csv"))))
    assert {row["status"] for row in rows} == {"issued", "said", "reviewed", "nothing"}
    told = json.loads(run(folder, "coverage", "25-NQ/TW", "--format", "json"))
    (issued,) = [row for row in told["rows"] if row["id"] == "ha-nam"]
    assert issued["cells"][0]["seen"][0]["evidence"][0]["article"] == "c-again.md"


HOSTILE = "<script>alert(1)</script><img src=x onerror=alert(2)>"


@pytest.fixture(scope="module")
def hostile(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("hostile")
    text = (
        f"---\ntitle: {HOSTILE}\nfiction: true\n---\nTỉnh ủy Hà Nam ban hành Kế hoạch số 5-KH/TU "
        f"ngày 1/2/2014 thực hiện Nghị quyết số 25-NQ/TW ngày 3/6/2013 về “{HOSTILE}”."
    )
    (folder / "x.md").write_text(text, encoding="utf-8")
    build(folder / "x.md", graph=folder / "graph")
    return folder


def test_a_path_over_invented_articles_says_so(hostile: Path) -> None:
    told = json.loads(
        run(hostile, "network", "path", "25-NQ/TW", "Tỉnh ủy Hà Nam", "--format", "json")
    )
    assert '"is_fiction": true' in json.dumps(told)


@pytest.mark.parametrize("command", ["trace", "coverage"])
def test_pages_show_what_articles_hold_as_text(hostile: Path, command: str) -> None:
    page = run(hostile, command, "25-NQ/TW", "--format", "html")
    assert "&lt;script&gt;" in page
    assert "<script" not in page
    assert "<img" not in page
    assert "hư cấu" in page
    assert "default-src 'none'" in unescape(page)
