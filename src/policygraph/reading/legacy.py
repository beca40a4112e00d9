"""Text in the encodings that came before Unicode, whether as bytes or as Unicode that hides them.

In a Word file or page of the time the codes stand as the characters that Windows-1252 has for
them ("NghÞ quyÕt", "Nghò quyeát"), and a font shows them as Vietnamese. Here every text is such a
text: bytes are first taken as Windows-1252. Tables and fonts are rows of data/encodings.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from itertools import product

from policygraph.lexicon import Row, load_rows
from policygraph.reading.syllables import share_of_syllables
from policygraph.resources import data_file
from policygraph.table import read_table
from policygraph.text import LOWER, UPPER

_SAMPLE, _PIECES = 65_536, 8
_LEAST_SHARE = 0.9  # of words with marks that must be syllables in the right decoding
_LEAST_LEAD = 0.1  # before the next best
_FEWEST_WORDS = 5
_CLEAN_SHARE = 0.5  # where so many words are syllables as they stand, nothing is hidden
_UNICODE_ONLY = re.compile("[\u1ea0-\u1ef9ăđơưĂĐƠƯ]")  # what no code of Windows-1252 looks like

_CAPITALS = re.compile(
    rf"\b(?=[{LOWER}{UPPER}]{{0,6}}[A-Z][{LOWER}{UPPER}]{{0,5}}[A-Z])"
    rf"(?![{LOWER}{UPPER}]{{0,12}}[a-z])[{LOWER}{UPPER}]{{2,20}}\b"
)

# What Windows-1252 has at 0x80-0x9F, by the code; the five codes that it leaves free are controls.
_SIGNS_OF_CODES = {
    chr(code): sign
    for code in range(0x80, 0xA0)
    if (sign := bytes([code]).decode("cp1252", errors="ignore"))
}
_TO_CODES = str.maketrans({sign: code for code, sign in _SIGNS_OF_CODES.items()})


@dataclass(frozen=True, slots=True, kw_only=True)
class EncodingRow(Row):
    """An encoding; the fields are explained at the head of data/encodings/encodings.toml."""

    name: str
    column: str
    low: int
    high: int
    has_capitals: bool
    fonts: str
    capital_fonts: str


@dataclass(frozen=True, slots=True)
class LetterRow:
    """The codes of one letter in each family of tables, in hexadecimal."""

    letter: str
    tcvn: str
    vni: str
    viscii: str
    vps: str


@dataclass(frozen=True, slots=True)
class LegacyText:
    """A text as it was meant, NFC, and the name of the encoding that it was in."""

    text: str
    encoding: str


@dataclass(frozen=True, slots=True)
class Table:
    """A table ready for use.

    Attributes:
        family: tables of one family agree in most letters.
        letters: what one code, or two, stand for.
        pairs: matches two codes that are one letter, or else a single code; None where every
            letter is a single code.
        has_capitals: whether capitals with tone marks have codes of their own.
    """

    name: str
    family: str
    letters: Mapping[str, str]
    pairs: re.Pattern[str] | None
    has_capitals: bool

    def decode(self, codes: str) -> str:
        """A text of codes, each a character below U+0100, as Vietnamese; in linear time."""
        if self.pairs:
            return self.pairs.sub(lambda found: self.letters.get(found[0], found[0]), codes)
        text = codes.translate({ord(code): letter for code, letter in self.letters.items()})
        if self.has_capitals:
            return text
        # "NGHÞ QUYÕT": the codes of small letters, which a font of capitals shows as capitals
        return _CAPITALS.sub(lambda word: word[0].upper(), text)


def decode_legacy(text: str) -> LegacyText | None:
    """What a Unicode text that hides the codes of an older encoding says; None for a clean text."""
    if not _may_hide_codes(text):
        return None
    return decode_codes(text.translate(_TO_CODES))


def find_hidden_part(text: str) -> str | None:
    """The encoding that lines of a text hide beside others in Unicode, by its name; None where no
    line does, or it is not plain which one.
    """
    lines = [line for line in text.split("\n") if not line.isascii() and _may_hide_codes(line, 1)]
    hidden = decode_legacy("\n".join(lines)) if lines else None
    return hidden.encoding if hidden else None


def decode_codes(codes: str) -> LegacyText | None:
    """A text of codes, each a character below U+0100, as the one encoding that makes sense of it.

    It is that in which nearly all words with marks are Vietnamese syllables, and clearly more than
    in the next; None where there is none.
    """
    sample = _take_sample(codes)
    rated = [(*share_of_syllables(table.decode(sample)), table) for table in load_tables().values()]
    share, words, best = max(rated, key=lambda each: each[0])
    others = max(each[0] for each in rated if each[2].family != best.family)
    if words < _FEWEST_WORDS or share < _LEAST_SHARE or share - others < _LEAST_LEAD:
        return None
    return LegacyText(best.decode(codes), best.name)


def decode_by_font(text: str, font: str) -> str:
    """The text of a run that is set in a font; unchanged where font or text is Unicode already."""
    found = font_encoding(font)
    if found is None or _UNICODE_ONLY.search(text):
        return text
    name, is_capital = found
    decoded = decode_as(text, name)
    if share_of_syllables(text)[0] > share_of_syllables(decoded)[0]:
        return text  # "các xã", typed in Unicode under an old font
    return decoded.upper() if is_capital else decoded


def decode_as(text: str, name: str) -> str:
    """A Unicode text that hides the codes of the encoding of that name."""
    return load_tables()[name].decode(text.translate(_TO_CODES))


@cache
def font_encoding(font: str) -> tuple[str, bool] | None:
    """The encoding that a font shows, and whether it shows small letters as capitals."""
    name = font.partition(",")[0].strip(" \"'").lower()
    for row in load_encodings():
        if row.fonts and re.fullmatch(row.fonts, name):
            return row.name, bool(re.fullmatch(row.capital_fonts, name))
    return None


@cache
def load_encodings() -> tuple[EncodingRow, ...]:
    """The rows of data/encodings/encodings.toml."""
    return load_rows(data_file("encodings", "encodings.toml"), EncodingRow)


@cache
def load_letters() -> tuple[LetterRow, ...]:
    """The rows of data/encodings/codes.csv."""
    return read_table(data_file("encodings", "codes.csv"), LetterRow)


@cache
def load_tables() -> Mapping[str, Table]:
    """The tables by the name of their encoding."""
    return {row.name: _make_table(row) for row in load_encodings()} | {
        "Windows-1258": _make_windows_1258()
    }


def _make_table(row: EncodingRow) -> Table:
    letters = dict(_SIGNS_OF_CODES)
    for letter in load_letters():
        codes = bytes.fromhex(getattr(letter, row.column)).decode("latin-1")
        is_there = len(codes) == 2 or row.low <= ord(codes) <= row.high
        if is_there and (row.has_capitals or not _is_toned_capital(letter.letter)):
            letters[codes] = letter.letter
        if len(codes) == 2:  # typed with the mark in the other case, which shows the same
            letters.setdefault(codes[0] + codes[1].swapcase(), letter.letter)
    return Table(row.name, row.column, letters, _match_pairs(letters), row.has_capitals)


def _is_toned_capital(letter: str) -> bool:
    return letter.isupper() and letter not in "ĂÂÊÔƠƯĐ"


def _make_windows_1258() -> Table:
    """Microsoft's code page, in which a tone mark is a code of its own behind its vowel."""
    high = {chr(c): bytes([c]).decode("cp1258", errors="ignore") for c in range(0x80, 0x100)}
    letters = {code: letter for code, letter in high.items() if letter}
    marks = {code: letter for code, letter in letters.items() if unicodedata.combining(letter)}
    bases = {chr(c): chr(c) for c in range(0x41, 0x7B)} | letters
    for (code, base), (tone, mark) in product(bases.items(), marks.items()):
        if len(letter := unicodedata.normalize("NFC", base + mark)) == 1:
            letters[code + tone] = letter
    return Table("Windows-1258", "cp1258", letters, _match_pairs(letters), has_capitals=True)


def _match_pairs(letters: Mapping[str, str]) -> re.Pattern[str] | None:
    pairs = [re.escape(codes) for codes in letters if len(codes) == 2]
    return re.compile("|".join([*pairs, "[\x80-\xff]"])) if pairs else None


def _may_hide_codes(text: str, least: int = _FEWEST_WORDS) -> bool:
    """Whether a text has characters of Windows-1252 in at least so many words, and is no
    Vietnamese with them."""
    sample = _take_sample(text)
    if sample.isascii() or _UNICODE_ONLY.search(sample):
        return False
    share, words = share_of_syllables(sample)
    return words >= least and share < _CLEAN_SHARE


def _take_sample(text: str) -> str:
    """Pieces from all over a text: a page may begin with a menu in plain letters."""
    if len(text) <= _SAMPLE:
        return text
    return " ".join(_take_pieces(text))


def _take_pieces(text: str) -> Iterator[str]:
    step, length = len(text) // _PIECES, _SAMPLE // _PIECES
    for start in range(0, step * _PIECES, step):
        yield text[start : start + length]
