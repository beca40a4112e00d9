"""The document by which another one is carried out or replaced: "ORG cụ thể hóa A bằng B".

The body gives B out, and B carries A out; that the body does so too is not said beside it.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from policygraph.statements.cues import RelationCue
from policygraph.statements.groups import Group
from policygraph.statements.sentence import Mark, Sentence

_BY = re.compile(
    r"(?:\s+(?:về|v/v)\s[^;:§]{1,120}?)?,?\s+(?P<by>bằng|tại|qua|thông qua)\s+"
    r"(?:(?:việc\s+)?ban hành\s+)?(?:(?:các|những|một|hai|ba)\s+)?"
)
_NEARBY = 100
_CONCRETE = "make-concrete"
# "§ ban hành các văn bản triển khai A: B, C"
_LISTED = re.compile(r"(?:\s+(?:về|v/v)\s[^;:§]{1,120}?)?,?\s?(?:gồm|như|cụ thể|đó là)?:\s+")


def find_means(
    sentence: Sentence, groups: Sequence[Group], row: RelationCue, start: int, end: int
) -> Group | None:
    """The documents by which what a cue says is done, behind an offset; None without them.

    `start` is where the cue stands, `end` where what it acts on ends.
    """
    if row.predicate not in ("implements", "replaces") or row.inverted:
        return None
    after = [group for group in groups if group[0].mark.start >= end]
    if not after or after[0][0].mark.kind != "document":
        return None
    first = after[0][0].mark.start
    by = _BY.fullmatch(sentence.text, end, first)
    if by and (by["by"] == "bằng" or row.id == _CONCRETE):
        return after[0]
    lead = sentence.text[max(0, start - _NEARBY) : start]
    is_list = _LISTED.fullmatch(sentence.text, end, first)
    is_announced = is_list and sentence.lexicon.lists.announced_texts.search(lead)
    return after[0] if is_announced else None


def issue_means(means: Group, bodies: Sequence[Mark]) -> list[tuple[Mark, Mark]]:
    """The documents that the acting bodies gave out, each with its issuer, but for others' own."""
    own = (phrase.mark for phrase in means if not phrase.issuers)
    return [(mark, body) for mark in own for body in bodies if body.kind == "organisation"]
