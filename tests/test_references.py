"""What one text means by several mentions."""

from __future__ import annotations

import re

import pytest

from policygraph.extraction.attributes import complete_citations
from policygraph.extraction.citations import find_citations
from policygraph.model import Article, DocumentReference, NameMention, Reference
from policygraph.references import refer
from policygraph.span import Span
from policygraph.text import fold


def name_in(
    text: str, surface: str, *, name: str | None = None, place: str | None = None
) -> NameMention:
    start = text.index(surface)
    span = Span(start, start + len(surface))
    return NameMention("organisation", span, "test", name or surface, place)


def read(text: str, *names: NameMention) -> tuple[Reference, ...]:
    folded = fold(text)
    citations = complete_citations(folded, find_citations(folded), names)
    return refer(Article("a.txt", text, "0" * 64), [*citations, *names])


def documents(text: str, *names: NameMention) -> list[list[str]]:
    """The surfaces of each document's citations."""
    return [
        [text[c.span.start : c.span.end] for c in reference.mentions]
        for reference in read(text, *names)
        if isinstance(reference, DocumentReference)
    ]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Nghị quyết 25-NQ/TW. Nghị quyết số 25-NQ/TW", 1),
        ("Nghị quyết 25-NQ/TW. Nghị quyết 25 nêu", 1),
        ("Kết luận số 134-KL/TW; theo Kết luận số 134/KL-TW", 1),
        ("Nghị định 67/2014/NĐ-CP (Nghị định 67) và Nghị định 67", 1),
        ("Nghị định 43/2014/NĐ-CP. Nghị định 43/2014", 1),
        ("Pháp lệnh Dân số năm 2003 (quen gọi là Pháp lệnh 34). Pháp lệnh 34 nêu", 1),
        ("Nghị quyết 60-NQ/TW, ngày 12/4/2025, tức Nghị quyết Trung ương 11 (khóa XIII)", 1),
        ("Luật Đất đai năm 2013 – sau đây gọi tắt là Luật Đất – và Luật Đất", 1),
        (
            "Quyết định 188/2007/QĐ-TTg sửa đổi Quyết định 290/2005/QĐ-TTg (sau đây viết tắt là "
            "Quyết định 188/2007/QĐ-TTg)",
            2,
        ),
        ("Nghị quyết số 25-NQ/TW ngày 3/6/2013. Nghị quyết số 25-NQ/TW ngày 12/3/2003", 2),
        ("Nghị quyết 25-NQ/TW ngày 3/6/2013. 25-NQ/TW ngày 12/3/2003. Nghị quyết 25-NQ/TW", 3),
        ("Chỉ thị 25-CT/TW. Nghị quyết 25", 2),
        ("Nghị quyết 25-NQ/TW, Nghị quyết 25-NQ/TU. Nghị quyết 25", 3),
        ("Quyết định 1600/QĐ-TTg ngày 16/8/2016. Quyết định 1600/QĐ-TTg ngày 5/11/2020", 2),
        ("Nghị quyết Trung ương 4 (khóa XII). Nghị quyết Trung ương 4, khóa XII", 1),
        ("Nghị quyết Trung ương 4 (khóa XI). Nghị quyết Trung ương 4 (khóa XII)", 2),
        ("Nghị quyết Trung ương 4 (khóa XII). Nghị quyết Trung ương 4", 1),
        ("Nghị quyết 18 của khóa XIII, không phải Nghị quyết 18 của khóa XII", 2),
        ("Nghị quyết 18 của khóa XIII. Nghị quyết 18 nêu", 1),
        ("Kế hoạch 17-KH/TU ngày 2/3/2016. 17-KH/TU ngày 2/3/2021. Kế hoạch 17 năm 2016", 2),
        ("Luật Đất đai năm 2013. Luật Đất đai", 1),
        ("Luật Đất đai năm 2013. Luật Đất đai năm 2003. Luật Đất đai", 3),
        ("dự thảo Luật Thanh tra (sửa đổi). Luật Thanh tra năm 2022. Dự thảo Luật Thanh tra", 2),
        ("Luật Thực hành tiết kiệm, chống lãng phí; Luật Thực hành tiết kiệm chống lãng phí", 1),
    ],
)
def test_how_many_documents(text: str, expected: int) -> None:
    assert len(documents(text)) == expected


def test_a_plenum_and_a_number_under_one_title_are_one_document() -> None:
    title = "về tăng cường sự lãnh đạo của Đảng đối với công tác dân vận"
    text = (
        f"Nghị quyết số 25-NQ/TW, ngày 03/6/2013 “{title}” và "
        f"Nghị quyết Trung ương 7 (khóa XI) “{title}”."
    )
    assert len(documents(text)) == 1


