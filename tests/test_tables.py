"""Tables of articles: CSV, Excel, Parquet and JSON give the same articles."""

from __future__ import annotations

import csv
import io
import json
import struct
import subprocess
import sys
import zipfile
from pathlib import Path
from xml.sax.saxutils import escape

import pytest
from hypothesis import given
from hypothesis import strategies as st

from policygraph.errors import ReadingError
from policygraph.model import Article
from policygraph.pipeline import Extraction, extract
from policygraph.reading import Selection, find_sources, read_article
from policygraph.reading.columns import choose_columns, find_field, load_columns
from policygraph.reading.dates import read_date
from policygraph.reading.tables import read_delimited, read_excel

BODY = "Thành ủy Hà Khê đã ban hành Chương trình hành động số 23-CTr/TU, ngày 25/7/2013. " * 4
HEADER = ["Mã bài", "Tiêu đề", "Nội dung", "Ngày đăng", "Tác giả", "lượt xem"]
ROWS = [
    ["HK-1", "Hà Khê, một năm nhìn lại", BODY + "Một.", "25/7/2013", "Lò Văn Sơn", "12"],
    ["HK-2", "Dân vận khéo ở Cẩm Lũng", BODY + "“Hai”;\nhai, hai.", "2014-01-02", "", "7"],
    ["HK-3", "Ba", BODY + "Ba\tba | ba.", "chưa rõ", "Nông Thị Hà", "0"],
]


def write_csv(path: Path, delimiter: str, lead: str = "", encoding: str = "utf-8") -> None:
    with path.open("w", encoding=encoding, newline="") as file:
        file.write(lead)
        csv.writer(file, delimiter=delimiter).writerows([HEADER, *ROWS])


def write_xlsx(path: Path, *sheets: list[list[str]]) -> None:
    """A workbook as small as the format allows, its cells as inline strings."""
    names = range(1, len(sheets) + 1)
    main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    package = "http://schemas.openxmlformats.org/package/2006"
    kind = "application/vnd.openxmlformats-officedocument.spreadsheetml"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        parts = "".join(
            f'<Override PartName="/xl/worksheets/sheet{n}.xml" ContentType="{kind}.worksheet+xml"/>'
            for n in names
        )
        archive.writestr(
            "[Content_Types].xml",
            f'<Types xmlns="{package}/content-types"><Default Extension="rels" ContentType='
            '"application/vnd.openxmlformats-package.relationships+xml"/><Override PartName='
            f'"/xl/workbook.xml" ContentType="{kind}.sheet.main+xml"/>{parts}</Types>',
        )
        archive.writestr(
            "_rels/.rels",
            f'<Relationships xmlns="{package}/relationships"><Relationship Id="r" '
            f'Type="{office}/officeDocument" Target="xl/workbook.xml"/></Relationships>',
        )
        listed = "".join(f'<sheet name="Trang {n}" sheetId="{n}" r:id="r{n}"/>' for n in names)
        archive.writestr(
            "xl/workbook.xml",
            f'<workbook xmlns="{main}" xmlns:r="{office}"><sheets>{listed}</sheets></workbook>',
        )
        targets = "".join(
            f'<Relationship Id="r{n}" Type="{office}/worksheet" Target="worksheets/sheet{n}.xml"/>'
            for n in names
        )
        archive.writestr(
            "xl/_rels/workbook.xml.rels",
            f'<Relationships xmlns="{package}/relationships">{targets}</Relationships>',
        )
        for number, rows in zip(names, sheets, strict=True):
            cells = "".join(
                f'<row r="{r}">'
                + "".join(
                    f'<c r="{chr(65 + c)}{r}" t="inlineStr"><is><t xml:space="preserve">'
                    f"{escape(cell)}</t></is></c>"
                    for c, cell in enumerate(row)
                )
                + "</row>"
                for r, row in enumerate(rows, 1)
            )
            sheet = f'<worksheet xmlns="{main}"><sheetData>{cells}</sheetData></worksheet>'
            archive.writestr(f"xl/worksheets/sheet{number}.xml", sheet)


