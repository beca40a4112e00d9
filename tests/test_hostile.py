"""Texts made to be slow: every stage takes time in proportion to the text."""

from __future__ import annotations

from pathlib import Path

import pytest
from timing import assert_grows_within

from policygraph.errors import ReadingError
from policygraph.extraction import findings
from policygraph.graph.rdf import describe_article
from policygraph.linking import link
from policygraph.model import Article, Claims
from policygraph.pipeline import annotate, extract, update_graph
from policygraph.registry import load_registry

pytestmark = pytest.mark.timing

BASE = "https://example.org/id/"
OPENING = "Thành ủy Hà Nội ban hành Chương trình số 23-CTr/TU thực hiện Nghị quyết 25-NQ/TW"

WORST = {
    "stops": OPENING + "." * 100,
    "opening quotation marks": OPENING + "“" * 100,
    "asterisks between citations": "23-CTr/TU " + "*" * 100 + " 25-NQ/TW",
    "spaces": OPENING + " " * 100 + "x",
    "one number": "25-NQ/TW ",
    "dated citations": "Nghị quyết 25-NQ/TW ngày 3/6/2013. ",
    "carried out again and again": "thực hiện 25-NQ/TW ",
    "bodies": "Sở Nội vụ ",
    "campaigns": "phong trào “Dân vận khéo”, ",
    "serials of a full number": "Kế hoạch số 22-KH/HU. Kế hoạch 22, KH 22, ",
    "quoted campaigns": "phong trào “Góp sách” do Tỉnh đoàn khởi xướng. ",
    "serials of a body": "Tại Quyết định 217, 218 của Bộ Chính trị. ",
    "drives": "hưởng ứng đợt cao điểm “30 ngày đêm” ra quân ",
    "lists of serials": "Nghị quyết số 1, 2, 3 và ",
    "numbers of a letterhead": "Số: 1/QĐ-UBND\n",
    "teasers between paragraphs": f"Tin liên quan\nHà Nội mở lớp\n\n{OPENING}.\n\n",
    "plurals": "Nghị định 1 và Nghị định 2 có hiệu lực. Hai nghị định này thay thế Nghị định 3"
    + ", hai nghị định này thay thế Nghị định 4" * 30
    + ". ",
    "ministries": "các Bộ: Y tế, Tài chính, ",
    "spaced serials": "Nghị quyết 59 70 71 72 của Bộ Chính trị, ",
    "announced lists": "Chính phủ ban hành 3 nghị định. Đó là Nghị định 5. ",
    "brackets": "(",
    "digits": "1",
    "hyphens": "25-",
    "capitals": "UBND ",
}


def process(text: str) -> None:
    """Reads, links and describes a text."""
    annotated = annotate(Article("a.txt", text, "0" * 64))
    link([Claims("a.txt", None, annotated.references, annotated.statements)], load_registry())
    list(describe_article(annotated, base=BASE))


@pytest.mark.parametrize("name", WORST)
def test_time_grows_with_the_text_not_faster(name: str) -> None:
    """Eight times the text takes far less than the 64 times of quadratic work."""
    unit = WORST[name]
    short, long = (unit * (size // len(unit)) for size in (5_000, 40_000))
    assert_grows_within(30, process, short, long)


@pytest.mark.parametrize("character", [".", "“", "*", " ", "\t", "(", "-", "…", "\n"])
def test_a_long_run_of_one_character_between_citations_is_passed_over(character: str) -> None:
    long = f"{OPENING}{character * 50_000} và Chỉ thị 05-CT/TW"
    assert_grows_within(300, process, OPENING, long)


@pytest.mark.parametrize(
    ("unit", "what"),
    [
        ("25-NQ/TW ", "citations"),
        ("Bộ Nội vụ, ", "names of organisations"),
        ("phong trào “Dân vận khéo”, ", "names of campaigns"),
    ],
)
def test_a_text_that_is_nothing_but_mentions_is_refused_and_the_rest_is_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, unit: str, what: str
) -> None:
    monkeypatch.setattr(findings, "MOST_CITATIONS", 100)
    monkeypatch.setattr(findings, "MOST_NAMES", 100)
    (tmp_path / "a.txt").write_text(unit * 101, encoding="utf-8")
    (tmp_path / "b.txt").write_text(unit * 100, encoding="utf-8")
    error, article = extract(tmp_path)
    path = tmp_path / "a.txt"
    assert str(error) == (
        f"{path}: the text has 101 {what}, and at most 100 are read (split it into several files)"
    )
    assert not isinstance(article, ReadingError)
    report = update_graph(tmp_path, graph=tmp_path / "graph")
    assert (report.read, len(report.errors)) == (1, 1)
