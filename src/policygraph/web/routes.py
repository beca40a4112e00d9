"""Which page stands at which path, what it takes, and what shows it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from policygraph.graph.queries import Question
from policygraph.web.pages.article import ArticlePage, ArticleQuery, show_article
from policygraph.web.pages.campaign import CampaignPage, CampaignQuery, show_campaign
from policygraph.web.pages.check import CheckPage, CheckQuery, show_check
from policygraph.web.pages.coverage import CoveragePage, CoverageQuery, show_coverage
from policygraph.web.pages.document import DocumentPage, DocumentQuery, show_document
from policygraph.web.pages.edge import EdgePage, EdgeQuery, show_edge
from policygraph.web.pages.editor import EditorPage, EditorQuery, show_editor
from policygraph.web.pages.graph import GraphPage, GraphQuery, show_graph
from policygraph.web.pages.home import Home, HomeQuery, show_home
from policygraph.web.pages.organisation import (
    OrganisationPage,
    OrganisationQuery,
    show_organisation,
)
from policygraph.web.pages.overview import OverviewPage, OverviewQuery, show_overview
from policygraph.web.pages.path import PathPage, PathQuery, show_path
from policygraph.web.pages.question import (
    QuestionPage,
    QuestionQuery,
    QuestionsPage,
    QuestionsQuery,
    ask_question,
    show_question,
    show_questions,
)
from policygraph.web.pages.review import (
    ReferencePage,
    ReferenceQuery,
    ReviewPage,
    ReviewQuery,
    ThingPage,
    ThingQuery,
    show_reference,
    show_review,
    show_thing,
)
from policygraph.web.pages.search import (
    SearchQuery,
    SearchResult,
    Suggestions,
    SuggestQuery,
    show_search,
    suggest,
)
from policygraph.web.pages.trace import TracePage, TraceQuery, show_trace
from policygraph.web.pages.vocabulary import (
    Labels,
    LabelsQuery,
    Vocabulary,
    VocabularyQuery,
    show_labels,
    show_vocabulary,
)
from policygraph.web.security import Strictness
from policygraph.web.snapshot import Snapshot


@dataclass(frozen=True, slots=True)
class Page:
    """A page.

    Attributes:
        path: as Starlette writes it; "{id:path}" is a parameter of its query.
        query: the dataclass of its parameters.
        record: the dataclass of what it tells.
        show: makes the record from a snapshot and a query, and where it asks SPARQL from what it
            asked.
        template: the file that shows the record; None where it is for programs alone.
        strictness: what the page may do in a browser.
        ask: the SPARQL that it shows the answer of; that is found in a process apart.
    """

    path: str
    query: type
    record: type
    show: Callable[..., Any]
    template: str | None
    strictness: Strictness = "strict"
    ask: Callable[[Snapshot, Any], Question] | None = None

    @property
    def json_path(self) -> str:
        """Where programs find the record."""
        return "/index.json" if self.path == "/" else f"{self.path}.json"


PAGES = (
    Page("/", HomeQuery, Home, show_home, "home.html"),
    Page("/search", SearchQuery, SearchResult, show_search, "search.html"),
    Page("/suggest", SuggestQuery, Suggestions, suggest, None),
    Page("/document/{id:path}", DocumentQuery, DocumentPage, show_document, "document.html"),
    Page("/article/{id:path}", ArticleQuery, ArticlePage, show_article, "article.html"),
    Page(
        "/organisation/{id:path}",
        OrganisationQuery,
        OrganisationPage,
        show_organisation,
        "organisation.html",
    ),
    Page("/campaign/{id:path}", CampaignQuery, CampaignPage, show_campaign, "campaign.html"),
    Page("/trace", TraceQuery, TracePage, show_trace, "trace.html"),
    Page("/coverage", CoverageQuery, CoveragePage, show_coverage, "coverage.html"),
    Page("/check", CheckQuery, CheckPage, show_check, "check.html"),
    Page("/graph", GraphQuery, GraphPage, show_graph, "graph.html"),
    Page("/graph/path", PathQuery, PathPage, show_path, "path.html"),
    Page("/graph/overview", OverviewQuery, OverviewPage, show_overview, "overview.html"),
    Page("/graph/edge", EdgeQuery, EdgePage, show_edge, "edge.html"),
    Page("/review", ReviewQuery, ReviewPage, show_review, "review.html"),
    Page(
        "/review/reference",
        ReferenceQuery,
        ReferencePage,
        show_reference,
        "review_reference.html",
    ),
    Page("/review/thing", ThingQuery, ThingPage, show_thing, "review_thing.html"),
    Page("/query", EditorQuery, EditorPage, show_editor, "editor.html", strictness="editor"),
    Page("/questions", QuestionsQuery, QuestionsPage, show_questions, "questions.html"),
    Page(
        "/questions/{name}",
        QuestionQuery,
        QuestionPage,
        show_question,
        "question.html",
        ask=ask_question,
    ),
    Page("/vocabulary", VocabularyQuery, Vocabulary, show_vocabulary, None),
    Page("/labels", LabelsQuery, Labels, show_labels, None),
)
