"""build: from articles to a graph."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from policygraph.cli.terminal import (
    Articles,
    GraphFolder,
    open_output,
    print_error,
    show_progress,
)

if TYPE_CHECKING:
    from policygraph.pipeline import BuildReport


def build(
    paths: Articles,
    graph: GraphFolder = Path("graph"),
    base: Annotated[
        str | None, typer.Option(help="The base of the IRIs of a new graph; ends in “/”.")
    ] = None,
) -> None:
    """Build the graph of articles, or bring it up to date.

    Unchanged articles are not read again; what vanished under a path named now goes; what other
    paths gave stays. A file that cannot be read is reported, the rest is built, and the exit code
    is 1.

    Example:  policygraph build data/articles --graph graph
    """
    from policygraph.pipeline import update_graph

    with show_progress() as on_progress:
        report = update_graph(
            *paths, graph=graph, base=base, on_progress=on_progress, on_error=print_error
        )
    with open_output(None) as stream:
        stream.writelines(line + "\n" for line in _summarise(report))
    if report.errors:
        raise typer.Exit(1)


def _summarise(report: BuildReport) -> Iterator[str]:
    failed = f", {len(report.errors)} failed" if report.errors else ""
    done = f"{report.read} read, {report.unchanged} unchanged, {report.removed} removed"
    yield f"{report.graph.folder}: {done}{failed}"
    for what, count in asdict(report.graph.summary()).items():
        yield f"{what:<14}{count:>10,}"
