"""Identity: what is one thing across articles, what stays apart, and why."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from timing import assert_grows_within

from policygraph.document_types import type_codes
from policygraph.extraction import extract_mentions
from policygraph.lexicon import load_rows
from policygraph.linking import link
from policygraph.linking.keys import make_key
from policygraph.linking.lives import LocalBodies, list_lives
from policygraph.model import (
    Article,
    Claims,
    DocumentReference,
    Link,
    Links,
    NameReference,
    Organisation,
    PolicyDocument,
    StatedDate,
)
from policygraph.numbering import parse_number
from policygraph.references import refer
from policygraph.registry import KnownDocument, load_registry
from policygraph.resources import data_file
from policygraph.span import Span
from policygraph.statements import relate

HANOI = "Thành ủy Hà Nội đã ban hành Chương trình số 12-CTr/TU, ngày 25/7/2013."
QUANG_NINH = "Tỉnh ủy Quảng Ninh đã ban hành Chương trình số 12-CTr/TU, ngày 1/8/2013."
RELIGION = "Nghị quyết số 25-NQ/TW, ngày 12/3/2003 về công tác tôn giáo."
YOUTH = "Nghị quyết số 25-NQ/TW, ngày 25/7/2008 về công tác thanh niên."
PEOPLE = "Nghị quyết số 25-NQ/TW, ngày 3/6/2013 về công tác dân vận."
UNDATED = "Nghị quyết số 25-NQ/TW đã đi vào cuộc sống."


def read(text: str, *, id: str = "a.txt", published: str | None = None) -> Claims:
    article = Article(id, text, "0" * 64, published=published)
    references = refer(article, extract_mentions(article))
    return Claims(id, published, references, relate(article, references))


def read_all(*texts: str) -> list[Claims]:
    return [read(text, id=f"{number}.txt") for number, text in enumerate(texts)]


def documents(links: Links) -> list[str]:
    return [thing.id for thing in links.things if isinstance(thing, PolicyDocument)]


def link_text(text: str, *, published: str | None = None) -> Link:
    """The link of the first document of a text."""
    links = link([read(text, published=published)], load_registry())
    return next(each for each in links.links if each.thing.startswith("document/"))


@pytest.mark.parametrize(
    ("text", "id_"),
    [
        (PEOPLE, "document/dang/tw/xi/nq/25"),
        ("Chỉ thị số 10-CT/TW của Ban Bí thư (khóa IX)", "document/dang/tw/ix/ct/10"),
        (HANOI, "document/dang/tu/ha-noi/2010-2015/ctr/12"),
        ("Thành ủy Hà Nội ban hành Kế hoạch số 5-KH/TU", "document/dang/tu/ha-noi/_/kh/5"),
        ("Nghị quyết Trung ương 8 (khóa IX) đã nêu", "document/dang/tw/ix/hoi-nghi-8/nq"),
        ("Nghị quyết Trung ương 3 về doanh nghiệp", "document/dang/tw/_/hoi-nghi-3/nq"),
        ("Nghị quyết Đại hội XIII của Đảng", "document/dang/tw/xiii/dai-hoi"),
        ("Nghị định số 30/2020/NĐ-CP", "document/nn/cp/2020/nd/30"),
        ("Quyết định 800/QĐ-TTg ngày 4/6/2010", "document/nn/ttg/2010/qd/800"),
        ("Quyết định 800/QĐ-TTg", "document/nn/ttg/_/qd/800"),
        ("Luật số 10/2022/QH15", "document/nn/qh/15/2022/10"),
        ("Luật Tài nguyên nước năm 2012", "document/nn/luat/luat-tai-nguyen-nuoc/2012"),
        ("Luật Đất đai", "document/nn/luat/luat-dat-dai"),
        ("dự thảo Luật Thanh tra (sửa đổi)", "document/nn/luat/luat-thanh-tra/du-thao"),
        ("Nghị quyết 25 của khóa XI", "document/dang/tw/xi/nq/25"),
        ("Nghị quyết 25 (khóa IX) về tôn giáo", "document/dang/tw/ix/nq/25"),
        ("Nghị quyết 25 của Trung ương đã nêu", "document/dang/tw/_/nq/25"),
        ("Nghị quyết 12-NQ/TW của Trung ương 4 khóa XI", "document/dang/tw/xi/nq/12"),
        ("Nghị quyết 9999 của khóa XI", "document/_/_/_/nq/9999"),
        ("Chỉ thị 77 của Thủ tướng Chính phủ", "document/nn/ttg/_/ct/77"),
    ],
)
def test_ids_are_made_of_the_key_alone(text: str, id_: str) -> None:
    link_ = link_text(text)
    assert (link_.partial or link_.thing) == id_


def test_a_local_state_document_belongs_to_its_province() -> None:
    text = "Công điện số 01/CĐ-UBND ngày 1/5/2021 của UBND tỉnh Hà Nam"
    assert link_text(text).thing == "document/nn/ubnd/ha-nam/2021/cd/1"


def test_three_terms_of_one_number_are_three_documents() -> None:
    found = documents(link(read_all(RELIGION, YOUTH, PEOPLE), load_registry()))
    assert [id_.split("/")[3] for id_ in found] == ["ix", "x", "xi"]


def test_two_provinces_with_one_number_are_two_documents() -> None:
    found = documents(link(read_all(HANOI, QUANG_NINH), load_registry()))
    assert [id_.split("/")[3] for id_ in found] == ["ha-noi", "quang-ninh"]


@pytest.mark.parametrize(
    ("issuer", "number", "seat"),
    [
        ("Tỉnh ủy Hồng Lĩnh", "12-CTr/TU", "tu/hong-linh"),
        ("Ban Thường vụ Tỉnh ủy Lam Sơn Hạ", "12-CTr/TU", "tu/lam-son-ha"),
        ("UBND tỉnh Hồng Lĩnh", "12/2013/QĐ-UBND", "ubnd/hong-linh"),
        ("Huyện ủy Tam Sơn", "12-CTr/HU", "hu/_/huyen-tam-son"),
        ("Tỉnh ủy", "12-CTr/TU", "tu/_"),
    ],
)
def test_a_province_outside_the_registry_goes_by_its_name(
    issuer: str, number: str, seat: str
) -> None:
    text = f"{issuer} đã ban hành Văn bản số {number}, ngày 25/7/2013."
    (found,) = documents(link(read_all(text), load_registry()))
    assert found.split("/", 2)[2].startswith(f"{seat}/20")


def test_an_undated_number_among_three_terms_stays_ambiguous() -> None:
    links = link(read_all(RELIGION, YOUTH, PEOPLE, UNDATED), load_registry())
    (undated,) = (each for each in links.links if each.article == "3.txt")
    assert undated.thing == "document/dang/tw/_/nq/25"
    assert undated.basis == "ambiguous"
    assert {c.split("/")[3] for c in undated.candidates} >= {"ix", "x", "xi"}


def test_a_later_article_completes_a_partial_citation() -> None:
    partial = "Thành ủy Hà Nội đã ban hành Chương trình số 12-CTr/TU."
    alone = link(read_all(partial), load_registry())
    assert documents(alone) == ["document/dang/tu/ha-noi/_/ctr/12"]
    both = link(read_all(partial, HANOI), load_registry())
    assert documents(both) == ["document/dang/tu/ha-noi/2010-2015/ctr/12"]
    completed = next(each for each in both.links if each.partial)
    assert completed.basis == "sole-candidate"
    assert completed.partial == "document/dang/tu/ha-noi/_/ctr/12"


def test_a_subject_of_its_own_is_not_completed_by_another() -> None:
    texts = ("Nghị quyết số 77-NQ/TW về phát triển kinh tế biển và hải đảo.",)
    other = "Nghị quyết số 77-NQ/TW, ngày 3/6/2013 về công tác cán bộ nữ trong giai đoạn mới."
    found = documents(link(read_all(*texts, other), load_registry()))
    assert len(found) == 2


@pytest.mark.parametrize(
    ("published", "thing", "basis"),
    [
        ("2015-10-01", "document/dang/tw/xi/qd/217", "registry"),
        ("2013-01-01", "document/dang/tw/_/qd/217", "partial"),
        ("2019-01-01", "document/dang/tw/_/qd/217", "partial"),
        (None, "document/dang/tw/_/qd/217", "partial"),
    ],
)
def test_the_registry_decides_only_for_the_term_the_article_is_of(
    published: str | None, thing: str, basis: str
) -> None:
    link_ = link_text("thực hiện Quyết định số 217-QĐ/TW", published=published)
    assert (link_.thing, link_.basis) == (thing, basis)
    if basis == "partial":
        of_2013_12_12 = ("document/dang/tw/xi/qd/217",)
        assert link_.candidates == (() if published == "2013-01-01" else of_2013_12_12)


def test_a_plenum_that_passed_several_resolutions_is_told_by_its_subject() -> None:
    alone = link_text("Nghị quyết Trung ương 7 (khóa XI) đã nêu")
    assert alone.basis == "ambiguous"
    assert "document/dang/tw/xi/nq/25" in alone.candidates
    titled = link_text(
        "Nghị quyết Trung ương 7 (khóa XI) “về tăng cường và đổi mới sự lãnh đạo của Đảng đối với "
        "công tác dân vận trong tình hình mới”"
    )
    assert (titled.thing, titled.basis) == ("document/dang/tw/xi/nq/25", "title")


def test_a_law_of_a_year_by_name_is_the_law_that_the_registry_knows() -> None:
    link_ = link_text("Luật Đất đai năm 2013")
    assert (link_.thing, link_.basis) == ("document/nn/qh/13/2013/45", "alias")


def test_contradicting_dates_stay_with_one_document() -> None:
    other = HANOI.replace("25/7/2013", "15/7/2013")
    links = link(read_all(HANOI, other, HANOI), load_registry())
    (document,) = (t for t in links.things if isinstance(t, PolicyDocument))
    assert document.date == "2013-07-25"
    assert [(v.value, v.is_preferred) for v in links.values if v.property == "date"] == [
        ("2013-07-15", False),
        ("2013-07-25", True),
    ]


def test_bodies_above_are_things_too() -> None:
    links = link(read_all("Ban Dân vận Thành ủy Hà Nội và Bộ Chính trị họp."), load_registry())
    bodies = {t.id: t for t in links.things if isinstance(t, Organisation)}
    unit = bodies["organisation/ban-dan-van-thanh-uy-ha-noi"]
    assert unit.part_of == "organisation/thanh-uy-ha-noi"
    assert all(body.part_of in bodies for body in bodies.values() if body.part_of)


def test_every_triple_and_link_ends_at_a_thing() -> None:
    links = link(read_all(HANOI, PEOPLE, "Chỉ thị 05 của Bộ Chính trị"), load_registry())
    ids = {thing.id for thing in links.things}
    assert {each.thing for each in links.links} <= ids
    assert {candidate for each in links.links for candidate in each.candidates} <= ids
    assert {fact.object for fact in links.facts} <= ids
    issuers = {i for t in links.things if isinstance(t, PolicyDocument) for i in t.issuers}
    assert issuers <= ids


# --- what may not be merged, and what may ---------------------------------------------------------


def cite(
    number: str | None = None,
    type: str | None = None,
    *,
    date: str | None = None,
    by: NameReference | None = None,
    published: str | None = None,
    **parts: object,
) -> Claims:
    """An article with one reference, named after what it says so that each is another one."""
    reference = DocumentReference(
        "ref-1",
        number or "?",
        type=type,
        number=parse_number(number, type_codes()) if number else None,
        dates=(StatedDate(date, Span(0, 1)),) if date else (),
        issuers=(by.id,) if by else (),
        **parts,  # type: ignore[arg-type]
    )
    issuers = (by,) if by else ()
    said = (number, type, date, by and by.label, published, *sorted(parts.items()))
    return Claims(repr(said), published, (reference, *issuers), ())


def body(name: str, place: str | None = None) -> NameReference:
    return NameReference("organisation", "ref-2", name, place=place)


def things_of(*claims: Claims) -> list[str]:
    """The document that each article stands for."""
    links = link(claims, load_registry()).links
    things = {each.article: each.thing for each in links if each.reference == "ref-1"}
    return [things[each.article] for each in claims]


@pytest.mark.parametrize(
    ("claims", "id_"),
    [
        (cite("12-NQ/TU", term="XV", place="ha-noi"), "document/dang/tu/ha-noi/xv/nq/12"),
        (cite("12-NQ/TU", date="2016-06-03"), "document/dang/tu/_/2015-2020/nq/12"),
        (cite("10-HD/BTCTW", date="2016-06-03"), "document/dang/btctw/xii/hd/10"),
        (cite("12/TT-BGD&ĐT", date="2011-03-28"), "document/nn/bgddt/2011/tt/12"),
        (cite("55/2010/NQ-QH12"), "document/nn/qh/12/2010/55"),
        (cite("34/2007/PL-UBTVQH11"), "document/nn/ubtvqh/11/2007/pl/34"),
        (cite("55/2005/TTLT-BNV-VPCP"), "document/nn/bnv-vpcp/2005/ttlt/55"),
        (cite("23/TTr-MTTQ", date="2017-01-01"), "document/tc/mttq/2017/ttr/23"),
        (
            cite("23/TTr-MTTQ", date="2017-01-01", place="ha-nam"),
            "document/tc/mttq/ha-nam/2017/ttr/23",
        ),
        (cite("25", "nghi-quyet", plenum="7", term="XI"), "document/dang/tw/xi/nq/25"),
        (cite("25", "nghi-quyet"), "document/_/_/_/nq/25"),
        (
            cite(type="nghi-quyet", congress="Đảng bộ tỉnh Kiên Giang X"),
            "document/dang/tu/kien-giang/x/dai-hoi",
        ),
        (
            cite(type="nghi-quyet", congress="Đảng bộ tỉnh X"),
            "document/dang/tu/_/x/dai-hoi",
        ),
        (
            cite(type="nghi-quyet", plenum="6 (lần 2)", term="IX"),
            "document/dang/tw/ix/hoi-nghi-6-lan-2/nq",
        ),
    ],
)
def test_a_key_has_the_shape_of_its_body(claims: Claims, id_: str) -> None:
    assert things_of(claims) == [id_]


@pytest.mark.parametrize("known", load_registry().documents, ids=lambda known: known.id)
def test_the_key_of_a_known_document_is_its_id(known: KnownDocument) -> None:
    (reference, *_) = cite(known.number, known.type, date=known.date, term=known.term).references
    assert isinstance(reference, DocumentReference)
    assert make_key(reference, (), load_registry()).id == known.id


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (
            cite("12-NQ/TU", term="XIV", place="ha-noi"),
            cite("12-NQ/TU", term="XV", place="ha-noi"),
        ),
        (
            cite("12-NQ/HU", date="2016-06-03", by=body("Huyện ủy Yên Lạc", "vinh-phuc")),
            cite("12-NQ/HU", date="2016-06-03", by=body("Huyện ủy Tam Đảo", "vinh-phuc")),
        ),
        (
            cite("12-NQ/HU", date="2016-06-03", by=body("Huyện ủy Yên Lạc")),
            cite("12-NQ/HU", date="2016-06-03", by=body("Huyện ủy Tam Đảo")),
        ),
        (
            cite("9/QĐ-UBND", date="2016-06-03", by=body("Ủy ban nhân dân tỉnh Thanh Hóa")),
            cite(
                "9/QĐ-UBND",
                date="2016-06-03",
                by=body("Ủy ban nhân dân thành phố Thanh Hóa", "thanh-hoa"),
            ),
        ),
        (
            cite("47", "ke-hoach", by=body("Huyện ủy Yên Lạc")),
            cite("47", "ke-hoach", by=body("Hội Nông dân huyện Tam Đảo")),
        ),
        (
            cite(type="nghi-quyet", congress="Đảng bộ tỉnh X", place="kien-giang"),
            cite(type="nghi-quyet", congress="Đảng bộ tỉnh X", place="ha-nam"),
        ),
        (
            cite(type="nghi-quyet", congress="toàn quốc XIII", term="XIII"),
            cite(type="bao-cao", congress="toàn quốc XIII", term="XIII"),
        ),
        (
            cite("12-CTr/TU", date="2013-06-03", place="ha-noi"),
            cite("12-CTr/TU"),  # the place comes from the article, never from another
        ),
        (
            cite("25-NQ/TW", date="2013-06-03"),
            cite("25-NQ/TW", published="2006-01-01"),
        ),
        (
            cite("30/2020/NĐ-CP"),
            cite("30/2020/NĐ-CP", is_draft=True),
        ),
    ],
)
def test_what_known_parts_tell_apart_stays_apart(one: Claims, other: Claims) -> None:
    first, second = things_of(one, other)
    assert first != second


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (cite("05-CT/TW", date="2016-05-15"), cite("5-CT/TW", date="2016-05-15")),
        (cite("77-NQ/TW", date="2013-06-03"), cite("77-NQ/TW", published="2014-01-01")),
        (cite("217-QĐ/TW", "quy-dinh", published="2015-10-01"), cite("217-QĐ/TW", term="XI")),
        (cite("12/TT-BGD&ĐT", date="2011-03-28"), cite("12/TT-BGDĐT", date="2011-03-28")),
        (cite("55/2010/NQ-QH12"), cite("55/2010/QH12")),
        (
            cite("9/QĐ-UBND", date="2016-06-03", by=body("Ủy ban nhân dân tỉnh Hà Nam", "ha-nam")),
            cite("9/QĐ-UBND", date="2016-06-03", place="ha-nam"),
        ),
        (
            cite("11/2022/QH15", "luat", name="Luật Thanh tra", year=2022),
            cite(type="luat", name="Luật Thanh tra", year=2022),
        ),
        (
            cite(type="nghi-quyet", plenum="7", term="XI", title="công tác dân vận"),
            cite("25-NQ/TW", term="XI"),
        ),
        (
            cite("69-QĐ/TW", "quy-dinh", title="kỷ luật tổ chức đảng và đảng viên vi phạm"),
            cite("69-QĐ/TW", date="2022-07-06"),
        ),
    ],
)
def test_what_agrees_is_one(one: Claims, other: Claims) -> None:
    first, second = things_of(one, other)
    assert first == second


def test_two_terms_that_an_article_may_mean_are_both_its_candidates() -> None:
    """18-NQ/TW is of 2017 and of 2022: the term in force does not choose between them."""
    (link_,) = link([cite("18-NQ/TW", published="2024-12-10")], load_registry()).links
    assert (link_.thing, link_.basis) == ("document/dang/tw/_/nq/18", "ambiguous")
    assert link_.candidates == ("document/dang/tw/xii/nq/18", "document/dang/tw/xiii/nq/18")


def test_a_plenum_told_by_its_subject_tells_the_number_beside_it() -> None:
    plenum = cite(type="nghi-quyet", plenum="7", term="XI", title="công tác dân vận")
    number = cite("25-NQ/TW", "nghi-quyet")
    both = [
        replace(claims.references[0], id=f"ref-{n}") for n, claims in enumerate((plenum, number))
    ]
    links = link([Claims("a.txt", None, tuple(both), ())], load_registry()).links
    assert [(each.thing, each.basis) for each in links] == [
        ("document/dang/tw/xi/nq/25", "title"),
        ("document/dang/tw/xi/nq/25", "antecedent"),
    ]


def test_a_law_without_a_year_among_two_stays_without() -> None:
    name = "Luật Đất đai"
    laws = [cite(type="luat", name=name, year=year) for year in (2013, 2024, None)]
    assert things_of(*laws) == [
        "document/nn/qh/13/2013/45",
        "document/nn/qh/15/2024/31",
        "document/nn/luat/luat-dat-dai",
    ]


def test_a_law_without_a_year_is_not_taken_for_the_only_one_that_is_dated() -> None:
    dated = cite(type="luat", name="Luật Tài nguyên nước", year=2012)
    bare = cite(type="luat", name="Luật Tài nguyên nước")
    claims = [replace(dated, article="dated.txt"), replace(bare, article="bare.txt")]
    links = {each.article: each for each in link(claims, load_registry()).links}
    assert links["bare.txt"].thing == "document/nn/luat/luat-tai-nguyen-nuoc"
    assert links["bare.txt"].candidates == (links["dated.txt"].thing,)


def test_a_number_that_the_registry_knows_of_another_term_too_stays_open() -> None:
    links = link(read_all(PEOPLE, UNDATED), load_registry())
    undated = next(each for each in links.links if each.article == "1.txt")
    assert undated.basis == "ambiguous"
    assert {c.split("/")[3] for c in undated.candidates} >= {"x", "xi"}


def test_rows_without_a_source_neither_decide_nor_describe() -> None:
    recalled = [known for known in load_registry().documents if not known.is_attested]
    assert recalled
    for known in recalled:
        claims = [cite(known.number, known.type, term=known.term, date=known.date)]
        claims.append(cite(known.number, known.type, title=known.title))
        links = link(claims, load_registry())
        described = {t.known_from for t in links.things if t.id == known.id}
        assert described == {None}
        undated = link(claims[1:], load_registry())
        assert known.id not in {c for each in undated.links for c in each.candidates}


def test_a_bare_number_is_known_by_its_full_one() -> None:
    links = link(
        [cite("05", "chi-thi", by=body("Bộ Chính trị"), published="2017-12-01")], load_registry()
    )
    (document,) = (thing for thing in links.things if isinstance(thing, PolicyDocument))
    assert (document.label, document.date) == ("Chỉ thị 05-CT/TW", "2016-05-15")


TEXTS = [HANOI, QUANG_NINH, RELIGION, YOUTH, PEOPLE, UNDATED, "Chỉ thị 05 của Bộ Chính trị"]
CORPUS = [
    *read_all(*TEXTS, *(text.replace("2013", "2012") for text in TEXTS)),
    cite("25-NQ/TW", published="2009-01-01"),
    cite("25-NQ/TW", title="công tác thanh niên thời kỳ mới"),
    cite(type="nghi-quyet", plenum="7", term="XI", title="công tác dân vận"),
    cite(type="luat", name="Luật Thanh tra", year=2022),
    cite("11/2022/QH15", "luat", name="Luật Thanh tra", year=2022),
    cite(type="luat", name="Luật Thanh tra"),
    cite("12-CTr/TU"),
]


@settings(deadline=None)
@given(st.permutations(CORPUS), st.sampled_from(CORPUS))
def test_the_order_of_articles_does_not_count(claims: list[Claims], again: Claims) -> None:
    assert link([*claims, again], load_registry()) == link(CORPUS, load_registry())


@settings(deadline=None)
@given(st.sets(st.sampled_from(CORPUS)))
def test_what_is_known_in_full_is_not_changed_by_other_articles(claims: set[Claims]) -> None:
    alone = {each.thing for c in claims for each in link([c], load_registry()).links}
    together = link(claims, load_registry())
    full = {
        id_ for id_ in alone if "_" not in id_ and "/luat/" not in id_ and "hoi-nghi" not in id_
    }
    assert full <= {thing.id for thing in together.things}


@pytest.mark.timing
def test_time_grows_with_the_corpus_not_faster() -> None:
    short, long = (
        [
            replace(claims, article=f"{copy}/{claims.article}")
            for copy in range(copies)
            for claims in CORPUS
        ]
        for copies in (40, 400)
    )
    assert_grows_within(30, lambda corpus: link(corpus, load_registry()), short, long)


QUANG_TRI_2021 = "Nghị quyết số 10-NQ/TU ngày 5/3/2021 của Tỉnh ủy Quảng Trị."
QUANG_TRI_2025 = "Ngày 5/9/2025, Tỉnh ủy Quảng Trị đã ban hành Nghị quyết số 10-NQ/TU."


def organisations(links: Links) -> dict[str, Organisation]:
    return {thing.id: thing for thing in links.things if isinstance(thing, Organisation)}


@pytest.mark.parametrize(
    ("text", "published", "expected"),
    [
        ("Tỉnh ủy Quảng Trị họp.", "2024-05-01", "tinh-uy-quang-tri"),
        ("Tỉnh ủy Quảng Trị họp.", "2025-06-30", "tinh-uy-quang-tri"),
        ("Tỉnh ủy Quảng Trị họp.", "2025-07-01", "tinh-uy-quang-tri/2025"),
        ("Tỉnh ủy Quảng Trị họp.", None, "tinh-uy-quang-tri"),
        ("Sở Nội vụ tỉnh Quảng Trị họp.", "2026-01-02", "so-noi-vu-tinh-quang-tri/2025"),
        ("Tỉnh ủy Quảng Bình họp.", "2026-01-02", "tinh-uy-quang-binh"),
        ("Tỉnh ủy Cao Bằng họp.", "2026-01-02", "tinh-uy-cao-bang"),
        ("Báo Quảng Trị đưa tin.", "2026-01-02", "bao-quang-tri"),
        # what an article names for a document alone is the body that issued it then
        (QUANG_TRI_2021, "2026-01-02", "tinh-uy-quang-tri"),
        (QUANG_TRI_2025, None, "tinh-uy-quang-tri/2025"),
    ],
)
def test_bodies_of_merged_provinces_are_two(
    text: str, published: str | None, expected: str
) -> None:
    links = link([read(text, published=published)], load_registry())
    assert f"organisation/{expected}" in {each.thing for each in links.links}


@pytest.mark.parametrize(
    ("name", "successor"),
    [
        ("Tỉnh ủy Quảng Bình", "tinh-uy-quang-tri/2025"),
        ("Tỉnh ủy Quảng Trị", "tinh-uy-quang-tri/2025"),
        ("Ban Dân vận Tỉnh ủy Bắc Giang", "ban-dan-van-tinh-uy-bac-ninh/2025"),
        ("Ủy ban nhân dân tỉnh Bình Dương", "uy-ban-nhan-dan-thanh-pho-ho-chi-minh/2025"),
        ("Ủy ban nhân dân tỉnh Hà Tây", "uy-ban-nhan-dan-thanh-pho-ha-noi"),
    ],
)
def test_a_body_of_a_province_that_ended_leads_to_what_followed(name: str, successor: str) -> None:
    found = organisations(link([read(f"{name} họp.", published="2007-01-02")], load_registry()))
    body = next(each for each in found.values() if each.label == name and each.valid_to)
    assert body.successor == f"organisation/{successor}"
    assert successor in {id_.removeprefix("organisation/") for id_ in found}


def test_numbers_begin_anew_with_the_committee_of_a_merged_province() -> None:
    links = link(read_all(QUANG_TRI_2021, QUANG_TRI_2025), load_registry())
    assert documents(links) == [
        "document/dang/tu/quang-tri/2020-2025/nq/10",
        "document/dang/tu/quang-tri/2025/nq/10",
    ]


def local_names(field: str) -> list[str]:
    rows = load_rows(data_file("vocab", "local_bodies.toml"), LocalBodies)
    return [name for row in rows for name in getattr(row, field)]


@pytest.mark.parametrize("name", local_names("examples"))
def test_example_has_ended(name: str) -> None:
    assert list_lives(name, load_registry())[0].last == "2025-06-30"


@pytest.mark.parametrize("name", local_names("counter_examples"))
def test_counter_example_has_not_ended(name: str) -> None:
    assert [life.last for life in list_lives(name, load_registry())] == [None]


LAM_SON_HA = "Tỉnh ủy Lam Sơn Hạ đã ban hành Kế hoạch số 12-KH/TU ngày 2/10/2013."
BARE = "Tỉnh ủy đã ban hành Kế hoạch số 12-KH/TU ngày 2/10/2013."


@pytest.mark.parametrize(
    ("text", "place", "id_"),
    [
        # a province that the registry does not know, in an article from another one
        (LAM_SON_HA, "ha-khe", "document/dang/tu/lam-son-ha/2010-2015/kh/12"),
        (LAM_SON_HA, "ha-noi", "document/dang/tu/lam-son-ha/2010-2015/kh/12"),
        (BARE, "ha-khe", "document/dang/tu/ha-khe/2010-2015/kh/12"),
    ],
)
def test_a_committee_of_an_unknown_province_is_none_below_another(
    text: str, place: str, id_: str
) -> None:
    article = Article("a.txt", text, "0" * 64, place=place)
    references = refer(article, extract_mentions(article))
    claims = Claims("a.txt", None, references, relate(article, references))
    assert documents(link([claims], load_registry())) == [id_]


@pytest.mark.parametrize(
    "text",
    [
        "Nghị quyết 25 của Trung ương về công tác dân vận",
        "Nghị quyết 25/NQ-TW về công tác dân vận đã đi vào đời sống",
        "Nghị quyết Hội nghị lần thứ bảy Ban Chấp hành Trung ương Đảng khóa XI về công tác dân vận "
        "được quán triệt",
    ],
)
def test_the_subject_chooses_though_the_sentence_goes_on(text: str) -> None:
    assert link_text(text).thing == "document/dang/tw/xi/nq/25"


SIDES = {
    # texts, and of each issuer of the first document: its name, and whether it is preferred
    "the registry before texts": (
        ["Nghị quyết số 25-NQ/TW, ngày 03/6/2013 của Bộ Chính trị."],
        {"ban-chap-hanh-trung-uong-dang": True, "bo-chinh-tri": False},
    ),
    "the body of the number's code before others": (
        ["Thông tư số 12/2015/TT-BCA, ngày 5/3/2015 của Bộ Y tế.",
         "Thông tư số 12/2015/TT-BCA, ngày 5/3/2015 của Bộ Y tế.",
         "Thông tư số 12/2015/TT-BCA, ngày 5/3/2015 của Bộ Công an."],
        {"bo-cong-an": True, "bo-y-te": False},
    ),
    "what most articles say": (
        ["Kế hoạch số 15-KH/TU, ngày 5/3/2018 của UBND thành phố Hà Nội.",
         "Kế hoạch số 15-KH/TU, ngày 5/3/2018 của Thành ủy Hà Nội.",
         "Kế hoạch số 15-KH/TU, ngày 5/3/2018 của Thành ủy Hà Nội."],
        {"thanh-uy-ha-noi": True, "uy-ban-nhan-dan-thanh-pho-ha-noi": False},
    ),
    "who may be meant for another": (
        ["Kế hoạch số 15-KH/TU, ngày 5/3/2018 của Thành ủy Hà Nội.",
         "Kế hoạch số 15-KH/TU, ngày 5/3/2018 của Ban Thường vụ Thành ủy Hà Nội."],
        {"thanh-uy-ha-noi": True, "ban-thuong-vu-thanh-uy-ha-noi": True},
    ),
}  # fmt: skip


@pytest.mark.parametrize("case", SIDES)
def test_which_issuers_count(case: str) -> None:
    texts, expected = SIDES[case]
    links = link(read_all(*texts), load_registry())
    values = [value for value in links.values if value.property == "issuedBy"]
    found = {v.value.removeprefix("organisation/"): v.is_preferred for v in values}
    assert found == expected
    issued = {fact.object for fact in links.facts if fact.predicate == "issuedBy"}
    counted = {v.value for v in values if v.is_preferred}
    (document,) = {d.id: d for d in links.things if isinstance(d, PolicyDocument)}.values()
    assert set(document.issuers) == counted
    assert issued <= counted
    assert all(value.said_in or value.known_from for value in links.values)
