"""Campaigns by name: movements, drives, months of action, in quotation marks or without.

A cue ("phong trào thi đua", "cuộc vận động") announces one name or a list of them; a campaign that
the registry knows needs no cue where it stands in quotation marks of its own. The words are rows
of data/vocab/campaign_cues.toml.
"""

from __future__ import annotations

import re
from bisect import bisect
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import islice
from typing import TypeVar

from policygraph.extraction.campaign_words import CueRow, load_campaign_words
from policygraph.extraction.phrases import find_phrases
from policygraph.extraction.quotation import MARKS, Quotation, read_quotation
from policygraph.lexicon import Hit, keep_longest
from policygraph.model import NameMention
from policygraph.registry import KnownCampaign, load_registry
from policygraph.span import Span
from policygraph.text import FoldedText, tidy

_GAP = re.compile(rf"[^{MARKS}.;!?\n()]{{0,110}}")
_SPACES = re.compile(r"[\s:*_]*")
_PLAIN_GAP_WORDS = 5
_NEXT = re.compile(
    rf"[{MARKS}*_]{{0,4}}(?:\s?\([^()\n]{{1,80}}\))?(?:\snăm\s\d{{4}})?"
    rf"(?:\s(?:của|do|trong|ở|tại|cho)\s[^{MARKS}.;:,\n]{{1,60}})?"
    r"(?:\s*+(?:,|;|và|&|cùng với|cùng|hay|hoặc)){1,3}\s*+"
)
_COMMA = re.compile(r"\s?[,;]\s*+(?=\S)")
# Some commas belong to the name: "phòng, chống ma túy", "an toàn, vệ sinh lao động".
_RUN = re.compile(
    rf"(?:[^{MARKS}.,;:()\[\]…!?\n*_|]|(?<=phòng),(?= chống)|(?<=an toàn),(?= vệ sinh)){{3,120}}"
)
_SENTENCE_END = re.compile(r"[.!?\n]")
_INITIALS = re.compile(rf"[{MARKS}]?\s?\(([A-ZĐ]{{3,12}})\)")
_EDGE = " \n\r\t*_.,;:…!-"
_WORD = re.compile(r"\w+")
_DAY = re.compile(r"ngày ")
_SAID = re.compile(r"[.;!?…]|\s(?:là|được|đã|đang|sẽ|diễn ra|nhằm|này)(?!\w)")
_DATE = re.compile(r" \d{1,2}[/.-]\d| (?:19|20)\d\d")
_MOST_QUOTED_WORDS = 20
_MOST_CUE_WORDS = 5
_MOST_LISTED = 10  # names in a list whose first begins with its cue: the others may, too
_MOST_DEFINED = 20  # abbreviations in a text, each of which is looked for in all of it
_WINDOW_BEFORE, _WINDOW_AFTER = 120, 60

Known = Mapping[int, Hit[KnownCampaign]]  # by start, the longest of each
V = TypeVar("V", CueRow, KnownCampaign)


@dataclass(frozen=True, slots=True)
class _Name:
    start: int
    end: int
    rule: str
    is_in_body: bool = False  # part of a body's name: no mention, and nothing else may be one here
    full: str = ""  # what an abbreviation stands for


def find_campaigns(folded: FoldedText, *, taken: Sequence[Span]) -> list[NameMention]:
    """The campaigns that a text names, by start, without overlap with each other or `taken`.

    The span is the name without cue and quotation marks; `name` is the registry's where it knows
    the campaign by this name or an alias, else the first spelling in this text; `rule` is the id
    of the cue's row, or without a cue that of the registry's. `taken` are source spans that do not
    overlap each other, in any order.
    """
    hits = find_phrases(folded).campaigns
    known = {hit.start: hit for hit in reversed(_hits_of(hits, KnownCampaign))}
    cues = keep_longest(_hits_of(hits, CueRow))
    found: list[_Name] = []
    limits = [*(cue.start for cue in cues[1:]), len(folded.text)]
    for cue, limit in zip(cues, limits, strict=False):
        found += _names_after(folded, cue, limit, known)
    found += _quoted_names(folded, known)
    found += _named_days(folded)
    found = [*_repeated(folded, found), *found, *_bare_months(folded, cues, found)]
    found += [*_abbreviations(folded, found)]
    return _as_mentions(folded, found, taken)


