"""Linking under decisions: what they mean does not depend on when they came, nor on how."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from linked import DAYS, EDITS, IDS, SAID, Linked, Written, edit, read

from policygraph.decision import (
    Accept,
    Act,
    Anchor,
    CorrectDate,
    Merge,
    Reject,
    ReviewDecision,
    Withdraw,
    make_decision,
)
from policygraph.linking import link
from policygraph.linking.ledger import PassingLedger, StoredLedger
from policygraph.registry import load_registry
from policygraph.ruling import by_article, judge, list_standing, rule
from policygraph.span import Span


def decide(act: Act, second: int = 0) -> ReviewDecision:
    return make_decision(act, author="An", time=f"2026-11-28T10:15:{second:02}Z")


def point_at(article: str, reference: str) -> Anchor:
    """An anchor by the name of a reference, which `review` takes for its words."""
    return Anchor(article, Span(0, 1), reference)


def review(linked: Linked, decisions: Iterable[ReviewDecision]) -> set[str]:
    """Puts decisions into effect; the articles with references that they are about."""
    standing = list_standing(decisions)
    linked.rulings = rule(standing)
    grouped = by_article(standing)
    before, linked.verdicts = linked.verdicts, {}
    for article, about in grouped.items():
        written = linked.corpus.get(article)
        names = {each.id for each in read(*written).references} if written else set[str]()
        linked.verdicts[article] = judge(
            article,
            about,
            lambda a, names=names: a.exact if a.exact in names else None,
            linked.rulings,
        )
    both = {*before, *linked.verdicts}
    return {each for each in both if before.get(each, ()) != linked.verdicts.get(each, ())}


@cache
def list_ids() -> list[str]:
    """Things that the sentences bear on, some of each kind, and documents that they lack."""
    claims = [replace(read(text, DAYS[-1]), article=f"{n}") for n, text in enumerate(SAID)]
    links = link(claims, load_registry())
    ids = {thing.id for thing in links.things} | {each.partial for each in links.completions}
    return sorted({*ids, "document/dang/tw/vii/nq/77", "campaign/chua-ai-noi"})


#: Articles that are there from the start, so that a decision mostly is about something.
CORPUS: dict[str, Written] = {
    id_: (" ".join(SAID[number :: len(IDS)]), DAYS[number % len(DAYS)])
    for number, id_ in enumerate(IDS)
}
THINGS = st.deferred(lambda: st.sampled_from(list_ids()))
DOCUMENTS = st.deferred(lambda: st.sampled_from([i for i in list_ids() if i[:3] == "doc"]))
ANCHORS = st.builds(
    point_at, st.sampled_from(IDS), st.sampled_from([f"ref-{n}" for n in range(1, 12)])
)
MERGERS = st.builds(Merge, THINGS, THINGS).filter(
    lambda act: act.thing != act.into and act.thing[:3] == act.into[:3]
)
ACTS = st.one_of(
    st.builds(Accept, ANCHORS, THINGS),
    st.builds(Reject, ANCHORS, THINGS),
    MERGERS,
    MERGERS,
    st.builds(CorrectDate, DOCUMENTS, st.sampled_from(["2013-07-15", "2016-03-02", "1999-09-09"])),
)
#: Edits of articles, decisions, and the numbers of decisions that are withdrawn.
STEPS = st.lists(
    st.tuples(EDITS, st.lists(ACTS, max_size=6), st.lists(st.integers(0, 9), max_size=2)),
    min_size=1,
    max_size=4,
)
EARLIER, LATER = "document/dang/tw/ix/nq/888", "document/dang/tw/xi/nq/888"
CANDIDATES: dict[str, Written] = {
    "1.txt": ("Nghị quyết số 888-NQ/TW đã đi vào cuộc sống.", None),
    "2.txt": ("Nghị quyết số 888-NQ/TW, ngày 12/3/2003.", None),
    "3.txt": ("Nghị quyết số 888-NQ/TW, ngày 3/6/2013.", None),
}
QUANG_TRI = "organisation/tinh-uy-quang-tri"
Step = tuple[list[tuple[str, Written | None]], list[Act], list[int]]


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(STEPS)
@example(
    # Of two candidates one is left by a merger, and two when it is undone.
    [
        (list(CANDIDATES.items()), [Merge(LATER, EARLIER)], []),
        ([], [], [0]),
    ]
)
@example(
    # A body was merged into one that had ended on the day on which it began.
    [
        ([], [Merge("organisation/ban-dan-van-tinh-uy-quang-tri/2025", QUANG_TRI)], []),
        ([("0.txt", None)], [], []),
    ]
)
def test_edits_and_decisions_step_by_step_give_the_links_of_all_at_once(steps: list[Step]) -> None:
    with TemporaryDirectory() as folder:
        stored = Linked(StoredLedger(Path(folder) / "ledger"))
        passing = Linked(PassingLedger())
        decisions: list[ReviewDecision] = []
        stored.edit(*CORPUS.items())
        passing.edit(*CORPUS.items())
        for edits, acts, undone in steps:
            numbered = enumerate(acts, len(decisions))
            decisions += [decide(act, number) for number, act in numbered]
            withdrawn = [decisions[n] for n in undone if n < len(decisions)]
            decisions += [decide(Withdraw(each.id), 59) for each in withdrawn]
            for linked in (stored, passing):
                edit(linked.corpus, edits)
            changed = {id_ for id_, _ in edits} | review(stored, decisions)
            review(passing, reversed(decisions))
            assert stored.relink(changed) == passing.relink(changed)
            assert stored.lines() == stored.lines_afresh()
