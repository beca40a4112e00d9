"""The named queries as questions in words: all of them by topic, and the answer to one."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Annotated

from pydantic import Field
from pyoxigraph import NamedNode

from policygraph.errors import AmbiguousNameError, QueryError, UnknownNameError
from policygraph.graph.named_queries import NamedQuery, Topic, find_queries, group_queries
from policygraph.graph.names import find_thing
from policygraph.graph.parameter import Parameter, ParameterType, Value, bind_parameter
from policygraph.graph.queries import Question
from policygraph.graph.thing import NodeKind
from policygraph.graph.vocabulary import list_terms
from policygraph.graph.written_query import write_query
from policygraph.web.cell import Asked, Cell, Column, list_columns, read_page, show_rows
from policygraph.web.query import MissingPageError
from policygraph.web.record import path_with
from policygraph.web.snapshot import Snapshot

_ON_PAGE = 100
_SCHEMES: dict[ParameterType, str] = {"document-type": "#type/", "level": "#level/"}
_KINDS: dict[str, NodeKind] = {
    "document": "document",
    "candidate": "document",
    "organisation": "organisation",
    "issuer": "organisation",
    "campaign": "campaign",
}


@dataclass(frozen=True, slots=True)
class QuestionsQuery:
    """Nothing may be asked of it."""


@dataclass(frozen=True, slots=True)
class QuestionItem:
    """A named query; `path` is its answer for all, `example` for its example."""

    name: str
    vi: str
    en: str
    path: str
    example: str
    values: dict[str, str]


@dataclass(frozen=True, slots=True)
class TopicItem:
    """A topic with its questions."""

    id: str
    vi: str
    en: str
    questions: tuple[QuestionItem, ...]


@dataclass(frozen=True, slots=True)
class QuestionsPage:
    """All questions, by topic."""

    topics: tuple[TopicItem, ...]


def show_questions(_: Snapshot, __: QuestionsQuery) -> QuestionsPage:
    return QuestionsPage(list_topics())


def list_topics() -> tuple[TopicItem, ...]:
    """All questions, by topic."""
    return tuple(_show_topic(topic, queries) for topic, queries in group_queries())


def _show_topic(topic: Topic, queries: tuple[NamedQuery, ...]) -> TopicItem:
    return TopicItem(topic.id, topic.vi, topic.en, tuple(map(_show_question, queries)))


def _show_question(query: NamedQuery) -> QuestionItem:
    path = f"/questions/{query.name}"
    values = dict(query.example)
    example = path_with(path, *values.items())
    return QuestionItem(query.name, query.question_vi, query.question_en, path, example, values)


@dataclass(frozen=True, slots=True)
class QuestionQuery:
    """One of the questions, and values for its parameters.

    Attributes:
        values: by the parameters' names; those that the question does not have are ignored.
    """

    name: str
    page: Annotated[int, Field(ge=1, le=100_000, description="A hundred rows a page.")] = 1
    values: Annotated[
        Mapping[str, Annotated[str, Field(max_length=1_000)]],
        Field(description="Values for the parameters of the question, by their names."),
    ] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class ParameterChoice:
    """One of the values that a parameter may have."""

    value: str
    vi: str
    en: str


@dataclass(frozen=True, slots=True)
class Blank:
    """A parameter as a form asks for it.

    Attributes:
        kind: what a thing is, where the parameter tells it.
        choices: of a document type or level, all that there are.
    """

    name: str
    type: ParameterType
    value: str
    kind: NodeKind | None
    choices: tuple[ParameterChoice, ...]


@dataclass(frozen=True, slots=True)
class QuestionPage:
    """The answer to a question.

    Attributes:
        rows: those of one page, a cell for each of the variables, None where there is no value.
        columns: those of them that are shown: a label stands in the cell of what it names.
        count: how many rows there are in all.
        sparql: the query with the values in its text; `editor` is where it may be changed.
    """

    name: str
    vi: str
    en: str
    blanks: tuple[Blank, ...]
    example: str
    variables: tuple[str, ...]
    columns: tuple[Column, ...]
    rows: tuple[tuple[Cell | None, ...], ...]
    count: int
    page: int
    pages: int
    sparql: str
    editor: str


def ask_question(snapshot: Snapshot, query: QuestionQuery) -> Question:
    """The query behind a question, its values bound as terms.

    Raises:
        MissingPageError: there is no such question.
        QueryError, AmbiguousNameError, UnknownNameError: as `bind_parameter`; `place` is the
            parameter.
    """
    named = find_question(query.name)
    bindings = {
        parameter.name: _bind(snapshot, parameter, query.values[parameter.name])
        for parameter in named.parameters
        if parameter.name in query.values
    }
    return Question(named.sparql, bindings)


def _bind(snapshot: Snapshot, parameter: Parameter, text: str) -> Value:
    """The term that a text stands for; what links and suggestions say is the id of a thing."""
    node = snapshot.catalogue.find(snapshot.base + text)
    if parameter.type == "thing" and node and node.kind != "article":
        return NamedNode(node.iri)
    store, base = snapshot.store, snapshot.base
    try:
        if parameter.type == "thing":
            return NamedNode(find_thing(store, base, text, bearers=snapshot.bearers).iri)
        return bind_parameter(store, base, parameter, text)
    except (AmbiguousNameError, QueryError, UnknownNameError) as error:
        raise error.at(parameter.name) from error


def find_question(name: str) -> NamedQuery:
    """The named query of a name; raises MissingPageError where there is none."""
    for query in find_queries():
        if query.name == name:
            return query
    raise MissingPageError(f"there is no question “{name}”", remedy="/questions lists them all")


def show_question(snapshot: Snapshot, query: QuestionQuery, asked: Asked) -> QuestionPage:
    """The page of an answer that was written as JSON."""
    named = find_question(query.name)
    answer = read_page(asked.written, first=(query.page - 1) * _ON_PAGE, most=_ON_PAGE)
    given = [(name, query.values[name]) for name in asked.question.bindings]
    return QuestionPage(
        name=named.name,
        vi=named.question_vi,
        en=named.question_en,
        blanks=tuple(_show_blank(each, query.values) for each in named.parameters),
        example=_show_question(named).example,
        variables=answer.variables,
        columns=list_columns(answer.variables),
        rows=show_rows(snapshot, answer),
        count=answer.count,
        page=query.page,
        pages=max(1, -(-answer.count // _ON_PAGE)),
        sparql=write_query(asked.question),
        editor=path_with("/query", ("question", named.name), *given),
    )


def _show_blank(parameter: Parameter, values: Mapping[str, str]) -> Blank:
    return Blank(
        name=parameter.name,
        type=parameter.type,
        value=values.get(parameter.name, ""),
        kind=_KINDS.get(parameter.name),
        choices=tuple(_list_choices(parameter.type)),
    )


def _list_choices(type_: ParameterType) -> Iterator[ParameterChoice]:
    """The concepts of a scheme, by their IRIs."""
    if scheme := _SCHEMES.get(type_):
        for term in list_terms():
            if scheme in term.iri:
                yield ParameterChoice(term.iri, term.vi, term.en)
