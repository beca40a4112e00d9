"""Completes what an article left open by what the other articles say.

A partial key is completed only to a sole document that agrees with all that is known, and only in
its era: the body behind a number comes from the article that cites it.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass

from policygraph.linking.documents import Decision, is_numbered
from policygraph.linking.keys import DocumentKey, find_year, law_slug
from policygraph.model import DocumentReference
from policygraph.registry import KnownDocument, Registry
from policygraph.titles import have_one_subject

_LAWS_BY_NAME = "document/nn/luat/"


@dataclass(frozen=True, slots=True)
class Witness:
    """What the articles of a corpus, and the registry, say of one document.

    Attributes:
        begin: the first day attested, or the begin of its era; "" where neither is known.
    """

    begin: str
    titles: frozenset[str]
    plenums: frozenset[str]

    def may_be_cited(self, decision: Decision) -> bool:
        """Whether an article of that time may cite it, and under that title."""
        title, published = decision.reference.title, decision.published
        if published is not None and self.begin > published:
            return False
        if not title or not self.titles:
            return True
        return any(have_one_subject(title, other) for other in self.titles)


@dataclass(frozen=True, slots=True)
class CorpusIndex:
    """The documents of a corpus whose keys are full.

    Attributes:
        stems: their keys by the stem, by id.
        laws: their ids by slug of a law's name, by year.
        plenums: ids of those with a number, by term, plenum and type.
        witnesses: by id.
    """

    stems: Mapping[tuple[object, ...], Mapping[str, DocumentKey]]
    laws: Mapping[str, Mapping[str, Collection[str]]]
    plenums: Mapping[tuple[str | None, str, str | None], Collection[str]]
    witnesses: Mapping[str, Witness]


def complete(decisions: Sequence[Decision], registry: Registry) -> list[Decision]:
    """The decisions, in their order, with what the others add where the article left it open."""
    index = _build_index(decisions, registry)
    return [_complete(each, index) if each.is_open else each for each in decisions]


def _build_index(decisions: Iterable[Decision], registry: Registry) -> CorpusIndex:
    meant: dict[str, list[Decision]] = defaultdict(list)
    for decision in decisions:
        if decision.key.is_full:
            meant[decision.id].append(decision)
    begins = {term.id.lower(): term.start for term in registry.terms}
    witnesses = {id_: _make_witness(id_, of_one, begins, registry) for id_, of_one in meant.items()}
    stems: dict[tuple[object, ...], dict[str, DocumentKey]] = defaultdict(dict)
    laws: dict[str, dict[str, set[str]]] = defaultdict(lambda: defaultdict(set))
    plenums: dict[tuple[str | None, str, str | None], set[str]] = defaultdict(set)
    for id_, of_one in meant.items():
        for decision in of_one:
            reference, key = decision.reference, decision.key
            stems[key.stem][id_] = key
            year = find_year(reference)
            if reference.name and year and not reference.is_draft:
                laws[law_slug(reference)][year].add(id_)
            if is_numbered(reference):
                for plenum in witnesses[id_].plenums:
                    plenums[key.era, plenum, reference.type].add(id_)
    return CorpusIndex(stems, laws, plenums, witnesses)


def _make_witness(
    id_: str, of_one: Sequence[Decision], begins: Mapping[str, str], registry: Registry
) -> Witness:
    known = registry.find_document(id_)
    rows = [known] if known is not None and known.is_attested else []
    sayings: list[DocumentReference | KnownDocument] = [*(each.reference for each in of_one), *rows]
    dates = [stated.date for each in of_one for stated in each.reference.dates]
    era = of_one[0].key.era or ""
    return Witness(
        begin=min(dates, default=begins.get(era, era[:4] if era[:1].isdigit() else "")),
        titles=frozenset(each.title for each in sayings if each.title),
        plenums=frozenset(each.plenum for each in sayings if each.plenum),
    )


def _complete(decision: Decision, index: CorpusIndex) -> Decision:
    reference = decision.reference
    if is_numbered(reference):
        return decision if decision.key.is_full else _complete_number(decision, index)
    if reference.plenum:
        return _complete_plenum(decision, index)
    if reference.name and not reference.is_draft:
        return _complete_law(decision, index)
    return decision


def _complete_number(decision: Decision, index: CorpusIndex) -> Decision:
    key = decision.key
    found = [
        id_
        for id_, full in index.stems.get(key.stem, {}).items()
        if key.agrees_with(full) and index.witnesses[id_].may_be_cited(decision)
    ]
    known_besides = set(decision.candidates).difference(found)
    if len(found) == 1 and key.names_body and not known_besides:
        return decision.settle(found[0], "sole-candidate")
    return decision.leave_open(found)


def _complete_plenum(decision: Decision, index: CorpusIndex) -> Decision:
    """A titled resolution of a plenum is the numbered one of that plenum with that title."""
    reference = decision.reference
    if not (reference.title and reference.plenum):
        return decision
    passed = index.plenums.get((decision.key.era, reference.plenum, reference.type), ())
    witnesses = {id_: index.witnesses[id_] for id_ in passed}
    found = [id_ for id_, each in witnesses.items() if each.titles and each.may_be_cited(decision)]
    return decision.settle(found[0], "title") if len(found) == 1 else decision.leave_open(found)


def _complete_law(decision: Decision, index: CorpusIndex) -> Decision:
    """A law is the one known by number of its name and year; without a year it stays open.

    A law of a name is replaced every few years: the only one that a corpus dates need not be meant.
    """
    stated, published = find_year(decision.reference), decision.published or "9999"
    found = [
        id_
        for year, ids in index.laws.get(law_slug(decision.reference), {}).items()
        if (year == stated if stated else year <= published)
        for id_ in _prefer_numbered(ids)
    ]
    if stated and len(found) == 1 and found[0] != decision.id:
        return decision.settle(found[0], "alias")
    return decision.leave_open(found)


def _prefer_numbered(ids: Collection[str]) -> Collection[str]:
    return [id_ for id_ in ids if not id_.startswith(_LAWS_BY_NAME)] or ids
