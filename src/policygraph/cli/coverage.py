"""coverage: who has carried out a document, and of whom nothing was seen."""

from __future__ import annotations

import json
from collections.abc import Callable
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, TextIO

import typer
from rich.text import Text

from policygraph.cli.terminal import (
    AsOf,
    GraphFolder,
    Output,
    make_table,
    make_visible,
    open_graph,
    open_output,
    read_day,
    write_rich,
)

if TYPE_CHECKING:
    from policygraph.graph.coverage import Cell, Coverage


class CoverageFormat(StrEnum):
    """How coverage prints what it found."""

    TABLE = "table"
    CSV = "csv"
    JSON = "json"
    HTML = "html"


class CoverageBy(StrEnum):
    """What the rows of a coverage are."""

    PROVINCE = "province"
    MINISTRY = "ministry"
    LEVEL = "level"


def coverage(
    names: Annotated[
        list[str],
        typer.Argument(help="Documents by number, name or IRI; a date or term may follow."),
    ],
    graph: GraphFolder = Path("graph"),
    by: Annotated[CoverageBy, typer.Option(help="province, ministry or level.")] = (
        CoverageBy.PROVINCE
    ),
    as_of: AsOf = None,
    seen: Annotated[
        bool, typer.Option("--seen", help="Only the rows of which something was seen.")
    ] = False,
    format: Annotated[
        CoverageFormat, typer.Option(help="table, csv, json, or html: a heat map with sentences.")
    ] = CoverageFormat.TABLE,
    output: Output = None,
) -> None:
    """Show which provinces, ministries or levels have issued documents that carry out others.

    Example:  policygraph coverage "25-NQ/TW khóa XI" --by province --seen

    Example:  policygraph coverage 217-QĐ/TW 218-QĐ/TW --format html --output coverage.html
    """
    found = open_graph(graph).coverage(*names, by=by.value, as_of=read_day(as_of))
    with open_output(output) as stream:
        _WRITERS[format](found.only_seen() if seen else found, stream)


def _write_json(found: Coverage, stream: TextIO) -> None:
    stream.write(json.dumps(found.as_json(), ensure_ascii=False, indent=2) + "\n")


def _write_csv(found: Coverage, stream: TextIO) -> None:
    from policygraph.view.table import write_coverage_csv

    write_coverage_csv(found, stream)


def _write_html(found: Coverage, stream: TextIO) -> None:
    from policygraph.view import render_coverage

    stream.write(render_coverage(found))


def _write_table(found: Coverage, stream: TextIO) -> None:
    columns = (found.by, *(_head(document.label, document.date) for document in found.documents))
    rows = [(row.label, *map(_tell, row.cells)) for row in found.rows]
    write_rich(make_table(columns, rows), stream)
    until = f" until {found.as_of}" if found.as_of else ""
    note = f"seen in {found.articles} articles{until}; what was not seen may exist all the same"
    write_rich(Text(note, style="dim"), stream)


def _head(label: str, date: str | None) -> str:
    return make_visible(" ".join(filter(None, (label, date))))


def _tell(cell: Cell) -> str:
    documents = len(cell.documents)
    first = f", first {cell.first}" if cell.first else ""
    match cell.status:
        case "issued":
            return f"issued {documents}{first}"
        case "below":
            return f"issued below {documents}{first}"
        case "said":
            return "only said to carry it out"
        case "reviewed":
            return "only said to review it"
        case "nothing":
            return "nothing seen"


_WRITERS: dict[CoverageFormat, Callable[[Coverage, TextIO], None]] = {
    CoverageFormat.TABLE: _write_table,
    CoverageFormat.CSV: _write_csv,
    CoverageFormat.JSON: _write_json,
    CoverageFormat.HTML: _write_html,
}
