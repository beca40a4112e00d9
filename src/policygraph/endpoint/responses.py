"""The responses of the endpoint: answers out of their files, and errors in words."""

from __future__ import annotations

import logging
from collections.abc import AsyncIterator, Callable, Mapping

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response, StreamingResponse
from starlette.types import Receive, Scope, Send

from policygraph.endpoint.negotiation import Offer
from policygraph.endpoint.protocol import PATH, RequestError
from policygraph.errors import (
    BusyError,
    FormatError,
    GraphError,
    PolicyGraphError,
    QueryError,
    QueryLimitError,
    QueryTimeoutError,
)
from policygraph.graph.isolation import WrittenAnswer

#: Pages of other sites may link here; whatever an answer holds, it runs nothing in a browser.
HEADERS: Mapping[str, str] = {
    "Cache-Control": "no-cache",
    "Content-Security-Policy": "default-src 'none'; sandbox",
    "Vary": "Accept",
    "X-Content-Type-Options": "nosniff",
}

_log = logging.getLogger(__name__)

_PIECE = 2**16  # bytes
_STATUSES: Mapping[type[PolicyGraphError], int] = {
    FormatError: 406,
    QueryError: 400,
    QueryTimeoutError: 504,
    QueryLimitError: 500,
    BusyError: 503,
}


class AnswerResponse(StreamingResponse):
    """An answer out of its file, which is closed when it was sent, or the client is gone."""

    def __init__(
        self,
        written: WrittenAnswer,
        offer: Offer,
        *,
        name: str | None,
        on_end: Callable[[], None],
    ) -> None:
        """`name` is that of the file as which a browser keeps it; without, it shows it."""
        mark = _MARK if name and offer.format == "csv" else b""
        head = {"Content-Type": offer.content_type}
        head["Content-Length"] = str(len(mark) + written.size)
        if name:
            head["Content-Disposition"] = f'attachment; filename="{name}"'
        super().__init__(_read(written, mark), headers={**HEADERS, **head})
        self._written = written
        self._on_end = on_end

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        try:
            await super().__call__(scope, receive, send)
        finally:
            self._written.file.close()
            self._on_end()


#: Without it, spreadsheets take the letters of Vietnamese for others.
_MARK = "\ufeff".encode()


async def _read(written: WrittenAnswer, mark: bytes) -> AsyncIterator[bytes]:
    if mark:
        yield mark
    while piece := written.file.read(_PIECE):
        yield piece


def tell_error(error: PolicyGraphError) -> Response:
    """The response to a request, or a query, that failed."""
    if isinstance(error, GraphError):
        _log.error("%s", error)  # it tells where the graph lies, which is for its keeper alone
        error = BusyError("the graph cannot be opened now")
    status = error.status if isinstance(error, RequestError) else _STATUSES[type(error)]
    headers = dict(HEADERS)
    if status == 503:
        headers["Retry-After"] = "1"
    if status in (408, 413):
        headers["Connection"] = "close"  # the rest of the body is not waited for
    return PlainTextResponse(f"{error}\n", status, headers)


async def tell_http_error(request: Request, error: Exception) -> Response:
    """The response to a request for another path, or by another method."""
    assert isinstance(error, HTTPException)
    words = {
        404: f"there is nothing at {request.url.path}: SPARQL is asked at {PATH}",
        405: f"{request.method} is not possible here: a query is asked with GET or POST",
    }
    message = words.get(error.status_code, error.detail)
    headers = {**HEADERS, **(error.headers or {})}
    return PlainTextResponse(f"{message}\n", error.status_code, headers)
