"""The responses of the web app: pages, records, and errors, each in the form that is asked for."""

from __future__ import annotations

import logging
from dataclasses import dataclass
from typing import Any
from urllib.parse import unquote

from starlette.requests import Request
from starlette.responses import HTMLResponse, RedirectResponse, Response

from policygraph.endpoint.protocol import RequestError
from policygraph.errors import (
    AmbiguousNameError,
    BusyError,
    GraphError,
    GraphHeldError,
    PolicyGraphError,
    QueryError,
    QueryLimitError,
    QueryTimeoutError,
    ReviewError,
    UnknownNameError,
)
from policygraph.web.query import AddressError, MissingPageError, MovedPageError, adapter_of
from policygraph.web.record import path_of
from policygraph.web.render import know_reader, render
from policygraph.web.security import POLICIES, Strictness
from policygraph.web.session import ForbiddenError, Sessions


@dataclass(frozen=True, slots=True)
class Candidate:
    """One of the things that a name may stand for."""

    iri: str
    path: str
    label: str


@dataclass(frozen=True, slots=True)
class Failure:
    """Why there is no record, what can be done, and what a name may have meant."""

    problem: str
    remedy: str | None
    candidates: tuple[Candidate, ...] = ()


_log = logging.getLogger(__name__)

_A_YEAR = 365 * 24 * 3600
_STATUSES: dict[type[PolicyGraphError], int] = {
    AddressError: 400,
    AmbiguousNameError: 300,
    UnknownNameError: 404,
    MissingPageError: 404,
    QueryError: 400,
    QueryLimitError: 500,
    QueryTimeoutError: 504,
    BusyError: 503,
    ForbiddenError: 403,
    ReviewError: 409,
    GraphError: 503,
}


def send_page(
    request: Request,
    template: str,
    *,
    base: str,
    status: int = 200,
    strictness: Strictness = "strict",
    **values: Any,
) -> Response:
    """A page in the language of its reader, who is remembered where the address chooses one."""
    reader = know_reader(request)
    headers = {
        "Cache-Control": "no-cache",
        "Content-Security-Policy": POLICIES[strictness],
        "Vary": "Accept-Language, Cookie",
    }
    values["reviewer"] = _know_reviewer(request)
    response = HTMLResponse(render(template, reader, base=base, **values), status, headers)
    for name, value in reader.chosen.items():
        response.set_cookie(name, value, max_age=_A_YEAR, samesite="lax", httponly=True)
    return response


@dataclass(frozen=True, slots=True)
class ReviewerState:
    """What a page knows of whoever may decide.

    Attributes:
        is_open: whether anyone may, on this server; `may_decide` whether this reader may.
        proof: what a form has to bring along.
        author: the name under which the reader decided before.
    """

    is_open: bool
    may_decide: bool
    proof: str
    author: str


def _know_reviewer(request: Request) -> ReviewerState:
    sessions: Sessions = request.app.state.sessions
    may_decide = sessions.knows(request)
    author = unquote(request.cookies.get("author", ""))
    return ReviewerState(
        sessions.is_open, may_decide, sessions.prove() if may_decide else "", author
    )


def send_record(shape: type, record: Any, *, status: int = 200) -> Response:
    """A record as JSON."""
    body = adapter_of(shape).dump_json(record)
    headers = {"Cache-Control": "no-cache"}
    return Response(body, status, headers, media_type="application/json")


def wants_json(request: Request) -> bool:
    """Whether a request is a program's: by its path, or by what it accepts."""
    return request.url.path.endswith(".json") or accepts_json(request)


def accepts_json(request: Request) -> bool:
    """Whether a request wants JSON, and no page for people."""
    accept = request.headers.get("accept", "")
    return "application/json" in accept and "text/html" not in accept


def tell_error(request: Request, error: PolicyGraphError, *, base: str) -> Response:
    """An error as a page, or as a `Failure`; of something that moved, the way to it."""
    if isinstance(error, MovedPageError):
        return _lead_on(request, error)
    status = _find_status(error)
    if status >= 500:
        _log.error("%s", error)
    named = error.candidates if isinstance(error, AmbiguousNameError) else ()
    candidates = tuple(Candidate(iri, path_of(base, iri), label) for iri, label in named)
    if isinstance(error, GraphError):
        error = _leave_out_place(error)
    if wants_json(request):
        failure = Failure(error.message, error.remedy, candidates)
        return send_record(Failure, failure, status=status)
    name = getattr(error, "name", None)
    return send_page(
        request,
        "error.html",
        base=base,
        status=status,
        error=error,
        name=name,
        candidates=candidates,
    )


def _lead_on(request: Request, error: MovedPageError) -> Response:
    """To the same page of the other thing; not for good, since a merger may be undone."""
    path = error.path + (".json" if request.url.path.endswith(".json") else "")
    address = "?".join(filter(None, (path, request.url.query)))
    return RedirectResponse(address, 308, {"Cache-Control": "no-cache"})


def _leave_out_place(error: GraphError) -> GraphError:
    """What can be told of an error: where the graph lies is for its keeper alone."""
    if isinstance(error, GraphHeldError):
        return GraphHeldError(error.message, remedy="go back, and send it again in a moment")
    return GraphError("the graph cannot be read now", remedy="try again in a moment")


def _find_status(error: PolicyGraphError) -> int:
    if isinstance(error, RequestError):
        return error.status
    return next((status for class_, status in _STATUSES.items() if isinstance(error, class_)), 500)
