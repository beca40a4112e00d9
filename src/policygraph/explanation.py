"""Why a text was read as it was: for a mention the row that made it, what it is linked to, and why.

    annotated article + its links + the rows of data/ → Explanation

Everything here is told in plain English, for the person who corrects a rule.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import chain

from policygraph.document_types import load_document_types
from policygraph.errors import PolicyGraphError
from policygraph.linking.documents import share_title
from policygraph.linking.keys import find_issuer_code, find_year, list_type_codes
from policygraph.model import (
    AnnotatedArticle,
    Basis,
    Citation,
    DocumentReference,
    Kind,
    Link,
    Links,
    Mention,
    NameMention,
    NameReference,
    Reference,
    Thing,
)
from policygraph.numbering import print_number, serial_key
from policygraph.provision_levels import label_provision
from policygraph.registry import KnownDocument, Registry, load_registry
from policygraph.rule_index import RuleSource, find_known, find_mention_rule, find_rule
from policygraph.span import Span
from policygraph.text import fold, fold_name

#: What each basis of a link means, for a document.
MEANINGS: Mapping[Basis, str] = {
    "number-and-date": "the text gives its number and its date, which together name one document",
    "number-and-term": "the text gives its number and the congress term in which it was numbered",
    "number-and-issuer": "its number, with its issuer and its year, names one document",
    "title": "its title is that of one known document of this number or plenum",
    "alias": "the text calls it by another name that is known: by a plenum of which it is the only "
    "document, or by the name and year of a law",
    "named": "the text names it in full, without a number",
    "antecedent": "another citation in this text gives the number in full",
    "registry": "the registry knows only one document of this number that it can be, and that is "
    "of the term in which the article was written",
    "sole-candidate": "of the documents that the articles cite in full only one agrees with what "
    "is said here",
    "partial": "the text leaves open which document this is; the id holds what it says, and “_” "
    "for what it does not",
    "ambiguous": "several documents agree with what the text says, and none of them is chosen",
    "review": "a reviewer decided so",
}
_NAME_MEANINGS: Mapping[Basis, str] = {
    "named": "the name, as the text writes it in full or settles it, is its own",
    "alias": "the registry knows the name as another name of it",
    "review": MEANINGS["review"],
}

_NEARBY = 40


@dataclass(frozen=True, slots=True)
class Passage:
    """A piece of the article: `text` is what stands in [start, end)."""

    start: int
    end: int
    text: str


@dataclass(frozen=True, slots=True)
class Attribute:
    """One thing that was read of a mention, and where the text says it, if that is one place."""

    name: str
    value: str
    place: Passage | None = None


@dataclass(frozen=True, slots=True)
class Candidate:
    """A document that a reference might stand for.

    Attributes:
        known: the row of the registry that knows it.
        reason: why it is not the one; None for one that it may still be.
    """

    id: str
    label: str
    known: RuleSource | None
    reason: str | None = None


@dataclass(frozen=True, slots=True)
class LinkExplanation:
    """What a mention is taken to stand for.

    Attributes:
        meaning: what the basis means, in a sentence.
        known: the row of the registry that knows the thing.
        partial: the id that the article alone gives, where that is another.
        candidates: what it may stand for while that is open.
        rejected: what bears the same number or name, and is not meant.
        decided_by: ids of the decisions that count here.
    """

    id: str
    label: str
    basis: Basis
    meaning: str
    known: RuleSource | None
    partial: str | None
    candidates: tuple[Candidate, ...]
    rejected: tuple[Candidate, ...]
    decided_by: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class StatementExplanation:
    """A relation that a sentence states of the reference, and the cue row that read it.

    `is_here` tells whether the sentence holds the mention itself.
    """

    subject: str
    predicate: str
    object: str
    sentence: Passage
    rule: RuleSource
    is_here: bool


@dataclass(frozen=True, slots=True)
class MentionExplanation:
    """All that is known of why a mention is one.

    Attributes:
        rule: the id of the rule that fired; `row` is the row behind it.
        attributes: what was read of it.
        others: the other mentions of the same reference, in text order.
    """

    mention: Passage
    kind: Kind
    rule: str
    row: RuleSource
    attributes: tuple[Attribute, ...]
    others: tuple[Passage, ...]
    link: LinkExplanation
    statements: tuple[StatementExplanation, ...]


@dataclass(frozen=True, slots=True)
class GapExplanation:
    """A place where no mention stands.

    Attributes:
        around: what stands there.
        before, behind: the nearest mentions.
        furniture: the part of the page that the place lies in, if that is no part of the article.
        read_as: what was read there of a mention that stands elsewhere, such as its date.
        read_of: that mention.
    """

    offset: int
    around: Passage
    before: Passage | None
    behind: Passage | None
    furniture: Passage | None
    read_as: Attribute | None
    read_of: Passage | None


Explanation = MentionExplanation | GapExplanation


def explain_offset(annotated: AnnotatedArticle, links: Links, offset: int) -> Explanation:
    """Explains the mention at an offset in code points, or that none stands there.

    Raises:
        PolicyGraphError: the text ends before the offset.
    """
    length = len(annotated.article.text)
    if not 0 <= offset < length:
        message = f"there is no offset {offset}: the text has {length} code points"
        raise PolicyGraphError(message, remedy=f"give an offset from 0 to {length - 1}")
    explainer = _Explainer(annotated, links)
    at = next((m for m in annotated.mentions if m.span.start <= offset < m.span.end), None)
    return explainer.explain(at) if at else explainer.explain_gap(offset)


def explain_words(
    annotated: AnnotatedArticle, links: Links, words: str
) -> tuple[MentionExplanation, ...]:
    """Explains every mention that holds the words, in any letter case and tone placement."""
    explainer, sought = _Explainer(annotated, links), fold_name(words)
    text = annotated.article.text
    found = (m for m in annotated.mentions if sought in fold_name(_slice(text, m.span)))
    return tuple(map(explainer.explain, found))


def find_words(text: str, words: str) -> tuple[int, ...]:
    """The offsets at which words stand in a text, spelt in any letter case and tone placement."""
    folded, sought = fold(text), " ".join(fold(words).lower.split())
    found, start = [], folded.lower.find(sought)
    while start >= 0:
        found.append(folded.source_span(start, start + len(sought)).start)
        start = folded.lower.find(sought, start + len(sought))
    return tuple(found)


def _slice(text: str, span: Span) -> str:
    return text[span.start : span.end]


@dataclass(frozen=True)
class _Explainer:
    """Explains the mentions of one article."""

    annotated: AnnotatedArticle
    links: Links

    @cached_property
    def _references(self) -> Mapping[Mention, Reference]:
        return {m: ref for ref in self.annotated.references for m in ref.mentions}

    @cached_property
    def _by_id(self) -> Mapping[str, Reference]:
        return {reference.id: reference for reference in self.annotated.references}

    @cached_property
    def _links(self) -> Mapping[str, Link]:
        article = self.annotated.article.id
        return {link.reference: link for link in self.links.links if link.article == article}

    @cached_property
    def _things(self) -> Mapping[str, Thing]:
        return {thing.id: thing for thing in self.links.things}

    def explain(self, mention: Mention) -> MentionExplanation:
        reference = self._references[mention]
        others = sorted(m.span for m in reference.mentions if m != mention)
        return MentionExplanation(
            self._passage(mention.span),
            mention.kind,
            mention.rule,
            find_mention_rule(mention),
            tuple(self._read(mention)),
            tuple(map(self._passage, others)),
            self._explain_link(reference),
            tuple(self._explain_statements(reference, mention)),
        )

    def explain_gap(self, offset: int) -> GapExplanation:
        mentions = self.annotated.mentions
        regions = (r.span for r in self.annotated.article.regions if r.kind == "furniture")
        furniture = next((span for span in regions if span.start <= offset < span.end), None)
        before = max((m.span for m in mentions if m.span.end <= offset), default=None)
        behind = min((m.span for m in mentions if m.span.start > offset), default=None)
        read = next(self._read_at(offset), None)
        end = min(offset + _NEARBY, len(self.annotated.article.text))
        return GapExplanation(
            offset,
            self._passage(Span(max(0, offset - _NEARBY), end)),
            self._passage(before) if before else None,
            self._passage(behind) if behind else None,
            self._passage(furniture) if furniture else None,
            read[0] if read else None,
            self._passage(read[1].span) if read else None,
        )

    def _passage(self, span: Span) -> Passage:
        return Passage(span.start, span.end, _slice(self.annotated.article.text, span))

    def _read_at(self, offset: int) -> Iterator[tuple[Attribute, Mention]]:
        """What was read of mentions at an offset where none of them stands."""
        for mention in self.annotated.mentions:
            for attribute in self._read(mention):
                place = attribute.place
                if place and place.start <= offset < place.end:
                    yield attribute, mention

    def _read(self, mention: Mention) -> Iterator[Attribute]:
        if isinstance(mention, NameMention):
            return _read_name(mention)
        return chain(_read_designator(mention), self._read_around(mention))

    def _read_around(self, citation: Citation) -> Iterator[Attribute]:
        """What stands around a citation and was read as belonging to it."""
        for stated in citation.dates:
            yield Attribute("date", stated.date, self._passage(stated.span))
        for name, span in (("title", citation.title), ("signer", citation.signer)):
            if span:
                place = self._passage(span)
                yield Attribute(name, " ".join(place.text.split()), place)
        if citation.issuer:
            place = self._passage(citation.issuer)
            yield Attribute("issuer", self._name_at(citation.issuer) or place.text, place)
        for provision in citation.provisions:
            yield Attribute("provision", label_provision(provision), self._passage(provision.span))

    def _name_at(self, span: Span) -> str | None:
        """The full name of the body that a span mentions."""
        found = (m for m in self.annotated.mentions if m.span == span)
        return next((m.name for m in found if isinstance(m, NameMention)), None)

    def _explain_statements(
        self, reference: Reference, mention: Mention
    ) -> Iterator[StatementExplanation]:
        for statement in self.annotated.statements:
            if reference.id in (statement.subject, statement.object):
                for evidence in statement.evidence:
                    yield StatementExplanation(
                        self._by_id[statement.subject].label,
                        statement.predicate,
                        self._by_id[statement.object].label,
                        self._passage(evidence.span),
                        find_rule("statement", evidence.rule),
                        evidence.span.contains(mention.span),
                    )

    def _explain_link(self, reference: Reference) -> LinkExplanation:
        link = self._links[reference.id]
        meanings = MEANINGS if reference.kind == "document" else _NAME_MEANINGS
        return LinkExplanation(
            link.thing,
            self._things[link.thing].label,
            link.basis,
            meanings[link.basis],
            find_known(link.thing),
            link.partial,
            tuple(map(self._make_candidate, link.candidates)),
            tuple(self._list_rejected(reference, link)),
            link.decided_by,
        )

    def _make_candidate(self, id: str) -> Candidate:
        return Candidate(id, self._things[id].label, find_known(id))

    def _list_rejected(self, reference: Reference, link: Link) -> Iterator[Candidate]:
        """The documents of the registry that a citation could name, had it said something else."""
        if not isinstance(reference, DocumentReference):
            return
        registry, published = load_registry(), self.annotated.article.published
        bodies = [self._by_id[id_] for id_ in reference.issuers]
        issuers = [body for body in bodies if isinstance(body, NameReference)]
        for row in _list_namesakes(reference, issuers, registry):
            if row.id not in (link.thing, *link.candidates):
                reason = _tell_against(row, reference, published, registry)
                yield Candidate(row.id, _label_known(row), find_known(row.id), reason)


def _read_name(mention: NameMention) -> Iterator[Attribute]:
    yield Attribute("name", mention.name)
    if mention.place:
        yield Attribute("place", mention.place)
    if mention.part_of:
        yield Attribute("part of", mention.part_of)


def _read_designator(citation: Citation) -> Iterator[Attribute]:
    """What the words of a citation themselves say."""
    if citation.type:
        yield Attribute("type", f"{load_document_types()[citation.type].label} ({citation.type})")
    if citation.number:
        yield Attribute("number", print_number(citation.number))
    told = {
        "written": citation.written,
        "name": citation.name,
        "plenum": citation.plenum,
        "congress": citation.congress,
        "term": citation.term,
        "year": str(citation.year) if citation.year else None,
        "draft": "yes" if citation.is_draft else None,
        "own": "the number of this text itself, in its letterhead" if citation.is_own else None,
    }
    yield from (Attribute(name, value) for name, value in told.items() if value)


def _list_namesakes(
    reference: DocumentReference, issuers: Sequence[NameReference], registry: Registry
) -> Sequence[KnownDocument]:
    """The registry's documents of the same number, plenum or name, of whatever time."""
    number, plenum, name = reference.number, reference.plenum, reference.name
    if number and (number.issuer or not name):
        code = find_issuer_code(reference, issuers, registry)
        issuer = number.issuer or (code.id if code else "")
        types, serial = list_type_codes(reference) or (None,), serial_key(number)
        return [row for t in types for row in registry.documents_numbered(t, serial, issuer)]
    if plenum:
        terms = [reference.term] if reference.term else [term.id for term in registry.terms]
        return [r for t in terms for r in registry.documents_of_plenum(t, plenum, reference.type)]
    sought = fold_name(name.removesuffix(" (sửa đổi)")) if name else None
    return [row for row in registry.documents if sought and fold_name(row.title or "") == sought]


def _tell_against(
    known: KnownDocument, reference: DocumentReference, published: str | None, registry: Registry
) -> str:
    """Why a known document is not the one that a reference stands for."""
    if not known.is_attested:
        return f"its row is a mere “{known.confidence}”, on which no link may rest"
    dates, date = [stated.date for stated in reference.dates], known.date
    if dates and date and date not in dates:
        return f"it is of {date}, and the text says {' and '.join(dates)}"
    term = reference.term or (registry.term_at(dates[0]) if dates else None)
    if known.term and term and known.term != term:
        return f"it is of term {known.term}, and the text says {term}"
    year = find_year(reference)
    if date and year and not date.startswith(year):
        return f"it is of {date[:4]}, and the text says {year}"
    if known.title and reference.title and not share_title(reference, known):
        return f"its title is “{known.title}”, and the text says “{reference.title}”"
    if date and published and date > published:
        return f"it is of {date}, younger than the article"
    return "nothing in the text speaks for it"


def _label_known(known: KnownDocument) -> str:
    type_ = load_document_types()[known.type].label if known.type else ""
    return ", ".join(part for part in (f"{type_} {known.number}".strip(), known.date) if part)
