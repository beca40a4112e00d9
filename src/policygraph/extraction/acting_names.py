"""Words that stand for the only body of their kind where they act: "Hội đã …", "Chủ tịch Hội".

"cán bộ Hội", "công tác Công đoàn" speak of a kind; only as the actor of a sentence, or behind an
office, the word is the body. So is the own name of a company that is no Vietnamese word ("Hanel").
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from policygraph.extraction.name_parts import Name
from policygraph.extraction.organisation_grammar import Grammar
from policygraph.text import FoldedText

_OWN_WORD = re.compile(r" ([A-Z][A-Za-z]{3,14})$")
_VOWELLESS = re.compile(r"[fjwz]|[bcdđhgklmnpqrstvx]{4}|[bdđklrsvxhq]$|[aeiouy]{4}", re.IGNORECASE)
_TWO_SYLLABLES = re.compile(r"[aeiouy]+[^aeiouy\W]+[aeiouy]+", re.IGNORECASE)
_MOST_WORDS = 8  # of one text, each of which is looked for in all of it


def find_acting(
    folded: FoldedText, grammar: Grammar, names: Sequence[Name]
) -> Iterator[tuple[int, int, Name]]:
    """Folded offsets of the words, each with the name of the body that it stands for."""
    words = {**dict(_companies(folded, grammar, names)), **_bodies(names)}
    for word, name in [*words.items()][:_MOST_WORDS]:
        for found in _acting(word, grammar).finditer(folded.text):
            yield *found.span(1), name


def _acting(word: str, grammar: Grammar) -> re.Pattern[str]:
    begins = r"(?:^|(?<=[.;:,–-] )|(?<=\n))"
    after = rf"(?= (?:{grammar.acting}))"
    ends = r"(?=[.,;:)\n]|$| (?:và|đã|cho|nói|phát biểu|nhiệm kỳ|khóa|làm|là)(?!\w))"
    office = rf"(?:{grammar.office}) "
    return re.compile(rf"(?m)(?:{begins}(?={word}{after})|{office}(?={word}{ends}))({word})")


def _bodies(names: Sequence[Name]) -> dict[str, Name]:
    """The only body of each kind that has a word for it, by that word."""
    bodies: dict[str, dict[str, Name]] = {}
    for name in names:
        if name.head.acting and name.is_proper:
            places = (
                [name.owner.base] if name.owner else [name.scope.name or ""] if name.scope else []
            )
            key = " ".join([name.base, *places]).lower()
            bodies.setdefault(name.head.acting, {}).setdefault(key.strip(), name)
    return {
        word: next(iter(_without_shorter(found).values()))
        for word, found in bodies.items()
        if len(_without_shorter(found)) == 1
    }


def _without_shorter(found: dict[str, Name]) -> dict[str, Name]:
    """The names that are not how another begins: a body also stands without its place."""
    return {
        key: name
        for key, name in found.items()
        if not any(other != key and other.startswith(key + " ") for other in found)
    }


def _companies(
    folded: FoldedText, grammar: Grammar, names: Sequence[Name]
) -> Iterator[tuple[str, Name]]:
    """The last words of companies' names that are no Vietnamese words, each with the company."""
    for name in names:
        own = _OWN_WORD.search(folded.text[name.start : name.end])
        is_company = name.head.fields == "cong-ty" and own
        if own and is_company and _is_foreign(own[1]) and own[1] not in grammar.firm_kinds:
            yield own[1], name


def _is_foreign(word: str) -> bool:
    is_word = _VOWELLESS.search(word) or _TWO_SYLLABLES.search(word)
    return bool(is_word)
