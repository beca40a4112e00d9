"""Why a mention was read: its row, its link, its statements; and what is asked wrongly."""

from __future__ import annotations

import csv
import json
import re
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any, get_args

import pytest
from corpus import HANOI, HUNG_YEN, QUANG_NINH, write_files, write_records

import policygraph as pg
from policygraph.errors import DataError, PolicyGraphError
from policygraph.explanation import MEANINGS, GapExplanation, MentionExplanation
from policygraph.extraction.grammar import load_grammar
from policygraph.extraction.organisation_grammar import load_heads
from policygraph.model import Article, Basis
from policygraph.pipeline import Extraction, annotate
from policygraph.registry import load_registry
from policygraph.resources import find_folder
from policygraph.rule_index import RuleSource, find_known, find_mention_rule, find_rule
from policygraph.statements.cues import RelationCue, load_cues

pytestmark = pytest.mark.whole

DATA = find_folder("data")
TEXT = HANOI.read_bytes().decode("utf-8")
PROGRAMME = "Chương trình hành động số 23-CTr/TU"


def run(*arguments: str | Path, cwd: Path, code: int = 0) -> subprocess.CompletedProcess[str]:
    done = subprocess.run(
        [sys.executable, "-m", "policygraph", "explain", *map(str, arguments)],
        cwd=cwd,
        capture_output=True,
        encoding="utf-8",
        timeout=60,
    )
    assert done.returncode == code, done.stderr
    assert "Traceback" not in done.stderr
    return done


def ask(*arguments: str | Path, cwd: Path) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = json.loads(run(*arguments, "--format", "json", cwd=cwd).stdout)
    return found


def read(text: str, folder: Path, **metadata: str) -> Extraction:
    """The extraction of one text through the Python door."""
    record = {"id": "a", "text": text, **metadata}
    write_files(folder, {"a.jsonl": json.dumps(record)})
    (found,) = pg.extract(folder / "a.jsonl")
    assert isinstance(found, Extraction)
    return found


def explain_first(text: str, words: str, folder: Path, **metadata: str) -> MentionExplanation:
    return read(text, folder, **metadata).explain_words(words)[0]


# --- the rows behind rules ------------------------------------------------------------------------


def list_texts() -> Iterator[str]:
    """The articles at hand, every example of every row alone and in a sentence, every name."""
    yield from (file.read_text(encoding="utf-8") for file in DATA.glob("articles/*.txt"))
    for file in sorted(DATA.rglob("*.toml")):
        tables = tomllib.loads(file.read_text(encoding="utf-8")).values()
        rows = [row for table in tables if isinstance(table, list) for row in table]
        for row in (row for row in rows if isinstance(row, dict)):
            for text in (*row.get("examples", ()), *row.get("counter_examples", ())):
                plain = re.sub(r"⟦(?:[ODC]\d+\|)?|⟧|[\[\]]", "", text)
                yield from (plain, f"Thực hiện {plain} của Trung ương.")
    for name in ("organisations", "campaigns"):
        with (DATA / "registry" / f"{name}.csv").open(encoding="utf-8", newline="") as lines:
            for row in csv.DictReader(lines):
                yield from (f"Theo {n}, “{n}”." for n in (row["name"], *row["aliases"].split(";")))
    for law in tomllib.loads((DATA / "vocab" / "law_names.toml").read_text(encoding="utf-8"))[
        "row"
    ]:
        yield f"Theo Luật {law['name']} năm 2013 và Bộ luật {law['name']}."


