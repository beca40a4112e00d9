"""Compares the answer to a query with the one that a suite expects.

Numbers and dates are compared in the form that the store keeps them in: it writes "01"^^xsd:integer
as "1", and so does not know the difference.
"""

from __future__ import annotations

import csv
import io
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pyoxigraph import (
    BlankNode,
    CanonicalizationAlgorithm,
    Dataset,
    NamedNode,
    Quad,
    QueryBoolean,
    QueryResultsFormat,
    RdfFormat,
    Store,
    parse,
    parse_query_results,
)

RS = "http://www.w3.org/2001/sw/DataAccess/tests/result-set#"
_TYPE = "http://www.w3.org/1999/02/22-rdf-syntax-ns#type"
_RESULTS = {".srx": "XML", ".srj": "JSON", ".tsv": "TSV"}

Row = tuple[Any, ...]


@dataclass(frozen=True, slots=True)
class Table:
    """Solutions: a row each, whose cells are terms, None or, of CSV, text."""

    variables: tuple[str, ...]
    rows: tuple[Row, ...]
    is_ordered: bool = False


Result = bool | Table | Dataset


def read_expected(path: Path, base: str) -> Result:
    """The answer in a file of a suite: SPARQL results, a result set in RDF, or a graph."""
    if path.suffix == ".csv":
        return read_csv(path.read_bytes())
    if path.suffix in _RESULTS:
        return read_results(path.read_bytes(), getattr(QueryResultsFormat, _RESULTS[path.suffix]))
    graph = Dataset(parse(path=str(path), base_iri=base))
    return _read_result_set(graph) if _find(graph, None, "type", "ResultSet") else graph


def read_results(written: bytes, format: QueryResultsFormat) -> bool | Table:
    results = parse_query_results(written, format)
    if isinstance(results, QueryBoolean):
        return bool(results)
    variables = tuple(variable.value for variable in results.variables)
    return Table(variables, tuple(tuple(map(_settle, row)) for row in results))


def read_csv(written: bytes) -> Table:
    head, *rows = csv.reader(io.StringIO(written.decode("utf-8"), newline=""))
    return Table(tuple(head), tuple(tuple(cell or None for cell in row) for row in rows))


def read_graph(written: bytes, format: RdfFormat) -> Dataset:
    return Dataset(parse(written, format=format))


def _settle(term: Any) -> Any:
    """A term as the store keeps it."""
    if term is None or isinstance(term, BlankNode | NamedNode):
        return term
    store, node = Store(), NamedNode("x:x")
    store.add(Quad(node, node, term))
    return next(iter(store)).object


def _find(graph: Dataset, subject: Any, predicate: str, value: str | None = None) -> list[Any]:
    iri = (
        "http://www.w3.org/1999/02/22-rdf-syntax-ns#type" if predicate == "type" else RS + predicate
    )
    quads = graph.quads_for_predicate(NamedNode(iri))
    return [
        quad.subject if value else quad.object
        for quad in quads
        if (subject is None or quad.subject == subject)
        and (value is None or quad.object == NamedNode(RS + value))
    ]


def _read_result_set(graph: Dataset) -> bool | Table:
    (root,) = _find(graph, None, "type", "ResultSet")
    if answer := _find(graph, root, "boolean"):
        return bool(answer[0].value == "true")
    variables = tuple(sorted(name.value for name in _find(graph, root, "resultVariable")))
    solutions = _find(graph, root, "solution")
    indexes = {node: _find(graph, node, "index") for node in solutions}
    is_ordered = bool(solutions) and all(indexes.values())
    if is_ordered:
        solutions.sort(key=lambda node: int(indexes[node][0].value))
    rows = tuple(_read_solution(graph, node, variables) for node in solutions)
    return Table(variables, rows, is_ordered)


