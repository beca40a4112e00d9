"""Folding keeps every offset, and folds what real texts write differently."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from policygraph.span import Span
from policygraph.text import fold, fold_name, make_slug, split_sentences, strip_tones

VIETNAMESE = st.text(
    alphabet=st.sampled_from(
        'aăâeêioôơuưyđ ĐÐ bcghklmnpqrstvx.,-–/0123456789“”"\n\u00a0\u200b\u00ad'
        "áàảãạắằẳẵặấầẩẫậéèẻẽẹếềểễệíìỉĩịóòỏõọốồổỗộớờởỡợúùủũụứừửữựýỳỷỹỵ"
        "\u0300\u0301\u0303\u0309\u0323\u0302\u0306\u031b"
    ),
    max_size=60,
)


@pytest.mark.parametrize(
    ("written", "folded"),
    [
        ("khoá XI", "khóa XI"),
        ("Thành uỷ", "Thành ủy"),
        ("Uỷ ban", "Ủy ban"),
        ("UỶ BAN", "ỦY BAN"),
        ("hoà bình", "hòa bình"),
        ("toán", "toán"),
        ("quý", "quý"),
        ("Ðảng", "Đảng"),
        ("66/NQ-СР", "66/NQ-CP"),
        ("25–NQ/TW", "25-NQ/TW"),
        ("công\u00a0tác", "công tác"),
        ("l\u00adượng", "lượng"),
        ("t\u200bhi hành", "thi hành"),
    ],
)
def test_folds(written: str, folded: str) -> None:
    assert fold(written).text == folded


@given(VIETNAMESE)
def test_nfc_and_nfd_fold_alike(text: str) -> None:
    assert (
        fold(unicodedata.normalize("NFC", text)).text
        == fold(unicodedata.normalize("NFD", text)).text
    )


@given(VIETNAMESE, st.data())
def test_source_spans_slice_what_was_folded(text: str, data: st.DataObject) -> None:
    folded = fold(text)
    assert len(folded.lower) == len(folded.text)
    if not folded.text:
        return
    start = data.draw(st.integers(0, len(folded.text) - 1))
    end = data.draw(st.integers(start + 1, len(folded.text)))
    span = folded.source_span(start, end)
    assert 0 <= span.start < span.end <= len(text)
    # A cut through a syllable may part a vowel from the tone that folding moves onto it ("uý").
    assert strip_tones(folded.text[start:end]) in strip_tones(text[span.start : span.end]) or (
        folded.offsets is not None  # a cut through a cluster gives back the whole cluster
    )


@given(VIETNAMESE)
def test_folded_offset_undoes_source_span(text: str) -> None:
    folded = fold(text)
    starts = range(len(folded.text)) if folded.offsets is None else _first_of_clusters(folded)
    for offset in starts:
        assert folded.folded_offset(folded.source_span(offset, offset + 1).start) == offset


def _first_of_clusters(folded: object) -> list[int]:
    offsets = list(folded.offsets)  # type: ignore[attr-defined]
    return [i for i, offset in enumerate(offsets) if i == 0 or offset != offsets[i - 1]]


def test_a_decomposed_text_maps_every_word_back() -> None:
    source = unicodedata.normalize("NFD", "Nghị quyết Trung ương 7 (khoá XI)")
    folded = fold(source)
    start = folded.text.index("khóa")
    span = folded.source_span(start, start + len("khóa"))
    assert unicodedata.normalize("NFC", source[span.start : span.end]) == "khoá"


def test_folding_is_linear_on_decomposed_text() -> None:
    source = unicodedata.normalize("NFD", "Nghị quyết của Đảng ") * 20_000
    assert fold(source).text.count("Nghị quyết") == 20_000


def test_a_phrase_is_found_across_a_line_end() -> None:
    assert "nghị quyết" in fold("Nghị\nquyết").lower


@pytest.mark.parametrize(
    ("name", "slug"),
    [
        ("Thành ủy Hà Nội", "thanh-uy-ha-noi"),
        ("Thành uỷ  Hà Nội", "thanh-uy-ha-noi"),
        ("Toàn dân đoàn kết, xây dựng đời sống", "toan-dan-doan-ket-xay-dung-doi-song"),
    ],
)
def test_slugs_are_ascii(name: str, slug: str) -> None:
    assert make_slug(name) == slug
    assert fold_name(name) == fold_name(name.upper())


def test_strip_tones() -> None:
    assert strip_tones("Đảng bộ Thành phố") == "Dang bo Thanh pho"


@pytest.mark.parametrize(
    ("text", "sentences"),
    [
        ("Một câu. Hai câu.", ["Một câu.", "Hai câu."]),
        ("UBND TP. Hà Nội họp. Kết thúc.", ["UBND TP. Hà Nội họp.", "Kết thúc."]),
        ("Có 1.295 mẫu.\nDòng hai", ["Có 1.295 mẫu.", "Dòng hai"]),
        ("Ông nói: “Tốt.” Rồi đi.", ["Ông nói: “Tốt.”", "Rồi đi."]),
        ("đảng viên.Nhân dịp này", ["đảng viên.", "Nhân dịp này"]),
        ("triển khai NQ 15.Gần đây", ["triển khai NQ 15.", "Gần đây"]),
        ("UBND TP.Hà Nội và tp.Huế họp", ["UBND TP.Hà Nội và tp.Huế họp"]),
        ("Nghị quyết số 15-\nNQ/HU ngày 3/4", ["Nghị quyết số 15-\nNQ/HU ngày 3/4"]),
        ("theo Kế hoạch số\n22-KH/HU", ["theo Kế hoạch số\n22-KH/HU"]),
        ("Tỉnh ủy đã ban\nhành kế hoạch.\nHết", ["Tỉnh ủy đã ban\nhành kế hoạch.", "Hết"]),
        ("Các nội dung:\na) một;\nb) hai", ["Các nội dung:", "a) một;", "b) hai"]),
        ("Tiêu đề\n\nthân bài", ["Tiêu đề", "thân bài"]),
        ("", []),
    ],
)
def test_sentences(text: str, sentences: list[str]) -> None:
    assert [text[s.start : s.end] for s in split_sentences(text)] == sentences


@pytest.mark.parametrize(("start", "end"), [(3, 3), (4, 2), (-1, 2)])
def test_a_span_is_never_empty_or_negative(start: int, end: int) -> None:
    with pytest.raises(ValueError, match="not a span"):
        Span(start, end)


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("UBND  huyện", "UBND huyện"),
        ("Nghị  quyết   số 25-NQ/TW", "Nghị quyết số 25-NQ/TW"),
        ("CỘT MỘT        CỘT HAI", "CỘT MỘT        CỘT HAI"),
        ("đầu dòng\n  thụt vào", "đầu dòng\n  thụt vào"),
    ],
)
def test_doubled_spaces_are_one_and_offsets_hold(text: str, folded: str) -> None:
    view = fold(text)
    assert view.text == folded
    for word in folded.split():
        at = view.text.index(word)
        span = view.source_span(at, at + len(word))
        assert text[span.start : span.end] == word
