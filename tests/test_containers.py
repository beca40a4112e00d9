"""Files of many records are bounded: in memory, in time, and in what is said of them."""

from __future__ import annotations

import json
import subprocess
import tracemalloc
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

import policygraph as pg
from policygraph.errors import ReadingError
from policygraph.pipeline import Extraction, update_graph
from policygraph.reading import Selection, Source, containers, encodings, find_sources, isolation
from policygraph.reading.encodings import decode_lines
from policygraph.reading.entries import read_entries
from policygraph.reading.json_files import read_json

TEXT = "Thành ủy Hà Khê thực hiện Nghị quyết số 25-NQ/TW, ngày 03/6/2013. "


def write_lines(path: Path, *records: object) -> Path:
    path.write_text("".join(json.dumps(each) + "\n" for each in records), encoding="utf-8")
    return path


def good(id_: object) -> dict[str, Any]:
    return {"id": id_, "text": TEXT}


def read(path: Path, selection: Selection | None = None) -> list[str]:
    """The ids of the articles under a path, and the errors as the lines that are printed."""
    found = find_sources(path, selection or Selection())
    return [each.id if isinstance(each, Source) else f"error: {each}" for each in found]


# --- how much is said ---------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "write"),
    [
        ("a.json", lambda n: "[" + ",".join(["{}"] * n) + "]"),
        ("b.json", lambda n: "[{}" + ",1" * (n - 1) + "]"),
        ("a.jsonl", lambda n: "{}\n" * n),
        ("b.jsonl", lambda n: "\udcff\n" * n),
        ("a.csv", lambda n: "id,text\n" + "1,\n" * n),
    ],
)
@pytest.mark.parametrize(
    ("count", "words"),
    [(12, "of its 12 records; the first"), (50_000, "of its first 1,000 records, and no more")],
)
def test_a_file_without_a_good_record_is_one_line(
    tmp_path: Path, name: str, write: Callable[[int], str], count: int, words: str
) -> None:
    (tmp_path / name).write_bytes(write(count).encode("utf-8", "surrogateescape"))
    (error,) = read(tmp_path)
    assert f"{name}:" in error
    assert words in error


def test_parquet_without_texts_is_one_line(tmp_path: Path) -> None:
    arrow, parquet = pytest.importorskip("pyarrow"), pytest.importorskip("pyarrow.parquet")
    table = arrow.table({"id": list(range(5_000)), "text": [""] * 5_000})
    parquet.write_table(table, tmp_path / "a.parquet")
    (error,) = read(tmp_path)
    assert "a.parquet:2: none can be read of its first 1,000 records" in error


def test_of_many_bad_records_the_first_are_told_and_the_others_are_summed_up(
    tmp_path: Path,
) -> None:
    path = write_lines(tmp_path / "a.jsonl", {}, {}, good("a"), *[{}] * 30, good("b"))
    found = read(path)
    errors = [each for each in found if each.startswith("error")]
    assert found[2] == "a"
    assert found[-2] == "b"
    assert len(errors) == 21
    assert f"{path}:1: " in errors[0]
    assert errors[-1] == f"error: {path}: 12 more of its records cannot be read"


def test_of_many_records_with_something_to_be_said_the_first_are_told(tmp_path: Path) -> None:
    records = [good(f"a{n}") | {"published": "hôm qua"} for n in range(30)]
    articles = tmp_path / "articles"
    articles.mkdir()
    write_lines(articles / "a.jsonl", *records)
    report = update_graph(articles, graph=tmp_path / "graph")
    assert report.read == 30
    assert len(report.notes) == 21
    assert report.notes[0].place.endswith("a.jsonl:1")
    assert "not told any more" in report.notes[-1].message


def test_what_is_said_of_a_file_names_the_file_and_what_of_a_record_its_line(
    tmp_path: Path,
) -> None:
    rows = "".join(f"{n},{TEXT * 5},mai\n" for n in range(3)).replace(", ", " ")
    (tmp_path / "a.csv").write_bytes(("stt,bài,ngày\n" + rows).encode("utf-16-le"))
    notes = [str(note) for each in pg.extract(tmp_path) if isinstance(each, Extraction)
             for note in each.notes]  # fmt: skip
    path = tmp_path / "a.csv"
    assert notes[:3] == [
        f"{path}: decoded from UTF-16 without a byte order mark",
        f"{path}: the text is taken from the column “bài”; --text-column names another",
        f"{path}:2: no date that is understood: 'mai'; it is read without its date",
    ]