def _read_solution(graph: Dataset, solution: Any, variables: Sequence[str]) -> Row:
    bound = {
        _find(graph, binding, "variable")[0].value: _find(graph, binding, "value")[0]
        for binding in _find(graph, solution, "binding")
    }
    return tuple(_settle(bound.get(variable)) for variable in variables)


def tell_difference(found: Result, expected: Result, *, is_lax: bool = False) -> str | None:
    """What differs between two answers in a few words; None where nothing does."""
    if isinstance(found, Table) and isinstance(expected, Table):
        return _compare_tables(found, expected, is_lax=is_lax)
    if isinstance(found, Dataset) and isinstance(expected, Dataset):
        return None if _canonicalize(found) == _canonicalize(expected) else "another graph"
    if isinstance(found, bool) and isinstance(expected, bool):
        return None if found is expected else f"{found} instead of {expected}"
    return f"a {type(found).__name__} instead of a {type(expected).__name__}"


def _canonicalize(graph: Dataset) -> Dataset:
    settled = Dataset(Quad(quad.subject, quad.predicate, _settle(quad.object)) for quad in graph)
    settled.canonicalize(CanonicalizationAlgorithm.UNSTABLE)
    return settled


def _compare_tables(found: Table, expected: Table, *, is_lax: bool) -> str | None:
    if set(found.variables) != set(expected.variables):
        return f"variables {found.variables} instead of {expected.variables}"
    places = [found.variables.index(variable) for variable in expected.variables]
    rows = [tuple(row[place] for place in places) for row in found.rows]
    wanted = list(expected.rows)
    if is_lax:
        return _compare_lax(rows, wanted)
    if len(rows) != len(wanted):
        return f"{len(rows)} rows instead of {len(wanted)}"
    if expected.is_ordered:
        pairs = zip(rows, wanted, strict=True)
        return None if _match_in_order(list(pairs)) else "other rows, or in another order"
    rows.sort(key=lambda row: sum(map(_is_blank, row)))
    return None if _match(rows, wanted, {}) else f"other rows, such as {_first(rows, wanted)}"


def _compare_lax(rows: list[Row], wanted: list[Row]) -> str | None:
    """REDUCED: the same rows, each at least once and at most as often."""
    counts, most = Counter(rows), Counter(wanted)
    is_same = set(counts) == set(most) and all(counts[row] <= most[row] for row in counts)
    return None if is_same else "other rows"


def _match(rows: list[Row], wanted: list[Row], names: Mapping[Any, Any]) -> bool:
    """Whether rows are the same in some order, under one renaming of blank nodes."""
    if not rows:
        return True
    for place, candidate in enumerate(wanted):
        renamed = _pair(rows[0], candidate, names)
        if renamed is None:
            continue
        if _match(rows[1:], wanted[:place] + wanted[place + 1 :], renamed):
            return True
        if renamed == names:
            return False  # without new names, to take another equal row changes nothing
    return False


def _match_in_order(pairs: list[tuple[Row, Row]]) -> bool:
    names: Mapping[Any, Any] | None = {}
    for row, candidate in pairs:
        names = None if names is None else _pair(row, candidate, names)
    return names is not None


def _pair(row: Row, other: Row, names: Mapping[Any, Any]) -> Mapping[Any, Any] | None:
    """The renaming that makes two rows one, or None."""
    renamed = dict(names)
    for cell, wanted in zip(row, other, strict=True):
        if _is_blank(cell) and _is_blank(wanted):
            if renamed.setdefault(cell, wanted) != wanted:
                return None
        elif cell != wanted:
            return None
    return renamed if len(set(renamed.values())) == len(renamed) else None


def _is_blank(cell: Any) -> bool:
    return isinstance(cell, BlankNode) or (isinstance(cell, str) and cell.startswith("_:"))


def _first(rows: Iterable[Row], wanted: Sequence[Row]) -> str:
    strange = next((row for row in rows if row not in wanted), ())
    return "(" + ", ".join("-" if cell is None else str(cell) for cell in strange) + ")"
