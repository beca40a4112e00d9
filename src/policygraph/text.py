"""Vietnamese text folded for matching, with every offset mapped back to the source.

The source text is never altered; matching works on a folded view of it: NFC, one placement of the
tone mark ("khoá" → "khóa", "uỷ" → "ủy"), odd letters as the letters they stand for
(policygraph.letters), one hyphen, one space, no zero-width characters. All but zero-width
characters, doubled spaces and decomposed letters fold one to one, so that most texts need no
offset map at all.
"""

from __future__ import annotations

import re
import unicodedata
from array import array
from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

from policygraph.letters import MARKS, UNSEEN, compose, cut_runs, part_words, read_letters
from policygraph.span import Span

#: Vietnamese capitals and small letters as the inside of a character class. (À-Ỹ would hold both.)
UPPER = "A-ZÀÁÂÃÈÉÊÌÍÒÓÔÕÙÚÝĂĐĨŨƠƯẠẢẤẦẨẪẬẮẰẲẴẶẸẺẼẾỀỂỄỆỈỊỌỎỐỒỔỖỘỚỜỞỠỢỤỦỨỪỬỮỰỲỴỶỸ"
LOWER = UPPER.lower()

# In an open syllable the tone mark of oa, oe, uy stands on either vowel: hoá = hóa, uỷ = ủy.
# After q the u belongs to the consonant: quý, never qúy.
_TONES = "\u0300\u0309\u0303\u0301\u0323"
_SECOND_VOWEL = {
    unicodedata.normalize("NFC", first + vowel + tone): unicodedata.normalize("NFC", first + tone)
    + vowel
    for first, vowel in ("oa", "oe", "uy", "OA", "OE", "UY", "Oa", "Oe", "Uy")
    for tone in _TONES
}
_TONED = "".join(sorted({pair[1] for pair in _SECOND_VOWEL}))
# The first letter stands before the look behind it: so the search can skip, four times as fast.
_TONE_ON_SECOND = re.compile(rf"[oOuU](?<![qQ].)[{_TONED}](?!\w)", re.DOTALL)

# The same names recur in every article of a corpus.
_NAMES_KEPT = 50_000

_UNTONED = str.maketrans({"đ": "d", "Đ": "D"})


class FoldedText(NamedTuple):
    """A folded view of a source text.

    Attributes:
        text: the folded text.
        lower: the same in lower case, of the same length, line breaks and tabs as spaces, so that
            a phrase is found across a line's end.
        offsets: source offset of each folded character, or None where they are the same.
        ends: source offset of each one's end, or None where the next one begins there.
        source_length: length of the source text.
    """

    text: str
    lower: str
    source_length: int
    offsets: array[int] | None = None
    ends: array[int] | None = None

    def source_span(self, start: int, end: int) -> Span:
        """The source span of folded [start, end); a span that cuts a letter holds all of it."""
        if self.offsets is None:
            return Span(start, end)
        while end < len(self.offsets) and self.offsets[end] == self.offsets[end - 1]:
            end += 1
        if self.ends is not None:
            return Span(self.offsets[start], self.ends[end - 1])
        last = self.offsets[end] if end < len(self.offsets) else self.source_length
        return Span(self.offsets[start], last)

    def folded_offset(self, source_offset: int) -> int:
        """The folded offset of the first character at or after a source offset."""
        if self.offsets is None:
            return source_offset
        low, high = 0, len(self.offsets)
        while low < high:
            middle = (low + high) // 2
            if self.offsets[middle] < source_offset:
                low = middle + 1
            else:
                high = middle
        return low


def fold(text: str) -> FoldedText:
    """The folded view of a text, in linear time."""
    letters = read_letters(text)
    folded = _TONE_ON_SECOND.sub(_move_tone, letters.text)
    lower = folded.lower()
    if len(lower) != len(folded):  # "İ" alone lowers to two characters
        lower = "".join(c.lower() if len(c.lower()) == 1 else c for c in folded)
    for line_break in "\r\n\t":
        lower = lower.replace(line_break, " ")
    return FoldedText(folded, lower, len(text), letters.starts, letters.ends)


#: `fold` for the text of an article, which several readers need: it keeps the last one.
fold_whole = lru_cache(maxsize=1)(fold)

#: `fold` for a sentence, which is looked at before it is read: it keeps the last few.
fold_sentence = lru_cache(maxsize=4)(fold)


@lru_cache(maxsize=_NAMES_KEPT)
def fold_name(name: str) -> str:
    """A name as a key for comparison: folded, lower case, single spaces, no quotation marks."""
    return " ".join(re.sub(r"[\"'“”‘’]", "", fold(name).lower).split())


