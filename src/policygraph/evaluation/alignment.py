"""Which found mention stands for which of the gold."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from policygraph.evaluation.found import FoundMention
from policygraph.evaluation.gold import GoldMention, GoldText
from policygraph.model import Kind
from policygraph.span import Span


@dataclass(frozen=True, slots=True)
class Match:
    """A found mention and the one of the gold that it stands for."""

    found: FoundMention
    gold: GoldMention

    @property
    def is_exact(self) -> bool:
        return self.found.span == self.gold.span


@dataclass(frozen=True, slots=True)
class Alignment:
    """The mentions of one kind, paired one to one.

    Attributes:
        matches: those that overlap most first.
        spurious: found, with no partner and off all optional marks.
        missed: firm mentions of the gold with no partner.
    """

    matches: tuple[Match, ...]
    spurious: tuple[FoundMention, ...]
    missed: tuple[GoldMention, ...]


class SpanRow:
    """Spans that do not overlap each other, in their order, to be asked what overlaps them."""

    def __init__(self, spans: Iterable[Span]) -> None:
        ordered = tuple(spans)
        self._starts = [span.start for span in ordered]
        self._ends = [span.end for span in ordered]

    def find(self, span: Span) -> range:
        """Indices of the spans that share a character with this one."""
        return range(bisect_right(self._ends, span.start), bisect_left(self._starts, span.end))


def optional_row(gold: GoldText) -> SpanRow:
    """The optional marks of a text."""
    return SpanRow(mention.span for mention in gold.mentions if mention.is_optional)


def align_mentions(gold: GoldText, found: Sequence[FoundMention], kind: Kind) -> Alignment:
    """Pairs the mentions of a kind, the greatest overlap first; optional marks absorb the rest."""
    ours = [mention for mention in found if mention.kind == kind]
    firm = gold.firm_mentions(kind)
    partners = _pair(ours, firm)
    matches = tuple(Match(ours[i], firm[j]) for i, j in partners.items())
    optional, taken = optional_row(gold), set(partners.values())
    spurious = (mention for i, mention in enumerate(ours) if i not in partners)
    return Alignment(
        matches,
        tuple(mention for mention in spurious if not optional.find(mention.span)),
        tuple(mention for j, mention in enumerate(firm) if j not in taken),
    )


def _pair(ours: Sequence[FoundMention], firm: Sequence[GoldMention]) -> dict[int, int]:
    """Index of the gold mention by the index of the found one, in the order of pairing."""
    row = SpanRow(mention.span for mention in firm)
    pairs = sorted(
        (-_share(mention.span, firm[j].span), i, j)
        for i, mention in enumerate(ours)
        for j in row.find(mention.span)
    )
    partners: dict[int, int] = {}
    taken: set[int] = set()
    for _, i, j in pairs:
        if i not in partners and j not in taken:
            partners[i] = j
            taken.add(j)
    return partners


def _share(one: Span, other: Span) -> float:
    """What two overlapping spans share of the stretch that they cover together; equal spans: 1."""
    shared = min(one.end, other.end) - max(one.start, other.start)
    return shared / (max(one.end, other.end) - min(one.start, other.start))
