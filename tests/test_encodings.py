"""Encodings: Unicode is never altered, what came before it is told apart and decoded exactly."""

from __future__ import annotations

import unicodedata
from time import perf_counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from policygraph.errors import ReadingError
from policygraph.reading.encodings import decode
from policygraph.reading.legacy import (
    EncodingRow,
    decode_by_font,
    decode_legacy,
    font_encoding,
    load_encodings,
    load_letters,
    load_tables,
)
from policygraph.resources import data_file

TONES = "\u0300\u0301\u0303\u0309\u0323"
VOWELS = "aăâeêioôơuưy"
SMALL = [unicodedata.normalize("NFC", v + t) for v in VOWELS for t in ("", *TONES)] + ["đ"]
LETTERS = sorted(
    letter for small in SMALL for letter in (small, small.upper()) if not letter.isascii()
)
COLUMNS = {"TCVN3": "tcvn", "VNI": "vni", "VISCII": "viscii", "VPS": "vps"}
NAMES = [*COLUMNS, "Windows-1258"]

# Both places of the tone mark (hoá, hòa; thuỷ, thủy); a body and a province that do not exist.
BODY = (
    "Tỉnh ủy Hà Khê ban hành nghị quyết về công tác dân vận trong tình hình mới. "
    "Các cấp ủy đảng phải văn hoá hoá nếp sống, giữ hòa khí ở cơ sở và bảo vệ nguồn thuỷ sản, "
    "thủy lợi. Đoàn viên, hội viên cùng nhân dân xã Mường Sa đóng góp sức người để mở rộng đường, "
    "xây cầu, dựng trường học; những hộ nghèo được giúp vốn và giống lúa. Từ năm trước đến nay, "
    "ba mươi hai thôn đã kết nghĩa với đồn biên phòng, nhiều mô hình tự quản được nhân rộng.\n"
) * 2


def encode(text: str, name: str) -> bytes:
    """Text in an older encoding; in TCVN3 capitals with tone marks are small, as once typed."""
    if name == "Windows-1258":
        return _tones_last(text).encode("cp1258")
    codes = {row.letter: bytes.fromhex(getattr(row, COLUMNS[name])) for row in load_letters()}
    if name == "TCVN3":
        codes |= {c: codes[c.lower()] for c in codes if c.isupper() and c not in "ĂÂÊÔƠƯĐ"}
    return b"".join(codes[c] if c in codes else c.encode("ascii") for c in text)


def _tones_last(text: str) -> str:
    """Each letter with its vowel mark composed and its tone mark behind it."""
    out = []
    for letter in text:
        parts = unicodedata.normalize("NFD", letter)
        base = "".join(c for c in parts if c not in TONES)
        out.append(unicodedata.normalize("NFC", base) + "".join(c for c in parts if c in TONES))
    return "".join(out)


def expected(text: str, name: str) -> str:
    """What can come back: TCVN3 has no capitals with tone marks outside words of capitals."""
    if name != "TCVN3":
        return text
    return "".join(c.lower() if c.isupper() and _is_toned(c) else c for c in text)


def _is_toned(letter: str) -> bool:
    return any(mark in unicodedata.normalize("NFD", letter) for mark in TONES)


# --- tables -------------------------------------------------------------------------------------


def test_the_tables_hold_the_134_letters_of_the_alphabet_once() -> None:
    assert sorted(row.letter for row in load_letters()) == LETTERS
    assert len(LETTERS) == 134


@pytest.mark.parametrize("column", COLUMNS.values())
def test_no_two_letters_share_their_codes(column: str) -> None:
    codes = [getattr(row, column) for row in load_letters()]
    assert len(set(codes)) == len(codes)


# Facts that the sources agree on, written out so that a slip in the table shows.
@pytest.mark.parametrize(
    ("name", "codes", "letters"),
    [
        ("TCVN3", b"\xb5\xb8\xb6\xb7\xb9\xa8\xa9\xaa\xab\xac\xad\xae", "àáảãạăâêôơưđ"),
        ("TCVN3", b"\xa1\xa2\xa3\xa4\xa5\xa6\xa7", "ĂÂÊÔƠƯĐ"),
        ("VNI", b"\xd1\xf1 \xf4\xf9 \xf6\xef o\xe4 i\xf2 \xe6 \xf3 \xee", "Đđ ớ ự ộ iị ỉ ĩ ỵ"),
        ("VISCII", b"\x02\x05\x06\x14\x19\x1e\xa0\xd0\xf0", "ẲẴẪỶỸỴÕĐđ"),
        ("VPS", b"\x02\x03\x04\x05\x06\x10\x11\x12\x13", "ẠẬẶẸỆỊỌỘỢ"),
        ("VPS", b"\x14\x15\x19\x1c\x1d\xf0\xf1\xc7", "ỤỰỴẪỮẴĐđ"),
    ],
)
def test_known_codes_are_known_letters(name: str, codes: bytes, letters: str) -> None:
    assert load_tables()[name].decode(codes.decode("latin-1")) == letters