def _hits_of(hits: Sequence[Hit[CueRow | KnownCampaign]], kind: type[V]) -> list[Hit[V]]:
    return [Hit(hit.start, hit.end, hit.value) for hit in hits if isinstance(hit.value, kind)]


def _names_after(folded: FoldedText, cue: Hit[CueRow], limit: int, known: Known) -> list[_Name]:
    names = list(_announced_names(folded, cue, limit, known))
    if load_campaign_words().body.search(_lead(folded, cue.start)):
        return [replace(name, is_in_body=True) for name in names]
    return names


def _announced_names(
    folded: FoldedText, cue: Hit[CueRow], limit: int, known: Known
) -> Iterator[_Name]:
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
) -> Iterator[_Name]:
    """The names in quotation marks that one cue serves, up to the first that is none."""
    quotation: Quotation | None = first
    while quotation is not None:
        end, hit = quotation.end, known.get(quotation.start)
        if not quotation.is_closed:
            end = hit.end if hit else _end_of_run(folded, quotation.start)
        name = _trim(folded.text, quotation.start, end, cue.value.id)
        if name is None or not _is_campaign(folded, cue, name):
            return
        yield name
        following = _NEXT.match(folded.lower, quotation.after) if quotation.is_closed else None
        quotation = read_quotation(folded.text, following.end()) if following else None


def _is_campaign(folded: FoldedText, cue: Hit[CueRow], name: _Name) -> bool:
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


def _unquoted_list(folded: FoldedText, cue: Hit[CueRow], known: Known) -> Iterator[_Name]:
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


def _whole_name(folded: FoldedText, cue: Hit[CueRow]) -> Iterator[_Name]:
    """The cue itself, which may be a name behind "ngày": "Ngày Chủ nhật xanh", "Chủ nhật xanh"."""
    text, rule = folded.text, cue.value
    word = _DAY.match(text, cue.start)
    start = word.end() if word and not rule.keeps_day else cue.start
    if text[word.end() if word else start].isupper():
        quotation = _opened_quotation(folded, start)
        yield _Name(start, quotation.end if quotation else cue.end, rule.id)


def _marked_day(folded: FoldedText, cue: Hit[CueRow]) -> Iterator[_Name]:
    """A day, week or month that is marked, from the cue's last words: "hưởng ứng Ngày Nước"."""
    text = folded.text
    start = cue.start + len(cue.value.ends_in_name) + 1
    known = load_campaign_words().whole.match(folded.lower, start)
    run = known.end() if known else _end_of_run(folded, start)
    date = _DATE.search(text, start, run)
    name = _trim(text, start, date.start() if date else run, cue.value.id)
    is_named = text[start].isupper() or text[cue.end + 1 : cue.end + 2].isupper()
    if name and is_named and name.end > cue.end + 1 and not _SAID.search(text, start, name.end):
        yield name


def _lead(folded: FoldedText, start: int) -> str:
    """What goes before an offset, without the mark that opens a quotation there."""
    return folded.lower[max(0, start - 60) : start].rstrip(" *_:" + MARKS)


def _opened_quotation(folded: FoldedText, start: int) -> Quotation | None:
    """The quotation that a name opens, where the name may be all of it and no sentence begins."""
    if start == 0 or folded.text[start - 1] not in MARKS:
        return None
    quotation = read_quotation(folded.text, start - 1)
    if quotation is None or quotation.start != start or not quotation.is_closed:
        return None
    words = folded.lower[start : quotation.end]
    is_short = len(words.split()) <= _MOST_QUOTED_WORDS
    return quotation if is_short and not _SAID.search(words) else None


def _name_alone(folded: FoldedText, cue: Hit[CueRow], start: int) -> _Name | None:
    """One name without quotation marks, as far as the cue, and what stands before it, allow."""
    rule, words = cue.value, load_campaign_words()
    opener = words.openers.get(rule.id)
    if opener and opener.search(folded.lower, max(0, cue.start - 30), cue.start):
        return _capital_name(folded, rule.id, start, least=4)
    if not rule.needs_support and words.counted.match(folded.lower, start):
        return _capital_name(folded, rule.id, start, least=2)
    return _capital_name(folded, rule.id, start, least=3) if rule.is_firm else None


