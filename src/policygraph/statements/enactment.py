"""How a text that is itself a document comes to its point: "…, ORG ban hành Kế hoạch như sau:".

What that sentence says of the body it says of the document, which carries A out and rests on B; so
it is read as one in which the body gives the document out.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from policygraph.document_types import load_document_types
from policygraph.lexicon import either
from policygraph.model import Mention
from policygraph.span import Span
from policygraph.statements.cues import Cues
from policygraph.statements.own_document import OwnDocument
from policygraph.text import fold

Placed = tuple[Mention, str]

_ACT = "văn bản"
_GIVES_OUT = " ban hành "
# The sections of a document, before which it says what it is for.
_SECTION = re.compile(
    r"(?m)^[ \t*_#]*(?:[IVX]{1,4}|\d{1,2}|[A-D]|(?i:điều|phần)\s\w{1,4})\s?[.)/–-]\s*\S"
)
_LONGEST_POINT = 400
_BRACKETED = r"(?:\s*\([^()]{1,60}\))?"


@dataclass(frozen=True, slots=True)
class Enactment:
    """The sentence with the act put in; its mentions with where the text would begin for each.

    `act` is the act's span in `text`; origins are source offsets, as in `listing.Joined`.
    """

    text: str
    placed: tuple[tuple[Placed, int], ...]
    act: Span


def find_preamble_end(text: str, own: OwnDocument) -> int:
    """Where the first section of a document begins, or its text ends."""
    section = _SECTION.search(text, own.mention.span.end)
    return section.start() if section else len(text)


def read_enactment(
    text: str, sentence: Span, inside: Sequence[Placed], own: OwnDocument, cues: Cues
) -> Enactment | None:
    """A sentence of the preamble in which a body gives the document out, or None."""
    type_ = load_document_types().get(own.mention.type or "")
    nouns = either([fold(p).lower for p in type_.phrases]) if type_ else "(?!)"
    tail = re.compile(
        rf"{_BRACKETED}\s+(?:đã\s+)?(?:(?:ban hành|xây dựng|đề ra|lập)\s+(?:{nouns})\b"
        rf"|(?=(?:{cues.enacting})\b))(?P<rest>[^;:]{{0,240}}:\W*)$"
    )
    for mention, _ in reversed(inside):
        if sentence.end - mention.span.end > _LONGEST_POINT:
            return None
        if mention.kind == "organisation":
            folded = fold(text[mention.span.end : sentence.end])
            if match := tail.match(folded.lower):
                rest = folded.source_span(match.start("rest"), match.end("rest"))
                return _put_in(
                    text, sentence, inside, mention.span.end, mention.span.end + rest.start
                )
    return None


def _put_in(text: str, sentence: Span, inside: Sequence[Placed], end: int, rest: int) -> Enactment:
    head = text[sentence.start : end] + _GIVES_OUT
    act = Span(len(head), len(head) + len(_ACT))
    tail = text[rest : sentence.end]
    tail = tail if tail.startswith(" ") else f" {tail}"
    shift = rest - act.end - (len(tail) - (sentence.end - rest))
    placed = [(one, sentence.start) for one in inside if one[0].span.end <= end]
    placed += [(one, shift) for one in inside if one[0].span.start >= rest]
    return Enactment(f"{head}{_ACT}{tail}", tuple(placed), act)
