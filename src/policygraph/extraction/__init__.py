"""Article → Mentions: citations of documents, names of campaigns and of organisations."""

from __future__ import annotations

from policygraph.extraction.attributes import complete_citations
from policygraph.extraction.findings import Findings
from policygraph.extraction.letterhead import mark_letterhead
from policygraph.extraction.provisions import add_provisions
from policygraph.model import Article, Mention


def extract_mentions(article: Article) -> tuple[Mention, ...]:
    """All mentions of an article, sorted, without overlap, none in its furniture.

    Raises:
        ReadingError: the text holds more mentions than any text of people does.
    """
    found = Findings(article)
    citations = complete_citations(found.folded, found.citations, found.organisations)
    citations = add_provisions(found.folded, citations)
    citations = mark_letterhead(found.folded, citations, found.organisations, article.regions)
    mentions: list[Mention] = [*citations, *found.campaigns, *found.organisations]
    return tuple(sorted(mentions, key=lambda mention: mention.span))
