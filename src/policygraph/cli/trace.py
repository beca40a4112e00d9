"""trace: the chain of a document, forward to what carries it out and back to what it rests on."""

from __future__ import annotations

import json
from collections.abc import Callable
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, TextIO

import typer
from rich.text import Text
from rich.tree import Tree

from policygraph.cli.terminal import (
    AsOf,
    GraphFolder,
    Output,
    cite,
    make_visible,
    open_graph,
    open_output,
    read_day,
    write_rich,
)

if TYPE_CHECKING:
    from policygraph.graph.ending import Ending
    from policygraph.graph.thing import Node
    from policygraph.graph.trace import Step, Trace


class TraceFormat(StrEnum):
    """How trace prints what it found."""

    TREE = "tree"
    JSON = "json"
    CSV = "csv"
    HTML = "html"


class TraceDirection(StrEnum):
    """Which way a chain is followed."""

    BOTH = "both"
    LATER = "later"
    EARLIER = "earlier"


def trace(
    name: Annotated[
        str,
        typer.Argument(help="A document by its number, its name, or its IRI; a date may follow."),
    ],
    graph: GraphFolder = Path("graph"),
    direction: Annotated[
        TraceDirection,
        typer.Option(help="later: what carries it out; earlier: what it rests on; both."),
    ] = TraceDirection.BOTH,
    as_of: AsOf = None,
    format: Annotated[
        TraceFormat, typer.Option(help="tree, json, csv, or html: a page by level and year.")
    ] = TraceFormat.TREE,
    output: Output = None,
) -> None:
    """Show what carries out a document and what it rests on, step by step, with the sentences.

    Example:  policygraph trace "25-NQ/TW khóa XI"

    Example:  policygraph trace "12-CTr/TU, 15/8/2013" --direction earlier --format json

    Example:  policygraph trace "25-NQ/TW khóa XI" --as-of 2018-12-31 --format html -o trace.html
    """
    found = open_graph(graph).trace(name, as_of=read_day(as_of)).choose(direction.value)
    with open_output(output) as stream:
        _TRACE_WRITERS[format](found, stream)


def _write_trace_json(found: Trace, stream: TextIO) -> None:
    stream.write(json.dumps(found.as_json(), ensure_ascii=False, indent=2) + "\n")


def _write_trace_csv(found: Trace, stream: TextIO) -> None:
    from policygraph.view.table import write_trace_csv

    write_trace_csv(found, stream)


def _write_trace_html(found: Trace, stream: TextIO) -> None:
    from policygraph.view import render_trace

    stream.write(render_trace(found))


_LATER_WORDS = {
    "implements": "implemented by",
    "guides": "guided by",
    "amends": "amended by",
    "replaces": "replaced by",
    "repeals": "repealed by",
    "reviews": "reviewed by",
}
_EARLIER_WORDS = {"basedOn": "rests on"}


def _write_trace_tree(found: Trace, stream: TextIO) -> None:
    tree = Tree(Text(_describe(found.target, found), style="bold"))
    if not found.steps:
        tree.add(Text(_describe_nothing(found), style="dim"))
    for direction in ("later", "earlier"):
        steps = tuple(step for step in found.steps if step.direction == direction)
        _grow(tree, found.target.iri, steps, set(), found)
    write_rich(tree, stream)


def _describe_nothing(found: Trace) -> str:
    until = f" until {found.as_of}" if found.as_of else ""
    return f"no article here{until} says that anything carries it out, or what it rests on"


def _grow(tree: Tree, near: str, steps: tuple[Step, ...], grown: set[str], found: Trace) -> None:
    """Hangs on a node what is one step farther; a thing reached twice is unfolded once."""
    if near in grown:
        return
    grown.add(near)
    for step in steps:
        if step.near.iri == near:
            branch = tree.add(Text(f"{_name_step(step)} {_describe(step.far, found)}"))
            for said in step.evidence:
                branch.add(Text(cite(said), style="dim"))
            _grow(branch, step.far.iri, steps, grown, found)


def _name_step(step: Step) -> str:
    words = _LATER_WORDS if step.direction == "later" else _EARLIER_WORDS
    return words.get(step.predicate, step.predicate)


_TRACE_WRITERS: dict[TraceFormat, Callable[[Trace, TextIO], None]] = {
    TraceFormat.TREE: _write_trace_tree,
    TraceFormat.JSON: _write_trace_json,
    TraceFormat.CSV: _write_trace_csv,
    TraceFormat.HTML: _write_trace_html,
}


def _describe(node: Node, found: Trace) -> str:
    told = ", ".join(part for part in (node.label, node.date, node.issuer) if part)
    endings = found.endings.get(node.iri, ())
    ended = map(_tell_ending, endings)
    return make_visible(" · ".join([told, *ended]))


def _tell_ending(ending: Ending) -> str:
    parts = f" ({', '.join(ending.provisions)} alone)" if ending.provisions else ""
    return f"{_LATER_WORDS[ending.predicate]} {ending.by.label}{parts}"
