"""Issuers that only the code in a document's number tells, and what is stated of them."""

from __future__ import annotations

import pytest
from timing import assert_grows_within

from policygraph.document_types import type_codes
from policygraph.extraction import extract_mentions
from policygraph.extraction.coded_issuers import (
    CodedIssuerRule,
    load_coded_issuer_rules,
    stands_for,
)
from policygraph.model import Article, Citation
from policygraph.numbering import parse_number
from policygraph.pipeline import annotate

ROWS = [rule.row for rule in load_coded_issuer_rules()]


def find_issuers(text: str) -> list[str | None]:
    """The issuer of each citation of a text, as the text writes it."""
    mentions = extract_mentions(Article("a.txt", text, "0" * 64))
    spans = [m.issuer for m in mentions if isinstance(m, Citation)]
    return [text[span.start : span.end] if span else None for span in spans]


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row.id)
def test_every_row_proves_itself(row: CodedIssuerRule) -> None:
    assert row.examples
    assert row.counter_examples
    assert all(find_issuers(example)[0] for example in row.examples)
    assert not any(find_issuers(example)[0] for example in row.counter_examples)


@pytest.mark.parametrize(
    ("text", "issuers"),
    [
        # a list in brackets shares what stands before it
        ("UBND tỉnh phê duyệt đề án (Quyết định 1/QĐ-UBND, 3/QĐ-UBND).", ["UBND tỉnh"] * 2),
        # the nearest body that the code fits, not the nearest body
        ("Sở Y tế trình UBND tỉnh phê duyệt đề án (Quyết định số 12/QĐ-UBND).", ["UBND tỉnh"]),
        ("UBND tỉnh giao Sở Y tế phê duyệt đề án (Quyết định số 12/QĐ-SYT).", ["Sở Y tế"]),
        # what another citation's title says is not this one's
        ("Thông tư 5/TT-BYT sửa đổi Thông tư 3/TT-BYT về y tế của Bộ Y tế.", [None, "Bộ Y tế"]),
        ("Thông tư 5/2020/TT-BYT về khám bệnh. Ý kiến của Bộ Y tế.", [None]),
    ],
)  # fmt: skip
def test_whose_code_it_is(text: str, issuers: list[str | None]) -> None:
    assert find_issuers(text) == issuers


@pytest.mark.parametrize(
    ("written", "name", "fits"),
    [
        ("121/2007/QĐ-TTg", "Thủ tướng Chính phủ", True),
        ("6569/BGDĐT-GDTrH", "Bộ Giáo dục và Đào tạo", True),
        ("25-NQ/TW", "Bộ Chính trị khóa XI", True),
        ("45/QĐ-SNV", "Sở Nội vụ tỉnh Hà Nam", True),
        ("45/QĐ-HĐQT", "Hội đồng quản trị", True),
        ("12-KH/HU", "Huyện ủy Yên Lạc", True),
        ("12-KH/TU", "Huyện ủy Yên Lạc", False),
        ("45/QĐ-SNV", "Sở Y tế tỉnh Hà Nam", False),
        ("45/QĐ-UBND", "Hội đồng nhân dân tỉnh", False),
        ("45", "Bộ Y tế", False),
    ],
)
def test_a_code_stands_for_a_body(written: str, name: str, fits: bool) -> None:
    number = parse_number(written, type_codes())
    assert number is not None
    assert stands_for(number, name) is fits


def test_the_relation_cites_the_sentence() -> None:
    text = "Đề án chợ nổi đã được Sở Công Thương công bố (Quyết định số 386/QĐ-SCT)."
    (statement,) = annotate(Article("a.txt", text, "0" * 64)).statements
    assert statement.predicate == "issuedBy"
    assert [e.rule for e in statement.evidence] == ["issuer-by-code"]


@pytest.mark.parametrize(
    ("text", "issuers"),
    [
        ("Hướng dẫn Nghị quyết 17/2022/UBTVQH15 của Tổng Liên đoàn Lao động Việt Nam.", []),
        ("Nghị quyết số 17/2022/QH15 của Quốc hội.", ["Quốc hội"]),
        ("Thay mặt Chính phủ, Thủ tướng Chính phủ ký Nghị định 6/2013/NĐ-CP.", ["Chính phủ"]),
    ],
)  # fmt: skip
def test_whose_a_text_says_a_document_is(text: str, issuers: list[str]) -> None:
    article = annotate(Article("a.txt", text, "0" * 64))
    named = {r.id: text[m.span.start : m.span.end] for r in article.references for m in r.mentions}
    stated = [s for s in article.statements if s.predicate == "issuedBy"]
    assert [named[s.object] for s in stated] == issuers


def test_a_body_does_not_speak_in_the_document_of_another() -> None:
    text = "Tại Nghị định 12/2020/NĐ-CP, Bộ Tài chính quy định mức phí."
    assert annotate(Article("a.txt", text, "0" * 64)).statements == ()


@pytest.mark.timing
def test_eight_times_the_papers_and_bodies_take_about_eight_times_as_long() -> None:
    unit = "Ngày 3/7/2015, UBND tỉnh giao Sở Y tế lập dự án (Quyết định số 5/QĐ-SNV) tại Công văn "
    short, long = (unit * (size // len(unit)) for size in (20_000, 160_000))
    assert_grows_within(
        20, lambda text: extract_mentions(Article("a", text, "0" * 64)), short, long
    )
