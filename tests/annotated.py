"""An annotated article made by hand: a programme that carries out a resolution, twice named."""

from __future__ import annotations

from policygraph.model import (
    AnnotatedArticle,
    Article,
    Citation,
    DocumentReference,
    Evidence,
    Link,
    Links,
    NameMention,
    NameReference,
    Organisation,
    PolicyDocument,
    Region,
    StatedDate,
    Statement,
)
from policygraph.numbering import parse_number
from policygraph.span import Span

TEXT = (
    "Thành ủy ban hành Chương trình 23-CTr/TU, ngày 25/7/2013 thực hiện Nghị quyết 25-NQ/TƯ.\n"
    "Chương trình 23-CTr/TU ngày 15/7/2013 thực hiện Nghị quyết Trung ương 7 (khóa XI).\n"
    "Tin liên quan: <b>Lễ trao giải</b>\n"
)
COMMITTEE = "organisation/thanh-uy-ha-noi"
RESOLUTION = "document/dang/tw/xi/nq/25"
PROGRAMME = "document/dang/tu/ha-noi/2010-2015/ctr/23"


def find(surface: str, *, after: int = 0) -> Span:
    start = TEXT.index(surface, after)
    return Span(start, start + len(surface))


def cite(surface: str, written: str | None, *, after: int = 0, date: str | None = None) -> Citation:
    span = find(surface, after=after)
    return Citation(
        span=span,
        rule="numbered",
        form="numbered" if written else "plenum",
        number=parse_number(written, frozenset({"NQ", "CTr"})) if written else None,
        written=written,
        dates=(StatedDate(date, span),) if date else (),
    )


def refer(id: str, label: str, type: str, *mentions: Citation) -> DocumentReference:
    first = mentions[0]
    dates = tuple(stated for mention in mentions for stated in mention.dates)
    return DocumentReference(
        id, label, mentions, type, number=first.number, written=first.written, dates=dates
    )


def make_annotated() -> AnnotatedArticle:
    second = TEXT.index("\n")
    body = NameMention("organisation", find("Thành ủy"), "short-form", "Thành ủy Hà Nội")
    programme = cite("Chương trình 23-CTr/TU", "23-CTr/TU", date="2013-07-25")
    again = cite("Chương trình 23-CTr/TU", "23-CTr/TU", after=second, date="2013-07-15")
    resolution = cite("Nghị quyết 25-NQ/TƯ", "25-NQ/TƯ")
    plenum = cite("Nghị quyết Trung ương 7 (khóa XI)", None)
    references = (
        NameReference("organisation", "ref-1", "Thành ủy Hà Nội", (body,)),
        refer("ref-2", "Chương trình 23-CTr/TU", "chuong-trinh", programme, again),
        refer("ref-3", "Nghị quyết 25-NQ/TW", "nghi-quyet", resolution),
        refer("ref-4", "Nghị quyết Trung ương 7 (khóa XI)", "nghi-quyet", plenum),
    )
    sentence = Evidence(Span(0, second), "implements-verb")
    repeated = Evidence(Span(second + 1, TEXT.index("\nTin")), "implements-verb")
    statements = (
        Statement("ref-2", "issuedBy", "ref-1", (sentence,)),
        Statement("ref-2", "implements", "ref-3", (sentence,)),
        Statement("ref-2", "implements", "ref-4", (repeated,)),
    )
    region = Region("furniture", Span(TEXT.index("Tin"), len(TEXT)))
    article = Article("a/b.txt", TEXT, "0" * 64, (region,), title="Hà Nội & dân vận")
    mentions = tuple(sorted((body, programme, again, resolution, plenum), key=lambda m: m.span))
    return AnnotatedArticle(article, mentions, references, statements)


def make_links() -> Links:
    things = (
        PolicyDocument(PROGRAMME, "Chương trình 23-CTr/TU", "party", number="23-CTr/TU"),
        PolicyDocument(
            RESOLUTION,
            "Nghị quyết 25-NQ/TW",
            "party",
            number="25-NQ/TW",
            date="2013-06-03",
            issuers=("organisation/ban-chap-hanh-trung-uong-dang",),
            title="về công tác dân vận",
        ),
        Organisation(COMMITTEE, "Thành ủy Hà Nội"),
    )
    meant = {"ref-1": COMMITTEE, "ref-2": PROGRAMME, "ref-3": RESOLUTION, "ref-4": RESOLUTION}
    links = [Link("a/b.txt", ref, thing, "number-and-term") for ref, thing in meant.items()]
    elsewhere = Link("other.txt", "ref-1", RESOLUTION, "number-and-term")
    return Links(things, (*links, elsewhere), ())
