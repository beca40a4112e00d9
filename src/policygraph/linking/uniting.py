"""Puts in the place of documents those that they are by the decisions of reviewers."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace

from policygraph.linking.documents import Decision
from policygraph.linking.ledger import Row
from policygraph.ruling import Rulings


def unite(decision: Decision, rulings: Rulings) -> Decision:
    """A decision for the documents that those in question are by review."""
    if not (rulings.merged or decision.rejected):
        return decision
    excluding = {by for document, by in decision.rejected if decision.id not in decision.excluded}
    decided_by = {*decision.decided_by, *excluding}
    if way := rulings.list_way(decision.id):
        former = (decision.id, *way[:-1])
        decided_by.update(rulings.merged[document].by for document in former)
        decision = replace(decision.settle(way[-1], "review"), former=former)
    elif former := tuple(id_ for id_ in decision.candidates if id_ in rulings.merged):
        decision = replace(_unite_candidates(decision, rulings), former=former)
    return replace(decision, decided_by=tuple(sorted(decided_by)))


def _unite_candidates(decision: Decision, rulings: Rulings) -> Decision:
    left = tuple(sorted({*map(rulings.identify, decision.candidates)} - {decision.id}))
    is_sole = decision.basis == "ambiguous" and len(left) < 2
    return replace(decision, candidates=left, basis="partial" if is_sole else decision.basis)


def list_former(former: Iterable[str], rulings: Rulings) -> Iterator[Row]:
    """What became of things by review."""
    for id_ in former:
        *between, one = (id_, *rulings.list_way(id_))
        for each in between:
            yield f"before:{each}", one
