"""What one text means: its mentions grouped into references, each one thing.

Two citations of one text are one document where the text itself says so: the same number within
one congress term, a serial alone that fits one full number ("Nghị quyết 25"), a plenum and a number
under one title, a name in brackets behind another. What fits several stays apart.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import TypeVar

from policygraph.document_types import load_document_types
from policygraph.model import (
    Article,
    Citation,
    DocumentReference,
    Mention,
    NameMention,
    NameReference,
    Reference,
    StatedDate,
)
from policygraph.numbering import print_number, serial_key
from policygraph.registry import Registry, load_registry
from policygraph.span import Span
from policygraph.text import fold, fold_name, tidy
from policygraph.titles import have_one_subject, strip_opening

_LONGEST_ALIAS_GAP = 60
_CALLED = (
    r"(?:(?:sau đây |dưới đây |quen |thường |còn )?(?:tôi )?(?:xin )?"
    r"(?:gọi|viết)(?: tắt| chung)? là:?\s)"
)
_ALIAS_GAP = re.compile(
    rf"\s{{0,2}}(?:\(\s?{_CALLED}?|[,–-]\s?{_CALLED}|,?\s(?:tức|hay)\s(?:là\s)?)[“\"]?"
)
_NO_ALIAS = re.compile(r"[.;\d]")  # what no gap holds, and no folding takes away
_IS_CALLED = re.compile(_CALLED)
_BOLD = re.compile(r"\*+|_{2,}|\|")

T = TypeVar("T")


def refer(article: Article, mentions: Sequence[Mention]) -> tuple[Reference, ...]:
    """The references of a text, in order of their first mentions, "ref-1", "ref-2", …"""
    citations = [m for m in mentions if isinstance(m, Citation)]
    names = [m for m in mentions if isinstance(m, NameMention)]
    groups: list[list[Citation] | list[NameMention]] = [
        *_group_citations(article, citations, names),
        *_group_names(names),
    ]
    groups.sort(key=lambda group: group[0].span)
    ids = {id(group): f"ref-{number}" for number, group in enumerate(groups, 1)}
    bearers = {m.span: ids[id(group)] for group in groups for m in group}
    context = _Context(article, load_registry(), bearers, _find_main_place(article, names), names)
    return tuple(_make_reference(ids[id(group)], group, context) for group in groups)


@dataclass(frozen=True, slots=True)
class _Context:
    """What making a reference needs of the rest of its article."""

    article: Article
    registry: Registry
    bearers: dict[Span, str]
    main_place: str | None
    names: list[NameMention]


def _find_main_place(article: Article, names: Iterable[NameMention]) -> str | None:
    """The province that more than half of the article's local names belong to."""
    if article.place:
        return article.place
    counted = Counter(name.place for name in names if name.place)
    place, count = max(counted.items(), key=lambda pair: pair[1], default=(None, 0))
    return place if 2 * count > counted.total() else None


def _group_names(names: Iterable[NameMention]) -> Iterator[list[NameMention]]:
    groups: dict[tuple[str, str], list[NameMention]] = defaultdict(list)
    for name in names:
        groups[name.kind, fold_name(name.name)].append(name)
    yield from groups.values()


def _group_citations(
    article: Article, citations: list[Citation], names: list[NameMention]
) -> list[list[Citation]]:
    grouping = CitationGrouping(article, citations, names)
    grouping.join_aliases()
    grouping.join_full_numbers()
    grouping.join_serials()
    grouping.join_named()
    grouping.join_titles()
    return grouping.groups()


