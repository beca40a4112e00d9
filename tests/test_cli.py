"""The command line through its real entry point: results, messages, exit codes."""

from __future__ import annotations

import csv
import io
import json
import os
import re
import shlex
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

import pytest
from corpus import GOLD, HANOI, HUNG_YEN, PROGRAMME, QUANG_NINH, write_files, write_records
from graph_factories import CTR23, NQ25, make_hanoi, make_links, write_graph

import policygraph as pg
from policygraph.graph.iri import DEFAULT_BASE
from policygraph.graph.namespaces import PREFIXES
from policygraph.graph.store import update_folder

pytestmark = pytest.mark.whole

COMMANDS = (
    *("build", "extract", "explain", "query", "trace", "check", "view", "export", "evaluate"),
    *("network", "review"),
)
ANALYSES = ("central", "communities", "co-cited", "coupled", "path")
DECISIONS = (
    *("list", "log", "accept", "reject", "merge", "split", "date", "undo", "export", "import"),
)
GROUPED = [*(f"network {name}" for name in ANALYSES), *(f"review {name}" for name in DECISIONS)]
PROGRAM = [sys.executable, "-m", "policygraph"]
PLAIN = {name: value for name, value in os.environ.items() if name not in ("LC_ALL", "LANG")}


def run(
    *arguments: str | Path,
    cwd: Path,
    code: int = 0,
    stdin: str | None = None,
    environment: Mapping[str, str] | None = None,
) -> subprocess.CompletedProcess[str]:
    """Runs policygraph and checks its exit code; output is UTF-8."""
    done = subprocess.run(
        [*PROGRAM, *map(str, arguments)],
        cwd=cwd,
        input=stdin,
        env={**PLAIN, "COLUMNS": "100", **(environment or {})},
        capture_output=True,
        encoding="utf-8",
        timeout=120,
    )
    assert done.returncode == code, done.stderr
    assert "Traceback" not in done.stderr
    return done


@pytest.fixture(scope="session")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the graph of the Hà Nội article and of two provinces; not to be changed."""
    home = tmp_path_factory.mktemp("built")
    texts = {"hung-yen": HUNG_YEN, "quang-ninh": QUANG_NINH, "plan": PROGRAMME}
    news = write_records(home / "news.jsonl", texts)
    run("build", HANOI, news, cwd=home)
    return home


@pytest.fixture
def home(built: Path, tmp_path: Path) -> Path:
    """The same, to be changed."""
    return Path(shutil.copytree(built, tmp_path / "home"))


def nquads(home: Path) -> list[str]:
    return list(pg.open(home / "graph").nquads())


@pytest.fixture(scope="session")
def checkout(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder as a checkout is after `make demo`; not to be changed."""
    home = tmp_path_factory.mktemp("checkout")
    shutil.copytree(HANOI.parent, home / "data" / "articles")
    write_files(home / "data" / "gold", {"hung-yen.gold": GOLD})
    run("build", "data/articles", cwd=home)
    return home


@pytest.mark.parametrize("command", [*COMMANDS, *GROUPED])
def test_every_command_helps_with_an_example_that_runs(
    command: str, checkout: Path, tmp_path: Path
) -> None:
    home = Path(shutil.copytree(checkout, tmp_path / "home"))
    shown = run(*command.split(), "--help", cwd=home, environment={"COLUMNS": "200"}).stdout
    examples = re.findall(r"Example: +policygraph (.*\S)", shown)
    assert examples
    for example in examples:
        assert run(*shlex.split(example), cwd=home).stderr == ""


def test_help_tells_the_commands_and_the_exit_codes(tmp_path: Path) -> None:
    shown = run("--help", cwd=tmp_path).stdout
    assert "Exit codes: 0 all went well; 1 something failed" in shown
    assert all(command in shown for command in COMMANDS)
    assert run("--version", cwd=tmp_path).stdout == f"policygraph {pg.__version__}\n"


def test_build_tells_what_it_found_and_is_silent_on_the_other_channel(tmp_path: Path) -> None:
    done = run("build", HANOI, cwd=tmp_path)
    assert done.stderr == ""
    head, *counts = done.stdout.splitlines()
    assert head == "graph: 1 read, 0 unchanged, 0 removed"
    found = {what: int(count) for what, count in (line.split() for line in counts)}
    assert list(found) == [
        *("articles", "documents", "organisations", "campaigns", "relations", "contradictions")
    ]
    assert (found["articles"], found["campaigns"], found["contradictions"]) == (1, 6, 1)


def test_build_twice_gives_the_same_bytes(home: Path) -> None:
    run("export", "--output", "first.nq", cwd=home)
    done = run("build", HANOI, "news.jsonl", cwd=home)
    assert done.stdout.startswith("graph: 0 read, 4 unchanged, 0 removed\n")
    run("export", "--output", "second.nq", cwd=home)
    assert (home / "first.nq").read_bytes() == (home / "second.nq").read_bytes()


