"""Identity: what is one thing across articles, what stays apart, and why."""

from __future__ import annotations

import time
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from policygraph.extraction import extract_mentions
from policygraph.linking import link
from policygraph.model import Article, Claims, Link, Links, Organisation, PolicyDocument
from policygraph.references import refer
from policygraph.registry import load_registry
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
        assert link_.candidates == ("document/dang/tw/xi/qd/217",)


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
    assert document.dates == ("2013-07-15", "2013-07-25")


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


TEXTS = [HANOI, QUANG_NINH, RELIGION, YOUTH, PEOPLE, UNDATED, "Chỉ thị 05 của Bộ Chính trị"]
CORPUS = read_all(*TEXTS, *(text.replace("2013", "2012") for text in TEXTS))


@settings(deadline=None)
@given(st.permutations(CORPUS))
def test_the_order_of_articles_does_not_count(claims: list[Claims]) -> None:
    assert link(claims, load_registry()) == link(CORPUS, load_registry())


def test_time_grows_with_the_corpus_not_faster() -> None:
    def measure(copies: int) -> float:
        corpus = [
            replace(claims, article=f"{copy}/{claims.article}")
            for copy in range(copies)
            for claims in CORPUS
        ]
        start = time.perf_counter()
        link(corpus, load_registry())
        return time.perf_counter() - start

    measure(10)
    assert measure(400) < 30 * measure(40)
