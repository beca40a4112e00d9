"""The endpoint as an ASGI application."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Collection
from contextlib import asynccontextmanager
from pathlib import Path

from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.middleware.cors import CORSMiddleware
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from policygraph.endpoint.description import describe_service
from policygraph.endpoint.hosts import HostCheck
from policygraph.endpoint.negotiation import TABLES, TRIPLES, Offer, choose_offer
from policygraph.endpoint.protocol import PATH, RequestError, gone, read_question
from policygraph.endpoint.responses import HEADERS, AnswerResponse, tell_error, tell_http_error
from policygraph.errors import BusyError, PolicyGraphError
from policygraph.graph.isolation import Children, Limits, WrittenAnswer, open_children
from policygraph.graph.queries import Question
from policygraph.graph.wire import Formats


def make_app(
    folder: Path,
    limits: Limits,
    *,
    names: Collection[str] = (),
    origins: Collection[str] = (),
) -> Starlette:
    """The endpoint of a graph folder at `PATH`, and nothing else.

    Args:
        names: hosts under which it may be asked, besides addresses and "localhost".
        origins: web origins ("https://example.org", "*" for any) whose pages may read answers.
    """
    endpoint = Endpoint(folder, limits)

    @asynccontextmanager
    async def run(_: Starlette) -> AsyncIterator[None]:
        async with endpoint.run():
            yield

    return Starlette(
        routes=[endpoint.route(origins)],
        middleware=[Middleware(HostCheck, names=names)],
        exception_handlers={HTTPException: tell_http_error},
        lifespan=run,
    )


class Endpoint:
    """What answers the SPARQL queries of an application.

    Attributes:
        held: bytes of answers that clients have not taken yet.
    """

    def __init__(self, folder: Path, limits: Limits, *, editor: str | None = None) -> None:
        """`editor` is the path to which a browser is led that brings no query."""
        self.held = 0
        self._folder = folder
        self._limits = limits
        self._editor = editor
        self._children: Children | None = None

    def route(self, origins: Collection[str] = ()) -> Route:
        """The route at `PATH`, whose answers pages of some origins may read."""
        methods = ["GET", "POST"]
        cors = Middleware(CORSMiddleware, allow_origins=list(origins), allow_methods=methods)
        if origins:
            methods = [*methods, "OPTIONS"]  # asked before a page may ask
        return Route(PATH, self.respond, methods=methods, middleware=[cors] if origins else [])

    @asynccontextmanager
    async def run(self) -> AsyncIterator[None]:
        """Keeps processes that answer queries, until it is left."""
        async with open_children(self._folder, self._limits) as self._children:
            yield

    async def respond(self, request: Request) -> Response:
        """The answer to a request; what is wrong with it in words."""
        try:
            return await self._respond(request)
        except PolicyGraphError as error:
            return tell_error(error)

    async def _respond(self, request: Request) -> Response:
        accept = ", ".join(request.headers.getlist("accept"))
        table, triples = choose_offer(accept, TABLES), choose_offer(accept, TRIPLES)
        question = await read_question(request)
        if question is None:
            if self._editor and choose_offer(accept, (*TRIPLES, _PAGE)) == _PAGE:
                return RedirectResponse(self._editor, 303, {"Vary": "Accept"})
            return _describe(request, triples)
        wanted = (offer.format if offer else None for offer in (table, triples))
        written = await self.ask(request, question, Formats(*wanted))
        return self.send(written, table if written.form == "table" else triples)

    async def ask(self, request: Request, question: Question, wanted: Formats) -> WrittenAnswer:
        """The answer to a question of a request; raises as `Children.ask`.

        A query whose client goes away before its answer is there is ended: a RequestError.
        """
        assert self._children
        asking = asyncio.ensure_future(self._children.ask(question, wanted))
        leaving = asyncio.ensure_future(_wait_until_gone(request))
        try:
            await asyncio.wait({asking, leaving}, return_when=asyncio.FIRST_COMPLETED)
            if not asking.done():
                raise gone()
            return asking.result()
        finally:
            leaving.cancel()
            asking.cancel()

    def send(
        self, written: WrittenAnswer, offer: Offer | None, *, name: str | None = None
    ) -> Response:
        """The response with an answer, as a file where it has a name; it closes the answer's file.

        Raises:
            BusyError: other clients have yet to take too much.
        """
        assert offer  # else the answer were a FormatError
        if self.held + written.size > self._limits.queries * self._limits.answer:
            written.file.close()
            raise BusyError("other clients have not taken their answers", remedy="ask again later")
        self.held += written.size
        return AnswerResponse(written, offer, name=name, on_end=lambda: self._let_go(written.size))

    def _let_go(self, size: int) -> None:
        self.held -= size


_PAGE = Offer("html", "text/html")


async def _wait_until_gone(request: Request) -> None:
    while (await request.receive())["type"] != "http.disconnect":
        pass


def _describe(request: Request, offer: Offer | None) -> Response:
    if offer is None:
        types = ", ".join(dict.fromkeys(each.media_type for each in TRIPLES))
        raise RequestError(406, "the description of this service is RDF", remedy=f"as {types}")
    body = describe_service(str(request.url.replace(query="")), offer.format)
    return Response(body, headers={**HEADERS, "Content-Type": offer.content_type})
