"""Where the name of a place ends in a line of capitals, in which nothing tells it from the words
behind it: "TỈNH ỦY LAM SƠN HẠ", "UBND TỈNH HÀ KHÊ BAN HÀNH …".

The rest of the text shows it, where it writes the name in small letters ("Lam Sơn Hạ, ngày …").
Else the end of the line does for a name of three syllables; most have two.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from policygraph.text import LOWER, UPPER

_WORDS = re.compile(rf"[{UPPER}]{{2,}}(?: [{UPPER}]{{2,}}){{2,3}}(?!\w)")
_SPELLED = re.compile(rf"[{UPPER}][{LOWER}]+(?:[ -][{UPPER}][{LOWER}]+){{1,5}}")
_LINE_END = re.compile(r"[ *_]{0,4}(?:$|[\n\t|]|-{3}|={3})|\*{0,2} {2}")
_USUAL, _MOST = 2, 4  # syllables
# What a line may end in that goes on in the next one.
_NO_SYLLABLE = re.compile(
    r"VÀ|VỀ|CỦA|CHO|CÁC|NĂM|TỪ|ĐẾN|TẠI|THEO|TRONG|TRÊN|KHÓA|LẦN|THỨ|SỐ|DO|LÀ|ĐƯỢC"
)


def match_capitals(text: str, start: int) -> int | None:
    """The end of the place's name that stands in capitals at an offset of a folded text.

    None where fewer than three words of capitals stand there: no word is behind a usual name.
    """
    found = _WORDS.match(text, start)
    if found is None:
        return None
    words, spelled = found[0].split(" "), _list_spelled(text)
    for count in range(len(words), _USUAL - 1, -1):
        name = " ".join(words[:count])
        if name.lower() in spelled:
            return start + len(name)
    is_line = len(words) == _USUAL + 1 and _LINE_END.match(text, found.end())
    if is_line and not _NO_SYLLABLE.fullmatch(words[-1]):
        return found.end()
    return start + len(" ".join(words[:_USUAL]))


@lru_cache(maxsize=1)
def _list_spelled(text: str) -> frozenset[str]:
    """All runs of two to four words with a capital, in lower case; of one text at a time."""
    return frozenset(_list_runs(text))


def _list_runs(text: str) -> Iterator[str]:
    for found in _SPELLED.finditer(text):
        words = found[0].lower().replace("-", " ").split(" ")
        for first in range(len(words) - 1):
            for last in range(first + _USUAL, min(first + _MOST, len(words)) + 1):
                yield " ".join(words[first:last])