def test_every_rule_that_fires_anywhere_has_its_row() -> None:
    fired: set[tuple[str, str]] = set()
    for text in filter(str.strip, list_texts()):
        annotated = annotate(Article("a", text, "0" * 64))
        for mention in annotated.mentions:
            assert find_mention_rule(mention).source
            fired.add((mention.kind, mention.rule))
        for evidence in (e for statement in annotated.statements for e in statement.evidence):
            assert find_rule("statement", evidence.rule).source
            fired.add(("statement", evidence.rule))
    # What was fired is what there is: else the proof above would prove little.
    rules = {("document", rule.row.id) for rules in load_grammar().rules.values() for rule in rules}
    rules |= {("organisation", head.id) for head in load_heads()}
    rules |= {("statement", row.id) for row in load_cues().rows if isinstance(row, RelationCue)}
    assert rules - fired == set()
    assert {("document", "law-name"), ("campaign", "phong-trao")} <= fired
    assert any(rule.startswith("registry:organisation/") for _, rule in fired)
    assert any(rule.startswith("campaign/") for _, rule in fired)


def list_rows() -> Iterator[RuleSource]:
    yield from (find_rule("document", r.row.id) for rs in load_grammar().rules.values() for r in rs)
    yield from (find_rule("organisation", head.id) for head in load_heads())
    yield from (
        find_rule("statement", row.id) for row in load_cues().rows if isinstance(row, RelationCue)
    )
    registry = load_registry()
    for known in (*registry.documents, *registry.organisations, *registry.campaigns):
        row = find_known(known.id)
        assert row
        yield row


def test_a_row_is_named_with_the_line_that_it_begins_in() -> None:
    lines: dict[str, list[str]] = {}
    for row in list_rows():
        if row.file not in lines:
            text = (DATA.parent / row.file).read_text(encoding="utf-8")
            lines[row.file] = text.split("\n")
        begin, following = lines[row.file][row.line - 1 : row.line + 1]
        if row.file.endswith(".csv"):
            assert begin.startswith(f"{row.id},")
        else:
            assert (begin[:2], following) == ("[[", f'id = "{row.id}"')


def test_one_id_in_two_files_is_told_apart_by_what_it_found(tmp_path: Path) -> None:
    text = "Theo Luật Giá năm 2012, Công an tỉnh Nghệ An họp."
    (law,) = read(text, tmp_path).explain_words("Luật Giá")
    assert (law.rule, law.row.id, law.row.file) == (
        "law-name", "luat-gia", "data/vocab/law_names.toml",
    )  # fmt: skip
    (police,) = read(text, tmp_path).explain_words("Công an")
    assert (police.row.id, police.row.file) == ("cong-an", "data/vocab/organisation_heads.toml")


@pytest.mark.parametrize(
    ("text", "words", "file", "row"),
    [
        ("Luật Đất đai năm 2013", "Đất đai", "vocab/law_names.toml", "luat-dat-dai"),
        ("Luật Đất đai (sửa đổi)", "Đất đai", "vocab/law_names.toml", "luat-dat-dai"),
        ("Luật Khai sáng năm 2013", "Khai sáng", "vocab/document_types.toml", "luat"),
        ("Hiến pháp năm 2013", "Hiến pháp", "vocab/document_types.toml", "hien-phap"),
        ("Ba đảm đang", "đảm đang", "registry/campaigns.csv", "campaign/ba-dam-dang"),
    ],
)
def test_names_lead_to_the_row_that_knows_them(
    text: str, words: str, file: str, row: str, tmp_path: Path
) -> None:
    found = explain_first(f"Theo “{text}” đã nêu.", words, tmp_path)
    assert (found.row.file, found.row.id) == (f"data/{file}", row)


def test_an_id_that_no_row_bears_is_a_fault_of_the_data() -> None:
    with pytest.raises(DataError, match=r"data/rules/citations.toml: no row has the id 'no-such'"):
        find_rule("document", "no-such")


# --- what is told ---------------------------------------------------------------------------------


