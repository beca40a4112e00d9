"""Places in lines of capitals: where their name ends."""

from __future__ import annotations

import pytest
from timing import assert_grows_within

from policygraph.extraction import extract_mentions
from policygraph.extraction.capitals import match_capitals
from policygraph.model import Article, NameMention
from policygraph.text import fold

COMMITTEE = "Tỉnh ủy Lam Sơn Hạ"


def name_first(text: str) -> str:
    """The first body of a text by its full name."""
    mentions = extract_mentions(Article("a.txt", text, "0" * 64))
    return next(m.name for m in mentions if isinstance(m, NameMention))


@pytest.mark.parametrize(
    ("text", "name"),
    [
        # the end of the line, of a cell, of the text
        ("TỈNH ỦY LAM SƠN HẠ\n*\nSố 210-BC/TU", COMMITTEE),
        ("TỈNH ỦY LAM SƠN HẠ", COMMITTEE),
        ("| **TỈNH ỦY LAM SƠN HẠ** | **ĐẢNG CỘNG SẢN VIỆT NAM** |", COMMITTEE),
        ("TỈNH ỦY LAM SƠN HẠ          ĐẢNG CỘNG SẢN VIỆT NAM", COMMITTEE),
        # the name in small letters elsewhere
        ("TỈNH ỦY LAM SƠN HẠ ĐẢNG CỘNG SẢN\nLam Sơn Hạ, ngày 2 tháng 3 năm 2018", COMMITTEE),
        ("TỈNH ỦY LAM SƠN HẠ BAN HÀNH\nĐại hội Đảng bộ Lam Sơn Hạ họp.", COMMITTEE),
        ("TỈNH ỦY LAM SƠN HẠ LÂM\nLam Sơn Hạ Lâm, ngày 2 tháng 3", "Tỉnh ủy Lam Sơn Hạ Lâm"),
        ("TỈNH ỦY LAM SƠN HỌP\nLam Sơn, ngày 2 tháng 3 năm 2018", "Tỉnh ủy Lam Sơn"),
        # most names have two syllables
        ("TỈNH ỦY LAM SƠN BAN HÀNH NGHỊ QUYẾT VỀ NÔNG NGHIỆP", "Tỉnh ủy Lam Sơn"),
        ("TỈNH ỦY LAM SƠN NĂM\n2018", "Tỉnh ủy Lam Sơn"),
        ("TỈNH ỦY LAM SƠN\nBAN DÂN VẬN", "Tỉnh ủy Lam Sơn"),
        # a province that is known ends where it ends
        ("TỈNH ỦY HÀ GIANG HỌP", "Tỉnh ủy Hà Giang"),
    ],
)
def test_a_place_in_capitals_ends_where_the_text_shows_it(text: str, name: str) -> None:
    assert name_first(text) == name


@pytest.mark.timing
@pytest.mark.parametrize("unit", ["LAM SƠN HẠ ", "Lam Sơn Hạ ", "LAM Sơn ", "LAM SƠN HẠ\n"])
def test_a_long_text_is_searched_once(unit: str) -> None:
    def read(text: str) -> None:
        for start in range(0, len(text), len(unit)):
            match_capitals(text, start)

    short, long = (fold(unit * (size // len(unit))).text for size in (100_000, 800_000))
    assert_grows_within(20, read, short, long)
