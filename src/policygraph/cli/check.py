"""check: where the articles contradict each other or themselves."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import asdict
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from policygraph.cli.terminal import (
    GraphFolder,
    Output,
    cite,
    make_visible,
    open_graph,
    open_output,
)

if TYPE_CHECKING:
    from policygraph.graph.contradiction import Contradiction


class CheckFormat(StrEnum):
    """How check prints what it found."""

    TEXT = "text"
    JSON = "json"


def check(
    graph: GraphFolder = Path("graph"),
    format: Annotated[CheckFormat, typer.Option(help="text or json.")] = CheckFormat.TEXT,
    output: Output = None,
    strict: Annotated[
        bool, typer.Option("--strict", help="Exit with 1 where there are contradictions.")
    ] = False,
) -> None:
    """Report where articles contradict each other or themselves, with the sentences of each side.

    Contradictions are findings, not failures: the exit code is 0 with and without them, unless
    --strict is given.

    Example:  policygraph check --format json
    """
    found = open_graph(graph).contradictions()
    with open_output(output) as stream:
        if format is CheckFormat.JSON:
            values = [asdict(contradiction) for contradiction in found]
            stream.write(json.dumps(values, ensure_ascii=False, indent=2) + "\n")
        else:
            lines = [line for each in found for line in _tell(each)] or ["no contradictions"]
            stream.writelines(line + "\n" for line in lines)
    if found and strict:
        raise typer.Exit(1)


def _tell(contradiction: Contradiction) -> Iterator[str]:
    sides = " or ".join(value.value for value in contradiction.values)
    yield make_visible(f"{contradiction.label}: {contradiction.property} {sides}")
    for value in contradiction.values:
        for said in value.evidence:
            yield f"  {make_visible(value.value)}  {cite(said)}"
        if value.source:
            yield make_visible(f"  {value.value}  known from {value.source}")
