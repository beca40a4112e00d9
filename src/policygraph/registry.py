"""What is known beforehand: documents, organisations, campaigns, places, congress terms.

The rows are CSV files under data/registry, each row one thing with its source; issuer codes are
data/vocab/issuers.toml. The registry looks up, it never decides: several rows come back where
several fit, none where a name is ambiguous, and a row that no source confirms says so
(`KnownDocument.is_attested`).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from functools import cache, lru_cache
from typing import Literal, TypeVar

from policygraph.errors import DataError
from policygraph.lexicon import Row, load_rows
from policygraph.numbering import DocumentNumber, parse_number, print_number, serial_key
from policygraph.resources import data_file
from policygraph.table import read_table
from policygraph.text import fold_name, tidy

_NAMES_KEPT = 50_000  # the same ones recur in every article of a corpus

Confidence = Literal["attested", "partly-attested", "lead", "recalled"]


@dataclass(frozen=True, slots=True)
class KnownDocument:
    """A document that the registry knows.

    Attributes:
        id: path under `{base}` ("document/dang/tw/xi/nq/25").
        number: canonical ("25-NQ/TW"); `type_code` is the code in it, None in "10/2022/QH15".
        type: id of the document type ("nghi-quyet"), None where "QĐ" leaves it open.
        term: congress term of a central Party document ("XI").
        plenum: the plenum that passed it ("7", "6 (lần 2)").
        confidence: "attested" where a source gives number and full date together,
            "partly-attested" number and month or subject (the day may be wrong), "lead" one weak
            source, "recalled" none: such a row only shows that a name is ambiguous.
    """

    id: str
    number: str
    type_code: str | None
    type: str | None
    date: str | None
    issuers: tuple[str, ...]
    term: str | None
    plenum: str | None
    title: str | None
    aliases: tuple[str, ...]
    confidence: Confidence
    source: str

    @property
    def is_attested(self) -> bool:
        """Whether a link may rest on this row."""
        return self.confidence in ("attested", "partly-attested")


@dataclass(frozen=True, slots=True)
class KnownOrganisation:
    """A body with a name of its own, at the centre; provincial bodies come from their place.

    Attributes:
        ambiguous: what others are called too ("Đoàn", "BCT"): never enough to name it.
        part_of, successor: full name of the body above it; of what took its place.
        valid_from, valid_to: first and last day, ISO 8601, or the year alone.
    """

    id: str
    name: str
    aliases: tuple[str, ...]
    ambiguous: tuple[str, ...]
    part_of: str | None
    valid_from: str | None
    valid_to: str | None
    successor: str | None
    source: str


@dataclass(frozen=True, slots=True)
class KnownCampaign:
    """A campaign; `type` is the slug of its cue word ("phong-trao-thi-dua", "cuoc-van-dong")."""

    id: str
    name: str
    type: str
    aliases: tuple[str, ...]
    launched_by: str | None
    source: str


@dataclass(frozen=True, slots=True)
class Place:
    """A province or centrally run city of those until 30 June 2025.

    Attributes:
        id: slug of the name ("ha-noi").
        party_committee: full name ("Thành ủy Hà Nội").
        became: id of the place whose name its area bears now.
        valid_to: the last day of a province that was merged with others; where `became` is its own
            id, another province bears its name since.
    """

    id: str
    name: str
    kind: Literal["tỉnh", "thành phố"]
    aliases: tuple[str, ...]
    party_committee: str
    became: str
    valid_to: str | None
    source: str


@dataclass(frozen=True, slots=True)
class Term:
    """A congress term: from the day after its congress closed to the closing day of the next.

    Source of the rule: Hướng dẫn 36-HD/VPTW, II.1.3. `end` is None while the term runs.
    """

    id: str
    start: str
    end: str | None
    source: str


@dataclass(frozen=True, slots=True, kw_only=True)
class IssuerCode(Row):
    """A code that stands last in a document number; its `id` is the code itself.

    Attributes:
        system: "party", "state" or "mass".
        is_local: True where only a place tells which body it is.
        is_below: True where a province does not: it needs its district, commune or agency.
        has_organs: True where codes that end in it are those of the body's organs ("BDVHU").
        bodies: where many bodies share the code, their full names, or how these begin locally.
        part_of: the body above all these.
    """

    system: Literal["party", "state", "mass"]
    body: str = ""
    bodies: tuple[str, ...] = ()
    part_of: str = ""
    is_local: bool = False
    is_below: bool = False
    has_organs: bool = False
    spellings: tuple[str, ...] = ()

    @property
    def name(self) -> str | None:
        """Full name of the body; None where the code is many bodies' (TW, TU, UBND)."""
        return self.body or None


