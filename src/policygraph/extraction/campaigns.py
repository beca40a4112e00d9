"""Campaigns by name: movements, drives, months of action, in quotation marks or without.

A cue ("phong trào thi đua", "cuộc vận động") announces one name or a list of them; a campaign that
the registry knows needs no cue where it stands in quotation marks of its own. The words are rows
of data/vocab/campaign_cues.toml.
"""

from __future__ import annotations

import re
from bisect import bisect
from collections.abc import Iterator, Sequence
from typing import TypeVar

from policygraph.extraction.announced_campaigns import Known, names_after
from policygraph.extraction.campaign_names import CampaignName, quoted_names, text_before
from policygraph.extraction.campaign_words import CueRow, load_campaign_words
from policygraph.extraction.phrases import find_phrases
from policygraph.extraction.quotation import MARKS, read_quotation
from policygraph.lexicon import Hit, keep_longest
from policygraph.model import NameMention
from policygraph.registry import KnownCampaign, load_registry
from policygraph.span import Span
from policygraph.text import FoldedText, tidy

_INITIALS = re.compile(rf"[{MARKS}]?\s?\(([A-ZĐ]{{3,12}})\)")
_WORD = re.compile(r"\w+")
_MOST_CUE_WORDS = 5
_MOST_DEFINED = 20  # abbreviations in a text, each of which is looked for in all of it

V = TypeVar("V", CueRow, KnownCampaign)


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
    found: list[CampaignName] = []
    limits = [*(cue.start for cue in cues[1:]), len(folded.text)]
    for cue, limit in zip(cues, limits, strict=False):
        found += names_after(folded, cue, limit, known)
    found += _known_quotations(folded, known)
    found += _named_days(folded)
    found = [*_repeated(folded, found), *found, *_bare_months(folded, cues, found)]
    found += [*_abbreviations(folded, found)]
    return _as_mentions(folded, found, taken)


def _hits_of(hits: Sequence[Hit[CueRow | KnownCampaign]], kind: type[V]) -> list[Hit[V]]:
    return [Hit(hit.start, hit.end, hit.value) for hit in hits if isinstance(hit.value, kind)]


def _known_quotations(folded: FoldedText, known: Known) -> Iterator[CampaignName]:
    """Names that the registry knows, each alone in quotation marks, without a cue."""
    text = folded.text
    for start, hit in known.items():
        end = hit.end
        before = text[max(0, start - 4) : start].rstrip(" *_")
        after = text[end : end + 4].lstrip(" *_.,")
        if not before.endswith(tuple(MARKS)) or not after.startswith(tuple(MARKS)):
            continue
        lead, words = text_before(folded, start), load_campaign_words()
        if not (words.head.search(lead) or words.body.search(lead)):
            yield CampaignName(start, end, hit.value.id)


def _named_days(folded: FoldedText) -> Iterator[CampaignName]:
    """Days and drives in quotation marks that somebody holds: tổ chức “Ngày Chủ nhật xanh”."""
    words = load_campaign_words()
    position = 0
    for opening in words.day.finditer(folded.lower):
        before = folded.lower[max(0, opening.start() - 60) : opening.start()]
        if opening.start() < position or not words.held.search(before) or words.head.search(before):
            continue
        quotation = read_quotation(folded.text, opening.start())
        for name in quoted_names(folded, quotation, words.day_rule):
            yield name
            position = name.end


def _repeated(folded: FoldedText, found: Sequence[CampaignName]) -> Iterator[CampaignName]:
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
                if folded.text[again.start()].isupper() and not _is_of_body(folded, again.start()):
                    yield CampaignName(*again.span(), rule)


def _is_of_body(folded: FoldedText, start: int) -> bool:
    """Whether a name at an offset is part of a body's: "Quỹ “Vì người nghèo”"."""
    return load_campaign_words().body.search(text_before(folded, start)) is not None


def _bare_months(
    folded: FoldedText, cues: Sequence[Hit[CueRow]], found: Sequence[CampaignName]
) -> Iterator[CampaignName]:
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
            yield CampaignName(cue.start, cue.end, cue.value.id, full=full)


def _abbreviations(folded: FoldedText, found: Sequence[CampaignName]) -> Iterator[CampaignName]:
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
            yield CampaignName(*again.span(), name.rule, full=full)


def _as_mentions(
    folded: FoldedText, found: Sequence[CampaignName], taken: Sequence[Span]
) -> list[NameMention]:
    occupied = sorted(taken)
    kept: list[tuple[Span, CampaignName]] = []
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
