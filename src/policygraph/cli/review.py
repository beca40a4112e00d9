"""review: what to decide, what was decided, and deciding."""

from __future__ import annotations

import getpass
import json
import re
from collections.abc import Iterator
from dataclasses import asdict
from datetime import UTC, datetime
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

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
    from policygraph.deciding import ReviewReport
    from policygraph.decision import Anchor, DistinctionProperty
    from policygraph.graph.findings import Findings
    from policygraph.graph.review import LoggedDecision
    from policygraph.reviewing import Reviewer

_HELP = """Decide what the texts leave open or got wrong, and see what was decided.

A decision is kept with its author and time, counts through every build, and can be undone. A
reference is named by its article and an offset, as check, trace and list print it; a thing by
number, name or IRI.

Example:  policygraph review list

Example:  policygraph review date "23-CTr/TU, 15/7/2013" 2013-07-25 --note "checked on paper"

Example:  policygraph review log"""

app = typer.Typer(help=_HELP, no_args_is_help=True, rich_markup_mode="markdown")


class ReviewFormat(StrEnum):
    """How review prints a list."""

    TABLE = "table"
    JSON = "json"


Place = Annotated[
    str,
    typer.Argument(metavar="ARTICLE:OFFSET", help="An article's id and an offset in code points."),
]
Name = Annotated[str, typer.Argument(help="A thing by number, name or IRI.")]
Author = Annotated[
    str | None, typer.Option(metavar="NAME", help="Who decides; else the login name.")
]
Note = Annotated[str | None, typer.Option(metavar="TEXT", help="Why.")]
Format = Annotated[ReviewFormat, typer.Option(help="table or json.")]


@app.command("list")
def list_open(
    graph: GraphFolder = Path("graph"),
    format: Format = ReviewFormat.TABLE,
    output: Output = None,
) -> None:
    """List what is open to decide: citations that fit several documents, and contradictions.

    Example:  policygraph review list

    Example:  policygraph review list --format json
    """
    found = open_graph(graph).check()
    with open_output(output) as stream:
        if format is ReviewFormat.JSON:
            record = {
                "open": [asdict(each) for each in found.open],
                "contradictions": [asdict(each) for each in found.contradictions],
            }
            stream.write(json.dumps(record, ensure_ascii=False, indent=2) + "\n")
        else:
            columns = ("what", "where", "may be")
            write_rich(make_table(columns, _list_open(found)), stream)


def _list_open(found: Findings) -> Iterator[tuple[str, str, str]]:
    for citation in found.open:
        names = [", ".join(filter(None, (each.label, each.date))) for each in citation.candidates]
        for said in citation.evidence:
            quote = " ".join(said.quote.split())
            yield f"“{quote}”", f"{said.article}:{said.start}", " or ".join(names)
    for each in found.contradictions:
        values = " or ".join(value.value for value in each.values)
        yield f"{each.label}: {each.property}", each.thing, values


@app.command()
def log(
    graph: GraphFolder = Path("graph"),
    format: Format = ReviewFormat.TABLE,
    output: Output = None,
) -> None:
    """List what was decided, by whom and when, and whether it counts.

    applies: it counts. superseded: a later decision about the same does instead. lapsed: what it is
    about is no longer there; it counts again when that comes back. withdrawn: it was undone.

    Example:  policygraph review log

    Example:  policygraph review log --format json
    """
    decisions = open_graph(graph).decisions()
    with open_output(output) as stream:
        if format is ReviewFormat.JSON:
            records = [each.as_json() for each in decisions]
            stream.write(json.dumps(records, ensure_ascii=False, indent=2) + "\n")
        elif decisions:
            write_rich(make_table(_LOG_COLUMNS, map(_tell_logged, decisions)), stream)
        else:
            stream.write("nothing was decided\n")


_LOG_COLUMNS = ("id", "decided", "author", "counts", "note")


def _tell_logged(logged: LoggedDecision) -> tuple[str, ...]:
    status = f"{logged.status}: {logged.why}" if logged.why else logged.status
    decision = logged.decision
    return decision.id, _tell(logged), decision.author, status, decision.note or ""


@app.command()
def accept(
    place: Place,
    name: Name,
    graph: GraphFolder = Path("graph"),
    author: Author = None,
    note: Note = None,
) -> None:
    """Decide that a reference stands for a thing: one of its candidates, or any other.

    Example:  policygraph review accept ba-nghi-quyet-cung-so-25.md:1129 "25-NQ/TW khóa XI"
    """
    reviewer = _begin(graph, author)
    _report(reviewer.accept(*_split_place(place), name, time=_now(), note=note))


@app.command()
def reject(
    place: Place,
    name: Name,
    graph: GraphFolder = Path("graph"),
    author: Author = None,
    note: Note = None,
) -> None:
    """Decide that a reference does not stand for a thing: it stands for what is left.

    Example:  policygraph review reject hang-viet-qua-cac-van-ban.md:1792 "03-CT/TW, 19/5/2021"
    """
    reviewer = _begin(graph, author)
    _report(reviewer.reject(*_split_place(place), name, time=_now(), note=note))


@app.command()
def merge(
    name: Name,
    into: Annotated[str, typer.Argument(help="What it is the same as.")],
    graph: GraphFolder = Path("graph"),
    author: Author = None,
    note: Note = None,
) -> None:
    """Decide that two things are one: all that stands for the first stands for the second.

    Example:  policygraph review merge "Ban Thường vụ Tỉnh ủy Hà Khê" "Tỉnh ủy Hà Khê"
    """
    _report(_begin(graph, author).merge(name, into, time=_now(), note=note))


