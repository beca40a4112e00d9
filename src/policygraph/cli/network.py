"""network: what is central, what hangs together, what leads from one thing to another."""

from __future__ import annotations

import csv
import json
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, TextIO

import typer

from policygraph.cli.terminal import (
    GraphFolder,
    Output,
    make_table,
    make_visible,
    open_graph,
    open_output,
    write_rich,
)

if TYPE_CHECKING:
    from policygraph.graph.analysis.path import Paths
    from policygraph.graph.analysis.subnetwork import Result

_HELP = """Analyse the graph as a network: central documents, communities, paths.

Each figure comes with the counts or sentences behind it, each result with the parameters that were
used: over the table, in the JSON, in the last column of the CSV. docs/networkx.md tells how to
read the figures, and what they do not say.

Example:  policygraph network central

Example:  policygraph network path "23-CTr/TU" "Dân vận khéo\""""

app = typer.Typer(help=_HELP, no_args_is_help=True, rich_markup_mode="markdown")


class NetworkFormat(StrEnum):
    """How network prints a result."""

    TABLE = "table"
    JSON = "json"
    CSV = "csv"


class Weight(StrEnum):
    """What makes a relation heavy."""

    SENTENCES = "sentences"
    ARTICLES = "articles"
    RELATIONS = "relations"


class PairOrder(StrEnum):
    """Which pairs come first."""

    SHARED = "shared"
    COSINE = "cosine"
    LIFT = "lift"


class TextKind(StrEnum):
    """What is coupled."""

    ARTICLE = "article"
    DOCUMENT = "document"


Relations = Annotated[
    list[str] | None,
    typer.Option(
        "--relation", metavar="RELATION", help="Follow this one, such as implements. Repeat."
    ),
]
Limit = Annotated[int, typer.Option(min=1, help="Tell so many at most.")]
Least = Annotated[int, typer.Option(min=1, help="Leave out pairs that share less.")]
Order = Annotated[PairOrder, typer.Option(help="What comes first: shared, cosine or lift.")]
Format = Annotated[NetworkFormat, typer.Option(help="table, json or csv.")]


@app.command()
def central(
    graph: GraphFolder = Path("graph"),
    relation: Relations = None,
    damping: Annotated[
        float, typer.Option(min=0, max=0.99, help="How far a figure reaches: 0 not at all.")
    ] = 0.85,
    by: Annotated[
        str, typer.Option(metavar="FIGURE", help="pagerank, or the relation whose count decides.")
    ] = "pagerank",
    limit: Limit = 20,
    format: Format = NetworkFormat.TABLE,
    output: Output = None,
) -> None:
    """Rank documents by PageRank or by plain counts, the counts behind the figure beside it.

    Example:  policygraph network central --limit 5

    Example:  policygraph network central --by implements --format csv
    """
    from policygraph.graph.analysis import rank_documents

    network = open_graph(graph).to_networkx()
    found = rank_documents(network, relations=relation, damping=damping, by=by, limit=limit)
    _write(found, format, output, nothing="no relation here leads to a document")


@app.command()
def communities(
    graph: GraphFolder = Path("graph"),
    relation: Relations = None,
    weight: Annotated[
        Weight, typer.Option(help="What makes a relation heavy: sentences, articles, relations.")
    ] = Weight.SENTENCES,
    resolution: Annotated[
        float, typer.Option(min=0, help="Above 1 more and smaller ones, below 1 fewer.")
    ] = 1.0,
    seed: Annotated[int, typer.Option(help="Fixes the order of the search.")] = 0,
    limit: Limit = 20,
    format: Format = NetworkFormat.TABLE,
    output: Output = None,
) -> None:
    """Find documents, organisations and campaigns that hang together, and by what.

    Example:  policygraph network communities

    Example:  policygraph network communities --relation implements --resolution 1.5 --format json
    """
    from policygraph.graph.analysis import find_communities

    found = find_communities(
        open_graph(graph).to_networkx(),
        relations=relation,
        weight=weight,
        resolution=resolution,
        seed=seed,
        limit=limit,
    )
    _write(found, format, output, nothing="no relation joins two things here")


@app.command("co-cited")
def co_cited(
    document: Annotated[
        str | None, typer.Argument(help="A document by number, name or IRI; else all pairs.")
    ] = None,
    graph: GraphFolder = Path("graph"),
    least: Least = 1,
    by: Order = PairOrder.SHARED,
    limit: Limit = 20,
    format: Format = NetworkFormat.TABLE,
    output: Output = None,
) -> None:
    """List documents that articles cite together, and the articles that do.

    Example:  policygraph network co-cited "25-NQ/TW khóa XI"

    Example:  policygraph network co-cited --least 2 --by lift --format csv
    """
    from policygraph.graph.analysis import find_co_cited

    opened = open_graph(graph)
    iri = opened.find(document, kind="document").iri if document is not None else None
    found = find_co_cited(opened.to_networkx(), iri, least=least, by=by, limit=limit)
    _write(found, format, output, nothing="no article here cites two of them together")


