"""Dates, issuers, terms and titles that stand around a citation."""

from __future__ import annotations

from collections.abc import Iterable

import pytest

from policygraph.extraction.attributes import (
    AttributeRule,
    complete_citations,
    load_attribute_rules,
)
from policygraph.extraction.citations import find_citations
from policygraph.model import Citation, NameMention
from policygraph.span import Span
from policygraph.text import fold

BODIES = (
    "Ban Chấp hành Trung ương Đảng khóa XI",
    "Ban Chấp hành Trung ương",
    "Ban Bí thư",
    "Bộ Chính trị",
    "UBND tỉnh Hà Nam",
)


def read(text: str, bodies: Iterable[str] = BODIES) -> list[Citation]:
    names = {
        text.index(body): NameMention("organisation", Span(start, start + len(body)), "test", body)
        for body in reversed(list(bodies))
        if (start := text.find(body)) >= 0
    }
    folded = fold(text)
    return complete_citations(folded, find_citations(folded), list(names.values()))


def dates(citation: Citation) -> list[str]:
    return [stated.date for stated in citation.dates]


@pytest.mark.parametrize(
    ("text", "date"),
    [
        ("Nghị quyết số 25-NQ/TW, ngày 03/6/2013 của", "2013-06-03"),
        ("Nghị quyết số 25-NQ/TW ngày 3 tháng 6 năm 2013", "2013-06-03"),
        ("Nghị quyết số 25-NQ/TW ngày 03-6-2013", "2013-06-03"),
        ("Nghị quyết số 25-NQ/TW ngày 3.6.2013", "2013-06-03"),
        ("Nghị quyết số 25-NQ/TW (ngày 3/ 6/2013)", "2013-06-03"),
        ("Quyết định số 12/QĐ-UB ngày 20/11 năm 1982", "1982-11-20"),
        ("Chỉ thị 05 của Bộ Chính trị, ngày 15/5/2016", "2016-05-15"),
        ("Ngày 20/3/2025, Ủy ban Kiểm tra đã ban hành Hướng dẫn số 15-HD/UBKTTW", "2025-03-20"),
        ("Số: 12/QĐ-UBND\nVề việc khen thưởng\n09/08/2012\nSố: 13", "2012-08-09"),
        ("12-QĐ/TW | Quy định | Nêu gương của cán bộ | 2018-10-25", "2018-10-25"),
        ("| 3 | 12/QĐ-UBND | Về việc khen thưởng | 09/08/2012 |", "2012-08-09"),
        ("ngày 25/9/2015 Thành uỷ đã ban hành Quyết định số 6525-QĐ/TU", "2015-09-25"),
    ],
)
def test_dates(text: str, date: str) -> None:
    (citation,) = read(text)
    assert dates(citation) == [date]
    stated = citation.dates[0].span
    assert text[stated.start : stated.end][0].isdigit()


@pytest.mark.parametrize(
    "text",
    [
        "Nghị quyết số 25-NQ/TW ngày 31/2/2013",
        "công văn số 1017 ngày 29/4 của UBND tỉnh Hà Nam",
        "Từ ngày 20/3/2025, thực hiện Hướng dẫn số 15-HD/UBKTTW",
        "Nghị quyết số 25-NQ/TW có hiệu lực từ ngày 03/6/2013",
        "12-QĐ/TW | Quy định | 2018-02-30",
        "12-QĐ/TW | 25/10/2018 | 30/10/2018",
        "Số hiệu 12-QĐ/TW | Quy định | 25/10/2018",
        "Họp ngày 20/3/2025. Tỉnh ủy đã ban hành Kế hoạch số 12-KH/TU",
    ],
)
def test_what_is_no_date_of_issue(text: str) -> None:
    (citation,) = read(text)
    assert dates(citation) == []


def test_a_date_that_belongs_to_another_document_is_left_to_it() -> None:
    text = (
        "Ngày 14/4/2025, tổng kết Nghị quyết 18-NQ/TW (ngày 25/10/2017), "
        "đã ký Kế hoạch số 47-KH/BCĐ"
    )
    assert [dates(c) for c in read(text)] == [["2017-10-25"], ["2025-04-14"]]


def test_a_list_shares_its_issuer() -> None:
    text = "Quyết định số 217-QĐ/TW; Quyết định số 218-QĐ/TW của Bộ Chính trị"
    one, other = read(text)
    assert one.issuer == other.issuer
    assert one.issuer is not None
    assert text[one.issuer.start : one.issuer.end] == "Bộ Chính trị"


def test_documents_of_two_types_do_not_share_an_issuer() -> None:
    plenum, directive = read("Nghị quyết Trung ương 4 (khóa XII), Chỉ thị 05 của Bộ Chính trị")
    assert plenum.issuer is None
    assert directive.issuer is not None


@pytest.mark.parametrize(
    ("text", "bodies"),
    [
        ("Thông tư 4 hướng dẫn thi hành Nghị định 55 của Bộ Y tế.", ["Bộ Y tế", None]),
        ("Thông tư 4 hướng dẫn Luật Dược của Bộ Y tế.", ["Bộ Y tế", None]),
        ("Luật Dược của Bộ Y tế.", [None]),
        ("Chỉ thị số 05-CT/TW về đẩy mạnh thực hiện Luật Dược của Bộ Y tế.", [None, None]),
        ("Công văn số 9/UBND-VX hướng dẫn Luật Dược của Bộ Y tế.", [None, None]),
        ("Nghị định 55 của Bộ Y tế.", ["Bộ Y tế"]),
        ("Thông tư 4; theo Nghị định 55 của Bộ Y tế.", [None, "Bộ Y tế"]),
    ],
)
def test_an_issuer_stands_with_the_document_that_may_be_its_own(
    text: str, bodies: list[str | None]
) -> None:
    issuers = [c.issuer for c in read(text, ["Bộ Y tế"])]
    assert [i and text[i.start : i.end] for i in issuers] == bodies


