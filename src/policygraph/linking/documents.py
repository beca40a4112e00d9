"""Decides which document a reference stands for: first by its article, then by the corpus.

Each reference gets the key that its article gives it. Where that is partial, what else the article
says, the registry, and then the other articles may complete it, but only to a sole candidate that
agrees with everything known; otherwise the reference stands for its partial key, with the
candidates listed.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from policygraph.document_types import load_document_types
from policygraph.linking.keys import DocumentKey, make_key, with_era
from policygraph.model import Basis, Claims, DocumentReference, NameReference
from policygraph.numbering import serial_key
from policygraph.references import fold_title, have_common_title
from policygraph.registry import KnownDocument, Registry


@dataclass(frozen=True, slots=True)
class Decision:
    """What a reference is taken to stand for.

    Attributes:
        partial: the key that the article alone gives.
        id: the document it stands for, `partial.id` where nothing more is known.
        candidates: ids of documents that it may stand for, where it is ambiguous.
    """

    article: str
    reference: DocumentReference
    partial: DocumentKey
    id: str
    basis: Basis
    candidates: tuple[str, ...] = ()


def decide_documents(claims: Sequence[Claims], registry: Registry) -> list[Decision]:
    """A decision for each document reference of the corpus, in the order of the claims."""
    decisions = [decision for each in claims for decision in _decide_in_article(each, registry)]
    index = CorpusIndex.build(decisions, registry)
    return [index.complete(decision) for decision in decisions]


def _decide_in_article(claims: Claims, registry: Registry) -> Iterator[Decision]:
    names = {r.id: r for r in claims.references if isinstance(r, NameReference)}
    documents = [r for r in claims.references if isinstance(r, DocumentReference)]
    now = find_article_time(claims.published, documents)
    for reference in documents:
        issuers = [names[i] for i in reference.issuers if i in names]
        key = make_key(reference, issuers, registry)
        yield _decide_by_registry(claims.article, reference, key, now, registry)


def find_article_time(published: str | None, documents: Iterable[DocumentReference]) -> str | None:
    """When the article was written: its publication, else the latest full date it cites."""
    dates = [stated.date for reference in documents for stated in reference.dates]
    return published or max(dates, default=None)


def _decide_by_registry(
    article: str,
    reference: DocumentReference,
    key: DocumentKey,
    now: str | None,
    registry: Registry,
) -> Decision:
    """A full key stands for itself; else what the registry knows may complete it."""
    if reference.plenum and not _is_numbered(reference):
        return _decide_plenum(article, reference, key, registry)
    if reference.name and not _is_numbered(reference):
        return _decide_law(article, reference, key, registry)
    if key.is_full or reference.number is None:
        return Decision(article, reference, key, key.id, _find_basis(reference, key))
    known = [k for k in _list_known(reference, key, registry) if _may_be(reference, k)]
    titled = [k for k in known if _share_title(reference, k)]
    if len(titled) == 1:
        return Decision(article, reference, key, titled[0].id, "title")
    current = [k for k in known if k.is_attested and _is_current(k, now, registry)]
    if len(current) == 1 and not reference.title:
        return Decision(article, reference, key, current[0].id, "registry")
    candidates = tuple(sorted(k.id for k in known))
    return Decision(article, reference, key, key.id, "partial", candidates)


def _is_numbered(reference: DocumentReference) -> bool:
    return reference.number is not None and reference.number.issuer is not None


def _find_basis(reference: DocumentReference, key: DocumentKey) -> Basis:
    if not key.is_full:
        return "partial"
    if reference.number is None:
        return "named"
    if reference.dates:
        return "number-and-date"
    return "number-and-term" if reference.term else "number-and-issuer"


def _list_known(
    reference: DocumentReference, key: DocumentKey, registry: Registry
) -> tuple[KnownDocument, ...]:
    number = reference.number
    if number is None or key.body is None or key.place is None:
        return ()
    issuer = number.issuer or ("TW" if key.body == "tw" else None)
    type_ = load_document_types()[reference.type] if reference.type else None
    codes = (number.type,) if number.type else type_.codes if type_ else ()
    if issuer is None:
        return ()
    found: dict[str, KnownDocument] = {}
    for code in codes:
        for known in registry.documents_numbered(code, serial_key(number), issuer):
            found[known.id] = known
    return tuple(found.values())


def _may_be(reference: DocumentReference, known: KnownDocument) -> bool:
    return not (reference.type and known.type) or reference.type == known.type


def _share_title(reference: DocumentReference, known: KnownDocument) -> bool:
    return bool(reference.title and known.title and have_common_title(reference.title, known.title))


def _is_current(known: KnownDocument, now: str | None, registry: Registry) -> bool:
    """Whether a document is of the term in which the article was written, and older than it."""
    if now is None or known.date is None or known.date > now:
        return False
    return known.term is not None and known.term == registry.term_at(now)


def _decide_plenum(
    article: str, reference: DocumentReference, key: DocumentKey, registry: Registry
) -> Decision:
    """What a plenum passed may be several documents: the title chooses, or there is only one."""
    if reference.term is None or reference.plenum is None:
        return Decision(article, reference, key, key.id, "partial")
    known = registry.documents_of_plenum(reference.term, reference.plenum, reference.type)
    titled = [k for k in known if _share_title(reference, k)]
    if len(titled) == 1:
        return Decision(article, reference, key, titled[0].id, "title")
    if len(known) == 1 and known[0].is_attested and not reference.title:
        return Decision(article, reference, key, known[0].id, "alias")
    basis: Basis = "ambiguous" if len(known) > 1 and not reference.title else "named"
    candidates = tuple(sorted(k.id for k in known)) if basis == "ambiguous" else ()
    return Decision(article, reference, key, key.id, basis, candidates)


def _decide_law(
    article: str, reference: DocumentReference, key: DocumentKey, registry: Registry
) -> Decision:
    """A law of a year by name is the registry's law of that title and year, where it knows one."""
    if reference.year and not reference.is_draft:
        known = registry.law_titled(reference.name or "", reference.year)
        if known is not None and known.is_attested:
            return Decision(article, reference, key, known.id, "alias")
    return Decision(article, reference, key, key.id, "named")