@app.command()
def coupled(
    text: Annotated[
        str | None,
        typer.Argument(help="An article by id or title, or a document; else all pairs of a kind."),
    ] = None,
    graph: GraphFolder = Path("graph"),
    kind: Annotated[
        TextKind | None,
        typer.Option(help="Pairs of articles, unless said otherwise, or of documents."),
    ] = None,
    relation: Relations = None,
    least: Least = 1,
    by: Order = PairOrder.SHARED,
    limit: Limit = 20,
    format: Format = NetworkFormat.TABLE,
    output: Output = None,
) -> None:
    """List articles that cite the same documents, or documents that rest on the same ones.

    Documents are coupled by what they implement or are based on, unless --relation says otherwise.

    Example:  policygraph network coupled --kind document

    Example:  policygraph network coupled hanoi-dan-van.txt --format json
    """
    from policygraph.graph.analysis import find_coupled

    opened = open_graph(graph)
    iri = opened.find(text, kind=kind.value if kind else None).iri if text is not None else None
    found = find_coupled(
        opened.to_networkx(), iri, kind=kind, relations=relation, least=least, by=by, limit=limit
    )
    _write(found, format, output, nothing="no two of them refer to the same document here")


@app.command()
def path(
    start: Annotated[str, typer.Argument(help="A thing or article, by number, name, id or IRI.")],
    end: Annotated[str, typer.Argument(help="Another one.")],
    graph: GraphFolder = Path("graph"),
    relation: Relations = None,
    through_articles: Annotated[
        bool, typer.Option("--through-articles", help="What one article cites is joined by it.")
    ] = False,
    limit: Limit = 3,
    format: Format = NetworkFormat.TABLE,
    output: Output = None,
) -> None:
    """Show the shortest paths between two things, and the sentences that state each step.

    An arrow tells which way a relation goes. Of several shortest paths the first --limit are
    shown.

    Example:  policygraph network path "25-NQ/TW khóa XI" "217-QĐ/TW"

    Example:  policygraph network path "25-NQ/TW khóa XI" "217-QĐ/TW" --through-articles
    """
    from policygraph.graph.analysis import find_path

    opened = open_graph(graph)
    ends = [opened.find(name).iri for name in (start, end)]
    found = find_path(
        opened.to_networkx(),
        *ends,
        relations=relation,
        through_articles=through_articles,
        limit=limit,
    )
    _write(found, format, output, nothing=_tell_no_path(found))


def _tell_no_path(found: Paths) -> str:
    """Why there is none, and what may be tried."""
    if found.start == found.end:
        return f"both names stand for {found.start.label}"
    message = f"over these relations nothing leads from {found.start.label} to {found.end.label}"
    if not found.parameters["through_articles"]:
        message += "; --through-articles also joins what one article cites"
    return message


def _write(found: Result, format: NetworkFormat, output: Path | None, *, nothing: str) -> None:
    with open_output(output) as stream:
        match format:
            case NetworkFormat.JSON:
                stream.write(json.dumps(found.as_json(), ensure_ascii=False, indent=2) + "\n")
            case NetworkFormat.CSV:
                _write_csv(found, stream)
            case NetworkFormat.TABLE:
                _write_table(found, stream, nothing)


def _write_csv(found: Result, stream: TextIO) -> None:
    """The parameters stand in the last column: rows of several runs may be put together."""
    from policygraph.graph.analysis.subnetwork import tell_parameters

    used = tell_parameters(found.parameters)
    rows = csv.writer(stream)
    rows.writerow([*found.columns, "parameters"])
    rows.writerows([*row, used] for row in found.rows())


def _write_table(found: Result, stream: TextIO, nothing: str) -> None:
    """What a person reads: the caption, then the columns that hold something, without IRIs."""
    rows = [[_print_cell(cell) for cell in row] for row in found.rows()]
    shown = [
        number
        for number, column in enumerate(found.columns)
        if not column.endswith((" id", " ids"))
        and any(row[number] not in ("", "0") for row in rows)
    ]
    stream.write(_in_one_line(found.caption) + "\n")
    if not rows:
        stream.write(_in_one_line(nothing) + "\n")
        return
    columns = [found.columns[number] for number in shown]
    write_rich(make_table(columns, [[row[number] for number in shown] for row in rows]), stream)


def _print_cell(cell: object) -> str:
    if isinstance(cell, float):
        return f"{cell:.4g}"
    return "" if cell is None else " ".join(str(cell).split())


def _in_one_line(line: str) -> str:
    return make_visible(" ".join(line.split()))