@lru_cache(maxsize=_NAMES_KEPT)
def make_slug(name: str) -> str:
    """A name as part of an IRI: ASCII, lower case, tones and đ folded, words joined by hyphens."""
    return "-".join(re.findall(r"[a-z0-9]+", strip_tones(name).lower()))


def strip_tones(text: str) -> str:
    """Text without tone and vowel marks, đ as d ("Nghị quyết" → "Nghi quyet")."""
    decomposed = unicodedata.normalize("NFD", cut_runs(fold(text).text.translate(_UNTONED)))
    return "".join(c for c in decomposed if not unicodedata.combining(c))


def tidy(text: str) -> str:
    """Text as a label: NFC, single spaces, nothing invisible, no underscores between words."""
    return " ".join(part_words(compose(text)).split())


# A line's end; a stop with its closing marks before a capital, digit or quote; a stop between a
# small letter and a capitalised word ("điều kiện.Gần đây"). All begin with a class of their own
# first characters, so that the search can skip to them. The text is the source, not a folded one.
_LINE_ENDS = r"\r\n\x85\u2028\u2029"
_SPACES = rf"[{UNSEEN}]*+\s[\s{UNSEEN}]*+"
_SENTENCE_END = re.compile(
    rf"[.!?…{_LINE_ENDS}](?:(?<=[{_LINE_ENDS}])\s*"
    rf"|(?<=[{LOWER}{MARKS}\d ][.!?])(?=[{UPPER}][{MARKS}]{{0,3}}[{LOWER}])"
    rf"|(?<![{_LINE_ENDS}])(?<![.!?…][.!?…])[.!?…]*+[\"”’)\]]*+{_SPACES}"
    rf"(?=[\"“‘(\[]*+[{UPPER}\d]))"
)
_ABBREVIATION = re.compile(
    r"(?:^|[\s(.])(?:TP|Tp|tp|T|P|Q|H|TX|Tx|tx|TT|ThS|TS|GS|PGS|KS|BS|Th|v\.v|St|Mr|Ms)\.\s*$"
)
# What goes on in the next line: a number cut at its hyphen, a word that wants another.
_CUT = re.compile(r"(?:[\w][-/]|\b(?:số|của|và|về|do|các|ngày|tháng|năm|theo|tại|với))[ \t]*$")
_BREAK = re.compile(rf"[ \t]*(?:\r\n?|[\n\x85\u2028\u2029])[ \t{UNSEEN}]*(?=\S)")
_STOPS = (".", "!", "?", "…", ":", ";", "|")
_BULLET = re.compile(r"\w\)")


def split_sentences(text: str) -> Iterator[Span]:
    """The sentences of a text in order, without the white space around them.

    A line's end is a sentence's, unless the line is only wrapped: the next one goes on in lower
    case, or within a number.
    """
    start = 0
    for end in _SENTENCE_END.finditer(text):
        if _ABBREVIATION.search(text, max(0, end.end() - 8), end.end()):
            continue
        if end[0][0] not in ".!?…" and is_wrapped(text, end.start()):
            continue
        yield from _stripped(text, start, end.end())
        start = end.end()
    yield from _stripped(text, start, len(text))


def is_wrapped(text: str, line_end: int) -> bool:
    """Whether the sentence goes on behind the line that ends at an offset."""
    if text[max(0, line_end - 8) : line_end].rstrip(" \t").endswith(_STOPS):
        return False  # most lines: no letter needs to be read
    gap = _BREAK.match(text, line_end)
    if gap is None or not (after := text[gap.end()]).isalnum():
        return False
    before = read_letters(text[max(0, line_end - 24) : line_end]).text[-8:].rstrip(" \t")
    if not before or before[-1] in ".!?…:;|\r\n":
        return False
    is_cut = _CUT.search(before) is not None
    return is_cut or (after.islower() and not _BULLET.match(text, gap.end()))


def line_around(text: str, at: int) -> Span:
    """The line around an offset without its end, with the lines that it is wrapped over."""
    start, end = text.rfind("\n", 0, at), text.find("\n", at)
    while start >= 0 and is_wrapped(text, start):
        start = text.rfind("\n", 0, start)
    while end >= 0 and is_wrapped(text, end):
        end = text.find("\n", end + 1)
    return Span(start + 1, end if end >= 0 else len(text))


def _stripped(text: str, start: int, end: int) -> Iterator[Span]:
    piece = text[start:end]
    if inner := piece.strip():
        start += len(piece) - len(piece.lstrip())
        yield Span(start, start + len(inner))


def _move_tone(match: re.Match[str]) -> str:
    return _SECOND_VOWEL.get(match[0], match[0])
