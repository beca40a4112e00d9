"""The campaigns that a cue announces: one name or a list of them, in quotation marks or without."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import replace
from itertools import islice

from policygraph.extraction.campaign_names import (
    BETWEEN_NAMES,
    SAID,
    CampaignName,
    capital_name,
    end_of_run,
    opened_quotation,
    quoted_names,
    text_before,
    trimmed,
)
from policygraph.extraction.campaign_words import CueRow, load_campaign_words
from policygraph.extraction.quotation import MARKS, Quotation, read_quotation
from policygraph.lexicon import Hit
from policygraph.registry import KnownCampaign, load_registry
from policygraph.text import FoldedText

_GAP = re.compile(rf"[^{MARKS}.;!?\n()]{{0,110}}")
_SPACES = re.compile(r"[\s:*_]*")
_PLAIN_GAP_WORDS = 5
_COMMA = re.compile(r"\s?[,;]\s*+(?=\S)")
_SENTENCE_END = re.compile(r"[.!?\n]")
_DAY = re.compile(r"ngày ")
_DATE = re.compile(r" \d{1,2}[/.-]\d| (?:19|20)\d\d")
_MOST_LISTED = 10  # names in a list whose first begins with its cue: the others may, too
_WINDOW_BEFORE, _WINDOW_AFTER = 120, 60

Known = Mapping[int, Hit[KnownCampaign]]  # by start, the longest of each


def names_after(
    folded: FoldedText, cue: Hit[CueRow], limit: int, known: Known
) -> list[CampaignName]:
    """The names that a cue announces before the next cue, at `limit`; by start."""
    names = list(_announced_names(folded, cue, limit, known))
    if load_campaign_words().body.search(text_before(folded, cue.start)):
        return [replace(name, is_in_body=True) for name in names]
    return names


def _announced_names(
    folded: FoldedText, cue: Hit[CueRow], limit: int, known: Known
) -> Iterator[CampaignName]:
    if cue.value.is_name:
        yield from _whole_name(folded, cue)
    elif cue.value.ends_in_name:
        yield from _marked_day(folded, cue)
    elif (quotation := _find_quotation(folded, cue, limit)) is not None:
        yield from _quoted_list(folded, cue, quotation, known)
    else:
        yield from _unquoted_list(folded, cue, known)


def _find_quotation(folded: FoldedText, cue: Hit[CueRow], limit: int) -> Quotation | None:
    """The quotation that holds the first name after a cue."""
    gap = _GAP.match(folded.lower, cue.end)
    if gap is None or gap.end() >= limit or folded.lower[gap.end() : gap.end() + 1] not in MARKS:
        return None
    between = gap[0].strip(" :*_\n\r,")
    is_plain = not between or (
        not set(",:") & set(gap[0]) and len(between.split()) <= _PLAIN_GAP_WORDS
    )
    words = load_campaign_words()
    if words.head.search(between) or not (is_plain or words.link.search(between)):
        return None
    return read_quotation(folded.text, gap.end())


def _quoted_list(
    folded: FoldedText, cue: Hit[CueRow], first: Quotation, known: Known
) -> Iterator[CampaignName]:
    """The names in quotation marks that one cue serves, up to the first that is none."""
    quotation: Quotation | None = first
    while quotation is not None:
        end, hit = quotation.end, known.get(quotation.start)
        if not quotation.is_closed:
            end = hit.end if hit else end_of_run(folded, quotation.start)
        name = trimmed(folded.text, quotation.start, end, cue.value.id)
        if name is None or not _is_campaign(folded, cue, name):
            return
        yield name
        following = (
            BETWEEN_NAMES.match(folded.lower, quotation.after) if quotation.is_closed else None
        )
        quotation = read_quotation(folded.text, following.end()) if following else None


def _is_campaign(folded: FoldedText, cue: Hit[CueRow], name: CampaignName) -> bool:
    surface = folded.text[name.start : name.end]
    if cue.value.is_firm or load_registry().find_campaign(surface):
        return True
    start, words = max(0, cue.start - _WINDOW_BEFORE), load_campaign_words()
    before = _SENTENCE_END.split(folded.lower[start : name.start])[-1]
    after = _SENTENCE_END.split(folded.lower[name.start : name.end + _WINDOW_AFTER])[0]
    if words.veto.search(before) or words.veto.search(after):
        return False
    is_capital = not surface[0].islower() and not cue.value.needs_support
    return is_capital or bool(words.support.search(before))


def _unquoted_list(folded: FoldedText, cue: Hit[CueRow], known: Known) -> Iterator[CampaignName]:
    after = _skip(folded, cue.end)
    inside = (s for s in range(cue.start, cue.end) if s in known and known[s].end > cue.end)
    start = next(inside, after)
    if start in known and not (cue.value.in_name and folded.text[start].islower()):
        yield from _known_list(cue.value.id, folded, start, known)
    elif cue.value.in_name:
        yield from _own_name(folded, cue, after)
    elif cue.value.is_firm and ":" in folded.text[cue.end : after]:
        yield from _capital_list(folded, cue.value.id, after)
    elif name := _name_alone(folded, cue, after):
        yield name


def _whole_name(folded: FoldedText, cue: Hit[CueRow]) -> Iterator[CampaignName]:
    """The cue itself, which may be a name behind "ngày": "Ngày Chủ nhật xanh", "Chủ nhật xanh"."""
    text, rule = folded.text, cue.value
    word = _DAY.match(text, cue.start)
    start = word.end() if word and not rule.keeps_day else cue.start
    if text[word.end() if word else start].isupper():
        quotation = opened_quotation(folded, start)
        yield CampaignName(start, quotation.end if quotation else cue.end, rule.id)


def _marked_day(folded: FoldedText, cue: Hit[CueRow]) -> Iterator[CampaignName]:
    """A day, week or month that is marked, from the cue's last words: "hưởng ứng Ngày Nước"."""
    text = folded.text
    start = cue.start + len(cue.value.ends_in_name) + 1
    known = load_campaign_words().whole.match(folded.lower, start)
    run = known.end() if known else end_of_run(folded, start)
    date = _DATE.search(text, start, run)
    name = trimmed(text, start, date.start() if date else run, cue.value.id)
    is_named = text[start].isupper() or text[cue.end + 1 : cue.end + 2].isupper()
    if name and is_named and name.end > cue.end + 1 and not SAID.search(text, start, name.end):
        yield name


