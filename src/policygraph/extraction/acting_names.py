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
_BEGINS = re.compile(
    r"^$|[.;:,–-] $|\n$|(?<!\w)(?:mặc dù|dù|tuy|khi|vì|nếu|mà|nên|hiện|hiện nay) $"
)
_LONGEST_BEGIN = 9  # letters
_ENDS = re.compile(r"[.,;:)\n]|$| (?:và|đã|cho|nói|phát biểu|nhiệm kỳ|khóa|làm|là)(?!\w)")
_LONGEST_OFFICE = 24  # letters
_MOST_BODIES = 10  # of one kind, more of which are never one
_MOST_WORDS = 8  # of one text, each of which is looked for in all of it


def find_acting(
    folded: FoldedText, grammar: Grammar, names: Sequence[Name]
) -> Iterator[tuple[int, int, Name]]:
    """Folded offsets of the words, each with the name of the body that it stands for."""
    words = {**dict(_companies(folded, grammar, names)), **_bodies(names)}
    for word, name in [*words.items()][:_MOST_WORDS]:
        for found in re.finditer(rf"(?<!\w){word}(?!\w)", folded.text):
            if _acts(folded, grammar, *found.span()) or _is_led(folded, grammar, *found.span()):
                yield *found.span(), name


def _acts(folded: FoldedText, grammar: Grammar, start: int, end: int) -> bool:
    begins = _BEGINS.search(folded.lower, max(0, start - _LONGEST_BEGIN), start)
    return begins is not None and grammar.acting.match(folded.text, end) is not None


def _is_led(folded: FoldedText, grammar: Grammar, start: int, end: int) -> bool:
    """Whether an office stands before, and no more of a name behind."""
    near = max(0, start - _LONGEST_OFFICE)
    return bool(_ENDS.match(folded.text, end) and grammar.office.search(folded.text, near, start))


def _bodies(names: Sequence[Name]) -> dict[str, Name]:
    """The only body of each kind that has a word for it, by that word."""
    bodies: dict[str, dict[str, Name]] = {}
    for name in names:
        if name.head.acting and name.is_proper:
            bodies.setdefault(name.head.acting, {}).setdefault(_tell_apart(name), name)
    only = {word: _without_shorter(found) for word, found in bodies.items()}
    return {word: found[0] for word, found in only.items() if len(found) == 1}


def _tell_apart(name: Name) -> str:
    place = (name.scope.name if name.scope else None) or ""
    return " ".join([name.base, name.owner.base if name.owner else place]).lower().strip()


def _without_shorter(found: dict[str, Name]) -> list[Name]:
    """The names that are not how another begins: a body also stands without its place."""
    if len(found) > _MOST_BODIES:
        return []
    return [
        name
        for key, name in found.items()
        if not any(other.startswith(key + " ") for other in found)
    ]


def _companies(
    folded: FoldedText, grammar: Grammar, names: Sequence[Name]
) -> Iterator[tuple[str, Name]]:
    """The last words of companies' names that are no Vietnamese words, each with the company."""
    for name in names:
        if name.head.fields != "cong-ty":
            continue
        own = _OWN_WORD.search(folded.text[name.start : name.end])
        if own and _is_foreign(own[1]) and own[1] not in grammar.firm_kinds:
            yield own[1], name


def _is_foreign(word: str) -> bool:
    is_word = _VOWELLESS.search(word) or _TWO_SYLLABLES.search(word)
    return bool(is_word)
