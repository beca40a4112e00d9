"""Decides which document a reference stands for, as far as its own article and the registry tell.

Each reference gets the key that its article gives it. Where that is partial, another reference of
the article or the registry may complete it, but only to a sole candidate that agrees with
everything known; `completion` then asks the other articles. What stays open stands for its partial
key, with the candidates listed.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass, replace

from policygraph.linking.keys import (
    DocumentKey,
    find_issuer_code,
    find_year,
    list_type_codes,
    loosen_key,
    make_key,
)
from policygraph.model import Basis, Claims, Decided, DocumentReference, NameReference, Verdict
from policygraph.numbering import serial_key
from policygraph.registry import KnownDocument, Registry
from policygraph.titles import have_one_subject


@dataclass(frozen=True, slots=True)
class Decision:
    """What a reference is taken to stand for.

    Attributes:
        published: when its article was, ISO 8601, where that is known.
        partial: the key that the article alone gives.
        key: the key of the document it stands for, `partial` where nothing more is known.
        id: the document it stands for; the registry may know a law by number that `key` names.
        candidates: ids of documents that it may stand for, where that is open.
        rejected: the documents that a reviewer decided it does not stand for.
        decided_by: ids of the decisions that count here.
        former: documents that it would stand for, or might, had no reviewer merged them.
    """

    article: str
    published: str | None
    reference: DocumentReference
    partial: DocumentKey
    key: DocumentKey
    id: str
    basis: Basis
    candidates: tuple[str, ...] = ()
    rejected: tuple[Decided, ...] = ()
    decided_by: tuple[str, ...] = ()
    former: tuple[str, ...] = ()

    @property
    def is_open(self) -> bool:
        """Whether other articles may complete it."""
        return self.id == self.partial.id and self.basis != "review"

    @property
    def excluded(self) -> frozenset[str]:
        """The ids of the documents that it does not stand for."""
        return frozenset(document for document, _ in self.rejected)

    @property
    def is_witness(self) -> bool:
        """Whether its full key tells others what they may stand for."""
        return self.key.is_full and (self.basis != "review" or self.id == self.key.id)

    def settle(self, id_: str, basis: Basis) -> Decision:
        return replace(self, id=id_, basis=basis, candidates=())

    def accept(self, accepted: Decided) -> Decision:
        """What a reviewer decided that it stands for."""
        return replace(self.settle(accepted.value, "review"), decided_by=(accepted.by,))

    def leave_open(self, candidates: Iterable[str]) -> Decision:
        """The decision with its candidates: of several, none is chosen."""
        found = tuple(sorted({*candidates, *self.candidates} - {self.id}))
        basis = "ambiguous" if len(found) > 1 else self.basis
        return replace(self, basis=basis, candidates=found)


@dataclass(frozen=True, slots=True)
class _Context:
    """What deciding on a partial number needs of the rest of its article.

    Attributes:
        now: when the article was written: its publication, else the latest full date it cites.
        issuers: the bodies named as issuers, by document reference.
        full: the full keys that the article gives, by their stem.
    """

    now: str | None
    issuers: Mapping[str, Sequence[NameReference]]
    full: Mapping[tuple[object, ...], Set[DocumentKey]]
    registry: Registry


def decide_by_article(claims: Claims, registry: Registry) -> Iterator[Decision]:
    """A decision for each document reference of an article; names first, numbers rest on them."""
    names = {r.id: r for r in claims.references if isinstance(r, NameReference)}
    documents = [r for r in claims.references if isinstance(r, DocumentReference)]
    issuers = {r.id: [names[i] for i in r.issuers if i in names] for r in documents}
    verdicts = {verdict.reference: verdict for verdict in claims.verdicts}
    first: list[Decision] = []
    full: dict[tuple[object, ...], set[DocumentKey]] = defaultdict(set)
    for reference in documents:
        key = make_key(reference, issuers[reference.id], registry)
        first.append(_decide_first(claims, reference, key, verdicts.get(reference.id), registry))
        if first[-1].is_witness:
            full[first[-1].key.stem].add(first[-1].key)
    context = _Context(find_article_time(claims.published, documents), issuers, full, registry)
    for own in first:
        is_partial = is_numbered(own.reference) and not own.key.is_full and own.is_open
        yield _decide_numbered(own, context) if is_partial else own


def _decide_first(
    claims: Claims,
    reference: DocumentReference,
    key: DocumentKey,
    verdict: Verdict | None,
    registry: Registry,
) -> Decision:
    """What a reference by itself stands for: as a reviewer decided, or by its key, or its name."""
    rejected = verdict.rejected if verdict else ()
    if any(document == key.id for document, _ in rejected):
        key = loosen_key(key)
    basis = _find_basis(reference, key)
    own = Decision(
        claims.article, claims.published, reference, key, key, key.id, basis, rejected=rejected
    )
    if verdict and verdict.accepted and is_document(verdict.accepted.value):
        return own.accept(verdict.accepted)
    return own if is_numbered(reference) else _decide_named(own, registry)


def is_document(id_: str) -> bool:
    """Whether the id of a thing is that of a document."""
    return id_.startswith("document/")


def find_article_time(published: str | None, documents: Iterable[DocumentReference]) -> str | None:
    """When the article was written: its publication, else the latest full date it cites."""
    dates = [stated.date for reference in documents for stated in reference.dates]
    return published or max(dates, default=None)


def is_numbered(reference: DocumentReference) -> bool:
    """Whether a number counts, not a name: the bare number of a law is not its key."""
    number = reference.number
    return number is not None and (number.issuer is not None or reference.name is None)


def _find_basis(reference: DocumentReference, key: DocumentKey) -> Basis:
    if not key.is_full:
        return "partial"
    if not is_numbered(reference):
        return "named"
    if reference.dates:
        return "number-and-date"
    return "number-and-term" if reference.term else "number-and-issuer"


def _decide_named(own: Decision, registry: Registry) -> Decision:
    if own.reference.plenum:
        return _decide_plenum(own, registry)
    if own.reference.name and not own.reference.is_draft:
        return _decide_law(own, registry)
    return own


def _decide_numbered(own: Decision, context: _Context) -> Decision:
    """A partial number: told by its namesake in the article, its title, or the term in force."""
    full = {
        key.id: key
        for key in context.full.get(own.key.stem, ())
        if own.key.agrees_with(key) and key.id not in own.excluded
    }
    if len(full) == 1:
        (key,) = full.values()
        return replace(own.settle(key.id, "antecedent"), key=key)
    rows = [row for row in _list_known(own, context) if _existed(row, own.published)]
    attested = [row for row in rows if row.is_attested]
    reference = own.reference
    if titled := _sole(row for row in attested if share_title(reference, row)):
        return _complete(own, titled, "title")
    if passed := _sole(row for row in attested if reference.plenum == row.plenum is not None):
        return _complete(own, passed, "alias")
    if len(rows) == 1 and attested and _may_be_current(reference, rows[0], context):
        return _complete(own, rows[0], "registry")
    return own.leave_open({*full, *(row.id for row in attested)})


def _complete(own: Decision, known: KnownDocument, basis: Basis) -> Decision:
    """The decision for a row of the registry, whose key fills what is not known."""
    settled = own.settle(known.id, basis)
    era = known.term.lower() if known.term else (known.date or "")[:4] or None
    return replace(settled, key=replace(own.key, era=own.key.era or era))


def _sole(rows: Iterable[KnownDocument]) -> KnownDocument | None:
    found = list(rows)
    return found[0] if len(found) == 1 else None


def _list_known(own: Decision, context: _Context) -> list[KnownDocument]:
    """The registry's rows that agree with a partial key whose issuer is known."""
    reference, key = own.reference, own.key
    number = reference.number
    code = find_issuer_code(reference, context.issuers[reference.id], context.registry)
    if number is None or code is None or not key.has_body:
        return []
    rows = [
        row
        for type_ in list_type_codes(reference)
        for row in context.registry.documents_numbered(
            type_, serial_key(number), number.issuer or code.id
        )
    ]
    return [
        row
        for row in rows
        if key.era in (None, (row.term or (row.date or "")[:4]).lower())
        and row.id not in own.excluded
    ]


