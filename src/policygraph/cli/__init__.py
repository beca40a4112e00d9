"""The command line: reads arguments, calls the pipeline and the graph, prints. No logic of its own.

Results go to standard output, messages to standard error. Exit codes: 0 all went well, 1 something
failed (the rest was done), 2 the command was not understood or a name is ambiguous.
"""

from __future__ import annotations

import sys
from typing import Annotated

import typer

from policygraph.cli import (
    build,
    check,
    coverage,
    evaluate,
    explain,
    export,
    extract,
    network,
    query,
    review,
    serve,
    trace,
    view,
)
from policygraph.cli.terminal import print_error, print_line, use_utf8
from policygraph.errors import AmbiguousNameError, BuildError, PolicyGraphError

_HELP = """Turns Vietnamese policy articles into a knowledge graph, and traces which documents
carry out a resolution.

Example:  policygraph build data/articles

Example:  policygraph trace "25-NQ/TW khóa XI"

build reads articles into the graph folder “graph”; the other commands ask that graph, or another
one that --graph names.

Exit codes: 0 all went well; 1 something failed, the rest was done; 2 the command was not
understood, or a name is ambiguous."""

app = typer.Typer(
    help=_HELP,
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode="markdown",
)
for command in (
    *(build.build, extract.extract, explain.explain, query.query, trace.trace),
    *(coverage.coverage, check.check, view.view, serve.serve, export.export, evaluate.evaluate),
):
    app.command()(command)
app.add_typer(network.app, name="network")
app.add_typer(review.app, name="review")


def _print_version(is_asked: bool) -> None:
    if is_asked:
        from policygraph import __version__

        print_line(f"policygraph {__version__}")
        raise typer.Exit


@app.callback()
def start(
    version: Annotated[
        bool,
        typer.Option("--version", callback=_print_version, is_eager=True, help="Print it and end."),
    ] = False,
) -> None:
    """Takes the options before the command; the help text stands with the app."""


def main() -> None:
    """Runs the command line; a known error becomes one line on standard error."""
    use_utf8()
    try:
        app()
    except BuildError:
        sys.exit(1)  # each of its errors was printed when it was met
    except AmbiguousNameError as error:
        print_error(error)
        for iri, label in error.candidates:
            print_error(f"{iri}  {label}", lead="  ")
        sys.exit(2)
    except PolicyGraphError as error:
        print_error(error)
        sys.exit(1)
    except OSError as error:
        print_error(f"{error.filename or 'policygraph'}: {error.strerror or error}")
        sys.exit(1)