@pytest.mark.parametrize("name", NAMES)
@given(text=st.text(st.sampled_from([*LETTERS, *"abcdeghiklmnopqrstuvxy ,."]), max_size=60))
def test_every_text_of_the_alphabet_comes_back(name: str, text: str) -> None:
    if name == "TCVN3":  # what stands in capitals there is a matter of the whole word
        text = text.lower()
    decoded = load_tables()[name].decode(encode(text, name).decode("latin-1"))
    assert unicodedata.normalize("NFC", decoded) == text


# --- bytes --------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", NAMES)
def test_a_file_in_an_older_encoding_is_told_and_decoded_exactly(name: str) -> None:
    decoded = decode(encode(BODY, name), place="a.txt")
    assert decoded.encoding == name
    assert decoded.text == expected(BODY, name)
    assert name in (decoded.note or "")
    assert unicodedata.is_normalized("NFC", decoded.text)


@pytest.mark.parametrize("name", NAMES)
def test_every_part_of_a_real_article_is_told(name: str) -> None:
    article = data_file("articles", "hanoi-dan-van.txt").read_text(encoding="utf-8")
    letters = {row.letter for row in load_letters()}
    composed = unicodedata.normalize("NFC", article)
    raw = encode("".join(c for c in composed if c.isascii() or c in letters), name)
    parts = [raw[start : start + 1024] for start in range(0, len(raw) - 1023, 1024)]
    assert [decode(part, place="a.txt").encoding for part in parts] == [name] * len(parts)


