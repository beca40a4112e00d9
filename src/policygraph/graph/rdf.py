"""The values of the stages as RDF, and back: article graphs, links, claims, decisions."""

from __future__ import annotations

from policygraph.graph.article_graph import describe_article
from policygraph.graph.claims import list_articles, read_claims
from policygraph.graph.links_graph import describe_links, find_links
from policygraph.graph.review_graph import describe_decisions, read_decisions

__all__ = [
    "describe_article",
    "describe_decisions",
    "describe_links",
    "find_links",
    "list_articles",
    "read_claims",
    "read_decisions",
]