def write_parquet(path: Path) -> None:
    arrow, parquet = pytest.importorskip("pyarrow"), pytest.importorskip("pyarrow.parquet")
    columns = dict(zip(HEADER, map(list, zip(*ROWS, strict=True)), strict=True))
    parquet.write_table(arrow.table(columns | {"tags": [["a"], ["b"], []]}), path)


def write_json(path: Path, name: str | None = None) -> None:
    records = [dict(zip(HEADER, row, strict=True)) | {"id": row[0]} for row in ROWS]
    for record in records:
        record["published"] = read_date(record["Ngày đăng"]) or ""
        record["title"], record["author"] = record["Tiêu đề"], record["Tác giả"]
    path.write_text(json.dumps({name: records} if name else records), encoding="utf-8")


def write_lines(path: Path) -> None:
    write_json(path)
    records = json.loads(path.read_text(encoding="utf-8"))
    path.write_text("\n".join(map(json.dumps, records)), encoding="utf-8")


WRITERS = {
    "a.csv": lambda path: write_csv(path, ","),
    "semicolon.csv": lambda path: write_csv(path, ";"),
    "excel.csv": lambda path: write_csv(path, ";", "sep=;\r\n", "utf-8-sig"),
    "utf16.csv": lambda path: write_csv(path, "\t", encoding="utf-16"),
    "a.tsv": lambda path: write_csv(path, "\t"),
    "a.xlsx": lambda path: write_xlsx(path, [HEADER, *ROWS]),
    "titled.xlsx": lambda path: write_xlsx(path, [["Danh sách bài"], [], HEADER, *ROWS]),
    "a.parquet": write_parquet,
    "a.json": write_json,
    "wrapped.json": lambda path: write_json(path, "articles"),
    "a.jsonl": write_lines,
}


def read_all(path: Path, selection: Selection | None = None) -> list[Article | ReadingError]:
    found: list[Article | ReadingError] = []
    for source in find_sources(path, selection or Selection()):
        try:
            found.append(source if isinstance(source, ReadingError) else read_article(source))
        except ReadingError as error:
            found.append(error)
    return found


@pytest.mark.parametrize("name", WRITERS)
def test_every_format_gives_the_same_articles(tmp_path: Path, name: str) -> None:
    WRITERS[name](tmp_path / name)
    found = read_all(tmp_path / name)
    articles = [each for each in found if isinstance(each, Article)]
    assert [a.id for a in articles] == ["HK-1", "HK-2", "HK-3"], found
    assert [a.title for a in articles] == [row[1] for row in ROWS]
    assert [a.text.replace("\r", "") for a in articles] == [row[2] for row in ROWS]
    assert [a.published for a in articles] == ["2013-07-25", "2014-01-02", None]
    assert [a.author for a in articles] == ["Lò Văn Sơn", None, "Nông Thị Hà"]


def test_several_sheets_are_read_and_one_without_texts_is_passed_over(tmp_path: Path) -> None:
    notes = [["năm", "số bài"], ["2013", "2"]]
    write_xlsx(tmp_path / "a.xlsx", [HEADER, *ROWS[:1]], notes, [HEADER[1:], ROWS[1][1:]])
    ids = [a.id if isinstance(a, Article) else str(a) for a in read_all(tmp_path / "a.xlsx")]
    assert ids == ["HK-1", "a.xlsx#Trang 3!2"]


def test_a_guessed_column_is_said_once(tmp_path: Path) -> None:
    rows = [["stt", "bài"], *([str(n), BODY + str(n)] for n in range(3))]
    with (tmp_path / "a.csv").open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows(rows)
    first, *others = extract(tmp_path / "a.csv")
    assert isinstance(first, Extraction)
    assert first.source == "a.csv#2"
    (note,) = first.notes
    assert note.place == str(tmp_path / "a.csv")
    assert "“bài”" in note.message
    assert "--text-column" in note.message
    assert not any(isinstance(other, Extraction) and other.notes for other in others)


