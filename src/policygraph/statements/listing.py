"""Lines that go on with what stands above them: items under a heading, articles of an act.

"Bãi bỏ các văn bản sau đây:" with a line for each document; "Điều 2. Sửa đổi …" in a text on the
act that it stands in. Such a line is read together with its head, as one sentence.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from policygraph.model import Mention
from policygraph.span import Span
from policygraph.statements.cues import Cues
from policygraph.statements.sentence import skip_attributes
from policygraph.text import fold, line_around, split_sentences

Placed = tuple[Mention, str]

_LONGEST_BULLET = 12
_LONGEST_LABEL = 40
_LONGEST_HEADING = 600
_LONGEST_ARTICLE = 160
# The quotation runs from the heading to the item: a list that goes on for pages would repeat it.
_LONGEST_LIST = 3000

_BULLET = re.compile(r"[\s*_]*(?:[-–+•*]|\d{1,2}[.)]|[a-zđ]\))[\s*_]+[“\"]?")
_INLINE_BULLET = re.compile(r"[.;:]\s{1,2}(?:\d{1,2}\s?[/.)]|[-–+])\s{1,2}[“\"]?$")
_FIRST_ITEM = re.compile(r":(?=\s{1,2}(?:1\s?[/.)]|[-–+])\s)")
# "Các văn bản này gồm:": whose they are says the sentence before.
_THESE = re.compile(r"(?:các|những|\d{1,2})\s[\w\s]{2,30}\s(?:này|đó|trên)\s(?:gồm|bao gồm|là)\b")
_ARTICLE = re.compile(r"\W*điều \d{1,3}[a-z]?[.:]\s*")
_NUMBERED = re.compile(r"[\s*_]*(?:\d{1,2}[.)]|[IVX]{1,5}[.-]|[a-zđ]\))\s+")
_OWNS = re.compile(r"\s?:\s")
# What follows a document that is only named, not said to do something.
_IS_NAMED = re.compile(r"\s*(?:[;,.(]|$)|\s+(?:về|v/v|thực hiện|triển khai|ban hành|quy định)\b")
_MOST_OWNED = 40
_LONGEST_ROW_HEAD = 60
_ORDER = re.compile(r"(?:^|[\n.])[ \t*_–-]*((?i:bãi bỏ|hủy bỏ)\s[^\n.;]*)$")
# The line below: "Sửa đổi, bổ sung một số điều của …", "Về việc bãi bỏ …", "Hướng dẫn …".
_TITLE_LINE = re.compile(
    r"[ \t\r]*\n\s{0,4}((?:(?:Quyết định|Nghị quyết|Kế hoạch)\s)?(?:(?:Về việc|Về|V/v)\s)?"
    r"(?i:sửa đổi|bổ sung|điều chỉnh|bãi bỏ|thay thế|hướng dẫn|quy định chi tiết|triển khai"
    r"|thực hiện|tổng kết|sơ kết)\b)"
)
_CLOSING = "*_ \t\r"


@dataclass(frozen=True, slots=True)
class Joined:
    """A line and its head as one sentence, made of a text, and of mentions with their origins.

    An origin is the source offset at which that text would begin for the mention to stand in it.
    """

    text: str
    placed: tuple[tuple[Placed, int], ...]
    item: str
    span: Span


def join_items(
    text: str, placed: Sequence[Placed], lexicon: Cues, *, in_act: bool = False
) -> Iterator[Joined]:
    """Each document that opens an item of a list, behind the list's heading.

    A heading without a mention says nothing, but in an act (`in_act`), which is meant by it.
    """
    starts = [mention.span.start for mention, _ in placed]
    for heading, item in _find_items(text, placed):
        inside = placed[bisect_left(starts, heading.start) : bisect_left(starts, heading.end)]
        if inside or in_act:
            yield _join(text, heading, inside, item, lexicon)


def join_owners(text: str, placed: Sequence[Placed]) -> Iterator[Joined]:
    """Each item of a list that opens with who issued its documents: "2. Tỉnh ủy: Kế hoạch số …"."""
    for one, other in pairwise(placed):
        body, document = one[0], other[0]
        if body.kind != "organisation" or document.kind != "document":
            continue
        if not _OWNS.fullmatch(text, body.span.end, document.span.start):
            continue
        line = line_around(text, body.span.start)
        said = fold(text[document.span.end : document.span.end + _LONGEST_LABEL]).lower
        is_item = _NUMBERED.fullmatch(text, line.start, body.span.start)
        if is_item and _IS_NAMED.match(said, skip_attributes(said, 0)):
            head = f"{text[body.span.start : body.span.end]} ban hành "
            origin = document.span.start - len(head)
            inside = placed[bisect_left(placed, document.span.start, key=_start) :]
            inside = [p for p in inside[:_MOST_OWNED] if p[0].span.end <= line.end]
            items = ((one, body.span.start), *((p, origin) for p in inside))
            rest = text[document.span.start : line.end]
            yield Joined(head + rest, items, other[1], Span(body.span.start, line.end))


def _start(placed: Placed) -> int:
    return placed[0].span.start


def _find_items(text: str, placed: Sequence[Placed]) -> Iterator[tuple[Span, Placed]]:
    """Each document that opens an item, with the heading of its list."""
    yield from _find_inline_items(text, placed)
    heading: Span | None = None
    last = -1
    for one in placed:
        start = one[0].span.start
        line = text.rfind("\n", max(0, start - _LONGEST_BULLET), start) + 1
        if one[0].kind != "document" or not line or not _BULLET.fullmatch(text, line, start):
            continue
        above = _skip_back(text, line)
        if above != last:
            heading = _find_heading(text, above)
        end = text.find("\n", start)
        last = _skip_back(text, end if end >= 0 else len(text))
        if heading and start - heading.start <= _LONGEST_LIST:
            yield heading, one


def _find_inline_items(text: str, placed: Sequence[Placed]) -> Iterator[tuple[Span, Placed]]:
    """Those of a list within a line: "gồm: 1/ Công văn số … 2/ Quyết định số …"."""
    for one in placed:
        start = one[0].span.start
        if one[0].kind != "document" or not _INLINE_BULLET.search(
            text, max(0, start - _LONGEST_BULLET), start
        ):
            continue
        line = max(text.rfind("\n", 0, start) + 1, start - _LONGEST_LIST)
        *_, opening = (None, *_FIRST_ITEM.finditer(text, line, start))
        heading = _find_heading(text, opening.start() + 1) if opening else None
        if heading:
            yield heading, one


def _skip_back(text: str, at: int) -> int:
    while at and text[at - 1].isspace():
        at -= 1
    return at


def _find_heading(text: str, end: int) -> Span | None:
    """The sentence before an offset, if a colon closes it."""
    start = text.rfind("\n", 0, end) + 1
    line = text[start:end].rstrip(_CLOSING)
    if not line.endswith(":") or len(line) > _LONGEST_HEADING:
        return None
    last = _last_sentence(text, start, start + len(line))
    if not _THESE.match(fold(text[last.start : last.end]).lower):
        return last
    above = _skip_back(text, last.start)
    return _last_sentence(text, text.rfind("\n", 0, above) + 1, above) if above else None


def _last_sentence(text: str, start: int, end: int) -> Span:
    *_, last = split_sentences(text[start:end])
    return Span(start + last.start, start + last.end)


def _join(
    text: str, heading: Span, inside: Sequence[Placed], item: Placed, lexicon: Cues
) -> Joined:
    """The item behind its heading, or before it in the place of "Các văn bản sau đây …"."""
    mention, reference = item
    head, own = text[heading.start : heading.end], text[mention.span.start : mention.span.end]
    folded = fold(head)
    front = lexicon.lists.listed.match(folded.lower)
    if front:
        cut = folded.source_span(0, front.end()).end
        joined = own + head[cut:]
        origins = (heading.start + cut - len(own), mention.span.start)
        inside = [one for one in inside if one[0].span.start >= heading.start + cut]
    else:
        closing = lexicon.lists.listing.search(folded.lower)
        cut = folded.source_span(0, closing.start()).end if closing else len(head.rstrip(" ."))
        joined = f"{head[:cut]} {own}"
        origins = (heading.start, mention.span.start - cut - 1)
        inside = [one for one in inside if one[0].span.end <= heading.start + cut]
    placed = (*((one, origins[0]) for one in inside), (item, origins[1]))
    return Joined(joined, placed, reference, Span(heading.start, mention.span.end))


def skip_label(text: str) -> int:
    """Where the words behind "Điều 2." or "2." begin; 0 where no label opens the text."""
    label = _ARTICLE.match(fold(text[:_LONGEST_LABEL]).lower) or _NUMBERED.match(text)
    return label.end() if label else 0


def find_articles(text: str, placed: Sequence[Placed]) -> Iterator[tuple[Span, Placed]]:
    """What an article of an act says up to its first document, and that document."""
    last = 0
    for one in placed:
        span = one[0].span
        line = text.rfind("\n", max(0, span.start - _LONGEST_ARTICLE), span.start) + 1
        if line > last and one[0].kind == "document":
            last = line
            folded = fold(text[line : span.start])
            if label := _ARTICLE.match(folded.lower):
                start = line + folded.source_span(0, label.end()).end
                yield Span(start, span.end), one


def find_row(text: str, mention: Mention) -> Span | None:
    """The line below a document's number that stands alone in its line: its title in a list."""
    if mention.kind != "document" or not _is_alone(text, mention.span):
        return None
    line = line_around(text, mention.span.start)
    if text[line.start : line.end].strip() != _surface(text, mention):
        return None
    below = text[line.end : line.end + _LONGEST_ROW_HEAD]
    if not _TITLE_LINE.match(fold(below).text):
        return None
    return line_around(text, line.end + len(below) - len(below.lstrip()))


def _is_alone(text: str, span: Span) -> bool:
    """Whether only white space stands beside a span: a quick look, for most stand in sentences."""
    before = text[max(0, span.start - 2) : span.start].rpartition("\n")[2]
    after = text[span.end : span.end + 2].partition("\n")[0]
    return not before.strip() and not after.strip()


def _surface(text: str, mention: Mention) -> str:
    return text[mention.span.start : mention.span.end]


def find_orders(text: str, placed: Sequence[Placed]) -> Iterator[tuple[Span, Placed]]:
    """The sentences of an act that begin with what it repeals: "Bãi bỏ Thông báo số …"."""
    for one in placed:
        span = one[0].span
        start = max(0, span.start - _LONGEST_ARTICLE)
        order = _ORDER.search(text[start : span.start]) if one[0].kind == "document" else None
        if order:
            yield Span(start + order.start(1), span.end), one
