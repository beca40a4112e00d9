"""Compares the titles of documents, which texts shorten and paraphrase."""

from __future__ import annotations

import re
from functools import lru_cache
from itertools import pairwise

from policygraph.text import fold_name

_OPENING = re.compile(r"^(?:về việc|về|v/v)\s+", re.IGNORECASE)
# "công tác tôn giáo" tells a resolution among its namesakes; "công tác" does not.
_FEWEST_WORDS = 3
# Of a title cut at a comma more must agree: "xây dựng Đảng, …" opens many.
_FEWEST_WORDS_AT_COMMA = 4
# Titles begin alike ("tăng cường sự lãnh đạo của Đảng đối với công tác …"): to be one in other
# words, a title needs a length, and nearly all its pairs of neighbouring words in the other.
_FEWEST_WORDS_APART = 6
_SHARED_PAIRS = 0.8
# Where a sentence goes on behind a title without quotation marks: "… về công tác dân vận đã …".
_FINITE = frozenset({"đã", "được", "đang", "sẽ"})


def strip_opening(title: str) -> str:
    """A title without its opening "về", "về việc", "V/v"."""
    return _OPENING.sub("", title)


def have_one_subject(one: str, other: str) -> bool:
    """Whether two titles are of one document: the shorter stands in the longer, or nearly so.

    Letter case, punctuation, quotation marks and an opening "về" do not count. What stands behind a
    title's first comma need not be of it: "… về công tác dân vận, hai việc này vốn là một".
    """
    return (
        _share_words(one, other, _FEWEST_WORDS)
        or _share_words(one.partition(",")[0], other, _FEWEST_WORDS_AT_COMMA)
        or _share_words(one, other.partition(",")[0], _FEWEST_WORDS_AT_COMMA)
    )


def _share_words(one: str, other: str, fewest: int) -> bool:
    shorter, longer = sorted((_split_words(one), _split_words(other)), key=len)
    if len(shorter) < fewest:
        return False
    if f" {' '.join(shorter)} " in f" {' '.join(longer)} ":
        return True
    if len(shorter) < _FEWEST_WORDS_APART:
        return False
    pairs = set(pairwise(shorter))
    return len(pairs.intersection(pairwise(longer))) >= _SHARED_PAIRS * len(pairs)


@lru_cache(maxsize=10_000)
def _split_words(title: str) -> tuple[str, ...]:
    words = re.findall(r"\w+", strip_opening(fold_name(title)))
    ends = (i for i, word in enumerate(words) if i >= _FEWEST_WORDS and word in _FINITE)
    return tuple(words[: next(ends, None)])
