"""The phrases that mentions begin with, and the names of provinces.

They are found in one pass over a text, for all who read it.
"""

from __future__ import annotations

from functools import cache, lru_cache
from typing import NamedTuple

from policygraph.extraction.campaign_words import CueRow, load_campaign_words
from policygraph.extraction.grammar import TypeWord
from policygraph.extraction.grammar import load_grammar as load_citations
from policygraph.extraction.organisation_grammar import HeadForm
from policygraph.extraction.organisation_grammar import load_grammar as load_organisations
from policygraph.extraction.places import load_provinces
from policygraph.lexicon import Hit, JointMatcher
from policygraph.registry import KnownCampaign, Place
from policygraph.text import FoldedText


class Phrases(NamedTuple):
    """The phrases of a text, each kind by start, the longest first."""

    types: list[Hit[TypeWord]]
    laws: list[Hit[str]]
    campaigns: list[Hit[CueRow | KnownCampaign]]
    heads: list[Hit[HeadForm]]
    provinces: list[Hit[Place]]


def find_phrases(folded: FoldedText) -> Phrases:
    """The phrases of a folded text; those of the last one are kept, for whoever asks next."""
    return _find(folded.text, folded.lower)


@lru_cache(maxsize=1)
def _find(text: str, lower: str) -> Phrases:
    return Phrases(*_load_matcher().find(FoldedText(text, lower, len(text))))


@cache
def _load_matcher() -> JointMatcher:
    citations = load_citations()
    return JointMatcher.join(
        [
            citations.type_words,
            citations.law_names,
            load_campaign_words().matcher,
            load_organisations().heads,
            load_provinces().matcher,
        ]
    )
