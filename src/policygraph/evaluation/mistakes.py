"""Every error of an extraction as a value, with the words around it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from itertools import chain, product
from typing import Any, Literal

from policygraph.evaluation.alignment import Match
from policygraph.evaluation.comparison import Comparison
from policygraph.evaluation.found import FoundMention, FoundRelation
from policygraph.evaluation.gold import GoldMention, GoldRelation, GoldText
from policygraph.evaluation.values import ValueComparison
from policygraph.span import Span

#: "merged" and "split" are errors of identity: one entity found for several, several for one.
MistakeKind = Literal["missed", "spurious", "wrong span", "merged", "split"]

_AROUND = 30  # characters that an excerpt shows on either side of a mention


@dataclass(frozen=True, slots=True)
class Excerpt:
    """Words of a text, on one line, and the rule that read them where one did."""

    quote: str
    rule: str | None = None

    def __str__(self) -> str:
        return f"{self.quote} (rule {self.rule})" if self.rule else self.quote


@dataclass(frozen=True, slots=True)
class Mistake:
    """One point in which an extraction differs from the gold.

    Attributes:
        text: the name of the gold text.
        figure: the figure that it lowers ("mention:document", "relation").
        span: where it is in the text, as found or, of what was missed, as the gold has it; None
            where that is no one place.
        what: the surface, the number, or the relation with the refs of its ends in brackets.
        context: the mentions in question, in brackets, with about 60 characters around them; of a
            relation that was found, the sentences it was read from.
        gold_span: where the gold has what was found in a wrong span.
    """

    text: str
    kind: MistakeKind
    figure: str
    span: Span | None
    what: str
    context: tuple[Excerpt, ...] = ()
    gold_span: Span | None = None

    def as_json(self) -> dict[str, Any]:
        """The fields as JSON knows them; the text's name is left to the caller."""
        return {
            "kind": self.kind,
            "figure": self.figure,
            "span": _as_json(self.span),
            "gold_span": _as_json(self.gold_span),
            "what": self.what,
            "context": [asdict(excerpt) for excerpt in self.context],
        }


def _as_json(span: Span | None) -> dict[str, int] | None:
    return span._asdict() if span else None


def find_mistakes(comparison: Comparison) -> Iterator[Mistake]:
    """The mistakes in one text: mentions in its order, then numbers, dates, identity, relations."""
    mentions = _find_mention_mistakes(comparison)
    yield from sorted(mentions, key=lambda mistake: mistake.span or Span(0, 1))
    yield from _find_value_mistakes(comparison, "number", comparison.numbers)
    yield from _find_value_mistakes(comparison, "date", comparison.dates)
    yield from _find_identity_mistakes(comparison)
    yield from _find_missed_relations(comparison)
    yield from _find_spurious_relations(comparison)


def _tell_mention(
    gold: GoldText,
    kind: MistakeKind,
    figure: str,
    mention: FoundMention | GoldMention,
    what: str | None = None,
) -> Mistake:
    """A mistake about one mention, or about what (a number, say) is known by it."""
    shown, words = _show_mention(gold, mention), what or gold.quote(mention.span)
    return Mistake(gold.name, kind, figure, mention.span, words, (shown,))


def _find_mention_mistakes(comparison: Comparison) -> Iterator[Mistake]:
    for kind, aligned in comparison.mentions.items():
        for missed in aligned.missed:
            yield _tell_mention(comparison.gold, "missed", f"mention:{kind}", missed)
        for spurious in aligned.spurious:
            yield _tell_mention(comparison.gold, "spurious", f"mention:{kind}", spurious)
        for match in aligned.matches:
            if not match.is_exact:
                yield _tell_wrong_span(comparison.gold, match)


def _tell_wrong_span(gold: GoldText, match: Match) -> Mistake:
    what = f"found [{gold.quote(match.found.span)}], gold [{gold.quote(match.gold.span)}]"
    told = _tell_mention(gold, "wrong span", f"strict:{match.found.kind}", match.found, what)
    return replace(told, gold_span=match.gold.span)


def _find_value_mistakes(
    comparison: Comparison, figure: str, values: ValueComparison
) -> Iterator[Mistake]:
    """Numbers or dates, each shown where the document that bears it is first mentioned."""
    marked, found = _first_marks(comparison), _first_found(comparison)
    for value in values.missed:
        mark = marked[values.wanted[value]]
        yield _tell_mention(comparison.gold, "missed", figure, mark, " ".join(value))
    for value in values.spurious:
        mention = found[values.found[value]]
        yield _tell_mention(comparison.gold, "spurious", figure, mention, " ".join(value))


def _first_marks(comparison: Comparison) -> dict[str, GoldMention]:
    """The first mention of each ref of the gold."""
    return {mention.ref: mention for mention in reversed(comparison.gold.mentions)}


