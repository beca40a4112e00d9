"""The key of a document: what tells it from every other, as far as one text gives it.

A number is not an identity. A Party number restarts with every term of its committee, a State
number with every year; a local code ("TU", "UBND") is a body only with its place. What a text does
not say is unknown, and "_" in the id.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Literal

from policygraph.decision import DistinctionProperty
from policygraph.document_types import load_document_types
from policygraph.linking.seats import find_congress_seat, find_seat
from policygraph.model import DocumentReference, NameReference, StatedDate
from policygraph.numbering import DocumentNumber, serial_key
from policygraph.registry import IssuerCode, Registry
from policygraph.span import Span
from policygraph.text import make_slug

System = Literal["party", "state", "mass", "unknown"]

_LAW, _CENTRE = "luat", "TW"
_YEAR = re.compile(r"\d{4}")
_LENGTH_WITHOUT_PLACE = 3  # era, type and serial behind a body that needs no place
_FOLDERS = {"party": "dang", "state": "nn", "mass": "tc", "unknown": "_"}


@dataclass(frozen=True, slots=True)
class DocumentKey:
    """The parts that identify a document.

    Attributes:
        body: slug of the issuer code ("tw", "tu", "ttg"), of the issuer's name where it has no
            code, or of what a document is called by ("luat"); None where nothing tells the issuer.
        place: id of the province, with the slug of what is below it ("vinh-phuc/huyen-yen-lac");
            "" for a body that needs none.
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
        """The path under `{base}`; unknown parts are "_", but for a mass organisation's place."""
        place = "" if self.system == "mass" and self.place is None else self.place
        head = [_FOLDERS[self.system], self.body, place, self.era]
        parts = [part if part is not None else "_" for part in (*head, *self.name) if part != ""]
        return "/".join(["document", *parts])

    @property
    def is_full(self) -> bool:
        return self.era is not None and self.has_body

    @property
    def has_body(self) -> bool:
        """Whether the issuing body is known, with its place where it needs one."""
        known = self.system != "unknown" and self.body is not None and self.place is not None
        return known and "_" not in (self.place or "").split("/")

    @property
    def stem(self) -> tuple[object, ...]:
        """What a partial key and its completions have in common whatever is unknown."""
        return self.system, self.body, self.name

    @property
    def names_body(self) -> bool:
        """Whether the body is named, be it a district's whose province is not."""
        province, _, below = (self.place or "").partition("/")
        return self.has_body or (province == "_" and below not in ("", "_"))

    def agrees_with(self, other: DocumentKey) -> bool:
        """Whether nothing that both keys know differs."""
        eras = self.era is None or other.era is None or self.era == other.era
        return self.stem == other.stem and eras and _may_be_one(self.place, other.place)


def loosen_key(key: DocumentKey) -> DocumentKey:
    """The key as if its text did not tell the term, cycle or year; itself where it has none."""
    if key.era:
        return replace(key, era=None)
    if key.body == _LAW:
        return replace(key, name=tuple(part for part in key.name if not _YEAR.fullmatch(part)))
    return key


def tell_apart(
    key: DocumentKey, property_: DistinctionProperty, value: str, registry: Registry
) -> DocumentKey | None:
    """The key of another document of the number, by what is true of that; None if it tells nothing.

    Args:
        value: a day or year, ISO 8601; a congress term in Roman numerals; the name of a province.
    """
    if property_ == "place":
        place = registry.find_place(value)
        other = _move(key, place.id if place else make_slug(value))
    else:
        other = _move_in_time(key, _tell_time(property_, value), registry)
    return None if other.id == key.id else other


def _move(key: DocumentKey, province: str) -> DocumentKey:
    """The key in another province; itself for a body that needs no place."""
    if key.place == "":
        return key
    below = (key.place or "").split("/")[1:]
    return replace(key, place="/".join([province, *below]))


def _tell_time(property_: DistinctionProperty, value: str) -> DocumentReference:
    match property_:
        case "date":
            return DocumentReference("", "", dates=(StatedDate(value, Span(0, 1)),))
        case "year":
            return DocumentReference("", "", year=int(value))
    return DocumentReference("", "", term=value.upper())