@pytest.mark.parametrize(
    ("cells", "column"),
    [
        (["1", "ngắn", BODY[:120]], 2),  # clearly the longest, though short
        (["1", BODY[:60], BODY[:120]], 2),
        (["1", BODY[:90], BODY[:120]], None),  # which of the two?
        (["1", "ngắn", BODY[:70]], None),  # a title
        (["x" * 120, "ngắn", "1"], None),  # no words
        (["1", BODY[:190], BODY[:210]], 2),
    ],
)
def test_the_column_of_texts_is_guessed_where_no_other_comes_near(
    cells: list[str], column: int | None
) -> None:
    if column is None:
        with pytest.raises(ReadingError, match="no column holds texts"):
            choose_columns(["a", "b", "c"], [cells] * 2, text_column=None)
    else:
        columns = choose_columns(["a", "b", "c"], [cells] * 2, text_column=None)
        assert columns.indexes["text"] == column
        assert "--text-column" in (columns.note or "")


def test_a_named_column_is_taken_and_an_unknown_one_lists_those_there_are(tmp_path: Path) -> None:
    write_csv(tmp_path / "a.csv", ",")
    (first, *_) = read_all(tmp_path / "a.csv", Selection(text_column="tieu de"))
    assert isinstance(first, Article)
    assert first.text == ROWS[0][1]
    (error,) = read_all(tmp_path / "a.csv", Selection(text_column="toàn bài"))
    assert "no column “toàn bài”" in str(error)
    assert "“Nội dung”" in str(error)


@pytest.mark.parametrize(
    ("content", "words"),
    [
        ("", "empty"),
        ("a,b\n1,2\n", "no column holds texts"),
        (f'1,"{BODY}"\n2,"{BODY}"\n', "no header"),
        (f'1,"{BODY[:110]}"\n2,"{BODY}"\n', "no header"),
        ("id,text\n", "a.csv: the table has names of columns, and no row below them"),
        ("id,text\n,\n,\n", "no row below them"),
        (f'id,text\n1,"{BODY}"\n2,a,b,c\n3,"{BODY}"\n', "a.csv:3: the row has 4 cells"),
    ],
)
def test_a_table_that_cannot_be_read_says_why(tmp_path: Path, content: str, words: str) -> None:
    (tmp_path / "a.csv").write_text(content, encoding="utf-8")
    assert words in " ".join(map(str, read_all(tmp_path / "a.csv")))


@pytest.mark.parametrize(
    ("content", "words"),
    [
        ("[1, 2]", "neither an article"),
        ('[{"id": "1", "text": "x"},\n {"id": }]', "line 2, column 9"),
        ("[" * 100_000, "nested too deeply"),
        ('{"a": 1}', "“text” is missing"),
    ],
)
def test_broken_json_is_an_error_with_its_place(tmp_path: Path, content: str, words: str) -> None:
    (tmp_path / "a.json").write_text(content, encoding="utf-8")
    assert words in " ".join(map(str, read_all(tmp_path / "a.json")))


def test_a_cell_without_end_is_refused() -> None:
    lines = io.StringIO('id,text\n1,"' + "x" * (17 * 2**20) + '"\n')
    *_, last = read_delimited(lines, delimiter=None)
    assert isinstance(last, ReadingError)
    assert "line 2" in str(last)


def change_part(path: Path, part: str, old: str, new: str) -> bytes:
    """The workbook with one part of it rewritten, which must hold what is to be replaced."""
    changed = io.BytesIO()
    with zipfile.ZipFile(path) as archive, zipfile.ZipFile(changed, "w", 8) as copy:
        for name in archive.namelist():
            written = archive.read(name).decode()
            assert name != part or old in written
            copy.writestr(name, written.replace(old, new) if name == part else written)
    return changed.getvalue()


