"""Article → Mentions: citations of documents, names of campaigns and of organisations."""

from __future__ import annotations

from policygraph.extraction.attributes import complete_citations
from policygraph.extraction.campaigns import find_campaigns
from policygraph.extraction.citations import find_citations
from policygraph.extraction.organisations import find_organisations
from policygraph.model import Article, Mention
from policygraph.span import Span
from policygraph.text import fold


def extract_mentions(article: Article) -> tuple[Mention, ...]:
    """All mentions of an article, sorted, without overlap, none in its furniture.

    Documents come first, then campaigns: an organisation inside either is part of its name.
    """
    folded = fold(article.text)
    furniture = [region.span for region in article.regions if region.kind == "furniture"]
    citations = [c for c in find_citations(folded) if not _is_in(c.span, furniture)]
    taken = [*furniture, *(citation.span for citation in citations)]
    campaigns = find_campaigns(folded, taken=taken)
    taken += [campaign.span for campaign in campaigns]
    organisations = find_organisations(folded, article, taken=taken)
    mentions: list[Mention] = [*campaigns, *organisations]
    mentions += complete_citations(folded, citations, organisations)
    return tuple(sorted(mentions, key=lambda mention: mention.span))


def _is_in(span: Span, regions: list[Span]) -> bool:
    return any(region.overlaps(span) for region in regions)
