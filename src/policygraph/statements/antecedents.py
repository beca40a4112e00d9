"""What a text has named so far, for the words that stand for it later: "nghị quyết này".

Certain only where one thing comes into question: the sentence names one of the kind, or else the
paragraph does, or the paragraph before it, or all of the text so far; and no unnamed one of the
kind ("ban hành nghị quyết") stands between.
"""

from __future__ import annotations

import re
from collections.abc import Sequence, Set
from dataclasses import dataclass, field
from functools import cache

from policygraph.document_types import load_document_types
from policygraph.model import Citation, Mention
from policygraph.statements.own_document import OwnDocument
from policygraph.text import fold, fold_sentence

WRITING = "van-ban"  # a document of whatever type

_FARTHEST = 2000
_NEARBY = 40
_FAR = 200
_ENDED = re.compile(r"\b(?:thay thế|bãi bỏ|hủy bỏ|hết hiệu lực|sửa đổi)\b[^.;\n]*$")
_MAY_MEAN = re.compile(r"\s(?:này|ấy|trên|đó)\b")
_MEANT = r"(?!\s(?:này|ấy|đó|trên|nói trên|nêu trên|mới)\b)"


@dataclass(slots=True)
class Antecedents:
    """The things named so far, by type, drafts apart, and by their type words in lower case.

    A campaign's type is the word that the text has for it ("phong trào"), of `campaign_words`.
    `paragraph` and `before` hold those of the paragraph and of the last one that named any,
    `latest` those of the last stretch that named any of the type; `ends` where the last was named.
    Where the text is itself a document (`own`), "Kế hoạch này" is that document.
    """

    own: OwnDocument | None = None
    campaign_words: tuple[str, ...] = ()
    named: dict[tuple[str, bool], set[str]] = field(default_factory=dict)
    types: dict[str, str] = field(default_factory=dict)
    paragraph: dict[str, set[str]] = field(default_factory=dict)
    before: dict[str, set[str]] = field(default_factory=dict)
    latest: dict[str, set[str]] = field(default_factory=dict)
    ends: dict[str, int] = field(default_factory=dict)

    def add(self, text: str, placed: Sequence[tuple[Mention, str]]) -> None:
        """Takes in the documents and campaigns of a stretch of text."""
        for mention, _ in placed:
            if isinstance(mention, Citation) and mention.type:
                self.latest[mention.type] = set()
        for mention, reference in placed:
            if isinstance(mention, Citation) and mention.type:
                self.named.setdefault((mention.type, mention.is_draft), set()).add(reference)
                self.latest[mention.type].add(reference)
                if not _is_ended(text, mention.span.start):
                    self._place(mention, reference, mention.type, WRITING)
                if mention.type not in self.types.values():
                    self._learn(
                        fold(text[mention.span.start : mention.span.end]).lower, mention.type
                    )
            elif mention.kind == "campaign":
                word = self._read_campaign_word(text, mention.span.start)
                self.named.setdefault((word, False), set()).add(reference)
                self._place(mention, reference, word)

    def _read_campaign_word(self, text: str, at: int) -> str:
        """What kind of campaign a text calls the one at an offset: "phong trào"."""
        lead = fold(text[max(0, at - _NEARBY) : at]).lower
        found = max(self.campaign_words, key=lead.rfind, default="")
        return self.find_campaign_type(found) if found in lead else ""

    def find_campaign_type(self, word: str) -> str:
        """The shortest word that one for campaigns begins with: "phong trào thi đua" is one."""
        return min((w for w in self.campaign_words if word.startswith(w)), key=len, default=word)

    def _learn(self, surface: str, type_: str) -> None:
        """Takes in the words of a type, and those that a longer one begins with."""
        words = surface.split()[: type_.count("-") + 1]
        self.types[" ".join(words)] = type_
        for length in range(2, len(words)):
            shorter = " ".join(words[:length])
            if shorter in _all_words():
                self.types.setdefault(shorter, type_)

    def _place(self, mention: Mention, reference: str, *types: str) -> None:
        for type_ in types:
            self.paragraph.setdefault(type_, set()).add(reference)
            self.ends[type_] = mention.span.end

    def start_paragraph(self) -> None:
        """Goes on to the next paragraph."""
        if self.paragraph:
            self.before, self.paragraph = self.paragraph, {}

    def learn_own(self) -> None:
        """Takes in the words of the own document's type."""
        if self.own and self.own.mention.type:
            type_ = load_document_types()[self.own.mention.type]
            self.types |= dict.fromkeys(type_.phrases, type_.id)

    def may_be_meant(self, text: str) -> bool:
        """Whether a stretch may hold a word that stands for something named so far."""
        if not self.ends:
            return False
        lower = fold_sentence(text).lower
        words = (word for word in self.campaign_words if word in self.ends)
        return any(word in lower for word in words) or _MAY_MEAN.search(lower) is not None

    def find_this(self, type_: str) -> str | None:
        """The text's own document, where it is of that type."""
        is_own = self.own and self.own.mention.type == type_
        return self.own.reference if self.own and is_own else None

    def may_recur(self, text: str) -> bool:
        """Whether a stretch holds the type word of a document named so far."""
        lower = fold(text).lower
        return any(phrase in lower for phrase in self.types)

    def find_sole(self, type_: str, is_draft: bool, near: Set[str]) -> str | None:
        """The one thing of a type that the text has named, `near` ones too, or None."""
        found = self.named.get((type_, is_draft), set()) | near
        return next(iter(found)) if len(found) == 1 else None

    def find_recent(self, type_: str, near: Set[str]) -> str | None:
        """The one thing of a type that was named last: in the sentence, the paragraph, before."""
        found = near or self.paragraph.get(type_) or self.before.get(type_) or set()
        return next(iter(found)) if len(found) == 1 else self.find_sole(type_, False, near)

    def find_several(self, type_: str, count: int | None, near: Set[str]) -> tuple[str, ...]:
        """The things of a type that a plural stands for, sorted; none where that is not certain.

        `count` is how many there are ("bốn nghị định này"); None for those named last ("các …").
        """
        latest = self.latest.get(type_, set())
        if count is None:
            found: Set[str] = near or latest
        else:
            recent = (self.paragraph.get(type_, set()), self.before.get(type_, set()))
            known = (near, latest, *recent, self.named.get((type_, False), set()) | near)
            found = next((things for things in known if len(things) == count), set())
        return tuple(sorted(found)) if len(found) > 1 else ()

    def text_since(self, type_: str, text: str, at: int) -> str | None:
        """The folded text from the last thing of a type to an offset; None if that is too far."""
        end = self.ends.get(type_, at)
        return fold(text[end:at]).text if at - end <= _FARTHEST else None


def _is_ended(text: str, at: int) -> bool:
    """Whether a sentence ends or changes the document at an offset: "này" is the one that does."""
    lead = fold(text[max(0, at - _FAR) : at]).lower
    return _ENDED.search(lead) is not None


def names_unnamed(phrase: str, text: str) -> bool:
    """Whether a folded text speaks of an unnamed thing by a type word in small letters."""
    return re.search(rf"\b{re.escape(phrase)}\b{_MEANT}", text) is not None


@cache
def _all_words() -> frozenset[str]:
    return frozenset(p for row in load_document_types().values() for p in row.phrases)


def type_words(types: Set[str]) -> dict[str, str]:
    """The words of types, with the types."""
    known = load_document_types()
    return {phrase: t for t in types if t in known for phrase in known[t].phrases}
