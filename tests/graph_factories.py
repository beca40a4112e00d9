"""Hand-made values for the tests of the graph: two small articles and what they stand for."""

from __future__ import annotations

from pathlib import Path

from policygraph.graph.iri import DEFAULT_BASE
from policygraph.graph.policy_graph import PolicyGraph
from policygraph.graph.rdf import describe_article, describe_links
from policygraph.graph.store import update_folder
from policygraph.model import (
    AnnotatedArticle,
    Article,
    AttributeValue,
    Campaign,
    Citation,
    Completion,
    DocumentReference,
    Evidence,
    Fact,
    Link,
    Links,
    NameMention,
    NameReference,
    Organisation,
    PolicyDocument,
    StatedDate,
    Statement,
)
from policygraph.numbering import DocumentNumber
from policygraph.span import Span

BASE = DEFAULT_BASE
CTR23 = "document/dang/tu/ha-noi/2010-2015/ctr/23"
NQ25 = "document/dang/tw/xi/nq/25"
THANH_UY = "organisation/thanh-uy-ha-noi"
DANG_BO = "organisation/dang-bo-thanh-pho-ha-noi"
DAN_VAN_KHEO = "campaign/dan-van-kheo"

HANOI_TEXT = (
    "Thành ủy đã ban hành Chương trình hành động số 23-CTr/TU, ngày 25/7/2013 về thực hiện "
    "Nghị quyết số 25-NQ/TW, ngày 03/6/2013. Thành ủy đẩy mạnh phong trào “Dân vận khéo”.\n\n"
    "Các nhiệm vụ trong Chương trình hành động số 23-CTr/TU, ngày 15/7/2013 của Thành ủy thực hiện "
    "Nghị quyết Trung ương 7 (khóa XI) “về công tác dân vận”.\n"
)


def span_of(text: str, part: str, *, nth: int = 1) -> Span:
    start = -1
    for _ in range(nth):
        start = text.index(part, start + 1)
    return Span(start, start + len(part))


def make_hanoi(article_id: str = "hanoi.txt", **metadata: str) -> AnnotatedArticle:
    """The article that dates 23-CTr/TU twice, each time otherwise."""
    text = HANOI_TEXT
    ctr = [_cite(text, "Chương trình hành động số 23-CTr/TU", n) for n in (1, 2)]
    numbered = _cite(text, "Nghị quyết số 25-NQ/TW", 1)
    plenum = Citation(
        span_of(text, "Nghị quyết Trung ương 7 (khóa XI)"), "plenum", "plenum", "nghi-quyet"
    )
    bodies = [
        NameMention(
            "organisation", span_of(text, "Thành ủy", nth=n), "committee", "Thành ủy Hà Nội"
        )
        for n in (1, 2, 3)
    ]
    campaign = NameMention("campaign", span_of(text, "Dân vận khéo"), "quoted", "Dân vận khéo")
    sentence = Span(0, text.index("2013. ") + 5)
    last = Span(text.index("Các nhiệm vụ"), len(text) - 1)
    second = Span(sentence.end + 1, text.index("\n"))
    references = (
        NameReference("organisation", "ref-1", "Thành ủy Hà Nội", tuple(bodies), place="ha-noi"),
        DocumentReference(
            "ref-2",
            "Chương trình hành động số 23-CTr/TU",
            tuple(ctr),
            type="chuong-trinh-hanh-dong",
            number=DocumentNumber("23", "CTr", "TU", style="party"),
            written="23-CTr/TU",
            dates=(_date(text, "25/7/2013", "2013-07-25"), _date(text, "15/7/2013", "2013-07-15")),
            issuers=("ref-1",),
            place="ha-noi",
        ),
        DocumentReference(
            "ref-3",
            "Nghị quyết số 25-NQ/TW",
            (numbered, plenum),
            type="nghi-quyet",
            number=DocumentNumber("25", "NQ", "TW", style="party"),
            written="25-NQ/TW",
            dates=(_date(text, "03/6/2013", "2013-06-03"),),
            title="về công tác dân vận",
            term="XI",
            plenum="7",
        ),
        NameReference("campaign", "ref-4", "Dân vận khéo", (campaign,)),
    )
    statements = (
        Statement("ref-2", "issuedBy", "ref-1", (Evidence(sentence, "da-ban-hanh"),)),
        Statement(
            "ref-2", "implements", "ref-3", (Evidence(sentence, "ve"), Evidence(last, "thuc-hien"))
        ),
        Statement("ref-1", "promotes", "ref-4", (Evidence(second, "day-manh"),)),
    )
    mentions = sorted((*ctr, numbered, plenum, *bodies, campaign), key=lambda m: m.span)
    article = Article(article_id, text, "ab" * 32, **metadata)  # type: ignore[arg-type]
    return AnnotatedArticle(article, tuple(mentions), references, statements)


