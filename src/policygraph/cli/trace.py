"""trace: which documents carry out a document."""

from __future__ import annotations

import csv
import json
from collections.abc import Callable
from dataclasses import astuple
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, TextIO

import typer
from rich.text import Text
from rich.tree import Tree

from policygraph.cli.terminal import (
    GraphFolder,
    Output,
    cite,
    make_visible,
    open_graph,
    open_output,
    write_rich,
)

if TYPE_CHECKING:
    from policygraph.graph.thing import Node
    from policygraph.graph.trace import Step, Trace


class TraceFormat(StrEnum):
    """How trace prints what it found."""

    TREE = "tree"
    JSON = "json"
    CSV = "csv"


def trace(
    name: Annotated[
        str,
        typer.Argument(help="A document by its number, its name, or its IRI; a date may follow."),
    ],
    graph: GraphFolder = Path("graph"),
    format: Annotated[TraceFormat, typer.Option(help="tree, json or csv.")] = TraceFormat.TREE,
    output: Output = None,
) -> None:
    """Show what carries out a document, step by step, and the sentences that say so.

    Example:  policygraph trace "25-NQ/TW"

    Example:  policygraph trace "Nghị quyết Trung ương 7 khóa XI" --format json
    """
    found = open_graph(graph).trace(name)
    with open_output(output) as stream:
        _TRACE_WRITERS[format](found, stream)


def _write_trace_json(found: Trace, stream: TextIO) -> None:
    stream.write(json.dumps(found.as_json(), ensure_ascii=False, indent=2) + "\n")


_NODE_FIELDS = ("id", "label", "number", "date", "issuer")


def _write_trace_csv(found: Trace, stream: TextIO) -> None:
    """A row for each sentence, and one for a step that no sentence states."""
    ends = [f"{end}_{field}" for end in ("subject", "object") for field in _NODE_FIELDS]
    rows = csv.writer(stream)
    rows.writerow(["depth", *ends, "article", "start", "end", "quote", "location"])
    for step in found.steps:
        things = [node.as_json()[f] for node in (step.subject, step.object) for f in _NODE_FIELDS]
        for said in step.evidence or (None,):
            rows.writerow([step.depth, *things, *(astuple(said) if said else [""] * 5)])


def _write_trace_tree(found: Trace, stream: TextIO) -> None:
    tree = Tree(Text(_describe(found.target), style="bold"))
    grown: set[str] = set()
    _grow(tree, found.target.iri, found.steps, grown)
    if not found.steps:
        tree.add(Text("no article here says that anything carries it out", style="dim"))
    write_rich(tree, stream)


def _grow(tree: Tree, object_: str, steps: tuple[Step, ...], grown: set[str]) -> None:
    """Hangs on a node what carries it out; a thing reached twice is unfolded once."""
    if object_ in grown:
        return
    grown.add(object_)
    for step in steps:
        if step.object.iri == object_:
            branch = tree.add(Text(f"implemented by {_describe(step.subject)}"))
            for said in step.evidence:
                branch.add(Text(cite(said), style="dim"))
            _grow(branch, step.subject.iri, steps, grown)


_TRACE_WRITERS: dict[TraceFormat, Callable[[Trace, TextIO], None]] = {
    TraceFormat.TREE: _write_trace_tree,
    TraceFormat.JSON: _write_trace_json,
    TraceFormat.CSV: _write_trace_csv,
}


def _describe(node: Node) -> str:
    return make_visible(", ".join(part for part in (node.label, node.date, node.issuer) if part))