def test_numbers_and_dates_of_a_sheet_are_written_as_people_write_them(tmp_path: Path) -> None:
    write_xlsx(tmp_path / "a.xlsx", [["mã", "bài"]])
    cells = '<c r="A2"><v>12</v></c><c r="B2"><v>1.5</v></c>'
    dates = '<c r="B3" t="d"><v>2013-07-25T08:30:00</v></c>'
    rows = f'<row r="2">{cells}</row><row r="3">{dates}</row></sheetData>'
    raw = change_part(tmp_path / "a.xlsx", "xl/worksheets/sheet1.xml", "</sheetData>", rows)
    (sheet,) = read_excel(raw)
    assert sheet.rows == [["mã", "bài"], ["12", "1.5"], ["", "2013-07-25T08:30:00"]]


def test_a_workbook_that_grows_beyond_measure_is_refused_unopened(tmp_path: Path) -> None:
    with (
        zipfile.ZipFile(tmp_path / "a.xlsx", "w", zipfile.ZIP_DEFLATED) as archive,
        archive.open("xl/sharedStrings.xml", "w") as part,
    ):
        for _ in range(201):
            part.write(bytes(2**20))
    with pytest.raises(ReadingError, match="201 MB, and at most 200"):
        list(read_excel((tmp_path / "a.xlsx").read_bytes()))


@pytest.mark.skipif(sys.platform == "win32", reason="memory is limited on POSIX systems alone")
def test_a_cell_at_the_far_corner_of_a_sheet_is_a_want_of_memory(tmp_path: Path) -> None:
    write_xlsx(tmp_path / "a.xlsx", [HEADER, *ROWS])
    corner = '<row r="1048576"><c r="XFD1048576"><v>1</v></c></row></sheetData>'
    raw = change_part(tmp_path / "a.xlsx", "xl/worksheets/sheet1.xml", "</sheetData>", corner)
    (tmp_path / "a.xlsx").write_bytes(raw)
    (error,) = read_all(tmp_path / "a.xlsx")
    assert "reading it needs more than 1 GB of memory" in str(error)


def write_compound_file(stream: str, content: bytes) -> bytes:
    """An OLE compound file of one stream, after [MS-CFB]: a table, a folder, eight sectors."""
    none, end = 0xFFFFFFFF, 0xFFFFFFFE
    sizes = struct.pack("<HHHHH6x", 0x3E, 3, 0xFFFE, 9, 6)
    starts = struct.pack("<11I", 0, 1, 1, 0, 4096, end, 0, end, 0, 0, none)
    head = bytes.fromhex("d0cf11e0a1b11ae1") + bytes(16) + sizes + starts
    sectors = [0xFFFFFFFD, end, *range(3, 10), end]

    def name_entry(name: str, kind: int, child: int, start: int, size: int) -> bytes:
        written = name.encode("utf-16-le") + bytes(2)
        lead = struct.pack("<HBBIII", len(written), kind, 1, none, none, child)
        return written.ljust(64, b"\0") + lead + bytes(36) + struct.pack("<IQ", start, size)

    entries = name_entry("Root Entry", 5, 1, end, 0) + name_entry(stream, 2, none, 2, 4096)
    table = struct.pack("<128I", *sectors, *[none] * 118)
    return head.ljust(512, b"\xff") + table + entries.ljust(512, b"\0") + content.ljust(4096, b"\0")


# [MS-XLS] 2.4.21 and 2.4.117: a workbook's first record, and one that says it is encrypted.
LOCKED_XLS = struct.pack("<HHHHHHII", 0x0809, 16, 0x0600, 5, 0x0DBB, 0x07CC, 0, 6) + struct.pack(
    "<HHHHH50x", 0x2F, 54, 1, 1, 1
)