def test_a_pair_of_two_types_shares_it_where_their_numbers_bear_one_code() -> None:
    pair = read("Chỉ thị số 35-CT/TW và Kết luận số 118-KL/TW của Bộ Chính trị")
    assert pair[0].issuer == pair[1].issuer is not None
    law, decision = read(
        "Luật số 43/2019/QH14 và Quyết định số 8/2020/QĐ-UBND của UBND tỉnh Hà Nam"
    )
    assert law.issuer is None
    assert decision.issuer is not None


@pytest.mark.parametrize(
    ("text", "term"),
    [
        ("Chỉ thị số 10-CT/TW của Ban Bí thư (khoá IX)", "IX"),
        ("Nghị quyết 25-NQ/TW của Ban Chấp hành Trung ương Đảng khóa XI", "XI"),
        ("Chỉ thị số 10-CT/TW của Ban Bí thư", None),
    ],
)
def test_terms(text: str, term: str | None) -> None:
    assert read(text)[0].term == term


@pytest.mark.parametrize(
    ("text", "title"),
    [
        (
            "Nghị quyết Trung ương 8 (khóa IX) về “Chiến lược bảo vệ Tổ quốc” đã",
            "Chiến lược bảo vệ Tổ quốc",
        ),
        (
            "Kết luận 01-KL/TW của Bộ Chính trị về việc xây dựng pháp luật. Tiếp",
            "xây dựng pháp luật",
        ),
        ("Kết luận 01-KL/TW về thực hiện Nghị quyết số 48-NQ/TW", None),
        ("Kết luận 01-KL/TW là “kim chỉ nam cho hành động”", None),
    ],
)
def test_titles(text: str, title: str | None) -> None:
    span = read(text)[0].title
    assert (text[span.start : span.end] if span else None) == title


def test_a_date_before_what_a_body_then_issues_is_not_that_of_the_citation_before() -> None:
    text = (
        "Triển khai Chương trình 27-CTr/TU, ngày 12/12/2022, "
        "UBND tỉnh Hà Nam ban hành Kế hoạch số 203/KH-UBND."
    )
    assert [dates(citation) for citation in read(text)] == [[], ["2022-12-12"]]


@pytest.mark.parametrize(
    ("text", "signer"),
    [
        ("Chủ tịch UBND tỉnh Hà Nam Nguyễn Văn An vừa ký ban hành Kế hoạch số 45/KH-UBND",
         "Nguyễn Văn An"),
        ("đồng chí Trần Văn Bình, Phó Bí thư, thay mặt Ban Thường vụ ký Chỉ thị số 05-CT/TU",
         "Trần Văn Bình"),
        ("Thủ tướng Lê Văn Bình đã ký Quyết định số 12/QĐ-TTg", "Lê Văn Bình"),
        ("Quyết định số 111/QĐ-UBND do ông Phan Quốc Ly (Phó Chủ tịch) ký về việc", "Phan Quốc Ly"),
        ("Quyết định số 111/QĐ-UBND, do đồng chí Tô Văn Lâm ký ngày 3/4/2020", "Tô Văn Lâm"),
        ("UBND tỉnh Hà Nam ký ban hành Quyết định số 12/QĐ-UBND", None),
        ("Nguyễn Văn An dự hội nghị. Tỉnh ký Quyết định số 12/QĐ-UBND", None),
        ("Nguyễn Văn An thực hiện Quyết định số 12/QĐ-UBND", None),
    ],
)  # fmt: skip
def test_signers(text: str, signer: str | None) -> None:
    span = read(text)[0].signer
    assert (text[span.start : span.end] if span else None) == signer


ROWS = [rule.row for rule in load_attribute_rules()]


def gives(row: AttributeRule, text: str) -> bool:
    """Whether the rule's pattern applies around a citation of the text."""
    folded = fold(text)
    rule = next(rule for rule in load_attribute_rules() if rule.row is row)
    positions = [(c.span.start, c.span.end) for c in find_citations(folded)]
    names = [text.find(body) + len(body) for body in BODIES if body in text]
    if row.gives == "signer":
        return bool(read(text)[0].signer)
    if row.not_after:
        return bool(read(text)[0].dates)
    if row.at == "before":
        given = read(text)[0]
        return any(
            rule.pattern.search(folded.lower, max(0, start - 100), start) for start, _ in positions
        ) and bool(given.dates if row.gives == "date" else given.issuer)
    ends = [end for _, end in positions] + names
    if row.gives == "issuer":
        return any(c.issuer for c in read(text))
    return any(rule.pattern.match(folded.lower, end) for end in ends)


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row.id)
def test_every_row_proves_itself(row: AttributeRule) -> None:
    assert row.examples
    assert row.counter_examples
    assert all(gives(row, example) for example in row.examples)
    assert not any(gives(row, example) for example in row.counter_examples)