def _own_name(folded: FoldedText, cue: Hit[CueRow], after: int) -> Iterator[_Name]:
    """A name that begins with its cue: "Tháng hành động vì trẻ em"; a quotation is all of it."""
    if not folded.text[cue.start].isupper() or folded.text[cue.end : after] != " ":
        return
    quotation = _opened_quotation(folded, cue.start)
    if quotation and not load_campaign_words().head.search(_lead(folded, cue.start)):
        yield from islice(_quoted_days(folded, quotation, cue.value.id), _MOST_LISTED)
    elif folded.text[after : after + 1].isupper() or not cue.value.needs_capital:
        name = _trim(folded.text, cue.start, _end_of_run(folded, cue.start), cue.value.id)
        if name is not None and name.end > after:
            yield name


def _known_list(rule: str, folded: FoldedText, start: int, known: Known) -> Iterator[_Name]:
    while start in known:
        yield _Name(start, known[start].end, rule)
        following = _NEXT.match(folded.lower, known[start].end)
        start = following.end() if following else -1


def _capital_list(folded: FoldedText, rule: str, start: int) -> Iterator[_Name]:
    """Names after a colon, each with a capital; a comma before a small letter is theirs."""
    while name := _capital_name(folded, rule, start, least=2):
        following = _COMMA.match(folded.text, name.end)
        if following and folded.text[following.end()].islower():
            end = _end_of_run(folded, following.end())
            longer = _COMMA.match(folded.text, end)
            if longer and folded.text[longer.end()].isupper():
                name, following = _Name(name.start, end, rule), longer
        yield name
        if following is None:
            return
        start = following.end()


def _capital_name(folded: FoldedText, rule: str, start: int, *, least: int) -> _Name | None:
    """An unquoted name: a capital, then at least one word without, `least` words in all.

    Names of capitals only ("Cần Vương", "Duy Tân") are of history, or headlines.
    """
    if not folded.text[start : start + 1].isupper():
        return None
    name = _trim(folded.text, start, _end_of_run(folded, start), rule)
    if name is None:
        return None
    words = folded.text[name.start : name.end].split()
    return name if len(words) >= least and any(word[0].islower() for word in words) else None


def _end_of_run(folded: FoldedText, start: int) -> int:
    """Where a name without a closing mark ends: at punctuation or at a word that follows names."""
    run = _RUN.match(folded.lower, start)
    if run is None:
        return start
    stop = load_campaign_words().stop.search(folded.lower, start, run.end())
    return stop.start() if stop else run.end()


def _quoted_names(folded: FoldedText, known: Known) -> Iterator[_Name]:
    """Names that the registry knows, each alone in quotation marks, without a cue."""
    text = folded.text
    for start, hit in known.items():
        end = hit.end
        before = text[max(0, start - 4) : start].rstrip(" *_")
        after = text[end : end + 4].lstrip(" *_.,")
        if not before.endswith(tuple(MARKS)) or not after.startswith(tuple(MARKS)):
            continue
        lead, words = _lead(folded, start), load_campaign_words()
        if not (words.head.search(lead) or words.body.search(lead)):
            yield _Name(start, end, hit.value.id)


def _named_days(folded: FoldedText) -> Iterator[_Name]:
    """Days and drives in quotation marks that somebody holds: tổ chức “Ngày Chủ nhật xanh”."""
    words = load_campaign_words()
    position = 0
    for opening in words.day.finditer(folded.lower):
        before = folded.lower[max(0, opening.start() - 60) : opening.start()]
        if opening.start() < position or not words.held.search(before) or words.head.search(before):
            continue
        quotation = read_quotation(folded.text, opening.start())
        for name in _quoted_days(folded, quotation, words.day_rule):
            yield name
            position = name.end


