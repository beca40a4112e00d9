"""What a set of decisions means for linking, whatever the order in which they came.

One that is withdrawn does not count; of those about the same, the one of the latest time does.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from policygraph.decision import (
    Accept,
    Anchor,
    CorrectDate,
    Merge,
    Reject,
    ReviewDecision,
    Split,
    Withdraw,
    list_anchors,
)
from policygraph.model import Decided, Verdict


@dataclass(frozen=True, slots=True)
class Rulings:
    """What decisions say of things.

    Attributes:
        merged: by the id of a thing, which other one it is; they never lead in a circle.
        dates: the dates of documents, by the id of one that is no other.
    """

    merged: Mapping[str, Decided] = field(default_factory=dict)
    dates: Mapping[str, Decided] = field(default_factory=dict)

    def identify(self, id_: str) -> str:
        """The thing that one is: itself, where no decision made it another."""
        return (id_, *self.list_way(id_))[-1]

    def list_way(self, id_: str) -> tuple[str, ...]:
        """The things that one is by decisions, the last of which is no other."""
        way: list[str] = []
        while (step := self.merged.get(way[-1] if way else id_)) is not None:
            way.append(step.value)
        return tuple(way)

    def list_same(self, id_: str) -> tuple[str, ...]:
        """All the things that are one with a thing, sorted."""
        root = self.identify(id_)
        return tuple(sorted({root, *(each for each in self.merged if self.identify(each) == root)}))


NO_RULINGS = Rulings()


def list_standing(decisions: Iterable[ReviewDecision]) -> tuple[ReviewDecision, ...]:
    """The decisions that were not withdrawn, the earliest first; withdrawals left out."""
    known = {decision.id: decision for decision in decisions}
    withdrawals = [each.act for each in known.values()]
    withdrawn = {act.decision for act in withdrawals if isinstance(act, Withdraw)}
    standing = (
        decision
        for decision in known.values()
        if decision.id not in withdrawn and not isinstance(decision.act, Withdraw)
    )
    return tuple(sorted(standing, key=lambda decision: decision.order))


def rule(standing: Iterable[ReviewDecision]) -> Rulings:
    """What the decisions that stand, the earliest first, say of things."""
    merged, dates = dict(_choose_mergers(standing)[0]), dict[str, Decided]()
    ways = Rulings(merged)
    for decision in standing:
        if isinstance(decision.act, CorrectDate):
            thing, day = decision.act.thing, decision.act.date
            dates[ways.identify(thing)] = Decided(day, decision.id)
    return Rulings(merged, dates)


def date_splits(splits: Iterable[ReviewDecision], rulings: Rulings) -> Rulings:
    """The rulings with the dates by which documents were split off, where none was corrected.

    Args:
        splits: decisions that count, the earliest first; those by other facts are passed over.
    """
    dates: dict[str, Decided] = {}
    for decision in splits:
        if isinstance(decision.act, Split) and decision.act.by.property == "date":
            into, by = rulings.identify(decision.act.into), decision.act.by
            dates[into] = Decided(by.value, decision.id)
    return Rulings(rulings.merged, {**dates, **rulings.dates})


def find_circles(standing: Iterable[ReviewDecision]) -> tuple[ReviewDecision, ...]:
    """The mergers that cannot count, since by others their thing is what it was merged into."""
    return _choose_mergers(standing)[1]


def _choose_mergers(
    standing: Iterable[ReviewDecision],
) -> tuple[Mapping[str, Decided], tuple[ReviewDecision, ...]]:
    """The last merger of each thing, but for those that close a circle with earlier ones."""
    last = {each.act.thing: each for each in standing if isinstance(each.act, Merge)}
    merged: dict[str, Decided] = {}
    ways, circles = Rulings(merged), list[ReviewDecision]()
    for thing, decision in sorted(last.items(), key=lambda pair: pair[1].order):
        assert isinstance(decision.act, Merge)
        if ways.identify(decision.act.into) == thing:
            circles.append(decision)
        else:
            merged[thing] = Decided(decision.act.into, decision.id)
    return merged, tuple(circles)


def by_article(standing: Iterable[ReviewDecision]) -> Mapping[str, Sequence[ReviewDecision]]:
    """The decisions about references by the articles of these, each in the order given."""
    grouped: dict[str, list[ReviewDecision]] = defaultdict(list)
    for decision in standing:
        for article in dict.fromkeys(each.article for each in list_anchors(decision.act)):
            grouped[article].append(decision)
    return grouped


def judge(
    article: str,
    standing: Iterable[ReviewDecision],
    find_reference: Callable[[Anchor], str | None],
    rulings: Rulings,
) -> tuple[Verdict, ...]:
    """What the decisions that stand, the earliest first, say of the references of an article.

    Args:
        find_reference: the id of the reference that an anchor points at; None where it is gone.
    """
    opinions: dict[str, _Opinion] = defaultdict(_Opinion)
    for decision in standing:
        for anchor in list_anchors(decision.act):
            reference = find_reference(anchor) if anchor.article == article else None
            if reference is not None:
                opinions[reference].follow(decision, rulings)
    return tuple(opinions[each].settle(each, rulings) for each in sorted(opinions))


@dataclass(slots=True)
class _Opinion:
    """What was decided of one reference so far; `rejected` by what the thing is."""

    accepted: Decided | None = None
    rejected: dict[str, Decided] = field(default_factory=dict)

    def follow(self, decision: ReviewDecision, rulings: Rulings) -> None:
        """Takes in a later decision, which wins over those about the same."""
        match decision.act:
            case Accept(thing=thing) | Split(into=thing):
                self.accepted = Decided(thing, decision.id)
                self.rejected.pop(rulings.identify(thing), None)
            case Reject(thing=thing):
                rejected = rulings.identify(thing)
                self.rejected[rejected] = Decided(thing, decision.id)
                if self.accepted and rulings.identify(self.accepted.value) == rejected:
                    self.accepted = None

    def settle(self, reference: str, rulings: Rulings) -> Verdict:
        """The verdict; what is one with a rejected thing is rejected with it."""
        return Verdict(reference, self.accepted, tuple(sorted(self._list_rejected(rulings))))

    def _list_rejected(self, rulings: Rulings) -> Iterator[Decided]:
        for decided in self.rejected.values():
            for same in rulings.list_same(decided.value):
                yield Decided(same, decided.by)
