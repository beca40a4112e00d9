"""query: a question in SPARQL, or one of the named questions."""

from __future__ import annotations

import json
import sys
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
from rich.text import Text

from policygraph.cli.terminal import (
    GraphFolder,
    Output,
    make_table,
    open_graph,
    open_output,
    write_rich,
)
from policygraph.errors import PolicyGraphError

if TYPE_CHECKING:
    from policygraph.graph.named_queries import NamedQuery
    from policygraph.graph.policy_graph import PolicyGraph
    from policygraph.graph.queries import Answer, Question


class QueryFormat(StrEnum):
    """How query prints an answer."""

    TABLE = "table"
    JSON = "json"
    CSV = "csv"
    TSV = "tsv"
    XML = "xml"
    TTL = "ttl"


Settings = Annotated[
    list[str] | None,
    typer.Option(
        "--set",
        metavar="NAME=VALUE",
        help="Binds a parameter of the named query: to a thing, by number, name or IRI; one that "
        "--list shows as “asOf:date” to a day such as 2025-07-01, as “year:year” to 2025, as "
        "“type:document-type” or “level:level” to its name, as “signer:text” to words.",
    ),
]


def query(
    sparql: Annotated[
        str | None, typer.Argument(help="A SPARQL query; the prefixes pg:, rdfs:, … are known.")
    ] = None,
    graph: GraphFolder = Path("graph"),
    file: Annotated[
        Path | None, typer.Option(help="A file that holds the query; “-” is standard input.")
    ] = None,
    name: Annotated[str | None, typer.Option(help="A named query; --list shows them.")] = None,
    set_: Settings = None,
    list_: Annotated[bool, typer.Option("--list", help="List the named queries.")] = False,
    format: Annotated[
        QueryFormat | None,
        typer.Option(help="table unless said otherwise; ttl is for CONSTRUCT and DESCRIBE."),
    ] = None,
    timeout: Annotated[
        float | None,
        typer.Option(
            min=0.1, metavar="SECONDS", help="End a query that takes longer, or more than 1 GB."
        ),
    ] = None,
    output: Output = None,
) -> None:
    """Ask the graph a question in SPARQL, or one of the named questions.

    The default graph is the union of all articles and the links; GRAPH tells where something is
    said.

    Example:  policygraph query --name implementers --set "document=25-NQ/TW khóa XI"

    Example:  policygraph query --name documents --set type="Kế hoạch" --set year=2013

    Example:  policygraph query --name organisations-as-of --set asOf=2025-07-01

    Example:  policygraph query 'SELECT * { ?d a pg:PartyDocument }'
    """
    if sum((sparql is not None, file is not None, name is not None, list_)) != 1:
        raise typer.BadParameter("give one of: a SPARQL query, --file, --name, --list")
    if set_ and name is None:
        raise typer.BadParameter("--set goes with --name")
    if list_:
        _list_queries(format, output)
        return
    from policygraph.graph.queries import Question

    opened = open_graph(graph)
    if name is not None:
        question = opened.read_question(name, **dict(map(_split_setting, set_ or [])))
    else:
        question = Question(sparql if sparql is not None else _read_query(file))
    _write_answer(_ask(opened, question, timeout), format, output)


def _ask(graph: PolicyGraph, question: Question, timeout: float | None) -> Answer:
    if timeout is None:
        return graph.query(question.sparql, bindings=question.bindings)
    from policygraph.graph.isolation import Limits, ask_apart

    return ask_apart(graph.folder, question, Limits(seconds=timeout))


def _split_setting(setting: str) -> tuple[str, str]:
    name, equals, thing = setting.partition("=")
    if not equals:
        raise typer.BadParameter(f"“{setting}” is not NAME=VALUE, like document=25-NQ/TW")
    return name, thing


def _read_query(file: Path | None) -> str:
    try:
        if file is None or file == Path("-"):
            return sys.stdin.buffer.read().decode("utf-8")
        return file.read_text(encoding="utf-8-sig")
    except OSError as error:
        raise PolicyGraphError(f"cannot be read: {error.strerror}", place=file) from error
    except UnicodeDecodeError as error:
        raise PolicyGraphError("is not UTF-8", place=file) from error


def _list_queries(format: QueryFormat | None, output: Path | None) -> None:
    from policygraph.graph.named_queries import group_queries

    with open_output(output) as stream:
        if format is QueryFormat.JSON:
            listed = [query.as_json() for _, queries in group_queries() for query in queries]
            stream.write(json.dumps(listed, ensure_ascii=False, indent=2) + "\n")
            return
        for topic, queries in group_queries():
            write_rich(Text(f"{topic.en} / {topic.vi}", style="bold"), stream)
            write_rich(make_table(_LISTED, map(_list_query, queries)), stream)


_LISTED = ("name", "parameters", "question", "câu hỏi")


def _list_query(query: NamedQuery) -> tuple[str, ...]:
    parameters = ", ".join(map(str, query.parameters))
    return query.name, parameters, query.question_en, query.question_vi


def _write_answer(answer: Answer, format: QueryFormat | None, output: Path | None) -> None:
    from policygraph.graph.answer import write_answer

    chosen = format or (QueryFormat.TTL if isinstance(answer, tuple) else QueryFormat.TABLE)
    with open_output(output) as stream:
        if chosen is not QueryFormat.TABLE:
            written = write_answer(answer, chosen).decode("utf-8")
            stream.write(written if written.endswith("\n") else written + "\n")
        elif isinstance(answer, bool):
            stream.write(f"{str(answer).lower()}\n")
        elif isinstance(answer, tuple):
            rows = [tuple(map(str, triple)) for triple in answer]
            write_rich(make_table(("subject", "predicate", "object"), rows), stream)
        else:
            write_rich(make_table(answer.variables, answer.texts()), stream)
