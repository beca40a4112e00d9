"""Keys of documents: what tells one document from every other, and the id made from it.

A number is not an identity: Party numbers restart with every committee term, State numbers with
every year. The parts of a key stand in the order of its id (DESIGN, "Identity"); a part that is
not known is None, written "_".
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Literal

from policygraph.document_types import load_document_types
from policygraph.model import DocumentReference, NameReference
from policygraph.numbering import DocumentNumber, serial_key
from policygraph.registry import IssuerCode, Registry
from policygraph.text import make_slug

System = Literal["party", "state", "mass", "unknown"]

_FOLDERS = {"party": "dang", "state": "nn", "mass": "tc", "unknown": "_"}
_CENTRAL = ("TW", "HNTW")


@dataclass(frozen=True, slots=True)
class DocumentKey:
    """The parts that identify a document.

    Attributes:
        body: slug of the issuer code ("tw", "tu", "ttg"), or of what a document is called by
            ("luat"); None where nothing tells the issuer.
        place: id of the province; "" for a body that needs none.
        era: congress term, five-year cycle, or year; "" for what needs none.
        name: what is left, most general first: (type, serial), or the words of a name.
    """

    system: System
    body: str | None
    place: str | None
    era: str | None
    name: tuple[str, ...]

    @property
    def id(self) -> str:
        """The path under `{base}`; unknown parts are "_"."""
        head = [_FOLDERS[self.system], self.body, self.place, self.era]
        parts = [part if part is not None else "_" for part in (*head, *self.name) if part != ""]
        return "/".join(["document", *parts])

    @property
    def is_full(self) -> bool:
        return None not in (self.body, self.place, self.era) and self.system != "unknown"

    @property
    def stem(self) -> tuple[object, ...]:
        """What a partial key and its completions have in common whatever is unknown."""
        return self.system, self.body, self.name

    def agrees_with(self, other: DocumentKey) -> bool:
        """Whether nothing that both keys know differs."""
        return self.stem == other.stem and all(
            mine is None or theirs is None or mine == theirs
            for mine, theirs in ((self.place, other.place), (self.era, other.era))
        )


def make_key(
    reference: DocumentReference, issuers: Sequence[NameReference], registry: Registry
) -> DocumentKey:
    """The key that a text itself gives a document, by its number before its name."""
    number = reference.number
    if number is not None and reference.name is None:
        return _key_number(reference, number, issuers, registry)
    if number is not None and number.issuer:
        return _key_number(reference, number, issuers, registry)
    if reference.plenum is not None:
        return _key_plenum(reference)
    if reference.congress is not None:
        return _key_congress(reference)
    return _key_law(reference)


def find_issuer_code(
    number: DocumentNumber, issuers: Sequence[NameReference], registry: Registry
) -> IssuerCode | None:
    """The issuer code in the number, else that of the body named as issuer."""
    if number.issuer:
        return registry.issuer(number.issuer)
    found = [registry.issuer_named(issuer.label) for issuer in issuers]
    return next((code for code in found if code is not None), None)


def _key_number(
    reference: DocumentReference,
    number: DocumentNumber,
    issuers: Sequence[NameReference],
    registry: Registry,
) -> DocumentKey:
    code = find_issuer_code(number, issuers, registry)
    issuer = number.issuer or (code.id if code else None)
    if number.style == "assembly" and issuer is not None:
        return _key_assembly(number, issuer)
    type_ = number.type or _usual_code(reference.type)
    name = tuple(make_slug(part) for part in (type_, serial_key(number)) if part)
    if issuer is None:
        return DocumentKey("unknown", None, "", _year(reference), name)
    system = _find_system(number, code)
    is_local = code.is_local if code else False
    place = reference.place if is_local else ""
    era = find_era(reference, issuer, system, registry)
    return DocumentKey(system, make_slug(issuer), place, era, name)


def _find_system(number: DocumentNumber, code: IssuerCode | None) -> System:
    if code is not None:
        return code.system
    return "party" if number.style == "party" else "state"


def find_era(
    reference: DocumentReference, issuer: str, system: System, registry: Registry
) -> str | None:
    """The term, cycle or year in which a number is unique, as far as the text gives it."""
    dates = [stated.date for stated in reference.dates]
    if system != "party":
        return _year(reference)
    if issuer.endswith("TW"):
        term = reference.term or next(filter(None, map(registry.term_at, dates)), None)
        return term.lower() if term else None
    return registry.cycle_at(dates[0]) if dates else None


def _year(reference: DocumentReference) -> str | None:
    year = reference.number.year if reference.number else None
    if year or reference.year:
        return str(year or reference.year)
    return reference.dates[0].date[:4] if reference.dates else None


def _key_assembly(number: DocumentNumber, issuer: str) -> DocumentKey:
    body = issuer.rstrip("0123456789")
    term = issuer[len(body) :]
    name = tuple(make_slug(part) for part in (number.type, serial_key(number)) if part)
    year = str(number.year) if number.year else None
    return DocumentKey("state", f"{make_slug(body)}/{term}", "", year, name)


def _key_plenum(reference: DocumentReference) -> DocumentKey:
    plenum = make_slug(f"hội nghị {reference.plenum}")
    code = _usual_code(reference.type)
    name = (plenum, make_slug(code)) if code else (plenum,)
    return DocumentKey("party", "tw", "", reference.term.lower() if reference.term else None, name)


def _key_congress(reference: DocumentReference) -> DocumentKey:
    if reference.term:
        return DocumentKey("party", "tw", "", reference.term.lower(), ("dai-hoi",))
    body, _, ordinal = (reference.congress or "").rpartition(" ")
    name = (make_slug(body), make_slug(ordinal))
    return DocumentKey("party", "dai-hoi", reference.place or "", "", name)


def _key_law(reference: DocumentReference) -> DocumentKey:
    name = (reference.name or reference.label).removesuffix(" (sửa đổi)")
    tail = ("du-thao",) if reference.is_draft else ()
    year = (str(reference.year),) if reference.year else ()
    return DocumentKey("state", "luat", "", "", (make_slug(name), *year, *tail))


def _usual_code(type_: str | None) -> str | None:
    codes = load_document_types()[type_].codes if type_ else ()
    return codes[0] if codes else None


def with_era(key: DocumentKey, era: str) -> DocumentKey:
    return replace(key, era=era)