def test_a_plenum_of_another_term_is_another_document() -> None:
    text = (
        "Nghị quyết số 25-NQ/TW, ngày 03/6/2013 “về công tác dân vận của Đảng” và "
        "Nghị quyết Trung ương 7 (khóa X) “về công tác dân vận của Đảng”."
    )
    assert len(documents(text)) == 2


def test_contradicting_dates_of_one_term_are_both_kept() -> None:
    text = "Chương trình số 23-CTr/TU, ngày 25/7/2013; Chương trình số 23-CTr/TU, ngày 15/7/2013"
    (reference,) = read(text)
    assert isinstance(reference, DocumentReference)
    assert [stated.date for stated in reference.dates] == ["2013-07-25", "2013-07-15"]


def test_the_fullest_number_stands_for_the_document() -> None:
    text = "Nghị quyết 25. Nghị quyết số 25 - NQ/TƯ"
    (reference,) = read(text)
    assert isinstance(reference, DocumentReference)
    assert reference.written == "25 - NQ/TƯ"
    assert reference.label == "Nghị quyết 25-NQ/TW"


def test_names_are_one_by_their_full_name() -> None:
    text = "Thành ủy họp. Thành uỷ Hà Nội kết luận."
    full = "Thành ủy Hà Nội"
    names = [name_in(text, "Thành ủy", name=full), name_in(text, "Thành uỷ Hà Nội", name=full)]
    (reference,) = read(text, *names)
    assert reference.label == full
    assert len(reference.mentions) == 2


def test_a_local_document_takes_its_place_from_its_issuer_before_the_article() -> None:
    text = "Tỉnh ủy Hà Nam, UBND tỉnh Hà Nam họp về Kế hoạch số 12-KH/TU của Tỉnh ủy Nam Định"
    names = [
        name_in(text, "Tỉnh ủy Hà Nam", place="ha-nam"),
        name_in(text, "UBND tỉnh Hà Nam", place="ha-nam"),
        name_in(text, "Tỉnh ủy Nam Định", place="nam-dinh"),
    ]
    reference = read(text, *names)[-2]
    assert isinstance(reference, DocumentReference)
    assert reference.place == "nam-dinh"
    assert reference.issuers == ("ref-4",)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Chương trình 12-CTr/TU của Tỉnh ủy A và Chương trình 12-CTr/TU của Tỉnh ủy B", 2),
        ("Tỉnh ủy A ban hành Kế hoạch số 5-KH/TU. Kế hoạch số 5-KH/TU của Tỉnh ủy A", 1),
        ("Tỉnh ủy A ban hành Kế hoạch số 5-KH/TU. Kế hoạch số 5-KH/TU đã đạt kết quả", 1),
        ("Tỉnh ủy A ban hành Kế hoạch số 5-KH/TU; Tỉnh ủy B ban hành Kế hoạch số 5-KH/TU", 2),
        ("Nghị quyết 25-NQ/TW năm 2008 và Nghị quyết 25-NQ/TW năm 2013", 2),
        ("Nghị quyết 25-NQ/TW khóa X và Nghị quyết 25-NQ/TW (khóa XI)", 2),
    ],
)
def test_one_number_of_two_bodies_or_terms_is_two_documents(text: str, expected: int) -> None:
    names = [
        NameMention("organisation", Span(at, at + 9), "test", f"Tỉnh ủy {name}", name.lower())
        for name in ("Hà Nam", "Nam Định")
        for at in find_all(text, f"Tỉnh ủy {'A' if name == 'Hà Nam' else 'B'}")
    ]
    assert len(documents(text, *names)) == expected


def find_all(text: str, part: str) -> list[int]:
    return [match.start() for match in re.finditer(re.escape(part), text)]


def test_a_local_document_without_issuer_takes_the_article_s_place() -> None:
    text = "Tỉnh ủy Hà Nam đã ban hành Kế hoạch số 12-KH/TU; theo Nghị quyết 25-NQ/TW"
    references = read(text, name_in(text, "Tỉnh ủy Hà Nam", place="ha-nam"))
    places = [r.place for r in references if isinstance(r, DocumentReference)]
    assert places == ["ha-nam", None]


def test_references_are_numbered_in_the_order_of_their_first_mentions() -> None:
    text = "Bộ Chính trị ban hành Chỉ thị 05. Ban Bí thư ban hành Chỉ thị 06."
    references = read(text, name_in(text, "Bộ Chính trị"), name_in(text, "Ban Bí thư"))
    assert [r.id for r in references] == ["ref-1", "ref-2", "ref-3", "ref-4"]
    starts = [r.mentions[0].span.start for r in references]
    assert starts == sorted(starts)