@dataclass(frozen=True, slots=True, eq=False)
class Registry:
    """The rows and their indexes; build it by `load_registry`.

    It is itself alone (`eq=False`), so that what is looked up in it can be kept by it and a name.
    """

    documents: tuple[KnownDocument, ...]
    organisations: tuple[KnownOrganisation, ...]
    campaigns: tuple[KnownCampaign, ...]
    places: tuple[Place, ...]
    terms: tuple[Term, ...]
    _ids: Mapping[str, KnownDocument] = field(repr=False)
    _numbers: Mapping[tuple[str | None, str, str], tuple[KnownDocument, ...]] = field(repr=False)
    _plenums: Mapping[tuple[str | None, str | None], tuple[KnownDocument, ...]] = field(repr=False)
    _laws: Mapping[tuple[str, str], KnownDocument | None] = field(repr=False)
    _organisations: Mapping[str, KnownOrganisation | None] = field(repr=False)
    _campaigns: Mapping[str, KnownCampaign | None] = field(repr=False)
    _places: Mapping[str, Place | None] = field(repr=False)
    _merged: Mapping[str, str] = field(repr=False)
    _issuers: Mapping[str, IssuerCode] = field(repr=False)
    _issuers_by_name: Mapping[str, IssuerCode] = field(repr=False)

    def term_at(self, date: str) -> str | None:
        """The congress term that an ISO 8601 date falls in; None before the first congress."""
        for term in reversed(self.terms):
            if date >= term.start:
                return term.id if term.end is None or date <= term.end else None
        return None

    def term_of_year(self, year: int | None) -> str | None:
        """The congress term of a whole year; None where a congress divides it, or of None."""
        if year is None:
            return None
        first, last = self.term_at(f"{year}-01-01"), self.term_at(f"{year}-12-31")
        return first if first == last else None

    def cycle_at(self, date: str, place: str | None = None) -> str:
        """The five-year cycle of provincial committees that an ISO 8601 date falls in.

        By convention cycles turn on 1 November of 2000, 2005, 2010, …: provincial congresses meet
        from September to early November of such a year, each on its own day. The committee of a
        province of merged ones numbers anew from its first day: until its congress, its cycle is
        that year ("2025"). `place` is the id of a province.
        """
        start, merged = _cycle_start(date), self._merged.get(place or "", date)
        if merged < date and _cycle_start(merged) == start:
            return date[:4]
        return f"{start}-{start + 5}"

    def documents_numbered(
        self, type_code: str | None, serial: str, issuer: str
    ) -> tuple[KnownDocument, ...]:
        """All documents of a number, of whatever term or year, by id; leading zeros do not count.

        `type_code` is None for laws and resolutions numbered as "10/2022/QH15".
        """
        key = serial_key(DocumentNumber(serial))
        return self._numbers.get((type_code or None, key, issuer), ())

    def documents_of_plenum(
        self, term: str, plenum: str, type: str | None
    ) -> tuple[KnownDocument, ...]:
        """What a plenum passed, by id, of a document type where one is given."""
        passed = self._plenums.get((term, plenum), ())
        return tuple(known for known in passed if type is None or known.type == type)

    def law_titled(self, name: str, year: int) -> KnownDocument | None:
        """The law of a name and year ("Luật Đất đai", 2013); None when unknown or ambiguous."""
        return self._laws.get((_key(name), str(year)))

    def find_document(self, id: str) -> KnownDocument | None:
        return self._ids.get(id)

    def find_organisation(self, name: str) -> KnownOrganisation | None:
        """The body of a name or alias, whatever its term; None when unknown or ambiguous."""
        return self._organisations.get(_body_key(name))

    def find_campaign(self, name: str) -> KnownCampaign | None:
        return self._campaigns.get(_key(name))

    def find_place(self, name: str) -> Place | None:
        """The place of a name, with or without "tỉnh", "thành phố", "TP."; None when unknown."""
        return self._places.get(_place_key(name))

    @lru_cache(maxsize=_NAMES_KEPT)  # noqa: B019 - there is one registry
    def find_last_place(self, name: str) -> Place | None:
        """The place that a body's name ends with, the longest there is."""
        words = name.split()
        tails = (" ".join(words[start:]) for start in range(len(words)))
        return next(filter(None, map(self.find_place, tails)), None)

    def issuer(self, code: str) -> IssuerCode | None:
        """What is known of an issuer code.

        A term's figures do not count ("QH15"); of joint issuers the first counts ("BNV-VPCP"), for
        a joint document takes its number from the leading body.
        """
        lead = code.partition("-")[0]
        for written in (code, lead, lead.rstrip("0123456789")):
            if found := self._issuers.get(written):
                return found
        return self._find_organ(lead)

    def _find_organ(self, code: str) -> IssuerCode | None:
        """The code of an organ of a local committee, by the committee's at its end."""
        rows = (row for row in self._issuers.values() if row.has_organs)
        of = next((r for r in rows if code.endswith(r.id) and code[: -len(r.id)].isupper()), None)
        return of and replace(of, id=code, bodies=(), has_organs=False)

    def central_codes(self) -> frozenset[str]:
        """The issuer codes that are those of bodies at the centre."""
        return frozenset(row.id for row in self._issuers.values() if not row.is_local)

    def local_codes(self) -> frozenset[str]:
        """The issuer codes that are a body only with its place."""
        return frozenset(row.id for row in self._issuers.values() if row.is_local)

    def body_after(self, name: str) -> str | None:
        """The full name of the body that took the place of a known one."""
        known = self.find_organisation(name)
        return known.successor if known else None

    def body_above(self, name: str) -> str | None:
        """The full name of the body above one: a known body's, or that of all local ones."""
        if known := self.find_organisation(name):
            return known.part_of
        code = self.issuer_named(name)
        return (code.part_of or None) if code else None

    @lru_cache(maxsize=_NAMES_KEPT)  # noqa: B019
    def issuer_named(self, name: str) -> IssuerCode | None:
        """The code under which a body numbers, by its full name, local ones with their place."""
        words = _body_key(name).split()
        for end in range(len(words), 1, -1):
            found = self._issuers_by_name.get(" ".join(words[:end]))
            if found and (found.is_local or end == len(words)):
                return found
        return None


