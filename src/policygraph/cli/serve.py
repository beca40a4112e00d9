"""serve: the graph over HTTP, as pages for people and as a SPARQL endpoint."""

from __future__ import annotations

import sys
import webbrowser
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from policygraph.cli.terminal import (
    Exclude,
    GraphFolder,
    Include,
    NamedColumn,
    open_graph,
    print_line,
    print_note,
    select,
)
from policygraph.errors import PolicyGraphError

if TYPE_CHECKING:
    from starlette.types import ASGIApp

    from policygraph.graph.isolation import Limits
    from policygraph.reading import Selection

_MEGABYTE = 2**20


def serve(
    paths: Annotated[
        list[Path] | None,
        typer.Argument(help="Articles to build the graph from first, as build takes them."),
    ] = None,
    graph: GraphFolder = Path("graph"),
    sparql_only: Annotated[
        bool, typer.Option("--sparql-only", help="Serve SPARQL alone, without pages.")
    ] = False,
    host: Annotated[str, typer.Option(help="The address to listen on.")] = "127.0.0.1",
    port: Annotated[
        int, typer.Option(min=0, max=65535, help="The port; 0 takes one that is free.")
    ] = 8000,
    review: Annotated[
        bool,
        typer.Option(
            "--review", help="Let those decide who open the address with the token that is printed."
        ),
    ] = False,
    no_browser: Annotated[bool, typer.Option("--no-browser", help="Open no web browser.")] = False,
    timeout: Annotated[
        float, typer.Option(min=0.1, metavar="SECONDS", help="What a query may take.")
    ] = 10.0,
    memory: Annotated[
        int, typer.Option(min=256, metavar="MB", help="The memory that a query may take.")
    ] = 1024,
    answer: Annotated[
        int, typer.Option(min=1, metavar="MB", help="How large an answer may be.")
    ] = 256,
    queries: Annotated[int, typer.Option(min=1, help="How many queries may run at once.")] = 4,
    cors: Annotated[
        list[str] | None,
        typer.Option(
            metavar="ORIGIN", help="A site whose pages may read answers; “*” is any. Repeat."
        ),
    ] = None,
    allow_host: Annotated[
        list[str] | None,
        typer.Option(metavar="NAME", help="A host name under which to answer. Repeat."),
    ] = None,
    include: Include = None,
    exclude: Exclude = None,
    text_column: NamedColumn = None,
) -> None:
    """Open the graph in a web browser: search, read, trace, and ask; until Ctrl-C ends it.

    With articles named, the graph is built from them first, as build does, and a page tells how far
    that is. SPARQL is answered at /sparql: a query that takes more than it may is ended. Nothing
    is changed by a visitor, and only this machine reaches it unless --host says otherwise.

    Example:  policygraph serve

    Example:  policygraph serve articles/ --graph graph

    Example:  policygraph serve --sparql-only --port 8000
    """
    if sparql_only and (paths or review):
        raise typer.BadParameter("--sparql-only neither builds nor reviews: leave it out")
    if not paths:
        open_graph(graph)
    try:
        from policygraph.endpoint.server import is_loopback
        from policygraph.endpoint.server import serve as answer_requests
        from policygraph.graph.isolation import Limits

        limits = Limits(timeout, memory * _MEGABYTE, answer * _MEGABYTE, queries)
        reached = _Reach([host, *(allow_host or [])], cors or [])
        if sparql_only:
            app, welcome = _make_endpoint(graph, limits, reached)
        else:
            selection = select(include, exclude, text_column)
            work = _Work(paths or [], selection, may_review=review, may_open=not no_browser)
            app, welcome = _make_pages(graph, limits, reached, work)
    except ModuleNotFoundError as error:
        message = f"serving needs the extra “serve” ({error.name} is missing)"
        raise PolicyGraphError(message, remedy='pip install "policygraph[serve]"') from error
    if not is_loopback(host):
        print_note(f"whoever reaches {host} may ask this graph")
    answer_requests(app, host=host, port=port, on_ready=welcome)


@dataclass(frozen=True, slots=True)
class _Reach:
    """Under which hosts the server answers, and the pages of which origins may read its SPARQL."""

    names: list[str]
    origins: list[str]


@dataclass(frozen=True, slots=True)
class _Work:
    """What is built first, and what the pages may do."""

    paths: list[Path]
    selection: Selection
    may_review: bool
    may_open: bool


#: An application, and what tells a person where it is.
_Served = tuple["ASGIApp", Callable[[str], None]]


def _make_endpoint(graph: Path, limits: Limits, reached: _Reach) -> _Served:
    from policygraph.endpoint.app import make_app

    app = make_app(graph, limits, names=reached.names, origins=reached.origins)
    return app, lambda url: print_line(f"SPARQL at {url}/sparql")


def _make_pages(graph: Path, limits: Limits, reached: _Reach, work: _Work) -> _Served:
    from policygraph.web.app import make_app
    from policygraph.web.building import Building
    from policygraph.web.session import Sessions, make_token

    token = make_token() if work.may_review else None
    app = make_app(
        graph,
        limits,
        building=Building(work.paths, graph, work.selection),
        sessions=Sessions(token),
        names=reached.names,
        origins=reached.origins,
    )
    return app, partial(_welcome, token=token, may_open=work.may_open)


def _welcome(url: str, *, token: str | None, may_open: bool) -> None:
    """Says where the pages are, and opens them where a person is at the terminal."""
    print_line(f"policygraph at {url}  (Ctrl-C ends it)")
    if token:
        print_line(f"review at {url}/review/begin?token={token}")
    sys.stdout.flush()
    if may_open and sys.stdout.isatty():
        webbrowser.open(url)