@pytest.mark.parametrize("codec", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be"])
@pytest.mark.parametrize("form", ["NFC", "NFD"])
def test_unicode_is_never_altered(codec: str, form: str) -> None:
    text = unicodedata.normalize(form, BODY).replace("\n", "\r\n")  # type: ignore[arg-type]
    decoded = decode(text.encode(codec), place="a.txt")
    assert decoded.text == text
    assert decoded.encoding == ("UTF-8" if codec.startswith("utf-8") else "UTF-16")


FOREIGN = {
    "fr": "L'été dernier, le préfet a décidé que la fête aurait lieu à la mairie, où les élèves "
    "ont été reçus. Né à Hué, il a vécu là-bas très longtemps, près de la forêt.",
    "de": "Die Behörde für Straßenbau prüft die Anträge der Bürger über größere Brücken und Züge.",
    "cs": "Příliš žluťoučký kůň úpěl ďábelské ódy; úřad zveřejnil rozhodnutí o stavbě silnice.",
    "es": "La comisión aprobó ayer, según señaló el niño, una resolución más sobre la educación.",
    "ru": "Областной комитет принял постановление о работе с населением в новых условиях.",
    "en": "The naïve façade of the café in Hué; 25 µg, 30 °C, § 4 and a stray ¸ or two.",
}


@pytest.mark.parametrize("language", FOREIGN)
def test_a_text_in_another_language_is_never_altered(language: str) -> None:
    text = FOREIGN[language] * 8
    decoded = decode(text.encode(), place="a.txt")
    assert (decoded.text, decoded.encoding, decoded.note) == (text, "UTF-8", None)
    assert decode_legacy(text) is None


@pytest.mark.parametrize(
    ("language", "codec"),
    [("fr", "latin-1"), ("de", "latin-1"), ("es", "latin-1"), ("cs", "cp1250"), ("ru", "cp1251")],
)
def test_another_language_in_bytes_is_an_error_rather_than_a_guess(
    language: str, codec: str
) -> None:
    with pytest.raises(ReadingError, match="not valid"):
        decode((FOREIGN[language] * 8).encode(codec), place="a.txt")


def test_damaged_utf_8_is_not_taken_for_an_older_encoding() -> None:
    raw = BODY.encode()
    at = raw.index(b" ", 400)
    with pytest.raises(ReadingError, match=f"byte {at} is not valid"):
        decode(raw[:at] + b"\xff" + raw[at:], place="a.txt")


def test_a_file_cut_within_its_last_letter_is_said_to_be_cut() -> None:
    raw = BODY.encode() + "vị".encode()[:-1]
    with pytest.raises(ReadingError, match="cut off") as caught:
        decode(raw, place="a.txt")
    assert str(len(BODY.encode()) + 1) in caught.value.message


@pytest.mark.parametrize(
    "raw", [b"MZ\0\0 plain letters", b"\x89PNG\r\n\x1a\n\0\0", bytes(range(256))]
)
def test_binary_files_are_errors(raw: bytes) -> None:
    with pytest.raises(ReadingError, match="no text"):
        decode(raw, place="a.bin")


@given(st.binary(max_size=300))
def test_any_bytes_are_a_text_or_an_error_that_names_the_file(raw: bytes) -> None:
    said, text = "a.txt: ", "a text"
    try:
        text = decode(raw, place="a.txt").text
    except ReadingError as error:
        said = str(error)
    assert said.startswith("a.txt: ")
    assert text.strip()
    assert "\0" not in text


@pytest.mark.parametrize("name", NAMES)
def test_decoding_is_linear(name: str) -> None:
    raw = encode(BODY, name)
    big = raw * (2 * 2**20 // len(raw))
    start = perf_counter()
    assert decode(big, place="a.txt").encoding == name
    assert perf_counter() - start < 6


# --- codes in Unicode text ----------------------------------------------------------------------


@pytest.mark.parametrize("name", ["TCVN3", "VNI", "VISCII", "VPS"])
@pytest.mark.parametrize("damage", ["latin-1", "cp1252"])
def test_codes_saved_as_unicode_are_decoded(name: str, damage: str) -> None:
    raw = encode(BODY, name)
    # Windows-1252 leaves five codes free; they stay control characters.
    text = "".join(bytes([b]).decode(damage, errors="ignore") or chr(b) for b in raw)
    found = decode_legacy(text)
    assert found is not None
    assert (found.text, found.encoding) == (expected(BODY, name), name)
    assert decode(text.encode(), place="a.txt").encoding == f"{name} in UTF-8"


@pytest.mark.parametrize(
    "text",
    [
        "",
        BODY,
        unicodedata.normalize("NFD", BODY),
        "Nghi quyet so 25 cua tinh uy Ha Khe ve cong tac dan van",
        "Nghị quyết số 25 µ ¸ của Tỉnh ủy Hà Khê",
        "và các xã, là nơi có nhà ở cũ, bà con kéo lúa về nhà",
        "Ðoàn xã; Ðình làng; cà phê; bê tông; tài xế; màn kê",
    ],
)
def test_clean_text_hides_nothing(text: str) -> None:
    assert decode_legacy(text) is None


def test_no_line_of_a_real_article_is_taken_for_codes() -> None:
    article = data_file("articles", "hanoi-dan-van.txt").read_text(encoding="utf-8")
    assert not [line for line in article.splitlines() if decode_legacy(line)]


# --- fonts --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("font", "text", "meant"),
    [
        (".VnTime", "NghÞ quyÕt", "Nghị quyết"),
        (".VnTimeH", "nghÞ quyÕt", "NGHỊ QUYẾT"),
        (".VnTime", "ch­¬ng tr×nh", "chương trình"),
        ("VNI-Times", "Nghò quyeát", "Nghị quyết"),
        ("VPS Times", "Ngh\u00ce quy\u2030t", "Nghị quyết"),
        ("Times New Roman", "NghÞ quyÕt", "NghÞ quyÕt"),
        (".VnTime", "Nghị quyết", "Nghị quyết"),
        ("VNI-Times", "Đảng", "Đảng"),
    ],
)
def test_a_run_is_read_as_its_font_shows_it(font: str, text: str, meant: str) -> None:
    assert decode_by_font(text, font) == meant


@pytest.mark.parametrize("row", load_encodings(), ids=lambda row: row.id)
def test_each_encoding_is_told_by_its_fonts_and_by_no_others(row: EncodingRow) -> None:
    told = {name: font_encoding(name) for name in (*row.examples, *row.counter_examples)}
    of_row = {name for name, found in told.items() if found and found[0] == row.name}
    assert of_row == set(row.examples)


def test_words_typed_in_capitals_are_capitals_though_tcvn3_has_none() -> None:
    heading = "NGHÞ QUYÕT cña TØnh ñy Hµ Khª vÒ c«ng t¸c d©n vËn trong t×nh h×nh míi"
    decoded = decode(heading.encode("latin-1"), place="a.txt")
    assert decoded.text.startswith("NGHỊ QUYẾT của Tỉnh ủy Hà Khê về công tác dân vận")
