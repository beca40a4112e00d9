"""One text of the gold beside what was found in it."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from policygraph.evaluation.alignment import Alignment, Match, align_mentions, optional_row
from policygraph.evaluation.found import FoundRelation, FoundText
from policygraph.evaluation.gold import KINDS, GoldRelation, GoldText
from policygraph.evaluation.values import ValueComparison, compare_dates, compare_numbers
from policygraph.model import Kind


@dataclass(frozen=True, slots=True)
class RelationComparison:
    """The relations of the gold and those found.

    Attributes:
        found: what was found, by what it comes to between refs of the gold: several entities may
            stand for one ref.
        unmapped: found, with an end that stands for nothing in the gold.
    """

    wanted: frozenset[GoldRelation]
    found: Mapping[GoldRelation, tuple[FoundRelation, ...]]
    unmapped: tuple[FoundRelation, ...]

    @property
    def missed(self) -> list[GoldRelation]:
        return sorted(self.wanted.difference(self.found))

    @property
    def spurious(self) -> list[GoldRelation]:
        return sorted(set(self.found).difference(self.wanted))


@dataclass(frozen=True, slots=True)
class Comparison:
    """One text of the gold beside what was found in it.

    Attributes:
        mentions: the alignment of each kind, in alphabetical order.
        refs: by the id of a found entity, the ref of the gold for which most of its mentions stand.
    """

    gold: GoldText
    found: FoundText
    mentions: Mapping[Kind, Alignment]
    refs: Mapping[str, str]
    numbers: ValueComparison
    dates: ValueComparison
    relations: RelationComparison

    @property
    def matches(self) -> list[Match]:
        """The paired mentions of all kinds."""
        return [match for alignment in self.mentions.values() for match in alignment.matches]


def compare(gold: GoldText, found: FoundText) -> Comparison:
    """Everything that the gold and the extraction of one text have in common, and what not."""
    mentions = {kind: align_mentions(gold, found.mentions, kind) for kind in KINDS.values()}
    refs = _map_entities(match for each in mentions.values() for match in each.matches)
    return Comparison(
        gold,
        found,
        mentions,
        refs,
        numbers=compare_numbers(gold, found),
        dates=compare_dates(gold, found),
        relations=_compare_relations(gold, found, refs),
    )


def _map_entities(matches: Iterable[Match]) -> dict[str, str]:
    refs: dict[str, Counter[str]] = defaultdict(Counter)
    for match in matches:
        refs[match.found.entity][match.gold.ref] += 1
    return {entity: counts.most_common(1)[0][0] for entity, counts in refs.items()}


def _compare_relations(
    gold: GoldText, found: FoundText, refs: Mapping[str, str]
) -> RelationComparison:
    mapped: dict[GoldRelation, list[FoundRelation]] = defaultdict(list)
    unmapped = []
    for relation in _list_decided(gold, found):
        subject, target = refs.get(relation.subject), refs.get(relation.object)
        if subject is None or target is None:
            unmapped.append(relation)
        else:
            mapped[GoldRelation(subject, relation.predicate, target)].append(relation)
    grouped = {triple: tuple(relations) for triple, relations in mapped.items()}
    return RelationComparison(frozenset(gold.relations), grouped, tuple(unmapped))


def _list_decided(gold: GoldText, found: FoundText) -> Sequence[FoundRelation]:
    """The relations whose two ends the text mentions, and not only in optional marks."""
    optional = optional_row(gold)
    firm = {mention.entity for mention in found.mentions if not optional.find(mention.span)}
    return [each for each in found.relations if {each.subject, each.object} <= firm]
