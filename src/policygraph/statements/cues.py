"""The cue words of relations and the words around them, from data/vocab/relation_cues.toml."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from policygraph.lexicon import PhraseMatcher, Row, either, load_rows
from policygraph.resources import data_file
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
class Cues:
    """All rows, made ready for reading.

    The sets hold single syllables, folded and in lower case: `objects`, `contents`, `campaigns`
    between a cue and what it acts on; `chain` between cues; `verbs` between an agent and a cue,
    with `delegates` after one of `directing`; `fronts` before a cue that opens a sentence;
    `manners` between a document and its own cue; `finites` show a predicate.
    """

    rows: tuple[CueRow, ...]
    words: tuple[GapWords, ...]
    matcher: PhraseMatcher[CueRow]
    issuer_of: RelationCue
    issuer_of_list: RelationCue
    objects: frozenset[str]
    contents: frozenset[str]
    campaigns: frozenset[str]
    chain: frozenset[str]
    verbs: frozenset[str]
    delegates: frozenset[str]
    fronts: frozenset[str]
    finites: frozenset[str]
    manners: frozenset[str]
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
    predicate: re.Pattern[str]
    of_class: re.Pattern[str]
    annexed: re.Pattern[str]
    beside: re.Pattern[str]
    announced: re.Pattern[str]
    issued_by: re.Pattern[str]
    proposed: re.Pattern[str]
    speaks: re.Pattern[str]
    advised_list: re.Pattern[str]
    listing: re.Pattern[str]
    listed: re.Pattern[str]


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

    def syllables(*gaps: str) -> frozenset[str]:
        return frozenset(s for gap in gaps for w in by_gap[gap] for s in w.split())

    office = rf"(?:(?:{either(by_gap['office'])}),?\s+){{1,3}}"
    opening = rf"(?:{_START})\s*+(?:(?:{either(by_gap['opening'])})\s+){{0,3}}"
    return Cues(
        rows=rows,
        words=words,
        matcher=PhraseMatcher.build((p, row) for row in rows for p in row.phrases),
        issuer_of_list=next(
            r for r in rows if isinstance(r, RelationCue) and r.id == "issuer-of-list"
        ),
        issuer_of=next(r for r in rows if isinstance(r, RelationCue) and r.id == "issuer-of"),
        objects=syllables("any", "object"),
        contents=syllables("any", "object", "content"),
        campaigns=syllables("any", "object", "campaign"),
        chain=syllables("any", "object", "content", "verb"),
        verbs=syllables("any", "verb"),
        delegates=syllables("any", "verb", "delegate"),
        fronts=syllables("any", "front"),
        finites=syllables("finite"),
        manners=syllables("any", "finite"),
        directing=re.compile(rf"\b(?:{either(by_gap['directing'])})\b"),
        opening=re.compile(rf"(?:{opening})$"),
        officer=re.compile(rf"(?:{opening}){office}$"),
        of_office=re.compile(rf"\s*+(?:,\s*+)?của\s+(?:{office})?(?=§)"),
        proxy=re.compile(rf"\b(?:{either(by_gap['proxy'])})\s+$"),
        advised=re.compile(rf"\b(?:{either(by_gap['advised'])})\s+(?:{office})?$"),
        by=re.compile(rf"\b(?:{either(by_gap['by'])})\s+(?:{office})?$"),
        passive=re.compile(rf"\b(?:{either(by_gap['by'])})\s+(?:{office})?§"),
        title=re.compile(rf"\s*\(?(?:{either(by_gap['title'])})\s"),
        joint=re.compile(rf",|\b(?:{either(by_gap['joint'])})\b"),
        appraise=re.compile(rf"\b(?:{either(by_gap['appraise'])})\b"),
        new_subject=re.compile(
            rf"\s*(?:{either(by_gap['shift'])})\b.*\b(?:{either(by_gap['aspect'])})\b"
        ),
        pronoun=re.compile(rf"\s+(?:{either(by_gap['pronoun'])})\b"),
        predicate=re.compile(rf"\s+(?:{either(by_gap['predicate'])})\b"),
        of_class=re.compile(rf"\b(?:{either(by_gap['class'])})\s+$"),
        annexed=re.compile(
            rf"\b(?:{either(by_gap['annex'])})\s[^;:§]{{0,250}}\bban hành kèm theo\s+$"
        ),
        beside=re.compile(rf"\b(?:{either(by_gap['beside'])})\s+$"),
        issued_by=re.compile(
            rf"\b(?:các|những|nhiều|một số)\s(?:{either(by_gap['class-word'])})\b[^§;.:]{{0,60}}?"
            rf"\bcủa\s(?:{office})?§+(?:\s*\([^()]{{1,40}}\))?"
            rf"(?:\svề\s[^;:§]{{3,160}}(?=:)|\s*(?:{either(by_gap['list'])}|như|:|,)?)\s*:?\s*$"
        ),
        speaks=re.compile(
            rf",\s+(?:{office})?§+\s+(?:(?:đã|cũng|lại|tiếp tục)\s+)?"
            rf"(?:{either(by_gap['speaking'])})\b"
        ),
        advised_list=re.compile(
            rf"\btham mưu\s(?:cho\s)?(?:{office})?(?P<issuer>§+)\s(?:ban hành\s)?"
            rf"(?:các|những|nhiều)\s(?:{either(by_gap['class-word'])})\b[^;.]{{0,120}}?:?\s*$"
        ),
        proposed=re.compile(
            rf"\bđề nghị của\s(?:{office})?§+(?:\s*\([^()]{{1,40}}\))?,?\s"
            r"(?:tại|theo|trong)\s(?:các\s)?$"
        ),
        announced=re.compile(
            rf"\s+(?:các|những|một số|nhiều|hai|ba|bốn|năm|\d+)\s[^;:§]*?"
            rf"(?:,\s*(?:{either(by_gap['announcing'])})|:)\s*(?:các\s+)?"
        ),
        listing=re.compile(rf"\s*\b(?:{either(by_gap['list'])})\s*:\s*$|\s*:\s*$"),
        listed=re.compile(rf"\W*(?:các|những)\s(?:\w+\s){{1,6}}?(?:{either(by_gap['list'])})\b"),
    )


#: Where a clause may begin: at the sentence's start, after a mark of punctuation, after a date.
_START = (
    r'^[^\w§]*|[,;:.)\]*#”"–]|\s-|(?:ngày|năm|tháng)\s(?:[\d/.-]++|\s(?=\d)|\s(?:tháng|năm)\s(?=\d))++'
    r"|\d[/-]\d++(?:[/-]\d++)?|\bmà|\b(?:sau|từ)\s(?:khi|ngày)"
)
