"""Says of a query that does not parse where it goes wrong, and what may be meant.

Oxigraph's parser reports the furthest place that it has peeked at, which lies up to a keyword's
length behind the fault; rdflib's reports the start of the part that does not parse.
"""

from __future__ import annotations

import re
from typing import Any

from policygraph.errors import QueryError
from policygraph.graph.namespaces import PREFIXES

_UPDATE = re.compile(r"(?i:insert|delete|load|clear|create|drop|copy|move|add|with)\b")
_FORM = re.compile(r"(?i:select|ask|construct|describe)\b")
_UNKNOWN_PREFIX = re.compile(r"Unknown namespace prefix : (.*)")
_OXIGRAPH = re.compile(r"error at (\d+:\d+): expected (?:one of )?(.*?)(?:, \[_\])?$", re.DOTALL)
_SHOWN = 24


def explain_error(sparql: str, message: str) -> QueryError:
    """The error for a query that Oxigraph refused with a message; `place` is "line:column"."""
    from pyparsing import ParseException
    from rdflib.plugins.sparql.parser import parseQuery

    try:
        parsed = parseQuery(sparql)
    except ParseException as error:
        return _unparsable(sparql, error.loc)
    except RecursionError:
        return QueryError(f"the query does not parse: {message}")
    return _unknown_prefix(sparql, parsed) or _refused(message)


def _unparsable(sparql: str, offset: int) -> QueryError:
    while offset < len(sparql) and sparql[offset].isspace():
        offset += 1
    rest = sparql[offset:].split("\n", 1)[0].strip()
    shown = f"cannot go on at “{rest[:_SHOWN]}{'…' if len(rest) > _SHOWN else ''}”"
    message = shown if rest else "the query ends too early"
    return QueryError(message, place=position_of(sparql, offset), remedy=_hint(sparql, offset))


def _hint(sparql: str, offset: int) -> str:
    if _UPDATE.match(sparql, offset):
        return "a query only reads; the graph is changed by building it"
    if not _FORM.search(sparql):
        return "a query begins with SELECT, ASK, CONSTRUCT or DESCRIBE"
    if not sparql[offset:].strip():
        return "a closing bracket or the third part of a triple may be missing"
    return "look there for a missing or doubled bracket, full stop, or part of a triple"


def _unknown_prefix(sparql: str, parsed: Any) -> QueryError | None:
    from rdflib.plugins.sparql.algebra import translateQuery

    try:
        translateQuery(parsed, initNs=dict(PREFIXES))
    except Exception as error:
        if found := _UNKNOWN_PREFIX.match(str(error)):
            prefix = f"{found[1]}:"
            place = position_of(sparql, max(sparql.find(prefix), 0))
            known = ", ".join(PREFIXES)
            message = f"the prefix {prefix} is not declared"
            return QueryError(message, place=place, remedy=f"known without: {known}")
    return None


def _refused(message: str) -> QueryError:
    found = _OXIGRAPH.match(message)
    if found and " " not in found[2]:  # a token; what a query means wrongly is told in a sentence
        return QueryError(f"near here something like {found[2]} is expected", place=found[1])
    return QueryError(found[2] if found else message)


def position_of(text: str, offset: int) -> str:
    """Line and column of an offset, both from 1: "3:14"."""
    line_start = text.rfind("\n", 0, offset) + 1
    return f"{text.count(chr(10), 0, offset) + 1}:{offset - line_start + 1}"
