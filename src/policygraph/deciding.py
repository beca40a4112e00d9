"""Puts decisions into a graph folder, and links anew what they touch.

Nothing here reads a clock: a decision says itself when it was made.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pyoxigraph import NamedNode

from policygraph.decision import (
    Accept,
    Act,
    Anchor,
    Merge,
    Reject,
    ReviewDecision,
    Split,
    Withdraw,
    list_anchors,
)
from policygraph.errors import ReviewError
from policygraph.graph.anchor import find_anchored
from policygraph.graph.iri import article_iri, part_iri, thing_id
from policygraph.graph.namespaces import PG
from policygraph.graph.pattern import find_nodes
from policygraph.graph.policy_graph import PolicyGraph
from policygraph.graph.rdf import describe_decisions
from policygraph.graph.review import LoggedDecision, Review
from policygraph.graph.store import GraphUpdate, open_store, update_folder
from policygraph.pipeline import fingerprint_extractor
from policygraph.relinking import link_anew

_PATIENCE = 5.0  # seconds to wait for another writer: most decisions take one


@dataclass(frozen=True, slots=True)
class ReviewReport:
    """What came of deciding.

    Attributes:
        graph: the graph as it is now.
        decisions: those that were given, each with whether it counts.
        added: how many of them the graph did not hold before.
    """

    graph: PolicyGraph
    decisions: tuple[LoggedDecision, ...]
    added: int

    def as_json(self) -> dict[str, Any]:
        """`{"added": 1, "decisions": […]}`; `LoggedDecision.as_json` says what each holds."""
        return {"added": self.added, "decisions": [each.as_json() for each in self.decisions]}


def decide(
    folder: Path | str, decisions: Iterable[ReviewDecision], *, must_apply: bool = True
) -> ReviewReport:
    """Puts decisions into a graph folder and links anew what they touch, all or nothing.

    One that the graph holds already changes nothing.

    Args:
        must_apply: whether each has to count now; False keeps what is about articles or words that
            are not there, as a log taken from another graph may be.

    Raises:
        ReviewError: a decision about what is not there, one that would count for nothing, a circle
            of mergers; `decision` is its id.
        GraphHeldError: another process is writing the graph, and goes on for some seconds.
        GraphError: as `update_folder`, and where the folder is no graph.
        All of them leave the graph as it was.
    """
    open_store(folder)  # raises where there is no graph, which an update would make
    given = tuple(dict.fromkeys(decisions))
    try:
        with update_folder(folder, patience=_PATIENCE) as update:
            looked, added = _decide_all(update, given, must_apply=must_apply)
    except ReviewError as error:
        # Its traceback would hold the store open, and the folder locked, as long as it is kept.
        raise error.with_traceback(None) from None
    return ReviewReport(PolicyGraph.open(folder), looked, added)


def _decide_all(
    update: GraphUpdate, given: Sequence[ReviewDecision], *, must_apply: bool
) -> tuple[tuple[LoggedDecision, ...], int]:
    """The decisions as they stand then, and how many are new.

    No view of the store outlives this: the store must be let go before the graph is opened.
    """
    base = update.manifest.base
    before = Review.read(update.store, base)
    known = {each.id for each in before.decisions}
    fresh = [each for each in given if each.id not in known]
    _check_all(given, before, must_apply=must_apply)
    update.add_quads(describe_decisions(fresh, base=base))
    _link_decided(update, fresh, before)
    after = Review.read(update.store, base)
    _check_circles(after)
    looked = tuple(after.look_at(each) for each in given)
    if must_apply:
        _check_effect(looked)
    return looked, len(fresh)


def _link_decided(update: GraphUpdate, fresh: Sequence[ReviewDecision], before: Review) -> None:
    """Links what decisions touch; all, where another program linked the graph last."""
    if update.manifest.extractor != fingerprint_extractor():
        update.forget_links()
    link_anew(update, set(_list_touched(fresh, before)))


def _list_touched(fresh: Iterable[ReviewDecision], before: Review) -> Iterator[str]:
    """The articles on whose references there may be other verdicts now."""
    all_ = {each.id: each for each in (*before.decisions, *fresh)}
    for decision in fresh:
        act = decision.act
        if isinstance(act, Withdraw) and act.decision in all_:
            act = all_[act.decision].act
        yield from (anchor.article for anchor in list_anchors(act))
        if isinstance(act, Merge):  # what is one with a rejected thing is rejected too
            rejections = (each.act for each in before.decisions if isinstance(each.act, Reject))
            yield from (rejection.reference.article for rejection in rejections)


def _check_all(given: Sequence[ReviewDecision], before: Review, *, must_apply: bool) -> None:
    """Raises ReviewError at the first decision about what is not there."""
    known = {each.id: each for each in (*before.decisions, *given)}
    for decision in given:
        try:
            if isinstance(decision.act, Withdraw):
                _check_withdrawal(decision.act, known)
            elif must_apply:
                _check_references(decision, before)
                _check_things(decision, before)
        except ReviewError as error:
            error.decision = decision.id
            raise


def _check_withdrawal(act: Withdraw, known: Mapping[str, ReviewDecision]) -> None:
    remedy = "“policygraph review log” lists all decisions"
    if act.decision not in known:
        raise ReviewError(f"there is no decision {act.decision}", remedy=remedy)
    if isinstance(known[act.decision].act, Withdraw):
        message = f"{act.decision} withdraws another decision, and stays"
        raise ReviewError(message, remedy="decide again what it withdrew")


def _check_references(decision: ReviewDecision, review: Review) -> None:
    for anchor in list_anchors(decision.act):
        reference = find_anchored(review.store, review.base, anchor)
        if reference is None:
            message = f"“{anchor.exact}” is mentioned at {anchor.span.start} no longer"
            remedy = "look at the article again, and name the place where it stands now"
            raise ReviewError(message, place=anchor.article, remedy=remedy)
        if not isinstance(decision.act, Split):
            _check_kind(anchor, reference, decision.act, review)


def _check_kind(anchor: Anchor, reference: str, act: Act, review: Review) -> None:
    """Raises ReviewError where a document is said to be an organisation, or the like."""
    assert isinstance(act, Accept | Reject)
    standing = list_standing_for(review, anchor.article, reference)
    kinds = {thing.split("/")[0] for thing in standing}
    if act.thing.split("/")[0] not in kinds:
        message = f"“{anchor.exact}” names a {', '.join(kinds)}, and {act.thing} is none"
        remedy = f"name a {', '.join(kinds)}"
        raise ReviewError(message, place=anchor.article, remedy=remedy)


def list_standing_for(
    review: Review, article: str, reference: str, predicate: NamedNode = PG.standsFor
) -> tuple[str, ...]:
    """The things that a reference stands for, or may stand for, by id."""
    node = NamedNode(part_iri(article_iri(review.base, article), reference))
    things = find_nodes(review.store, node, predicate)
    return tuple(sorted(thing_id(review.base, thing.value) for thing in things))


def _check_things(decision: ReviewDecision, review: Review) -> None:
    named = [getattr(decision.act, "thing", None)]
    if not isinstance(decision.act, Split):
        named.append(getattr(decision.act, "into", None))
    for thing in filter(None, named):
        if not review.may_name(thing):
            remedy = "name a thing of this graph or a document of the registry"
            raise ReviewError(f"neither the graph nor the registry knows {thing}", remedy=remedy)


def _check_circles(review: Review) -> None:
    for decision in review.find_circles():
        assert isinstance(decision.act, Merge)
        way = (decision.act.into, *review.rulings.list_way(decision.act.into))
        steps = [review.rulings.merged[step].by for step in way[:-1]]
        message = f"{decision.act.thing} and {decision.act.into} would be merged in a circle"
        error = ReviewError(message, remedy=f"undo {', '.join(steps)} before")
        error.decision = decision.id
        raise error


def _check_effect(looked: Iterable[LoggedDecision]) -> None:
    for each in looked:
        if each.status == "applies":
            continue
        remedies = {
            "withdrawn": "decide again, at a later time",
            "superseded": "decide at a later time",
            "lapsed": "say instead what it stands for",
        }
        message = f"the decision would count for nothing: it is {each.status}, {each.why}"
        error = ReviewError(message, remedy=remedies[each.status])
        error.decision = each.decision.id
        raise error
