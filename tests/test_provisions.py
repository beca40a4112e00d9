"""Which parts of a document a citation points at."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from timing import assert_grows_within

from policygraph.extraction import extract_mentions
from policygraph.graph.queries import QueryResult
from policygraph.model import Article, Citation
from policygraph.pipeline import build, extract
from policygraph.provision_levels import ProvisionLevel, label_provision, load_provision_levels


def read(text: str) -> list[str]:
    mentions = extract_mentions(Article("a.txt", text, "0" * 64))
    return [
        label_provision(provision)
        for mention in mentions
        if isinstance(mention, Citation)
        for provision in mention.provisions
    ]


@pytest.mark.parametrize(
    ("text", "labels"),
    [
        ("điểm a khoản 2 Điều 80 của Luật Đất đai năm 2013", ["điểm a khoản 2 Điều 80"]),
        (
            "Khoản 1, khoản 2 Điều 5 và Điều 7 Luật Đất đai năm 2013",
            ["khoản 1 Điều 5", "khoản 2 Điều 5", "Điều 7"],
        ),
        (
            "điểm a khoản 1, điểm b khoản 2 Điều 5 Nghị định số 30/2020/NĐ-CP",
            ["điểm a khoản 1 Điều 5", "điểm b khoản 2 Điều 5"],
        ),
        ("Điều 5, khoản 2, 3 Luật Đất đai", ["khoản 2 Điều 5", "khoản 3 Điều 5"]),
        ("Chương II và Điều 5 của Luật Đất đai", ["Chương II", "Điều 5"]),
        ("từ Điều 5 đến Điều 8 Bộ luật Lao động", ["Điều 5", "Điều 6", "Điều 7", "Điều 8"]),
        ("Điều 1 đến Điều 900 Bộ luật Dân sự", ["Điều 1", "Điều 900"]),
        ("Khoản 2, Điều 10 dự thảo Luật Đất đai (sửa đổi)", ["khoản 2 Điều 10"]),
        ("Luật Đất đai năm 2013 (Điều 80)", ["Điều 80"]),
        ("điểm đ khoản 3a\nĐiều 12b Thông tư số 15/2015/TT-BTC", ["điểm đ khoản 3a Điều 12b"]),
        ("điểm 8.1 và 8.2 mục III trong Hướng dẫn số 05-HD/UBKTTW",
         ["điểm 8.1 Mục III", "điểm 8.2 Mục III"]),
        ("Điều 5 Nghị định số 12/2020/NĐ-CP và khoản 3 Điều 6 Nghị định số 13/2021/NĐ-CP",
         ["Điều 5", "khoản 3 Điều 6"]),
        ("Điều 80. Thực hiện Luật Đất đai năm 2013", []),
        ("Nghị quyết số 57-NQ/TW và Điều 80", []),
    ],
)  # fmt: skip
def test_provisions(text: str, labels: list[str]) -> None:
    assert read(f"Theo {text}, các tỉnh sắp xếp bộ máy.") == labels


def test_a_provision_belongs_to_the_citation_behind_it() -> None:
    text = "Luật Nhà ở năm 2023, khoản 2 Điều 80 Luật Đất đai năm 2013"
    first, second = extract_mentions(Article("a.txt", text, "0" * 64))
    assert isinstance(first, Citation)
    assert isinstance(second, Citation)
    assert (first.provisions, len(second.provisions)) == ((), 1)
    span = second.provisions[0].span
    assert text[span.start : span.end] == "khoản 2 Điều 80"


def test_offsets_hold_in_decomposed_text() -> None:
    text = "Theo đie\u0302\u0309m a khoa\u0309n 2 Điều 80 Luật Đất đai, ca\u0301c"
    (citation,) = extract_mentions(Article("a.txt", text, "0" * 64))
    assert isinstance(citation, Citation)
    (provision,) = citation.provisions
    assert text[provision.span.start : provision.span.end].endswith("Điều 80")
    assert label_provision(provision) == "điểm a khoản 2 Điều 80"


LEVELS = list(load_provision_levels().values())


@pytest.mark.parametrize("level", LEVELS, ids=lambda level: level.id)
def test_every_row_proves_itself(level: ProvisionLevel) -> None:
    assert level.examples
    assert level.counter_examples
    assert level.source
    assert all(level.label in " ".join(read(example)) for example in level.examples)
    assert not any(level.label in " ".join(read(text)) for text in level.counter_examples)


def test_a_smaller_part_has_a_greater_rank() -> None:
    assert [level.id for level in LEVELS] == ["phan", "chuong", "muc", "dieu", "khoan", "diem"]


WORDS = ("Điều", "khoản", "điểm", "Chương", "đến", "của", "và", "Luật Đất đai", "25-NQ/TW")
PIECES = st.sampled_from((*WORDS, " ", ", ", "5", "II", "a", "-", "(", ")", "\n"))


@given(st.lists(PIECES, max_size=30).map("".join))
def test_provisions_lie_inside_the_text_and_name_each_level_once(text: str) -> None:
    for mention in extract_mentions(Article("a.txt", text, "0" * 64)):
        for provision in mention.provisions if isinstance(mention, Citation) else ():
            assert 0 <= provision.span.start < provision.span.end <= len(text)
            levels = [level for level, _ in provision.parts]
            assert len(set(levels)) == len(levels) > 0


@pytest.mark.timing
@pytest.mark.parametrize(
    "worst",
    ["Điều 5, ", "khoản 2 ", "điểm a, b ", "Điều 1-", "mục a và ", "Chương ", "Điều 1 đến 30 "],
)
def test_time_grows_with_the_text_not_faster(worst: str) -> None:
    short, long = (worst * (size // len(worst)) + "Luật Đất đai" for size in (20_000, 200_000))
    assert_grows_within(40, read, short, long)


def test_provisions_are_printed_kept_and_asked_for(tmp_path: Path) -> None:
    text = "Căn cứ khoản 2 Điều 80 và Điều 81 Luật Đất đai năm 2013, tỉnh quyết định."
    article = tmp_path / "a.txt"
    article.write_text(text, encoding="utf-8")
    (extraction,) = extract(article)
    assert not isinstance(extraction, Exception)
    (mention,) = extraction.as_record()["mentions"]
    assert mention["provisions"] == ["khoản 2 Điều 80", "Điều 81"]

    graph = build(article, graph=tmp_path / "graph")
    answer = graph.query_named("provisions", document="Luật Đất đai năm 2013")
    columns = ("provision", "dieu", "khoan", "diem", "quote")
    rows = [dict(zip(answer.variables, row, strict=True)) for row in answer.texts()]
    quote = "khoản 2 Điều 80 và Điều 81"
    assert {tuple(row[column] for column in columns) for row in rows} == {
        ("khoản 2 Điều 80", "80", "2", "", quote),
        ("Điều 81", "81", "", "", quote),
    }
    ask = 'SELECT ?m { ?m pg:provision [ pg:dieu "80" ; pg:khoan "2" ] }'
    found = graph.query(ask)
    assert isinstance(found, QueryResult)
    assert len(found.rows) == 1
