"""The words that tell campaigns: data/vocab/campaign_cues.toml, and the names that are known."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from policygraph.extraction.quotation import MARKS
from policygraph.lexicon import PhraseMatcher, Row, either, load_rows
from policygraph.registry import KnownCampaign, Registry, load_registry
from policygraph.resources import data_file

WORD_TABLES = ("link", "head", "body", "support", "veto", "stop", "counted")


@dataclass(frozen=True, slots=True, kw_only=True)
class WordRow(Row):
    """Words that decide on what follows them; explained at the head of the file."""

    phrases: tuple[str, ...]
    fillers: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class CueRow(Row):
    """Words before a campaign's name; explained at the head of the file."""

    phrases: tuple[str, ...]
    is_firm: bool = False
    needs_support: bool = False
    openers: tuple[str, ...] = ()
    in_name: bool = False
    needs_capital: bool = False
    is_name: bool = False
    keeps_day: bool = False
    stands_alone: bool = False
    ends_in_name: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class DayRow(Row):
    """How quoted names of days and drives begin, and the verbs that they stand behind."""

    phrases: tuple[str, ...]
    verbs: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class CampaignWords:
    """The rows, compiled; `link`, `head`, `body` and `held` match at the end of what is searched.

    `counted` matches how names such as "Ba không" begin; `openers`, by id of their cue, at the end.
    `day` finds the first words of named days in quotation marks; `day_rule` is its row's id.
    `days` are the ids of the rows that find named days, weeks and months; `whole` matches those
    that are cues themselves.
    """

    matcher: PhraseMatcher[CueRow | KnownCampaign]
    link: re.Pattern[str]
    head: re.Pattern[str]
    body: re.Pattern[str]
    support: re.Pattern[str]
    veto: re.Pattern[str]
    stop: re.Pattern[str]
    day: re.Pattern[str]
    held: re.Pattern[str]
    counted: re.Pattern[str]
    openers: Mapping[str, re.Pattern[str]]
    day_rule: str
    days: frozenset[str]
    whole: re.Pattern[str]


@cache
def load_campaign_words() -> CampaignWords:
    """Raises DataError for a malformed row."""
    path = data_file("vocab", "campaign_cues.toml")
    cues = load_rows(path, CueRow, table="cue")
    words = {table: load_rows(path, WordRow, table=table) for table in WORD_TABLES}
    phrases = {
        table: either(phrase for row in rows for phrase in row.phrases)
        for table, rows in words.items()
    }
    (day,) = load_rows(path, DayRow, table="day")
    fillers = either(filler for row in words["body"] for filler in row.fillers)
    return CampaignWords(
        matcher=PhraseMatcher.build(_phrases(cues, load_registry())),
        link=re.compile(rf"(?<!\w)(?:{phrases['link']})$"),
        head=re.compile(rf"(?<!\w)(?:{phrases['head']})$"),
        body=re.compile(rf"(?<!\w)(?:{phrases['body']})(?:\s(?:{fillers})){{0,4}}\s*$"),
        support=re.compile(rf"(?<!\w)(?:{phrases['support']})(?!\w)"),
        veto=re.compile(rf"(?<!\w)(?:{phrases['veto']})(?!\w)"),
        stop=re.compile(rf"(?<!không)(?<!làm)\s(?:{phrases['stop']})(?!\w)"),
        day=re.compile(rf"[{MARKS}]\s?(?=(?:{either(day.phrases)})\s)"),
        held=re.compile(rf"(?<!\w)(?:{either(day.verbs)})(?:\s\w+){{0,4}}\s?:?\s?$"),
        counted=re.compile(rf"(?:{phrases['counted']})(?!\w)"),
        openers={
            cue.id: re.compile(rf"(?<!\w)(?:{either(cue.openers)})\s*$")
            for cue in cues
            if cue.openers
        },
        day_rule=day.id,
        whole=re.compile(
            rf"(?:{either(p for cue in cues if cue.is_name for p in cue.phrases)})(?!\w)"
        ),
        days=frozenset(
            {day.id, *(cue.id for cue in cues if cue.in_name or cue.is_name or cue.ends_in_name)}
        ),
    )


def _phrases(
    cues: Sequence[CueRow], registry: Registry
) -> Iterator[tuple[str, CueRow | KnownCampaign]]:
    for cue in cues:
        yield from ((phrase, cue) for phrase in cue.phrases)
    for known in registry.campaigns:
        yield from ((name, known) for name in {known.name: None, **dict.fromkeys(known.aliases)})