def _cycle_start(date: str) -> int:
    year = int(date[:4]) if date[5:] >= "11-01" else int(date[:4]) - 1
    return year - year % 5


# "Ban Chấp hành Trung ương Đảng khóa XI" is one body with that of every other term.
_TERM_SUFFIX = re.compile(r" (?:khóa|nhiệm kỳ) (?:[ivx]{1,5}|\d{1,2}|\d{4} \d{4})$")
_PLACE_KIND = re.compile(r"^(?:tỉnh|thành phố|t p|tp) ")
# "TƯ" in capitals is Trung ương, but not in the headline "BỘ TƯ PHÁP".
_CENTRE = re.compile(r"\bT(?:\. ?[ƯW]|W|Ư(?! [A-ZĐ]{2}))\b")


@lru_cache(maxsize=_NAMES_KEPT)
def _key(name: str) -> str:
    """A name without case and punctuation: "Bộ GD-ĐT" is "Bộ GD&ĐT", "T.Ư" is "Trung ương"."""
    return " ".join(re.findall(r"\w+", fold_name(_CENTRE.sub("Trung ương", tidy(name)))))


@lru_cache(maxsize=_NAMES_KEPT)
def _body_key(name: str) -> str:
    return _TERM_SUFFIX.sub("", _key(name))


