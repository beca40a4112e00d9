"""view: the graph as a page."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from policygraph.cli.terminal import GraphFolder, open_graph, open_output, print_message


def view(
    graph: GraphFolder = Path("graph"),
    output: Annotated[Path, typer.Option("--output", "-o", help="The page.")] = Path("graph.html"),
    title: Annotated[str, typer.Option(help="Its heading.")] = "policygraph",
) -> None:
    """Write the graph as one web page that works with the network off.

    Example:  policygraph view --output graph.html
    """
    from policygraph.view import render_page

    page = render_page(open_graph(graph).to_networkx(), title=title)
    with open_output(output) as stream:
        stream.write(page)
    print_message(f"wrote {output}: open it in a web browser")
