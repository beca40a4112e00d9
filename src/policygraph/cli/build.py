"""build: from articles to a graph."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from policygraph.cli.terminal import (
    Articles,
    Exclude,
    GraphFolder,
    Include,
    NamedColumn,
    make_table,
    open_output,
    print_error,
    print_note,
    select,
    show_progress,
    write_rich,
)
from policygraph.errors import BuildError, ReadingError

if TYPE_CHECKING:
    from policygraph.pipeline import BuildReport


def build(
    paths: Articles,
    graph: GraphFolder = Path("graph"),
    base: Annotated[
        str | None, typer.Option(help="The base of the IRIs of a new graph; ends in “/”.")
    ] = None,
    include: Include = None,
    exclude: Exclude = None,
    text_column: NamedColumn = None,
    report: Annotated[
        Path | None,
        typer.Option(metavar="FILE", help="Write what was read, failed and noted as JSON."),
    ] = None,
) -> None:
    """Build the graph of articles, or bring it up to date.

    Unchanged articles are not read again; what vanished under a path named now goes; what other
    paths gave stays. A file that cannot be read is reported, the rest is built, and the exit code
    is 1.

    Example:  policygraph build data/articles --graph graph
    """
    from policygraph.pipeline import update_graph

    try:
        with show_progress() as on_progress:
            done = update_graph(
                *paths,
                graph=graph,
                base=base,
                selection=select(include, exclude, text_column),
                on_progress=on_progress,
                on_error=print_error,
                on_note=print_note,
            )
    except BuildError as error:
        _write_report(report, {"read": 0, "failed": [each.as_json() for each in error.errors]})
        raise
    _write_report(report, done.as_json())
    with open_output(None) as stream:
        stream.writelines(line + "\n" for line in _summarise(done))
        if done.errors:
            write_rich(make_table(("not read", "why", "what to do"), _list(done.errors)), stream)
    if done.errors:
        raise typer.Exit(1)


def _write_report(path: Path | None, record: dict[str, Any]) -> None:
    if path:
        with open_output(path) as stream:
            json.dump(record, stream, ensure_ascii=False, indent=2)
            stream.write("\n")


def _list(errors: Iterable[ReadingError]) -> Iterator[tuple[str, ...]]:
    for error in errors:
        yield error.place or "", error.message, error.remedy or ""


def _summarise(report: BuildReport) -> Iterator[str]:
    failed = f", {len(report.errors)} failed" if report.errors else ""
    done = f"{report.read} read, {report.unchanged} unchanged, {report.removed} removed"
    yield f"{report.graph.folder}: {done}{failed}"
    for what, count in asdict(report.graph.summary()).items():
        yield f"{what:<14}{count:>10,}"
