"""Names in a list that give their head once: "các Bộ Công Thương, Y tế", "các bộ: Tài chính, Y tế".

Only heads that `share_head` do so, with fields that the grammar knows: "Y tế" is then "Bộ Y tế".
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from policygraph.extraction.name_parts import Name
from policygraph.extraction.organisation_grammar import Grammar, HeadForm, field_key
from policygraph.text import FoldedText

_JOINT = re.compile(r", | và |; ")
_PLURAL = re.compile(r"(?<!\w)[Cc]ác $")
# Where an item ends; behind "các", the last may also act: "các Bộ Công an, Y tế phối hợp …".
_ENDS = re.compile(r"[,.;:)\n]| và |$")


class _Opening(NamedTuple):
    """Where the first item without a head begins, and the head that it takes."""

    start: int
    form: HeadForm
    is_plural: bool


def find_elliptic(
    folded: FoldedText, grammar: Grammar, names: Sequence[Name], closed: Sequence[tuple[int, int]]
) -> list[Name]:
    """The names that take their head from their list; they overlap no other and no closed span."""
    openings = (*_find_leads(folded, grammar), *_find_named(folded, grammar, names))
    items = [item for one in openings for item in _read_items(folded, grammar, one)]
    if not items:
        return []
    taken = sorted({*closed, *((name.start, name.end) for name in names)})
    return [item for item in items if _is_free(item, taken)]


def _is_free(item: Name, taken: Sequence[tuple[int, int]]) -> bool:
    """Whether a name overlaps none of the sorted spans, which overlap none of each other."""
    before = bisect_left(taken, (item.end,)) - 1
    return before < 0 or taken[before][1] <= item.start


def _find_leads(folded: FoldedText, grammar: Grammar) -> Iterator[_Opening]:
    """The lists behind "các bộ:"."""
    for lead, form in grammar.plurals.items():
        at = folded.lower.find(lead)
        while at >= 0:
            yield _Opening(at + len(lead), form, is_plural=True)
            at = folded.lower.find(lead, at + 1)


def _find_named(folded: FoldedText, grammar: Grammar, names: Sequence[Name]) -> Iterator[_Opening]:
    """The lists behind the name that has the head."""
    for name in names:
        if _ends_in_field(folded, grammar, name):
            joint = _JOINT.match(folded.text, name.end)
            plural = _PLURAL.search(folded.text, max(0, name.start - 5), name.start)
            if joint:
                yield _Opening(joint.end(), name.form, is_plural=plural is not None)


def _ends_in_field(folded: FoldedText, grammar: Grammar, name: Name) -> bool:
    """Whether a name is a head that lists share and its field, with no country behind."""
    if not name.head.shares_head:
        return False
    begin = name.start + len(name.form.written) + 1
    field = grammar.fields[name.head.fields].pattern.match(folded.lower, begin)
    return field is not None and field.end() == name.end


def _read_items(folded: FoldedText, grammar: Grammar, opening: _Opening) -> Iterator[Name]:
    form, position = opening.form, opening.start
    fields = grammar.fields[form.head.fields]
    while found := fields.pattern.match(folded.lower, position):
        acts = opening.is_plural and grammar.tasked.match(folded.lower, found.end())
        is_whole = _ENDS.match(folded.text, found.end()) or acts
        if not is_whole or not folded.text[position].isupper():
            return
        base = f"{form.name} {fields.names.get(field_key(found[0]), found[0])}"
        yield Name(
            position, found.end(), form, base, None, None,
            is_proper=True, is_capital=True, is_owner_only=False, depth=0,
        )  # fmt: skip
        joint = _JOINT.match(folded.text, found.end())
        if joint is None:
            return
        position = joint.end()
