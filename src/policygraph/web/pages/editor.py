"""The editor of queries: what stands in it at first, and the questions that it may begin with."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Annotated

from pydantic import Field

from policygraph.graph.written_query import write_query
from policygraph.web.pages.question import (
    QuestionQuery,
    TopicItem,
    ask_question,
    find_question,
    list_topics,
)
from policygraph.web.snapshot import Snapshot

_FIRST = """\
PREFIX pg: <https://w3id.org/policygraph/ontology#>
PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>

SELECT ?document ?date (COUNT(DISTINCT ?article) AS ?articles)
WHERE {
  ?article pg:cites ?document .
  ?document a pg:PartyDocument .
  OPTIONAL { ?document pg:date ?date }
}
GROUP BY ?document ?date
ORDER BY DESC(?articles)
LIMIT 20
"""


@dataclass(frozen=True, slots=True)
class EditorQuery:
    """What to begin with: a query, or a question with values for its parameters."""

    query: Annotated[str, Field(max_length=50_000, description="SPARQL.")] = ""
    question: Annotated[str, Field(max_length=100, description="The name of a question.")] = ""
    values: Annotated[
        Mapping[str, Annotated[str, Field(max_length=1_000)]],
        Field(description="Values for the parameters of the question, by their names."),
    ] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class EditorPage:
    """The editor.

    Attributes:
        sparql: what stands in it.
        is_asked: whether the address asks for it, so that the answer is shown at once.
        vi, en: the question in words; "" for a query of the reader's own.
    """

    sparql: str
    is_asked: bool
    vi: str
    en: str
    topics: tuple[TopicItem, ...]


def show_editor(snapshot: Snapshot, query: EditorQuery) -> EditorPage:
    """The editor; raises as `ask_question` where the address names a question."""
    topics = list_topics()
    if query.query or not query.question:
        return EditorPage(query.query or _FIRST, bool(query.query), "", "", topics)
    named = find_question(query.question)
    question = ask_question(snapshot, QuestionQuery(query.question, values=query.values))
    return EditorPage(write_query(question), True, named.question_vi, named.question_en, topics)
