"""Writes the answer to a query in the W3C's formats: SPARQL results, Turtle."""

from __future__ import annotations

import json
from collections.abc import Mapping
from io import BytesIO
from typing import Any

from pyoxigraph import (
    BlankNode,
    Literal,
    NamedNode,
    QueryResultsFormat,
    RdfFormat,
    Triple,
    parse_query_results,
    serialize,
)

from policygraph.errors import QueryError
from policygraph.graph.namespaces import PREFIXES
from policygraph.graph.queries import Answer, QueryResult, Term, read_results

#: The formats of tables (SELECT, ASK) and of triples (CONSTRUCT, DESCRIBE) by their short names.
TABLE_FORMATS: Mapping[str, QueryResultsFormat] = {
    "json": QueryResultsFormat.JSON,
    "xml": QueryResultsFormat.XML,
    "csv": QueryResultsFormat.CSV,
    "tsv": QueryResultsFormat.TSV,
}
TRIPLE_FORMATS: Mapping[str, RdfFormat] = {
    "ttl": RdfFormat.TURTLE,
    "nt": RdfFormat.N_TRIPLES,
    "rdf": RdfFormat.RDF_XML,
    "jsonld": RdfFormat.JSON_LD,
}


def media_type_of(format: QueryResultsFormat | RdfFormat) -> str:
    """The media type of a format, without parameters."""
    return format.media_type.partition(";")[0]


def write_answer(answer: Answer, format: str) -> bytes:
    """An answer as "json", "csv", "tsv" or "xml" (SELECT, ASK) or "ttl" (CONSTRUCT, DESCRIBE).

    Raises:
        QueryError: a format that this kind of answer does not have.
    """
    if isinstance(answer, tuple):
        _check_format(format, ["ttl"], "triples")
        written = BytesIO()
        serialize(answer, written, format=RdfFormat.TURTLE, prefixes=dict(PREFIXES))
        return written.getvalue()
    _check_format(format, list(TABLE_FORMATS), "a table")
    as_json = write_json(answer)
    if format == "json":
        return as_json
    written = BytesIO()
    results = parse_query_results(as_json, format=QueryResultsFormat.JSON)
    results.serialize(written, format=TABLE_FORMATS[format])
    return written.getvalue()


def write_json(answer: QueryResult | bool) -> bytes:
    """A table or a yes or no as SPARQL results in JSON."""
    return json.dumps(_as_json(answer), ensure_ascii=False).encode()


def read_json(written: bytes) -> QueryResult | bool:
    """What `write_json` wrote."""
    results = parse_query_results(written, format=QueryResultsFormat.JSON)
    answer = read_results(results)
    assert not isinstance(answer, tuple)
    return answer


def _check_format(format: str, known: list[str], what: str) -> None:
    if format not in known:
        message = f"the answer is {what} and cannot be written as {format}"
        raise QueryError(message, remedy=f"use {' or '.join(known)}")


def _as_json(answer: QueryResult | bool) -> dict[str, Any]:
    if isinstance(answer, bool):
        return {"head": {}, "boolean": answer}
    rows = [
        {
            variable: _term_as_json(cell)
            for variable, cell in zip(answer.variables, row, strict=True)
            if cell is not None
        }
        for row in answer.rows
    ]
    return {"head": {"vars": list(answer.variables)}, "results": {"bindings": rows}}


def _term_as_json(term: Term) -> dict[str, Any]:
    match term:
        case NamedNode():
            return {"type": "uri", "value": term.value}
        case BlankNode():
            return {"type": "bnode", "value": term.value}
        case Triple():
            parts = zip(("subject", "predicate", "object"), term, strict=True)
            return {"type": "triple", "value": {name: _term_as_json(p) for name, p in parts}}
        case Literal():
            return _literal_as_json(term)


def _literal_as_json(literal: Literal) -> dict[str, Any]:
    written = {"type": "literal", "value": literal.value}
    if literal.language:
        written["xml:lang"] = literal.language
    elif not literal.datatype.value.endswith("#string"):
        written["datatype"] = literal.datatype.value
    return written
