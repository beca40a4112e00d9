"""evaluate: how well the extraction agrees with texts marked by hand."""

from __future__ import annotations

import json
from collections.abc import Iterator
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, TextIO

import typer

from policygraph.cli.terminal import (
    Output,
    make_table,
    make_visible,
    open_output,
    print_error,
    write_rich,
)
from policygraph.errors import PolicyGraphError

if TYPE_CHECKING:
    from policygraph.evaluation import Evaluation, Figure, Mistake

GoldFiles = Annotated[
    list[Path], typer.Argument(metavar="GOLD", help="Gold files (.gold), folders of them.")
]


class EvaluateFormat(StrEnum):
    """How evaluate prints what it measured."""

    TABLE = "table"
    JSON = "json"


def evaluate(
    paths: GoldFiles,
    format: Annotated[
        EvaluateFormat, typer.Option(help="table, with the errors below it, or json.")
    ] = EvaluateFormat.TABLE,
    errors: Annotated[
        bool, typer.Option("--errors/--no-errors", help="Whether to list each error.")
    ] = True,
    output: Output = None,
) -> None:
    """Measure the extraction on gold files: texts whose mentions were marked by hand.

    Prints precision, recall and F1 of mentions, numbers, dates, identity and relations, then each
    error with the words around it. Each text is read by itself. A gold file that is broken is
    reported, the rest is measured, and the exit code is 1; errors of the extraction are findings,
    with them it is 0.

    Example:  policygraph evaluate data/gold

    Example:  policygraph evaluate data/gold --format json --no-errors
    """
    from policygraph.evaluation import evaluate

    failures: list[PolicyGraphError] = []

    def report(error: PolicyGraphError) -> None:
        print_error(error)
        failures.append(error)

    evaluation = evaluate(*paths, on_error=report)
    if evaluation.texts:
        with open_output(output) as stream:
            _write(evaluation, stream, format=format, errors=errors)
    if failures:
        raise typer.Exit(1)


def _write(evaluation: Evaluation, stream: TextIO, *, format: EvaluateFormat, errors: bool) -> None:
    if format is EvaluateFormat.JSON:
        values = evaluation.as_json(errors=errors)
        stream.write(json.dumps(values, ensure_ascii=False, indent=2) + "\n")
        return
    columns = ("figure", "P", "R", "F1", "gold", "found")
    rows = [(name, *_list_cells(figure)) for name, figure in evaluation.figures.items()]
    write_rich(make_table(columns, rows), stream)
    if errors:
        stream.writelines(make_visible(line) + "\n" for line in _tell_errors(evaluation))


def _list_cells(figure: Figure) -> Iterator[object]:
    yield from (f"{share:.3f}" for share in (figure.precision, figure.recall, figure.f1))
    yield from (figure.gold, figure.found)


def _tell_errors(evaluation: Evaluation) -> Iterator[str]:
    """The errors text by text, under the file of each."""
    from policygraph.evaluation import find_mistakes

    for comparison in evaluation.texts:
        if mistakes := list(find_mistakes(comparison)):
            plural = "s" if len(mistakes) > 1 else ""
            yield from ("", f"{comparison.gold.place}: {len(mistakes)} error{plural}")
            for mistake in mistakes:
                yield from _tell_error(mistake)


def _tell_error(mistake: Mistake) -> Iterator[str]:
    place = f", {mistake.span.start}-{mistake.span.end}" if mistake.span else ""
    yield f"  {mistake.kind} {mistake.figure}{place}: {mistake.what}"
    for excerpt in mistake.context:
        yield f"    {excerpt}"
