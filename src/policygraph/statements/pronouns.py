"""Bare type words that stand for a document named before: "Nghị định này thay thế …".

Certain only where the text has named one document of that type so far.
"""

from __future__ import annotations

import re
from collections.abc import Sequence, Set
from dataclasses import dataclass, field

from policygraph.document_types import load_document_types
from policygraph.model import Citation, Mention
from policygraph.statements.cues import Cues
from policygraph.statements.own_document import OwnDocument
from policygraph.statements.sentence import Mark, blot
from policygraph.text import FoldedText, fold

_CLAUSE_START = re.compile(r"(?:^|[,:;]\s)[^\w§]*(?:theo đó, |đồng thời, )?$")
_DRAFT = re.compile(r"(?:dự thảo|dự án)\s+$")


@dataclass(slots=True)
class Antecedents:
    """The documents named so far, by their type words in lower case, drafts apart.

    Where the text is itself a document (`own`), "Kế hoạch này" is that document.
    """

    own: OwnDocument | None = None
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

    def learn_own(self) -> None:
        """Takes in the words of the own document's type."""
        if self.own and self.own.mention.type:
            type_ = load_document_types()[self.own.mention.type]
            self.types |= dict.fromkeys(type_.phrases, type_.id)

    def find_this(self, type_: str) -> str | None:
        """The text's own document, where it is of that type."""
        is_own = self.own and self.own.mention.type == type_
        return self.own.reference if self.own and is_own else None

    def may_recur(self, text: str) -> bool:
        """Whether a stretch holds the type word of a document named so far."""
        lower = fold(text).lower
        return any(phrase in lower for phrase in self.types)

    def find_sole(self, type_: str, is_draft: bool, near: Set[str]) -> str | None:
        """The one document of a type that the text has named, `near` ones too, or None."""
        found = self.named.get((type_, is_draft), set()) | near
        return next(iter(found)) if len(found) == 1 else None


def find_pronouns(
    folded: FoldedText, marks: Sequence[Mark], antecedents: Antecedents, cues: Cues
) -> list[Mark]:
    """The bare type words that open a clause of a sentence with documents, as marks."""
    if not any(m.kind == "document" for m in marks):
        return []
    text = blot(folded.lower, marks)
    inside = _types_inside(marks) if " này" in text else {}
    return [
        mark
        for phrase, type_ in (antecedents.types | inside).items()
        if phrase in text
        for match in re.finditer(rf"\b{re.escape(phrase)}\b", text)
        if (mark := _read_pronoun(text, match, type_, marks, antecedents, cues))
    ]


def _types_inside(marks: Sequence[Mark]) -> dict[str, str]:
    """The type words of a sentence's own documents."""
    types = {m.type for m in marks if m.type}
    return {phrase: t for t in types for phrase in load_document_types()[t].phrases}


def _read_pronoun(
    text: str,
    match: re.Match[str],
    type_: str,
    marks: Sequence[Mark],
    antecedents: Antecedents,
    cues: Cues,
) -> Mark | None:
    before = text[: match.start()]
    if draft := _DRAFT.search(before):
        before = before[: draft.start()]
    verb = cues.pronoun.match(text, match.end())
    if verb is None or not _CLAUSE_START.search(before):
        return None
    is_this = verb[0].strip() == "này"
    near = {m.reference for m in marks if is_this and m.type == type_ and m.end < match.start()}
    own = antecedents.find_this(type_) if is_this else None
    reference = own or antecedents.find_sole(type_, draft is not None, near)
    if reference is None:
        return None
    end = verb.end() if is_this else match.end()
    return Mark(match.start(), end, "document", reference, type=type_, is_pronoun=True)
