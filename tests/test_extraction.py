"""The mentions of whole articles: offsets, order, furniture, one result for NFC and NFD."""

from __future__ import annotations

import itertools
import json
import unicodedata
from collections import Counter
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from policygraph.extraction import extract_mentions
from policygraph.model import AnnotatedArticle, Article, DocumentReference
from policygraph.reading import Source, find_sources, read_article
from policygraph.references import refer
from policygraph.statements import relate

HANOI = Path(__file__).parents[1] / "data" / "articles" / "hanoi-dan-van.txt"


def annotate(article: Article) -> AnnotatedArticle:
    mentions = extract_mentions(article)
    references = refer(article, mentions)
    return AnnotatedArticle(article, mentions, references, relate(article, references))


@pytest.fixture(scope="module")
def hanoi() -> AnnotatedArticle:
    (source,) = find_sources(HANOI)
    return annotate(read_article(source))


def label(annotated: AnnotatedArticle, reference_id: str) -> str:
    return next(r.label for r in annotated.references if r.id == reference_id)


def surfaces(annotated: AnnotatedArticle, name: str) -> Counter[str]:
    text = annotated.article.text
    (reference,) = (r for r in annotated.references if r.label == name)
    return Counter(text[m.span.start : m.span.end] for m in reference.mentions)


def test_the_programme_keeps_both_its_dates(hanoi: AnnotatedArticle) -> None:
    (programme,) = (r for r in hanoi.references if r.label.endswith("23-CTr/TU"))
    assert isinstance(programme, DocumentReference)
    assert [stated.date for stated in programme.dates] == ["2013-07-25", "2013-07-15"]
    assert programme.place == "ha-noi"


def test_the_plenum_and_the_number_are_one_document(hanoi: AnnotatedArticle) -> None:
    assert surfaces(hanoi, "Nghị quyết 25-NQ/TW") == {
        "Nghị quyết số 25-NQ/TW": 1,
        "Nghị quyết Trung ương 7 (khóa XI)": 1,
    }


def test_the_city_committee_is_one_body_in_all_its_spellings(hanoi: AnnotatedArticle) -> None:
    assert set(surfaces(hanoi, "Thành ủy Hà Nội")) == {
        "Thành ủy", "Thành uỷ", "Thành ủy Hà Nội", "Thành uỷ Hà Nội",
    }  # fmt: skip
    (unit,) = (r for r in hanoi.references if r.label == "Ban Dân vận Thành ủy Hà Nội")
    assert unit.part_of == "Thành ủy Hà Nội"


def test_the_six_campaigns_are_found_and_the_saying_is_none(hanoi: AnnotatedArticle) -> None:
    campaigns = {r.label: len(r.mentions) for r in hanoi.references if r.kind == "campaign"}
    assert campaigns == {
        "Toàn dân đoàn kết xây dựng đời sống văn hóa": 1,
        "Đền ơn đáp nghĩa": 1,
        "Người tốt, việc tốt": 1,
        "Toàn dân chung sức xây dựng nông thôn mới": 1,
        "Ngày vì người nghèo": 1,
        "Dân vận khéo": 1,
    }


def test_what_the_article_states(hanoi: AnnotatedArticle) -> None:
    stated = {
        (label(hanoi, s.subject), s.predicate, label(hanoi, s.object)) for s in hanoi.statements
    }
    assert stated == {
        ("Chương trình hành động 23-CTr/TU", "implements", "Nghị quyết 25-NQ/TW"),
        ("Chương trình hành động 23-CTr/TU", "issuedBy", "Thành ủy Hà Nội"),
        ("Nghị quyết 25-NQ/TW", "issuedBy", "Ban Chấp hành Trung ương Đảng"),
        ("Thành ủy Hà Nội", "implements", "Quyết định 217-QĐ/TW"),
        ("Thành ủy Hà Nội", "implements", "Quyết định 218-QĐ/TW"),
        ("Quyết định 217-QĐ/TW", "issuedBy", "Bộ Chính trị"),
        ("Quyết định 218-QĐ/TW", "issuedBy", "Bộ Chính trị"),
        ("Quyết định 6525-QĐ/TU", "issuedBy", "Thành ủy Hà Nội"),
        ("Chỉ thị 10-CT/TW", "issuedBy", "Ban Bí thư"),
    }


def test_teasers_behind_the_byline_give_nothing(hanoi: AnnotatedArticle) -> None:
    end = hanoi.article.text.index("Chủ đề :")
    assert hanoi.mentions
    assert all(mention.span.end <= end for mention in hanoi.mentions)


def test_a_decomposed_article_gives_the_same_mentions(hanoi: AnnotatedArticle) -> None:
    text = unicodedata.normalize("NFD", hanoi.article.text)
    decomposed = annotate(read_article_text(text))
    assert [r.label for r in decomposed.references] == [r.label for r in hanoi.references]
    composed = [
        unicodedata.normalize("NFC", text[m.span.start : m.span.end]) for m in decomposed.mentions
    ]
    assert composed == [hanoi.article.text[m.span.start : m.span.end] for m in hanoi.mentions]


def read_article_text(text: str) -> Article:
    record = json.dumps({"id": "a", "text": text}, ensure_ascii=False)
    return read_article(Source("a", "a.jsonl:1", record.encode(), "0" * 64, "record"))


WORDS = st.sampled_from(
    [
        *HANOI.read_text(encoding="utf-8")[:6000].split(" "),
        "“",
        "”",
        '"',
        "(",
        ")",
        "\n",
        "\u200b",
        "é",
        "Ð",
        "25-NQ/TW",
        "Thành ủy",
        "khoá",
    ]
)


@settings(deadline=None)
@given(st.lists(WORDS, max_size=60).map(" ".join))
def test_mentions_are_sorted_apart_and_slice_the_source(text: str) -> None:
    mentions = extract_mentions(Article("a", text, "0" * 64))
    spans = [mention.span for mention in mentions]
    assert all(one.end <= other.start for one, other in itertools.pairwise(spans))
    assert all(text[s.start : s.end].strip() == text[s.start : s.end] for s in spans)
    assert all(span.end <= len(text) for span in spans)