def _move_in_time(key: DocumentKey, told: DocumentReference, registry: Registry) -> DocumentKey:
    """The key of another term, cycle or year; itself where these are not told."""
    if key.body == _LAW:
        year = find_year(told)
        slug, *tail = (part for part in key.name if not _YEAR.fullmatch(part))
        return replace(key, name=(slug, year, *tail)) if year else key
    era = _find_era(told, (key.body or "").upper(), key.system, key.place, registry)
    return replace(key, era=era or key.era)


def _may_be_one(mine: str | None, theirs: str | None) -> bool:
    """Whether two places may be the same: what one does not know does not count."""
    if mine is None or theirs is None or mine == theirs:
        return True
    parts, others = mine.split("/"), theirs.split("/")
    pairs = zip(parts, others, strict=False)
    return len(parts) == len(others) and all(a == b or "_" in (a, b) for a, b in pairs)


def find_body(id_: str) -> str:
    """The body in a document's id: a code's slug, of joint ones the first; "luat"; or "_"."""
    return id_.split("/")[2].partition("-")[0]


def read_local_key(id_: str, registry: Registry) -> tuple[str | None, str | None]:
    """The local code in a document's id ("TU") and its province, as far as the id has them."""
    codes = {make_slug(code): code for code in registry.local_codes()}
    _, _, body, *rest = id_.split("/")
    code = codes.get(body)
    place = rest[0] if rest and (code or len(rest) > _LENGTH_WITHOUT_PLACE) else None
    return code, None if place == "_" else place


def list_central_bodies(registry: Registry) -> frozenset[str]:
    """What `find_body` gives for documents of the centre: the National Assembly's laws as well."""
    return frozenset(
        {_LAW, *(make_slug(code).partition("-")[0] for code in registry.central_codes())}
    )


def make_key(
    reference: DocumentReference, issuers: Sequence[NameReference], registry: Registry
) -> DocumentKey:
    """The key that a text itself gives a document, by its number before its name."""
    number = reference.number
    if number is not None and (number.issuer or reference.name is None):
        return _key_number(reference, number, issuers, registry)
    if reference.plenum is not None:
        return _key_plenum(reference)
    if reference.congress is not None:
        return _key_congress(reference, registry)
    return _key_law(reference)


def find_issuer_code(
    reference: DocumentReference, issuers: Sequence[NameReference], registry: Registry
) -> IssuerCode | None:
    """The issuer code in the number, else that of the body named as issuer, or of its plenum."""
    if reference.number and reference.number.issuer:
        return registry.issuer(reference.number.issuer)
    found = [registry.issuer_named(issuer.label) for issuer in issuers]
    named = next((code for code in found if code is not None), None)
    is_central = reference.plenum or reference.is_central or _is_of_term(reference, registry)
    return named or (registry.issuer(_CENTRE) if is_central else None)


def _is_of_term(reference: DocumentReference, registry: Registry) -> bool:
    """Whether a bare number is known as one of the Centre's in the congress term that is named."""
    if reference.term is None or reference.number is None or reference.issuers:
        return False
    serial = serial_key(reference.number)
    types = list_type_codes(reference)
    rows = (row for t in types for row in registry.documents_numbered(t, serial, _CENTRE))
    return any(row.term == reference.term for row in rows)


def list_type_codes(reference: DocumentReference) -> tuple[str, ...]:
    """The type code in the number, else those of its type, the usual one first."""
    if reference.number and reference.number.type:
        return (reference.number.type,)
    return load_document_types()[reference.type].codes if reference.type else ()


def law_slug(reference: DocumentReference) -> str:
    """What a law is called by, whatever its year."""
    return make_slug((reference.name or reference.label).removesuffix(" (sửa đổi)"))


def find_year(reference: DocumentReference) -> str | None:
    """The year that number, designator, or date give."""
    year = (reference.number.year if reference.number else None) or reference.year
    return str(year) if year else reference.dates[0].date[:4] if reference.dates else None


