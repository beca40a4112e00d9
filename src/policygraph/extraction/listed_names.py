"""Names of departments in a list parted by ";" go on to the end of their item, in small letters.

"Cục Kế hoạch và tài chính; Cục Trang bị và kho vận; …": where an item holds nothing but a name,
what no list of fields knows is the rest of it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from policygraph.extraction.name_parts import Name
from policygraph.extraction.organisation_grammar import Grammar
from policygraph.text import LOWER, UPPER, FoldedText

_KINDS = frozenset({"cuc", "vu", "phong", "trung-tam", "vien"})
_BEFORE = re.compile(r"(?:^|[;:\n])[ *-]*$")
_REST = re.compile(
    rf"(?P<joint> và | ?[-&] ?| )[{LOWER}]+(?:(?:, | và | ?[-&] ?| )[{LOWER}]+){{0,9}}"
    rf"(?=(?P<stop>;|\.?[ *]*(?:\n|$)))"
)
_CUT_SHORT = re.compile(rf"[{UPPER}][{LOWER}]*$")
_WORD = re.compile(rf"[{LOWER}]+")


def extend_listed(folded: FoldedText, grammar: Grammar, names: Sequence[Name]) -> list[Name]:
    """The names, those of departments that are an item of a list as far as the item goes."""
    return list(_extend(folded, grammar, names))


def _extend(folded: FoldedText, grammar: Grammar, names: Sequence[Name]) -> Iterator[Name]:
    for name, following in pairwise([*names, None]):
        if name is None:
            return
        rest = _rest_of_item(folded, grammar, name) if _may_go_on(name) else ""
        end = name.end + len(rest)
        if rest and (following is None or following.start >= end):
            yield name._replace(end=end, base=name.base + rest)
        else:
            yield name


def _may_go_on(name: Name) -> bool:
    return name.head.fields in _KINDS and name.is_proper and not (name.owner or name.scope)


def _rest_of_item(folded: FoldedText, grammar: Grammar, name: Name) -> str:
    """What follows a name up to the end of its item, where all of it may belong to the name."""
    rest = _REST.match(folded.text, name.end)
    before = _BEFORE.search(folded.text, max(0, name.start - 8), name.start)
    if rest is None or before is None or not (";" in before[0] or rest["stop"] == ";"):
        return ""
    is_joined = rest["joint"] != " " or _is_cut_short(folded, grammar, name)
    return rest[0] if is_joined and _is_field(grammar, rest[0]) else ""


def _is_cut_short(folded: FoldedText, grammar: Grammar, name: Name) -> bool:
    """Whether a name ends in the first syllable of a word: "Cục Trang" of "Cục Trang bị"."""
    begin = name.start + len(name.form.written) + 1
    known = grammar.fields[name.head.fields].pattern.fullmatch(folded.lower, begin, name.end)
    return not known and bool(_CUT_SHORT.fullmatch(folded.text, begin, name.end))


def _is_field(grammar: Grammar, words: str) -> bool:
    """Whether small words name a field of work: topics, and what opens no sentence."""
    position, is_first = 0, True
    while found := _WORD.search(words, position):
        topic = grammar.topic.match(words, found.start())
        if topic is None and found[0] in grammar.stop and found[0] != "và":
            return False
        if topic and is_first and topic[0] in grammar.verbs and words.startswith(" " + topic[0]):
            return False
        position, is_first = topic.end() if topic else found.end(), False
    return True
