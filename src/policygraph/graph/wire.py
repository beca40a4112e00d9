"""What a process that asks and a process that answers say to each other.

A question is one line of JSON. An answer is any number of pieces, each a line `{"size": N}` and N
bytes, of which 0 take back those before; and then one line without "size": `{"form": "table"}` or
`{"error": KIND, "message": …}`, with `is_last`, which tells whether the process ends after it.
`{"ready": true}` comes before the first question. JSON, unlike a pickle, cannot command the process
that reads it.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any, BinaryIO

from policygraph.errors import (
    BusyError,
    FormatError,
    GraphError,
    PolicyGraphError,
    QueryError,
    QueryLimitError,
)
from policygraph.graph.answer import read_json, write_json
from policygraph.graph.queries import QueryResult, Question, Term

Line = dict[str, Any]

_PIECE = 2**16  # bytes
_MOST_MESSAGE = 2_000  # characters; a line of an answer is read whole
_ERRORS: dict[str, type[PolicyGraphError]] = {
    kind.__name__: kind
    for kind in (BusyError, FormatError, GraphError, QueryError, QueryLimitError)
}


@dataclass(frozen=True, slots=True)
class Formats:
    """The short names of the formats to write tables and triples in; None where none will do."""

    table: str | None = "json"
    triples: str | None = "nt"


def dump_question(question: Question, formats: Formats) -> bytes:
    names, values = tuple(question.bindings), tuple(question.bindings.values())
    return _dump(
        {
            "sparql": question.sparql,
            "bindings": write_json(QueryResult(names, (values,))).decode(),
            "base": question.base,
            "default_graphs": question.default_graphs,
            "named_graphs": question.named_graphs,
            "formats": [formats.table, formats.triples],
        }
    )


def load_question(line: bytes) -> tuple[Question, Formats]:
    values = json.loads(line)
    formats = Formats(*values.pop("formats"))
    bindings = _load_bindings(values.pop("bindings").encode())
    graphs = {
        name: None if values[name] is None else tuple(values[name])
        for name in ("default_graphs", "named_graphs")
    }
    return Question(**{**values, **graphs, "bindings": bindings}), formats


def _load_bindings(written: bytes) -> dict[str, Term]:
    result = read_json(written)
    assert isinstance(result, QueryResult)
    (row,) = result.rows
    bound = zip(result.variables, row, strict=True)
    return {name: term for name, term in bound if term is not None}


def dump_error(error: PolicyGraphError) -> Line:
    kind = next(base.__name__ for base in type(error).__mro__ if base.__name__ in _ERRORS)
    message = error.message[:_MOST_MESSAGE]
    return {"error": kind, "message": message, "place": error.place, "remedy": error.remedy}


def load_error(line: Line) -> PolicyGraphError:
    return _ERRORS[line["error"]](line["message"], place=line["place"], remedy=line["remedy"])


def explain_memory(most: int) -> QueryLimitError:
    """The error of a query that needs more memory, in bytes, than it may have."""
    message = f"the query needs more than {most / 2**20:,.0f} MB of memory"
    return QueryLimitError(message, remedy="sort, group or join less of the graph")


class Pieces:
    """A file to write an answer to, which goes out in pieces of some size."""

    def __init__(self, output: BinaryIO) -> None:
        self._output = output
        self._held = bytearray()

    def write(self, data: bytes) -> int:
        self._held += data
        if len(self._held) >= _PIECE:
            self.flush()
        return len(data)

    def flush(self) -> None:
        if self._held:
            self._output.write(_dump({"size": len(self._held)}) + self._held)
            self._held.clear()

    def restart(self) -> None:
        """Takes back what was written of this answer."""
        self._held.clear()
        self._output.write(_dump({"size": 0}))

    def end(self, line: Line) -> None:
        """What was written so far, and the line that ends an answer."""
        self.flush()
        self._output.write(_dump(line))
        self._output.flush()


def _dump(line: Line) -> bytes:
    return json.dumps(line).encode() + b"\n"