def _key_number(
    reference: DocumentReference,
    number: DocumentNumber,
    issuers: Sequence[NameReference],
    registry: Registry,
) -> DocumentKey:
    code = find_issuer_code(reference, issuers, registry)
    if number.style == "letter" and code is not None and code.system == "state":
        number, code = _tell_party(number, code, issuers, registry)
    draft = ("du-thao",) if reference.is_draft else ()
    if number.style == "assembly" and number.issuer:
        return _key_assembly(number, number.issuer, draft)
    types = list_type_codes(reference)[:1]
    name = (*map(make_slug, (*types, serial_key(number))), *draft)
    if code is None and number.issuer is None:
        body = make_slug(issuers[0].label) if issuers else None
        return DocumentKey("unknown", body, "", find_year(reference), name)
    body = _spell_code(number.issuer, registry) if number.issuer else code.id if code else ""
    system = code.system if code else "party" if number.style == "party" else "state"
    place = find_seat(reference, code, issuers, registry)
    era = _find_era(reference, body, system, place, registry)
    return DocumentKey(system, make_slug(body), place, era, name)


def _tell_party(
    number: DocumentNumber,
    code: IssuerCode,
    issuers: Sequence[NameReference],
    registry: Registry,
) -> tuple[DocumentNumber, IssuerCode]:
    """A number whose code a ministry and the Party share, by the issuer that the text names.

    "Nghị quyết 08/BCT của Bộ Chính trị"; BCT in State numbers is Bộ Công Thương.
    """
    for issuer in issuers:
        named = registry.issuer_named(issuer.label)
        if named is not None and named.system == "party":
            return replace(number, issuer=None, style="bare"), named
    return number, code


def _spell_code(issuer: str, registry: Registry) -> str:
    """An issuer code, each of joint ones, as the vocabulary spells it ("BGD&ĐT" as "BGDĐT")."""
    rows = [(part, registry.issuer(part)) for part in issuer.split("-")]
    return "-".join(row.id if row and part in row.spellings else part for part, row in rows)


def _find_era(
    reference: DocumentReference, body: str, system: System, place: str | None, registry: Registry
) -> str | None:
    """The term, cycle or year in which a number is unique, as far as the text gives it."""
    if system != "party":
        return find_year(reference)
    dates = [stated.date for stated in reference.dates]
    if body.endswith("TW"):
        dated = next(filter(None, map(registry.term_at, dates)), None)
        term = reference.term or dated or registry.term_of_year(reference.year)
        return term.lower() if term else None
    if dates:
        return registry.cycle_at(dates[0], place)
    return reference.term.lower() if reference.term else None


def _key_assembly(number: DocumentNumber, issuer: str, draft: tuple[str, ...]) -> DocumentKey:
    """The National Assembly's laws and resolutions share one sequence, typed or not."""
    body = issuer.rstrip("0123456789")
    types = (number.type,) if number.type and body != "QH" else ()
    name = (*map(make_slug, (*types, serial_key(number))), *draft)
    year = str(number.year) if number.year else None
    return DocumentKey("state", f"{make_slug(body)}/{issuer[len(body) :]}", "", year, name)


def _key_plenum(reference: DocumentReference) -> DocumentKey:
    name = [f"hội nghị {reference.plenum}", *list_type_codes(reference)[:1]]
    term = reference.term.lower() if reference.term else None
    return DocumentKey("party", "tw", "", term, tuple(map(make_slug, name)))


def _key_congress(reference: DocumentReference, registry: Registry) -> DocumentKey:
    """A congress is known for its resolution; another document of it bears its type."""
    codes = list_type_codes(reference)[:1]
    name = ("dai-hoi", *(make_slug(code) for code in codes if code != "NQ"))
    if reference.term:
        return DocumentKey("party", "tw", "", reference.term.lower(), name)
    body, era = _split_congress(reference.congress or "")
    code, place = find_congress_seat(body, reference.place, registry)
    if code is None:
        return DocumentKey("unknown", make_slug(body) or None, place or "", era, name)
    return DocumentKey(code.system, make_slug(code.id), place, era, name)


_ERA = re.compile(r"(?:^| )([IVXL]+|\d{4}-\d{4})$")


def _split_congress(congress: str) -> tuple[str, str | None]:
    """The body that met, and its ordinal or the years of its term, as far as they are given."""
    era = _ERA.search(congress)
    if era is None:
        return congress, None
    return congress[: era.start()], make_slug(era[1])


def _key_law(reference: DocumentReference) -> DocumentKey:
    tail = ("du-thao",) if reference.is_draft else ()
    year = find_year(reference)
    years = (year,) if year else ()
    return DocumentKey("state", _LAW, "", "", (law_slug(reference), *years, *tail))
