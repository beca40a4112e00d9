"""Reads the name of a person, by the family name that it opens with."""

from __future__ import annotations

import re

from policygraph.extraction.name_words import is_person
from policygraph.extraction.organisation_grammar import load_grammar
from policygraph.span import Span
from policygraph.text import LOWER, UPPER, FoldedText

_NAME = re.compile(rf"(?<!\w)(?:[{UPPER}][{LOWER}]*\s){{1,4}}[{UPPER}][{LOWER}]*$")
_REACH = 45
_USUAL_WORDS = 4


def read_person_before(folded: FoldedText, end: int) -> Span | None:
    """The name that ends at a folded offset, in source offsets: family name first, 2 to 5 words."""
    match = _NAME.search(folded.text, max(0, end - _REACH), end)
    if match is None:
        return None
    words = match[0].split()
    names = [words[i:] for i in range(len(words) - 1) if is_person(load_grammar(), words[i:])]
    if not names:
        return None
    # A place before the person may begin like a family name: "tỉnh Hà Nam Nguyễn Văn An".
    name = names[-1] if len(names[0]) > _USUAL_WORDS else names[0]
    return folded.source_span(match.end() - len(" ".join(name)), end)
