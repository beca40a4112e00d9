"""From an article and its references to its statements."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from policygraph.model import (
    Article,
    Citation,
    Evidence,
    Mention,
    NameMention,
    Reference,
    Statement,
)
from policygraph.span import Span
from policygraph.statements.antecedents import Antecedents
from policygraph.statements.cues import load_cues
from policygraph.statements.enactment import find_preamble_end, read_enactment
from policygraph.statements.listing import Joined, find_articles, join_items, skip_label
from policygraph.statements.own_document import (
    OwnDocument,
    find_bases,
    find_carried_out,
    find_heads,
    find_issuers,
    find_own,
)
from policygraph.statements.pronouns import find_pronouns
from policygraph.statements.reading import Claim, read_claims
from policygraph.statements.sentence import Mark, read_sentence
from policygraph.text import FoldedText, fold, fold_sentence, line_around, split_sentences

Placed = tuple[Mention, str]

_MOST_MENTIONS = 150
_ACT = "Văn bản"
_LETTERHEAD, _BASE, _CARRY_OUT = "letterhead", "base", "carry-out"
_GUIDANCE = "huong-dan"
_CARRYING = re.compile(
    r"\W*(?:về\s+)?(?:việc\s+)?(?:tổ chức\s+|triển khai\s+)?(?:thực hiện|thi hành)\b"
)
_ACTED = ("amends", "repeals", "replaces")
_LISTED = re.compile(r"(?:số\s)?\d")
_AMENDING = re.compile(r"\ssửa đổi\b.*\bcủa\b")


@dataclass(frozen=True, slots=True)
class Found:
    """A claim and the source span of the sentence that makes it."""

    claim: Claim
    span: Span


def relate(article: Article, references: Sequence[Reference]) -> tuple[Statement, ...]:
    """The statements of a text, in the order of their first evidence.

    Evidence spans are the source spans (code points) of the sentences; each statement comes once,
    with all its evidence in text order.
    """
    placed: list[Placed] = [(m, r.id) for r in references for m in r.mentions]
    placed.sort(key=_start)
    text = _join_lines(article.text, placed)
    own = find_own(placed)
    found = [*_find_claims(text, placed, own)]
    found += _read_items(text, placed)
    found += _read_articles(text, placed, found) if own is None else ()
    found += _read_own(text, placed, own) if own else ()
    found += _read_names(references, text)
    found.sort(key=lambda one: one.span.start)
    return _merge(found)


def _join_lines(text: str, placed: Sequence[Placed]) -> str:
    """The text with a space for each line's end inside a mention: no sentence ends there."""
    parts, last = [], 0
    for mention, _ in placed:
        start, end = mention.span.start, mention.span.end
        if start >= last and "\n" in (surface := text[start:end]):
            parts += [text[last:start], surface.replace("\n", " ")]
            last = end
    return "".join([*parts, text[last:]])


def _start(placed: Placed) -> int:
    return placed[0].span.start


def _find_claims(text: str, placed: Sequence[Placed], own: OwnDocument | None) -> Iterator[Found]:
    cues = load_cues()
    antecedents = Antecedents(own)
    if own:
        antecedents.learn_own()
    preamble = find_preamble_end(text, own) if own else 0
    for span, inside in _sentences(text, placed, antecedents):
        if own and span.end <= preamble and (enacted := _read_enactment(text, span, inside, own)):
            preamble = 0
            yield from enacted
            continue
        for window, part in _windows(span, inside):
            folded = fold_sentence(text[window.start : window.end])
            marks = [_mark(folded, window.start, one) for one in part]
            marks += find_pronouns(folded, marks, antecedents, cues, text, window.start)
            if len(marks) > 1:
                marks.sort(key=lambda m: m.start)
                for claim in read_claims(read_sentence(folded, marks, cues)):
                    yield Found(claim, span)


