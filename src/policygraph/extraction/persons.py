"""Reads the name of a person, by the family name that it opens with."""

from __future__ import annotations

import re

from policygraph.extraction.name_words import is_person
from policygraph.extraction.organisation_grammar import load_grammar
from policygraph.span import Span
from policygraph.text import LOWER, UPPER, FoldedText

_NAME = re.compile(rf"(?<!\w)(?:[{UPPER}][{LOWER}]*\s){{1,4}}[{UPPER}][{LOWER}]*$")
_REACH = 45


def read_person_before(folded: FoldedText, end: int) -> Span | None:
    """The name that ends at a folded offset, in source offsets: family name first, 2 to 5 words."""
    match = _NAME.search(folded.text, max(0, end - _REACH), end)
    if match is None:
        return None
    words = match[0].split()
    for index in range(len(words) - 1):
        if is_person(load_grammar(), words[index:]):
            start = match.start() + len(match[0]) - len(" ".join(words[index:]))
            return folded.source_span(start, end)
    return None