def _first_found(comparison: Comparison) -> dict[str, FoundMention]:
    """The first mention of each entity found."""
    return {mention.entity: mention for mention in reversed(comparison.found.mentions)}


def _find_identity_mistakes(comparison: Comparison) -> Iterator[Mistake]:
    by_entity: dict[str, dict[str, Match]] = defaultdict(dict)
    by_ref: dict[str, dict[str, Match]] = defaultdict(dict)
    for match in sorted(comparison.matches, key=lambda match: match.gold.span):
        by_entity[match.found.entity].setdefault(match.gold.ref, match)
        by_ref[match.gold.ref].setdefault(match.found.entity, match)
    yield from _tell_identity(comparison, "merged", by_entity)
    yield from _tell_identity(comparison, "split", by_ref)


def _tell_identity(
    comparison: Comparison,
    kind: MistakeKind,
    groups: Mapping[str, Mapping[str, Match]],
) -> Iterator[Mistake]:
    """One mistake for each id that goes by several of the other side, shown by a mention each."""
    gold = comparison.gold
    for id_, others in groups.items():
        if len(others) > 1:
            what = f"{id_} is {' and '.join(others)}"
            context = tuple(_show_mention(gold, match.gold) for match in others.values())
            first = next(iter(others.values())).gold.span
            yield Mistake(gold.name, kind, "identity", first, what, context)


def _find_missed_relations(comparison: Comparison) -> Iterator[Mistake]:
    gold = comparison.gold
    for relation in comparison.relations.missed:
        ends = _find_nearest(gold, relation)
        subject, target = map(gold.quote, ends)
        what = f"{subject} ({relation.subject}) {relation.predicate} {target} ({relation.object})"
        span = Span(min(ends).start, max(ends).end)
        context = (Excerpt(quote_around(gold.text, *ends)),)
        yield Mistake(gold.name, "missed", "relation", span, what, context)


def _find_nearest(gold: GoldText, relation: GoldRelation) -> tuple[Span, Span]:
    """The mentions of both ends that stand closest, where the text most likely states it."""
    subjects, targets = (
        [mention.span for mention in gold.mentions if mention.ref == ref]
        for ref in (relation.subject, relation.object)
    )
    return min(product(subjects, targets), key=lambda ends: (max(ends).start - min(ends).end, ends))


def _find_spurious_relations(comparison: Comparison) -> Iterator[Mistake]:
    relations = comparison.relations
    for triple in relations.spurious:
        yield _tell_spurious_relation(comparison, relations.found[triple])
    for relation in relations.unmapped:
        yield _tell_spurious_relation(comparison, (relation,))


def _tell_spurious_relation(comparison: Comparison, relations: Sequence[FoundRelation]) -> Mistake:
    first, gold = relations[0], comparison.gold
    subject, target = (_label_end(comparison, end) for end in (first.subject, first.object))
    evidence = list(chain.from_iterable(relation.evidence for relation in relations))
    return Mistake(
        gold.name,
        "spurious",
        "relation",
        evidence[0].span if evidence else None,
        f"{subject} {first.predicate} {target}",
        tuple(Excerpt(f"“{gold.quote(each.span)}”", each.rule) for each in evidence),
    )


def _label_end(comparison: Comparison, entity: str) -> str:
    """What an entity found is called, and the ref of the gold for which it stands."""
    label = comparison.found.entities[entity].label
    return f"{label} ({comparison.refs.get(entity, 'not in the gold')})"


def _show_mention(gold: GoldText, mention: FoundMention | GoldMention) -> Excerpt:
    rule = mention.rule if isinstance(mention, FoundMention) else None
    return Excerpt(quote_around(gold.text, mention.span), rule)


def quote_around(text: str, *spans: Span) -> str:
    """The spans in brackets, with what stands around them: "…thực hiện [Kế hoạch 22] của…"."""
    ordered = sorted(set(spans))
    pieces = [_cut_left(text[: ordered[0].start])]
    for span, after in zip(ordered, [*ordered[1:], None], strict=True):
        pieces += (f"[{text[span.start : span.end]}]", _quote_after(text, span, after))
    return " ".join("".join(pieces).split())


def _quote_after(text: str, span: Span, after: Span | None) -> str:
    """What follows a span, up to the next one or the text's end, shortened."""
    if after is None:
        return _cut_right(text[span.end :])
    between = text[span.end : after.start]
    if len(between) <= 2 * _AROUND:
        return between
    return f"{_cut_right(between)} {_cut_left(between).removeprefix('…')}"


def _cut_left(text: str) -> str:
    """The last words of a text."""
    if len(text) <= _AROUND:
        return text
    return "…" + text[-_AROUND:].partition(" ")[2]


def _cut_right(text: str) -> str:
    """The first words of a text."""
    if len(text) <= _AROUND:
        return text
    return text[:_AROUND].rpartition(" ")[0] + "…"
