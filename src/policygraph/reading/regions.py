"""The parts of an article that are not body text: headline, captions, byline, page furniture.

What a line is, is said by the rows of data/vocab/furniture.toml; only the headline and a byline
that is nothing but a name are told by their shape. Lines are judged whole: what stands inside a
line of prose is body text, but for a name glued to the end of the last one. An official document
has neither: its first line is who issues it, its last ones are who signs it.
"""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_right
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import accumulate

from policygraph.letters import compose
from policygraph.lexicon import PhraseMatcher, Row, load_rows
from policygraph.model import Region, RegionKind
from policygraph.resources import data_file
from policygraph.span import Span
from policygraph.text import UPPER, fold, tidy

_LONGEST_LABEL = 320
_LONGEST_TITLE = 220
_LEAST_BODY = 200  # furniture counts only after so much text: a column's name may stand on top
_PROSE, _LONG_PROSE = 80, 300
_BYLINE_LINES = 4
_LETTERHEAD_LINES = 12

_LINE = re.compile(r"\S(?:[^\n]*\S)?")
_MARKDOWN = re.compile(r"(?:[#*_|-]+ |> )?[#*_|]*\s*")
_MARKDOWN_END = re.compile(r"[\s*_|]+$")
# Underscores, and white space but single spaces and the ends of lines.
_UNTIDY = re.compile(
    "[_\t\v\f\r\x1c-\x1f\x85\xa0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000]"
)
_MARKS = ("*", "_", "|")
_SENTENCE_END = (".", "!", "?", "…", ":", ";")
_WORD = rf"[{UPPER}][\w.’']*+"
_NAMES = rf"{_WORD}(?: {_WORD}){{1,5}}"
_PERSON = re.compile(rf"{_NAMES}(?: ?(?:,|-|–|và) {_NAMES}){{0,3}}(?: \([^()]{{2,40}}\))?")
_SIGNED = re.compile(rf"(?P<name>{_NAMES}) [-–] [{UPPER}]\w+ [^.;:]{{2,150}}")
_TAIL = re.compile(
    rf"[.!?…”\"/)]\s{{1,3}}(?P<name>{_NAMES}(?: - {_NAMES}){{0,2}}(?: {{1,2}}\([^()]{{2,40}}\))?)$"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class LineRow(Row):
    """What a whole line is; the fields are explained at the head of the file."""

    region: str
    anchors: tuple[str, ...]
    pattern: str
    scope: str = "line"
    before: int = 0
    has_author: bool = False
    anywhere: bool = False


def find_regions(text: str) -> tuple[Region, ...]:
    """The regions of a text, sorted, without overlap; what is in none is body."""
    lines = [Span(*match.span()) for match in _LINE.finditer(text)]
    rows = match_lines(_label_all(text, lines))
    kinds: list[RegionKind | None] = [None] * len(lines)
    _mark_furniture(text, lines, rows, kinds)
    _mark_captions(text, lines, rows, kinds)
    if _has_letterhead(text, lines, rows):
        return tuple(_join(lines, kinds))
    _mark_headline(text, lines, kinds)
    _mark_bylines(text, lines, rows, kinds)
    regions = list(_join(lines, kinds))
    if not any(region.kind == "byline" for region in regions):
        regions += _find_tail(text, lines, kinds)
    return tuple(sorted(regions, key=lambda region: region.span))


def _has_letterhead(text: str, lines: Sequence[Span], rows: Mapping[int, LineRow]) -> bool:
    """Whether a text begins as an official document does; one that quotes it has a headline first,
    which is not in capitals."""
    first = text[lines[0].start : lines[0].end].split("  ")[0] if lines else ""
    found = (rows[index].region for index in range(_LETTERHEAD_LINES) if index in rows)
    return first.isupper() and "letterhead" in found


def find_title(text: str, regions: Sequence[Region]) -> str | None:
    """The headline as a label: NFC, single spaces, without markdown marks."""
    spans = [region.span for region in regions if region.kind == "headline"]
    return _label(text, spans[0]) if spans else None


def find_author(text: str, regions: Sequence[Region]) -> str | None:
    """The name in a byline that is a name, with or without a role ("X - Trưởng Ban …")."""
    for span in (region.span for region in regions if region.kind == "byline"):
        label = _label(text, span)
        row = match_lines([label]).get(0)
        if row is not None and not row.has_author:
            continue
        if signed := _SIGNED.fullmatch(label):
            return signed["name"]
        if _PERSON.fullmatch(label):
            return re.sub(r" \([^()]*\)$", "", label)
    return None


def match_lines(labels: Sequence[str]) -> Mapping[int, LineRow]:
    """The first row of data/vocab/furniture.toml that each label matches, by the label's index."""
    folded = fold("\n".join(labels))
    starts = list(accumulate((len(label) + 1 for label in labels), initial=0))
    found: dict[int, tuple[int, LineRow]] = {}
    for hit in _anchors().find(folded):
        index = bisect_right(starts, hit.start) - 1
        order, row, pattern = hit.value
        if index in found and order >= found[index][0]:
            continue
        if pattern.fullmatch(folded.lower, starts[index], starts[index + 1] - 1):
            found[index] = (order, row)
    return {index: row for index, (_, row) in sorted(found.items())}


@cache
def load_lines() -> tuple[LineRow, ...]:
    """The rows of data/vocab/furniture.toml, in file order."""
    return load_rows(data_file("vocab", "furniture.toml"), LineRow)


@cache
def _anchors() -> PhraseMatcher[tuple[int, LineRow, re.Pattern[str]]]:
    rows = [(order, row, re.compile(row.pattern)) for order, row in enumerate(load_lines())]
    return PhraseMatcher.build((anchor, value) for value in rows for anchor in value[1].anchors)


def _label(text: str, line: Span) -> str:
    """The line as a label; empty where it is too long to be anything but prose."""
    return tidy(_drop_marks(text, line))


def _label_all(text: str, lines: Sequence[Span]) -> list[str]:
    """Each line as a label; most texts are tidy, which is seen at once."""
    bare = [_drop_marks(text, line) for line in lines]
    joined = "".join(bare)
    is_tidy = "  " not in joined and not _UNTIDY.search(joined) and compose(joined) == joined
    return bare if is_tidy else [tidy(label) for label in bare]


def _drop_marks(text: str, line: Span) -> str:
    """The line without markdown marks around it; empty where it is too long for a label."""
    if line.end - line.start > _LONGEST_LABEL and _length(text, line) > _LONGEST_LABEL:
        return ""
    label = text[line.start : line.end]
    if not label[0].isalnum() and (opening := _MARKDOWN.match(label)):
        label = label[opening.end() :]
    return _MARKDOWN_END.sub("", label) if label.endswith(_MARKS) else label


def _is_prose(text: str, line: Span, least: int = _PROSE) -> bool:
    ends = text[max(line.start, line.end - 8) : line.end].rstrip('*_ ”"').endswith(_SENTENCE_END)
    return ends and _length(text, line) >= least


def _length(text: str, line: Span) -> int:
    """How many letters a line has, however they are composed."""
    return len(unicodedata.normalize("NFC", text[line.start : line.end]))


def _mark_furniture(
    text: str,
    lines: Sequence[Span],
    rows: Mapping[int, LineRow],
    kinds: list[RegionKind | None],
) -> None:
    for index, row in rows.items():
        is_early = lines[index].start - lines[0].start < _LEAST_BODY and not row.anywhere
        if row.region != "furniture" or kinds[index] or is_early:
            continue
        first, after = max(0, index - row.before), _end_of_block(text, lines, index, row.scope)
        kinds[first:after] = ["furniture"] * (after - first)


def _end_of_block(text: str, lines: Sequence[Span], index: int, scope: str) -> int:
    """Index of the first line after the block: two lines of prose in a row are body again."""
    if scope == "line":
        return index + 1
    for later in range(index + 1, len(lines) if scope == "block" else 0):
        pair = lines[later : later + 2]
        goes_on = len(pair) == 2 and all(_is_prose(text, line) for line in pair)
        if goes_on or _is_prose(text, pair[0], _LONG_PROSE):
            return later
    return len(lines)


def _mark_captions(
    text: str,
    lines: Sequence[Span],
    rows: Mapping[int, LineRow],
    kinds: list[RegionKind | None],
) -> None:
    for index, row in rows.items():
        if row.region != "caption" or kinds[index]:
            continue
        after = index + 1
        if row.scope == "block" and after < len(lines) and not kinds[after]:
            short = _length(text, lines[after]) <= _LONGEST_TITLE
            after += short and not _is_prose(text, lines[after], 0)
        kinds[index:after] = ["caption"] * (after - index)


def _mark_headline(text: str, lines: Sequence[Span], kinds: list[RegionKind | None]) -> None:
    """The first line, when it is short, ends no sentence, and a text follows."""
    if len(lines) < 2 or kinds[0] or not 8 <= _length(text, lines[0]) <= _LONGEST_TITLE:
        return
    label = _label(text, lines[0])
    if " " in label and not label[0].islower() and not label.endswith((".", ":", ";", ",")):
        kinds[0] = "headline"


def _mark_bylines(
    text: str,
    lines: Sequence[Span],
    rows: Mapping[int, LineRow],
    kinds: list[RegionKind | None],
) -> None:
    """Bylines among the last lines of the body, from its end upwards."""
    body = [index for index, kind in enumerate(kinds) if kind is None]
    for index in reversed(body[-_BYLINE_LINES:]):
        row, label = rows.get(index), _label(text, lines[index])
        is_name = _PERSON.fullmatch(label) or _SIGNED.fullmatch(label)
        if index == 0 or not (is_name or (row and row.region == "byline")):
            return
        kinds[index] = "byline"


def _join(lines: Sequence[Span], kinds: Sequence[RegionKind | None]) -> Iterator[Region]:
    """One region a line; neighbouring lines of furniture are one."""
    start = 0
    for index, (line, kind) in enumerate(zip(lines, kinds, strict=True)):
        if kind != "furniture" or index == 0 or kinds[index - 1] != "furniture":
            start = line.start
        if kind is not None and (kind != "furniture" or kinds[index + 1 : index + 2] != [kind]):
            yield Region(kind, Span(start, line.end))


def _find_tail(
    text: str, lines: Sequence[Span], kinds: Sequence[RegionKind | None]
) -> Iterator[Region]:
    """A name glued to the end of the last line of prose ("… trên cả nước. Hương Dịu")."""
    ends = [line.end for line, kind in zip(lines, kinds, strict=True) if kind is None]
    if ends and (tail := _TAIL.search(text[: ends[-1]], max(0, ends[-1] - 90))):
        yield Region("byline", Span(*tail.span("name")))
