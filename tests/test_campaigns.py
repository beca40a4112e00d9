"""Campaigns by name: the rows of data/vocab/campaign_cues.toml, quotation marks, identity."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from policygraph.extraction.campaign_words import WORD_TABLES, CueRow, WordRow
from policygraph.extraction.campaigns import find_campaigns
from policygraph.lexicon import load_rows
from policygraph.resources import data_file
from policygraph.span import Span
from policygraph.text import fold

CUES = data_file("vocab", "campaign_cues.toml")


def rows() -> Iterator[CueRow | WordRow]:
    yield from load_rows(CUES, CueRow, table="cue")
    for table in WORD_TABLES:
        yield from load_rows(CUES, WordRow, table=table)


def surfaces(text: str) -> list[str]:
    found = find_campaigns(fold(text), taken=[])
    return [text[mention.span.start : mention.span.end] for mention in found]


def names(text: str) -> list[str]:
    return [mention.name for mention in find_campaigns(fold(text), taken=[])]


def examples() -> Iterator[tuple[str, str]]:
    for row in rows():
        yield from ((row.id, example) for example in row.examples)


def counter_examples() -> Iterator[tuple[str, str]]:
    for row in rows():
        yield from ((row.id, example) for example in row.counter_examples)


@pytest.mark.parametrize(("row", "example"), list(examples()))
def test_every_example_gives_its_names_in_their_exact_spans(row: str, example: str) -> None:
    expected = re.findall(r"⟦(.*?)⟧", example)
    assert expected, f"the example of {row} marks no name"
    assert surfaces(re.sub("[⟦⟧]", "", example)) == expected


@pytest.mark.parametrize(("row", "example"), list(counter_examples()))
def test_no_counter_example_gives_a_name(row: str, example: str) -> None:
    assert surfaces(example) == [], row


def test_every_row_has_examples_and_counter_examples() -> None:
    lacking = [row.id for row in rows() if not row.examples or not row.counter_examples]
    assert lacking == []


@pytest.mark.parametrize("row", load_rows(CUES, CueRow, table="cue"), ids=lambda row: row.id)
def test_every_cue_fires_on_an_example_of_its_own(row: CueRow) -> None:
    texts = [re.sub("[⟦⟧]", "", example) for example in row.examples]
    fired = {mention.rule for text in texts for mention in find_campaigns(fold(text), taken=[])}
    assert row.id in fired


def test_the_campaigns_of_the_hanoi_article() -> None:
    text = data_file("articles", "hanoi-dan-van.txt").read_bytes().decode("utf-8")
    assert surfaces(text) == [
        "Toàn dân đoàn kết xây dựng đời sống văn hóa",
        "Đền ơn đáp nghĩa",
        "Người tốt, việc tốt",
        "Toàn dân chung sức xây dựng nông thôn mới",
        "Ngày vì người nghèo",
        "Dân vận khéo",
    ]


@pytest.mark.parametrize(
    "quoted",
    [
        "“Dân vận khéo”",
        '"Dân vận khéo"',
        "'Dân vận khéo'",
        "‘Dân vận khéo’",
        "''Dân vận khéo''",
        "«Dân vận khéo»",
        "“Dân vận khéo“",
        "”Dân vận khéo”",
        '“Dân vận khéo"',
        "“ Dân vận khéo ”",
        "“Dân vận khéo.”",
        ":“Dân vận khéo”",
        "**“Dân vận khéo”**",
        "“**Dân vận khéo**”",
        "“DÂN VẬN KHÉO”",
        "“dân vận khéo”",
        "Dân vận khéo",
        "“Dân vận khéo là việc của mọi người",
    ],
)
def test_quotation_marks_of_all_sorts(quoted: str) -> None:
    text = f"Đẩy mạnh phong trào thi đua {quoted} trên toàn thành phố."
    assert [surface.lower() for surface in surfaces(text)] == ["dân vận khéo"]
    assert names(text) == ["Dân vận khéo"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("phong trào “Một người”, ”Hai nhà”; và “Ba xã”.", ["Một người", "Hai nhà", "Ba xã"]),
        (
            "phong trào thi đua “Ba giảm” của Hội Nông dân, “Năm không” do Hội Phụ nữ phát động.",
            ["Ba giảm", "Năm không"],
        ),
        ("cuộc vận động “Sáng, xanh” (CVĐ) và “Sạch, đẹp”", ["Sáng, xanh", "Sạch, đẹp"]),
        ("phong trào thi đua “Ba giảm” và cuộc thi “Nhà nông tài ba”", ["Ba giảm"]),
        ("đẩy mạnh phong trào thi đua” trong toàn ngành, “kỷ cương hành chính” được giữ", []),
    ],
)  # fmt: skip
def test_lists_share_their_cue_and_end_where_something_else_begins(
    text: str, expected: list[str]
) -> None:
    assert surfaces(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("phát động “Tháng hành động vì trẻ em năm 2024”.", ["Tháng hành động vì trẻ em năm 2024"]),
        ("tổ chức “Ngày hội tuổi thơ” ở xã", ["Ngày hội tuổi thơ"]),
        ("cuộc thi “Ngày hội tuổi thơ” ở xã", []),
        ("“Ngày Gia đình Việt Nam là dịp để sum họp”, bà nói", ["Ngày Gia đình Việt Nam"]),
        ("dự ngày hội dân vận khéo của xã", []),
        ("Quỹ “Ngày vì người nghèo”", []),
        (
            "Mở “Tháng khuyến mại Huế năm 2025”. Tháng Khuyến mại Huế năm 2025 có 90 đơn vị.",
            ["Tháng khuyến mại Huế năm 2025", "Tháng Khuyến mại Huế năm 2025"],
        ),
        (
            "chủ đề “Tháng khuyến mại Huế 2025 – Sắm vui”, mở “Tháng khuyến mại Huế 2025”",
            ["Tháng khuyến mại Huế 2025", "Tháng khuyến mại Huế 2025"],
        ),
        ("Tháng khuyến mại năm nay đông khách", []),
        (
            "Tháng hành động vì trẻ em. Trong Tháng hành động,",
            ["Tháng hành động vì trẻ em", "Tháng hành động"],
        ),
        ("Tháng hành động phòng, chống ma túy, xã đã", ["Tháng hành động phòng, chống ma túy"]),
    ],
)  # fmt: skip
def test_days_and_months_with_a_name_of_their_own(text: str, expected: list[str]) -> None:
    assert surfaces(text) == expected


def test_how_a_month_begins_stands_for_all_of_its_name() -> None:
    assert set(names("Tháng hành động vì trẻ em. Trong Tháng hành động,")) == {
        "Tháng hành động vì trẻ em"
    }


def test_a_saying_that_holds_a_campaign_is_none() -> None:
    assert surfaces("Người dạy: “Dân vận khéo thì việc gì cũng thành công”.") == []


def test_a_known_campaign_needs_no_cue_in_quotation_marks_of_its_own() -> None:
    (mention,) = find_campaigns(fold("năm 2016, “Đền ơn đáp nghĩa” lan rộng"), taken=[])
    assert mention.rule == "campaign/den-on-dap-nghia"


def test_one_campaign_keeps_one_name_through_its_spellings() -> None:
    text = (
        "phong trào “Toàn dân đoàn kết xây dựng đời sống văn hoá”, phong trào "
        "“toàn dân đoàn kết, xây dựng đời sống văn hóa”; phong trào thi đua “Ba giảm, ba tăng”, "
        "phong trào thi đua “ba giảm - ba tăng”"
    )
    first, second, third, fourth = names(text)
    assert first == second == "Toàn dân đoàn kết xây dựng đời sống văn hóa"
    assert third == fourth == "Ba giảm, ba tăng"


def test_names_that_overlap_what_is_taken_are_left_out() -> None:
    text = "phong trào thi đua “Dân vận khéo”"
    start = text.index("khéo")
    assert find_campaigns(fold(text), taken=[Span(start, start + 4)]) == []


def test_decomposed_letters_give_the_same_names_in_their_own_spans() -> None:
    text = "cuộc vận động “Ngày vì người nghèo”, phong trào “Đền ơn đáp nghĩa” và"
    decomposed = unicodedata.normalize("NFD", text)
    assert names(decomposed) == names(text)
    assert [unicodedata.normalize("NFC", s) for s in surfaces(decomposed)] == surfaces(text)


def test_a_month_that_is_repeated_is_none_in_the_name_of_a_fund() -> None:
    text = "Tháng cao điểm “Vì người nghèo”. Ủng hộ Quỹ “Vì người nghèo” tỉnh. “Vì người nghèo” là"
    assert surfaces(text) == ["Vì người nghèo", "Vì người nghèo"]


PIECES = st.sampled_from(
    ["phong trào", "cuộc vận động ", "thi đua", " “", "”", '"', "'", "''", ",", ": ", "\n", "*",
     "Dân vận khéo", "Ngày hội ", "Ba giảm ba tăng", " và ", "\u0301", "của", " do Hội "]
)  # fmt: skip


@given(st.lists(PIECES | st.text(max_size=5), max_size=30).map("".join))
def test_spans_are_sorted_disjoint_and_never_empty_of_letters(text: str) -> None:
    found = find_campaigns(fold(text), taken=[])
    assert all(a.span.end <= b.span.start for a, b in pairwise(found))
    for mention in found:
        assert re.search(r"\w", text[mention.span.start : mention.span.end])
        assert mention.name == " ".join(mention.name.split())


def test_initials_stand_for_the_campaign_that_they_are_put_behind() -> None:
    text = (
        "Phong trào “Toàn dân đoàn kết” (TDĐK) và Tháng Thanh niên (TTN). Trong TTN, TDĐK và THPT."
    )
    assert surfaces(text) == [
        *("Toàn dân đoàn kết", "TDĐK", "Tháng Thanh niên", "TTN"),
        *("TTN", "TDĐK"),
    ]
    assert names(text)[-2:] == ["Tháng Thanh niên", "Toàn dân đoàn kết"]


@pytest.mark.parametrize("bracket", ["(TNT)", "(ttn)", "(TTN 2020)", "(KH)"])
def test_other_brackets_behind_a_campaign_name_none(bracket: str) -> None:
    assert surfaces(f"Tháng Thanh niên {bracket}. Trong TTN, TNT, KH.") == ["Tháng Thanh niên"]