def share_title(reference: DocumentReference, known: KnownDocument) -> bool:
    """Whether a reference has the title that the registry knows, in some wording."""
    return bool(reference.title and known.title and have_one_subject(reference.title, known.title))


def _existed(known: KnownDocument, published: str | None) -> bool:
    return published is None or known.date is None or known.date <= published


def _may_be_current(reference: DocumentReference, known: KnownDocument, context: _Context) -> bool:
    """Whether a document is of the term in which the article was written, and no younger.

    It is not where both bear a title: then the titles have decided against it.
    """
    now = context.now
    if now is None or known.term is None or (known.date and known.date > now):
        return False
    is_other = reference.title is not None and known.title is not None
    return not is_other and known.term == context.registry.term_at(now)


def _decide_plenum(own: Decision, registry: Registry) -> Decision:
    """What a plenum passed may be several documents: the title chooses, or there is only one."""
    reference, plenum = own.reference, own.reference.plenum or ""
    terms = [reference.term] if reference.term else [term.id for term in registry.terms]
    rows = [
        row
        for term in terms
        for row in registry.documents_of_plenum(term, plenum, reference.type)
        if _existed(row, own.published) and row.id not in own.excluded
    ]
    attested = [row for row in rows if row.is_attested]
    if titled := _sole(row for row in attested if share_title(reference, row)):
        return _number_plenum(own, titled, "title")
    if reference.term is None or reference.title:
        return own
    if len(rows) == 1 and attested:
        return _number_plenum(own, rows[0], "alias")
    return own.leave_open(row.id for row in attested)


def _number_plenum(own: Decision, known: KnownDocument, basis: Basis) -> Decision:
    """The decision for a row of the registry; its id is the key of a central Party document."""
    _, _, body, era, *name = known.id.split("/")
    key = DocumentKey("party", body, "", era, tuple(name))
    return replace(own.settle(known.id, basis), key=key)


def _decide_law(own: Decision, registry: Registry) -> Decision:
    """A law of a year by name is the registry's law of that name and year, where it knows one."""
    year = find_year(own.reference)
    known = registry.law_titled(own.reference.name or "", int(year)) if year else None
    if known is not None and known.is_attested and known.id not in own.excluded:
        return own.settle(known.id, "alias")
    return own
