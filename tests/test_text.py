"""Folding keeps every offset, and folds what real texts write differently."""

from __future__ import annotations

import itertools
import unicodedata
from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st
from timing import assert_grows_within

from policygraph.letters import compose
from policygraph.span import Span
from policygraph.text import fold, fold_name, make_slug, split_sentences, strip_tones, tidy

LETTERS = (
    'aăâeêioôơuưyđ ĐÐ bcghklmnpqrstvx.,-–/0123456789“”"\n\u00a0\u200b\u00ad'
    "áàảãạắằẳẵặấầẩẫậéèẻẽẹếềểễệíìỉĩịóòỏõọốồổỗộớờởỡợúùủũụứừửữựýỳỷỹỵ"
    "\u0300\u0301\u0303\u0309\u0323\u0302\u0306\u031b"
)
VIETNAMESE = st.text(alphabet=st.sampled_from(LETTERS), max_size=60)
ODD = st.text(
    alphabet=st.sampled_from(LETTERS + "_(РСТосΧІ２Ａ－\u200e\ufeff\u2066𝟐𝐍"), max_size=60
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
        ("nghiẹ\u0302m", "nghiệm"),
        ("Sơ\u031bn", "Sơn"),
        ("bi \u0323áp", "bi áp"),
        ("ðảng", "đảng"),
        ("BHХH, ВHYТ, loại IIІ", "BHXH, BHYT, loại III"),
        ("khоá ХІ", "khóa XI"),
        ("05 - СТ / ТW", "05 - CT / TW"),
        ("12/2019/ТТ-ВТС", "12/2019/TT-BTC"),
        ("Bо\u0323\u0302", "Bộ"),
        ("QĐ-BHΧΗ", "QĐ-BHXH"),
        ("２５-NQ/TW", "25-NQ/TW"),
        ("ＮＱ／ＴＷ　số：５", "NQ/TW số:5"),
        ("𝟐𝟓-𝐍𝐐/𝐓𝐖", "25-NQ/TW"),
        ("\u200esố\u200f 2\ufeff5\u2060", "số 25"),
        ("năm\u20072013\u200a,\u205fquý\u3000I", "năm 2013 , quý I"),
        ("\u2066217\u2069-QĐ", "217-QĐ"),
        ("\x00\x08Đảng\x7f", "Đảng"),
        ("Nghị_quyết Trung_ương 5 khoá X", "Nghị quyết Trung ương 5 khóa X"),
        ("Thành_uỷ , UBND tỉnh Kon_Tum ( khoá X ) .", "Thành ủy, UBND tỉnh Kon Tum (khóa X)."),
        ("mô_hình “ Dân_vận khéo ”", "mô hình “Dân vận khéo”"),
    ],
)
def test_folds(written: str, folded: str) -> None:
    assert fold(written).text == folded


@pytest.mark.parametrize(
    "text",
    [
        "СССР и Россия",
        "СТО, ОТЕ, НАТО",
        "Москва-река, ГОСТ-CP",
        "Ελλάδα ΟΤΕ",
        "10 μm, α-amylase",
        "кВт, ВТ",
        "snake_case và kon_tum",
        "https://example.org/Thành_ủy_Hà_Nội",
        "Thành_ủy.docx",
        "a_b@example.org",
        "__Đảng__ ____",
        "Nghị_quyết_25",
        "số 5 , quý I ( sơ bộ )",
    ],
)
def test_what_is_no_oddity_stays(text: str) -> None:
    assert fold(text).text == text
    assert fold(text).offsets is None


@pytest.mark.parametrize(
    "text", ["Chỉ thị 05–CT/TW của Ðảng", "Thành\u00a0ủy ２５", "66/NQ-СР", "Nghị_quyết này"]
)
def test_what_stands_for_one_letter_needs_no_map(text: str) -> None:
    assert fold(text).offsets is None


@given(ODD)
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


@given(ODD)
def test_source_spans_follow_each_other_and_cover_what_is_seen(text: str) -> None:
    folded = fold(text)
    spans = [folded.source_span(at, at + 1) for at in range(len(folded.text))]
    assert all(0 <= span.start < span.end <= len(text) for span in spans)
    assert all(a.end <= b.start or a == b for a, b in itertools.pairwise(spans))
    covered = {offset for span in spans for offset in range(span.start, span.end)}
    assert not any(c.isalnum() for at, c in enumerate(text) if at not in covered)


