"""Tables that people really hold: their quotation marks, names, dates and odd first lines."""

from __future__ import annotations

import io
import json
from pathlib import Path

import pytest

from policygraph.errors import ReadingError
from policygraph.reading.columns import (
    choose_columns,
    find_field,
    name_fields,
)
from policygraph.reading.dates import load_months, read_date, read_time
from policygraph.reading.json_files import read_json
from policygraph.reading.records import Record, parse_record, read_record
from policygraph.reading.tables import _find_table, read_delimited, read_parquet


def read_rows(written: str) -> list[list[str] | str]:
    rows = read_delimited(io.StringIO(written, newline=""), delimiter=None)
    return [str(row) if isinstance(row, ReadingError) else row for row in rows]


def test_articles_behind_an_open_quotation_mark_are_not_lost_without_a_word() -> None:
    header, first, error = read_rows('id,text\n1,một\n2,"hai\n3,ba\n4,bốn\n')
    assert (header, first) == (["id", "text"], ["1", "một"])
    assert "line 3" in error
    assert "not closed" in error


def test_a_quoted_cell_on_the_last_line_without_its_end_is_read() -> None:
    assert read_rows('id,text\n1,"một\nhai"') == [["id", "text"], ["1", "một\nhai"]]


@pytest.mark.parametrize(
    ("written", "rows"),
    [
        ('"Tiêu đề, phụ đề";"Nội dung"\na;b\n', [["Tiêu đề, phụ đề", "Nội dung"], ["a", "b"]]),
        ('"a, b, c";d\nx;y\n', [["a, b, c", "d"], ["x", "y"]]),
        ('"mã\nbài";text\n1;x\n', [["mã\nbài", "text"], ["1", "x"]]),
        ("sep=\t\nid\ttext\n1\tx, y\n", [["id", "text"], ["1", "x, y"]]),
        ('"sep=;"\r\nid;text\r\n1;x\r\n', [["id", "text"], ["1", "x"]]),
        ("\r\nid,text\r\n1,x\r\n", [["id", "text"], ["1", "x"]]),
        ("text\nmột, hai\n", [["text"], "the row has 2 cells under 1 columns"]),
    ],
)
def test_the_delimiter_is_the_one_that_fits_the_rows(written: str, rows: list[object]) -> None:
    found = read_rows(written)
    assert [each[: len(rows[-1])] if isinstance(each, str) else each for each in found] == rows


@pytest.mark.parametrize("name", ["noi_dung", "Nội dung", "NỘI DUNG", "NoiDung", "noidung"])
def test_a_name_is_known_however_its_words_are_joined(name: str) -> None:
    assert find_field(name) == "text"


def test_a_column_is_not_taken_for_another_whose_name_has_no_latin_letter() -> None:
    with pytest.raises(ReadingError, match="no column"):
        choose_columns(["###", "x"], [], text_column="漢字")


@pytest.mark.parametrize("text_column", [None, "bài"])
def test_a_table_without_header_is_told_in_one_short_line(text_column: str | None) -> None:
    with pytest.raises(ReadingError, match="no header") as caught:
        choose_columns(["1", "dài " * 100_000], [], text_column=text_column)
    assert len(str(caught.value)) < 300


@pytest.mark.parametrize(
    ("written", "date"),
    [
        ("2013/07/25", "2013-07-25"),
        ("2013-07-25 08:30 (GMT+7)", "2013-07-25"),
        ("25/7/2013, cập nhật 25/7/2013 09:00", "2013-07-25"),
        ("1/2/2013 - 3/4/2014", None),
        ("25/7/0013", None),
        ("12 tháng 3 năm 2021", None),
        ("1615509000", None),
    ],
)
def test_a_date_is_read_only_where_it_is_certain(written: str, date: str | None) -> None:
    assert read_date(written) == date


@pytest.mark.parametrize("row", load_months(), ids=lambda row: row.english[0])
def test_a_month_in_letters_is_read_in_its_examples(row) -> None:  # type: ignore[no-untyped-def]
    assert {read_time(example) for example in row.examples} == {f"2021-{int(row.id):02}-12"}


