"""Documents as things: the preferred attributes of what several references stand for."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence

from policygraph.document_types import load_document_types
from policygraph.linking.documents import Decision
from policygraph.linking.keys import System
from policygraph.model import AttributeValue, DocumentReference, PolicyDocument
from policygraph.numbering import print_number
from policygraph.registry import KnownDocument, Registry

_SYSTEMS: dict[str, System] = {"dang": "party", "nn": "state", "tc": "mass"}


def make_document(
    id_: str, decisions: Sequence[Decision], values: Iterable[AttributeValue], registry: Registry
) -> PolicyDocument:
    """The document of an id: what articles say of it, and where they say nothing the registry.

    Of dates and issuers the preferred values count, as `values` weighs them; of other attributes
    the value in most articles. What stands for it by review alone may bear another number or title,
    and counts where nothing else does.
    """
    known = find_attested(id_, registry)
    decisions = [d for d in decisions if d.basis != "review"] or decisions
    type_ = _prefer((d.article, d.reference.type) for d in decisions)
    title = _prefer((d.article, d.reference.title) for d in decisions)
    plenum = _prefer((d.article, d.reference.plenum) for d in decisions)
    number = _find_number(decisions, known)
    preferred = [value for value in values if value.is_preferred]
    if known is not None:
        type_, title = type_ or known.type, title or known.title
        plenum = plenum or known.plenum
    return PolicyDocument(
        id_,
        _make_label(type_, number, [d.reference for d in decisions]),
        _SYSTEMS.get(id_.split("/")[1], "unknown"),
        type_,
        number,
        next((value.value for value in preferred if value.property == "date"), None),
        tuple(value.value for value in preferred if value.property == "issuedBy"),
        title,
        _find_term(id_),
        plenum,
        _prefer((d.article, d.reference.place) for d in decisions),
        any(d.reference.is_draft for d in decisions),
        known.source if known else None,
        tuple(sorted({signer for d in decisions for signer in d.reference.signers})),
    )


def find_attested(id_: str, registry: Registry) -> KnownDocument | None:
    """The registry's row of a document, where a source confirms it."""
    known = registry.find_document(id_)
    return known if known is not None and known.is_attested else None


def _prefer(values: Iterable[tuple[str, str | None]]) -> str | None:
    """The value of most articles; then of most references; then the longest, the least."""
    given = [(article, value) for article, value in values if value is not None]
    if len(given) < 2 or len({value for _, value in given}) < 2:
        return given[0][1] if given else None
    articles: dict[str, set[str]] = defaultdict(set)
    counted: Counter[str] = Counter()
    for article, value in given:
        articles[value].add(article)
        counted[value] += 1
    return min(counted, key=lambda v: (-len(articles[v]), -counted[v], -len(v), v))


def _find_number(decisions: Sequence[Decision], known: KnownDocument | None) -> str | None:
    """The canonical number: of those with an issuer the fullest, else the registry's, else any.

    Of one key the full ones differ by leading zeros and spellings only.
    """
    numbers = [d.reference.number for d in decisions if d.reference.number]
    full = {print_number(number) for number in numbers if number.issuer}
    if not full and known is not None:
        return known.number
    return max(sorted(full or map(print_number, numbers)), key=len, default=None)


def _make_label(
    type_: str | None, number: str | None, references: Sequence[DocumentReference]
) -> str:
    """ "Luật Đất đai 2013", "Nghị quyết 25-NQ/TW", or the words of a document without a number."""
    named = sorted(r.label for r in references if r.name)
    if named:
        return max(named, key=len)
    if number is not None:
        label = load_document_types()[type_].label if type_ else ""
        return f"{label} {number}".strip()
    return min((r.label for r in references), key=lambda label: (len(label), label))


def _find_term(id_: str) -> str | None:
    """The congress term in the id of a central Party document."""
    _, folder, body, *rest = id_.split("/")
    if folder != "dang" or not body.endswith("tw") or not rest or rest[0] == "_":
        return None
    return rest[0].upper()
