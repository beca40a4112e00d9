"""The web app as an ASGI application: its pages, their downloads, its files, and the endpoint."""

from __future__ import annotations

import asyncio
import re
from collections.abc import AsyncIterator, Callable, Collection
from contextlib import asynccontextmanager
from functools import partial
from pathlib import Path
from typing import Any, TypeVar
from urllib.parse import quote

from starlette.applications import Starlette
from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.middleware.gzip import GZipMiddleware
from starlette.requests import Request
from starlette.responses import JSONResponse, RedirectResponse, Response
from starlette.routing import Mount, Route
from starlette.staticfiles import StaticFiles

from policygraph.decision_file import export_decisions
from policygraph.endpoint.app import Endpoint
from policygraph.endpoint.hosts import HostCheck
from policygraph.endpoint.negotiation import Offer
from policygraph.endpoint.protocol import PATH as SPARQL
from policygraph.errors import BusyError, GraphError, PolicyGraphError
from policygraph.graph.iri import DEFAULT_BASE
from policygraph.graph.isolation import Limits
from policygraph.graph.wire import Formats
from policygraph.web.building import Building, BuildStatus
from policygraph.web.cell import Asked
from policygraph.web.download import DOWNLOADS, Download
from policygraph.web.openapi import describe_api
from policygraph.web.query import MissingPageError, read_query
from policygraph.web.render import STATIC, palette
from policygraph.web.responses import accepts_json, send_page, send_record, tell_error, wants_json
from policygraph.web.reviewing import Form, decide_form, read_field, read_form
from policygraph.web.routes import PAGES, Page
from policygraph.web.security import SafetyHeaders
from policygraph.web.session import ForbiddenError, Sessions
from policygraph.web.snapshot import Snapshot, Snapshots

Made = TypeVar("Made")

_LEAST_ZIPPED = 1_000  # bytes
_TABLES = (Offer("csv", "text/csv"), Offer("tsv", "text/tab-separated-values"))


def make_app(
    folder: Path,
    limits: Limits,
    *,
    building: Building | None = None,
    sessions: Sessions | None = None,
    names: Collection[str] = (),
    origins: Collection[str] = (),
) -> Starlette:
    """The pages on a graph folder, with the SPARQL endpoint beside them.

    Args:
        building: what brings the graph up to date first; pages tell how far it is meanwhile.
        sessions: who may decide, at /review; without, nobody may.
        names: hosts under which it may be asked, besides addresses and "localhost".
        origins: web origins whose pages may read answers of the endpoint, and of it alone.
    """
    endpoint = Endpoint(folder, limits, editor="/query")
    site = _Site(Snapshots(folder), building or Building((), folder), endpoint)

    @asynccontextmanager
    async def run(_: Starlette) -> AsyncIterator[None]:
        site.building.start()
        async with endpoint.run():
            yield

    made = Starlette(
        routes=[
            endpoint.route(origins),
            Route("/static/palette.css", _send_palette),
            Route("/openapi.json", _send_description),
            Mount("/static", _Files(directory=STATIC)),
            *site.list_routes(),
        ],
        middleware=[
            Middleware(HostCheck, names=names),
            Middleware(SafetyHeaders, but=SPARQL),
            Middleware(GZipMiddleware, minimum_size=_LEAST_ZIPPED),
        ],
        exception_handlers={
            PolicyGraphError: site.tell_error,
            HTTPException: site.tell_http_error,
        },
        lifespan=run,
    )
    made.state.sessions = sessions or Sessions()
    return made


