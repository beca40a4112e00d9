"""Reads what a company does, where its name tells that before its own: "TNHH chế biến gỗ".

The words are a legal form, topics, and compounds of which only the first syllable has a capital
("Gang thép"); in lower case what is no topic follows one ("chế biến gỗ").
"""

from __future__ import annotations

import re
from collections.abc import Container

from policygraph.extraction.organisation_grammar import Grammar
from policygraph.text import LOWER, UPPER, FoldedText

_JOINT = re.compile(r" ?[-&] ?| và |, ")
_COMPOUND = re.compile(rf"[{UPPER}][{LOWER}]{{1,6}} ([{LOWER}]{{2,7}})(?![\w-])")
_SMALL = re.compile(rf"[{LOWER}]{{1,7}}(?![\w-])")
_MOST_WORDS = 12


def read_business(
    folded: FoldedText, grammar: Grammar, heads: Container[int], begin: int, *, needs_form: bool
) -> int:
    """The folded offset after the words of a business that something with a capital follows.

    `begin` where there are none, or, if it `needs_form`, where no legal form comes first.
    """
    text, end, position, is_joined = folded.text, begin, begin, False
    if needs_form and not grammar.legal_form.match(folded.lower, begin):
        return begin
    for count in range(_MOST_WORDS):
        if text[position : position + 1].isupper() and position in heads:
            break
        word = _read_word(folded, grammar, position, may_be_small=bool(count) and not is_joined)
        if word is None:
            break
        joint = _JOINT.match(text, word)
        end, is_joined = word, joint is not None
        position = joint.end() if joint else end + 1
    follows = text[end : end + 2]
    is_named = follows[:1] == " " and follows[1:].isupper() and end + 1 not in heads
    return end if is_named else begin


def _read_word(
    folded: FoldedText, grammar: Grammar, position: int, *, may_be_small: bool
) -> int | None:
    """The offset after a topic, a legal form or a compound, in small letters after another."""
    for pattern in (grammar.legal_form, grammar.topic):
        if known := pattern.match(folded.lower, position):
            return known.end()
    compound = _COMPOUND.match(folded.text, position)
    if compound and compound[1] not in grammar.stop:
        return compound.end()
    small = _SMALL.match(folded.text, position) if may_be_small else None
    return small.end() if small and small[0] not in grammar.stop else None
