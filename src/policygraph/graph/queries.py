"""Runs SPARQL over a graph, read-only.

The default graph is the union of the named graphs unless `FROM` names some of them, `GRAPH` tells
where something is said, and the prefixes of `namespaces.PREFIXES` are predeclared. Values are
bound as terms, never pasted into the query's text. A query neither changes the graph nor reaches
the network.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

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
from policygraph.graph.parameter import Value
from policygraph.graph.query_error import explain_error

Term = NamedNode | BlankNode | Literal | Triple


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


def run_query(store: Store, sparql: str, *, bindings: Mapping[str, Value] | None = None) -> Answer:
    """The answer: solutions for SELECT, a bool for ASK, triples for CONSTRUCT and DESCRIBE.

    A binding gives a value to a variable that the query selects.

    Raises:
        QueryError: a query that does not parse, changes the graph, uses SERVICE, is nested too
            deeply, or binds a variable that it does not select; `place` is "line:column".
    """
    check_query(sparql, PREFIXES)
    answer = _run(store, sparql, bindings or {})
    if isinstance(answer, QueryBoolean):
        return bool(answer)
    try:
        if isinstance(answer, QuerySolutions):
            variables = tuple(variable.value for variable in answer.variables)
            return QueryResult(variables, tuple(tuple(solution) for solution in answer))
        return tuple(answer)
    except (OSError, RuntimeError, ValueError) as error:
        raise QueryError(f"the query cannot be run: {error}") from error


def _run(
    store: Store, sparql: str, bindings: Mapping[str, Value]
) -> QuerySolutions | QueryBoolean | QueryTriples:
    substitutions: dict[Variable, Term] = {
        Variable(name): value for name, value in bindings.items()
    }
    try:
        return store.query(
            sparql,
            prefixes=dict(PREFIXES),
            use_default_graph_as_union=not uses_keyword(sparql, "from", PREFIXES),
            substitutions=substitutions,
        )
    except SyntaxError as error:
        raise explain_error(sparql, str(error)) from error
    except (OSError, RuntimeError, ValueError) as error:
        raise QueryError(f"the query cannot be run: {error}") from error
