"""How a person decides about a graph: things by their names, references by where they stand."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from policygraph.deciding import ReviewReport, decide, list_standing_for
from policygraph.decision import (
    Accept,
    Act,
    CorrectDate,
    Distinction,
    DistinctionProperty,
    Merge,
    Reject,
    Split,
    Withdraw,
    make_decision,
)
from policygraph.errors import ReviewError, UnknownNameError
from policygraph.graph.anchor import Mentioned, make_anchor
from policygraph.graph.iri import thing_id
from policygraph.graph.namespaces import PG
from policygraph.graph.policy_graph import PolicyGraph
from policygraph.graph.rdf import read_claims
from policygraph.graph.review import Review
from policygraph.linking.documents import decide_by_article
from policygraph.linking.keys import DocumentKey, tell_apart
from policygraph.registry import load_registry


@dataclass(frozen=True, slots=True)
class Reviewer:
    """Someone who decides about the graph of a folder.

    Things are named as everywhere (number, name, IRI), or by the id of a document of the registry;
    references by their article's id and an offset in code points. `time` is ISO 8601 with its zone.

    Every method raises, and leaves the graph as it was:
        ReviewError: as `decide`; no article or mention there.
        UnknownNameError, AmbiguousNameError: as `PolicyGraph.find`.
        GraphHeldError: another process is writing the graph, and goes on for some seconds.
        GraphError: the folder is no graph.
    """

    folder: Path
    author: str

    def accept(
        self, article: str, offset: int, name: str, *, time: str, note: str | None = None
    ) -> ReviewReport:
        """The reference there stands for the thing of this name."""
        draft = _Draft.begin(self.folder)
        act = Accept(draft.find_reference(article, offset).anchor, draft.find(name))
        return self._decide(act, time, note)

    def reject(
        self, article: str, offset: int, name: str, *, time: str, note: str | None = None
    ) -> ReviewReport:
        """The reference there does not stand for the thing of this name."""
        draft = _Draft.begin(self.folder)
        mentioned, thing = draft.find_reference(article, offset), draft.find(name)
        draft.check_rejected(mentioned, thing)
        return self._decide(Reject(mentioned.anchor, thing), time, note)

    def merge(self, name: str, into: str, *, time: str, note: str | None = None) -> ReviewReport:
        """The thing of the first name is that of the second."""
        draft = _Draft.begin(self.folder)
        return self._decide(Merge(draft.find(name), draft.find(into)), time, note)

    def split(
        self,
        places: Sequence[tuple[str, int]],
        property: DistinctionProperty,
        value: str,
        *,
        time: str,
        note: str | None = None,
    ) -> ReviewReport:
        """The references there stand for another document, of which the fact is true.

        Args:
            places: pairs of an article's id and an offset; all stand for one document now.
        """
        draft = _Draft.begin(self.folder)
        mentioned = [draft.find_reference(*place) for place in places]
        return self._decide(draft.split(mentioned, Distinction(property, value)), time, note)

    def correct_date(
        self, name: str, date: str, *, time: str, note: str | None = None
    ) -> ReviewReport:
        """The document of this name is of this day, ISO 8601."""
        draft = _Draft.begin(self.folder)
        return self._decide(CorrectDate(draft.find(name), date), time, note)

    def undo(self, decision: str, *, time: str, note: str | None = None) -> ReviewReport:
        """Withdraws the decision of this id, of a digest at its end that begins so, or the "last".

        Deciding the same again later makes it count again.
        """
        draft = _Draft.begin(self.folder)
        return self._decide(Withdraw(draft.find_decision(decision)), time, note)

    def _decide(self, act: Act, time: str, note: str | None) -> ReviewReport:
        return decide(self.folder, [make_decision(act, author=self.author, time=time, note=note)])


def review(folder: Path | str = "graph", *, author: str) -> Reviewer:
    """Begins to decide about the graph of a folder."""
    return Reviewer(Path(folder), author)


@dataclass(frozen=True, slots=True)
class _Draft:
    """Finds in a graph what a decision is about."""

    graph: PolicyGraph
    review: Review

    @staticmethod
    def begin(folder: Path) -> _Draft:
        graph = PolicyGraph.open(folder)
        return _Draft(graph, Review.read(graph.store, graph.base))

    def find(self, name: str) -> str:
        """The id of the thing of a name; of a document of the registry by that id."""
        known = name.strip().removeprefix("<").removesuffix(">").removeprefix(self.graph.base)
        if self.review.may_name(known):
            return known
        node = self.graph.find(name)
        if node.kind == "article":
            raise UnknownNameError(
                f"“{name}” is an article", name=name, remedy="name what it cites"
            )
        return thing_id(self.graph.base, node.iri)

    def find_reference(self, article: str, offset: int) -> Mentioned:
        return make_anchor(self.graph.store, self.graph.base, article, offset)

    def check_rejected(self, mentioned: Mentioned, thing: str) -> None:
        """Raises ReviewError where the reference does not, and may not, stand for the thing."""
        article, reference = mentioned.anchor.article, mentioned.reference
        standing = list_standing_for(self.review, article, reference)
        open_ = list_standing_for(self.review, article, reference, PG.mayStandFor)
        if self.review.rulings.identify(thing) not in (*standing, *open_):
            message = f"“{mentioned.anchor.exact}” is not taken to stand for {thing}"
            remedy = f"it stands for {', '.join(standing)}"
            remedy += f", or may for {', '.join(open_)}" if open_ else ""
            raise ReviewError(message, place=article, remedy=remedy)

    def split(self, mentioned: Sequence[Mentioned], by: Distinction) -> Split:
        """Raises ReviewError where they are of several things, or the fact tells nothing."""
        _check_fact(by)
        things = {
            thing
            for each in mentioned
            for thing in list_standing_for(self.review, each.anchor.article, each.reference)
        }
        if len(things) != 1:
            message = f"these references stand for {' and '.join(sorted(things)) or 'nothing'}"
            raise ReviewError(message, remedy="name places that stand for one document")
        (thing,) = things
        keys = [self._read_key(each) for each in mentioned]
        key = next((key for key in keys if key and key.is_full), keys[0])
        other = key and tell_apart(key, by.property, by.value, load_registry())
        if other is None:
            message = f"the {by.property} {by.value} does not tell another document from {thing}"
            remedy = "name its date, or what it is with “accept”"
            raise ReviewError(message, remedy=remedy)
        return Split(tuple(each.anchor for each in mentioned), thing, by, other.id)

    def _read_key(self, mentioned: Mentioned) -> DocumentKey | None:
        """The key that an article gives a reference; None for a body or campaign."""
        base = self.graph.base
        claims = read_claims(self.graph.store, mentioned.anchor.article, base=base)
        assert claims is not None
        decided = decide_by_article(claims, load_registry())
        return next((d.key for d in decided if d.reference.id == mentioned.reference), None)

    def find_decision(self, written: str) -> str:
        ids = [each.id for each in self.review.decisions]
        if written == "last" and self.review.standing:
            return self.review.standing[-1].id
        if written in ids:
            return written
        found = [id_ for id_ in ids if id_.rpartition("-")[2].startswith(written)]
        if len(found) > 1:
            message = f"“{written}” may be any of {', '.join(sorted(found))}"
            raise ReviewError(message, remedy="give the whole id")
        return found[0] if found else written


def _check_fact(by: Distinction) -> None:
    forms = {
        "date": (r"\d{4}-\d\d-\d\d", "2013-07-25"),
        "year": (r"[12]\d{3}", "2013"),
        "term": (r"[IVXLivxl]+", "XI"),
        "place": (r".*\w.*", "Hà Nội"),
    }
    form, example = forms[by.property]
    if not re.fullmatch(form, by.value):
        raise ReviewError(f"“{by.value}” is no {by.property}", remedy=f"write it like {example}")
