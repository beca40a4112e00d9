"""What a check finds in small corpora: contradictions, open citations, unknown documents."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pytest
from corpus import write_records
from graph_factories import BASE

from policygraph.graph.evidence import Quotation
from policygraph.graph.findings import Findings
from policygraph.pipeline import build

NQ25 = "Nghị quyết số 25-NQ/TW, ngày 03/6/2013"
KH15 = "Kế hoạch số 15-KH/TU, ngày 5/3/2018"
TTLT = "Thông tư liên tịch số 12/2015/TTLT-BCA-BTC, ngày 5/3/2015"


def check(folder: Path, texts: Sequence[str]) -> Findings:
    """The findings in articles a, b, c, …; every quotation stands where it says."""
    articles = {chr(ord("a") + number): text for number, text in enumerate(texts)}
    found = build(write_records(folder / "news.jsonl", articles), graph=folder / "graph").check()
    for said in quotations(found):
        assert articles[said.article][said.start : said.end] == said.quote
    return found


def quotations(found: Findings) -> list[Quotation]:
    values = [value for each in found.contradictions for value in each.values]
    said = [quotation for value in values for quotation in value.evidence]
    said += [quotation for each in found.open for quotation in each.evidence]
    return said + [each.first for each in found.unknown]


CONTRADICTIONS = {
    "two dates, each with those who give it": (
        [f"{KH15} của Thành ủy Hà Nội.", f"{KH15} của Thành ủy Hà Nội.", "Thành ủy Hà Nội ban "
         "hành Kế hoạch số 15-KH/TU, ngày 6/3/2018."],
        [("Kế hoạch 15-KH/TU", "date", {"2018-03-05": ["a", "b"], "2018-03-06": ["c"]})],
    ),
    "a date that the registry gives otherwise": (
        ["Nghị quyết số 25-NQ/TW, ngày 5/6/2013 về dân vận."],
        [("Nghị quyết 25-NQ/TW", "date", {"2013-06-03": [], "2013-06-05": ["a"]})],
    ),
    "an issuer that the registry gives otherwise": (
        [f"{NQ25} của Bộ Chính trị."],
        [("Nghị quyết 25-NQ/TW", "issuer",
          {"Ban Chấp hành Trung ương Đảng": [], "Bộ Chính trị": ["a"]})],
    ),
    "two issuers": (
        [f"{KH15} của Thành ủy Hà Nội.", f"{KH15} của UBND thành phố Hà Nội."],
        [("Kế hoạch 15-KH/TU", "issuer",
          {"Thành ủy Hà Nội": ["a"], "Ủy ban nhân dân thành phố Hà Nội": ["b"]})],
    ),
    "two bodies that number as TW, though one is part of the other": (
        [f"{NQ25} của Bộ Chính trị.", f"{NQ25} của Ban Chấp hành Trung ương khóa XI.",
         f"Ban Bí thư đã ban hành {NQ25}."],
        [("Nghị quyết 25-NQ/TW", "issuer",
          {"Ban Bí thư": ["c"], "Ban Chấp hành Trung ương Đảng": ["b"], "Bộ Chính trị": ["a"]})],
    ),
    "issuers named together are one side": (
        [f"{TTLT} của Bộ Công an, Bộ Tài chính.", f"{TTLT} của Bộ Y tế."],
        [("Thông tư liên tịch 12/2015/TTLT-BCA-BTC", "issuer",
          {"Bộ Công an; Bộ Tài chính": ["a"], "Bộ Y tế": ["b"]})],
    ),
    "dates and issuers": (
        [f"{NQ25} của Bộ Chính trị.",
         "Nghị quyết số 25-NQ/TW, ngày 4/6/2013 của Ban Chấp hành Trung ương khóa XI."],
        [("Nghị quyết 25-NQ/TW", "date", {"2013-06-03": ["a"], "2013-06-04": ["b"]}),
         ("Nghị quyết 25-NQ/TW", "issuer",
          {"Ban Chấp hành Trung ương Đảng": ["b"], "Bộ Chính trị": ["a"]})],
    ),
}  # fmt: skip


@pytest.mark.parametrize("case", CONTRADICTIONS)
def test_contradictions_with_the_articles_of_each_side(case: str, tmp_path: Path) -> None:
    texts, expected = CONTRADICTIONS[case]
    found = check(tmp_path, texts).contradictions
    assert [
        (
            each.label,
            each.property,
            {value.value: [said.article for said in value.evidence] for value in each.values},
        )
        for each in found
    ] == expected


AGREEMENTS = {
    "one issuer under two names": [
        f"{NQ25} của Ban Chấp hành Trung ương khóa XI.",
        f"{NQ25} của BCH Trung ương Đảng.",
    ],
    "one of the joint issuers": [
        f"{TTLT} của Bộ Công an, Bộ Tài chính.",
        f"Bộ Tài chính ban hành {TTLT}.",
    ],
    "a standing committee and its committee": [
        f"{KH15} của Ban Thường vụ Thành ủy Hà Nội.",
        f"Thành ủy Hà Nội ban hành {KH15}.",
    ],
    "a committee under its other name": [
        f"{KH15} của Ban Thường vụ Thành ủy Hà Nội.",
        f"{KH15} của Ban Chấp hành Đảng bộ thành phố Hà Nội.",
    ],
    "a body two steps below, with a code of its own": [
        "Công văn số 12/2016/CV-TCT, ngày 5/3/2016 của Tổng cục Thuế.",
        "Công văn số 12/2016/CV-TCT, ngày 5/3/2016 của Chính phủ.",
    ],
    "issuers of one number that may be two documents": [
        "Nghị quyết số 19-NQ/TW của Bộ Chính trị.",
        "Nghị quyết số 19-NQ/TW của Ban Chấp hành Trung ương.",
    ],
    "one number in two provinces": [
        f"{KH15} của Thành ủy Hà Nội.",
        "Kế hoạch số 15-KH/TU, ngày 6/3/2018 của Tỉnh ủy Hưng Yên.",
    ],
    "no issuer beside one": [f"{NQ25} về dân vận.", f"{NQ25} của Ban Chấp hành Trung ương Đảng."],
}


@pytest.mark.parametrize("case", AGREEMENTS)
def test_what_can_all_be_true_is_no_contradiction(case: str, tmp_path: Path) -> None:
    assert check(tmp_path, AGREEMENTS[case]).contradictions == ()


def test_open_citations_with_their_candidates(tmp_path: Path) -> None:
    texts = [
        "Theo Nghị quyết số 19-NQ/TW, các tỉnh sắp xếp bộ máy. Nghị quyết số 19-NQ/TW là cơ sở.",
        "Nghị quyết 19-NQ/TW được quán triệt.",
    ]
    found = check(tmp_path, texts)
    (citation,) = found.open
    assert citation.thing == BASE + "document/dang/tw/_/nq/19"
    assert [(each.label, each.date) for each in citation.candidates] == [
        ("Nghị quyết 19-NQ/TW", "2017-10-25"),
        ("Nghị quyết 19-NQ/TW", "2022-06-16"),
    ]
    words = [(said.article, said.quote) for said in citation.evidence]
    assert words == [("a", "Nghị quyết số 19-NQ/TW"), ("b", "Nghị quyết 19-NQ/TW")]
    assert found.unknown == ()


def test_a_sole_candidate_that_need_not_be_meant_leaves_a_citation_open(tmp_path: Path) -> None:
    found = check(tmp_path, ["Quyết định số 217-QĐ/TW của Bộ Chính trị được quán triệt."])
    (citation,) = found.open
    assert [each.date for each in citation.candidates] == ["2013-12-12"]
    assert found.unknown == ()


UNKNOWN = {
    # texts, and of each unknown document: its path, whether it is identified, articles, the first
    "a number without body and year": (
        ["Ngoài ra.", "Quyết định số 45 chưa rõ.", "Ông nhắc Quyết định 45. Quyết định 45 còn đó."],
        [("_/_/_/qd/45", False, 2, "b")],
    ),
    "a local number without its cycle": (
        ["Tỉnh ủy Hưng Yên ra Kế hoạch số 249-KH/TU."],
        [("dang/tu/hung-yen/_/kh/249", False, 1, "a")],
    ),
    "a central document outside the registry": (
        ["Quyết định số 1234/QĐ-TTg ngày 5/3/2019 của Thủ tướng Chính phủ."],
        [("nn/ttg/2019/qd/1234", True, 1, "a")],
    ),
    "joint issuers at the centre": (
        [f"{TTLT} quy định việc phạt."],
        [("nn/bca-btc/2015/ttlt/12", True, 1, "a")],
    ),
    "what most articles cite comes first": (
        ["Nghị định số 999/2014/NĐ-CP.", "Nghị định số 998/2014/NĐ-CP.",
         "Nghị định số 999/2014/NĐ-CP."],
        [("nn/cp/2014/nd/999", True, 2, "a"), ("nn/cp/2014/nd/998", True, 1, "b")],
    ),
    "what the registry knows": ([f"{NQ25} của Ban Chấp hành Trung ương khóa XI."], []),
    "a local plan that is identified": ([f"Thành ủy Hà Nội ban hành {KH15}."], []),
    "a bill": (["Quốc hội thảo luận dự thảo Luật Thư viện."], []),
    "what another article identifies": (
        ["Quyết định số 1234/QĐ-UBND của UBND tỉnh Hưng Yên.",
         "Quyết định số 1234/QĐ-UBND ngày 5/3/2019 của UBND tỉnh Hưng Yên."],
        [],
    ),
}  # fmt: skip


@pytest.mark.parametrize("case", UNKNOWN)
def test_unknown_documents_and_where_they_are_cited_first(case: str, tmp_path: Path) -> None:
    texts, expected = UNKNOWN[case]
    found = check(tmp_path, texts)
    assert [
        (
            each.thing.removeprefix(f"{BASE}document/"),
            each.is_identified,
            each.articles,
            each.first.article,
        )
        for each in found.unknown
    ] == expected
    assert found.open == ()


ALL = [text for texts, _ in (*CONTRADICTIONS.values(), *UNKNOWN.values()) for text in texts]


def test_the_order_of_articles_does_not_count(tmp_path: Path) -> None:
    articles = {f"{number:02}": text for number, text in enumerate(ALL)}
    backwards = dict(reversed(articles.items()))
    one = build(write_records(tmp_path / "one.jsonl", articles), graph=tmp_path / "one").check()
    two = build(write_records(tmp_path / "two.jsonl", backwards), graph=tmp_path / "two").check()
    assert one == two
    assert one.contradictions
    assert one.unknown


def test_a_graph_has_its_own_base(tmp_path: Path) -> None:
    news = write_records(
        tmp_path / "news.jsonl", {"a": UNKNOWN["joint issuers at the centre"][0][0]}
    )
    found = build(news, graph=tmp_path / "graph", base="https://example.org/kg/").check()
    assert [each.thing for each in found.unknown] == [
        "https://example.org/kg/document/nn/bca-btc/2015/ttlt/12"
    ]
