"""serve: the graph over HTTP."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from policygraph.cli.terminal import GraphFolder, open_graph, print_line, print_note
from policygraph.errors import PolicyGraphError

_MEGABYTE = 2**20


def serve(
    graph: GraphFolder = Path("graph"),
    sparql_only: Annotated[
        bool, typer.Option("--sparql-only", help="Serve SPARQL alone; so far there is no web app.")
    ] = False,
    host: Annotated[str, typer.Option(help="The address to listen on.")] = "127.0.0.1",
    port: Annotated[
        int, typer.Option(min=0, max=65535, help="The port; 0 takes one that is free.")
    ] = 8000,
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
) -> None:
    """Answer SPARQL queries over HTTP, at /sparql, until it is interrupted (Ctrl-C).

    It only reads, follows the SPARQL 1.1 Protocol, and asks the graph as it stands when a query
    comes. A query that takes more than it may is ended, and gets an error in the place of an
    answer. Only this machine reaches it unless --host says otherwise.

    Example:  policygraph serve --sparql-only --port 8000
    """
    if not sparql_only:
        raise typer.BadParameter("there is no web app yet: add --sparql-only to serve SPARQL")
    open_graph(graph)
    try:
        from policygraph.endpoint.app import make_app
        from policygraph.endpoint.protocol import PATH
        from policygraph.endpoint.server import is_loopback, serve
    except ModuleNotFoundError as error:
        message = f"serving needs the extra “serve” ({error.name} is missing)"
        raise PolicyGraphError(message, remedy='pip install "policygraph[serve]"') from error
    from policygraph.graph.isolation import Limits

    if not is_loopback(host):
        print_note(f"whoever reaches {host} may ask this graph")
    limits = Limits(timeout, memory * _MEGABYTE, answer * _MEGABYTE, queries)
    app = make_app(graph, limits, names=[host, *(allow_host or [])], origins=cors or [])
    serve(app, host=host, port=port, on_ready=lambda url: print_line(f"SPARQL at {url}{PATH}"))