@pytest.mark.parametrize(
    ("name", "raw"),
    [
        ("a.xlsx", write_compound_file("EncryptedPackage", b"")),
        ("a.xls", write_compound_file("Workbook", LOCKED_XLS)),
    ],
)
def test_a_workbook_with_a_password_is_told_from_a_broken_one(
    tmp_path: Path, name: str, raw: bytes
) -> None:
    (tmp_path / name).write_bytes(raw)
    (error,) = read_all(tmp_path / name)
    assert "protected by a password (save it without a password)" in str(error)


@pytest.mark.parametrize(
    ("raw", "words"), [(b"", "no workbook"), (b"PK\x03\x04", "no workbook"), (None, "is empty")]
)
def test_what_is_no_workbook_is_told(tmp_path: Path, raw: bytes | None, words: str) -> None:
    write_xlsx(tmp_path / "a.xlsx", [])
    with pytest.raises(ReadingError, match=words):
        list(read_excel((tmp_path / "a.xlsx").read_bytes() if raw is None else raw))


@pytest.mark.skipif(sys.platform == "win32", reason="memory is limited on POSIX systems alone")
def test_parquet_of_more_than_a_gigabyte_is_read_within_one(tmp_path: Path) -> None:
    arrow, parquet = pytest.importorskip("pyarrow"), pytest.importorskip("pyarrow.parquet")
    indexes = arrow.array([0] * 18_000, arrow.int32())  # one text of 64 KB, in 18,000 rows
    texts = arrow.DictionaryArray.from_arrays(indexes, arrow.array(["dài " * 13_000]))
    parquet.write_table(arrow.table({"text": texts}), tmp_path / "a.parquet", store_schema=False)
    code = (
        "import resource, sys; resource.setrlimit(resource.RLIMIT_AS, (2**30, 2**30))\n"
        "from pathlib import Path; from policygraph.reading.tables import read_parquet\n"
        "print(sum(1 for row in read_parquet(Path(sys.argv[1]))))"
    )
    command = [sys.executable, "-c", code, str(tmp_path / "a.parquet")]
    done = subprocess.run(command, capture_output=True, text=True, timeout=60, check=False)
    assert (done.stdout.strip(), done.stderr) == ("18001", "")


CELLS = st.text(st.characters(exclude_categories=("Cs", "Cc")) | st.just("\n"), max_size=30)


@given(st.lists(st.tuples(CELLS, CELLS), max_size=8), st.sampled_from(",;\t|"))
def test_what_was_written_as_csv_comes_back_cell_for_cell(
    rows: list[tuple[str, str]], delimiter: str
) -> None:
    written = io.StringIO()
    csv.writer(written, delimiter=delimiter).writerows([("mã", "bài"), *rows])
    lines = io.StringIO(written.getvalue(), newline="")
    header, *read = read_delimited(lines, delimiter=delimiter)
    assert header == ["mã", "bài"]
    assert read == [list(row) for row in rows]


@pytest.mark.parametrize("row", load_columns(), ids=lambda row: row.id)
def test_columns_are_known_by_their_names(row) -> None:  # type: ignore[no-untyped-def]
    assert all(find_field(name) == row.id for name in row.examples)
    assert all(find_field(name) != row.id for name in row.counter_examples)


def test_the_preferred_of_several_names_is_taken() -> None:
    columns = choose_columns(["body", "id", "text", "date"], [], text_column=None)
    assert columns.indexes == {"text": 2, "id": 1, "published": 3}
    assert columns.note is None


@pytest.mark.parametrize(
    ("written", "date"),
    [
        ("2013-07-25", "2013-07-25"),
        ("2013-07-25T08:00:00+07:00", "2013-07-25"),
        ("25/7/2013", "2013-07-25"),
        ("Thứ Năm, 25-07-2013 08:30 (GMT+7)", "2013-07-25"),
        ("25.7.2013", "2013-07-25"),
        ("31/2/2013", None),
        ("tháng 7/2013", None),
        ("125/7/20134", None),
    ],
)
def test_dates_are_read_with_the_day_first(written: str, date: str | None) -> None:
    assert read_date(written) == date
