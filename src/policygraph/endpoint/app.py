"""The endpoint as an ASGI application."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import AsyncIterator, Collection
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import SpooledTemporaryFile

from starlette.applications import Starlette
from starlette.background import BackgroundTask
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.middleware.cors import CORSMiddleware
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response, StreamingResponse
from starlette.routing import Route

from policygraph.endpoint.description import describe_service
from policygraph.endpoint.hosts import HostCheck
from policygraph.endpoint.negotiation import TABLES, TRIPLES, Offer, choose_offer
from policygraph.endpoint.protocol import RequestError, read_question
from policygraph.errors import (
    BusyError,
    FormatError,
    GraphError,
    PolicyGraphError,
    QueryError,
    QueryLimitError,
    QueryTimeoutError,
)
from policygraph.graph.isolation import Children, Limits, WrittenAnswer, open_children
from policygraph.graph.queries import Question
from policygraph.graph.wire import Formats

PATH = "/sparql"

_log = logging.getLogger(__name__)

_PIECE = 2**16  # bytes
_STATUSES: dict[type[PolicyGraphError], int] = {
    FormatError: 406,
    QueryError: 400,
    QueryTimeoutError: 504,
    QueryLimitError: 500,
    BusyError: 503,
}
#: Pages of other sites may link here; whatever an answer holds, it runs nothing in a browser.
_HEADERS = {
    "Cache-Control": "no-cache",
    "Content-Security-Policy": "default-src 'none'; sandbox",
    "Vary": "Accept",
    "X-Content-Type-Options": "nosniff",
}


def make_app(
    folder: Path,
    limits: Limits,
    *,
    names: Collection[str] = (),
    origins: Collection[str] = (),
) -> Starlette:
    """The endpoint of a graph folder at `PATH`.

    Args:
        names: hosts under which it may be asked, besides addresses and "localhost".
        origins: web origins ("https://example.org", "*" for any) whose pages may read answers.
    """
    endpoint = _Endpoint()

    @asynccontextmanager
    async def run(_: Starlette) -> AsyncIterator[None]:
        async with open_children(folder, limits) as endpoint.children:
            yield

    middleware = [Middleware(HostCheck, names=names)]
    if origins:
        middleware.append(
            Middleware(CORSMiddleware, allow_origins=list(origins), allow_methods=["GET", "POST"])
        )
    return Starlette(
        routes=[Route(PATH, endpoint.respond, methods=["GET", "POST"])],
        middleware=middleware,
        exception_handlers={PolicyGraphError: _tell_error, HTTPException: _tell_http_error},
        lifespan=run,
    )


@dataclass(slots=True)
class _Endpoint:
    children: Children | None = None

    async def respond(self, request: Request) -> Response:
        accept = ", ".join(request.headers.getlist("accept"))
        table, triples = choose_offer(accept, TABLES), choose_offer(accept, TRIPLES)
        question = await read_question(request)
        if question is None:
            return _describe(request, triples)
        wanted = (offer.format if offer else None for offer in (table, triples))
        written = await self._ask(request, question, Formats(*wanted))
        return _send(written, table if written.form == "table" else triples)

    async def _ask(self, request: Request, question: Question, wanted: Formats) -> WrittenAnswer:
        """The answer, unless the client goes away before it is there."""
        assert self.children
        asking = asyncio.ensure_future(self.children.ask(question, wanted))
        leaving = asyncio.ensure_future(_wait_until_gone(request))
        try:
            await asyncio.wait({asking, leaving}, return_when=asyncio.FIRST_COMPLETED)
            if not asking.done():
                raise RequestError(499, "the client is gone")
            return asking.result()
        finally:
            leaving.cancel()
            asking.cancel()


async def _wait_until_gone(request: Request) -> None:
    while (await request.receive())["type"] != "http.disconnect":
        pass


def _describe(request: Request, offer: Offer | None) -> Response:
    if offer is None:
        types = ", ".join(dict.fromkeys(each.media_type for each in TRIPLES))
        raise RequestError(406, "the description of this service is RDF", remedy=f"as {types}")
    body = describe_service(str(request.url.replace(query="")), offer.format)
    return Response(body, headers=_HEADERS | {"Content-Type": offer.content_type})


def _send(written: WrittenAnswer, offer: Offer | None) -> Response:
    assert offer  # else the answer were a FormatError
    sizes = {"Content-Type": offer.content_type, "Content-Length": str(written.size)}
    close = BackgroundTask(written.file.close)
    return StreamingResponse(_read(written.file), headers=_HEADERS | sizes, background=close)


async def _read(file: SpooledTemporaryFile[bytes]) -> AsyncIterator[bytes]:
    while piece := file.read(_PIECE):
        yield piece


async def _tell_error(_: Request, error: Exception) -> Response:
    assert isinstance(error, PolicyGraphError)
    if isinstance(error, GraphError):
        _log.error("%s", error)  # it tells where the graph lies, which is for its keeper alone
        return PlainTextResponse("the graph cannot be opened now\n", 500, _HEADERS)
    status = error.status if isinstance(error, RequestError) else _STATUSES[type(error)]
    headers = dict(_HEADERS)
    if status == 503:
        headers["Retry-After"] = "1"
    if status in (408, 413):
        headers["Connection"] = "close"  # the rest of the body is not waited for
    return PlainTextResponse(f"{error}\n", status, headers)


async def _tell_http_error(request: Request, error: Exception) -> Response:
    assert isinstance(error, HTTPException)
    words = {
        404: f"there is nothing at {request.url.path}: SPARQL is asked at {PATH}",
        405: f"{request.method} is not possible here: a query is asked with GET or POST",
    }
    message = words.get(error.status_code, error.detail)
    return PlainTextResponse(
        f"{message}\n", error.status_code, {**_HEADERS, **(error.headers or {})}
    )
