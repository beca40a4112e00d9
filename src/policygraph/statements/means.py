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
    r"(?:\s+(?:về|v/v)\s[^;:§]{1,120}?)?,?\s+bằng\s+(?:(?:việc\s+)?ban hành\s+)?"
    r"(?:(?:các|những|một|hai|ba)\s+)?"
)


def find_means(
    sentence: Sentence, groups: Sequence[Group], row: RelationCue, end: int
) -> Group | None:
    """The documents by which what a cue says is done, behind an offset; None without them."""
    if row.predicate not in ("implements", "replaces") or row.inverted:
        return None
    after = [group for group in groups if group[0].mark.start >= end]
    if not after or after[0][0].mark.kind != "document":
        return None
    return after[0] if _BY.fullmatch(sentence.text, end, after[0][0].mark.start) else None


def issue_means(means: Group, bodies: Sequence[Mark]) -> list[tuple[Mark, Mark]]:
    """The documents that the acting bodies gave out, each with its issuer, but for others' own."""
    own = (phrase.mark for phrase in means if not phrase.issuers)
    return [(mark, body) for mark in own for body in bodies if body.kind == "organisation"]