@pytest.mark.parametrize(
    ("written", "date"),
    [
        ("1615509000", "2021-03-12"),
        ("1615509000.25", "2021-03-12"),
        ("1615509000000", "2021-03-12"),
        ("1615482000", "2021-03-12"),  # 00:00 in Hà Nội, still the 11th in Greenwich
        ("1615481999", "2021-03-11"),
        ("20210312", "2021-03-12"),
        ("0912345678", None),
        ("99999999999", None),
        ("12", None),
        ("12/3/2021", "2021-03-12"),
        ("Fri, 12 Mar 2021 23:30:00 -0500", "2021-03-12"),
        ("Thứ sáu, ngày 12 tháng 03 năm 2021", "2021-03-12"),
        ("12 tha\u0301ng 3, 2021", "2021-03-12"),
        ("12 thg 3, 2021", "2021-03-12"),
        ("31 tháng 2 năm 2021", None),
        ("12 Marz 2021", None),
        ("March 2021", None),
    ],
)
def test_a_field_that_holds_a_time_may_write_it_in_letters_or_as_a_count(
    written: str, date: str | None
) -> None:
    assert read_time(written) == date


def read_objects(folder: Path, raw: bytes) -> list[object]:
    (folder / "a.json").write_bytes(raw)
    return list(read_json(folder / "a.json"))


def test_the_pictures_of_an_article_are_not_taken_for_articles(tmp_path: Path) -> None:
    article = {"id": 1, "content": "bài", "images": [{"src": "a.jpg"}]}
    assert read_objects(tmp_path, json.dumps(article).encode()) == [article]


@pytest.mark.parametrize("written", ["[]", '{"articles": []}', '{"a": [{}], "b": [{}]}'])
def test_a_json_file_without_articles_is_an_error(tmp_path: Path, written: str) -> None:
    with pytest.raises(ReadingError, match=r"no article|neither an article"):
        read_objects(tmp_path, written.encode())


def test_half_a_character_is_refused_in_a_json_file_too(tmp_path: Path) -> None:
    (values,) = read_objects(tmp_path, b'[{"id": "1", "text": "a\\ud83d"}]')
    assert isinstance(values, dict)
    with pytest.raises(ReadingError, match="“text” is no text"):
        read_record(values)


def test_a_named_field_is_found_without_its_marks_and_named_where_it_is_missing() -> None:
    raw = json.dumps({"id": "1", "Bài viết số": "x"}).encode()
    assert parse_record(raw, text_column="bai viet so").text == "x"
    with pytest.raises(ReadingError, match="“tóm tắt” is missing"):
        parse_record(raw, text_column="tóm tắt")


def test_parquet_gives_dates_of_nanoseconds_and_leaves_out_bytes_of_every_kind(
    tmp_path: Path,
) -> None:
    arrow, parquet = pytest.importorskip("pyarrow"), pytest.importorskip("pyarrow.parquet")
    dates = arrow.array([1374710400000000001], arrow.timestamp("ns"))
    bytes_ = arrow.array([b"\xff"], arrow.large_binary())
    parquet.write_table(arrow.table({"d": dates, "b": bytes_}), tmp_path / "a.parquet")
    assert list(read_parquet(tmp_path / "a.parquet")) == [["d"], ["2013-07-25T00:00:00"]]


def test_two_columns_of_one_name_are_not_read_as_one(tmp_path: Path) -> None:
    arrow, parquet = pytest.importorskip("pyarrow"), pytest.importorskip("pyarrow.parquet")
    table = arrow.Table.from_arrays([arrow.array(["a"]), arrow.array(["b"])], ["text", "text"])
    parquet.write_table(table, tmp_path / "a.parquet")
    with pytest.raises(ReadingError, match="two columns"):
        list(read_parquet(tmp_path / "a.parquet"))


def test_the_header_of_a_sheet_is_found_below_a_title_of_two_cells() -> None:
    rows = [["Danh sách", "Quý I"], ["Mã", "Nội dung"], ["1", "x"]]
    assert _find_table(rows) == rows[1:]


@pytest.mark.parametrize(
    ("values", "record"),
    [
        (
            {"headline": "T", "article_body": "x", "pub_date": "2021-03-12T00:00:00Z", "link": "u"},
            Record("x", "u", title="T", published="2021-03-12", url="u"),
        ),
        (
            {"content": "x", "authors": ["Lò Văn Sơn", "Hà"], "source": {"id": 1, "name": "Báo"}},
            Record("x", author="Lò Văn Sơn, Hà", source="Báo"),
        ),
        ({"_id": 7.0, "noi_dung": "x", "Tiêu đề": " "}, Record("x", "7")),
        ({"id": None, "url": "u", "text": "x", "title": None}, Record("x", "u", url="u")),
        (
            {"text": "x", "date": "", "published_at": 1615509000},
            Record("x", published="2021-03-12"),
        ),
    ],
)
def test_the_fields_of_a_record_are_known_by_the_names_that_crawlers_give_them(
    values: dict[str, object], record: Record
) -> None:
    assert read_record(values) == record


