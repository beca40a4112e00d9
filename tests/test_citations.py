"""Every rule fires on its examples and on none of its counter-examples; spans are exact."""

from __future__ import annotations

import itertools
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st
from timing import assert_grows_within

from policygraph.document_types import DocumentType, load_document_types
from policygraph.extraction.citations import find_citations
from policygraph.extraction.grammar import CitationRule, LawName, load_grammar
from policygraph.lexicon import load_rows
from policygraph.model import Citation
from policygraph.resources import data_file
from policygraph.text import fold

RULES = [rule.row for rules in load_grammar().rules.values() for rule in rules]
TYPES = list(load_document_types().values())
LAWS = load_rows(data_file("vocab", "law_names.toml"), LawName)


def read(text: str) -> list[Citation]:
    return find_citations(fold(text))


def surfaces(text: str) -> list[str]:
    return [text[c.span.start : c.span.end] for c in read(text)]


@pytest.mark.parametrize(
    ("rule", "example"),
    [(rule, example) for rule in RULES for example in rule.examples],
    ids=lambda value: value if isinstance(value, str) else value.id,
)
def test_rule_fires_on_its_example(rule: CitationRule, example: str) -> None:
    assert rule.id in [c.rule for c in read(f"Thực hiện {example} của Trung ương")]


@pytest.mark.parametrize(
    ("rule", "example"),
    [(rule, example) for rule in RULES for example in rule.counter_examples],
    ids=lambda value: value if isinstance(value, str) else value.id,
)
def test_rule_keeps_off_its_counter_example(rule: CitationRule, example: str) -> None:
    assert rule.id not in [c.rule for c in read(f"Thực hiện {example} của Trung ương")]


@pytest.mark.parametrize(
    ("row", "example"),
    [(row, example) for row in TYPES for example in row.examples],
    ids=lambda value: value if isinstance(value, str) else value.id,
)
def test_type_is_read_in_its_example(row: DocumentType, example: str) -> None:
    assert row.id in [c.type for c in read(f"theo {example} của")]


@pytest.mark.parametrize(
    ("row", "example"),
    [(row, example) for row in TYPES for example in row.counter_examples],
    ids=lambda value: value if isinstance(value, str) else value.id,
)
def test_type_is_not_read_in_its_counter_example(row: DocumentType, example: str) -> None:
    assert row.id not in [c.type for c in read(f"theo {example} của")]