def test_build_takes_up_what_changed(home: Path) -> None:
    write_records(home / "news.jsonl", {"hung-yen": HUNG_YEN, "plan": QUANG_NINH})
    done = run("build", "news.jsonl", cwd=home)
    assert done.stdout.startswith("graph: 1 read, 1 unchanged, 1 removed\n")
    asked = "SELECT ?id { ?a dcterms:identifier ?id } ORDER BY ?id"
    shown = run("query", asked, "--format", "csv", cwd=home).stdout
    assert shown.split() == ["id", "hanoi-dan-van.txt", "hung-yen", "plan"]


def test_extract_prints_a_record_an_article(tmp_path: Path) -> None:
    articles = tmp_path / "bài báo"
    articles.mkdir()
    shutil.copy(HANOI, articles)
    done = run("extract", "bài báo", cwd=tmp_path)
    (record,) = map(json.loads, done.stdout.splitlines())
    assert record["source"] == "bài báo/hanoi-dan-van.txt"
    assert record["text"] == (articles / "hanoi-dan-van.txt").read_bytes().decode()
    surfaces = {record["text"][m["start"] : m["end"]] for m in record["mentions"]}
    assert "Nghị quyết Trung ương 7 (khóa XI)" in surfaces
    entities = {entity["id"]: entity for entity in record["entities"]}
    assert {m["entity"] for m in record["mentions"]} == set(entities)
    programme = next(e for e in entities.values() if e.get("number") == "23-CTr/TU")
    assert programme["attested_dates"] == ["2013-07-25", "2013-07-15"]
    (implements,) = [r for r in record["relations"] if r["predicate"] == "implements"][:1]
    assert {implements["subject"], implements["object"]} <= set(entities)


def test_extract_calls_a_record_by_its_id(built: Path) -> None:
    done = run("extract", "news.jsonl", cwd=built)
    sources = [json.loads(line)["source"] for line in done.stdout.splitlines()]
    assert sources == ["hung-yen", "quang-ninh", "plan"]


def test_extract_shows_tables_and_pages(built: Path, tmp_path: Path) -> None:
    shown = run("extract", HANOI, "--format", "table", cwd=tmp_path).stdout
    assert "Chương trình hành động số 23-CTr/TU" in shown
    page = run("extract", HANOI, "--format", "html", cwd=tmp_path).stdout
    assert page.startswith("<!doctype html>")
    assert "<mark" in page
    news = built / "news.jsonl"
    run("extract", news, "--format", "html", "--output", "pages", cwd=tmp_path)
    assert sorted(file.name for file in (tmp_path / "pages").iterdir()) == [
        *("hung-yen.html", "plan.html", "quang-ninh.html")
    ]
    refused = run("extract", news, "--format", "html", cwd=tmp_path, code=1)
    assert "--output pages" in refused.stderr


def test_query_takes_its_sparql_from_everywhere(built: Path, tmp_path: Path) -> None:
    sparql = "ASK { ?s pg:implements ?o }"
    file = write_files(tmp_path, {"ask.rq": "\ufeff" + sparql}) / "ask.rq"
    assert run("query", sparql, cwd=built).stdout == "true\n"
    assert run("query", "--file", file, cwd=built).stdout == "true\n"
    assert run("query", "--file", "-", cwd=built, stdin=sparql).stdout == "true\n"
    refused = run("query", sparql, "--file", file, cwd=built, code=2)
    assert "give one of" in refused.stderr


def test_query_answers_in_every_format(built: Path) -> None:
    select = 'SELECT ?label { ?d pg:number "25-NQ/TW"; a pg:PartyDocument; rdfs:label ?label }'
    label = "Nghị quyết 25-NQ/TW"

    def ask(format: str) -> str:
        return run("query", select, "--format", format, cwd=built).stdout

    assert label in ask("table")
    assert json.loads(ask("json"))["results"]["bindings"][0]["label"]["value"] == label
    assert ask("csv").splitlines() == ["label", label]
    assert ask("tsv").splitlines() == ["?label", f'"{label}"']
    assert f"<literal>{label}</literal>" in ask("xml")
    assert "SELECT" not in run("query", "--list", cwd=built).stdout
    construct = "CONSTRUCT { ?s pg:implements ?o } { ?s pg:implements ?o }"
    assert "pg:implements" in run("query", construct, "--format", "ttl", cwd=built).stdout
    assert "ttl" in run("query", construct, "--format", "csv", cwd=built, code=1).stderr


def test_query_knows_named_questions(built: Path) -> None:
    listed = run("query", "--list", cwd=built).stdout
    assert "implementers" in listed
    assert "Which documents and bodies carry out this document" in listed
    assert listed.index("Carrying out") < listed.index("implementers") < listed.index("Campaigns /")
    queries = json.loads(run("query", "--list", "--format", "json", cwd=built).stdout)
    described = {query["name"]: query for query in queries}
    assert described["provinces"]["parameters"][1] == {"name": "asOf", "type": "date"}
    assert described["implementers"]["question"]["vi"].startswith("Những văn bản, tổ chức nào")
    asked = ("query", "--name", "implementers", "--format", "csv")
    done = run(*asked, "--set", "document=25-NQ/TW", cwd=built)
    rows = list(csv.DictReader(io.StringIO(done.stdout)))
    assert {row["implementerLabel"] for row in rows} == {"Chương trình hành động 23-CTr/TU"}
    assert len(list(csv.DictReader(io.StringIO(run(*asked, cwd=built).stdout)))) > len(rows)