class _Site:
    """The pages on the graph of a folder."""

    def __init__(self, snapshots: Snapshots, building: Building, endpoint: Endpoint) -> None:
        self.building = building
        self._snapshots = snapshots
        self._endpoint = endpoint
        self._deciding = asyncio.Lock()  # one decision at a time: each writes the graph

    def list_routes(self) -> list[Route]:
        downloads = [
            Route(each.path, partial(self._download, each), name=each.path) for each in DOWNLOADS
        ]
        records = [
            Route(page.json_path, partial(self._respond, page), name=page.json_path)
            for page in PAGES
            if not page.path.endswith(":path}")
        ]
        tables = [
            Route(f"{page.path}.{each.format}", partial(self._send_table, page, each))
            for page in PAGES
            if page.ask
            for each in _TABLES
        ]
        pages = [Route(page.path, partial(self._respond, page), name=page.path) for page in PAGES]
        builds = [Route("/build", self._tell_build), Route("/build.json", self._tell_build)]
        reviews = [
            Route("/review.jsonl", self._export_decisions),
            Route("/review/begin", self._begin_review),
            Route("/review/decide", self._decide, methods=["POST"]),
            Route("/review/decide", _lead_to_review),
        ]
        return [*builds, *reviews, *downloads, *records, *tables, *pages]

    async def _begin_review(self, request: Request) -> Response:
        """Lets whoever brings the token decide from now on."""
        response = RedirectResponse("/review", 303)
        sessions: Sessions = request.app.state.sessions
        if not sessions.begin(request.query_params.get("token", ""), response):
            raise ForbiddenError("this is not the token that the server printed")
        return response

    async def _decide(self, request: Request) -> Response:
        """Decides what a form says, and leads back to where it was sent from."""
        sessions: Sessions = request.app.state.sessions
        sessions.check_sender(request)
        form = await read_form(request)
        sessions.check_proof(read_field(form, "proof"))
        async with self._deciding:
            await run_in_threadpool(decide_form, self._snapshots.folder, form)
        await run_in_threadpool(self._snapshots.refresh)  # whoever decided sees it on the next page
        response = RedirectResponse(_choose_way(form), 303)
        response.set_cookie(
            "author", quote(read_field(form, "author")), httponly=True, samesite="strict"
        )
        return response

    async def _export_decisions(self, _: Request) -> Response:
        def answer(snapshot: Snapshot) -> Response:
            lines = "".join(f"{line}\n" for line in export_decisions(snapshot.graph))
            headers = {"Content-Disposition": 'attachment; filename="review.jsonl"'}
            return Response(lines, headers=headers, media_type="application/jsonl")

        return await self._work(answer)

    async def _tell_build(self, request: Request) -> Response:
        status = self.building.tell_status()
        if wants_json(request):
            return send_record(BuildStatus, status)
        if status.state == "none" or (status.state == "done" and not status.problems):
            return RedirectResponse("/", 303)
        return send_page(request, "build.html", base=DEFAULT_BASE, build=status)

    async def _respond(self, page: Page, request: Request) -> Response:
        if page.ask is None:
            return await self._work(lambda snapshot: _answer(page, request, snapshot))
        asked = await self._ask(page, request, Formats("json", None))
        with asked.written.file:
            return await self._work(lambda snapshot: _answer(page, request, snapshot, asked))

    async def _send_table(self, page: Page, offer: Offer, request: Request) -> Response:
        """The whole answer that a page shows, as a file."""
        asked = await self._ask(page, request, Formats(offer.format, None))
        name = request.url.path.rpartition("/")[2]
        return self._endpoint.send(asked.written, offer, name=name)

    async def _ask(self, page: Page, request: Request, wanted: Formats) -> Asked:
        """The answer to what a page asks, found in a process apart."""
        assert page.ask
        read = page.ask
        query: Any = read_query(page.query, request.path_params, request.query_params)
        question = await self._work(lambda snapshot: read(snapshot, query))
        return Asked(question, await self._endpoint.ask(request, question, wanted))

    async def _download(self, download: Download, request: Request) -> Response:
        return await self._work(lambda snapshot: download.answer(request, snapshot))

    async def _work(self, answer: Callable[[Snapshot], Made]) -> Made:
        """What is made of the graph as it stands, in a thread of its own."""
        if self.building.is_running:
            raise BusyError("the graph is being built", remedy="/build.json tells how far it is")
        return await run_in_threadpool(self._make, answer)

    def _make(self, answer: Callable[[Snapshot], Made]) -> Made:
        """A build may sweep files of the generation that is open: then the graph is opened anew."""
        snapshot = self._snapshots.take()
        try:
            return answer(snapshot)
        except OSError:
            return answer(self._snapshots.refresh(failed=snapshot))

    async def tell_error(self, request: Request, error: Exception) -> Response:
        assert isinstance(error, PolicyGraphError)
        status = self.building.tell_status()
        is_unbuilt = isinstance(error, GraphError) and status.state == "failed"
        if (self.building.is_running or is_unbuilt) and not wants_json(request):
            return RedirectResponse("/build", 303)
        return await run_in_threadpool(self._tell_error, request, error)

    def _tell_error(self, request: Request, error: PolicyGraphError) -> Response:
        return tell_error(request, error, base=self._find_base())

    async def tell_http_error(self, request: Request, error: Exception) -> Response:
        assert isinstance(error, HTTPException)
        if error.status_code == 404:
            missing = MissingPageError("there is nothing at this address")
            return await self.tell_error(request, missing)
        return Response(f"{error.detail}\n", error.status_code, error.headers)

    def _find_base(self) -> str:
        try:
            return self._snapshots.take().base
        except GraphError:
            return DEFAULT_BASE


def _answer(page: Page, request: Request, snapshot: Snapshot, *asked: Asked) -> Response:
    """The response to a request for a page, in the form that it asks for."""
    path = dict(request.path_params)
    is_json = wants_json(request) or page.template is None
    if "id" in path and path["id"].endswith(".json"):
        if _is_article(snapshot, page, path["id"]):  # which may be called “a.json”
            is_json = accepts_json(request)
        else:
            path["id"] = path["id"].removesuffix(".json")
    record = page.show(snapshot, read_query(page.query, path, request.query_params), *asked)
    if is_json or page.template is None:
        return send_record(page.record, record)
    return send_page(
        request, page.template, base=snapshot.base, strictness=page.strictness, page=record
    )


def _is_article(snapshot: Snapshot, page: Page, id_: str) -> bool:
    return page.path.startswith("/article/") and bool(snapshot.catalogue.find_article(id_))


def _choose_way(form: Form) -> str:
    """Where to go after a decision: a path of ours, as the form names it."""
    way = next(iter(form.get("next", ())), "")
    return way if re.fullmatch(r"/(?![/\\])[\x21-\x7e]*", way) else "/review"


async def _lead_to_review(_: Request) -> Response:
    """Whoever opens the address of a decision, as a page that refuses one offers, sees them all."""
    return RedirectResponse("/review", 303)


async def _send_palette(_: Request) -> Response:
    return Response(palette(), headers=_FOR_GOOD, media_type="text/css")


async def _send_description(_: Request) -> Response:
    return JSONResponse(describe_api(), headers={"Cache-Control": "no-cache"})


_FOR_GOOD = {"Cache-Control": "public, max-age=31536000, immutable"}


class _Files(StaticFiles):
    """Files whose address changes with what is in them, so that browsers may keep them."""

    def file_response(self, *arguments: object, **options: object) -> Response:
        response = super().file_response(*arguments, **options)  # type: ignore[arg-type]
        response.headers.update(_FOR_GOOD)
        return response