def _cite(text: str, surface: str, nth: int) -> Citation:
    return Citation(span_of(text, surface, nth=nth), "full-number", "numbered")


def _date(text: str, written: str, date: str) -> StatedDate:
    return StatedDate(date, span_of(text, written))


def make_links(article_id: str = "hanoi.txt") -> Links:
    """What the Hà Nội article stands for."""
    things = (
        Campaign(DAN_VAN_KHEO, "Dân vận khéo", type="phong-trao-thi-dua"),
        PolicyDocument(
            CTR23,
            "Chương trình hành động 23-CTr/TU",
            "party",
            type="chuong-trinh-hanh-dong",
            number="23-CTr/TU",
            date="2013-07-25",
            issuers=(THANH_UY,),
            place="ha-noi",
        ),
        PolicyDocument(
            NQ25,
            "Nghị quyết 25-NQ/TW",
            "party",
            type="nghi-quyet",
            number="25-NQ/TW",
            date="2013-06-03",
            title="về tăng cường và đổi mới sự lãnh đạo của Đảng đối với công tác dân vận",
            term="XI",
            plenum="7",
            known_from="registry row",
        ),
        Organisation(DANG_BO, "Đảng bộ thành phố Hà Nội", place="ha-noi"),
        Organisation(THANH_UY, "Thành ủy Hà Nội", place="ha-noi", part_of=DANG_BO),
    )
    links = (
        Link(article_id, "ref-1", THANH_UY, "named"),
        Link(article_id, "ref-2", CTR23, "number-and-date", partial="document/dang/tu/_/ctr/23"),
        Link(article_id, "ref-3", NQ25, "registry", candidates=(NQ25,)),
        Link(article_id, "ref-4", DAN_VAN_KHEO, "named"),
    )
    cited = (CTR23, NQ25, THANH_UY, DAN_VAN_KHEO)
    facts = (
        Fact(CTR23, "implements", NQ25),
        Fact(CTR23, "issuedBy", THANH_UY),
        Fact(THANH_UY, "promotes", DAN_VAN_KHEO),
        *(Fact(article_id, "cites", thing) for thing in cited),
    )
    second, first, third, stated = (
        ((article_id, name),)
        for name in ("ref-2-date-2", "ref-2-date-1", "ref-3-date-1", "statement-1")
    )
    values = (
        AttributeValue(CTR23, "date", "2013-07-15", False, second),
        AttributeValue(CTR23, "date", "2013-07-25", True, first),
        AttributeValue(CTR23, "issuedBy", THANH_UY, True, stated),
        AttributeValue(NQ25, "date", "2013-06-03", True, third, "registry row"),
    )
    completions = (Completion("document/dang/tu/_/ctr/23", CTR23),)
    return Links(things, links, facts, values, completions=completions)


def document(id_: str, label: str, **attributes: str) -> PolicyDocument:
    return PolicyDocument(id_, label, "party", **attributes)  # type: ignore[arg-type]


def write_graph(
    folder: Path, articles: tuple[AnnotatedArticle, ...], links: Links, *, base: str = BASE
) -> PolicyGraph:
    """A graph folder with these articles and links, open for reading."""
    with update_folder(folder, base=base) as update:
        for annotated in articles:
            quads = describe_article(annotated, base=base)
            update.replace_article(annotated.article.id, quads)
        update.patch_links((), tuple(describe_links(links, base=base)))
    return PolicyGraph.open(folder)


def write_hanoi(folder: Path) -> PolicyGraph:
    return write_graph(folder, (make_hanoi(),), make_links())
