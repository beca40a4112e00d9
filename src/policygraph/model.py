"""The values that the stages hand to each other: frozen, slotted, without behaviour of their own.

    read_article → Article → extract_mentions → Mention* → refer → Reference*
    → relate → Statement* → describe → article graph → link → Thing*, Link*, Fact*

Offsets are Unicode code points into `Article.text`, half-open, and always slice the surface that
they speak of. Dates are ISO 8601 ("2013-07-25"). Names are NFC.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar, Literal, NamedTuple

from policygraph.numbering import DocumentNumber
from policygraph.span import Span

Kind = Literal["document", "organisation", "campaign"]

#: How a citation designates its document: by number ("25-NQ/TW", "Nghị quyết 25"), by plenum
#: ("Nghị quyết Trung ương 7 (khóa XI)"), by congress, or by a law's name ("Luật Đất đai năm 2013").
Form = Literal["numbered", "plenum", "congress", "named"]

#: The ten predicates of the ontology between documents, organisations and campaigns.
Predicate = Literal[
    "issuedBy",
    "implements",
    "basedOn",
    "amends",
    "replaces",
    "repeals",
    "guides",
    "reviews",
    "launchedBy",
    "promotes",
]

#: Why a reference is taken to stand for a thing. "named" is a full name as written, "alias" a known
#: other name, "partial" that the reference stands for no more than its own words say, "review" that
#: a person decided so.
Basis = Literal[
    "number-and-date",
    "number-and-term",
    "number-and-issuer",
    "title",
    "alias",
    "named",
    "antecedent",
    "registry",
    "sole-candidate",
    "partial",
    "ambiguous",
    "review",
]


RegionKind = Literal["headline", "caption", "byline", "furniture"]


@dataclass(frozen=True, slots=True)
class Region:
    """A part of an article that is not plain body text; furniture gives no mentions."""

    kind: RegionKind
    span: Span


@dataclass(frozen=True, slots=True)
class Part:
    """A stretch of an article's text, and where it stands in the file that it was read from.

    Attributes:
        location: "page 3" of a PDF, "paragraph 12" or "table 1, row 2" of a Word file, the XPath of
            an element of a page ("/html/body/div[2]/p[3]").
    """

    span: Span
    location: str


@dataclass(frozen=True, slots=True)
class Article:
    """A text that we read.

    Attributes:
        id: its own id, URL, or path under the root named, with "/" between parts.
        text: the source text, untouched; of a file that is no plain text, the text of its blocks,
            body first and then what stands around it.
        sha256: hex digest of what was read (the file's bytes, or the record's canonical JSON).
        regions: the parts that are not body, sorted, without overlap.
        published: ISO 8601 date or None.
        place: id of the province that the article is about or from, where its metadata say so.
        parts: where the text stands in a file with pages, paragraphs or elements; sorted.
        notes: what whoever reads the file should know ("decoded from TCVN3"); no part of the graph.
        is_fiction: whether its metadata say that it is invented, as texts to show things on are.
    """

    id: str
    text: str
    sha256: str
    regions: tuple[Region, ...] = ()
    title: str | None = None
    author: str | None = None
    published: str | None = None
    place: str | None = None
    source: str | None = None
    url: str | None = None
    parts: tuple[Part, ...] = ()
    notes: tuple[str, ...] = ()
    is_fiction: bool = False


@dataclass(frozen=True, slots=True)
class StatedDate:
    """A full date that a text gives, and where it stands."""

    date: str
    span: Span


@dataclass(frozen=True, slots=True)
class Provision:
    """A part of a document that a citation points at.

    Attributes:
        span: where the text names it; provisions named together share it.
        parts: (id of a level in data/rules/provisions.toml, number) from the greatest part to the
            smallest: (("dieu", "80"), ("khoan", "2"), ("diem", "a")).
    """

    span: Span
    parts: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Citation:
    """A mention of a designated document.

    Attributes:
        span: from the type word to the end of the designator.
        rule: id of the data row that fired.
        type: id of the document type in data/vocab/document_types.toml ("nghi-quyet"), if stated.
        number: the number that the text gives, with a suffix shared by a list filled in. A bare
            serial ("Nghị quyết 25") has no type code and no issuer.
        written: the number as the text spells it, with a suffix shared by a list filled in.
        dates: the dates of signing or issuing that the text gives here.
        issuer: span of the organisation named as issuer; it is also a NameMention.
        title: span of the subject ("về …"), without its quotation marks.
        term: congress term in Roman numerals ("XI"), stated with the designator or the issuer.
        plenum: "7", or "6 (lần 2)".
        congress: what a congress resolution names: "toàn quốc XIII", "tỉnh XIX".
        name: the law's name, without its year ("Luật Đất đai").
        year: the year that the designator gives.
        is_draft: True for a bill ("dự thảo Luật …"): a document of its own.
        provisions: the parts of the document that are cited here; none where it is cited whole.
        signer: span of the name of the person who signed it.
        is_own: True for the number in the letterhead of a text that is itself a document.
        is_central: True where it is the Centre's, without the name of a body ("của Trung ương").
    """

    kind: ClassVar[Kind] = "document"

    span: Span
    rule: str
    form: Form
    type: str | None = None
    number: DocumentNumber | None = None
    written: str | None = None
    dates: tuple[StatedDate, ...] = ()
    issuer: Span | None = None
    title: Span | None = None
    term: str | None = None
    plenum: str | None = None
    congress: str | None = None
    name: str | None = None
    year: int | None = None
    is_draft: bool = False
    provisions: tuple[Provision, ...] = ()
    signer: Span | None = None
    is_own: bool = False
    is_central: bool = False


@dataclass(frozen=True, slots=True)
class NameMention:
    """A mention of an organisation or a campaign by name.

    Attributes:
        rule: id of the data row that fired.
        name: the full name that this surface has in this article, as far as the article settles it
            ("Thành ủy" in a text on Hà Nội: "Thành ủy Hà Nội"); NFC, single spaces.
        place: id of the province that the name holds, or that the article supplies.
        part_of: full name of the body that the name itself shows it to belong to
            ("Ban Dân vận Thành ủy Hà Nội": "Thành ủy Hà Nội"), or None.
    """

    kind: Literal["organisation", "campaign"]
    span: Span
    rule: str
    name: str
    place: str | None = None
    part_of: str | None = None


Mention = Citation | NameMention


@dataclass(frozen=True, slots=True)
class DocumentReference:
    """What one text means by one or several citations of the same document.

    The attributes hold only what this text says; `issuers` are ids of references of this text.
    `number` is the fullest form given, `written` its spelling; `dates` are in text order,
    the first being the preferred one; `signers` are names of persons, sorted.
    """

    kind: ClassVar[Kind] = "document"

    id: str
    label: str
    mentions: tuple[Citation, ...] = ()
    type: str | None = None
    number: DocumentNumber | None = None
    written: str | None = None
    dates: tuple[StatedDate, ...] = ()
    issuers: tuple[str, ...] = ()
    title: str | None = None
    term: str | None = None
    plenum: str | None = None
    congress: str | None = None
    name: str | None = None
    year: int | None = None
    place: str | None = None
    is_draft: bool = False
    signers: tuple[str, ...] = ()
    is_central: bool = False


@dataclass(frozen=True, slots=True)
class NameReference:
    """What one text means by one or several mentions of the same organisation or campaign."""

    kind: Literal["organisation", "campaign"]
    id: str
    label: str
    mentions: tuple[NameMention, ...] = ()
    place: str | None = None
    part_of: str | None = None


Reference = DocumentReference | NameReference


@dataclass(frozen=True, slots=True)
class Evidence:
    """Where a text says something: the sentence, and the id of the cue row that read it."""

    span: Span
    rule: str


@dataclass(frozen=True, slots=True)
class Statement:
    """One relation that one text states between two of its references, with its evidence."""

    subject: str
    predicate: Predicate
    object: str
    evidence: tuple[Evidence, ...]


@dataclass(frozen=True, slots=True)
class AnnotatedArticle:
    """An article with all that was read from it: what an article graph is made of."""

    article: Article
    mentions: tuple[Mention, ...]
    references: tuple[Reference, ...]
    statements: tuple[Statement, ...]


class Decided(NamedTuple):
    """A thing or date that a reviewer decided on, and the id of the decision."""

    value: str
    by: str


@dataclass(frozen=True, slots=True)
class Verdict:
    """What reviewers decided of one reference of an article.

    Attributes:
        reference: its id.
        accepted: the thing that it stands for.
        rejected: the things that it does not stand for, sorted.
    """

    reference: str
    accepted: Decided | None = None
    rejected: tuple[Decided, ...] = ()


@dataclass(frozen=True, slots=True)
class Claims:
    """What linking needs of one article graph: its references and statements.

    It looks at no mentions; references that are read from a graph have none.

    Attributes:
        verdicts: what was decided of its references, at most one for each.
    """

    article: str
    published: str | None
    references: tuple[Reference, ...]
    statements: tuple[Statement, ...]
    verdicts: tuple[Verdict, ...] = ()


@dataclass(frozen=True, slots=True)
class PolicyDocument:
    """A document that the corpus or the registry knows.

    Attributes:
        id: path under `{base}`, derived from its key alone ("document/dang/tw/xi/nq/25").
        system: "party", "state", "mass" (a mass organisation), or "unknown".
        number: canonical ("25-NQ/TW"), or None for one known by name only.
        date: the preferred date; issuers: ids of the organisations that issued it, the preferred
            ones. An `AttributeValue` keeps each value that is given for either.
        known_from: source of the registry row that knows it, or None.
        signers: names of the persons who signed it, as articles say.
    """

    kind: ClassVar[Kind] = "document"

    id: str
    label: str
    system: Literal["party", "state", "mass", "unknown"]
    type: str | None = None
    number: str | None = None
    date: str | None = None
    issuers: tuple[str, ...] = ()
    title: str | None = None
    term: str | None = None
    plenum: str | None = None
    place: str | None = None
    is_draft: bool = False
    known_from: str | None = None
    signers: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Organisation:
    """An organisation, with its life as far as the registry knows it.

    Attributes:
        part_of: the id of the body above it.
        valid_from, valid_to: its first and last day, ISO 8601, or the year alone.
        successor: the id of the body that took its place.
        shares_name: whether another body bore the name before it, or does so after it.
        level: id of the concept of the level that it stands on ("trung-uong", "tinh"), where known.
    """

    kind: ClassVar[Kind] = "organisation"

    id: str
    label: str
    place: str | None = None
    part_of: str | None = None
    known_from: str | None = None
    valid_from: str | None = None
    valid_to: str | None = None
    successor: str | None = None
    shares_name: bool = False
    level: str | None = None


@dataclass(frozen=True, slots=True)
class Campaign:
    """A campaign; `type` is "phong-trao", "cuoc-van-dong", … where the registry knows it."""

    kind: ClassVar[Kind] = "campaign"

    id: str
    label: str
    type: str | None = None
    known_from: str | None = None


Thing = PolicyDocument | Organisation | Campaign


@dataclass(frozen=True, slots=True)
class Link:
    """What a reference is taken to stand for, and why; `candidates` lists things it may stand for.

    `partial` is the id minted from what the article alone says, where that differs from `thing`;
    a `Completion` says the same of the two things. `decided_by` are the ids of the decisions that
    count here, sorted.
    """

    article: str
    reference: str
    thing: str
    basis: Basis
    candidates: tuple[str, ...] = ()
    partial: str | None = None
    decided_by: tuple[str, ...] = ()


class Fact(NamedTuple):
    """A direct triple between two things, by their ids; "cites" has an article as its subject.

    A tuple, since facts are sorted and looked up by the thousand.
    """

    subject: str
    predicate: str
    object: str


@dataclass(frozen=True, slots=True)
class AttributeValue:
    """One value that texts or the registry give for a property of a document.

    Attributes:
        value: a date, ISO 8601; of "issuedBy" the id of an organisation.
        is_preferred: whether it counts as the document's, other values notwithstanding.
        said_in: by article and by name in it (`assertion`), the assertions and statements that
            give it, sorted.
        known_from: source of the registry row that gives it.
        decided_by: id of the decision that gives it.
    """

    document: str
    property: Literal["date", "issuedBy"]
    value: str
    is_preferred: bool
    said_in: tuple[tuple[str, str], ...] = ()
    known_from: str | None = None
    decided_by: str | None = None


@dataclass(frozen=True, slots=True, order=True)
class Change:
    """A day on which bodies gave way to another: a renaming or a merger.

    Attributes:
        date: the first day of what followed, ISO 8601; the year alone where no more is known.
        result: id of the body that followed; `originals` of those that it took the place of.
        label: "Bộ Giao thông vận tải, Bộ Xây dựng → Bộ Xây dựng".
    """

    date: str
    result: str
    originals: tuple[str, ...]
    label: str


@dataclass(frozen=True, slots=True, order=True)
class Completion:
    """The id that some article alone gives a document, and that of the document it was found to be.

    References of one partial key may be completed to several documents. A thing that a reviewer
    found to be another one is told of likewise.
    """

    partial: str
    document: str


@dataclass(frozen=True, slots=True)
class Links:
    """What the corpus is taken to mean: the links graph as values, each tuple sorted and unique.

    Attributes:
        mergers: things that are others by a decision, and by which; completions say which others.
    """

    things: tuple[Thing, ...]
    links: tuple[Link, ...]
    facts: tuple[Fact, ...]
    values: tuple[AttributeValue, ...] = ()
    changes: tuple[Change, ...] = ()
    completions: tuple[Completion, ...] = ()
    mergers: tuple[Decided, ...] = ()
