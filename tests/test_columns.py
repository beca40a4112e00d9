"""Tables that people really hold: their quotation marks, names, dates and odd first lines."""

from __future__ import annotations

import io
import json
from pathlib import Path

import pytest

from policygraph.errors import ReadingError
from policygraph.reading.columns import (
    Columns,
    choose_columns,
    find_field,
    make_record,
    name_fields,
    read_date,
)
from policygraph.reading.records import parse_record, split_json
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
    ],
)
def test_a_date_is_read_only_where_it_is_certain(written: str, date: str | None) -> None:
    assert read_date(written) == date


def test_the_pictures_of_an_article_are_not_taken_for_articles() -> None:
    article = {"id": 1, "content": "bài", "images": [{"src": "a.jpg"}]}
    (raw,) = split_json(json.dumps(article).encode(), place="a.json")
    assert parse_record(raw, place="a.json:1").text == "bài"


@pytest.mark.parametrize("written", ["[]", '{"articles": []}', '{"a": [{}], "b": [{}]}'])
def test_a_json_file_without_articles_is_an_error(written: str) -> None:
    with pytest.raises(ReadingError, match=r"no article|neither an article"):
        list(split_json(written.encode(), place="a.json"))


def test_half_a_character_is_refused_in_a_json_file_too() -> None:
    (raw,) = split_json(b'[{"id": "1", "text": "a\\ud83d"}]', place="a.json")
    with pytest.raises(ReadingError, match="“text” is no text"):
        parse_record(raw, place="a.json:1")


def test_a_named_field_is_found_without_its_marks_and_named_where_it_is_missing() -> None:
    raw = json.dumps({"id": "1", "Bài viết số": "x"}).encode()
    assert parse_record(raw, place="a:1", text_column="bai viet so").text == "x"
    with pytest.raises(ReadingError, match="“tóm tắt” is missing"):
        parse_record(raw, place="a:1", text_column="tóm tắt")


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
    ("row", "record"),
    [
        (["A1", "u", " bài ", "25/7/2013"], {"id": "A1", "published": "2013-07-25"}),
        (["", "u", "bài", "hôm qua"], {"id": "u"}),
        (["", "", "bài"], {"id": "a.csv#2"}),
    ],
)
def test_a_row_gives_the_fields_that_it_fills(row: list[str], record: dict[str, str]) -> None:
    columns = Columns({"id": 0, "url": 1, "text": 2, "published": 3})
    url = {"url": row[1]} if row[1] else {}
    assert make_record(row, columns, fallback_id="a.csv#2") == {"text": "bài"} | url | record


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
    assert parse_record(raw, place="a:1").text == "bài"


def test_a_text_of_the_wrong_type_is_not_passed_over_for_another_field() -> None:
    raw = json.dumps({"id": "1", "text": 5, "content": "bài"}).encode()
    with pytest.raises(ReadingError, match="“text” is no text but int"):
        parse_record(raw, place="a:1")


@pytest.mark.parametrize(
    ("values", "id_"),
    [({"id": 7}, "7"), ({"id": 0}, "0"), ({"url": "u"}, "u"), ({}, "a#1")],
)
def test_a_record_has_an_id(values: dict[str, object], id_: str) -> None:
    raw = json.dumps({"text": "x"} | values).encode()
    assert parse_record(raw, place="a:1", fallback_id="a#1").id == id_


def test_an_empty_array_beside_the_articles_is_no_rival() -> None:
    raw = json.dumps({"articles": [{"text": "x"}], "errors": []}).encode()
    assert list(split_json(raw, place="a.json")) == [b'{"text": "x"}']


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
