"""Completes what an article left open by what the other articles say.

A partial key is completed only to a sole document that agrees with all that is known, and only in
its era: the body behind a number comes from the article that cites it. What is open asks among the
documents of its family: those with its number, of its plenum, or with its law's name.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from policygraph.linking.documents import Decision, is_numbered
from policygraph.linking.keys import DocumentKey, find_year, law_slug
from policygraph.model import DocumentReference
from policygraph.registry import KnownDocument, Registry
from policygraph.ruling import Rulings
from policygraph.titles import have_one_subject

_LAWS_BY_NAME = "document/nn/luat/"
_ENCODER = json.JSONEncoder(ensure_ascii=False)


@dataclass(frozen=True, slots=True)
class Witness:
    """What the articles of a corpus, and the registry, say of one document.

    Attributes:
        begin: the first day attested, or the begin of its era; "" where neither is known.
        titles, plenums: sorted, each once.
    """

    begin: str
    titles: tuple[str, ...]
    plenums: tuple[str, ...]

    def may_be_cited(self, decision: Decision) -> bool:
        """Whether an article of that time may cite it, and under that title."""
        title, published = decision.reference.title, decision.published
        if published is not None and self.begin > published:
            return False
        if not title or not self.titles:
            return True
        return any(have_one_subject(title, other) for other in self.titles)


@dataclass(frozen=True, slots=True)
class Offer:
    """A document of a family, for what asks there.

    Attributes:
        key: its full key, where the family is that of a number.
        year: a year that a text gives it, where the family is that of a law's name.
    """

    id: str
    witness: Witness
    key: DocumentKey | None = None
    year: str | None = None


def find_family(decision: Decision) -> str | None:
    """Among which documents the one may be that a decision leaves open; None if among none."""
    reference = decision.reference
    if not decision.is_open:
        return None
    if is_numbered(reference):
        return None if decision.key.is_full else _name_numbered(decision.key)
    if reference.plenum:
        return _name_plenum(decision, reference.plenum) if reference.title else None
    if reference.name and not reference.is_draft:
        return _name_law(reference)
    return None


def list_offers(
    id_: str, of_one: Sequence[Decision], registry: Registry
) -> Iterator[tuple[str, Offer]]:
    """The families that a document belongs to, by all decisions for it whose keys are full."""
    if not of_one:
        return
    witness = _make_witness(id_, of_one, registry)
    keys = {_name_numbered(decision.key): decision.key for decision in of_one}
    for family, key in keys.items():
        yield family, Offer(id_, witness, key=key)
    for family, year in dict.fromkeys(_list_laws(of_one)):
        yield family, Offer(id_, witness, year=year)
    numbered = [decision for decision in of_one if is_numbered(decision.reference)]
    plenums = (_name_plenum(each, plenum) for each in numbered for plenum in witness.plenums)
    for family in dict.fromkeys(plenums):
        yield family, Offer(id_, witness)


def _list_laws(of_one: Iterable[Decision]) -> Iterator[tuple[str, str]]:
    """The family and year of each decision for a law by name that gives a year."""
    for decision in of_one:
        reference, year = decision.reference, find_year(decision.reference)
        if reference.name and year and not reference.is_draft:
            yield _name_law(reference), year


def _name_numbered(key: DocumentKey) -> str:
    return _ENCODER.encode(("number", *key.stem))


def _name_plenum(decision: Decision, plenum: str) -> str:
    parts = "plenum", decision.key.era, plenum, decision.reference.type
    return _ENCODER.encode(parts)


def _name_law(reference: DocumentReference) -> str:
    return json.dumps(("law", law_slug(reference)))


def _make_witness(id_: str, of_one: Sequence[Decision], registry: Registry) -> Witness:
    known = registry.find_document(id_)
    rows = [known] if known is not None and known.is_attested else []
    sayings: list[DocumentReference | KnownDocument] = [*(each.reference for each in of_one), *rows]
    dates = [stated.date for each in of_one for stated in each.reference.dates]
    return Witness(
        begin=min(dates, default=_begin_era(of_one[0].key.era or "", registry)),
        titles=tuple(sorted({each.title for each in sayings if each.title})),
        plenums=tuple(sorted({each.plenum for each in sayings if each.plenum})),
    )


def _begin_era(era: str, registry: Registry) -> str:
    """The first day of a term, or the first year of a cycle."""
    begins = (term.start for term in registry.terms if term.id.lower() == era)
    return next(begins, era[:4] if era[:1].isdigit() else "")


def complete(decision: Decision, offers: Sequence[Offer], rulings: Rulings) -> Decision:
    """An open decision with what the documents of its family add, but for those rejected."""
    offers = [offer for offer in offers if offer.id not in decision.excluded]
    if is_numbered(decision.reference):
        return _complete_number(decision, offers, rulings)
    if decision.reference.plenum:
        return _complete_plenum(decision, offers, rulings)
    return _complete_law(decision, offers, rulings)


def _complete_number(decision: Decision, offers: Iterable[Offer], rulings: Rulings) -> Decision:
    key = decision.key
    agreeing = (
        offer.id
        for offer in offers
        if offer.key and key.agrees_with(offer.key) and offer.witness.may_be_cited(decision)
    )
    found = _list_different(agreeing, rulings)
    known_besides = {*map(rulings.identify, decision.candidates)}
    known_besides.difference_update(map(rulings.identify, found))
    if len(found) == 1 and key.names_body and not known_besides:
        return decision.settle(found[0], "sole-candidate")
    return decision.leave_open(found)


def _complete_plenum(decision: Decision, offers: Iterable[Offer], rulings: Rulings) -> Decision:
    """A titled resolution of a plenum is the numbered one of that plenum with that title."""
    witnesses = ((offer.id, offer.witness) for offer in offers)
    titled = (id_ for id_, each in witnesses if each.titles and each.may_be_cited(decision))
    found = _list_different(titled, rulings)
    return decision.settle(found[0], "title") if len(found) == 1 else decision.leave_open(found)


def _complete_law(decision: Decision, offers: Iterable[Offer], rulings: Rulings) -> Decision:
    """A law is the one known by number of its name and year; without a year it stays open.

    A law of a name is replaced every few years: the only one that a corpus dates need not be meant.
    """
    stated, published = find_year(decision.reference), decision.published or "9999"
    laws: dict[str, list[str]] = defaultdict(list)
    for offer in offers:
        laws[offer.year or ""].append(offer.id)
    of_then = (
        id_
        for year, ids in laws.items()
        if (year == stated if stated else year <= published)
        for id_ in _prefer_numbered(ids)
    )
    found = _list_different(of_then, rulings)
    if stated and len(found) == 1 and found[0] != decision.id:
        return decision.settle(found[0], "alias")
    return decision.leave_open(found)


def _list_different(ids: Iterable[str], rulings: Rulings) -> list[str]:
    """The documents, of those that reviewers merged the one that they are, or the first."""
    found: dict[str, str] = {}
    for id_ in ids:
        one = rulings.identify(id_)
        found[one] = id_ if id_ == one else found.get(one, id_)
    return list(found.values())


def _prefer_numbered(ids: list[str]) -> list[str]:
    return [id_ for id_ in ids if not id_.startswith(_LAWS_BY_NAME)] or ids
