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
# Where an item ends for certain; behind "các" a verb may follow as well.
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
    openings = (*_find_leads(folded, grammar), *_find_named(folded, names))
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


def _find_named(folded: FoldedText, names: Sequence[Name]) -> Iterator[_Opening]:
    """The lists behind the name that has the head."""
    for name in names:
        if name.head.shares_head and not (name.owner or name.scope):
            joint = _JOINT.match(folded.text, name.end)
            plural = _PLURAL.search(folded.text, max(0, name.start - 5), name.start)
            if joint:
                yield _Opening(joint.end(), name.form, is_plural=plural is not None)


def _read_items(folded: FoldedText, grammar: Grammar, opening: _Opening) -> Iterator[Name]:
    form, position = opening.form, opening.start
    fields = grammar.fields[form.head.fields]
    while found := fields.pattern.match(folded.lower, position):
        is_whole = opening.is_plural or _ENDS.match(folded.text, found.end())
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
