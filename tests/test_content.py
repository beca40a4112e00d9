"""Blocks become one text, and every stretch of it is where its block says."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from policygraph.location import locate
from policygraph.reading.content import Block, compose
from policygraph.span import Span

BLOCKS = st.lists(
    st.builds(
        Block,
        text=st.text(min_size=1, max_size=12).filter(lambda text: text == text.strip() != ""),
        kind=st.sampled_from([None, "headline", "caption", "byline", "furniture"]),
        location=st.sampled_from([None, "page 1", "page 2"]),
    ),
    min_size=1,
    max_size=12,
)


@given(BLOCKS)
def test_every_block_stands_in_the_text_with_its_kind_and_place(blocks: list[Block]) -> None:
    composed = compose(blocks)
    at = 0
    for block in sorted(blocks, key=lambda block: block.kind == "furniture"):
        start = composed.text.index(block.text, at)
        assert composed.text[at:start].strip() == ""
        at = start + len(block.text)
        if block.location:
            assert block.location in (locate(composed.parts, Span(start, at)) or "")
        around = [r for r in composed.regions if r.span.contains(Span(start, at))]
        assert [region.kind for region in around] == ([block.kind] if block.kind else [])
    assert at == len(composed.text)


def test_furniture_comes_behind_the_body_as_one_region() -> None:
    blocks = [Block("menu", "furniture"), Block("Thân bài."), Block("chân trang", "furniture")]
    composed = compose(blocks)
    assert composed.text == "Thân bài.\n\nmenu\n\nchân trang"
    assert composed.body_end == 9
    (region,) = composed.regions
    assert composed.text[region.span.start : region.span.end] == "menu\n\nchân trang"


def test_lines_of_capitals_stay_together() -> None:
    blocks = [Block("ỦY BAN NHÂN DÂN"), Block("TỈNH HÀ KHÊ"), Block("Số: 12/KH-UBND")]
    assert compose(blocks).text == "ỦY BAN NHÂN DÂN\nTỈNH HÀ KHÊ\n\nSố: 12/KH-UBND"
