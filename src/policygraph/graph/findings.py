"""Everything in a graph that a person should look at, found in one go."""

from __future__ import annotations

from dataclasses import dataclass

from pyoxigraph import Store

from policygraph.graph.contradiction import Contradiction, find_disagreements
from policygraph.graph.gap import OpenCitation, UnknownDocument, find_gaps


@dataclass(frozen=True, slots=True)
class Findings:
    """What articles contradict each other in, cite ambiguously, and cite that nobody knows.

    Attributes:
        contradictions: two dates or two issuers of one document, left undecided, by document.
        open: citations with the documents that they may mean, by what their words alone give.
        decided: contradictions that a reviewer decided, by document.
        unknown: documents that the registry does not hold, identified or not, those first that
            most articles cite; identified ones only of bodies at the centre.
    """

    contradictions: tuple[Contradiction, ...]
    decided: tuple[Contradiction, ...]
    open: tuple[OpenCitation, ...]
    unknown: tuple[UnknownDocument, ...]


def check_graph(store: Store, base: str) -> Findings:
    """All findings, in an order that does not depend on that of the articles."""
    gaps = find_gaps(store, base)
    found = find_disagreements(store, base)
    undecided = tuple(each for each in found if each.decided is None)
    decided = tuple(each for each in found if each.decided is not None)
    return Findings(undecided, decided, gaps.open, gaps.unknown)
