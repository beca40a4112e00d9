"""What is odd in a text's letters changes nothing of what is read: mentions, entities, relations.

A table of plain sentences is written in each odd way, and the whole article in mixtures of them.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from functools import cache
from pathlib import Path
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from policygraph.linking import link
from policygraph.model import Article, Claims
from policygraph.pipeline import annotate
from policygraph.registry import load_registry
from policygraph.text import fold

#: Words that a word segmenter joins with underscores.
COMPOUNDS = (
    "Nghị quyết|Hội nghị|Đại hội|Đảng bộ|Trung ương|Thành ủy|Ban Dân vận|Ban Chấp hành|Chỉ thị"
    "|Bộ Chính trị|Quyết định|Nghị định|Chính phủ|Thông tư|Bộ Tài chính|Bảo hiểm xã hội|Việt Nam"
    "|Đất đai|Bộ luật|Lao động|chính quyền|địa phương|ban hành|Kế hoạch|Lạng Sơn|Kon Tum|Hà Nội"
    "|Ủy ban|Mặt trận|Tổ quốc|Bắc Giang|Liên đoàn|Sở Nội vụ|Hội Liên hiệp Phụ nữ|Hướng dẫn"
    "|Phong trào|thi đua|Dân vận|dân vận|Cuộc vận động|Toàn dân|đoàn kết|xây dựng|đời sống|văn hóa"
    "|Chương trình|hành động|Công văn|Bộ Công an|Kết luận|Ban Bí thư|Pháp lệnh|Thực hiện|dân chủ"
)
SENTENCES = (
    "Thành ủy Hà Khê thực hiện Nghị quyết số 25-NQ/TW, ngày 03/6/2013 của Ban Chấp hành Trung ương "
    "Đảng khóa XI.",
    "Quán triệt Nghị quyết Trung ương 7 (khóa XI) về công tác dân vận.",
    "Học tập Nghị quyết Hội nghị lần thứ bảy Ban Chấp hành Trung ương Đảng khóa XI.",
    "Nghị quyết Đại hội XIII của Đảng đi vào cuộc sống.",
    "Nghị quyết Đại hội đại biểu Đảng bộ tỉnh Hà Khê lần thứ XVI.",
    "Chỉ thị số 05-CT/TW ngày 15/5/2016 của Bộ Chính trị.",
    "Các Quyết định số 217, 218-QĐ/TW của Bộ Chính trị.",
    "Kết luận số 61-KL/TW của Ban Bí thư sửa đổi Quyết định số 99-QĐ/TW.",
    "Nghị định số 30/2020/NĐ-CP ngày 05 tháng 3 năm 2020 của Chính phủ.",
    "Thông tư 116/2004/TT-BTC của Bộ Tài chính.",
    "Quyết định số 1456/QĐ-BHXH của Bảo hiểm xã hội Việt Nam.",
    "Công văn số 10988/BNV-CQĐP ngày 1-11-2023 của Bộ Nội vụ.",
    "Nghị quyết 68 và Nghị quyết số 66-NQ/CP.",
    "Luật Đất đai năm 2013 được thay thế.",
    "Bộ luật Lao động và Luật Tổ chức chính quyền địa phương số 77/2015/QH13.",
    "Pháp lệnh Thực hiện dân chủ ở xã, phường, thị trấn năm 2007 (Pháp lệnh số "
    "34/2007/PL-UBTVQH11).",
    "UBND tỉnh Kon Tum ban hành Kế hoạch số 47/KH-UBND.",
    "Ban Dân vận Thành ủy Hà Nội họp với Bộ Công an.",
    "Ủy ban Mặt trận Tổ quốc Việt Nam tỉnh Bắc Giang, Ủy ban Kiểm tra Trung ương.",
    "Liên đoàn Lao động tỉnh Lạng Sơn cùng Sở Nội vụ.",
    "Hội Liên hiệp Phụ nữ Việt Nam đã ban hành Hướng dẫn số 12/HD-ĐCT.",
    "Chương trình hành động số 23-CTr/TU, ngày 25/7/2013 của Thành ủy Hà Nội.",
    "Phong trào thi đua “Dân vận khéo” lan rộng.",
    "Cuộc vận động “Ngày vì người nghèo” do Ủy ban Trung ương Mặt trận Tổ quốc Việt Nam phát động.",
    "Phong trào “Toàn dân đoàn kết xây dựng đời sống văn hóa”, “Đền ơn đáp nghĩa”.",
)
HANOI = Path(__file__).parents[1] / "data" / "articles" / "hanoi-dan-van.txt"
BODY = HANOI.read_text(encoding="utf-8").split("\nChủ đề :")[0]

Found = tuple[list[tuple[str, str]], list[tuple[str, str, str]]]


def decompose_more(text: str) -> str:
    """Letters with two marks as a composed letter and one more mark: "ệ" as "ẹ" with a hat."""
    return "".join(map(_take_a_mark_off, text))


def _take_a_mark_off(letter: str) -> str:
    base, *marks = unicodedata.normalize("NFD", letter)
    if len(marks) != 2:
        return letter
    composed = unicodedata.normalize("NFC", base + marks[0])
    return composed + marks[1] if len(composed) == 1 else letter


def decompose_every_other(text: str) -> str:
    words = text.split(" ")
    words[1::2] = [unicodedata.normalize("NFD", word) for word in words[1::2]]
    return " ".join(words)


def move_tones(text: str) -> str:
    new = {"óa": "oá", "òa": "oà", "ỏa": "oả", "ủy": "uỷ", "Ủy": "Uỷ"}
    return re.sub("|".join(new), lambda old: new[old[0]], text)


def put_inside(sign: str) -> Callable[[str], str]:
    return lambda text: re.sub(r"(?<=\w)(?=\w)", sign, text)


def put_for(letters: str, others: str, where: str) -> Callable[[str], str]:
    table = str.maketrans(letters, others)
    return lambda text: re.sub(where, lambda found: found[0].translate(table), text)


def widen(signs: str) -> Callable[[str], str]:
    return lambda text: re.sub(signs, lambda found: chr(ord(found[0]) + 0xFEE0), text)


def segment(text: str) -> str:
    """Compounds joined by underscores, punctuation with spaces around it."""
    joined = re.sub(COMPOUNDS, lambda found: found[0].replace(" ", "_"), text)
    spaced = re.sub(r"[ ]*([,;:()“”./-])[ ]*", r" \1 ", joined)
    return re.sub(r"(?m)^ | $", "", re.sub(" +", " ", spaced))


def segment_words_only(text: str) -> str:
    joined = re.sub(COMPOUNDS, lambda found: found[0].replace(" ", "_"), text)
    return re.sub(r"(?<=\w)([,.;:)”])(?!\w)", r" \1", re.sub(r"([(“])", r"\1 ", joined))


#: Each leaves spaces between words where they are, so that words can be written each in its way.
WITHIN_WORDS: dict[str, Callable[[str], str]] = {
    "decomposed": lambda text: unicodedata.normalize("NFD", text),
    "one more mark": decompose_more,
    "tone on the other vowel": move_tones,
    "eth for the letter đ": put_for("Đđ", "Ðð", r"\w"),
    "Cyrillic capitals": put_for("ABEKMHOPCTX", "АВЕКМНОРСТХ", r"(?<=\w)[A-Z]|[A-Z](?=[A-Z])"),
    "Greek capitals": put_for("ABEKMHOPTXNI", "ΑΒΕΚΜΗΟΡΤΧΝΙ", r"(?<=\w)[A-Z]|[A-Z](?=[A-Z])"),
    "Cyrillic small letters": put_for("aeopcxyi", "аеорсхуі", r"(?<=\w)[a-z]"),
    "full-width digits": widen("[0-9]"),
    "full-width letters": widen("[0-9A-Za-z/-]"),
    "zero-width spaces": put_inside("\u200b"),
    "zero-width joiners": put_inside("\u200d"),
    "soft hyphens": put_inside("\u00ad"),
    "byte order marks": put_inside("\ufeff"),
    "word joiners": put_inside("\u2060"),
    "marks of direction": put_inside("\u200e\u200f"),
    "isolated numbers": lambda text: re.sub(r"\d+", "\u2066\\g<0>\u2069", text),
    "control signs": put_inside("\x08"),
}
BETWEEN_WORDS = tuple("\u00a0\u2002\u2007\u2009\u200a\u202f\u205f\u3000")
ODDITIES: dict[str, Callable[[str], str]] = {
    **WITHIN_WORDS,
    **{f"space {ord(s):x}": lambda text, s=s: text.replace(" ", s) for s in BETWEEN_WORDS},
    "every other word decomposed": decompose_every_other,
    "segmented": segment,
    "segmented, words only": segment_words_only,
}


def read(text: str) -> Found:
    """The mentions of a text, each with the id of its thing, and its relations, by those ids."""
    article = annotate(Article("a.txt", text, "0" * 64))
    claims = Claims("a.txt", None, article.references, article.statements)
    things = {one.reference: one.thing for one in link([claims], load_registry()).links}
    mentions = sorted((m.span, r.id) for r in article.references for m in r.mentions)
    return (
        [(plain(text[span.start : span.end]), things[id_]) for span, id_ in mentions],
        sorted((things[s.subject], s.predicate, things[s.object]) for s in article.statements),
    )


def plain(surface: str) -> str:
    """A surface without what is odd; it begins and ends with what can be seen."""
    assert surface == surface.strip()
    assert surface[0].isprintable()
    assert surface[-1].isprintable() or unicodedata.combining(surface[-1])
    return re.sub(r"[\s_]", "", fold(surface).lower)


@cache
def read_plain(text: str) -> Found:
    return read(text)


@pytest.mark.parametrize("oddity", ODDITIES)
@pytest.mark.parametrize("sentence", SENTENCES)
def test_an_odd_sentence_is_read_as_the_plain_one(sentence: str, oddity: str) -> None:
    mentions, relations = read_plain(sentence)
    assert mentions
    assert read(ODDITIES[oddity](sentence)) == (mentions, relations)


def test_every_oddity_changes_a_sentence() -> None:
    for oddity in ODDITIES.values():
        assert any(oddity(sentence) != sentence for sentence in SENTENCES)


@pytest.mark.parametrize("oddity", ODDITIES)
def test_an_odd_article_is_read_as_the_plain_one(oddity: str) -> None:
    assert read(ODDITIES[oddity](BODY)) == read_plain(BODY)


@settings(max_examples=25, deadline=None)
@given(st.integers(0, 2**32), st.sampled_from([0.05, 0.3, 1.0]))
def test_a_mixture_of_oddities_changes_nothing(seed: int, share: float) -> None:
    random = Random(seed)
    pieces = re.split(r"(\s+)", BODY)
    odd = (write_oddly(one, random) if random.random() < share else one for one in pieces)
    assert read("".join(odd)) == read_plain(BODY)


def write_oddly(piece: str, random: Random) -> str:
    """A space as another, a word in two odd ways."""
    if not piece.strip():
        return random.choice(BETWEEN_WORDS) if piece == " " else piece
    for oddity in random.sample(list(WITHIN_WORDS.values()), 2):
        piece = oddity(piece)
    return piece


@pytest.mark.parametrize(
    "text",
    [
        "https://example.org/Ban_Dân_vận_Thành_ủy_Hà_Nội",
        "vi.example.org/wiki/Thành_ủy_Hà_Nội",
        "tệp Nghị_quyết_số_25.docx",
        "tệp Nghị_quyết_25-NQ/TW",
        "thư gửi Thành_ủy_Hà_Nội@example.org",
        "#Thành_ủy_Hà_Nội",
        "C:\\Văn_bản\\Thành_ủy_Hà_Nội",
        "/van_ban/Thành_ủy_Hà_Nội",
        "nghi_quyet_trung_uong_7",
        "theo tiêu chuẩn ГОСТ и СТ 05",
        "Компания ОТВ-СТ/ТВ Россия",
        "η ΕΤΟΣ ΚΑΤ 25",
    ],
)
def test_addresses_file_names_and_other_languages_give_no_mention(text: str) -> None:
    assert read(f"Xem {text} ở đây.") == ([], [])
