"""Reads the question out of a request, in the three ways of the SPARQL 1.1 Protocol."""

from __future__ import annotations

import asyncio
from collections import defaultdict
from collections.abc import Mapping
from urllib.parse import parse_qsl

from pyoxigraph import NamedNode
from starlette.requests import ClientDisconnect, Request

from policygraph.errors import PolicyGraphError
from policygraph.graph.queries import Question

#: Where queries are asked.
PATH = "/sparql"

#: Bytes of a request's body, and seconds that it may take to come.
MOST_BODY = 2 * 2**20
MOST_WAITING = 10.0

FORM = "application/x-www-form-urlencoded"
QUERY = "application/sparql-query"
UPDATE = "application/sparql-update"

_MOST_PARAMETERS = 10_000

Parameters = Mapping[str, list[str]]


class RequestError(PolicyGraphError):
    """A request that the protocol does not allow; `status` is that of the response."""

    def __init__(self, status: int, message: str, *, remedy: str | None = None) -> None:
        super().__init__(message, remedy=remedy)
        self.status = status


def gone() -> RequestError:
    """The error of a request whose client went away; nobody reads it."""
    return RequestError(499, "the client is gone")


async def read_question(request: Request) -> Question | None:
    """The question of a request, None where it has none and so asks what the service is.

    Raises:
        RequestError: 400 malformed, 403 an update, 408 a body that does not come, 413 one that
            is too large, 415 one of another type.
    """
    given = _parse(request.scope["query_string"], "the address")
    if request.method == "POST":
        given = await _read_body(request, given)
    if "update" in given:
        raise RequestError(403, _READ_ONLY)
    queries = given.get("query", [])
    if len(queries) > 1:
        raise RequestError(400, "the parameter “query” is given more than once")
    if queries:
        return _make_question(queries[0], given, str(request.url.replace(query="")))
    if request.method == "POST":
        raise RequestError(400, "the form has no parameter “query”")
    return None


_READ_ONLY = "this endpoint only reads; the graph is changed by building it"


async def _read_body(request: Request, given: Parameters) -> Parameters:
    """The parameters of the address with those of the body."""
    type_ = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    if type_ == UPDATE:
        raise RequestError(403, _READ_ONLY)
    if type_ not in (FORM, QUERY):
        stated = f"the body is of the type {type_}" if type_ else "the body has no Content-Type"
        raise RequestError(415, stated, remedy=f"send {QUERY} or {FORM}")
    if request.headers.get("content-encoding", "identity").lower() != "identity":
        raise RequestError(415, "the body is compressed", remedy="send it as it is")
    body = await _receive(request)
    if type_ == QUERY:
        return _merge(given, {"query": [_decode(body, "the body")]})
    return _merge(given, _parse(body, "the form"))


async def _receive(request: Request) -> bytes:
    """The body; the rest of one that is too large is read too, lest the refusal be lost."""
    body, size = bytearray(), 0
    if request.headers.get("expect") and int(request.headers.get("content-length", 0)) > MOST_BODY:
        raise _refuse_size()
    try:
        async with asyncio.timeout(MOST_WAITING):
            async for piece in request.stream():
                size += len(piece)
                if size <= MOST_BODY:
                    body += piece
                elif size > _MOST_PASSED_OVER:
                    break
    except ClientDisconnect as error:
        raise gone() from error
    except TimeoutError as error:
        raise RequestError(408, f"the body did not come within {MOST_WAITING:g} seconds") from error
    if size > MOST_BODY:
        raise _refuse_size()
    return bytes(body)


_MOST_PASSED_OVER = 2**26  # bytes


def _refuse_size() -> RequestError:
    return RequestError(413, f"the body of a request has at most {MOST_BODY / 2**20:.0f} MB")


def _merge(one: Parameters, other: Parameters) -> Parameters:
    return {name: [*one.get(name, []), *other.get(name, [])] for name in {**one, **other}}


def _parse(encoded: bytes, place: str) -> Parameters:
    parameters = defaultdict(list)
    try:
        pairs = parse_qsl(
            _decode(encoded, place),
            keep_blank_values=True,
            errors="strict",
            max_num_fields=_MOST_PARAMETERS,
        )
    except UnicodeDecodeError as error:
        raise RequestError(400, f"{place} is not UTF-8") from error
    except ValueError as error:
        raise RequestError(400, f"{place} has more than {_MOST_PARAMETERS:,} parameters") from error
    for name, value in pairs:
        parameters[name].append(value)
    return parameters


def _decode(raw: bytes, place: str) -> str:
    try:
        return raw.decode("utf-8")
    except UnicodeDecodeError as error:
        raise RequestError(400, f"{place} is not UTF-8") from error


def _make_question(sparql: str, given: Parameters, base: str) -> Question:
    default, named = given.get("default-graph-uri"), given.get("named-graph-uri")
    if default is None and named is None:
        return Question(sparql, base=base)
    return Question(
        sparql,
        base=base,
        default_graphs=tuple(map(_check_iri, default or ())),
        named_graphs=tuple(map(_check_iri, named or ())),
    )


def _check_iri(iri: str) -> str:
    try:
        return NamedNode(iri).value
    except ValueError as error:
        raise RequestError(400, f"the graph “{iri}” is no absolute IRI") from error