class CitationGrouping:
    """Joins citations that are one document; each step joins only what fits a single group."""

    def __init__(
        self, article: Article, citations: list[Citation], names: Iterable[NameMention]
    ) -> None:
        self._article = article
        self._names = {name.span: name for name in names}
        self._citations = citations
        self._registry = load_registry()
        self._above = list(range(len(citations)))  # a forest: each citation's way to its group

    def groups(self) -> list[list[Citation]]:
        members: dict[int, list[Citation]] = defaultdict(list)
        for index, citation in enumerate(self._citations):
            members[self._root(index)].append(citation)
        return list(members.values())

    def join_aliases(self) -> None:
        """A name in brackets right behind another: "Nghị định 67/2014/NĐ-CP (Nghị định 67)"."""
        text = self._article.text
        for i in range(len(self._citations) - 1):
            one, other = self._citations[i], self._citations[i + 1]
            between = text[_end_of(one) : other.span.start]
            if _NO_ALIAS.search(between):
                continue
            gap = fold(between).lower
            if len(gap) > _LONGEST_ALIAS_GAP or not _ALIAS_GAP.fullmatch(gap):
                continue
            if _may_be_one(one, other) or (_IS_CALLED.search(gap) and _may_be_called(one, other)):
                self._join(i, i + 1)

    def join_full_numbers(self) -> None:
        """One number of one body within one era is one document; what is not said is the sole."""
        by_number: dict[object, dict[str | None, list[int]]] = defaultdict(
            lambda: defaultdict(list)
        )
        for index, citation in enumerate(self._citations):
            if (key := _number_key(citation)) is not None:
                by_number[key][self._seat(citation)].append(index)
        for seats in by_number.values():
            seatless = seats.pop(None, [])
            if len(seats) == 1:
                seatless += seats.popitem()[1]
            for indices in [sorted(seatless), *seats.values()]:
                self._join_by_era(indices)

    def _join_by_era(self, indices: Sequence[int]) -> None:
        eras: dict[str | None, list[int]] = defaultdict(list)
        for index in indices:
            eras[self._era(self._citations[index])].append(index)
        dateless = eras.pop(None, [])
        if len(eras) == 1:
            dateless += eras.popitem()[1]
        for of_one_era in [sorted(dateless), *eras.values()]:
            self._join_all(of_one_era)

    def _seat(self, citation: Citation) -> str | None:
        """Whose a local number is: the province for its committee, the full name below that."""
        number = citation.number
        name = self._names.get(citation.issuer) if citation.issuer else None
        code = self._registry.issuer(number.issuer) if number and number.issuer else None
        if code is None or not code.is_local or name is None:
            return None
        is_provincial = self._registry.issuer_named(name.name) is not None
        return name.place if is_provincial and name.place else fold_name(name.name)

    def join_serials(self) -> None:
        """A bare serial is the one full number of its type and serial, or the same bare serial."""
        # One citation of each group and spelling stands for all: a text may repeat them at length.
        full: dict[str, dict[object, int]] = defaultdict(dict)
        for index, citation in enumerate(self._citations):
            if citation.number and citation.number.issuer:
                spelling = self._root(index), citation.type, citation.number
                full[serial_key(citation.number)].setdefault(spelling, index)
        alone: dict[object, dict[object, list[int]]] = defaultdict(lambda: defaultdict(list))
        for index, citation in enumerate(self._citations):
            number = citation.number
            if number is None or number.issuer or citation.form != "numbered":
                continue
            fitting = {
                self._root(i)
                for i in full[serial_key(number)].values()
                if self._may_stand_for(citation, self._citations[i])
            }
            if len(fitting) == 1:
                self._join(fitting.pop(), index)
            elif not fitting:
                key = (citation.type or "", serial_key(number), number.year)
                alone[key][citation.term or citation.year].append(index)
        for eras in alone.values():
            self._join_eras(eras)

    def _may_stand_for(self, bare: Citation, full: Citation) -> bool:
        """Whether a bare serial fits a full number, in the term and year that they state."""
        if not _fits(bare, full):
            return False
        is_of_term = bool(full.number and (full.number.issuer or "").endswith("TW"))
        if bare.term and is_of_term and self._era(full) not in (bare.term, None):
            return False
        years = {stated.date[:4] for stated in full.dates}
        return not (bare.year and years) or str(bare.year) in years

    def join_named(self) -> None:
        """Plenums, congresses and laws by name; what lacks a term or year is the sole one there."""
        by_name: dict[object, dict[object, list[int]]] = defaultdict(dict)
        for index, citation in enumerate(self._citations):
            if (key := _name_key(citation)) is not None:
                era = citation.term if citation.form == "plenum" else citation.year
                by_name[key].setdefault(era, []).append(index)
        for eras in by_name.values():
            self._join_eras(eras)

    def _join_eras(self, eras: dict[object, list[int]]) -> None:
        """Joins what is of one term or year; what states none is the sole one there."""
        bare = eras.pop(None, [])
        for indices in eras.values():
            self._join_all(indices)
        self._join_all(bare)
        if bare and len(eras) == 1:
            self._join(bare[0], next(iter(eras.values()))[0])

    def join_titles(self) -> None:
        """A plenum's resolution and a numbered one with the same subject are one document."""
        plenums = [i for i, c in enumerate(self._citations) if c.form == "plenum" and c.title]
        numbered = [i for i, c in enumerate(self._citations) if c.number and c.title]
        for i in plenums:
            fitting = {self._root(j) for j in numbered if self._share_title(i, j)}
            if len(fitting) == 1:
                self._join(fitting.pop(), i)

    def _share_title(self, i: int, j: int) -> bool:
        plenum, numbered = self._citations[i], self._citations[j]
        if plenum.type != numbered.type or numbered.number is None:
            return False
        if numbered.number.issuer not in ("TW", "HNTW", None):
            return False
        eras = {plenum.term, self._era(numbered)} - {None}
        return len(eras) <= 1 and have_one_subject(
            *(
                self._article.text[c.title.start : c.title.end]
                for c in (plenum, numbered)
                if c.title
            )
        )

    def _era(self, citation: Citation) -> str | None:
        """What tells two documents of one number apart: term, cycle or year, where stated."""
        number, dates = citation.number, citation.dates
        if number is None or number.year:
            return None
        if number.style != "party":
            return dates[0].date[:4] if dates else str(citation.year or "") or None
        if number.issuer and number.issuer.endswith("TW"):
            dated = self._registry.term_at(dates[0].date) if dates else None
            return citation.term or dated or self._registry.term_of_year(citation.year)
        return self._registry.cycle_at(dates[0].date) if dates else None

    def _join_all(self, indices: Sequence[int]) -> None:
        for index in indices[1:]:
            self._join(indices[0], index)

    def _join(self, i: int, j: int) -> None:
        """Makes two groups one, known by its first member."""
        one, other = self._root(i), self._root(j)
        self._above[max(one, other)] = min(one, other)

    def _root(self, i: int) -> int:
        while self._above[i] != i:
            self._above[i] = self._above[self._above[i]]
            i = self._above[i]
        return i