def test_a_mention_is_explained_from_its_row_to_its_statements(tmp_path: Path) -> None:
    start = TEXT.index(PROGRAMME)
    (found,) = ask(f"{HANOI}:{start + 5}", cwd=tmp_path)
    assert found["article"] == HANOI.as_posix()
    assert found["mention"] == {"start": start, "end": start + len(PROGRAMME), "text": PROGRAMME}
    assert (found["kind"], found["rule"]) == ("document", "typed-number")
    row = found["row"]
    assert (row["id"], row["file"]) == ("typed-number", "data/rules/citations.toml")
    assert row["source"]
    assert "Nghị quyết số 25-NQ/TW" in row["examples"]
    values = {each["name"]: (each["value"], each["place"]) for each in found["attributes"]}
    assert values["type"] == ("Chương trình hành động (chuong-trinh-hanh-dong)", None)
    assert values["number"] == ("23-CTr/TU", None)
    date, place = values["date"]
    assert (date, place["text"]) == ("2013-07-25", "25/7/2013")
    assert TEXT[place["start"] : place["end"]] == place["text"]
    assert values["issuer"][0] == "Thành ủy Hà Nội"
    (other,) = found["others"]
    assert other["start"] == TEXT.index(PROGRAMME, start + 1)
    link = found["link"]
    assert link["id"] == "document/dang/tu/ha-noi/2010-2015/ctr/23"
    assert (link["basis"], link["meaning"]) == ("number-and-date", MEANINGS["number-and-date"])
    stated = [s for s in found["statements"] if s["is_here"]]
    assert [(s["predicate"], s["object"], s["rule"]["id"]) for s in stated] == [
        ("issuedBy", "Thành ủy Hà Nội", "issue"),
        ("implements", "Nghị quyết 25-NQ/TW", "carry-out"),
    ]
    assert {s["rule"]["file"] for s in stated} == {"data/vocab/relation_cues.toml"}
    assert all(start in range(s["sentence"]["start"], s["sentence"]["end"]) for s in stated)
    assert [s["is_here"] for s in found["statements"]].count(False) == 2


def test_the_text_form_tells_the_same(tmp_path: Path) -> None:
    start = TEXT.index(PROGRAMME)
    shown = run(f"{HANOI}:{start}", cwd=tmp_path).stdout
    assert re.search(r"^made by the row typed-number, data/rules/citations\.toml:\d+$", shown, re.M)
    for line in (
        f"{HANOI.as_posix()}:{start}-{start + len(PROGRAMME)}  document",
        "  number    23-CTr/TU",
        "            “Chỉ thị 03/CT-TW”",
        f"  “{PROGRAMME}” {TEXT.index(PROGRAMME, start + 1)}-",
        "stands for Chương trình hành động 23-CTr/TU",
        f"  basis     number-and-date: {MEANINGS['number-and-date']}",
        "  Chương trình hành động 23-CTr/TU implements Nghị quyết 25-NQ/TW",
        "    by the row carry-out, data/vocab/relation_cues.toml:",
    ):
        assert f"\n{line}" in f"\n{shown}"


def test_the_documents_of_the_same_number_are_told_with_what_is_against_them(
    tmp_path: Path,
) -> None:
    text = (
        "Nghị quyết số 25-NQ/TW, ngày 03/6/2013 của Ban Chấp hành Trung ương Đảng khóa XI nêu rõ. "
    )
    found = explain_first(text, "25-NQ/TW", tmp_path)
    assert found.link.id == "document/dang/tw/xi/nq/25"
    assert found.link.known
    assert found.link.known.file == "data/registry/documents.csv"
    against = {candidate.id: candidate.reason for candidate in found.link.rejected}
    assert against["document/dang/tw/ix/nq/25"] == (
        "it is of 2003-03-12, and the text says 2013-06-03"
    )
    assert "lead" in (against["document/dang/tw/xiv/nq/25"] or "")
    assert found.link.candidates == ()


