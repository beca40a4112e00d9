"""A short official document says the same of itself whatever file it comes in."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Callable
from html import unescape
from pathlib import Path

import pytest

import policygraph as pg
from policygraph.model import Citation
from policygraph.pipeline import Extraction
from policygraph.span import Span

DATA = Path(__file__).parent / "data"
PAGE = (DATA / "decree.html").read_text(encoding="utf-8")
BODY = PAGE.partition("<body")[2].partition(">")[2].partition("</body>")[0]
LINES = [unescape(line) for line in re.findall(r"<p[^>]*>([^<]+)</p>", BODY)]
W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
MENU = "<ul><li><a href=/>Trang chủ</a></li><li><a href=/v>Văn bản</a></li></ul>"


def write_columns(path: Path) -> None:
    """Letterhead and signature beside each other, set by spaces."""
    left, right = LINES[:3], LINES[3:7]
    beside = [f"{a:<50}{b}" for a, b in zip([*left[:2], "", left[2]], right, strict=True)]
    foot, signed = LINES[-6:-3], LINES[-3:]
    below = [f"{a:<50}{b}" for a, b in zip(foot, signed, strict=True)]
    path.write_text("\n".join([*beside, "", *LINES[7:-6], "", *below]), encoding="utf-8")


def write_portal(path: Path) -> None:
    page = f"<body><div>{MENU}</div><div><div>{BODY}</div></div><div>Bản quyền</div></body>"
    path.write_text(f"<title>Cổng thông tin</title>{page}", encoding="utf-8")


def write_docx(path: Path) -> None:
    body = "".join(f"<w:p><w:r><w:t>{line}</w:t></w:r></w:p>" for line in LINES)
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        document = f"<w:document {W}><w:body>{body}</w:body></w:document>"
        archive.writestr("word/document.xml", document)


FORMS: dict[str, Callable[[Path], object]] = {
    "lines.txt": lambda path: path.write_text("\n".join(LINES), encoding="utf-8"),
    "gaps.txt": lambda path: path.write_text("\n\n".join(LINES), encoding="utf-8"),
    "columns.txt": write_columns,
    "page.html": lambda path: path.write_text(PAGE, encoding="utf-8"),
    "portal.html": write_portal,
    "word.docx": write_docx,
    "print.pdf": lambda path: path.write_bytes((DATA / "decree.pdf").read_bytes()),
}


def extract(path: Path) -> Extraction:
    (found,) = pg.extract(path)
    assert isinstance(found, Extraction), str(found)
    return found


@pytest.mark.parametrize("name", FORMS)
def test_every_form_gives_the_same_document(tmp_path: Path, name: str) -> None:
    FORMS[name](tmp_path / name)
    extraction = extract(tmp_path / name)
    article = extraction.annotated.article
    own = next(m for m in extraction.annotated.mentions if isinstance(m, Citation) and m.is_own)

    def slice_(span: Span | None) -> str | None:
        return article.text[span.start : span.end] if span else None

    assert (own.written, own.type, own.dates[0].date) == (
        *("912/2031/NĐ-CP", "nghi-dinh"),
        "2031-03-05",
    )
    assert slice_(own.issuer) == "CHÍNH PHỦ"
    assert slice_(own.title) == "VỀ CHỢ PHIÊN VÙNG CAO"
    assert slice_(own.signer) == "Lò Văn Sơn"
    assert (article.title, article.author) == ("VỀ CHỢ PHIÊN VÙNG CAO", None)
    record = extraction.as_record()
    decree, old = "document/nn/cp/2031/nd/912", "document/nn/cp/2024/nd/810"
    assert record["document"] == decree
    relations = {(r["subject"], r["predicate"], r["object"]) for r in record["relations"]}
    assert relations == {
        (decree, "basedOn", "document/nn/luat/luat-to-chuc-chinh-phu/2015"),
        (decree, "replaces", old),
        (decree, "issuedBy", "organisation/chinh-phu"),
        (old, "issuedBy", "organisation/chinh-phu"),
    }