@pytest.mark.parametrize(
    ("values", "words"),
    [
        ({"published": "hôm qua"}, "'hôm qua'; it is read without its date"),
        ({"published": ["mai"]}, "list"),
        ({"published": "x" * 100_000}, "without its date"),
        ({"title": 5}, "“title” is no text, and is left out"),
        ({"author": "a\0"}, "“author” is no text"),
    ],
)
def test_what_cannot_be_made_out_of_a_record_is_said_and_costs_it_nothing_else(
    values: dict[str, object], words: str
) -> None:
    record = read_record({"id": "a", "text": "x"} | values)
    (note,) = record.notes
    assert (record.id, record.text) == ("a", "x")
    assert words in note
    assert len(note) < 200


@pytest.mark.parametrize(
    ("written", "fields"),
    [
        ({"tiêu đề": "X", "date": "25/7/2013"}, {"title": "X", "published": "2013-07-25"}),
        ({"Tác giả": " Lò Văn Sơn ", "ngày": "hôm qua"}, {"author": "Lò Văn Sơn"}),
        ({"id": "1", "text": "x", "tags": "y", "link": ""}, {}),
        ({"title": "X", "tiêu đề": "Y"}, {"title": "X"}),
    ],
)
def test_named_fields_are_those_that_an_article_knows(
    written: dict[str, str], fields: dict[str, str]
) -> None:
    assert name_fields(written) == fields


@pytest.mark.parametrize(
    "values",
    [
        {"body": "", "content": "bài"},
        {"body": None, "content": "bài"},
        {"article": {"lang": "vi"}, "content": "bài"},
        {"body": "tóm tắt", "content": "bài"},
        {"text": " ", "noi_dung": "bài"},
        {"articleBody": "bài"},
    ],
)
def test_a_record_has_its_text_in_the_preferred_field_that_holds_one(
    values: dict[str, object],
) -> None:
    raw = json.dumps({"id": "1"} | values).encode()
    assert parse_record(raw).text == "bài"


def test_a_text_of_the_wrong_type_is_not_passed_over_for_another_field() -> None:
    raw = json.dumps({"id": "1", "text": 5, "content": "bài"}).encode()
    with pytest.raises(ReadingError, match="“text” is no text but int"):
        parse_record(raw)


@pytest.mark.parametrize(
    ("values", "id_"),
    [({"id": 7}, "7"), ({"id": 0}, "0"), ({"url": "u"}, "u"), ({}, None), ({"uid": "x"}, "x")],
)
def test_a_record_has_an_id(values: dict[str, object], id_: str) -> None:
    raw = json.dumps({"text": "x"} | values).encode()
    assert parse_record(raw).id == id_


def test_an_empty_array_beside_the_articles_is_no_rival(tmp_path: Path) -> None:
    raw = json.dumps({"articles": [{"text": "x"}], "errors": []}).encode()
    assert read_objects(tmp_path, raw) == [{"text": "x"}]


def test_a_date_beyond_the_calendar_costs_no_other_row(tmp_path: Path) -> None:
    arrow, parquet = pytest.importorskip("pyarrow"), pytest.importorskip("pyarrow.parquet")
    dates = arrow.array([1374710400000, 9 * 10**17], arrow.timestamp("ms"))
    parquet.write_table(arrow.table({"d": dates}), tmp_path / "a.parquet")
    assert list(read_parquet(tmp_path / "a.parquet")) == [["d"], ["2013-07-25T00:00:00"], [""]]


def test_a_parquet_text_that_is_not_utf8_is_told(tmp_path: Path) -> None:
    arrow, parquet = pytest.importorskip("pyarrow"), pytest.importorskip("pyarrow.parquet")
    offsets = arrow.array([0, 2], arrow.int32()).buffers()[1]
    texts = arrow.Array.from_buffers(arrow.string(), 1, [None, offsets, arrow.py_buffer(b"a\xff")])
    parquet.write_table(arrow.table({"text": texts}), tmp_path / "a.parquet")
    with pytest.raises(ReadingError, match="not UTF-8"):
        list(read_parquet(tmp_path / "a.parquet"))