@pytest.mark.parametrize("row", [*RULES, *TYPES], ids=lambda row: row.id)
def test_every_row_proves_itself(row: CitationRule | DocumentType) -> None:
    assert row.examples
    assert row.counter_examples
    assert row.source


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Quyết định số 217-QĐ/TW; Quyết định số 218-QĐ/TW", 2),
        ("các Quyết định 217, 218 của Bộ Chính trị", ["Quyết định 217", "218"]),
        ("Quyết định 217 và 218-QĐ/TW", ["Quyết định 217", "218-QĐ/TW"]),
        ("các quyết định 106, 107/QĐ-TTg", ["quyết định 106", "107/QĐ-TTg"]),
        ("các quyết định 106, 107 người", []),
        (
            "Nghị quyết Trung ương 6, Trung ương 7 khóa XII",
            ["Nghị quyết Trung ương 6", "Trung ương 7 khóa XII"],
        ),
        ("Nghị quyết Trung ương 3 và 5 khóa VIII", ["Nghị quyết Trung ương 3", "5 khóa VIII"]),
        ("Nghị quyết Trung ương 3 và 5 năm sau", ["Nghị quyết Trung ương 3"]),
        ("Kế hoạch 142 ngày 13/5/2020 của", ["Kế hoạch 142"]),
        ("Kế hoạch 142 ngày làm việc", []),
        ("Thông tư số 22/2010/T T-BTC", ["Thông tư số 22/2010/T T-BTC"]),
        ("Quyết định số 217-Q Đ/TW", ["Quyết định số 217-Q Đ/TW"]),
        ("Quyết định số 217, số 218 của Bộ Chính trị", ["Quyết định số 217", "số 218"]),
        ("Nghị quyết Trung ương 7 (khóa XI) về", ["Nghị quyết Trung ương 7 (khóa XI)"]),
        ("Nghị quyết Hội nghị Trung ương 4 (Khóa XI, XII) về", 2),
        ("dự thảo Luật Thanh tra (sửa đổi) nêu", ["Luật Thanh tra (sửa đổi)"]),
        ("theo Luật Thanh tra quy định tại", ["Luật Thanh tra"]),
        ("Luật Đất đai năm 2013, Luật Nhà ở", ["Luật Đất đai năm 2013", "Luật Nhà ở"]),
        ("Luật Tài nguyên nước của Quốc hội", ["Luật Tài nguyên nước"]),
        ("Luật Bảo hiểm y tế sửa đổi 2024", ["Luật Bảo hiểm y tế sửa đổi 2024"]),
        ("Luật Đất đai sửa đổi một số điều", ["Luật Đất đai"]),
        ("Kế hoạch số 95/KH-LĐLĐ - V/v thực hiện", ["Kế hoạch số 95/KH-LĐLĐ"]),
        (
            "hướng dẫn Luật sửa đổi, bổ sung một số điều của các Luật về thuế số 71/2014/QH13 và",
            ["Luật sửa đổi, bổ sung một số điều của các Luật về thuế số 71/2014/QH13"],
        ),
        (
            "Luật Sửa đổi, bổ sung một số điều của 11 luật có liên quan đến quy hoạch "
            "số 28/2018/QH14 có hiệu lực",
            [
                "Luật Sửa đổi, bổ sung một số điều của 11 luật có liên quan đến quy hoạch "
                "số 28/2018/QH14"
            ],
        ),
        (
            "Luật sửa đổi một số điều của Luật Cán bộ, công chức và Luật Viên chức năm 2019 có",
            ["Luật sửa đổi một số điều của Luật Cán bộ, công chức và Luật Viên chức năm 2019"],
        ),
        ("theo Pháp lệnh nhà ở năm 1991; Luật", ["Pháp lệnh nhà ở năm 1991"]),
        (
            "Pháp lệnh Quy định chế độ, cấp bậc của sĩ quan Cảnh sát nhân dân (năm 1962); và",
            ["Pháp lệnh Quy định chế độ, cấp bậc của sĩ quan Cảnh sát nhân dân (năm 1962)"],
        ),
        ("Pháp lệnh được ban hành năm 1991, Pháp lệnh có hiệu lực từ năm 1992", []),
        ("Pháp lệnh Hà Nội và Luật Thủ đô năm 2012", 2),
        ("Pháp lệnh ấy mở đường cho kinh tế phát triển trong năm 1990", []),
        (
            "Pháp lệnh Dân quân tự vệ, Ban Chỉ huy Quân sự xã triển khai kế hoạch năm 2016",
            ["Pháp lệnh Dân quân tự vệ"],
        ),
        ("vi phạm pháp luật Hải quan; văn phòng luật Doanh nghiệp", []),
        ("Nghị quyết số 18\n12\ncủa Bộ Chính trị; Kế hoạch số 45 25 của tỉnh", 2),
        ("Luật Đất đai (năm 2013) quy định", ["Luật Đất đai (năm 2013)"]),
        ("Luật số 71/2014/QH13; luật số 71 và Luật số 5", ["Luật số 71/2014/QH13", "luật số 71"]),
        ("tại Nghị quyết số 19-2017/NQ-CP ngày", ["Nghị quyết số 19-2017/NQ-CP"]),
        ("vi phạm luật Cán bộ, công chức, luật đất đai", ["luật Cán bộ, công chức"]),
        ("như trong chỉ thị 42 đã đề ra, theo chỉ thị 42 người", ["chỉ thị 42"]),
        ("trái Hiến pháp và pháp luật", ["Hiến pháp"]),
        ("luật sư Nguyễn Văn A, Luật sư B", []),
        ("Điều 28, 29 và Điều 30 của quy chế", []),
        ("Nghị quyết 68/NQ-CP; bản án 48/2005/HSST", ["Nghị quyết 68/NQ-CP"]),
        ("trên 300 xã, phường; 23/63 tỉnh; ngày 3/6/2013", []),
    ],
)
def test_spans(text: str, expected: list[str] | int) -> None:
    found = surfaces(text)
    assert (len(found) if isinstance(expected, int) else found) == expected


@pytest.mark.parametrize("law", LAWS, ids=lambda law: law.id)
def test_a_law_s_name_ends_where_it_ends(law: LawName) -> None:
    name = f"{load_document_types()[law.type].label} {law.name}"
    assert surfaces(f"theo {name} quy định tại") == [name]