def _read_enactment(
    text: str, span: Span, inside: Sequence[Placed], own: OwnDocument
) -> list[Found]:
    """What the sentence in which a document comes to its point says of it and of others."""
    cues = load_cues()
    enactment = read_enactment(text, span, inside, own, cues)
    if enactment is None:
        return []
    folded = fold(enactment.text)
    start, end = (folded.folded_offset(at) for at in (enactment.act.start, enactment.act.end))
    act = Mark(start, end, "document", own.reference, type=own.mention.type)
    marks = [act, *(_mark(folded, origin, one) for one, origin in enactment.placed)]
    marks.sort(key=lambda mark: mark.start)
    claims = read_claims(read_sentence(folded, marks, cues))
    issued = (own.reference, "issuedBy")  # the letterhead says so more fully
    return [Found(c, span) for c in claims if (c.subject, c.predicate) != issued]


def _windows(span: Span, inside: Sequence[Placed]) -> Iterator[tuple[Span, Sequence[Placed]]]:
    """A sentence whole, or (a list or a text without stops) so many mentions of it at a time."""
    for first in range(0, len(inside), _MOST_MENTIONS):
        part = inside[first : first + _MOST_MENTIONS]
        rest = inside[first + _MOST_MENTIONS :]
        start = _start(part[0]) if first else span.start
        yield Span(start, _start(rest[0]) if rest else span.end), part


def _sentences(
    text: str, placed: Sequence[Placed], antecedents: Antecedents
) -> Iterator[tuple[Span, Sequence[Placed]]]:
    """The sentences that may state something, with their mentions; only their lines are split."""
    first = 0
    while first < len(placed):
        line = line_around(text, _start(placed[first]))
        start, end = line.start, line.end
        antecedents.start_paragraph()
        last = bisect_left(placed, end, lo=first, key=_start)
        if _may_state(text, placed[first:last], start, end, antecedents):
            for sentence in split_sentences(text[start:end]):
                span = Span(start + sentence.start, start + sentence.end)
                upto = bisect_left(placed, span.end, lo=first, hi=last, key=_start)
                inside = [p for p in placed[first:upto] if p[0].span.end <= span.end]
                if _may_state(text, inside, span.start, span.end, antecedents):
                    yield span, inside
                antecedents.add(text, inside)
                first = upto
                if first == last:
                    break
        antecedents.add(text, placed[first:last])
        first = last


def _may_state(
    text: str, inside: Sequence[Placed], start: int, end: int, antecedents: Antecedents
) -> bool:
    """Whether a stretch has two ends for a relation, one of them no organisation."""
    if not any(mention.kind != "organisation" for mention, _ in inside):
        return bool(inside) and antecedents.may_be_meant(text[start:end], load_cues())
    first, last = inside[0][0].span, inside[-1][0].span
    around = text[start : first.start] + text[last.end : end]
    return len(inside) > 1 or antecedents.may_recur(around)


def _mark(folded: FoldedText, origin: int, placed: Placed) -> Mark:
    mention, reference = placed
    start = folded.folded_offset(mention.span.start - origin)
    end = folded.folded_offset(mention.span.end - origin)
    if isinstance(mention, NameMention):
        return Mark(start, end, mention.kind, reference, place=mention.place)
    issuer = None
    if mention.issuer and mention.issuer.start >= mention.span.end:
        issuer = folded.folded_offset(mention.issuer.start - origin)
    bare = _LISTED.match(folded.lower, start) is not None
    return Mark(
        start, end, mention.kind, reference, type=mention.type, issuer=issuer, shares_type=bare
    )


def _read_items(text: str, placed: Sequence[Placed]) -> Iterator[Found]:
    """What the heading of a list states of its items."""
    cues = load_cues()
    for joined in join_items(text, placed, cues):
        folded = fold(joined.text)
        marks = [_mark(folded, origin, one) for one, origin in joined.placed]
        marks.sort(key=lambda m: m.start)
        for claim in read_claims(read_sentence(folded, marks, cues)):
            if joined.item in (claim.subject, claim.object):
                yield Found(claim, joined.span)


def _read_articles(text: str, placed: Sequence[Placed], found: Sequence[Found]) -> Iterator[Found]:
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


