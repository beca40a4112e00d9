"""What the commands share: options, the two outputs, files, tables, and the progress bar."""

from __future__ import annotations

import os
import re
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from datetime import date
from io import TextIOWrapper
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, TextIO

import typer
from rich.console import Console, RenderableType
from rich.progress import Progress, SpinnerColumn, TextColumn, TimeElapsedColumn
from rich.table import Table
from rich.text import Text

from policygraph.errors import PolicyGraphError

if TYPE_CHECKING:
    from policygraph.graph.evidence import Quotation
    from policygraph.graph.policy_graph import PolicyGraph
    from policygraph.reading import Selection

Articles = Annotated[
    list[Path],
    typer.Argument(
        help="Files (text, HTML, Word, PDF, JSON, CSV, Excel, Parquet, RSS), folders of them, or "
        "@LIST, a file that names one path a line."
    ),
]
Include = Annotated[
    list[str] | None,
    typer.Option(metavar="PATTERN", help="Read only files that match, such as '*.html'. Repeat."),
]
Exclude = Annotated[
    list[str] | None,
    typer.Option(metavar="PATTERN", help="Leave out files or folders that match. Repeat."),
]
NamedColumn = Annotated[
    str | None,
    typer.Option(metavar="NAME", help="The column of tables that holds the text; else guessed."),
]
GraphFolder = Annotated[Path, typer.Option("--graph", "-g", help="The graph folder.")]
AsOf = Annotated[
    str | None,
    typer.Option(metavar="DATE", help="Only what was there, and was said, by a day: 2015-12-31."),
]
Output = Annotated[Path | None, typer.Option("--output", "-o", help="A file to write instead.")]

_WIDE = 10_000  # columns: in a pipe nothing is to be cut or wrapped


def open_graph(folder: Path) -> PolicyGraph:
    from policygraph.graph.policy_graph import PolicyGraph

    return PolicyGraph.open(folder)


def read_day(written: str | None) -> str | None:
    """An ISO 8601 day as given, or a year's last day; a usage error for anything else."""
    if written is None:
        return None
    day = f"{written}-12-31" if re.fullmatch(r"\d{4}", written) else written
    try:
        return date.fromisoformat(day).isoformat()
    except ValueError:
        message = f"“{written}” is no day such as 2015-12-31, nor a year"
        raise typer.BadParameter(message) from None


def use_utf8() -> None:
    """Writes UTF-8 whatever the locale says, and what no encoding can write as \\udcXX."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")


def select(
    include: list[str] | None, exclude: list[str] | None, text_column: str | None
) -> Selection:
    from policygraph.reading import Selection

    return Selection(tuple(include or ()), tuple(exclude or ()), text_column)


def print_note(note: object) -> None:
    """One line on standard error about something that was done, and is good to know."""
    print_error(str(note), lead="note: ")


def print_error(error: PolicyGraphError | str, *, lead: str = "error: ") -> None:
    """One line on standard error."""
    message = make_visible(" ".join(str(error).splitlines()))
    _console(sys.stderr).print(Text(lead + message), soft_wrap=True)


def print_message(message: str) -> None:
    """A line for the person at the terminal; nothing where standard error is no terminal."""
    if sys.stderr.isatty():
        _console(sys.stderr).print(Text(make_visible(message)), soft_wrap=True)


def print_line(line: str) -> None:
    sys.stdout.write(line + "\n")


def make_visible(text: str) -> str:
    """Text without the control characters by which an article could command a terminal."""
    return "".join(c if c.isprintable() or c in "\n\t" else "\ufffd" for c in text)


def cite(said: Quotation) -> str:
    """A sentence in quotation marks, its article, and its offsets in code points or its page."""
    quote = " ".join(said.quote.split())
    location = f" ({said.location})" if said.location else ""
    location += " (fiction)" if said.is_fiction else ""
    return make_visible(f"“{quote}” {said.article}:{said.start}-{said.end}{location}")


@contextmanager
def open_output(path: Path | None) -> Iterator[TextIO]:
    """Standard output, or a file that appears whole or not at all."""
    if path is None:
        with _until_nobody_reads():
            yield sys.stdout
        return
    draft = path.with_name(f".{path.name}.{os.getpid()}.part")
    try:
        with draft.open("w", encoding="utf-8", newline="") as file:
            yield file
        draft.replace(path)
    except OSError as error:
        raise PolicyGraphError(f"cannot be written: {error.strerror}", place=path) from error
    finally:
        draft.unlink(missing_ok=True)


@contextmanager
def _until_nobody_reads() -> Iterator[None]:
    """Ends the command in peace where the reader of its output has enough (`… | head`)."""
    try:
        yield
        sys.stdout.flush()
    except BrokenPipeError:
        # else Python would complain when it flushes at its end
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        raise typer.Exit from None


def write_rich(renderable: RenderableType, output: TextIO) -> None:
    """A table or a tree: as wide as the terminal, or as it needs where there is none."""
    console = _console(output)
    with console.capture() as captured:
        console.print(renderable)
    output.write(captured.get())


def _console(output: TextIO) -> Console:
    return Console(file=output, width=None if output.isatty() else _WIDE, highlight=False)


def make_table(columns: Sequence[str], rows: Iterable[Sequence[object]]) -> Table:
    table = Table(*columns, header_style="bold", pad_edge=False)
    for row in rows:
        table.add_row(*(Text(make_visible(str(cell))) for cell in row))
    return table


@contextmanager
def show_progress() -> Iterator[Callable[[int], None] | None]:
    """A count on standard error, as a callback; None where it is no terminal."""
    if not sys.stderr.isatty():
        yield None
        return
    columns = (SpinnerColumn(), TextColumn("{task.completed} read"), TimeElapsedColumn())
    with Progress(*columns, console=_console(sys.stderr), transient=True) as progress:
        task = progress.add_task("reading", total=None)
        yield lambda done: progress.update(task, completed=done)
