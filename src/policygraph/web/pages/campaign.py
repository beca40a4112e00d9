"""A campaign: who launched it, who takes it up, and where articles tell of it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated

from pydantic import Field
from pyoxigraph import NamedNode

from policygraph.graph.iri import read_type
from policygraph.graph.namespaces import DCTERMS, PG
from policygraph.graph.pattern import find_value
from policygraph.web.citation import Alias, Citations, list_aliases, list_citations
from policygraph.web.pages.lookup import find_by_path
from policygraph.web.record import Item, make_item
from policygraph.web.scheme import Scheme, make_scheme
from policygraph.web.snapshot import Snapshot


@dataclass(frozen=True, slots=True)
class CampaignQuery:
    """Which campaign; and of the articles that cite it, which page."""

    id: str
    page: Annotated[int, Field(ge=1, le=10_000, description="Of the citing articles.")] = 1


@dataclass(frozen=True, slots=True)
class CampaignPage:
    """What the graph tells of a campaign.

    Attributes:
        type: id of the kind of campaign ("cuoc-van-dong").
        known_from: the source of the registry's row, where that knows it.
    """

    item: Item
    type: str | None
    known_from: str | None
    aliases: tuple[Alias, ...]
    scheme: Scheme
    citations: Citations


def show_campaign(snapshot: Snapshot, query: CampaignQuery) -> CampaignPage:
    node = find_by_path(snapshot, "campaign", query.id)
    store, links, campaign = snapshot.store, snapshot.links, NamedNode(node.iri)
    type_ = find_value(store, campaign, PG.campaignType, graph=links)
    return CampaignPage(
        item=make_item(snapshot.catalogue, node),
        type=read_type(type_) if type_ else None,
        known_from=find_value(store, campaign, DCTERMS.source, graph=links),
        aliases=list_aliases(snapshot, node),
        scheme=make_scheme(snapshot, node),
        citations=list_citations(snapshot, node, query.page),
    )
