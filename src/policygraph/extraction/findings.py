"""What the finders find in one article: the order they go in, and what each leaves to the next."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TypeVar

from policygraph.errors import ReadingError
from policygraph.extraction.campaigns import find_campaigns
from policygraph.extraction.citations import find_citations
from policygraph.extraction.organisations import find_organisations
from policygraph.model import Article, Citation, NameMention
from policygraph.span import Span
from policygraph.text import FoldedText, fold_whole

T = TypeVar("T")

#: In one text. Reports have a name every hundred characters, lists of documents a number every 200.
MOST_CITATIONS, MOST_NAMES = 25_000, 50_000


@dataclass(frozen=True)
class Findings:
    """The mentions of each kind, found when first asked for; none overlap, none is in furniture.

    Documents come first, then campaigns: an organisation inside either is part of its name.

    Raises:
        ReadingError: there are more of a kind than any text of people has.
    """

    article: Article

    @cached_property
    def folded(self) -> FoldedText:
        return fold_whole(self.article.text)

    @cached_property
    def citations(self) -> list[Citation]:
        furniture = self._furniture
        found = _check_count(find_citations(self.folded), MOST_CITATIONS, "citations")
        return [c for c in found if not any(span.overlaps(c.span) for span in furniture)]

    @cached_property
    def campaigns(self) -> list[NameMention]:
        taken = [*self._furniture, *(citation.span for citation in self.citations)]
        found = find_campaigns(self.folded, taken=taken)
        return _check_count(found, MOST_NAMES, "names of campaigns")

    @cached_property
    def organisations(self) -> list[NameMention]:
        taken = [citation.span for citation in self.citations]
        taken += [campaign.span for campaign in self.campaigns]
        found = find_organisations(self.folded, self.article, taken=taken)
        return _check_count(found, MOST_NAMES, "names of organisations")

    @property
    def _furniture(self) -> list[Span]:
        return [region.span for region in self.article.regions if region.kind == "furniture"]


def _check_count(found: list[T], most: int, what: str) -> list[T]:
    """What was found, where what is made of it stays within bounds of time and memory."""
    if len(found) > most:
        message = f"the text has {len(found):,} {what}, and at most {most:,} are read"
        raise ReadingError(message, remedy="split it into several files")
    return found