@app.command()
def split(
    places: Annotated[
        list[str],
        typer.Argument(
            metavar="ARTICLE:OFFSET...", help="References that stand for one document now."
        ),
    ],
    date: Annotated[
        str | None, typer.Option(metavar="DATE", help="The other document's date: 2018-03-05.")
    ] = None,
    year: Annotated[str | None, typer.Option(metavar="YEAR", help="Its year.")] = None,
    term: Annotated[
        str | None, typer.Option(metavar="TERM", help="Its congress term: XII.")
    ] = None,
    of_place: Annotated[
        str | None, typer.Option("--place", metavar="NAME", help="Its province.")
    ] = None,
    graph: GraphFolder = Path("graph"),
    author: Author = None,
    note: Note = None,
) -> None:
    """Decide that references stand for another document of the number, told apart by one fact.

    Example:  policygraph review split hakhe-356-bc-tu-2023.md:1018 --date 2018-03-05
    """
    facts: dict[DistinctionProperty, str | None]
    facts = {"date": date, "year": year, "term": term, "place": of_place}
    given = [(property_, value) for property_, value in facts.items() if value is not None]
    if len(given) != 1:
        raise typer.BadParameter("give one of --date, --year, --term and --place")
    reviewer = _begin(graph, author)
    _report(reviewer.split([*map(_split_place, places)], *given[0], time=_now(), note=note))


@app.command("date")
def correct_date(
    name: Annotated[str, typer.Argument(help="A document by number, name or IRI.")],
    day: Annotated[str, typer.Argument(metavar="DATE", help="Its date, such as 2013-07-25.")],
    graph: GraphFolder = Path("graph"),
    author: Author = None,
    note: Note = None,
) -> None:
    """Decide on which day a document was signed or issued; what texts say else is kept.

    Example:  policygraph review date "23-CTr/TU, 15/7/2013" 2013-07-25
    """
    _report(_begin(graph, author).correct_date(name, day, time=_now(), note=note))


@app.command()
def undo(
    decision: Annotated[
        str, typer.Argument(metavar="ID", help="A decision's id, its last part, or “last”.")
    ],
    graph: GraphFolder = Path("graph"),
    author: Author = None,
    note: Note = None,
) -> None:
    """Withdraw a decision; it stays in the log, and the same can be decided again.

    Example:  policygraph review date "23-CTr/TU, 15/7/2013" 2013-07-25

    Example:  policygraph review undo last
    """
    _report(_begin(graph, author).undo(decision, time=_now(), note=note))


@app.command()
def export(graph: GraphFolder = Path("graph"), output: Output = None) -> None:
    """Write all decisions and withdrawals, one JSON object a line.

    Example:  policygraph review export --output decisions.jsonl
    """
    from policygraph.decision_file import export_decisions

    with open_output(output) as stream:
        stream.writelines(line + "\n" for line in export_decisions(open_graph(graph)))


@app.command("import")
def import_(
    file: Annotated[Path, typer.Argument(help="A file that review export wrote.")],
    graph: GraphFolder = Path("graph"),
) -> None:
    """Take in decisions of another graph, or of one that was built anew: all of them or none.

    What is there already changes nothing. What is about articles that are not there is kept, and
    counts when they come.

    Example:  policygraph review export --output decisions.jsonl

    Example:  policygraph review import decisions.jsonl
    """
    from policygraph.decision_file import import_decisions

    done = import_decisions(graph, file)
    counts = [each.status for each in done.decisions]
    lapsed = f", {counts.count('lapsed')} lapsed" if "lapsed" in counts else ""
    with open_output(None) as stream:
        stream.write(f"{len(counts)} decisions, {done.added} new{lapsed}\n")


def _begin(folder: Path, author: str | None) -> Reviewer:
    from policygraph.reviewing import review

    return review(folder, author=author or _find_login())


def _find_login() -> str:
    try:
        return getpass.getuser()
    except (KeyError, OSError):
        message = "there is no login name: say who decides with --author"
        raise typer.BadParameter(message) from None


def _now() -> str:
    return datetime.now(UTC).isoformat(timespec="milliseconds")


_PLACE = re.compile(r"(.+):(\d+)(?:-\d+)?")


def _split_place(written: str) -> tuple[str, int]:
    """An article's id and an offset; the last colon counts, for ids may hold others."""
    found = _PLACE.fullmatch(written)
    if found is None:
        message = f"“{written}” is not ARTICLE:OFFSET, like note.txt:120"
        raise typer.BadParameter(message)
    return found[1], int(found[2])


def _report(done: ReviewReport) -> None:
    with open_output(None) as stream:
        for logged in done.decisions:
            stream.write(make_visible(f"{logged.decision.id}\n  {_tell(logged)}\n"))


def _tell(logged: LoggedDecision) -> str:
    """A decision in words, on one line."""
    from policygraph.decision import Accept, CorrectDate, Merge, Reject, Split

    labels, act = logged.labels, logged.decision.act
    match act:
        case Accept():
            told = f"{_cite([act.reference])} stands for {labels[act.thing]}"
        case Reject():
            told = f"{_cite([act.reference])} does not stand for {labels[act.thing]}"
        case Merge():
            told = f"{labels[act.thing]} is {labels[act.into]}"
        case Split():
            told = f"{_cite(act.references)} stands for {labels[act.into]}, {act.by.value}"
        case CorrectDate():
            told = f"{labels[act.thing].removesuffix(f', {act.date}')} is of {act.date}"
        case _:
            told = f"withdraws {act.decision}"
    return " ".join(told.split())


def _cite(anchors: list[Anchor] | tuple[Anchor, ...]) -> str:
    return ", ".join(f"“{each.exact}” {each.article}:{each.span.start}" for each in anchors)