@pytest.mark.parametrize(
    ("text", "metadata", "rejected", "reason"),
    [
        ("Nghị quyết số 25-NQ/TW khóa X.", {}, "xi", "it is of term XI, and the text says X"),
        ("Nghị quyết số 25-NQ/TW năm 2013.", {}, "x", "it is of 2008, and the text says 2013"),
        (
            "Nghị quyết số 25-NQ/TW nêu rõ.",
            {"published": "2010-01-01"},
            "xi",
            "it is of 2013-06-03, younger than the article",
        ),
    ],
)
def test_what_is_against_a_document(
    text: str, metadata: dict[str, str], rejected: str, reason: str, tmp_path: Path
) -> None:
    found = explain_first(text, "25-NQ/TW", tmp_path, **metadata)
    against = {candidate.id: candidate.reason for candidate in found.link.rejected}
    assert against[f"document/dang/tw/{rejected}/nq/25"] == reason


def test_what_stays_open_lists_what_it_may_be(tmp_path: Path) -> None:
    found = explain_first("Thực hiện Nghị quyết 25-NQ/TW của Trung ương.", "25-NQ/TW", tmp_path)
    assert (found.link.id, found.link.basis) == ("document/dang/tw/_/nq/25", "ambiguous")
    assert {"document/dang/tw/xi/nq/25", "document/dang/tw/x/nq/25"} <= {
        candidate.id for candidate in found.link.candidates
    }
    assert all(candidate.reason is None for candidate in found.link.candidates)
    shown = run(tmp_path / "a.jsonl", "--find", "25-NQ/TW", cwd=tmp_path).stdout
    assert "  may be    Nghị quyết 25-NQ/TW (document/dang/tw/xi/nq/25), data/registry/" in shown


def test_what_the_registry_completes_shows_what_the_text_alone_gives(tmp_path: Path) -> None:
    shown = run(HANOI, "--find", "217-QĐ/TW", cwd=tmp_path).stdout
    assert "  alone     document/dang/tw/_/qd/217, by what this text says of it\n" in shown


def test_every_basis_is_put_in_words() -> None:
    assert set(MEANINGS) == set(get_args(Basis))


def test_names_laws_plenums_and_provisions_are_told(tmp_path: Path) -> None:
    text = (
        "Theo khoản 2 Điều 80 của dự thảo Luật Đất đai (sửa đổi), Ban Dân vận Thành ủy Hà Nội nêu "
        "Nghị quyết Trung ương 7 (khóa XI)."
    )
    found = read(text, tmp_path)

    def attributes(words: str) -> dict[str, str]:
        return {each.name: each.value for each in found.explain_words(words)[0].attributes}

    law = attributes("Luật Đất đai")
    assert (law["provision"], law["draft"]) == ("khoản 2 Điều 80", "yes")
    body = attributes("Ban Dân vận")
    assert (body["place"], body["part of"]) == ("ha-noi", "Thành ủy Hà Nội")
    assert {"plenum": "7", "term": "XI"}.items() <= attributes("Trung ương 7").items()


def test_every_offset_of_the_article_is_explained() -> None:
    (found,) = pg.extract(HANOI)
    assert isinstance(found, Extraction)
    mentions = {m.span.start: m.span for m in found.annotated.mentions}
    for offset in range(0, len(TEXT), 7):
        told = found.explain(offset)
        if isinstance(told, GapExplanation):
            assert told.offset == offset
            for near in (told.before, told.behind):
                assert near is None or mentions[near.start].end == near.end
            assert told.before is None or told.before.end <= offset
            assert told.behind is None or told.behind.start > offset
        else:
            assert told.mention.start <= offset < told.mention.end
            assert TEXT[told.mention.start : told.mention.end] == told.mention.text


# --- places without a mention ---------------------------------------------------------------------


