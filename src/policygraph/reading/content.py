"""What the reader of a format gives: blocks of text in reading order, and what else the file says.

A reader decides what is body and what stands around it; the text of the article is composed from
its blocks, the body first and then the furniture, so that a menu on top of a page never stands
between a headline and its article, nor a page number within a sentence.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from policygraph.model import Part, Region, RegionKind
from policygraph.span import Span

_LONGEST_CAPITALS = 100


@dataclass(frozen=True, slots=True)
class Block:
    """One paragraph, heading, caption, table row or line of furniture.

    Attributes:
        text: not empty, without white space around it; a line break within it is a "\\n".
        kind: what it is when it is not body text.
        location: where it stands in the file ("page 3", "paragraph 12", "/html/body/div[2]/p[3]").
    """

    text: str
    kind: RegionKind | None = None
    location: str | None = None


@dataclass(frozen=True, slots=True)
class Content:
    """All that was read from one file.

    Attributes:
        blocks: in the order of the file.
        published: ISO 8601 date.
        notes: what is to be said of the reading ("decoded from TCVN3", "page 4 is a picture").
    """

    blocks: tuple[Block, ...]
    title: str | None = None
    author: str | None = None
    published: str | None = None
    place: str | None = None
    source: str | None = None
    url: str | None = None
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Composed:
    """Blocks as one text: body first, then furniture, an empty line between most blocks.

    Attributes:
        body_end: where the body ends and the furniture begins, in code points.
        regions: those of the blocks, in text order; furniture is one region.
        parts: where each block stands in the file; neighbours of one location are one.
    """

    text: str
    body_end: int
    regions: tuple[Region, ...]
    parts: tuple[Part, ...]


def compose(blocks: Sequence[Block]) -> Composed:
    """The text that blocks make, with the place of each in it."""
    ordered = sorted(blocks, key=lambda block: block.kind == "furniture")
    gaps = [_choose_gap(above, below) for above, below in pairwise(ordered)]
    spans = list(_place(ordered, gaps))
    body = [span for block, span in zip(ordered, spans, strict=True) if block.kind != "furniture"]
    return Composed(
        "".join(block.text + gap for block, gap in zip(ordered, [*gaps, ""], strict=False)),
        body[-1].end if body else 0,
        tuple(_find_regions(ordered, spans)),
        tuple(_find_parts(ordered, spans)),
    )


def _choose_gap(above: Block, below: Block) -> str:
    """An empty line; a line's end alone between lines of capitals, which are often one name.

    "ỦY BAN NHÂN DÂN / TỈNH HÀ KHÊ" stands on two lines of every letterhead.
    """
    are_capitals = all(
        block.text.isupper() and len(block.text) <= _LONGEST_CAPITALS for block in (above, below)
    )
    return "\n" if are_capitals and above.kind == below.kind else "\n\n"


def _place(blocks: Sequence[Block], gaps: Sequence[str]) -> Iterator[Span]:
    start = 0
    for block, gap in zip(blocks, [*gaps, ""], strict=False):
        yield Span(start, start + len(block.text))
        start += len(block.text) + len(gap)


def _find_regions(blocks: Sequence[Block], spans: Sequence[Span]) -> Iterator[Region]:
    first = None
    for block, span in zip(blocks, spans, strict=True):
        if block.kind == "furniture":
            first = span.start if first is None else first
        elif block.kind:
            yield Region(block.kind, span)
    if first is not None:
        yield Region("furniture", Span(first, spans[-1].end))


def _find_parts(blocks: Sequence[Block], spans: Sequence[Span]) -> Iterator[Part]:
    run: Part | None = None
    for block, span in zip(blocks, spans, strict=True):
        if run and block.location == run.location:
            run = Part(Span(run.span.start, span.end), run.location)
            continue
        if run:
            yield run
        run = Part(span, block.location) if block.location else None
    if run:
        yield run
