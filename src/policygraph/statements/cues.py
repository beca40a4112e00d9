"""The cue words of relations and the words around them, from data/vocab/relation_cues.toml."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from policygraph.lexicon import PhraseMatcher, Row, either, load_rows
from policygraph.resources import data_file
from policygraph.statements.list_forms import ListForms, compile_list_forms
from policygraph.text import fold


@dataclass(frozen=True, slots=True, kw_only=True)
class RelationCue(Row):
    """A verb that states a relation between its agent and what it acts on.

    Attributes:
        subjects, objects: kinds that the agent, and what it acts on, may be of.
        agent: which end of the predicate the agent is, "subject" or "object" (issuedBy).
        adjacent: the cue stands directly between the two, but for adverbs.
        inverted: the agent follows the cue and what it acts on precedes ("được thay thế bởi").
        content: the gap to what it acts on may name contents of it ("một số điều của").
        phrases: none in a row that is read by form.
    """

    predicate: str
    phrases: tuple[str, ...]
    subjects: tuple[str, ...]
    objects: tuple[str, ...]
    agent: str = "subject"
    adjacent: bool = False
    inverted: bool = False
    content: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class BlockingCue(Row):
    """Words between an agent and a cue that keep agents of some kinds from doing what it says.

    With `near` they do so only where they stand close before the cue; with `ahead` also where they
    stand before the agent, unless a finite verb follows it.
    """

    phrases: tuple[str, ...]
    subjects: tuple[str, ...] = ("organisation", "document")
    near: bool = False
    ahead: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class HarmlessCue(Row):
    """Phrases that hold a cue or a blocking word and are neither."""

    phrases: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class GapWords(Row):
    """Words that may stand in a gap; `gap` names which."""

    gap: str
    words: tuple[str, ...]


CueRow = RelationCue | BlockingCue | HarmlessCue


@dataclass(frozen=True, slots=True)
class Gaps:
    """Which words may stand in a gap: single syllables, folded and in lower case.

    `objects`, `contents`, `campaigns` stand between a cue and what it acts on; `chain` between
    cues; `verbs` between an agent and a cue, with `delegates` after one that directs others;
    `fronts` before a cue that opens a sentence; `manners` between a document and its own cue;
    `finites` show a predicate.
    """

    objects: frozenset[str]
    contents: frozenset[str]
    campaigns: frozenset[str]
    chain: frozenset[str]
    verbs: frozenset[str]
    delegates: frozenset[str]
    fronts: frozenset[str]
    finites: frozenset[str]
    manners: frozenset[str]


@dataclass(frozen=True, slots=True)
class Cues:
    """All rows, made ready for reading; patterns are for sentences with their marks blotted out."""

    rows: tuple[CueRow, ...]
    words: tuple[GapWords, ...]
    matcher: PhraseMatcher[CueRow]
    issue: RelationCue
    issuer_of: RelationCue
    issuer_of_list: RelationCue
    issuer_by_code: RelationCue
    gaps: Gaps
    directing: re.Pattern[str]
    opening: re.Pattern[str]
    officer: re.Pattern[str]
    of_office: re.Pattern[str]
    proxy: re.Pattern[str]
    advised: re.Pattern[str]
    by: re.Pattern[str]
    passive: re.Pattern[str]
    title: re.Pattern[str]
    joint: re.Pattern[str]
    appraise: re.Pattern[str]
    new_subject: re.Pattern[str]
    pronoun: re.Pattern[str]
    governing: re.Pattern[str]
    class_words: tuple[str, ...]
    campaign_words: tuple[str, ...]
    taking_up: re.Pattern[str]
    before_campaign: re.Pattern[str]
    predicate: re.Pattern[str]
    of_class: re.Pattern[str]
    beside: re.Pattern[str]
    enacting: str
    participle: re.Pattern[str]
    apposition: re.Pattern[str]
    lists: ListForms


@cache
def load_cues() -> Cues:
    """The cue rows; raises DataError for a malformed file."""
    path = data_file("vocab", "relation_cues.toml")
    rows: tuple[CueRow, ...] = (
        *load_rows(path, RelationCue, table="relation"),
        *load_rows(path, BlockingCue, table="block"),
        *load_rows(path, HarmlessCue, table="harmless"),
    )
    return compile_cues(rows, load_rows(path, GapWords, table="words"))


def compile_cues(rows: tuple[CueRow, ...], words: tuple[GapWords, ...]) -> Cues:
    """Rows made ready for reading."""
    by_gap: dict[str, list[str]] = {}
    for row in words:
        by_gap.setdefault(row.gap, []).extend(fold(w).lower for w in row.words)

    office = rf"(?:(?:{either(by_gap['office'])}),?\s+){{1,3}}"
    opening = rf"(?:{_START})\s*+(?:(?:{either(by_gap['opening'])})\s+){{0,3}}{_MEETING}"
    relations = {row.id: row for row in rows if isinstance(row, RelationCue)}
    return Cues(
        rows=rows,
        words=words,
        matcher=PhraseMatcher.build((p, row) for row in rows for p in row.phrases),
        issue=relations["issue"],
        issuer_of=relations["issuer-of"],
        issuer_of_list=relations["issuer-of-list"],
        issuer_by_code=relations["issuer-by-code"],
        gaps=_compile_gaps(by_gap),
        directing=re.compile(rf"\b(?:{either(by_gap['directing'])})\b"),
        opening=re.compile(rf"(?:{opening})$"),
        officer=re.compile(rf"(?:{opening}){office}$"),
        of_office=re.compile(
            rf"\s*+(?:,\s*+)?của\s+{_MEETING}(?:{office})?(?=§)|\sgiữa\s(?=§+\s(?:và|với)\s§)"
            r"|,\s(?:của\s)?hội nghị\s(?:lần\s)?thứ\s\w{1,12}\s(?=§)"
        ),
        proxy=re.compile(rf"\b(?:{either(by_gap['proxy'])})\s+$"),
        advised=re.compile(rf"\b(?:{either(by_gap['advised'])})\s+(?:{office})?$"),
        by=re.compile(rf"\b(?:(?:{either(by_gap['by'])})\s+|{_SIGNER})(?:{office})?$"),
        passive=re.compile(rf"\b(?:(?:{either(by_gap['by'])})\s+|{_SIGNER})(?:{office})?§"),
        title=re.compile(rf"\s*(?:[-–]\s+)?\(?(?:{either(by_gap['title'])})\s"),
        joint=re.compile(rf",|\b(?:{either(by_gap['joint'])})\b"),
        appraise=re.compile(rf"\b(?:{either(by_gap['appraise'])})\b"),
        new_subject=re.compile(
            rf"\s*(?:{either(by_gap['shift'])})\b.*\b(?:{either(by_gap['aspect'])})\b"
        ),
        pronoun=re.compile(rf"\s+(?:{either(by_gap['pronoun'])})\b"),
        governing=re.compile(
            rf"\b(?:{either(_governing(rows))})\s+(?:(?:{either(by_gap['any'])})\s+){{0,4}}$"
        ),
        class_words=tuple(by_gap["class-word"]),
        campaign_words=tuple(by_gap["campaign-word"]),
        taking_up=re.compile(rf"\b(?:{either(by_gap['taking-up'])})\s+$"),
        before_campaign=re.compile(rf"\b(?:{either(by_gap['campaign-word'])})\s+$"),
        predicate=re.compile(rf"\s+(?:{either(by_gap['predicate'])})\b"),
        of_class=re.compile(rf"\b(?:{either(by_gap['class'])})\s+$"),
        beside=re.compile(rf"\b(?:{either(by_gap['beside'])})\s+$"),
        enacting=either(by_gap["enacting"]),
        participle=re.compile(rf",?\s+(?:{either(by_gap['participle'])})\s+(?:(?:để|nhằm)\s+)?"),
        apposition=re.compile(
            rf"(?:,|\s+(?:được\s(?:xem|coi)\s)?là)\s+(?:một\s+(?:trong\s+(?:những|các)\s+)?)?"
            rf"(?:văn bản|nghị quyết|chương trình|kế hoạch|đề án|bước|bước đi)\s+"
            rf"(?:(?:{either(by_gap['apposition'])})\s+){{0,3}}(?:của\s§+\s+)?"
            rf"(?:mà\s[^,;:§]{{1,40}}\sban hành\s[^,;:§]{{0,30}}?)?(?:(?:để|nhằm)\s+)?"
        ),
        lists=compile_list_forms(by_gap, office),
    )


def _governing(rows: tuple[CueRow, ...]) -> list[str]:
    """The phrases of cues that may govern what follows them."""
    phrases = (p for row in rows if isinstance(row, RelationCue) for p in row.phrases)
    return sorted({fold(p).lower for p in phrases})


def _compile_gaps(by_gap: Mapping[str, Sequence[str]]) -> Gaps:
    def syllables(*gaps: str) -> frozenset[str]:
        return frozenset(s for gap in gaps for w in by_gap[gap] for s in w.split())

    return Gaps(
        objects=syllables("any", "object"),
        contents=syllables("any", "object", "content"),
        campaigns=syllables("any", "object", "campaign"),
        chain=syllables("any", "object", "content", "verb"),
        verbs=syllables("any", "verb"),
        delegates=syllables("any", "verb", "delegate"),
        fronts=syllables("any", "front"),
        finites=syllables("finite"),
        manners=syllables("any", "finite"),
    )


#: A meeting of a body is that body: "Hội nghị lần thứ 11 § thông qua …".
_MEETING = (
    r"(?:(?:phiên\s(?:trù bị|chính thức|khai mạc)\s)?(?:hội nghị|kỳ họp|phiên họp|đại hội)\s+"
    r"(?:(?:đại biểu|toàn thể|đảng viên)\s+)?(?:(?:lần\s+)?thứ\s+\w{1,12}\s+)?(?:của\s+)?)?"
)
#: Who signed, before the office and the body: "do ông An (Phó Giám đốc §) ký".
_SIGNER = (
    r"do\s+(?:ông|bà|đồng chí|(?:thiếu|trung|thượng|đại) tướng|(?:thượng|đại) tá)\s"
    r"[^,;:.§()–-]{2,40}(?:\s?[,(]|\s[–-])\s?"
)
#: Where a clause may begin: at the sentence's start, after a mark of punctuation, after a date.
_START = (
    r'^[^\w§]*|[,;:.)\]*#”"–]|\s-|(?:ngày|năm|tháng)\s(?:[\d/.-]++|\s(?=\d)|\s(?:tháng|năm)\s(?=\d))++'
    r"|\d[/-]\d++(?:[/-]\d++)?|\b(?:mà|nên|kiêm|mặc dù|dù|tuy)|\b(?:sau|từ)\s(?:khi|ngày)"
    r"|\b(?:cho biết|cho hay|cho rằng|khẳng định|nêu rõ|rằng)"
)