def test_a_place_between_mentions_names_the_nearest_and_what_was_read_there(
    tmp_path: Path,
) -> None:
    start = TEXT.index("25/7/2013")
    (found,) = ask(f"{HANOI}:{start}", cwd=tmp_path)
    assert found["mention"] is None
    assert found["before"]["text"] == PROGRAMME
    assert found["behind"]["text"] == "Nghị quyết số 25-NQ/TW"
    assert (found["read_as"]["name"], found["read_of"]["text"]) == ("date", PROGRAMME)
    shown = run(f"{HANOI}:{start}", cwd=tmp_path).stdout
    assert "no mention" in shown
    assert "read here: the date 2013-07-25" in shown
    assert f"nearest before: “{PROGRAMME}” {TEXT.index(PROGRAMME)}-" in shown


def test_furniture_is_called_so(tmp_path: Path) -> None:
    (found,) = ask(f"{HANOI}:{len(TEXT) - 5}", cwd=tmp_path)
    assert found["furniture"]["end"] == len(TEXT)
    assert found["behind"] is None
    shown = run(f"{HANOI}:{len(TEXT) - 5}", cwd=tmp_path).stdout
    assert "in furniture" in shown
    assert "nearest behind: none" in shown


def test_a_text_without_mentions_has_no_nearest(tmp_path: Path) -> None:
    write_files(tmp_path, {"a.txt": "Trời đẹp."})
    shown = run("a.txt:3", cwd=tmp_path).stdout
    assert shown.endswith("  nearest before: none\n  nearest behind: none\n")


# --- by words, and of several articles ------------------------------------------------------------


def test_words_find_every_mention_that_holds_them_in_any_spelling(tmp_path: Path) -> None:
    found = ask(HANOI, "--find", "thành  Uỷ hà nội", cwd=tmp_path)
    assert [each["mention"]["text"] for each in found] == ["Thành uỷ Hà Nội", "Thành ủy Hà Nội"]
    shown = run(HANOI, "--find", "23-ctr", cwd=tmp_path).stdout
    assert shown.count("made by the row") == 2


def test_words_are_looked_for_in_all_articles_and_an_offset_needs_one(tmp_path: Path) -> None:
    write_records(tmp_path / "n.jsonl", {"hung-yen": HUNG_YEN, "quang-ninh": QUANG_NINH})
    found = ask("n.jsonl", "--find", "18-NQ/TW", cwd=tmp_path)
    assert [each["article"] for each in found] == ["hung-yen", "quang-ninh"]
    (one,) = ask("n.jsonl", "--find", "18-NQ/TW", "--article", "quang-ninh", cwd=tmp_path)
    assert one["article"] == "quang-ninh"
    (at,) = ask("n.jsonl:0", "--article", "quang-ninh", cwd=tmp_path)
    assert at["mention"]["text"] == "Tỉnh ủy Quảng Ninh"
    refused = run("n.jsonl:0", cwd=tmp_path, code=1).stderr
    assert "n.jsonl: holds 2 articles" in refused
    assert "--article hung-yen" in refused


def test_a_line_that_cannot_be_read_is_reported_and_the_rest_is_explained(tmp_path: Path) -> None:
    write_records(tmp_path / "n.jsonl", {"hung-yen": HUNG_YEN})
    with (tmp_path / "n.jsonl").open("a") as lines:
        lines.write("{\n")
    done = run("n.jsonl", "--find", "18-NQ/TW", cwd=tmp_path, code=1)
    assert "stands for Nghị quyết 18-NQ/TW" in done.stdout
    assert done.stderr.startswith("error: n.jsonl:2: broken JSON")


def test_the_output_goes_to_a_file_too(tmp_path: Path) -> None:
    run(HANOI, "--find", "Dân vận khéo", "--output", "told.txt", cwd=tmp_path)
    assert "campaign/dan-van-kheo" in (tmp_path / "told.txt").read_text(encoding="utf-8")


@pytest.mark.parametrize("name", ["C:\\tin\\a.txt", "tin 25:7.txt", "a.txt:9:b.txt"])
def test_the_last_colon_parts_file_and_offset(name: str, tmp_path: Path) -> None:
    write_files(tmp_path, {name: HUNG_YEN})
    (found,) = ask(f"{name}:0", cwd=tmp_path)
    assert found["mention"]["text"] == "Tỉnh ủy Hưng Yên"