@given(ODD)
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


@pytest.mark.parametrize(
    ("text", "word", "surface"),
    [
        ("(số 25-NQ/TW\u200b\u200b, ngày", "25-NQ/TW", "25-NQ/TW"),
        ("\ufeffThành ủy\u00ad họp", "Thành ủy", "Thành ủy"),
        ("T\u00adhành ủ\u200by họp", "Thành ủy", "T\u00adhành ủ\u200by"),
        ("Thành u\u0309\u200by\u200b.", "ủy", "u\u0309\u200by"),
        ("Chỉ_thị số 05-CT / TW , ngày", "TW", "TW"),
        ("phong_trào “ Dân_vận khéo ” của", "Dân vận khéo", "Dân_vận khéo"),
        ("UBND  huyện   Hà Khê", "UBND huyện Hà Khê", "UBND  huyện   Hà Khê"),
    ],
)
def test_a_span_holds_what_is_seen_of_its_words(text: str, word: str, surface: str) -> None:
    folded = fold(text)
    start = folded.text.index(word)
    span = folded.source_span(start, start + len(word))
    assert text[span.start : span.end] == surface
    assert folded.folded_offset(span.start) == start


@pytest.mark.timing
@pytest.mark.parametrize(
    "worst",
    [
        unicodedata.normalize("NFD", "Nghị quyết của Đảng, Thành ủy Hà Nội. "),
        "\u0301",
        "\u0301\u0323",
        "a\u0323\u0302",
        "\u00ad",
        "_",
        "ạ_",
        "ạ_ạ ",
        "ạ_ạ( , ",
        "Р-",
        "СР ",
        "Х\u00ad",
        "\u064b\u0650",
    ],
    ids=ascii,
)
def test_folding_takes_time_in_proportion_to_the_text(worst: str) -> None:
    short, long = (worst * (size // len(worst)) for size in (100_000, 1_000_000))
    assert_grows_within(15, fold, short, long)


@pytest.mark.timing
@pytest.mark.parametrize("worst", ["\u0301\u0323", "\u064b\u0650", "a\u0323\u0301", "_", "\u00ad"])
@pytest.mark.parametrize("work", [tidy, strip_tones, compose], ids=lambda work: work.__name__)
def test_labels_take_time_in_proportion_to_the_text(work: Callable[[str], str], worst: str) -> None:
    short, long = (worst * (size // len(worst)) for size in (20_000, 200_000))
    assert_grows_within(25, work, short, long)


@pytest.mark.parametrize(
    ("text", "label"),
    [
        ("Ban_Dân_vận  Thành_uỷ", "Ban Dân vận Thành uỷ"),
        ("Nghi\u0323\u200b quyê\u0301t", "Nghị quyết"),
        ("a" + "\u0301" * 50, "á" + "\u0301" * 31),
        ("tệp ke_hoach.docx", "tệp ke_hoach.docx"),
    ],
)
def test_labels_are_tidy(text: str, label: str) -> None:
    assert tidy(text) == label


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


@pytest.mark.parametrize(
    ("text", "sentences"),
    [
        ("Dân chủ.Đảng bộ họp. Hết.", ["Dân chủ.", "Đảng bộ họp.", "Hết."]),
        ("theo Kế hoạch số\n22-KH/HU", ["theo Kế hoạch số\n22-KH/HU"]),
        ("các cấp ủy của\nĐảng bộ", ["các cấp ủy của\nĐảng bộ"]),
        ("Tiêu đề:\nThân bài", ["Tiêu đề:", "Thân bài"]),
    ],
)
def test_sentences_of_decomposed_text_are_the_same(text: str, sentences: list[str]) -> None:
    source = unicodedata.normalize("NFD", text)
    found = [source[s.start : s.end] for s in split_sentences(source)]
    assert [unicodedata.normalize("NFC", one) for one in found] == sentences


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("Đảng bộ họp.\u200b Hết.", 2),
        ("Đảng bộ họp. \ufeffHết.", 2),
        ("Đảng bộ họp.\u00a0Hết.", 2),
        ("Tỉnh ủy đã ban\n\ufeffhành kế hoạch", 1),
        ("theo Kế hoạch số\u200b\n22-KH/HU", 1),
    ],
)
def test_what_is_unseen_ends_no_sentence_and_joins_none(text: str, count: int) -> None:
    assert len(list(split_sentences(text))) == count


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