def test_query_answers_the_same_within_a_time(built: Path) -> None:
    named = ("query", "--name", "implementers", "--set", "document=25-NQ/TW")
    for asked in (
        named,
        ("query", "ASK { ?s pg:implements ?o }"),
        ("query", "SELECT * { ?s pg:date ?d } ORDER BY ?s ?d", "--format", "json"),
        ("query", "CONSTRUCT WHERE { ?s pg:implements ?o }"),
    ):
        free = run(*asked, cwd=built).stdout
        assert run(*asked, "--timeout", "60", cwd=built).stdout == free
    slow = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l }"
    done = run("query", slow, "--timeout", "0.5", cwd=built, code=1)
    assert done.stderr.startswith("error: the query took longer than 0.5 seconds")
    done = run("query", "SELECT * { ?s ?p }", "--timeout", "60", cwd=built, code=1)
    assert "1:12: cannot go on" in done.stderr


@pytest.mark.parametrize(
    ("setting", "code", "told"),
    [
        ("document", 2, "document=25-NQ/TW"),
        ("body=25-NQ/TW", 1, "its parameters: document"),
        ("name=25-NQ/TW", 1, "its parameters: document"),
        ("document=26-NQ/TW", 1, "did you mean “25-NQ/TW”"),
    ],
)
def test_a_wrong_setting_of_a_named_question_is_explained(
    built: Path, setting: str, code: int, told: str
) -> None:
    done = run("query", "--name", "implementers", "--set", setting, cwd=built, code=code)
    assert told in done.stderr


@pytest.mark.parametrize("name", ["25-NQ/TW", "Nghị quyết Trung ương 7 khóa XI"])
def test_trace_says_what_carries_out_a_resolution_and_where_it_says_so(
    built: Path, name: str
) -> None:
    found = json.loads(run("trace", name, "--format", "json", cwd=built).stdout)
    assert found["target"]["number"] == "25-NQ/TW"
    assert found["target"]["date"] == "2013-06-03"
    (step,) = found["steps"]
    assert (step["subject"]["number"], step["predicate"]) == ("23-CTr/TU", "implements")
    assert step["subject"]["issuer"] == "Thành ủy Hà Nội"
    text = HANOI.read_text(encoding="utf-8")
    assert step["evidence"]
    for said in step["evidence"]:
        assert said["article"] == "hanoi-dan-van.txt"
        assert text[said["start"] : said["end"]] == said["quote"]
    shown = run("trace", name, cwd=built).stdout
    assert "implemented by Chương trình hành động 23-CTr/TU, 2013-07-25, Thành ủy Hà Nội" in shown
    for said in step["evidence"]:
        assert f"hanoi-dan-van.txt:{said['start']}-{said['end']}" in shown


def test_trace_goes_step_by_step(built: Path) -> None:
    shown = run("trace", "18-NQ/TW", "--format", "csv", cwd=built).stdout
    rows = list(csv.DictReader(io.StringIO(shown)))
    assert [(row["depth"], row["subject_number"], row["article"]) for row in rows] == [
        ("1", "12-CTr/TU", "hung-yen"),
        ("1", "21-CTr/TU", "quang-ninh"),
        ("2", "77/KH-UBND", "plan"),
    ]
    tree = run("trace", "18-NQ/TW", cwd=built).stdout
    (line,) = [line for line in tree.splitlines() if "77/KH-UBND, 2018" in line]
    assert line.startswith("│   └── implemented by Kế hoạch")


def test_check_reports_both_sentences_of_a_contradiction(built: Path, tmp_path: Path) -> None:
    done = run("check", cwd=built)
    assert "23-CTr/TU: date 2013-07-15 or 2013-07-25" in done.stdout
    (found,) = json.loads(run("check", "--format", "json", cwd=built).stdout)["contradictions"]
    text = HANOI.read_text(encoding="utf-8")
    assert [value["value"] for value in found["values"]] == ["2013-07-15", "2013-07-25"]
    for value in found["values"]:
        (said,) = value["evidence"]
        assert text[said["start"] : said["end"]] == said["quote"]
        assert f"{said['article']}:{said['start']}-{said['end']}" in done.stdout
    assert run("check", "--strict", cwd=built, code=1).stdout == done.stdout
    run("build", built / "news.jsonl", cwd=tmp_path)
    assert run("check", "--strict", cwd=tmp_path).stdout.startswith("no contradictions\n\n")