def _end_of(citation: Citation) -> int:
    """Where a citation ends with the dates and the issuer that stand behind it."""
    spans = [stated.span for stated in citation.dates]
    spans += [citation.issuer] if citation.issuer else []
    return max([citation.span.end, *(s.end for s in spans if s.start >= citation.span.end)])


def _number_key(citation: Citation) -> object:
    number = citation.number
    if number is None or not number.issuer:
        return None
    return number.style, number.type, serial_key(number), number.issuer, number.unit, number.year


def _name_key(citation: Citation) -> object:
    match citation.form:
        case "plenum":
            return "plenum", citation.type, citation.plenum
        case "congress":
            return "congress", citation.type, fold_name(citation.congress or "")
        case "named":
            name = fold_name((citation.name or "").removesuffix(" (sửa đổi)"))
            return "named", name.replace(",", ""), citation.is_draft
        case "numbered":
            return None


def _fits(bare: Citation, full: Citation) -> bool:
    """Whether a bare serial may stand for a full number: same serial and year, a type in common."""
    if bare.number is None or full.number is None:
        return False
    if serial_key(bare.number) != serial_key(full.number):
        return False
    if bare.number.year and bare.number.year != full.number.year:
        return False
    return bare.type == full.type or _shares_code(bare, full)


def _shares_code(bare: Citation, full: Citation) -> bool:
    code = full.number.type if full.number else None
    return bare.type is not None and code in load_document_types()[bare.type].codes


def _may_be_one(one: Citation, other: Citation) -> bool:
    """Whether nothing that both citations say differs."""
    if one.type and other.type and one.type != other.type:
        return False
    if one.number and other.number:
        return _fits(one, other) or _fits(other, one)
    if one.form == other.form:
        return _name_key(one) == _name_key(other)
    return "plenum" in (one.form, other.form) or "named" in (one.form, other.form)


def _may_be_called(one: Citation, other: Citation) -> bool:
    """Whether "gọi tắt là" may give the other name: not where the two have numbers that differ."""
    return one.type == other.type and not (one.number and other.number)


