"""Whether what stands in a text is the head of a name: its letter case, its neighbours."""

from __future__ import annotations

import re

from policygraph.extraction.organisation_grammar import HeadForm
from policygraph.extraction.places import CAPITALS
from policygraph.lexicon import Hit
from policygraph.text import FoldedText

_SHOUTED = re.compile(rf"[{CAPITALS}]{{2}} $")
_IN_CODE = re.compile(r"[\d/]\S*[-/]$")
_PLACE_BEFORE = re.compile(r"(?<!\w)(?:phường|xã|đường|thôn|làng|phố cổ|đô thị cổ) $")
_NEAR = 20


def is_written_so(folded: FoldedText, hit: Hit[HeadForm]) -> bool:
    """Whether a head's form stands here in its letter case, and next to what its row asks for."""
    start, end, form = hit
    if form.needs_case and not _is_in_case(folded.text, start, end, form.written):
        return False
    if form.blocked and form.blocked.match(folded.text, end + 1):
        return False
    if form.needed and not form.needed.match(folded.lower, end + 1):
        return False
    if form.needs_case and _is_part(folded, start):
        return False
    near = max(0, start - _NEAR)
    if form.blocked_before and form.blocked_before.search(folded.lower, near, start):
        return False
    return not form.needed_before or bool(form.needed_before.search(folded.lower, near, start))


def _is_in_case(text: str, start: int, end: int, form: str) -> bool:
    """Whether a form stands in its own letter case, or alone in capitals."""
    written = text[start:end]
    if written == form:
        return True
    return written.isupper() and not _SHOUTED.search(text, max(0, start - 4), start)


def _is_part(folded: FoldedText, start: int) -> bool:
    """Whether what stands at an offset is part of a document's code, or of a place's name."""
    near, before = max(0, start - 15), folded.lower[start - 1 : start]
    if before == " ":
        return _PLACE_BEFORE.search(folded.lower, near, start) is not None
    return before in ("-", "/") and bool(_IN_CODE.search(folded.text, near, start))