def _read_own(text: str, placed: Sequence[Placed], own: OwnDocument) -> Iterator[Found]:
    """What the layout and the articles of a document state of it."""
    for issuer, line in find_issuers(text, own, placed):
        yield Found(Claim(own.reference, "issuedBy", issuer, _LETTERHEAD), line)
    bases = find_bases(text)
    for span in bases:
        for _, reference in find_heads(text, span, placed):
            yield Found(Claim(own.reference, "basedOn", reference, _BASE), span)
    for span in find_carried_out(text) if bases else ():
        for _, reference in find_heads(text, span, placed):
            yield Found(Claim(own.reference, "implements", reference, _CARRY_OUT), span)
    titles = [own.mention.title] if own.mention.title else []
    if own.mention.title and own.mention.type == _GUIDANCE:
        yield from _read_guidance(text, own.mention.title, placed, own.reference)
    for span in (*bases, *titles):
        first = bisect_left(placed, span.start, key=_start)
        inside = placed[first : bisect_left(placed, span.end, key=_start)]
        inside = [one for one in inside if one[0].span.end <= span.end]
        for claim in _read_of_act(text, span, inside, own.reference):
            if claim.subject == own.reference and (span not in bases or claim.rule == _BASE):
                yield Found(claim, span)
    for span, item in find_articles(text, placed):
        claims = _read_of_act(text, span, [item], own.reference)
        yield from (Found(claim, span) for claim in claims if claim.predicate in _ACTED)
    for joined in join_items(text, placed, load_cues(), in_act=True):
        yield from _read_item_of_act(joined, own.reference)


def _read_guidance(text: str, title: Span, placed: Sequence[Placed], act: str) -> Iterator[Found]:
    """What a guidance guides, that its title only says to carry out: "HƯỚNG DẪN / thực hiện A"."""
    if not _CARRYING.match(fold(text[title.start : title.end]).lower):
        return
    inside = [p for p in placed if title.start <= p[0].span.start and p[0].span.end <= title.end]
    for claim in _read_of_act(text, title, inside, act, f"{_ACT} hướng dẫn"):
        if (claim.subject, claim.predicate) == (act, "guides"):
            yield Found(claim, title)


def _read_item_of_act(joined: Joined, act: str) -> Iterator[Found]:
    """What an article of an act says of an item of its list: "Điều 2. Bãi bỏ các quyết định:"."""
    start = skip_label(joined.text)
    shift = len(_ACT) + 1 - start
    folded = fold(f"{_ACT} {joined.text[start:]}")
    marks = [_mark(folded, origin - shift, one) for one, origin in joined.placed]
    marks.sort(key=lambda mark: mark.start)
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
    marks = [_mark(folded, span.start - len(lead) - 1, one) for one in inside]
    yield from read_claims(read_sentence(folded, [subject, *marks], load_cues()))


def _read_names(references: Sequence[Reference], text: str) -> Iterator[Found]:
    """Laws whose own name says which law they amend ("Luật sửa đổi … của Luật Hộ tịch")."""
    named = {
        fold(text[m.span.start : m.span.end]).lower: (r.id, m.span)
        for r in references
        for m in r.mentions
        if isinstance(m, Citation) and m.form == "named"
    }
    for surface, (subject, span) in named.items():
        if not _AMENDING.search(surface):
            continue
        words = surface.split(" ")
        tails = (" ".join(words[start:]) for start in range(1, len(words)))
        for amended, _ in (named[tail] for tail in tails if tail in named):
            if amended != subject:
                claim = Claim(subject, "amends", amended, "amending-name")
                yield Found(claim, _sentence_at(text, span.start))


def _sentence_at(text: str, at: int) -> Span:
    line = line_around(text, at)
    sentences = split_sentences(text[line.start : line.end])
    spans = (Span(line.start + s.start, line.start + s.end) for s in sentences)
    return next(s for s in spans if s.end > at)


def _merge(found: Iterable[Found]) -> tuple[Statement, ...]:
    merged: dict[tuple[str, str, str], dict[Span, Evidence]] = {}
    claims: dict[tuple[str, str, str], Claim] = {}
    for one in found:
        claim = one.claim
        key = (claim.subject, claim.predicate, claim.object)
        claims.setdefault(key, claim)
        merged.setdefault(key, {}).setdefault(one.span, Evidence(one.span, claim.rule))
    return tuple(
        Statement(c.subject, c.predicate, c.object, tuple(merged[key].values()))
        for key, c in claims.items()
    )
