"""The first page: what the graph holds, and where to begin."""

from __future__ import annotations

from dataclasses import dataclass

from policygraph.graph.named_queries import find_queries
from policygraph.web.record import Item, make_items
from policygraph.web.snapshot import Snapshot

_SHOWN = 8


@dataclass(frozen=True, slots=True)
class HomeQuery:
    """Nothing may be asked of it."""


@dataclass(frozen=True, slots=True)
class Home:
    """What the graph holds.

    Attributes:
        articles, documents, organisations, campaigns: how many there are, things counted that
            articles cite.
        relations: how many triples of each predicate there are between things.
        statements: how many triples the graph has in all.
        cited: the documents that most articles cite; `newest`: the last articles.
        questions: how many named queries there are.
    """

    articles: int
    documents: int
    organisations: int
    campaigns: int
    relations: dict[str, int]
    statements: int
    contradictions: int
    open: int
    unknown: int
    cited: tuple[Item, ...]
    newest: tuple[Item, ...]
    taken_up: tuple[Item, ...]
    questions: int


def show_home(snapshot: Snapshot, _: HomeQuery) -> Home:
    catalogue = snapshot.catalogue
    documents = catalogue.list_cited("document")
    campaigns = catalogue.list_cited("campaign")
    articles = catalogue.list_newest()
    findings = snapshot.findings
    return Home(
        articles=len(articles),
        documents=len(documents),
        organisations=len(catalogue.list_cited("organisation")),
        campaigns=len(campaigns),
        relations=dict(snapshot.relations),
        statements=snapshot.size,
        contradictions=len(findings.contradictions),
        open=len(findings.open),
        unknown=len(findings.unknown),
        cited=make_items(catalogue, documents[:_SHOWN]),
        newest=make_items(catalogue, articles[:_SHOWN]),
        taken_up=make_items(catalogue, campaigns[:_SHOWN]),
        questions=len(find_queries()),
    )
