"""extract: what each article says."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from enum import StrEnum
from itertools import chain, islice
from pathlib import Path
from typing import TYPE_CHECKING, Annotated
from urllib.parse import quote

import typer

from policygraph.cli.terminal import (
    Articles,
    Exclude,
    Include,
    NamedColumn,
    make_table,
    open_output,
    print_error,
    print_note,
    select,
    write_rich,
)
from policygraph.errors import PolicyGraphError

if TYPE_CHECKING:
    from policygraph.pipeline import Extraction


class ExtractFormat(StrEnum):
    """How extract shows what it found."""

    JSONL = "jsonl"
    HTML = "html"
    TABLE = "table"


def extract(
    paths: Articles,
    format: Annotated[
        ExtractFormat, typer.Option(help="jsonl; html: the text with its mentions marked; table.")
    ] = ExtractFormat.JSONL,
    output: Annotated[
        Path | None,
        typer.Option("--output", "-o", help="A file; for html of several articles a folder."),
    ] = None,
    include: Include = None,
    exclude: Exclude = None,
    text_column: NamedColumn = None,
) -> None:
    """Print what each article says: mentions, entities and relations, with their offsets.

    Offsets are code points into the untouched text, which stands in the output; of a page, Word
    file or PDF into the text that was taken out of it. A file that cannot
    be read is reported, the rest is printed, and the exit code is 1.

    Example:  policygraph extract data/articles --format table
    """
    from policygraph.pipeline import extract

    failures: list[PolicyGraphError] = []
    chosen = select(include, exclude, text_column)
    found = _without_errors(extract(*paths, selection=chosen), failures)
    if format is ExtractFormat.HTML:
        _write_pages(found, output)
    elif format is ExtractFormat.TABLE:
        _write_tables(found, output)
    else:
        _write_records(found, output)
    if failures:
        raise typer.Exit(1)


def _without_errors(
    found: Iterable[Extraction | PolicyGraphError], failures: list[PolicyGraphError]
) -> Iterator[Extraction]:
    for each in found:
        if isinstance(each, PolicyGraphError):
            print_error(each)
            failures.append(each)
        else:
            for note in each.notes:
                print_note(note)
            yield each


def _write_records(found: Iterable[Extraction], output: Path | None) -> None:
    with open_output(output) as stream:
        for extraction in found:
            stream.write(json.dumps(extraction.as_record(), ensure_ascii=False) + "\n")


def _write_tables(found: Iterable[Extraction], output: Path | None) -> None:
    columns = ("article", "start", "end", "kind", "text", "entity")
    with open_output(output) as stream:
        for extraction in found:
            write_rich(make_table(columns, _list_mentions(extraction)), stream)


def _list_mentions(extraction: Extraction) -> Iterator[tuple[object, ...]]:
    record = extraction.as_record()
    for mention in record["mentions"]:
        start, end = mention["start"], mention["end"]
        surface = " ".join(record["text"][start:end].split())
        yield record["source"], start, end, mention["kind"], surface, mention["entity"]


def _write_pages(found: Iterator[Extraction], output: Path | None) -> None:
    """One page, or a folder of one page an article."""
    from policygraph.highlight import render_article

    first = list(islice(found, 2))
    if len(first) > 1 and (output is None or output.is_file()):
        message = "html shows one article a page"
        raise PolicyGraphError(message, remedy="name a folder for the pages: --output pages")
    is_folder = len(first) > 1 or (output is not None and output.is_dir())
    for extraction in chain(first, found):
        page = _name_page(output, extraction) if output and is_folder else output
        with open_output(page) as stream:
            stream.write(render_article(extraction.annotated))


def _name_page(folder: Path, extraction: Extraction) -> Path:
    """A file name from any id: an id may hold slashes and dots."""
    folder.mkdir(parents=True, exist_ok=True)
    return folder / (quote(extraction.annotated.article.id, safe=" ") + ".html")