def test_a_suffix_at_the_end_of_a_list_counts_for_each_item() -> None:
    assert [c.written for c in read("các Quyết định 217, 218-QĐ/TW")] == ["217-QĐ/TW", "218-QĐ/TW"]


def test_a_law_in_draft_is_told_from_the_law_in_force() -> None:
    drafts = [c.is_draft for c in read("dự thảo Luật Thanh tra thay thế Luật Thanh tra năm 2022")]
    assert drafts == [True, False]


def test_decomposed_text_gives_the_same_citations() -> None:
    text = "Nghị quyết Trung ương 7 (khoá XI), Luật Đất đai năm 2013, Chỉ thị số 05-CT/TW"
    decomposed = unicodedata.normalize("NFD", text)
    composed = [unicodedata.normalize("NFC", s) for s in surfaces(decomposed)]
    assert composed == surfaces(text)
    assert len(composed) == 3


PIECES = st.sampled_from(
    [
        "Nghị quyết",
        " số ",
        "25",
        "-NQ",
        "/TW",
        ", ",
        " và ",
        "217",
        "(khóa XI)",
        "Luật ",
        "Đất đai",
        "\n",
        " Trung ương 7",
        "Đại hội ",
        "2013",
        "/",
        "-",
        "QĐ",
        "ND",
        "sửa đổi",
        "é",
    ]
)


@given(st.lists(PIECES, max_size=25).map("".join))
def test_citations_are_sorted_apart_and_inside_the_text(text: str) -> None:
    spans = [c.span for c in read(text)]
    assert all(one.end <= other.start for one, other in itertools.pairwise(spans))
    assert all(span.end <= len(text) for span in spans)


@pytest.mark.timing
@pytest.mark.parametrize(
    "worst",
    [
        "1",
        "25-",
        "25-NQ",
        "NQ",
        "Luật ",
        "Luật A",
        "Nghị quyết ",
        "Nghị quyết số ",
        "(",
        "-",
        "/",
        "khóa X, ",
        "217, ",
        "Nghị quyết 1, ",
        "Luật sửa đổi ",
        "A",
        "ngày 3/",
        "Đại hội ",
        "1/2013/",
    ],
)
def test_time_grows_with_the_text_not_faster(worst: str) -> None:
    """Ten times the worst characters of a rule take far less than the hundred of quadratic work."""
    short, long = worst * (20_000 // len(worst)), worst * (200_000 // len(worst))
    assert_grows_within(40, read, short, long)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Nghị quyết số l8-NQ/TW", []),
        ("Nghị quyết số 25-N0/TW", []),
        ("Nghị định số 29/2025/NĐ-C P của Chính phủ", []),
        ("Thông tư 80/2021/TT-BT€", []),
        ("Quyết định số 21 7-QĐ/TW", []),
        ("Quyết định số 217-QĐ/TW, 2l8-QĐ/TW và 219-QĐ/TW", ["217-QĐ/TW", "219-QĐ/TW"]),
        ("Các Quyết định 217, 218-QĐ/T€", ["217"]),
        ("Luật Đất đai số 45/2013/QHl3", [None]),
    ],
)
def test_a_misread_number_is_not_read_nor_lent_to_its_list(
    text: str, expected: list[str | None]
) -> None:
    assert [citation.written for citation in read(text)] == expected


@pytest.mark.parametrize(
    ("text", "surface"),
    [
        ("theo Chỉ_thị số 05-CT / TW , ngày 15/5/2016", "Chỉ_thị số 05-CT / TW"),
        ("theo Thông_tư 116/2004 / TT-BTC .", "Thông_tư 116/2004 / TT-BTC"),
        ("Nghị_quyết Trung_ương 5 ( khoá X ) về", "Nghị_quyết Trung_ương 5 ( khoá X )"),
        ("Nghị quyết số ２５-NQ/TW", "Nghị quyết số ２５-NQ/TW"),
        ("Nghị quyết số 2\u200b5-NQ/T\u00adW\u200b.", "Nghị quyết số 2\u200b5-NQ/T\u00adW"),
        ("Nghị quyết 66/NQ-СР của", "Nghị quyết 66/NQ-СР"),
    ],
)
def test_an_odd_citation_has_its_own_surface(text: str, surface: str) -> None:
    assert surfaces(text) == [surface]
