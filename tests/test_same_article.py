"""The Hà Nội article says the same whatever file it comes in."""

from __future__ import annotations

import html
import re
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

import policygraph as pg
from policygraph.pipeline import Extraction
from policygraph.reading.legacy import load_letters, load_tables
from policygraph.resources import data_file

SOURCE = data_file("articles", "hanoi-dan-van.txt")
TEXT = SOURCE.read_text(encoding="utf-8")
LINES = [line for line in TEXT.split("\n") if line.strip()]
DATA = Path(__file__).parent / "data"
W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'

Said = tuple[list[tuple[str, str, str]], list[tuple[str, str, str]]]


def extract(path: Path) -> Extraction:
    (found,) = pg.extract(path)
    assert isinstance(found, Extraction), str(found)
    return found


def said(extraction: Extraction) -> Said:
    """The mentions, by their words and what they stand for, and the relations."""
    record = extraction.as_record()
    mentions = [
        (m["kind"], " ".join(record["text"][m["start"] : m["end"]].split()), m["entity"])
        for m in record["mentions"]
    ]
    relations = [(r["subject"], r["predicate"], r["object"]) for r in record["relations"]]
    return sorted(mentions), sorted(relations)


@pytest.fixture(scope="module")
def expected() -> Said:
    return said(extract(SOURCE))


def write_html(path: Path) -> None:
    """The article as a newspaper's page would have it, among menus, teasers and comments."""
    title, *lines = TEXT.partition("Chủ đề :")[0].strip().split("\n")
    paragraphs = [line for line in lines if line.strip()]
    body = "".join(f"<p>{html.escape(line)}</p>" for line in paragraphs[:-1])
    path.write_text(
        f"""<!DOCTYPE html><html lang="vi"><head><meta charset="utf-8">
<title>{title} | Báo Hà Khê</title></head><body class="page has-sidebar">
<header><div class="clock">Thứ Sáu, 20/11/2026 08:15</div>
<ul class="main-menu"><li><a href="/">Trang chủ</a></li><li><a href="/ct">Chính trị</a></li></ul>
</header><div class="main"><h1>{title}</h1><div class="meta">Thứ Năm, 15/10/2015 - 07:30</div>
<div class="content">{body}<p class="author">{paragraphs[-1]}</p></div>
<div class="related"><h3>Tin liên quan</h3><ul>
<li><a href="/a">Thành ủy Cẩm Lũng triển khai Nghị quyết số 99-NQ/TW</a></li></ul></div>
<div id="comments"><p>Tôi nghĩ Chỉ thị số 30-CT/TW rất đúng, cần được thực hiện.</p></div>
</div><footer>© Báo Hà Khê, theo Nghị định 43/2014/NĐ-CP</footer></body></html>""",
        encoding="utf-8",
    )


def write_docx(path: Path, font: str = "", encode: Callable[[str], str] = str) -> None:
    run = f'<w:rPr><w:rFonts w:ascii="{font}" w:hAnsi="{font}"/></w:rPr>' if font else ""
    body = "".join(
        f'<w:p><w:r>{run}<w:t xml:space="preserve">{html.escape(encode(line))}</w:t></w:r></w:p>'
        for line in LINES
    )
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        document = f"<w:document {W}><w:body>{body}</w:body></w:document>"
        archive.writestr("word/document.xml", document)


def hide(text: str, name: str) -> str:
    """The text in the codes of an encoding; what it has no code for in the nearest that it has."""
    codes = {letter: code for code, letter in load_tables()[name].letters.items()}
    signs = {"“": '"', "”": '"', "–": "-", "…": "...", "\u00a0": " "}
    lacking = {row.letter: row.letter.lower() for row in load_letters()} | signs
    return "".join(codes.get(c) or codes.get(lacking.get(c, c)) or lacking.get(c, c) for c in text)


FORMS: dict[str, Callable[[Path], object]] = {
    "a.html": write_html,
    "a.docx": write_docx,
    "vni.docx": lambda path: write_docx(path, "VNI-Times", lambda line: hide(line, "VNI")),
    "one.pdf": lambda path: path.write_bytes((DATA / "hanoi-one-column.pdf").read_bytes()),
    "two.pdf": lambda path: path.write_bytes((DATA / "hanoi-two-columns.pdf").read_bytes()),
    "utf16.txt": lambda path: path.write_text(TEXT, encoding="utf-16"),
    **{
        f"{name}.txt": lambda path, name=name: path.write_bytes(hide(TEXT, name).encode("latin-1"))
        for name in ("VNI", "VISCII", "VPS", "Windows-1258", "TCVN 5712-1")
    },
}


@pytest.mark.parametrize("name", FORMS)
def test_every_form_gives_the_same_mentions_links_and_relations(
    tmp_path: Path, name: str, expected: Said
) -> None:
    FORMS[name](tmp_path / name)
    extraction = extract(tmp_path / name)
    mentions, relations = said(extraction)
    assert mentions == expected[0]
    assert relations == expected[1]
    article = extraction.annotated.article
    assert article.title == LINES[0]
    assert article.author == "Trần Quang Cảnh"


def test_tcvn3_gives_the_same_though_it_has_no_capitals_with_tones(
    tmp_path: Path, expected: Said
) -> None:
    (tmp_path / "a.txt").write_bytes(hide(TEXT, "TCVN3").encode("latin-1"))
    mentions, relations = said(extract(tmp_path / "a.txt"))
    assert relations == expected[1]
    assert [entity for *_, entity in mentions] == [entity for *_, entity in expected[0]]


def test_evidence_says_where_it_stands_in_the_file(tmp_path: Path) -> None:
    (tmp_path / "a.pdf").write_bytes((DATA / "hanoi-one-column.pdf").read_bytes())
    graph = pg.build(tmp_path / "a.pdf", graph=tmp_path / "graph")
    quotes = [quote for step in graph.trace("25-NQ/TW").steps for quote in step.evidence]
    assert quotes
    for quote in quotes:
        assert re.fullmatch(r"pages? \d(-\d)?( to pages? \d(-\d)?)?", quote.location)
        assert quote.as_json()["location"] == quote.location
