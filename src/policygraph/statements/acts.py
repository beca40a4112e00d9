"""What acts state that they do not name: a text that is itself a document, the articles of one."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence

from policygraph.span import Span
from policygraph.statements.cues import load_cues
from policygraph.statements.enactment import read_enactment
from policygraph.statements.listing import (
    Joined,
    find_articles,
    find_orders,
    find_row,
    join_items,
    skip_label,
)
from policygraph.statements.marking import Found, Placed, find_start, read_marks
from policygraph.statements.own_document import (
    OwnDocument,
    find_bases,
    find_carried_out,
    find_heads,
    find_issuers,
)
from policygraph.statements.reading import Claim, read_claims
from policygraph.statements.sentence import Mark, read_sentence
from policygraph.text import fold

_ACT = "Văn bản"
_LETTERHEAD, _BASE, _CARRY_OUT = "letterhead", "base", "carry-out"
_GUIDANCE = "huong-dan"
_ACTED = ("amends", "repeals", "replaces")
_CARRYING = re.compile(
    r"\W*(?:về\s+)?(?:việc\s+)?(?:tổ chức\s+|triển khai\s+)?(?:thực hiện|thi hành)\b"
)


def read_enacting(text: str, span: Span, inside: Sequence[Placed], own: OwnDocument) -> list[Found]:
    """What the sentence in which a document comes to its point says of it and of others."""
    cues = load_cues()
    enactment = read_enactment(text, span, inside, own, cues)
    if enactment is None:
        return []
    folded = fold(enactment.text)
    start, end = (folded.folded_offset(at) for at in (enactment.act.start, enactment.act.end))
    act = Mark(start, end, "document", own.reference, type=own.mention.type)
    marks = sorted([act, *read_marks(folded, enactment.placed)], key=lambda mark: mark.start)
    claims = read_claims(read_sentence(folded, marks, cues))
    issued = (own.reference, "issuedBy")  # the letterhead says so more fully
    return [Found(c, span) for c in claims if (c.subject, c.predicate) != issued]


def read_articles(text: str, placed: Sequence[Placed], found: Sequence[Found]) -> Iterator[Found]:
    """What "Điều 2. Sửa đổi …" states of the one act that the text has reported so far."""
    cues = load_cues()
    issued = [f for f in found if f.claim.predicate == "issuedBy"]
    reported = [f for f in issued if f.claim.rule != cues.issuer_of.id]
    if not reported:
        return
    first = min(reported, key=lambda f: f.span.start)
    act = first.claim.subject
    end = min((f.span.start for f in reported if f.claim.subject != act), default=len(text))
    for span, item in find_articles(text, placed):
        if first.span.start < span.start < end:
            claims = _read_of_act(text, span, [item], act)
            yield from (Found(claim, span) for claim in claims if claim.predicate in _ACTED)


def read_rows(text: str, placed: Sequence[Placed]) -> Iterator[Found]:
    """What a list of papers states: a number in a line of its own, its title in the next."""
    for mention, reference in placed:
        row = find_row(text, mention)
        for claim in _read_part(text, row, placed, reference) if row else ():
            if claim.predicate != "issuedBy":
                yield Found(claim, Span(mention.span.start, row.end if row else mention.span.end))


def read_own(text: str, placed: Sequence[Placed], own: OwnDocument) -> Iterator[Found]:
    """What the layout and the articles of a document state of it."""
    for issuer, line in find_issuers(text, own, placed):
        yield Found(Claim(own.reference, "issuedBy", issuer, _LETTERHEAD), line)
    yield from _read_preamble(text, placed, own.reference)
    if title := own.mention.title:
        for claim in _read_part(text, title, placed, own.reference):
            yield Found(claim, title)
        if own.mention.type == _GUIDANCE:
            yield from _read_guidance(text, title, placed, own.reference)
    yield from _read_orders(text, placed, own.reference)


def _read_preamble(text: str, placed: Sequence[Placed], act: str) -> Iterator[Found]:
    """The bases of a document, and the lines beside them that name what it carries out."""
    bases = find_bases(text)
    for span in bases:
        for _, reference in find_heads(text, span, placed):
            yield Found(Claim(act, "basedOn", reference, _BASE), span)
        for claim in _read_part(text, span, placed, act):
            if claim.rule == _BASE:
                yield Found(claim, span)
    for span in find_carried_out(text) if bases else ():
        for _, reference in find_heads(text, span, placed):
            yield Found(Claim(act, "implements", reference, _CARRY_OUT), span)


def _read_part(text: str, span: Span, placed: Sequence[Placed], act: str) -> Iterator[Claim]:
    """What a stretch of a document says of it."""
    for claim in _read_of_act(text, span, _find_inside(placed, span), act):
        if claim.subject == act:
            yield claim


def _find_inside(placed: Sequence[Placed], span: Span) -> list[Placed]:
    first = bisect_left(placed, span.start, key=find_start)
    inside = placed[first : bisect_left(placed, span.end, key=find_start)]
    return [one for one in inside if one[0].span.end <= span.end]


def _read_orders(text: str, placed: Sequence[Placed], act: str) -> Iterator[Found]:
    """What a document amends and repeals in its articles, sentences and lists."""
    for span, item in (*find_articles(text, placed), *find_orders(text, placed)):
        claims = _read_of_act(text, span, [item], act)
        yield from (Found(claim, span) for claim in claims if claim.predicate in _ACTED)
    for joined in join_items(text, placed, load_cues(), in_act=True):
        yield from _read_item_of_act(joined, act)


def _read_guidance(text: str, title: Span, placed: Sequence[Placed], act: str) -> Iterator[Found]:
    """What a guidance guides, that its title only says to carry out: "HƯỚNG DẪN / thực hiện A"."""
    if not _CARRYING.match(fold(text[title.start : title.end]).lower):
        return
    inside = _find_inside(placed, title)
    for claim in _read_of_act(text, title, inside, act, f"{_ACT} hướng dẫn"):
        if (claim.subject, claim.predicate) == (act, "guides"):
            yield Found(claim, title)


def _read_item_of_act(joined: Joined, act: str) -> Iterator[Found]:
    """What an article of an act says of an item of its list: "Điều 2. Bãi bỏ các quyết định:"."""
    start = skip_label(joined.text)
    shift = len(_ACT) + 1 - start
    folded = fold(f"{_ACT} {joined.text[start:]}")
    marks = read_marks(folded, ((one, origin - shift) for one, origin in joined.placed))
    subject = Mark(0, len(_ACT), "document", act)
    for claim in read_claims(read_sentence(folded, [subject, *marks], load_cues())):
        if (claim.subject, claim.object) == (act, joined.item) and claim.predicate in _ACTED:
            yield Found(claim, joined.span)


def _read_of_act(
    text: str, span: Span, inside: Sequence[Placed], act: str, lead: str = _ACT
) -> Iterator[Claim]:
    """What a stretch of a text says with an act as its subject that it does not name."""
    folded = fold(f"{lead} {text[span.start : span.end]}")
    subject = Mark(0, len(_ACT), "document", act)
    marks = read_marks(folded, ((one, span.start - len(lead) - 1) for one in inside))
    yield from read_claims(read_sentence(folded, [subject, *marks], load_cues()))