def _make_reference(
    id_: str, group: list[Citation] | list[NameMention], context: _Context
) -> Reference:
    first = group[0]
    if isinstance(first, NameMention):
        mentions = tuple(m for m in group if isinstance(m, NameMention))
        return NameReference(
            first.kind,
            id_,
            first.name,
            mentions,
            next((m.place for m in mentions if m.place), None),
            next((m.part_of for m in mentions if m.part_of), None),
        )
    return _make_document(id_, [m for m in group if isinstance(m, Citation)], context)


def _make_document(id_: str, group: list[Citation], context: _Context) -> DocumentReference:
    """The reference of citations in text order; what a letterhead says goes before the rest."""
    text, mentions = context.article.text, tuple(group)
    group = sorted(group, key=lambda citation: not citation.is_own)
    fullest = max(group, key=_fullness)
    titles = [_read_title(text, c.title) for c in group if c.title]
    # In the order of the references, which the graph keeps; not in that of the citations.
    issuers = sorted({context.bearers[c.issuer] for c in group if c.issuer}, key=_count_of)
    return DocumentReference(
        id_,
        _make_label(fullest, text),
        mentions,
        type=fullest.type or _first(c.type for c in group),
        number=fullest.number,
        written=fullest.written,
        dates=_unique_dates(group),
        issuers=tuple(issuers),
        title=strip_opening(titles[0]) if titles else None,
        term=_first(c.term for c in group),
        plenum=_first(c.plenum for c in group),
        congress=_first(c.congress for c in group),
        name=_first(c.name for c in sorted(group, key=lambda c: -len(c.name or ""))),
        year=_first(c.year for c in group),
        place=_find_place(group, fullest, context),
        is_draft=any(c.is_draft for c in group),
        signers=tuple(
            sorted({tidy(text[c.signer.start : c.signer.end]) for c in group if c.signer})
        ),
        is_central=any(c.is_central for c in group),
    )


def _read_title(text: str, span: Span) -> str:
    """A title as a label: without the marks of bold type that it holds over several lines."""
    return tidy(_BOLD.sub(" ", text[span.start : span.end]))


def _fullness(citation: Citation) -> tuple[bool, bool, bool, bool, int]:
    """How much a citation tells of its document; a number in its proper form tells more."""
    number = citation.number
    return (
        citation.is_own,
        bool(number and number.issuer),
        bool(number),
        bool(number and citation.written == print_number(number)),
        len(citation.written or "") + bool(citation.year) + bool(citation.term),
    )


def _make_label(citation: Citation, text: str) -> str:
    """ "Nghị quyết 25-NQ/TW", "Nghị quyết Trung ương 7 (khóa XI)", "Luật Đất đai 2013"."""
    if citation.number and citation.form == "numbered":
        type_ = load_document_types()[citation.type].label if citation.type else ""
        return f"{type_} {print_number(citation.number)}".strip()
    if citation.form == "named":
        return f"{citation.name} {citation.year or ''}".strip()
    if citation.form == "plenum" and citation.type:
        term = f" (khóa {citation.term})" if citation.term else ""
        return f"{load_document_types()[citation.type].label} Trung ương {citation.plenum}{term}"
    return tidy(text[citation.span.start : citation.span.end])


def _find_place(group: list[Citation], fullest: Citation, context: _Context) -> str | None:
    """The province of a local document: its issuer's, else the article's."""
    issuers = {c.issuer for c in group if c.issuer}
    if place := _first(name.place for name in context.names if name.span in issuers):
        return place
    code = fullest.number.issuer if fullest.number else None
    issuer = context.registry.issuer(code) if code else None
    return context.main_place if issuer and issuer.is_local else None


def _unique_dates(group: list[Citation]) -> tuple[StatedDate, ...]:
    dates: dict[str, StatedDate] = {}
    for citation in group:
        for stated in citation.dates:
            dates.setdefault(stated.date, stated)
    return tuple(dates.values())


def _count_of(reference: str) -> int:
    return int(reference.removeprefix("ref-"))


def _first(values: Iterable[T | None]) -> T | None:
    return next((value for value in values if value is not None), None)
