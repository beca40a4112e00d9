"""How the names of campaigns are written: where one begins, and how far it goes.

A name stands in quotation marks, or begins with a capital and ends at punctuation or at a word that
follows names.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from policygraph.extraction.campaign_words import load_campaign_words
from policygraph.extraction.quotation import MARKS, Quotation, read_quotation
from policygraph.text import FoldedText

# What stands between a name and the next in a list.
BETWEEN_NAMES = re.compile(
    rf"[{MARKS}*_]{{0,4}}(?:\s?\([^()\n]{{1,80}}\))?(?:\snăm\s\d{{4}})?"
    rf"(?:\s(?:của|do|trong|ở|tại|cho)\s[^{MARKS}.;:,\n]{{1,60}})?"
    r"(?:\s*+(?:,|;|và|&|cùng với|cùng|hay|hoặc)){1,3}\s*+"
)
# What no name holds: it is a sentence.
SAID = re.compile(r"[.;!?…]|\s(?:là|được|đã|đang|sẽ|diễn ra|nhằm|này)(?!\w)")
# Some commas belong to the name: "phòng, chống ma túy", "an toàn, vệ sinh lao động".
_RUN = re.compile(
    rf"(?:[^{MARKS}.,;:()\[\]…!?\n*_|]|(?<=phòng),(?= chống)|(?<=an toàn),(?= vệ sinh)){{3,120}}"
)
_EDGE = " \n\r\t*_.,;:…!-"
_MOST_QUOTED_WORDS = 20


@dataclass(frozen=True, slots=True)
class CampaignName:
    """A name in a folded text: its offsets there, and the id of the rule or row that found it."""

    start: int
    end: int
    rule: str
    is_in_body: bool = False  # part of a body's name: no mention, and nothing else may be one here
    full: str = ""  # what an abbreviation stands for


def text_before(folded: FoldedText, start: int) -> str:
    """What goes before an offset, without the mark that opens a quotation there."""
    return folded.lower[max(0, start - 60) : start].rstrip(" *_:" + MARKS)


def opened_quotation(folded: FoldedText, start: int) -> Quotation | None:
    """The quotation that a name opens, where the name may be all of it and no sentence begins."""
    if start == 0 or folded.text[start - 1] not in MARKS:
        return None
    quotation = read_quotation(folded.text, start - 1)
    if quotation is None or quotation.start != start or not quotation.is_closed:
        return None
    words = folded.lower[start : quotation.end]
    is_short = len(words.split()) <= _MOST_QUOTED_WORDS
    return quotation if is_short and not SAID.search(words) else None


def quoted_names(folded: FoldedText, first: Quotation | None, rule: str) -> Iterator[CampaignName]:
    """The names in a list of quotations, up to the first without a capital."""
    quotation = first
    while quotation is not None and quotation.is_closed:
        name = trimmed(folded.text, quotation.start, quotation.end, rule)
        if name is None or not folded.text[name.start].isupper():
            return
        yield name
        following = BETWEEN_NAMES.match(folded.lower, quotation.after)
        quotation = read_quotation(folded.text, following.end()) if following else None


def capital_name(folded: FoldedText, rule: str, start: int, *, least: int) -> CampaignName | None:
    """An unquoted name: a capital, then at least one word without, `least` words in all.

    Names of capitals only ("Cần Vương", "Duy Tân") are of history, or headlines.
    """
    if not folded.text[start : start + 1].isupper():
        return None
    name = trimmed(folded.text, start, end_of_run(folded, start), rule)
    if name is None:
        return None
    words = folded.text[name.start : name.end].split()
    return name if len(words) >= least and any(word[0].islower() for word in words) else None


def end_of_run(folded: FoldedText, start: int) -> int:
    """Where a name without a closing mark ends: at punctuation or at a word that follows names."""
    run = _RUN.match(folded.lower, start)
    if run is None:
        return start
    stop = load_campaign_words().stop.search(folded.lower, start, run.end())
    return stop.start() if stop else run.end()


def trimmed(text: str, start: int, end: int, rule: str) -> CampaignName | None:
    """The name without the marks at its edges, where two words or more are left."""
    piece = text[start:end]
    start += len(piece) - len(piece.lstrip(_EDGE))
    end -= len(piece) - len(piece.rstrip(_EDGE))
    is_name = end - start >= 3 and len(text[start:end].split()) >= 2
    return CampaignName(start, end, rule) if is_name else None