# --- how much is taken --------------------------------------------------------------------------


def peak_of(work: Callable[[], object]) -> int:
    tracemalloc.start()
    try:
        work()
        return tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()


def drain(path: Path, form: Any) -> int:
    return sum(isinstance(entry.found, ReadingError) for entry in read_entries(path, form))


@pytest.mark.parametrize("form", ["json", "lines", "delimited"])
def test_a_large_file_is_never_in_memory_as_a_whole(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, form: Any
) -> None:
    path, records = tmp_path / "a", [good(f"a{n}") | {"text": TEXT * 30} for n in range(3_000)]
    if form == "delimited":
        monkeypatch.setattr(encodings, "MOST_TEXT_BYTES", 100_000)
        path.write_text("id,text\n" + "".join(f'{r["id"]},"{r["text"]}"\n' for r in records))
    elif form == "lines":
        write_lines(path, *records)
    else:
        path.write_text(json.dumps(records, ensure_ascii=False), encoding="utf-8")
    assert drain(path, form) == 0
    assert path.stat().st_size > 7_000_000
    assert peak_of(lambda: drain(path, form)) < 2_000_000


def test_a_row_without_end_is_refused_before_it_fills_the_memory(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(encodings, "MOST_TEXT_BYTES", 1_000)
    monkeypatch.setattr(encodings, "_LONGEST_LINE", 2_000)
    (tmp_path / "a.csv").write_text('id,text\n1,"' + "dài " * 1_000 + '"\n', encoding="utf-8")
    with pytest.raises(ReadingError, match="line 2 has more than 2,000 characters"):
        list(read_entries(tmp_path / "a.csv", "delimited"))


@pytest.mark.parametrize(
    ("raw", "words"),
    [
        (TEXT.encode() * 100 + b"\n\xff\xfe\n", "is not valid UTF-8"),
        ("\n".join([TEXT] * 100).encode("utf-16-le"), "must be Unicode"),
    ],
)
def test_a_large_table_is_unicode_and_else_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, raw: bytes, words: str
) -> None:
    monkeypatch.setattr(encodings, "MOST_TEXT_BYTES", 1_000)
    (tmp_path / "a.csv").write_bytes(raw)
    with pytest.raises(ReadingError, match=words):
        list(decode_lines(tmp_path / "a.csv")[0])


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_a_large_table_has_the_lines_of_a_small_one(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, encoding: str
) -> None:
    text = f"id,text\r\n1,“{TEXT}”\n" + f"2,{TEXT}\n" * 50
    (tmp_path / "a.csv").write_text(text, encoding=encoding, newline="")
    small = list(decode_lines(tmp_path / "a.csv")[0])
    monkeypatch.setattr(encodings, "MOST_TEXT_BYTES", 1_000)
    assert list(decode_lines(tmp_path / "a.csv")[0]) == small
    assert "".join(small) == text


def test_articles_come_while_the_file_is_read(tmp_path: Path) -> None:
    """The first article is there although the file breaks off behind it."""
    (tmp_path / "a.json").write_text(
        "[" + json.dumps(good("a")) + "," * 2, encoding="utf-8"
    )  # fmt: skip
    first, error = read(tmp_path)
    assert first == "a"
    assert "broken JSON at line 1" in error


