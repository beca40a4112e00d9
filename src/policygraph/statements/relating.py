"""From an article and its references to its statements."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence

from policygraph.model import Article, Citation, Evidence, Reference, Statement
from policygraph.span import Span
from policygraph.statements.acts import read_articles, read_enacting, read_own, read_rows
from policygraph.statements.announcing import join_announced
from policygraph.statements.antecedents import Antecedents
from policygraph.statements.cues import load_cues
from policygraph.statements.enactment import find_preamble_end
from policygraph.statements.listing import join_items, join_owners
from policygraph.statements.marking import Found, Placed, find_start, read_marks
from policygraph.statements.own_document import OwnDocument, find_own
from policygraph.statements.pronouns import find_pronouns, vary_plurals
from policygraph.statements.reading import Claim, read_claims
from policygraph.statements.sentence import read_sentence
from policygraph.text import fold, fold_sentence, line_around, split_sentences

_MOST_MENTIONS = 150
# A line of a broken paragraph: it goes on in small letters, or ends in a word that asks for more.
_WRAPPED = re.compile(
    r"(?m)^(?=[^\n|]{50,140}$)[^\n]*"
    r"(?:[a-zà-ỹđ,]\s?\n(?=[a-zà-ỹđ])|\s(?:của|và|các|về|tại|trong|theo|với|ngày|số)\s?\n(?=[^\W_]))"
)
# A line that names what is carried out, before the line that tells who does so: "Thực hiện …;".
_FRONTED = re.compile(
    r"(?m)^[ \t*_+–-]{0,6}(?:Thực hiện|Triển khai|Quán triệt|Tiếp tục thực hiện)\b"
    r"[^\n]{3,600}[;,][ \t]*\n\s*"
    r"(?=[*_]{0,3}[^\W\d_]|[-–+] ?(?:Thực hiện|Triển khai|Quán triệt))"
    r"(?!\W*(?:Căn cứ|Theo|Xét|Điều|[A-ZĐ]{3,}\b|\w+ [A-ZĐ]{3,}\b))"
)
_AMENDING = re.compile(r"\ssửa đổi\b.*\bcủa\b")


def relate(article: Article, references: Sequence[Reference]) -> tuple[Statement, ...]:
    """The statements of a text, in the order of their first evidence.

    Evidence spans are the source spans (code points) of the sentences; each statement comes once,
    with all its evidence in text order.
    """
    placed: list[Placed] = [(m, r.id) for r in references for m in r.mentions]
    placed.sort(key=find_start)
    text = _join_lines(article.text, placed)
    own = find_own(placed)
    found = [*_find_claims(join_announced(_join_fronted(text), load_cues()), placed, own)]
    found += _read_items(text, placed)
    found += read_articles(text, placed, found) if own is None else ()
    found += read_own(text, placed, own) if own else read_rows(text, placed)
    found += _read_names(references, text)
    found.sort(key=lambda one: one.span.start)
    return _merge(found)


def _join_lines(text: str, placed: Sequence[Placed]) -> str:
    """The text with a space for each line's end inside a mention or a sentence that goes on."""
    parts, last = [], 0
    for mention, _ in placed:
        start, end = mention.span.start, mention.span.end
        if start >= last and "\n" in (surface := text[start:end]):
            parts += [text[last:start], surface.replace("\n", " ")]
            last = end
    return _WRAPPED.sub(lambda line: f"{line[0][:-1]} ", "".join([*parts, text[last:]]))


def _join_fronted(text: str) -> str:
    """The text with spaces for the line's end behind what the next line's body carries out."""
    return _FRONTED.sub(lambda line: line[0].replace("\n", " "), text)


def _find_claims(text: str, placed: Sequence[Placed], own: OwnDocument | None) -> Iterator[Found]:
    cues = load_cues()
    antecedents = Antecedents(own, cues.campaign_words)
    if own:
        antecedents.learn_own()
    preamble = find_preamble_end(text, own) if own else 0
    for span, inside in _sentences(text, placed, antecedents):
        if own and span.end <= preamble and (enacted := read_enacting(text, span, inside, own)):
            preamble = 0
            yield from enacted
            continue
        for window, part in _windows(span, inside):
            folded = fold_sentence(text[window.start : window.end])
            marks = read_marks(folded, ((one, window.start) for one in part))
            marks += find_pronouns(folded, marks, antecedents, cues, text, window.start)
            if len(marks) > 1:
                marks.sort(key=lambda m: m.start)
                for each in vary_plurals(marks):
                    for claim in read_claims(read_sentence(folded, each, cues)):
                        yield Found(claim, span)


def _windows(span: Span, inside: Sequence[Placed]) -> Iterator[tuple[Span, Sequence[Placed]]]:
    """A sentence whole, or (a list or a text without stops) so many mentions of it at a time."""
    for first in range(0, len(inside), _MOST_MENTIONS):
        part = inside[first : first + _MOST_MENTIONS]
        rest = inside[first + _MOST_MENTIONS :]
        start = find_start(part[0]) if first else span.start
        yield Span(start, find_start(rest[0]) if rest else span.end), part


def _sentences(
    text: str, placed: Sequence[Placed], antecedents: Antecedents
) -> Iterator[tuple[Span, Sequence[Placed]]]:
    """The sentences that may state something, with their mentions; only their lines are split."""
    first = 0
    while first < len(placed):
        line = line_around(text, find_start(placed[first]))
        start, end = line.start, line.end
        antecedents.start_paragraph()
        last = bisect_left(placed, end, lo=first, key=find_start)
        if _may_state(text, placed[first:last], start, end, antecedents):
            for sentence in split_sentences(text[start:end]):
                span = Span(start + sentence.start, start + sentence.end)
                upto = bisect_left(placed, span.end, lo=first, hi=last, key=find_start)
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
        return bool(inside) and antecedents.may_be_meant(text[start:end])
    first, last = inside[0][0].span, inside[-1][0].span
    around = text[start : first.start] + text[last.end : end]
    return len(inside) > 1 or antecedents.may_recur(around)


def _read_items(text: str, placed: Sequence[Placed]) -> Iterator[Found]:
    """What the heading of a list states of its items."""
    cues = load_cues()
    for joined in join_items(text, placed, cues):
        folded = fold(joined.text)
        marks = read_marks(folded, joined.placed)
        for claim in read_claims(read_sentence(folded, marks, cues)):
            if joined.item in (claim.subject, claim.object):
                yield Found(claim, joined.span)
    for joined in join_owners(text, placed):
        folded = fold(joined.text)
        marks = read_marks(folded, joined.placed)
        for claim in read_claims(read_sentence(folded, marks, cues)):
            if claim.predicate == "issuedBy":
                yield Found(claim, joined.span)


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