def _name_alone(folded: FoldedText, cue: Hit[CueRow], start: int) -> CampaignName | None:
    """One name without quotation marks, as far as the cue, and what stands before it, allow."""
    rule, words = cue.value, load_campaign_words()
    opener = words.openers.get(rule.id)
    if opener and opener.search(folded.lower, max(0, cue.start - 30), cue.start):
        return capital_name(folded, rule.id, start, least=4)
    if not rule.needs_support and words.counted.match(folded.lower, start):
        return capital_name(folded, rule.id, start, least=2)
    return capital_name(folded, rule.id, start, least=3) if rule.is_firm else None


def _own_name(folded: FoldedText, cue: Hit[CueRow], after: int) -> Iterator[CampaignName]:
    """A name that begins with its cue: "Tháng hành động vì trẻ em"; a quotation is all of it."""
    if not folded.text[cue.start].isupper() or folded.text[cue.end : after] != " ":
        return
    quotation = opened_quotation(folded, cue.start)
    if quotation and not load_campaign_words().head.search(text_before(folded, cue.start)):
        yield from islice(quoted_names(folded, quotation, cue.value.id), _MOST_LISTED)
    elif folded.text[after : after + 1].isupper() or not cue.value.needs_capital:
        name = trimmed(folded.text, cue.start, end_of_run(folded, cue.start), cue.value.id)
        if name is not None and name.end > after:
            yield name


def _known_list(rule: str, folded: FoldedText, start: int, known: Known) -> Iterator[CampaignName]:
    while start in known:
        yield CampaignName(start, known[start].end, rule)
        following = BETWEEN_NAMES.match(folded.lower, known[start].end)
        start = following.end() if following else -1


def _capital_list(folded: FoldedText, rule: str, start: int) -> Iterator[CampaignName]:
    """Names after a colon, each with a capital; a comma before a small letter is theirs."""
    while name := capital_name(folded, rule, start, least=2):
        following = _COMMA.match(folded.text, name.end)
        if following and folded.text[following.end()].islower():
            end = end_of_run(folded, following.end())
            longer = _COMMA.match(folded.text, end)
            if longer and folded.text[longer.end()].isupper():
                name, following = CampaignName(name.start, end, rule), longer
        yield name
        if following is None:
            return
        start = following.end()


def _skip(folded: FoldedText, position: int) -> int:
    spaces = _SPACES.match(folded.text, position)
    return spaces.end() if spaces else position