@lru_cache(maxsize=_NAMES_KEPT)
def _place_key(name: str) -> str:
    return _PLACE_KIND.sub("", _key(name))


@cache
def load_registry() -> Registry:
    """The registry that comes with policygraph; raises DataError where a row is malformed."""
    documents = read_table(data_file("registry", "documents.csv"), KnownDocument)
    organisations = read_table(data_file("registry", "organisations.csv"), KnownOrganisation)
    campaigns = read_table(data_file("registry", "campaigns.csv"), KnownCampaign)
    places = read_table(data_file("registry", "places.csv"), Place)
    issuers = _index_issuers()
    ambiguous = {_key(name) for body in organisations for name in body.ambiguous}
    return Registry(
        documents=documents,
        organisations=organisations,
        campaigns=campaigns,
        places=places,
        terms=read_table(data_file("registry", "terms.csv"), Term),
        _ids={known.id: known for known in documents},
        _numbers=_group((_number_key(known), known) for known in documents),
        _plenums=_group(((known.term, known.plenum), known) for known in documents),
        _laws=_index_laws(documents),
        _organisations=_index_names(organisations) | dict.fromkeys(ambiguous),
        _campaigns=_index_names(campaigns),
        _places=_index_names(places),
        _merged={p.id: p.valid_to for p in places if p.valid_to and p.became == p.id},
        _issuers=issuers,
        _issuers_by_name={
            _key(name): row for row in issuers.values() for name in (row.body, *row.bodies) if name
        },
    )


K = TypeVar("K")
V = TypeVar("V")
N = TypeVar("N", bound=KnownOrganisation | KnownCampaign | Place)


def _group(pairs: Iterable[tuple[K, V]]) -> dict[K, tuple[V, ...]]:
    grouped: dict[K, tuple[V, ...]] = {}
    for key, value in pairs:
        grouped[key] = (*grouped.get(key, ()), value)
    return grouped


def _index_names(rows: Iterable[N]) -> dict[str, N | None]:
    """Each row by name and aliases; what several rows are called is None."""
    index: dict[str, N | None] = {}
    for row in rows:
        for key in {_key(name) for name in (row.name, *row.aliases)}:
            index[key] = None if key in index else row
    return index


def _index_laws(documents: Iterable[KnownDocument]) -> dict[tuple[str, str], KnownDocument | None]:
    """Laws, codes and ordinances by title and the year in their number."""
    index: dict[tuple[str, str], KnownDocument | None] = {}
    for known in documents:
        year = known.number.split("/")[1]
        if known.type in ("luat", "bo-luat", "phap-lenh") and known.title and year.isdigit():
            key = (_key(known.title), year)
            index[key] = None if key in index else known
    return index


def _index_issuers() -> dict[str, IssuerCode]:
    path = data_file("vocab", "issuers.toml")
    index: dict[str, IssuerCode] = {}
    for row in load_rows(path, IssuerCode):
        for code in (row.id, *row.spellings):
            if code in index:
                raise DataError(f"the code {code!r} is used twice", place=path)
            index[code] = row
    return index


def _number_key(known: KnownDocument) -> tuple[str | None, str, str]:
    codes = frozenset({known.type_code}) if known.type_code else frozenset[str]()
    number = parse_number(known.number, codes)
    if number is None or not number.issuer or print_number(number) != known.number:
        place = f"{data_file('registry', 'documents.csv')}: row {known.id}"
        raise DataError(f"no canonical document number: {known.number!r}", place=place)
    return number.type, serial_key(number), number.issuer
