"""One sentence made ready for reading: its marks, its cues, and what belongs to each document.

All offsets here are folded ones within the sentence. Marks are blotted out in `text` with "§", so
that a gap never matches the words of a name.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

from policygraph.document_types import load_document_types
from policygraph.lexicon import Hit
from policygraph.model import Kind
from policygraph.statements.cues import BlockingCue, CueRow, Cues, RelationCue
from policygraph.text import FoldedText

_DATE = (
    r"(?:ngày\s+)?\d{1,2}\s?[-/.]\s?\d{1,2}\s?[-/.]\s?\d{4}"
    r"|ngày\s+\d{1,2}(?:\s?[-/.]\s?\d{1,2}|\s+tháng\s+\d{1,2})(?:,?\s+năm\s+\d{4})?"
    r"|(?:năm|tháng)\s+\d{1,4}(?:/\d{4})?"
)
_ATTRIBUTE = re.compile(
    rf"""(?:["”’*]+
       |\s*+[,(]?\s*+(?:(?:ký|ban\shành|đề)\s+)?(?:{_DATE})\)?
       |\s*+\((?!ngày)[^()§]{{1,60}}\)
       |,?\s+(?:khóa|nhiệm\skỳ)\s+[\divxlc-]++)*+""",
    re.VERBOSE,
)
_CALLED = r"(?:(?:sau\sđây\s)?(?:tôi\s)?(?:xin\s)?(?:gọi|viết)\s(?:tắt\s|chung\s)?là\s)?"
_BRACKETED = re.compile(rf"\s*\({_CALLED}[“\"]?(§+)[”\"]?\)")
_AND = re.compile(r"(?:\s*\([^()§]{1,40}\))?\s*(?:,\s*và|,|và|&)\s+(?:lãnh đạo\s+)?$")
_BETWEEN, _WITH = "giữa ", " với "
_COUNT = re.compile(r"\d+[a-zđ]?")
_WORD = re.compile(r"\w+")
_QUOTED = re.compile(r"“[^“”§]*+”")
_AT_MARK = re.compile(r"\s*(?:các\s)?§")
_STOP = re.compile(r"[,;:]")
_NEAR = 40
_ASSEMBLY = ("Quốc hội", "Ủy ban Thường vụ Quốc hội")
_JOINT = frozenset({"thong-tu-lien-tich", "nghi-quyet-lien-tich"})
_DONE_TO = re.compile(
    r"\s(?:đã\s)?(?:bị\s|hết hiệu lực|có hiệu lực"
    r"|được\s(?:sửa đổi|thay thế|bổ sung|bãi bỏ|ban hành)\b)"
)
_PARENT = re.compile(r"(?:\s\([^()]{1,40}\))?\s[-–]\s")
_DASH = re.compile(r"\s?[-–]\s?")


class Mark(NamedTuple):
    """A mention in its sentence.

    `place` is an organisation's province, `type` a document's type, `issuer` where the organisation
    starts that its attributes name; `is_pronoun` marks a bare type word that stands for a
    document; one that `shares_type` has its type word from the list before it ("217, 218").
    `body` is an organisation's full name, and for a document the only body with its issuer code.
    `is_local` tells by a document's number whether it is of a province or below, None if unknown.
    `code` is the issuer code in that number ("TW"). `also` holds the other things that a plural
    stands for ("hai nghị định này").
    """

    start: int
    end: int
    kind: Kind
    reference: str
    type: str | None = None
    place: str | None = None
    issuer: int | None = None
    is_pronoun: bool = False
    shares_type: bool = False
    is_local: bool | None = None
    body: str | None = None
    code: str | None = None
    also: tuple[str, ...] = ()


class Cue(NamedTuple):
    """Cue rows found at one place; a blocking cue has none, but its own row."""

    start: int
    end: int
    rows: tuple[RelationCue, ...]
    block: BlockingCue | None = None

    @property
    def span(self) -> tuple[int, int]:
        return self.start, self.end


class Phrase(NamedTuple):
    """A document or campaign with its issuers; `end` is where its dates and issuers end."""

    mark: Mark
    issuers: tuple[Mark, ...]
    end: int


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence: `text` in lower case with its marks blotted out; the words it is read by."""

    text: str
    marks: tuple[Mark, ...]
    cues: tuple[Cue, ...]
    phrases: tuple[Phrase, ...]
    lexicon: Cues


def read_sentence(folded: FoldedText, marks: Sequence[Mark], lexicon: Cues) -> Sentence:
    """The view of a sentence that readers work on; `marks` are sorted and do not overlap."""
    marks = drop_glosses(folded.lower, marks)
    text = blot(folded.lower, marks)
    found = find_cues(FoldedText(folded.text, text, folded.source_length), lexicon)
    bare = Sentence(text, tuple(marks), found, (), lexicon)
    phrases = tuple(read_phrase(bare, m) for m in marks if m.kind != "organisation")
    outside = tuple(c for c in found if not any(p.mark.end <= c.start < p.end for p in phrases))
    return Sentence(text, bare.marks, outside, phrases, lexicon)


def drop_glosses(lower: str, marks: Sequence[Mark]) -> list[Mark]:
    """The marks without a body that only tells more of the one before it.

    That is its abbreviation or its parent in brackets, and its parent behind a dash: "Cục Kiểm tra
    văn bản (KTVB) - Bộ Tư pháp vừa gửi …".
    """
    kept: list[Mark] = []
    for mark in marks:
        before = kept[-1] if kept else None
        if (
            before
            and before.kind == mark.kind == "organisation"
            and _tells_more(lower, before, mark)
        ):
            continue
        kept.append(mark)
    return kept


def _tells_more(lower: str, before: Mark, mark: Mark) -> bool:
    gap = lower[before.end : mark.start]
    if gap.strip() == "(":
        return lower[mark.end : mark.end + 1] == ")"
    is_other = lower[before.start :].split(" ", 1)[0] != lower[mark.start :].split(" ", 1)[0]
    return is_other and _PARENT.fullmatch(gap) is not None


def blot(lower: str, marks: Sequence[Mark]) -> str:
    """The text with each mark replaced by as many "§"."""
    parts, last = [], 0
    for mark in marks:
        parts += [lower[last : mark.start], "§" * (mark.end - mark.start)]
        last = mark.end
    return "".join([*parts, lower[last:]])


def find_cues(blotted: FoldedText, lexicon: Cues) -> tuple[Cue, ...]:
    """The longest cues of a sentence in order, without those that are harmless or quoted."""
    found: list[Cue] = []
    quoted = [m.span() for m in _QUOTED.finditer(blotted.lower)]
    openings = [start for start, _ in quoted]
    end = -1
    for hit in lexicon.matcher.find(blotted):
        row = hit.value
        before = bisect_left(openings, hit.start)
        is_quoted = before > 0 and hit.start < quoted[before - 1][1]
        if is_quoted or _is_apart(blotted, hit):
            continue
        if hit.start >= end:
            end = hit.end
            found += _as_cue(hit)
        elif isinstance(row, RelationCue) and found and found[-1].span == (hit.start, hit.end):
            found[-1] = found[-1]._replace(rows=(*found[-1].rows, row))
    return tuple(found)


def _is_apart(blotted: FoldedText, hit: Hit[CueRow]) -> bool:
    """Whether a cue that must stand before a mark does not ("có hiệu quả")."""
    must = isinstance(hit.value, RelationCue) and hit.value.adjacent
    return must and not _AT_MARK.match(blotted.lower, hit.end)


def _as_cue(hit: Hit[CueRow]) -> list[Cue]:
    match hit.value:
        case RelationCue() as row:
            return [Cue(hit.start, hit.end, (row,))]
        case BlockingCue() as row:
            return [Cue(hit.start, hit.end, (), row)]
        case _:
            return []


def read_phrase(sentence: Sentence, mark: Mark) -> Phrase:
    """A document or campaign with the dates, bracketed repeats and issuers that follow it."""
    end = skip_attributes(sentence.text, mark.end)
    repeat = _BRACKETED.match(sentence.text, end)
    again = mark_at(sentence, repeat.start(1)) if repeat else None
    if repeat and again and again.reference == mark.reference:
        end = skip_attributes(sentence.text, repeat.end())
    first = _find_issuer(sentence, mark, end)
    if mark.kind != "document" or first is None or not may_be_of(mark, first):
        return Phrase(mark, (), end)
    issuers = tuple(m for m in _read_issuers(sentence, first) if may_be_of(mark, m))
    if mark.type in _JOINT:
        issuers += _read_joint(sentence, issuers[-1])
    if any(m.kind != "organisation" and mark.end <= m.start < first.start for m in sentence.marks):
        return Phrase(mark, issuers, end)  # the issuer behind a list, or behind a long title
    return Phrase(mark, issuers, skip_attributes(sentence.text, issuers[-1].end))


def skip_attributes(text: str, at: int) -> int:
    """The offset behind the dates, terms and brackets that stand at one."""
    match = _ATTRIBUTE.match(text, at)
    return match.end() if match else at


def _find_issuer(sentence: Sentence, mark: Mark, end: int) -> Mark | None:
    if mark.issuer is not None and mark.issuer > mark.start:
        return mark_at(sentence, mark.issuer)
    of = sentence.lexicon.of_office.match(sentence.text, end)
    found = mark_at(sentence, of.end()) if of else None
    if found is None or found.kind != "organisation":
        return None
    # What the attributes gave to a document before: "A hướng dẫn B của §".
    is_of_other = any(m.issuer == found.start and m.start < mark.start for m in sentence.marks)
    return None if is_of_other else found


def _read_issuers(sentence: Sentence, first: Mark) -> tuple[Mark, ...]:
    """The organisation after "của" and those coordinated with it, but for a new clause's agent."""
    chain = [first, *coordinated(sentence, first)]
    if len(chain) > 1 and has_predicate(sentence, chain[-1]) and not _is_done_to(sentence, chain):
        joint = sentence.text[chain[-2].end : chain[-1].start]
        chain = chain if "và" in joint else chain[:-1]
    is_joint = sentence.text.endswith(_BETWEEN, 0, first.start)
    return tuple(m for m in chain if is_joint or m.place == first.place)


def may_be_of(document: Mark, body: Mark) -> bool:
    """Whether a law, or a document with a number of the National Assembly, may be this body's."""
    if body.body is None:
        return True
    if document.body in _ASSEMBLY and not body.body.startswith(_ASSEMBLY):
        return False
    type_ = load_document_types().get(document.type or "")
    return type_ is None or not type_.is_named or type_.may_be_of(body.body)


def _is_done_to(sentence: Sentence, chain: Sequence[Mark]) -> bool:
    """Whether what follows bodies is said of their document: "của §, § bị bãi bỏ bởi …"."""
    return _DONE_TO.match(sentence.text, chain[-1].end) is not None


def _read_joint(sentence: Sentence, last: Mark) -> tuple[Mark, ...]:
    """The further issuers of a joint document: "Thông tư liên tịch … của § - §"."""
    joint = _DASH.match(sentence.text, last.end)
    found = mark_at(sentence, joint.end()) if joint else None
    if found is None or found.kind != "organisation":
        return ()
    return (found, *_read_joint(sentence, found))


def coordinated(sentence: Sentence, first: Mark) -> list[Mark]:
    """The organisations that follow one, joined by commas and "và"."""
    chain: list[Mark] = []
    end = first.end
    for mark in sentence.marks:
        if mark.start < end:
            continue
        gap = sentence.text[end : mark.start]
        joins = _AND.match(gap) or (
            gap == _WITH and sentence.text.endswith(_BETWEEN, 0, first.start)
        )
        if mark.kind != "organisation" or not joins:
            break
        chain.append(mark)
        end = mark.end
    return chain


def has_predicate(sentence: Sentence, mark: Mark) -> bool:
    """Whether a finite verb or a cue follows an organisation directly."""
    end = skip_attributes(sentence.text, mark.end)
    word = _WORD.search(sentence.text, end)
    if sentence.lexicon.predicate.match(sentence.text, end):
        return True
    if word is None or _STOP.search(sentence.text, mark.end, word.start()):
        return False
    return word[0] in sentence.lexicon.gaps.finites or any(
        cue.rows and cue.start == word.start() for cue in sentence.cues
    )


def mark_at(sentence: Sentence, start: int) -> Mark | None:
    """The mark that starts at an offset."""
    return next((m for m in sentence.marks if m.start == start), None)


def is_blocked(sentence: Sentence, start: int, end: int, kind: Kind = "organisation") -> bool:
    """Whether a cue that blocks agents of a kind stands in a range that ends at a cue."""
    return any(
        start <= cue.start < end and _blocks(sentence, cue, end, kind) for cue in sentence.cues
    )


def _blocks(sentence: Sentence, cue: Cue, end: int, kind: Kind) -> bool:
    if cue.block is None or kind not in cue.block.subjects:
        return False
    between = sentence.text[cue.end : end].replace("§", "")
    return not cue.block.near or (len(between) <= _NEAR and ";" not in between)


def holds_only(text: str, words: frozenset[str]) -> bool:
    """Whether a gap holds only the given syllables and numbers, "34a" among them."""
    return all(w in words or (w[0].isdigit() and _COUNT.fullmatch(w)) for w in _WORD.findall(text))
