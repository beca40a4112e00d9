"""export: the graph as files for other programs."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from policygraph.cli.terminal import GraphFolder, open_graph, print_message


def export(
    output: Annotated[Path, typer.Option("--output", "-o", help="The file to write.")],
    graph: GraphFolder = Path("graph"),
    format: Annotated[
        str | None,
        typer.Option(
            metavar="FORMAT",
            help="ttl, trig, nq, jsonld, graphml, gexf or csv; the file's suffix where left out.",
        ),
    ] = None,
) -> None:
    """Write the graph for other programs: RDF, GraphML, GEXF, CSV.

    RDF formats hold everything; ttl is the union of the named graphs. csv writes the edges, and
    the nodes into a second file beside it.

    Example:  policygraph export --format graphml --output graph.graphml
    """
    from policygraph.export import export_graph

    export_graph(open_graph(graph), output, format=format)
    print_message(f"wrote {output}")
