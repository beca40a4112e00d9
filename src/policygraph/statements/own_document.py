"""What the layout of a text that is itself a document states of that document.

Its letterhead or signature says who issued it, the lines "Căn cứ …;" what it is based on, and the
lines under its type ("KẾ HOẠCH / thực hiện Chỉ thị …") or behind "V/v" what it carries out, amends
or replaces. Each line is read as a sentence with the document as its subject.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from policygraph.document_types import load_document_types
from policygraph.model import Citation, Mention
from policygraph.span import Span
from policygraph.text import fold, line_around

Placed = tuple[Mention, str]

_LONGEST_HEAD = 6000
_LONGEST_TITLE = 700
_LONGEST_LEAD = 160
_OPENS_BASIS = (
    r"[ \t*_+–-]{0,6}(?:(?i:căn cứ)|Theo đề nghị|Xét (?:đề nghị|[Tt]ờ trình|[Bb]áo cáo))\b"
)
# A basis with the lines that it goes on over: up to an empty line, the next basis, the enactment.
_ENDS_BASES = r"\W*(?:QUYẾT|NGHỊ|BAN HÀNH|Điều|Thực hiện)"
_BASIS = re.compile(
    rf"(?m)^{_OPENS_BASIS}(?:[^\n]|\n(?!\s*\n|{_OPENS_BASIS}|{_ENDS_BASES})){{0,1500}}"
)
_AND = re.compile(r"\bvà\s+(?:các\s+)?$")
_GOES_ON = re.compile(r"[;,][\s*_]*$")
_LINE = re.compile(r"[^\n]+")
_BLOCK = re.compile(r"\n?(?:[^\n]*\S[^\n]*\n?){1,6}")
_SUBJECT = re.compile(r"(?m)^[^\n]{0,40}?\b[Vv]/[Vv]:?\s[^\n]*(?:\n[^\n]+){0,3}$")


@dataclass(frozen=True, slots=True)
class OwnDocument:
    """The document that a text is: its mention in the letterhead, and the id of its reference."""

    mention: Citation
    reference: str


def find_own(placed: Sequence[Placed]) -> OwnDocument | None:
    """The document that the text is; None for an article on others."""
    for mention, reference in placed:
        if isinstance(mention, Citation) and mention.is_own:
            return OwnDocument(mention, reference)
    return None


def find_issuer(text: str, own: OwnDocument, placed: Sequence[Placed]) -> tuple[str, Span] | None:
    """The reference of the body that the layout names as issuer, and the line that names it."""
    span = own.mention.issuer
    for mention, reference in placed:
        if mention.span == span:
            return reference, line_around(text, mention.span.start)
    return None


def find_bases(text: str) -> list[Span]:
    """The legal bases, each with all that it lists; none in a text that only uses the words."""
    bases = [Span(*match.span()) for match in _BASIS.finditer(text[:_LONGEST_HEAD])]
    return bases if any(_GOES_ON.search(text[b.start : b.end]) for b in bases) else []


def find_heads(text: str, basis: Span, placed: Sequence[Placed]) -> Iterator[Placed]:
    """The first document of each part of a basis, and those of its type joined by "và".

    "Căn cứ A về …; B sửa đổi C; D và E" names A, B, D and E.
    """
    last, type_ = basis.start, None
    for mention, reference in placed:
        if mention.span.end <= basis.start or not isinstance(mention, Citation):
            continue
        if mention.span.start >= basis.end:
            return
        part = max(last, text.rfind(";", last, mention.span.start))
        is_first = last == basis.start or part > last
        if is_first:
            type_ = mention.type
        is_next = mention.type == type_ and _AND.search(text, last, mention.span.start)
        if (is_first and mention.span.start - part <= _LONGEST_LEAD) or is_next:
            yield mention, reference
        last = mention.span.end


def find_lines(text: str, own: OwnDocument) -> Iterator[Span]:
    """The lines that are said of the document: its title or subject."""
    head = text[:_LONGEST_HEAD]
    if title := _find_title(head, own):
        yield title
    for match in _SUBJECT.finditer(head, 0, min(len(head), own.mention.span.end + _LONGEST_TITLE)):
        yield Span(*match.span())


def _find_title(head: str, own: OwnDocument) -> Span | None:
    """The lines between the one that names the document's type and the next empty one."""
    type_ = load_document_types().get(own.mention.type or "")
    names = type_.phrases if type_ else ()
    for line in _LINE.finditer(head, own.mention.span.end):
        if fold(line[0]).lower.strip(" *#_|:\r\t") in names:
            title = _BLOCK.match(head, line.end() + 1)
            return Span(line.end() + 1, title.end()) if title else None
    return None
