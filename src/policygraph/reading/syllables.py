"""Whether words are Vietnamese syllables: what tells one decoding of a text from another.

Vietnamese is written in syllables: an optional initial, a vowel or vowel group with at most one
tone mark, an optional final; before the finals c, ch, p and t only two of the tones occur (Quyết
định 240/QĐ of 1984, and any grammar of the language). A text decoded by the wrong table breaks
these rules in nearly every word that has a mark.
"""

from __future__ import annotations

import re
import unicodedata

_INITIAL = "(?:ngh|gh|ng|nh|ch|kh|ph|th|tr|gi|qu|[bcdđghklmnprstvx])?"
_VOWELS = (
    "oai|oay|oao|oeo|uao|uây|uôi|uyu|uya|uyê|iêu|yêu|ươi|ươu|uêu|uơi|"
    "ai|ao|au|ay|âu|ây|eo|êu|ia|iê|iu|oa|oă|oe|oi|ôi|ơi|oo|ôô|ua|uâ|uă|uê|ui|uô|uơ|ưa|ưi|ươ|ưu|uy|"
    "ya|yê|[aăâeêioôơuưy]"
)
_SYLLABLE = re.compile(rf"{_INITIAL}(?:{_VOWELS})(ch|ng|nh|[cmnpt])?")
_STOPPED = ("c", "ch", "p", "t")  # finals before which a tone mark is acute or a dot below
_TONES = "\u0300\u0301\u0303\u0309\u0323"
_STOPPED_TONES = ("", "\u0301", "\u0323")
_TONE = re.compile(f"[{_TONES}]")

# Letters, and whatever else is no sign between words: codes of another table stand within words.
_WORD = re.compile(r"[^\s!-@\[-`{-~«»“”‘’…–—•·\u00a0]{2,20}")


def share_of_syllables(text: str) -> tuple[float, int]:
    """Of the words with a letter that is not ASCII, how many are syllables; and how many they are.

    Control characters within words count as letters, for in some tables they are. Words of one
    letter tell nothing: by another table a dash is a letter too.
    """
    words = [word for word in _WORD.findall(text) if not word.isascii() or not word.isprintable()]
    if not words:
        return 0.0, 0
    return sum(map(is_syllable, words)) / len(words), len(words)


def is_syllable(word: str) -> bool:
    """Whether a word is one Vietnamese syllable, in small letters, capitals, or with a capital."""
    if not (word.islower() or word.isupper() or word.istitle()):
        return False
    decomposed = unicodedata.normalize("NFD", word.lower())
    tones = _TONE.findall(decomposed)
    plain = unicodedata.normalize("NFC", _TONE.sub("", decomposed))
    syllable = _SYLLABLE.fullmatch(plain)
    if syllable is None or len(tones) > 1:
        return False
    return syllable[1] not in _STOPPED or "".join(tones) in _STOPPED_TONES