CHECKED = {
    "a": "Nghị quyết số 25-NQ/TW, ngày 03/6/2013 của Bộ Chính trị. Quyết định số 45 chưa rõ.\n",
    "b": "Nghị quyết số 25-NQ/TW, ngày 03/6/2013 của Ban Chấp hành Trung ương khóa XI.\n",
    "c": "Theo Nghị quyết số 19-NQ/TW và Quyết định số 1234/QĐ-TTg ngày 5/3/2019, các tỉnh làm.\n",
}
CONTRADICTIONS = """\
contradictions: 1
Nghị quyết 25-NQ/TW: issuer Ban Chấp hành Trung ương Đảng or Bộ Chính trị
  Ban Chấp hành Trung ương Đảng  “Nghị quyết số 25-NQ/TW, ngày 03/6/2013 của Ban Chấp hành Trung \
ương khóa XI.” b:0-76
  Bộ Chính trị  “Nghị quyết số 25-NQ/TW, ngày 03/6/2013 của Bộ Chính trị.” a:0-56
"""
OPEN = """\
open citations: 1
Nghị quyết 19-NQ/TW: may be Nghị quyết 19-NQ/TW, 2017-10-25 or Nghị quyết 19-NQ/TW, 2022-06-16
  “Nghị quyết số 19-NQ/TW” c:5-27
"""
UNKNOWN = """\
unknown documents: 1
Quyết định 45: in 1 article
  “Quyết định số 45” a:57-73

identified central documents outside the registry: 1
Quyết định 1234/QĐ-TTg: in 1 article
  “Quyết định số 1234/QĐ-TTg” c:31-56
"""


