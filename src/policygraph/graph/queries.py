"""Runs SPARQL over a graph, read-only, and finds the named queries of ontology/queries/.

The default graph is the union of the named graphs unless `FROM` names some of them, `GRAPH` tells
where something is said, and the prefixes of `namespaces.PREFIXES` are predeclared. Values are
bound as terms, never pasted into the query's text. A query neither changes the graph nor reaches
the network.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date as calendar_date
from functools import cache
from pathlib import Path
from typing import Any
from typing import Literal as Literal_

from pyoxigraph import (
    BlankNode,
    Literal,
    NamedNode,
    QueryBoolean,
    QuerySolutions,
    QueryTriples,
    Store,
    Triple,
    Variable,
)

from policygraph.errors import QueryError
from policygraph.graph.guard import check_query, uses_keyword
from policygraph.graph.namespaces import PREFIXES, XSD
from policygraph.graph.query_error import explain_error
from policygraph.resources import ontology_file

Term = NamedNode | BlankNode | Literal | Triple
Results = QuerySolutions | QueryBoolean | QueryTriples


@dataclass(frozen=True, slots=True)
class QueryResult:
    """The solutions of a SELECT: one row each, a cell for each variable, None where unbound."""

    variables: tuple[str, ...]
    rows: tuple[tuple[Term | None, ...], ...]

    def __iter__(self) -> Iterator[tuple[Term | None, ...]]:
        return iter(self.rows)

    def texts(self) -> tuple[tuple[str, ...], ...]:
        """The rows as words: the value of each literal, the IRI of each node, "" where unbound."""
        return tuple(tuple(_text(cell) for cell in row) for row in self.rows)


def _text(cell: Term | None) -> str:
    if cell is None:
        return ""
    return str(cell) if isinstance(cell, Triple) else cell.value


Answer = QueryResult | bool | tuple[Triple, ...]


ParameterType = Literal_["thing", "date"]


@dataclass(frozen=True, slots=True)
class Parameter:
    """A variable of a named query that may be bound; as text "document", "asOf:date".

    Attributes:
        type: "thing", which a number, name or IRI stands for, or "date", written in ISO 8601.
    """

    name: str
    type: ParameterType = "thing"

    def __str__(self) -> str:
        return self.name if self.type == "thing" else f"{self.name}:{self.type}"


@dataclass(frozen=True, slots=True)
class NamedQuery:
    """A query of ontology/queries/, with its question in words.

    Attributes:
        name: its file's name without ".rq".
        parameters: variables that may be bound; left unbound, the answer is for all.
    """

    name: str
    question_vi: str
    question_en: str
    parameters: tuple[Parameter, ...]
    sparql: str

    def parameter(self, name: str) -> Parameter:
        """The parameter of a name; raises QueryError that lists them where there is none."""
        for parameter in self.parameters:
            if parameter.name == name:
                return parameter
        known = ", ".join(map(str, self.parameters)) or "none"
        message = f"the query {self.name!r} has no parameter {name!r}"
        raise QueryError(message, remedy=f"its parameters: {known}")


def read_date(text: str) -> Literal:
    """A day as xsd:date; raises QueryError unless it is one in ISO 8601."""
    try:
        day = calendar_date.fromisoformat(text)
    except ValueError:
        day = None
    if day is None or day.isoformat() != text:
        raise QueryError(f"“{text}” is no date", remedy="write it as 2025-07-01")
    return Literal(text, datatype=XSD.date)


@dataclass(frozen=True, slots=True)
class Question:
    """A query with all that decides its answer besides the graph.

    Attributes:
        bindings: values for variables that the query selects.
        prefixes: namespaces by the prefixes that it need not declare.
        base: what its relative IRIs are resolved against; None to refuse them.
        default_graphs, named_graphs: IRIs of the graphs to ask, in the place of those that FROM
            names; both None to leave it to the query.
    """

    sparql: str
    bindings: Mapping[str, Term] = field(default_factory=dict)
    prefixes: Mapping[str, str] = field(default_factory=lambda: PREFIXES)
    base: str | None = None
    default_graphs: tuple[str, ...] | None = None
    named_graphs: tuple[str, ...] | None = None


def run_query(store: Store, sparql: str, *, bindings: Mapping[str, Term] | None = None) -> Answer:
    """The answer: solutions for SELECT, a bool for ASK, triples for CONSTRUCT and DESCRIBE.

    A binding gives a value to a variable that the query selects.

    Raises:
        QueryError: a query that does not parse, changes the graph, uses SERVICE, is nested too
            deeply, or binds a variable that it does not select; `place` is "line:column".
    """
    with tell_failures():
        return read_results(start_query(store, Question(sparql, bindings or {})))


def start_query(store: Store, question: Question) -> Results:
    """The answer as Oxigraph gives it, SELECT and CONSTRUCT row by row; raises as `run_query`.

    Rows are to be read within `tell_failures`.
    """
    check_query(question.sparql, question.prefixes, question.base)
    try:
        return store.query(
            question.sparql,
            base_iri=question.base,
            prefixes=dict(question.prefixes),
            substitutions={Variable(name): term for name, term in question.bindings.items()},
            **_choose_graphs(question),
        )
    except SyntaxError as error:
        raise explain_error(question.sparql, str(error)) from error


def _choose_graphs(question: Question) -> dict[str, Any]:
    if question.default_graphs is None and question.named_graphs is None:
        has_from = uses_keyword(question.sparql, "from", question.prefixes, question.base)
        return {"use_default_graph_as_union": not has_from}
    return {
        "default_graph": [NamedNode(iri) for iri in question.default_graphs or ()],
        "named_graphs": [NamedNode(iri) for iri in question.named_graphs or ()],
    }


def read_results(results: Results) -> Answer:
    """All of an answer that was only begun."""
    if isinstance(results, QueryBoolean):
        return bool(results)
    if isinstance(results, QuerySolutions):
        variables = tuple(variable.value for variable in results.variables)
        return QueryResult(variables, tuple(tuple(solution) for solution in results))
    return tuple(results)


@contextmanager
def tell_failures() -> Iterator[None]:
    """Turns what the store raises over a query that it cannot run into a QueryError."""
    try:
        yield
    except (OSError, RuntimeError, ValueError) as error:
        raise QueryError(f"the query cannot be run: {error}") from error


def find_queries() -> tuple[NamedQuery, ...]:
    """All named queries, by name."""
    return tuple(map(_read_query, sorted(ontology_file("queries").glob("*.rq"))))


def named_query(name: str) -> NamedQuery:
    """A named query; raises QueryError that lists the names where there is none."""
    by_name = {query.name: query for query in find_queries()}
    if name not in by_name:
        remedy = f"there are {', '.join(by_name)}"
        raise QueryError(f"there is no query named {name!r}", remedy=remedy)
    return by_name[name]


_COMMENT = re.compile(r"#\s*(vi|en|parameters):\s*(.*)")


@cache
def _read_query(path: Path) -> NamedQuery:
    sparql = path.read_text(encoding="utf-8")
    said = {m[1]: m[2].strip() for m in map(_COMMENT.match, sparql.splitlines()) if m}
    parameters = tuple(map(_read_parameter, said.get("parameters", "").replace(",", " ").split()))
    return NamedQuery(path.stem, said["vi"], said["en"], parameters, sparql)


def _read_parameter(written: str) -> Parameter:
    """A parameter as a query's head names it: "document", "asOf:date"."""
    name, _, type_ = written.partition(":")
    match type_:
        case "":
            return Parameter(name)
        case "date":
            return Parameter(name, "date")
        case _:
            raise QueryError(f"a parameter is a thing or a date, not {type_!r}", place=written)