def test_a_file_that_gives_next_to_nothing_in_its_time_is_given_up(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write_lines(tmp_path / "a.jsonl", good("a"), *[{}] * 300_000)
    write_lines(tmp_path / "b.jsonl", good("b"))
    read(tmp_path / "b.jsonl")  # a process is there
    monkeypatch.setattr(isolation, "MOST_SECONDS", 0.3)
    found = read(tmp_path / "a.jsonl")
    assert found[0] == "a"
    assert "took longer than" in found[-1]
    monkeypatch.undo()
    assert read(tmp_path / "b.jsonl") == ["b"]


def test_a_file_of_more_records_than_an_index_holds_ends_with_an_error(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(containers, "MOST_RECORDS", 3)
    write_lines(tmp_path / "a.jsonl", *(good(f"a{n}") for n in range(5)))
    *ids, error = read(tmp_path)
    assert ids == ["a0", "a1", "a2"]
    assert "more than 3 records" in error


def test_a_text_that_is_too_long_for_an_article_is_told_with_its_row(tmp_path: Path) -> None:
    write_lines(tmp_path / "a.jsonl", good("a"), good("b") | {"text": "x" * 3_000_001}, good("c"))
    first, error, last = read(tmp_path)
    assert (first, last) == ("a", "c")
    assert "a.jsonl:2: the text has 3,000,001 characters" in error


# --- processes ----------------------------------------------------------------------------------


def test_many_small_files_share_a_process(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for number in range(30):
        write_lines(tmp_path / f"{number:02}.jsonl", good(f"a{number}"))
    started: list[object] = []
    start = subprocess.Popen

    def count(*args: Any, **options: Any) -> Any:
        started.append(args)
        return start(*args, **options)

    monkeypatch.setattr(subprocess, "Popen", count)
    assert len(read(tmp_path)) == 30
    assert len(started) <= 1


def test_several_files_may_be_read_at_once(tmp_path: Path) -> None:
    (tmp_path / "a.html").write_text(f"<p>{TEXT * 5}</p>", encoding="utf-8")
    write_lines(tmp_path / "b.jsonl", *(good(f"b{n}") for n in range(2_000)))
    write_lines(tmp_path / "c.jsonl", *(good(f"c{n}") for n in range(2_000)))
    pairs = zip(pg.extract(tmp_path / "b.jsonl"), pg.extract(tmp_path / "c.jsonl"), strict=True)
    first = next(pairs)
    (page,) = pg.extract(tmp_path / "a.html")
    assert [e.source for e in (*first, page) if isinstance(e, Extraction)] == [
        "b0",
        "c0",
        str(tmp_path / "a.html"),
    ]


# --- ids ----------------------------------------------------------------------------------------


def test_a_number_is_an_id_within_its_table(tmp_path: Path) -> None:
    articles = tmp_path / "articles"
    for name in ("a/x.csv", "b/y.csv"):
        (articles / name).parent.mkdir(parents=True)
        (articles / name).write_text(f"id;text\n1;{name} {TEXT}\n02;{TEXT}\n;{TEXT}\n")
    write_lines(articles / "z.jsonl", good(1), good("https://bao.example/1"), good("bai-1"))
    report = update_graph(articles, graph=tmp_path / "graph")
    assert not report.errors
    assert read(articles) == [
        *("a/x.csv/1", "a/x.csv/02", "a/x.csv#4"),
        *("b/y.csv/1", "b/y.csv/02", "b/y.csv#4"),
        *("1", "https://bao.example/1", "bai-1"),
    ]
    again = update_graph(articles, graph=tmp_path / "graph")
    assert (again.read, again.unchanged) == (0, 9)


# --- JSON, element by element -------------------------------------------------------------------

VALUES = st.dictionaries(
    st.text(max_size=5), st.text() | st.integers() | st.lists(st.none() | st.booleans()), max_size=4
)


@given(st.lists(VALUES, min_size=1), st.sampled_from([None, 0, 1, "\t"]), st.booleans())
def test_an_array_is_read_as_json_reads_it(
    tmp_path_factory: pytest.TempPathFactory, values: list[Any], indent: Any, is_ascii: bool
) -> None:
    path = tmp_path_factory.getbasetemp() / "array.json"
    written = json.dumps(values, indent=indent, ensure_ascii=is_ascii)
    path.write_bytes(b"\n " + written.encode("utf-8") + b"\n")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("policygraph.reading.json_files._CHUNK", 3)
        assert list(read_json(path)) == values


@pytest.mark.parametrize(
    ("written", "words"),
    [
        ('[{"a": 1}\n {"a": 2}]', r"line 2, column 2: Expecting ',' or '\]'"),
        ('[{"a": 1},\n {"a": }]', "line 2, column 8: Expecting value"),
        ('[{"a": 1}, ', "line 1, column 12: Expecting value"),
        ('[{"a": 1}]\n]', "line 2, column 1: Extra data"),
        ('[{"a": ' + "1" * 5_000 + "}]", "broken JSON"),
        ('[{"a": "' + "x" * 200_000, "line 1, column 8: Unterminated string"),
    ],
)
def test_broken_json_is_told_with_line_and_column(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, written: str, words: str
) -> None:
    monkeypatch.setattr("policygraph.reading.json_files._CHUNK", 7)
    (tmp_path / "a.json").write_text(written, encoding="utf-8")
    with pytest.raises(ReadingError, match=words):
        list(read_json(tmp_path / "a.json"))


def test_an_element_of_another_kind_among_articles_costs_no_other(tmp_path: Path) -> None:
    (tmp_path / "a.json").write_text(json.dumps([good("a"), 5, good("b")]), encoding="utf-8")
    first, error, last = read(tmp_path)
    assert (first, last) == ("a", "b")
    assert "a.json:2: not a JSON object" in error
