"""Bare type words that stand for a document named before: "Nghị định này thay thế …".

Certain only where the text has named one document of that type so far.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from policygraph.model import Citation, Mention
from policygraph.statements.cues import Cues
from policygraph.statements.sentence import Mark, blot
from policygraph.text import FoldedText, fold

_CLAUSE_START = re.compile(r"(?:^|[,:;]\s)[^\w§]*(?:theo đó, |đồng thời, )?$")
_DRAFT = re.compile(r"(?:dự thảo|dự án)\s+$")


@dataclass(slots=True)
class Antecedents:
    """The documents named so far, by their type words in lower case, drafts apart."""

    named: dict[tuple[str, bool], set[str]] = field(default_factory=dict)
    types: dict[str, str] = field(default_factory=dict)

    def add(self, text: str, placed: Sequence[tuple[Mention, str]]) -> None:
        """Takes in the documents of a stretch of text."""
        for mention, reference in placed:
            if isinstance(mention, Citation) and mention.type:
                self.named.setdefault((mention.type, mention.is_draft), set()).add(reference)
                if mention.type not in self.types.values():
                    surface = fold(text[mention.span.start : mention.span.end]).lower
                    words = surface.split()[: mention.type.count("-") + 1]
                    self.types[" ".join(words)] = mention.type

    def may_recur(self, text: str) -> bool:
        """Whether a stretch holds the type word of a document named so far."""
        lower = fold(text).lower
        return any(phrase in lower for phrase in self.types)

    def find_sole(self, phrase: str, is_draft: bool) -> str | None:
        """The one document of a type that the text has named, or None."""
        found = self.named.get((self.types[phrase], is_draft), set())
        return next(iter(found)) if len(found) == 1 else None


def find_pronouns(
    folded: FoldedText, marks: Sequence[Mark], antecedents: Antecedents, cues: Cues
) -> list[Mark]:
    """The bare type words that open a clause of a sentence with documents, as marks."""
    if not any(m.kind == "document" for m in marks):
        return []
    text = blot(folded.lower, marks)
    return [
        mark
        for phrase in antecedents.types
        if phrase in text
        for match in re.finditer(rf"\b{re.escape(phrase)}\b", text)
        if (mark := _read_pronoun(text, match, antecedents, cues))
    ]


def _read_pronoun(
    text: str, match: re.Match[str], antecedents: Antecedents, cues: Cues
) -> Mark | None:
    before = text[: match.start()]
    if draft := _DRAFT.search(before):
        before = before[: draft.start()]
    reference = antecedents.find_sole(match[0], draft is not None)
    verb = cues.pronoun.match(text, match.end())
    if reference is None or verb is None or not _CLAUSE_START.search(before):
        return None
    end = verb.end() if verb[0].strip() == "này" else match.end()
    type_ = antecedents.types[match[0]]
    return Mark(match.start(), end, "document", reference, type=type_, is_pronoun=True)