@dataclass(frozen=True, slots=True)
class CorpusIndex:
    """The full keys of the corpus, with the titles and names they bear in any article."""

    keys: Mapping[tuple[object, ...], Mapping[str, DocumentKey]]
    titles: Mapping[str, frozenset[str]]
    laws: Mapping[tuple[str, int], frozenset[str]]
    plenums: Mapping[tuple[str | None, str | None], frozenset[str]]
    registry: Registry = field(repr=False)

    @staticmethod
    def build(decisions: Iterable[Decision], registry: Registry) -> CorpusIndex:
        keys: dict[tuple[object, ...], dict[str, DocumentKey]] = defaultdict(dict)
        titles: dict[str, set[str]] = defaultdict(set)
        laws: dict[tuple[str, int], set[str]] = defaultdict(set)
        plenums: dict[tuple[str | None, str | None], set[str]] = defaultdict(set)
        for decision in decisions:
            reference, key = decision.reference, decision.partial
            if decision.id != key.id:
                key = _key_of_known(key, decision.id, registry)
            if not key.is_full:
                continue
            keys[key.stem][decision.id] = key
            if reference.title:
                titles[decision.id].add(fold_title(reference.title))
            if _is_numbered(reference) and reference.name and reference.year:
                laws[fold_title(reference.name), reference.year].add(decision.id)
            if _is_numbered(reference) and key.body == "tw":
                plenums[key.era, reference.type].add(decision.id)
        return CorpusIndex(
            {stem: dict(found) for stem, found in keys.items()},
            {id_: frozenset(found) for id_, found in titles.items()},
            {law: frozenset(found) for law, found in laws.items()},
            {plenum: frozenset(found) for plenum, found in plenums.items()},
            registry,
        )

    def complete(self, decision: Decision) -> Decision:
        """The decision with what other articles add, where the article left it open."""
        reference = decision.reference
        if decision.id != decision.partial.id:
            return decision
        if reference.plenum and not _is_numbered(reference):
            return self._complete_plenum(decision)
        if reference.name and not _is_numbered(reference) and reference.year:
            found = self.laws.get((fold_title(reference.name), reference.year), frozenset())
            return _settle(decision, found, "alias")
        if decision.partial.is_full or reference.number is None:
            return decision
        found = frozenset(
            id_
            for id_, key in self.keys.get(decision.partial.stem, {}).items()
            if decision.partial.agrees_with(key) and self._may_bear(id_, reference.title)
        )
        return _settle(decision, found, "sole-candidate")

    def _complete_plenum(self, decision: Decision) -> Decision:
        """A titled plenum resolution is the numbered one of its term with that title."""
        reference = decision.reference
        if not (reference.title and reference.term):
            return decision
        title = reference.title
        found = frozenset(
            id_
            for id_ in self.plenums.get((reference.term.lower(), reference.type), ())
            if any(have_common_title(title, other) for other in self.titles.get(id_, ()))
        )
        return _settle(decision, found, "title")

    def _may_bear(self, id_: str, title: str | None) -> bool:
        """Whether a document may have a title: none is known of it, or one in common."""
        titles = self.titles.get(id_, frozenset())
        known = self.registry.find_document(id_)
        if known is not None and known.title:
            titles |= {known.title}
        if not title or not titles:
            return True
        return any(have_common_title(title, other) for other in titles)


def _settle(decision: Decision, found: frozenset[str], basis: Basis) -> Decision:
    """One candidate decides; several leave the partial key, and are listed."""
    article, reference, partial = decision.article, decision.reference, decision.partial
    if len(found) == 1:
        return Decision(article, reference, partial, next(iter(found)), basis)
    if not found:
        return decision
    candidates = tuple(sorted(found | set(decision.candidates)))
    return Decision(article, reference, partial, partial.id, "ambiguous", candidates)


def _key_of_known(key: DocumentKey, id_: str, registry: Registry) -> DocumentKey:
    """The full key of the registry's document that completes a partial one."""
    known = registry.find_document(id_)
    return with_era(key, known.term.lower()) if known and known.term else key
