"""What the finders find in one article: the order they go in, and what each leaves to the next."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

from policygraph.extraction.campaigns import find_campaigns
from policygraph.extraction.citations import find_citations
from policygraph.extraction.organisations import find_organisations
from policygraph.model import Article, Citation, NameMention
from policygraph.span import Span
from policygraph.text import FoldedText, fold_whole


@dataclass(frozen=True)
class Findings:
    """The mentions of each kind, found when first asked for; none overlap, none is in furniture.

    Documents come first, then campaigns: an organisation inside either is part of its name.
    """

    article: Article

    @cached_property
    def folded(self) -> FoldedText:
        return fold_whole(self.article.text)

    @cached_property
    def citations(self) -> list[Citation]:
        furniture = self._furniture
        found = find_citations(self.folded)
        return [c for c in found if not any(span.overlaps(c.span) for span in furniture)]

    @cached_property
    def campaigns(self) -> list[NameMention]:
        taken = [*self._furniture, *(citation.span for citation in self.citations)]
        return find_campaigns(self.folded, taken=taken)

    @cached_property
    def organisations(self) -> list[NameMention]:
        taken = [citation.span for citation in self.citations]
        taken += [campaign.span for campaign in self.campaigns]
        return find_organisations(self.folded, self.article, taken=taken)

    @property
    def _furniture(self) -> list[Span]:
        return [region.span for region in self.article.regions if region.kind == "furniture"]