@pytest.fixture(scope="module")
def checked(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with a graph in which there is something of every kind to find."""
    home = tmp_path_factory.mktemp("checked")
    run("build", write_records(home / "news.jsonl", CHECKED), cwd=home)
    return home


@pytest.mark.parametrize(
    ("only", "sections"),
    [
        ([], [CONTRADICTIONS, OPEN, UNKNOWN]),
        (["contradictions"], [CONTRADICTIONS]),
        (["decided"], ["no decided contradictions\n"]),
        (["open"], [OPEN]),
        (["unknown"], [UNKNOWN]),
        (["unknown", "contradictions"], [CONTRADICTIONS, UNKNOWN]),
    ],
)
def test_check_tells_the_kinds_asked_for(
    checked: Path, only: list[str], sections: list[str]
) -> None:
    arguments = [part for kind in only for part in ("--only", kind)]
    assert run("check", *arguments, cwd=checked).stdout == "\n".join(sections)
    found = json.loads(run("check", *arguments, "--format", "json", cwd=checked).stdout)
    kinds = ("contradictions", "decided", "open", "unknown")
    assert list(found) == [kind for kind in kinds if not only or kind in only]
    assert [kind for kind in found if not found[kind]] in ([], ["decided"])


def test_check_finds_the_same_in_json(checked: Path) -> None:
    found = json.loads(run("check", "--format", "json", cwd=checked).stdout)
    (contradiction,), (citation,) = found["contradictions"], found["open"]
    assert contradiction["property"] == "issuer"
    assert [each["date"] for each in citation["candidates"]] == ["2017-10-25", "2022-06-16"]
    assert [
        (each["label"], each["is_identified"], each["articles"]) for each in found["unknown"]
    ] == [
        ("Quyết định 45", False, 1),
        ("Quyết định 1234/QĐ-TTg", True, 1),
    ]
    quoted = [value["evidence"][0] for value in contradiction["values"]]
    for said in (*quoted, *citation["evidence"], *(each["first"] for each in found["unknown"])):
        assert CHECKED[said["article"]][said["start"] : said["end"]] == said["quote"]


def test_strict_counts_contradictions_alone_and_always(checked: Path, tmp_path: Path) -> None:
    assert run("check", "--only", "open", "--strict", cwd=checked, code=1).stdout == OPEN
    run("build", write_records(tmp_path / "news.jsonl", {"c": CHECKED["c"]}), cwd=tmp_path)
    assert "open citations: 1" in run("check", "--strict", cwd=tmp_path).stdout


def test_check_tells_broken_shapes_in_words_where_asked(home: Path) -> None:
    assert run("check", "--shapes", cwd=home).stdout.endswith("\n\nno broken shapes\n")
    with update_folder(home / "graph") as update:
        change = (
            "DELETE { GRAPH ?g { ?d pg:date ?o } } INSERT { GRAPH ?g { ?d pg:date 'soon\\n' } }"
        )
        where = "WHERE { GRAPH ?g { ?d pg:number '25-NQ/TW' ; pg:date ?o ; a pg:PartyDocument } }"
        update.store.update(change + where, prefixes=dict(PREFIXES))
    told = run("check", "--shapes", "--only", "unknown", cwd=home).stdout
    assert told.endswith(
        "broken shapes: 1\n"
        "Nghị quyết 25-NQ/TW: date is “soon ”; expected: a day like 2013-07-25\n"
        f"  {DEFAULT_BASE}document/dang/tw/xi/nq/25\n"
    )
    asked = ("check", "--shapes", "--only", "open", "--format", "json", "--strict")
    found = json.loads(run(*asked, cwd=home, code=1).stdout)
    assert list(found) == ["open", "shapes"]
    assert found["shapes"][0]["expected"] == "a day like 2013-07-25"
    assert "shapes" not in json.loads(run("check", "--format", "json", cwd=home).stdout)


def test_without_pyshacl_the_extra_is_named(built: Path, tmp_path: Path) -> None:
    (tmp_path / "pyshacl.py").write_text("raise ImportError", encoding="utf-8")
    hidden = {"PYTHONPATH": str(tmp_path)}
    done = run("check", "--shapes", cwd=built, code=1, environment=hidden)
    assert 'pip install "policygraph[check]"' in done.stderr
    assert run("check", cwd=built, environment=hidden).stdout


def test_query_takes_a_day(home: Path) -> None:
    run("query", "--name", "renamed", "--set", "asOf=2025-07-01", cwd=home)
    done = run("query", "--name", "renamed", "--set", "asOf=hôm nay", cwd=home, code=1)
    assert done.stderr == "error: “hôm nay” is no date (write it as 2025-07-01)\n"
    assert "organisation, asOf:date" in run("query", "--list", cwd=home).stdout


def test_query_takes_a_year_and_a_type(home: Path) -> None:
    asked = ("query", "--name", "documents", "--format", "csv")
    done = run(*asked, "--set", "type=Kế hoạch", "--set", "year=1999", cwd=home)
    assert len(done.stdout.splitlines()) == 1
    done = run(*asked, "--set", "year=năm nay", cwd=home, code=1)
    assert done.stderr == "error: “năm nay” is no year (write it as 2025)\n"
    done = run(*asked, "--set", "type=CTr", cwd=home, code=2)
    assert "Chương trình hành động" in done.stderr
    done = run(*asked, "--set", "type=Kế hoạch 5", cwd=home, code=1)
    assert "there is “Kế hoạch”" in done.stderr


def test_each_build_is_logged_beside_the_graph(home: Path) -> None:
    before = nquads(home)
    run("build", home / "news.jsonl", cwd=home)
    first, second = map(json.loads, (home / "graph" / "builds.jsonl").read_text().splitlines())
    assert (first["read"], second["read"], second["unchanged"]) == (4, 0, 3)
    assert first["finished"] <= second["finished"]
    assert nquads(home) == before
    assert any(first["data_version"] in line for line in before)


def test_check_says_of_each_kind_that_there_is_nothing(tmp_path: Path) -> None:
    run("build", write_records(tmp_path / "news.jsonl", {"a": "Trời đẹp.\n"}), cwd=tmp_path)
    assert run("check", cwd=tmp_path).stdout.split("\n\n") == [
        "no contradictions",
        "no open citations",
        "no unknown documents",
        "no identified central documents outside the registry\n",
    ]
    empty = {"contradictions": [], "decided": [], "open": [], "unknown": []}
    assert json.loads(run("check", "--format", "json", cwd=tmp_path).stdout) == empty


def test_network_central_counts_what_stands_behind_a_figure(built: Path) -> None:
    shown = run("network", "central", "--limit", "2", cwd=built).stdout
    caption, _, head, _, first, *_ = shown.splitlines()
    assert caption.startswith("2 of 11 documents; relations=cites,implements,")
    assert caption.endswith("damping=0.85; by=pagerank; limit=2")
    columns = [column.strip() for column in head.strip("┃").split("┃")]
    assert columns[-3:] == ["pagerank", "cited by articles", "implemented by"]
    assert re.split(r" *│ *", first.strip("│"))[1::4] == ["Nghị quyết 18-NQ/TW", "2"]


def test_network_communities_hang_together_by_a_sentence(built: Path) -> None:
    arguments = ("network", "communities", "--relation", "implements", "--format", "json")
    found = json.loads(run(*arguments, cwd=built).stdout)
    assert found["parameters"] == {
        "relations": ["implements"],
        "weight": "sentences",
        "resolution": 1.0,
        "seed": 0,
        "limit": 20,
    }
    plans = next(each for each in found["communities"] if "18-NQ/TW" in each["label"])
    assert {member["number"] for member in plans["members"]} == {
        *("18-NQ/TW", "12-CTr/TU", "21-CTr/TU", "77/KH-UBND")
    }
    texts = {"hung-yen": HUNG_YEN, "quang-ninh": QUANG_NINH, "plan": PROGRAMME}
    said = [tie["sentence"] for tie in plans["ties"]]
    assert all(texts[each["article"]].startswith(each["quote"]) for each in said)


def test_network_tells_what_is_cited_together_and_what_cites_the_same(built: Path) -> None:
    cited = run("network", "co-cited", "18-NQ/TW", "--format", "csv", cwd=built).stdout
    rows = list(csv.DictReader(io.StringIO(cited)))
    assert [(row["second"], row["articles of both"], row["which articles"]) for row in rows] == [
        ("Chương trình hành động 21-CTr/TU", "1", "quang-ninh"),
        ("Chương trình hành động 12-CTr/TU", "1", "hung-yen"),
    ]
    assert {row["parameters"] for row in rows} == {
        f"document={rows[0]['first id']}; least=1; by=shared; limit=20"
    }
    coupled = run("network", "coupled", "quang-ninh", "--format", "json", cwd=built).stdout
    (pair,) = json.loads(coupled)["pairs"]
    assert (pair["second"]["label"], pair["shared"][0]["number"]) == ("hung-yen", "18-NQ/TW")
    documents = run("network", "coupled", "--kind", "document", cwd=built).stdout
    assert "Chương trình hành động 21-CTr/TU" in documents


def test_network_path_quotes_each_step(built: Path) -> None:
    ends = ("77/KH-UBND", "21-CTr/TU")
    found = json.loads(run("network", "path", *ends, "--format", "json", cwd=built).stdout)
    (path,) = found["paths"]
    assert [
        (step["to"]["number"], said["relation"], said["forward"], said["sentence"]["article"])
        for step in path
        for said in step["relations"]
    ] == [
        ("12-CTr/TU", "implements", True, "plan"),
        ("18-NQ/TW", "implements", True, "hung-yen"),
        ("21-CTr/TU", "implements", False, "quang-ninh"),
    ]
    shown = run("network", "path", *ends, cwd=built).stdout
    assert shown.startswith("1 of 1 shortest paths of 3 steps; relations=")
    assert "← implements" in shown
    assert PROGRAMME.strip() in shown


def test_network_says_where_there_is_nothing(built: Path) -> None:
    ends = ("77/KH-UBND", "217-QĐ/TW")
    shown = run("network", "path", *ends, "--relation", "implements", cwd=built).stdout
    assert shown.splitlines()[0].startswith("0 of 0 shortest paths; relations=implements;")
    assert "nothing leads from Kế hoạch 77/KH-UBND to Quyết định 217-QĐ/TW" in shown
    assert "--through-articles" in shown
    same = run("network", "path", "217-QĐ/TW", "217-QĐ/TW", cwd=built).stdout
    assert "both names stand for Quyết định 217-QĐ/TW" in same
    arguments = ("--relation", "implements", "--format", "csv")
    rows = run("network", "path", *ends, *arguments, cwd=built).stdout
    assert rows.startswith("path,step,from,")
    assert len(rows.splitlines()) == 1
    empty = run("network", "co-cited", "217-QĐ/TW", "--least", "9", cwd=built).stdout
    assert "no article here cites two of them together" in empty


@pytest.mark.parametrize(
    ("arguments", "code", "parts"),
    [
        (["central", "--relation", "implement"], 1, ["no relation 'implement'", "implements"]),
        (["central", "--by", "fame"], 1, ["by may not be 'fame'", "pagerank"]),
        (["central", "--damping", "1"], 2, ["0.99"]),
        (["co-cited", "26-NQ/TW"], 1, ["did you mean", "25-NQ/TW"]),
        (["coupled", "hung-yen", "--kind", "document"], 1, ["nothing", "hung-yen"]),
        (["coupled", "Bộ Chính trị"], 1, ["of the kind 'organisation'", "article or document"]),
        (["path", "25-NQ/TW"], 2, ["Missing argument", "network path --help"]),
    ],
)
def test_network_says_what_it_cannot_use(
    built: Path, arguments: list[str], code: int, parts: list[str]
) -> None:
    done = run("network", *arguments, cwd=built, code=code)
    assert done.stdout == ""
    assert [part for part in parts if part not in done.stderr] == []


def test_network_lists_the_bearers_of_an_ambiguous_name(tmp_path: Path) -> None:
    run("build", write_records(tmp_path / "news.jsonl", SAME_NUMBER), cwd=tmp_path)
    done = run("network", "path", "19-NQ/TW", "Bộ Chính trị", cwd=tmp_path, code=2)
    assert "may be any of 2 things" in done.stderr
    assert len(done.stderr.splitlines()) == 3


SAME_NUMBER = {
    "a": "Nghị quyết số 19-NQ/TW ngày 25/10/2017 của Ban Chấp hành Trung ương Đảng khóa XII.\n",
    "b": "Nghị quyết số 19-NQ/TW ngày 16/6/2022 của Ban Chấp hành Trung ương Đảng khóa XIII.\n",
}


@pytest.mark.parametrize("format", ["table", "csv", "json"])
def test_network_writes_a_file_and_lets_no_title_command_the_terminal(
    tmp_path: Path, format: str
) -> None:
    evil = "Tin \x1b[31m\x9b1m\n\u202eđỏ"
    records = [{"id": id_, "title": evil, "text": HUNG_YEN} for id_ in ("a", "b")]
    lines = "".join(json.dumps(record) + "\n" for record in records)
    run("build", write_files(tmp_path, {"news.jsonl": lines}) / "news.jsonl", cwd=tmp_path)
    arguments = ("network", "coupled", "--format", format)
    shown = run(*arguments, cwd=tmp_path).stdout
    assert "Tin" in shown
    if format == "table":
        assert not {"\x1b", "\x9b", "\u202e"} & set(shown)
        assert len(shown.splitlines()) == 6
    assert run(*arguments, "--output", "out", cwd=tmp_path).stdout == ""
    assert (tmp_path / "out").read_text(encoding="utf-8").split() == shown.split()


def test_view_and_export_write_files(built: Path, tmp_path: Path) -> None:
    graph = ("--graph", built / "graph")
    run("view", *graph, "--output", "page.html", "--title", "Hà Nội", cwd=tmp_path)
    page = (tmp_path / "page.html").read_text(encoding="utf-8")
    assert "<title>Hà Nội</title>" in page
    assert "23-CTr/TU" in page
    for name in ("graph.ttl", "graph.trig", "graph.graphml", "graph.csv"):
        run("export", *graph, "--output", name, cwd=tmp_path)
        assert "23-CTr/TU" in (tmp_path / name).read_text(encoding="utf-8")
    run("export", *graph, "--format", "nq", "--output", "quads", cwd=tmp_path)
    assert (tmp_path / "quads").read_text(encoding="utf-8").split("\n")[:-1] == nquads(built)
    assert "gexf" in run("export", *graph, "--output", "a.docx", cwd=tmp_path, code=1).stderr


def newer_format(home: Path) -> None:
    manifest = home / "graph" / "graph.json"
    manifest.write_text(re.sub(r'"format": \d+', '"format": 99', manifest.read_text()))


BAD_INPUTS = {
    # what is there: files, arguments, and what the one line on standard error must hold
    "an empty file": ({"a.txt": b" \n"}, ["build", "a.txt"], ["a.txt", "the file is empty"]),
    "a binary file": (
        {"a.txt": b"\x89PNG\r\n\x1a\n\x00\xff"},
        ["build", "a.txt"],
        ["a.txt", "no text", "binary", "iconv"],
    ),
    "a missing path": ({}, ["build", "nowhere"], ["nowhere", "no such file", ".jsonl"]),
    "a missing path to extract": ({}, ["extract", "nowhere"], ["nowhere", "no such file"]),
    "an empty folder": (
        {"a/b.svg": b"x"},
        ["build", "a"],
        ["a: ", "holds no articles", ".txt", ".docx"],
    ),
    "a folder that is no graph": (
        {"a.txt": HUNG_YEN, "thesis/1.docx": b"x"},
        ["build", "a.txt", "--graph", "thesis"],
        ["thesis", "is no graph folder", "1.docx", "name an empty folder"],
    ),
    "no graph to ask": ({}, ["check", "--graph", "none"], ["none", "policygraph build PATH"]),
    "a broken line": (
        {"a.jsonl": '{"id": "a", "text": \n'},
        ["build", "a.jsonl"],
        ["a.jsonl:1", "broken JSON at column"],
    ),
    "bad SPARQL": (
        {},
        ["query", "SELECT ?s\nWHERE { ?s ?p }"],
        ["2:9", "cannot go on at “?s ?p }”", "part of a triple"],
    ),
    "a change by SPARQL": ({}, ["query", "DELETE { ?s ?p ?o } WHERE { ?s ?p ?o }"], ["only reads"]),
    "a missing query file": ({}, ["query", "--file", "a.rq"], ["a.rq", "cannot be read"]),
    "an unknown query": ({}, ["query", "--name", "implementors"], ["implementers"]),
    "an unknown name": ({}, ["trace", "26-NQ/TW"], ["26-NQ/TW", "did you mean", "25-NQ/TW"]),
    "a page that cannot be written": (
        {},
        ["view", "--output", "no/where.html"],
        ["no/where.html", "cannot be written"],
    ),
}


@pytest.mark.parametrize("case", BAD_INPUTS)
def test_bad_input_is_one_clear_line_and_nothing_is_lost(case: str, home: Path) -> None:
    files, arguments, parts = BAD_INPUTS[case]
    write_files(home, files)
    before, entries = nquads(home), set(home.iterdir())
    done = run(*arguments, cwd=home, code=1)
    assert done.stdout == ""
    (line,) = done.stderr.splitlines()
    assert line.startswith("error: ")
    assert [part for part in parts if part not in line] == []
    assert nquads(home) == before
    assert set(home.iterdir()) == entries


def test_a_graph_of_a_newer_format_is_left_alone(home: Path) -> None:
    newer_format(home)
    before = (home / "graph" / "graph.json").read_text()
    for arguments in (["build", "news.jsonl"], ["trace", "25-NQ/TW"]):
        (line,) = run(*arguments, cwd=home, code=1).stderr.splitlines()
        assert "format 99" in line
        assert "update policygraph" in line
    assert (home / "graph" / "graph.json").read_text() == before


def test_one_bad_file_of_many_is_reported_and_the_rest_is_done(tmp_path: Path) -> None:
    files = {"articles/a.txt": HUNG_YEN, "articles/b.txt": b"", "articles/c.txt": QUANG_NINH}
    write_files(tmp_path, files)
    for command in ("build", "extract"):
        done = run(command, "articles", cwd=tmp_path, code=1)
        assert done.stderr == "error: articles/b.txt: the file is empty\n"
        assert "12-CTr/TU" in done.stdout or "2 read" in done.stdout
    assert "1 failed" in run("build", "articles", cwd=tmp_path, code=1).stdout


def test_an_ambiguous_name_lists_its_candidates(tmp_path: Path) -> None:
    texts = {
        "a": "Nghị quyết số 25-NQ/TW, ngày 03/6/2013 của Ban Chấp hành Trung ương Đảng khóa XI.",
        "b": "Nghị quyết số 25-NQ/TW, ngày 25/7/2008 của Ban Chấp hành Trung ương Đảng khóa X.",
    }
    run("build", write_records(tmp_path / "two.jsonl", texts), cwd=tmp_path)
    done = run("trace", "25-NQ/TW", cwd=tmp_path, code=2)
    assert done.stdout == ""
    error, *candidates = done.stderr.splitlines()
    assert error.startswith("error: “25-NQ/TW” may be any of 2 things")
    assert [("document/dang/tw/" in line, "25-NQ/TW, 20" in line) for line in candidates] == [
        (True, True),
        (True, True),
    ]
    assert "2013-06-03" in run("trace", "25-NQ/TW ngày 3/6/2013", cwd=tmp_path).stdout


def test_a_name_that_every_text_leaves_open_lists_what_it_may_be(tmp_path: Path) -> None:
    texts = {
        "a": "Nghị quyết Trung ương 7 khóa XI đã đi vào cuộc sống.",
        "b": "Nghị quyết số 25-NQ/TW, ngày 03/6/2013 về công tác dân vận.",
    }
    run("build", write_records(tmp_path / "two.jsonl", texts), cwd=tmp_path)
    done = run("trace", "Nghị quyết Trung ương 7 khóa XI", cwd=tmp_path, code=2)
    error, *candidates = done.stderr.splitlines()
    assert "may be any of" in error
    assert [line for line in candidates if "25-NQ/TW, 2013-06-03" in line]
    open_ = next(line.split()[0] for line in candidates if "/hoi-nghi-7/" in line)
    assert run("trace", open_, cwd=tmp_path).stdout.startswith("Nghị quyết Trung ương 7")


@pytest.mark.parametrize("arguments", [["bulid"], ["build"], ["check", "--format", "xml"]])
def test_what_is_not_understood_exits_with_2(arguments: list[str], tmp_path: Path) -> None:
    done = run(*arguments, cwd=tmp_path, code=2)
    assert done.stdout == ""
    assert "Usage:" in done.stderr


def test_output_is_utf8_whatever_the_locale_says(built: Path) -> None:
    narrow = {"LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"}
    done = run("trace", "25-NQ/TW", cwd=built, environment=narrow)
    assert "Chương trình hành động 23-CTr/TU" in done.stdout
    failed = run("trace", "27-NQ/TW", cwd=built, environment=narrow, code=1)
    assert "“25-NQ/TW”" in failed.stderr


@pytest.mark.parametrize("arguments", [["extract", "big.jsonl"], ["query", "SELECT * {?s ?p ?o}"]])
def test_a_reader_that_has_enough_is_no_error(home: Path, arguments: list[str]) -> None:
    write_records(home / "big.jsonl", {str(n): HUNG_YEN * 20 for n in range(60)})
    with subprocess.Popen(
        [*PROGRAM, *arguments], cwd=home, stdout=subprocess.PIPE, stderr=subprocess.PIPE
    ) as process:
        assert process.stdout is not None
        assert process.stderr is not None
        assert process.stdout.read(10)
        process.stdout.close()
        assert process.stderr.read() == b""
        assert process.wait(timeout=60) == 0


def test_an_article_cannot_command_the_terminal(tmp_path: Path) -> None:
    evil = (
        "[bold]Tỉnh ủy Hưng Yên[/] ban hành Kế hoạch số 5-KH/TU về thực hiện Nghị quyết số "
        "25-NQ/TW, ngày 03/6/2013 \x1b]0;pwned\x07\x1b[2J của Ban Chấp hành Trung ương.\n"
    )
    run("build", write_files(tmp_path, {"a.txt": evil}) / "a.txt", cwd=tmp_path)
    for arguments in (["trace", "25-NQ/TW"], ["extract", "a.txt", "--format", "table"], ["check"]):
        shown = run(*arguments, cwd=tmp_path).stdout
        assert "5-KH/TU" in shown
        assert "\x1b" not in shown


def test_a_name_cannot_command_the_terminal(tmp_path: Path) -> None:
    evil = "[bold]\x1b]0;pwned\x07 \x9b2J\u202e\nno contradictions"
    links = make_links(f"{evil}.txt")
    things = tuple(replace(thing, label=thing.label + evil) for thing in links.things)
    opened = tuple(
        replace(link, basis="ambiguous", candidates=(CTR23, NQ25)) if link.thing == NQ25 else link
        for link in links.links
    )
    articles = (make_hanoi(f"{evil}.txt"),)
    write_graph(tmp_path / "graph", articles, replace(links, things=things, links=opened))
    shown = run("check", cwd=tmp_path).stdout
    assert "Chương trình hành động 23-CTr/TU[bold]" in shown
    assert "may be Chương trình hành động 23-CTr/TU[bold]" in shown
    assert all(char.isprintable() for char in shown.replace("\n", ""))
    assert not any(line.startswith("no contradictions") for line in shown.splitlines())


@pytest.mark.parametrize("wait", [0.0, 0.15, 0.4])
def test_a_build_that_is_killed_keeps_the_last_graph(home: Path, wait: float) -> None:
    before = nquads(home)
    write_records(home / "news.jsonl", {str(n): f"{HUNG_YEN}{n}\n" for n in range(3000)})
    with subprocess.Popen([*PROGRAM, "build", "news.jsonl"], cwd=home) as process:
        while len(list((home / "graph").glob("generation-*"))) < 2:
            assert process.poll() is None
            time.sleep(0.005)
        time.sleep(wait)
        process.send_signal(signal.SIGKILL)
    assert process.returncode == -signal.SIGKILL
    assert nquads(home) == before
    write_records(home / "news.jsonl", {"plan": PROGRAMME})
    assert "2 removed" in run("build", "news.jsonl", cwd=home).stdout
    assert len(list((home / "graph").glob("generation-*"))) == 1
