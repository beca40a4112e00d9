"""Files that are made to hurt end in time with one clear line, and the rest is read."""

from __future__ import annotations

import io
import json
import sys
import time
import zipfile
import zlib
from collections.abc import Callable
from pathlib import Path

import pytest

import policygraph as pg
from policygraph.errors import ReadingError
from policygraph.pipeline import update_graph
from policygraph.reading import isolation, limits
from policygraph.reading.isolation import Child, read_content_apart

pytestmark = pytest.mark.whole

GOOD = "Thành ủy Hà Khê thực hiện Nghị quyết số 25-NQ/TW, ngày 03/6/2013.\n"
W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"


def make_docx(body: bytes, *, prolog: bytes = b"") -> bytes:
    """A Word file of which the text part is given as it is."""
    types = (
        b'<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
        b'<Default Extension="rels" ContentType='
        b'"application/vnd.openxmlformats-package.relationships+xml"/>'
        b'<Override PartName="/word/document.xml" ContentType="application/vnd.openxmlformats-'
        b'officedocument.wordprocessingml.document.main+xml"/></Types>'
    )
    relations = (
        b'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
        b'<Relationship Id="r" Type="http://schemas.openxmlformats.org/officeDocument/2006/'
        b'relationships/officeDocument" Target="word/document.xml"/></Relationships>'
    )
    document = prolog + b'<w:document xmlns:w="%s"><w:body>' % W.encode() + body
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", types)
        archive.writestr("_rels/.rels", relations)
        archive.writestr("word/document.xml", document + b"</w:body></w:document>")
    return packed.getvalue()


def make_pdf(stream: bytes) -> bytes:
    """A PDF of one page whose content is a compressed stream."""
    packed = zlib.compress(stream, 9)
    parts = [
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R>>",
        b"<</Length %d/Filter/FlateDecode>>stream\n%s\nendstream" % (len(packed), packed),
    ]
    body = b"%PDF-1.4\n"
    for number, part in enumerate(parts, 1):
        body += b"%d 0 obj\n%s\nendobj\n" % (number, part)
    return body + b"trailer<</Root 1 0 R/Size 5>>\n%%EOF"


def add_headers(raw: bytes, header: bytes, count: int) -> bytes:
    """A Word file with so many headers, all the same."""
    packed = io.BytesIO(raw)
    with zipfile.ZipFile(packed, "a", zipfile.ZIP_DEFLATED) as archive:
        for number in range(count):
            part = b'<w:hdr xmlns:w="%s">' % W.encode() + header + b"</w:hdr>"
            archive.writestr(f"word/header{number}.xml", part)
    return packed.getvalue()


PARAGRAPH = b"<w:p><w:r><w:t>x</w:t></w:r></w:p>"
LAUGHS = b'<!DOCTYPE w [<!ENTITY a "ha">' + b"".join(
    b'<!ENTITY %c "%s">' % (letter, b"&%c;" % (letter - 1) * 10) for letter in b"bcdefghij"
)
BOMBS: dict[str, Callable[[], bytes]] = {
    "millions-of-paragraphs.docx": lambda: make_docx(PARAGRAPH * 3_000_000),
    "too-much-in-a-part.docx": lambda: make_docx(b" " * 2**26),
    "entities.docx": lambda: make_docx(b"<w:p>&j;</w:p>", prolog=LAUGHS + b"]>"),
    "no-archive.docx": lambda: b"PK\x03\x04 but no archive",
    "half-a-gigabyte.pdf": lambda: make_pdf(b"BT (x) Tj ET\n" * 40_000_000),
    "broken.pdf": lambda: b"%PDF-1.7\n garbage",
    "deep.html": lambda: b"<html><body>" + b"<div>" * 100_000 + b"x" + b"</div>" * 100_000,
    "deep-inline.html": lambda: b"<html><body><p>" + b"<b>" * 100_000 + b"x",
    "many-paragraphs.html": lambda: b"<html><body>" + b"<p>x</p>" * 200_000,
    "attributes.html": lambda: b"<html><body><p " + b"a='1' " * 500_000 + b">x",
    "entities.html": lambda: LAUGHS + b"]><html><body><p>&j;</p></body></html>",
    "entities.rss": lambda: LAUGHS + b"]><rss><channel><item>&j;</item></channel></rss>",
    "external.rss": lambda: (
        b'<!DOCTYPE r [<!ENTITY x SYSTEM "file:///etc/passwd">]><rss version="2.0"><channel>'
        b"<item><title>t</title><description>&x;</description></item></channel></rss>"
    ),
    "no-workbook.xlsx": lambda: b"PK\x03\x04 but no archive",
    "no-table.parquet": lambda: b"PAR1 but no table PAR1",
    "zeros.txt": lambda: bytes(10_000),
}


@pytest.mark.parametrize("name", BOMBS)
def test_a_file_made_to_hurt_ends_in_time_and_the_rest_is_read(tmp_path: Path, name: str) -> None:
    (tmp_path / name).write_bytes(BOMBS[name]())
    (tmp_path / "zz.txt").write_text(GOOD, encoding="utf-8")
    began = time.monotonic()
    found = list(pg.extract(tmp_path))
    assert time.monotonic() - began < limits.MOST_SECONDS + 5
    texts = [each for each in found if not isinstance(each, pg.PolicyGraphError)]
    assert texts[-1].annotated.article.text == GOOD
    for error in (each for each in found if isinstance(each, pg.PolicyGraphError)):
        assert str(tmp_path / name) in str(error)
        assert "\n" not in str(error)
        assert error.remedy
    assert not any("root:" in each.annotated.article.text for each in texts)


