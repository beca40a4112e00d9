"""The province that an article is about."""

from __future__ import annotations

import re
from collections import Counter

from policygraph.extraction.phrases import find_phrases
from policygraph.lexicon import keep_longest
from policygraph.model import Article
from policygraph.text import FoldedText

_LEVEL_BEFORE = re.compile(r"(?:tỉnh|ủy|thành phố|tp\.?) ?$")


def find_place(folded: FoldedText, article: Article) -> str | None:
    """Id of the province that an article is about: its metadata's, or the one it names most.

    A name in the title or the first line counts five times, with its level ("tỉnh …") twice. A
    province rules only with half of all counts, so that a text about the whole country has none.
    """
    if article.place:
        return article.place
    counts: Counter[str] = Counter()
    head = folded.folded_offset(max(0, article.text.find("\n", 1)))
    for hit in keep_longest(find_phrases(folded).provinces):
        if folded.text[hit.start].isupper():
            counts[hit.value.id] += _weigh(folded, hit.start, head)
    for capital in re.finditer("thủ đô(?! hà nội)", folded.lower):
        counts["ha-noi"] += folded.text[capital.start()].isupper()
    if not counts:
        return None
    (place, count), total = counts.most_common(1)[0], counts.total()
    return place if count >= 2 and count * 2 >= total else None


def _weigh(folded: FoldedText, start: int, head: int) -> int:
    if start < min(head, 300):
        return 5
    return 2 if _LEVEL_BEFORE.search(folded.lower, max(0, start - 10), start) else 1