# --- what is asked wrongly ------------------------------------------------------------------------

WRONG = {
    # arguments, exit code, and what the message must hold
    "no such file": (["b.txt:5"], 1, ["b.txt: there is no such file", "name a file"]),
    "no such file to look in": (["b.txt", "--find", "a"], 1, ["there is no such file"]),
    "a folder": (["folder:5"], 1, ["folder: is a folder", "name one file"]),
    "a folder to look in": (["folder", "--find", "a"], 1, ["is a folder"]),
    "behind the end": (
        [f"a.txt:{len(HUNG_YEN)}"],
        1,
        ["a.txt: ", f"has {len(HUNG_YEN)} code points", f"from 0 to {len(HUNG_YEN) - 1}"],
    ),
    "an empty file": (["empty.txt:0"], 1, ["empty.txt: the file is empty"]),
    "another kind of file": (["a.svg:0"], 1, ["a.svg", ".svg are not read"]),
    "words that the text lacks": (
        ["a.txt", "--find", "Đà Lạt"],
        1,
        ["no mention holds “Đà Lạt”", "does not hold these words"],
    ),
    "words in no mention": (
        ["a.txt", "--find", "ban hành"],
        1,
        ["no mention holds", f"stand at {HUNG_YEN.index('ban hành')} of a.txt"],
    ),
    "an unknown article": (["a.txt:0", "--article", "b"], 1, ["holds no article “b”"]),
    "no offset": (["a.txt"], 2, ["is not", "FILE:OFFSET", "--find"]),
    "no number": (["a.txt:ten"], 2, ["FILE:OFFSET"]),
    "a number below zero": (["a.txt:-5"], 2, ["FILE:OFFSET"]),
    "no file": ([":5"], 2, ["FILE:OFFSET"]),
    "a drive": (["C:\\a.txt"], 2, ["FILE:OFFSET"]),
    "a name that ends in a number": (["a:12"], 2, ["FILE:OFFSET"]),
    "no words": (["a.txt", "--find", " “” "], 2, ["--find needs words"]),
    "an unknown format": (["a.txt:0", "--format", "xml"], 2, ["--format"]),
}


@pytest.mark.parametrize("case", WRONG)
def test_what_is_asked_wrongly_is_told_with_a_remedy(case: str, tmp_path: Path) -> None:
    arguments, code, parts = WRONG[case]
    files: dict[str, str | bytes] = {
        "a.txt": HUNG_YEN, "empty.txt": "", "a.svg": b"x", "folder/a.txt": HUNG_YEN,
        "a:12": HUNG_YEN,
    }  # fmt: skip
    write_files(tmp_path, files)
    done = run(*arguments, cwd=tmp_path, code=code)
    assert done.stdout == ""
    if code == 1:
        (line,) = done.stderr.splitlines()
        assert line.startswith("error: ")
    assert [part for part in parts if part not in done.stderr] == []


def test_an_offset_behind_the_end_is_an_error_in_python_too(tmp_path: Path) -> None:
    found = read("Trời đẹp.", tmp_path)
    with pytest.raises(PolicyGraphError, match="the text has 9 code points"):
        found.explain(9)
    assert found.explain_words("trời") == ()


def test_an_article_cannot_command_the_terminal(tmp_path: Path) -> None:
    evil = "[bold]Tỉnh ủy Hưng Yên[/] ban hành \x1b[2J Kế hoạch số 5-KH/TU về \x1b]0;x\x07 việc.\n"
    write_files(tmp_path, {"a.txt": evil})
    shown = run("a.txt", "--find", "5-KH/TU", cwd=tmp_path).stdout
    assert "5-KH/TU" in shown
    assert "\x1b" not in shown
    assert "\x1b" not in run(f"a.txt:{evil.index('ban')}", cwd=tmp_path).stdout
