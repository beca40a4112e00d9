"""Runs SPARQL over a graph, read-only.

The default graph is the union of the named graphs unless `FROM` names some of them, `GRAPH` tells
where something is said, and the prefixes of `namespaces.PREFIXES` are predeclared. Values are
bound as terms, never pasted into the query's text. A query neither changes the graph nor reaches
the network.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

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
from policygraph.graph.namespaces import PREFIXES
from policygraph.graph.query_error import explain_error

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
