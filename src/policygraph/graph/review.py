"""What was decided about a graph: for linking its verdicts, for people each decision as it stands.

A decision whose words are gone from their article, or whose thing no text names, has nothing to
apply to: it stays, and says why.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property, partial
from typing import Any
from typing import Literal as Choice

from pyoxigraph import Literal, NamedNode, Store

from policygraph.decision import (
    CorrectDate,
    Merge,
    ReviewDecision,
    Split,
    Withdraw,
    as_record,
    list_anchors,
)
from policygraph.graph.anchor import find_anchored, find_in_text
from policygraph.graph.iri import article_id, article_iri, decision_iri, links_iri, thing_iri
from policygraph.graph.namespaces import DCTERMS, PG, RDFS
from policygraph.graph.pattern import find_quads, find_subjects, find_value
from policygraph.graph.review_graph import read_decisions
from policygraph.model import AnnotatedArticle, Verdict
from policygraph.registry import load_registry
from policygraph.ruling import (
    Rulings,
    by_article,
    date_splits,
    find_circles,
    judge,
    list_standing,
    rule,
)

#: Where a decision names things.
_THINGS = ("thing", "into")

#: Whether a decision counts; "superseded" by a later one about the same, "lapsed" where what it is
#: about is no longer there.
Status = Choice["applies", "superseded", "lapsed", "withdrawn"]


@dataclass(frozen=True, slots=True)
class LoggedDecision:
    """A decision, and what became of it.

    Attributes:
        why: in words, where it does not apply, or not to all its references.
        withdrawal: the decision by which it was withdrawn.
        labels: what its things are called in the graph, with the dates of documents, by id.
    """

    decision: ReviewDecision
    status: Status
    why: str | None
    withdrawal: ReviewDecision | None
    labels: Mapping[str, str]

    def as_json(self) -> dict[str, Any]:
        """The record of the decision, with `status`, `why`, `labels`, and who withdrew it when."""
        withdrawn = self.withdrawal and {
            "id": self.withdrawal.id,
            "author": self.withdrawal.author,
            "time": self.withdrawal.time,
            "note": self.withdrawal.note,
        }
        told = {"status": self.status, "why": self.why, "withdrawn": withdrawn}
        return {"note": None, **as_record(self.decision), **told, "labels": dict(self.labels)}


@dataclass(frozen=True)
class Review:
    """All decisions about the graph of a store, as they are now.

    Attributes:
        decisions: withdrawals among them, the earliest first.
    """

    store: Store
    base: str
    decisions: tuple[ReviewDecision, ...]

    @classmethod
    def read(cls, store: Store, base: str) -> Review:
        return cls(store, base, read_decisions(store, base=base))

    @cached_property
    def standing(self) -> tuple[ReviewDecision, ...]:
        """The decisions that were not withdrawn, the earliest first."""
        return list_standing(self.decisions)

    @cached_property
    def rulings(self) -> Rulings:
        """What they say of things."""
        splits = [each for each in self.standing if isinstance(each.act, Split)]
        articles = {anchor.article for each in splits for anchor in list_anchors(each.act)}
        verdicts = (verdict for article in articles for verdict in self.list_verdicts(article))
        counting = {verdict.accepted.by for verdict in verdicts if verdict.accepted}
        return date_splits((each for each in splits if each.id in counting), self._mergers)

    @cached_property
    def _mergers(self) -> Rulings:
        """The rulings without the dates of splits, which count where references follow them."""
        return rule(self.standing)

    @cached_property
    def by_article(self) -> Mapping[str, Sequence[ReviewDecision]]:
        return by_article(self.standing)

    def list_verdicts(self, article: str) -> tuple[Verdict, ...]:
        """What they say of the references of an article."""
        find = partial(find_anchored, self.store, self.base)
        return judge(article, self.by_article.get(article, ()), find, self._mergers)

    def judge_text(self, annotated: AnnotatedArticle) -> tuple[Verdict, ...]:
        """The same of an article just read, which the graph knows by its bytes, else by its id."""
        digest = Literal(annotated.article.sha256)
        known = (
            article_id(self.base, node.value)
            for node in find_subjects(self.store, PG.sha256, digest)
        )
        id_ = next(known, annotated.article.id)
        find = partial(find_in_text, annotated)
        return judge(id_, self.by_article.get(id_, ()), find, self._mergers)

    def log(self) -> tuple[LoggedDecision, ...]:
        """Every decision but withdrawals, the earliest first, and whether it counts."""
        return tuple(
            self.look_at(each) for each in self.decisions if not isinstance(each.act, Withdraw)
        )

    def look_at(self, decision: ReviewDecision) -> LoggedDecision:
        """One decision, and whether it counts."""
        status, why = self._find_status(decision)
        labels = dict(self._list_labels(decision))
        return LoggedDecision(decision, status, why, self._withdrawals.get(decision.id), labels)

    @cached_property
    def _withdrawals(self) -> Mapping[str, ReviewDecision]:
        """The first withdrawal of each decision that was withdrawn."""
        found: dict[str, ReviewDecision] = {}
        for each in self.decisions:
            if isinstance(each.act, Withdraw):
                found.setdefault(each.act.decision, each)
        return found

    def _find_status(self, decision: ReviewDecision) -> tuple[Status, str | None]:
        if isinstance(decision.act, Withdraw):
            return "applies", None
        if withdrawal := self._withdrawals.get(decision.id):
            return "withdrawn", f"by {withdrawal.author} at {withdrawal.time}"
        lost = list(self._list_lost(decision))
        if self._has_effect(decision):
            return "applies", "; ".join(lost) or None
        if later := self._find_later(decision):
            return "superseded", f"by {later.id}"
        return "lapsed", "; ".join(lost) or "what it is about stands for nothing else here"

    def _has_effect(self, decision: ReviewDecision) -> bool:
        """Whether a link, a thing or a value of the links graph is as it says because it does."""
        node, graph = NamedNode(decision_iri(self.base, decision.id)), links_iri(self.base)
        found = find_subjects(self.store, PG.decidedBy, node, graph=NamedNode(graph))
        return next(found, None) is not None

    def _list_lost(self, decision: ReviewDecision) -> Iterator[str]:
        """What of a decision has nothing to apply to, in words."""
        for anchor in list_anchors(decision.act):
            article = NamedNode(article_iri(self.base, anchor.article))
            if find_value(self.store, article, DCTERMS.identifier, graph=article) is None:
                yield f"{anchor.article} is not in this graph"
            elif find_anchored(self.store, self.base, anchor) is None:
                yield f"“{anchor.exact}” is no longer mentioned there in {anchor.article}"
        if isinstance(decision.act, Merge | CorrectDate) and not self._knows(decision.act.thing):
            yield f"nothing here stands for {decision.act.thing}"

    def may_name(self, thing: str) -> bool:
        """Whether a decision may name a thing.

        The graph says something of it, or the registry does, or an earlier decision named it.
        """
        named = (getattr(each.act, name, None) for each in self.decisions for name in _THINGS)
        return self._knows(thing) or bool(load_registry().find_document(thing)) or thing in named

    def _knows(self, thing: str) -> bool:
        """Whether the graph says anything of a thing."""
        node, graph = NamedNode(thing_iri(self.base, thing)), NamedNode(links_iri(self.base))
        return next(find_quads(self.store, node, graph=graph), None) is not None

    def _find_later(self, decision: ReviewDecision) -> ReviewDecision | None:
        """The last decision about the same, where it is a later one."""
        last = filter(None, map(self._last_about.get, self._list_subjects(decision)))
        later = [each for each in last if each.order > decision.order]
        return max(later, key=lambda each: each.order, default=None)

    @cached_property
    def _last_about(self) -> Mapping[tuple[str, ...], ReviewDecision]:
        """The last decision that stands, by what it is about."""
        return {about: each for each in self.standing for about in self._list_subjects(each)}

    def _list_subjects(self, decision: ReviewDecision) -> set[tuple[str, ...]]:
        """What a decision is about: references; or a thing, and what is said of it."""
        act = decision.act
        if isinstance(act, Merge):
            return {("merge", act.thing)}
        if isinstance(act, CorrectDate):
            return {("date", self.rulings.identify(act.thing))}
        found = ((a.article, find_anchored(self.store, self.base, a)) for a in list_anchors(act))
        return {("reference", article, name) for article, name in found if name is not None}

    def find_circles(self) -> tuple[ReviewDecision, ...]:
        """The mergers that cannot count beside the others; see `ruling.find_circles`."""
        return find_circles(self.standing)

    def _list_labels(self, decision: ReviewDecision) -> Iterator[tuple[str, str]]:
        graph = NamedNode(links_iri(self.base))
        for name in _THINGS:
            if (id_ := getattr(decision.act, name, None)) is not None:
                node = NamedNode(thing_iri(self.base, id_))
                label = find_value(self.store, node, RDFS.label, graph=graph) or id_
                date = find_value(self.store, node, PG.date, graph=graph)
                yield id_, f"{label}, {date}" if date else label
