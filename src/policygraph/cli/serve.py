"""serve: the graph over HTTP, as pages for people and as a SPARQL endpoint."""

from __future__ import annotations

import sys
import webbrowser
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
    if sparql_only and paths:
        raise typer.BadParameter("--sparql-only builds no graph: run policygraph build first")
    if not paths:
        open_graph(graph)
    try:
        from policygraph.endpoint.server import is_loopback
        from policygraph.endpoint.server import serve as answer_requests
        from policygraph.graph.isolation import Limits

        make = _make_endpoint if sparql_only else _make_pages
        limits = Limits(timeout, memory * _MEGABYTE, answer * _MEGABYTE, queries)
        building = (paths or [], select(include, exclude, text_column))
        app = make(graph, limits, building, [host, *(allow_host or [])], cors or [])
    except ModuleNotFoundError as error:
        message = f"serving needs the extra “serve” ({error.name} is missing)"
        raise PolicyGraphError(message, remedy='pip install "policygraph[serve]"') from error
    if not is_loopback(host):
        print_note(f"whoever reaches {host} may ask this graph")
    welcome = _tell_endpoint if sparql_only else partial(_welcome, is_quiet=no_browser)
    answer_requests(app, host=host, port=port, on_ready=welcome)


_Building = tuple[list[Path], "Selection"]


def _make_endpoint(
    graph: Path, limits: Limits, _: _Building, names: list[str], origins: list[str]
) -> ASGIApp:
    from policygraph.endpoint.app import make_app

    return make_app(graph, limits, names=names, origins=origins)


def _make_pages(
    graph: Path, limits: Limits, building: _Building, names: list[str], origins: list[str]
) -> ASGIApp:
    from policygraph.web.app import make_app
    from policygraph.web.building import Building

    paths, selection = building
    work = Building(paths, graph, selection)
    return make_app(graph, limits, building=work, names=names, origins=origins)


def _tell_endpoint(url: str) -> None:
    print_line(f"SPARQL at {url}/sparql")


def _welcome(url: str, *, is_quiet: bool) -> None:
    """Says where the pages are, and opens them where a person is at the terminal."""
    print_line(f"policygraph at {url}  (Ctrl-C ends it)")
    if not is_quiet and sys.stdout.isatty():
        webbrowser.open(url)