def _quoted_days(folded: FoldedText, first: Quotation | None, rule: str) -> Iterator[_Name]:
    """The names in a list of quotations, up to the first without a capital."""
    quotation = first
    while quotation is not None and quotation.is_closed:
        name = _trim(folded.text, quotation.start, quotation.end, rule)
        if name is None or not folded.text[name.start].isupper():
            return
        yield name
        following = _NEXT.match(folded.lower, quotation.after)
        quotation = read_quotation(folded.text, following.end()) if following else None


def _repeated(folded: FoldedText, found: Sequence[_Name]) -> Iterator[_Name]:
    """The days and months that a text names in quotation marks, wherever else it names them."""
    days = load_campaign_words().days
    quoted = {
        folded.lower[name.start : name.end]: name.rule
        for name in found
        if name.rule in days and folded.text[name.start - 1] in MARKS
    }
    for written, rule in [*quoted.items()][:_MOST_DEFINED]:
        if folded.lower.count(written) > 1:
            for again in re.finditer(rf"(?<!\w){re.escape(written)}(?!\w)", folded.lower):
                if folded.text[again.start()].isupper():
                    yield _Name(*again.span(), rule)


def _bare_months(
    folded: FoldedText, cues: Sequence[Hit[CueRow]], found: Sequence[_Name]
) -> Iterator[_Name]:
    """How a month or week begins, where the text also gives its whole name: "Tháng khuyến mại"."""
    whole: dict[str, str] = {}
    for name in found:
        if name.rule in load_campaign_words().days:
            words = folded.lower[name.start : name.end].split()
            for count in range(2, min(len(words), _MOST_CUE_WORDS + 1)):
                whole.setdefault(" ".join(words[:count]), folded.text[name.start : name.end])
    for cue in cues:
        full = whole.get(folded.lower[cue.start : cue.end])
        if full and cue.value.stands_alone and folded.text[cue.start].isupper():
            yield _Name(cue.start, cue.end, cue.value.id, full=full)


def _abbreviations(folded: FoldedText, found: Sequence[_Name]) -> Iterator[_Name]:
    """The initials that a text puts in brackets behind a name, from there on: "(TTN)"."""
    defined: set[str] = set()
    for name in found:
        bracket = _INITIALS.match(folded.text, name.end)
        full = folded.text[name.start : name.end]
        initials = "".join(word[0] for word in _WORD.findall(full)).upper()
        if name.is_in_body or not bracket or bracket[1] != initials or initials in defined:
            continue
        if len(defined) == _MOST_DEFINED:
            return
        defined.add(initials)
        word = re.compile(rf"(?<!\w){initials}(?!\w)")
        for again in word.finditer(folded.text, bracket.start(1)):
            yield _Name(*again.span(), name.rule, full=full)


def _skip(folded: FoldedText, position: int) -> int:
    spaces = _SPACES.match(folded.text, position)
    return spaces.end() if spaces else position


def _trim(text: str, start: int, end: int, rule: str) -> _Name | None:
    piece = text[start:end]
    start += len(piece) - len(piece.lstrip(_EDGE))
    end -= len(piece) - len(piece.rstrip(_EDGE))
    is_name = end - start >= 3 and len(text[start:end].split()) >= 2
    return _Name(start, end, rule) if is_name else None


def _as_mentions(
    folded: FoldedText, found: Sequence[_Name], taken: Sequence[Span]
) -> list[NameMention]:
    occupied = sorted(taken)
    kept: list[tuple[Span, _Name]] = []
    for name in found:
        span = folded.source_span(name.start, name.end)
        place = bisect(occupied, span)
        if not any(span.overlaps(other) for other in occupied[max(0, place - 1) : place + 1]):
            occupied.insert(place, span)
            kept.append((span, name))
    kept.sort(key=lambda pair: pair[0])
    names: dict[str, str] = {}
    return [
        _as_mention(name.full or folded.text[name.start : name.end], span, name.rule, names)
        for span, name in kept
        if not name.is_in_body
    ]


def _as_mention(surface: str, span: Span, rule: str, names: dict[str, str]) -> NameMention:
    """The mention; `names` keeps the first spelling of each name that the registry lacks."""
    known = load_registry().find_campaign(surface)
    key = " ".join(_WORD.findall(surface.lower()))
    name = known.name if known else names.setdefault(key, tidy(surface.replace("*", " ")))
    return NameMention("campaign", span, rule, name)
