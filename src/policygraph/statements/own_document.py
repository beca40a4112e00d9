"""What the layout of a text that is itself a document states of that document.

Its letterhead or signature says who issued it, the lines "Căn cứ …;" what it is based on, and its
title ("KẾ HOẠCH / thực hiện Chỉ thị …", "V/v sửa đổi …") what it carries out, amends or replaces.
Each is read as a sentence with the document as its subject.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from policygraph.model import Citation, Mention, NameMention
from policygraph.registry import load_registry
from policygraph.span import Span
from policygraph.text import line_around

Placed = tuple[Mention, str]

_LONGEST_HEAD = 6000
_LONGEST_LEAD = 160
_OPENS_BASIS = r"[ \t*_+–-]{0,6}(?i:căn\s{1,3}cứ)\b"
# A basis with the lines that it goes on over: up to an empty line, the next basis, the enactment.
_ENDS_BASES = r"\W*(?:QUYẾT|NGHỊ|BAN HÀNH|Điều|Thực\s{1,3}hiện|Theo\s{1,3}đề nghị|Xét\b)"
_BASIS = re.compile(
    rf"(?m)^{_OPENS_BASIS}(?:[^\n]|\n(?!\s*\n|{_OPENS_BASIS}|{_ENDS_BASES})){{0,1500}}"
)
# What it carries out stands beside its bases, a line of its own that ends in a comma or semicolon.
_CARRIED_OUT = re.compile(r"(?m)^[ \t*_+–-]{0,6}Thực\s{1,3}hiện\b[^\n;]{3,600}[;,][ \t*_]*$")
_AND = re.compile(r"\bvà\s+(?:các\s+)?$")
# "được sửa đổi, bổ sung bởi A và B": neither is a basis.
_AMENDERS = re.compile(r"sửa đổi(?:, bổ sung)?[^;]{0,60}?\s(?:bởi|theo|tại|bằng)\s")
_GOES_ON = re.compile(r"[;,][\s*_]*$|;\s*Căn cứ\s")


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


def find_issuers(
    text: str, own: OwnDocument, placed: Sequence[Placed]
) -> Iterator[tuple[str, Span]]:
    """The references of the bodies that the layout names as issuers, and the lines that name them.

    The number of a joint document has a code for each ("01/2020/TTLT-BNV-BTC").
    """
    span, names = own.mention.issuer, _list_joint(own.mention)
    found = [(m, ref) for m, ref in placed if m.span == span]
    found += [
        (m, ref)
        for m, ref in placed
        if isinstance(m, NameMention) and m.name in names and m.span < own.mention.span
    ]
    lines = {reference: line_around(text, m.span.start) for m, reference in reversed(found)}
    yield from reversed(lines.items())


def _list_joint(mention: Citation) -> set[str]:
    """The bodies behind the codes of a joint number; none where one alone issued it."""
    codes = (mention.number.issuer or "").split("-") if mention.number else []
    known = [load_registry().issuer(code) for code in codes] if len(codes) > 1 else []
    return {code.body for code in known if code and code.body}


def find_bases(text: str) -> list[Span]:
    """The legal bases, each with all that it lists; none in a text that only uses the words."""
    bases = [Span(*match.span()) for match in _BASIS.finditer(text[:_LONGEST_HEAD])]
    return bases if any(_GOES_ON.search(text[b.start : b.end]) for b in bases) else []


def find_carried_out(text: str) -> list[Span]:
    """The lines of a preamble that name what the document carries out ("Thực hiện …;")."""
    return [Span(*match.span()) for match in _CARRIED_OUT.finditer(text[:_LONGEST_HEAD])]


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
        joined = _AND.search(text, last, mention.span.start)
        clause = max(basis.start, text.rfind(";", basis.start, mention.span.start))
        is_next = mention.type == type_ and joined and not _AMENDERS.search(text, clause, last)
        if (is_first and mention.span.start - part <= _LONGEST_LEAD) or is_next:
            yield mention, reference
        last = mention.span.end
