"""A sentence as the readers of subjects see it: its agents and what its cues govern."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from policygraph.statements.agents import Agents
from policygraph.statements.groups import Governed
from policygraph.statements.sentence import Phrase, Sentence


@dataclass(frozen=True, slots=True)
class Reading:
    """A sentence with its agents and all its governed groups.

    `passives` are where a passive that says something of a phrase ends, by the phrase's start.
    """

    sentence: Sentence
    agents: Agents
    governed: tuple[Governed, ...]
    passives: Mapping[int, int]

    def end_of(self, phrase: Phrase) -> int:
        """Where a phrase ends, with what a passive says of it."""
        return self.passives.get(phrase.mark.start, phrase.end)