def test_many_parts_that_are_small_each_are_refused_unread() -> None:
    raw = add_headers(make_docx(PARAGRAPH), b" " * 2**23, 8)
    with pytest.raises(ReadingError, match="its unpacked text has 64 MB, and at most 64 are read"):
        read_content_apart(raw, "docx")


def test_a_line_of_a_gigabyte_is_refused_without_being_loaded(tmp_path: Path) -> None:
    with (tmp_path / "a.txt").open("wb") as file:
        file.truncate(2**30)
    with (tmp_path / "b.jsonl").open("wb") as file:
        file.truncate(2**30)
        file.seek(0, io.SEEK_END)
        file.write(b"\n" + json.dumps({"id": "1", "text": GOOD}).encode())
    first, second, third = pg.extract(tmp_path)
    assert "1,024 MB" in str(first)
    assert "b.jsonl:1" in str(second)
    assert "1,024 MB" in str(second)
    assert not isinstance(third, pg.PolicyGraphError)


def test_eight_thousand_brackets_are_nothing(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("(" * 8_000 + "a)))" * 8_000, encoding="utf-8")
    began = time.monotonic()
    list(pg.extract(tmp_path))
    assert time.monotonic() - began < 5


def test_a_text_of_too_many_characters_is_refused_with_the_remedy(tmp_path: Path) -> None:
    text = "x" * (limits.MOST_CHARACTERS + 1)
    (tmp_path / "a.txt").write_text(text, encoding="utf-8")
    (found,) = pg.extract(tmp_path)
    assert "3,000,001 characters" in str(found)
    assert "split it" in str(found)


def test_a_reader_that_does_not_end_is_killed_and_the_next_file_has_a_new_one(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    child = Child()
    monkeypatch.setattr(isolation, "MOST_SECONDS", 0.001)
    with pytest.raises(ReadingError, match="longer than"):
        list(child.ask({"form": "html", "size": 3}, b"<p>"))
    monkeypatch.undo()
    assert list(child.ask({"form": "html", "size": 10}, b"<p>H\xc3\xa0</p>"))
    child.kill()


def test_a_crash_is_told_from_a_want_of_memory() -> None:
    """A process that dies says why on standard error, or by the signal that ends it."""
    code = "import os, sys; print({said!r}, file=sys.stderr, flush=True); os.kill(os.getpid(), {n})"
    told = {}
    for said, number in (("x", 11), ("x", 6), ("memory allocation of 9 bytes failed", 6), ("", 9)):
        child = Child()
        command = [sys.executable, "-c", code.format(said=said, n=number)]
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(isolation, "command_of", lambda _, command=command: command)
            with pytest.raises(ReadingError) as caught:
                list(child.ask({"form": "html", "size": 0}))
        told[said, number] = caught.value.message
    assert list(told.values()) == [
        "its reader crashed (exit -11): it is broken",
        "its reader crashed (exit -6): it is broken, or needs more than 1 GB of memory",
        "reading it needs more than 1 GB of memory",
        "reading it needs more than 1 GB of memory",
    ]


def test_a_build_reports_each_file_that_hurts_and_keeps_the_rest(tmp_path: Path) -> None:
    articles = tmp_path / "articles"
    articles.mkdir()
    (articles / "a.txt").write_text(GOOD, encoding="utf-8")
    (articles / "b.docx").write_bytes(BOMBS["entities.docx"]())
    (articles / "c.pdf").write_bytes(BOMBS["broken.pdf"]())
    report = update_graph(articles, graph=tmp_path / "graph")
    assert report.read == 1
    failed = report.as_json()["failed"]
    assert [Path(row["place"]).name for row in failed] == ["b.docx", "c.pdf"]
    assert all(row["problem"] and row["remedy"] for row in failed)


def test_what_the_reader_says_of_a_good_page_comes_back_whole() -> None:
    content = read_content_apart("<p>Hà “Khê” <b>&lt;b&gt;</b>".encode(), "html")
    assert "Hà “Khê” <b>" in content.blocks[0].text


@pytest.mark.parametrize(
    ("form", "module", "extra"),
    [("pdf", "pypdfium2", "pdf"), ("html", "trafilatura", "html"), ("docx", "lxml", "docx")],
)
def test_a_reader_that_is_not_installed_names_the_extra_that_brings_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, form: str, module: str, extra: str
) -> None:
    stub = f"raise ModuleNotFoundError('No module named {module}', name='{module}')\n"
    (tmp_path / f"{module}.py").write_text(stub, encoding="utf-8")
    monkeypatch.syspath_prepend(tmp_path)
    child = Child()
    raw = (
        make_docx(PARAGRAPH)
        if form == "docx"
        else b"<p>" + b"Th\xe1\xbb\xb1c hi\xe1\xbb\x87n " * 90
    )
    with pytest.raises(ReadingError, match=f"need the extra “{extra}”") as caught:
        list(child.ask({"form": form, "size": len(raw)}, raw))
    child.kill()
    assert caught.value.remedy == f'pip install "policygraph[{extra}]"'
