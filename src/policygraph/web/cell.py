"""A page of an answer, as people read it: labels beside IRIs, and where their pages are."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import islice
from typing import IO, Literal, cast

from pyoxigraph import (
    BlankNode,
    NamedNode,
    QueryResultsFormat,
    QuerySolutions,
    Triple,
    parse_query_results,
)
from pyoxigraph import Literal as RdfLiteral

from policygraph.graph.isolation import WrittenAnswer
from policygraph.graph.queries import Question, Term
from policygraph.web.label import Label, label_article, label_iri
from policygraph.web.record import path_with
from policygraph.web.snapshot import Snapshot


@dataclass(frozen=True, slots=True)
class Asked:
    """A question, and its answer as it was written in a process apart."""

    question: Question
    written: WrittenAnswer


CellKind = Literal["iri", "literal", "blank", "triple"]


@dataclass(frozen=True, slots=True)
class Cell:
    """A term of an answer.

    Attributes:
        value: an IRI, the text of a literal, the name of a blank node, or a triple.
        datatype: of a literal, with a prefix ("xsd:date"); None for plain text.
        language: of a literal that has one.
        label: what an IRI, or the id of an article, is called.
    """

    kind: CellKind
    value: str
    datatype: str | None = None
    language: str | None = None
    label: Label | None = None


@dataclass(frozen=True, slots=True)
class Column:
    """A variable that is shown, and where its cells stand in a row."""

    name: str
    place: int


@dataclass(frozen=True, slots=True)
class AnswerPage:
    """Some rows of an answer, of which there are `count`."""

    variables: tuple[str, ...]
    rows: tuple[tuple[Term | None, ...], ...]
    count: int


def read_page(written: WrittenAnswer, *, first: int, most: int) -> AnswerPage:
    """Rows of a table that was written as JSON; the others are counted, and not kept."""
    written.file.seek(0)
    stream = cast(IO[bytes], written.file)
    found = parse_query_results(stream, format=QueryResultsFormat.JSON)
    solutions = cast(QuerySolutions, found)
    variables = tuple(variable.value for variable in solutions.variables)
    before = sum(1 for _ in islice(solutions, first))
    rows = tuple(tuple(solution) for solution in islice(solutions, most))
    return AnswerPage(variables, rows, before + len(rows) + sum(1 for _ in solutions))


def list_columns(variables: tuple[str, ...]) -> tuple[Column, ...]:
    """The variables that are shown.

    `?documentLabel` names `?document`, and `?start`, `?end` tell where in `?article` it is said:
    the cells of these show it.
    """
    named = {f"{name}Label" for name in variables}
    hidden = named | ({"start", "end"} if "article" in variables else set())
    return tuple(Column(name, place) for place, name in enumerate(variables) if name not in hidden)


def show_rows(snapshot: Snapshot, answer: AnswerPage) -> tuple[tuple[Cell | None, ...], ...]:
    """The cells of a page."""
    return tuple(_show_row(snapshot, answer.variables, row) for row in answer.rows)


def _show_row(
    snapshot: Snapshot, variables: tuple[str, ...], row: tuple[Term | None, ...]
) -> tuple[Cell | None, ...]:
    values = dict(zip(variables, row, strict=True))
    return tuple(
        _show_article(snapshot, cell, values) if name == "article" else show_cell(snapshot, cell)
        for name, cell in values.items()
    )


def _show_article(
    snapshot: Snapshot, cell: Term | None, values: dict[str, Term | None]
) -> Cell | None:
    """The id of an article, with the place where the reader shows what the row tells of it."""
    shown = show_cell(snapshot, cell)
    label = label_article(snapshot, shown.value) if shown and shown.kind == "literal" else None
    if shown is None or label is None or label.path is None:
        return shown
    start, end = values.get("start"), values.get("end")
    if isinstance(start, RdfLiteral) and isinstance(end, RdfLiteral):
        at = ("at", f"{start.value},{end.value}")
        label = Label(label.iri, label.short, label.vi, label.en, path_with(label.path, at) + "#at")
    return Cell("literal", shown.value, label=label)


def show_cell(snapshot: Snapshot, term: Term | None) -> Cell | None:
    """A term as pages tell of it."""
    match term:
        case None:
            return None
        case NamedNode():
            return Cell("iri", term.value, label=label_iri(snapshot, term.value))
        case RdfLiteral():
            return _show_literal(snapshot, term)
        case BlankNode():
            return Cell("blank", term.value)
        case Triple():
            return Cell("triple", str(term))


def _show_literal(snapshot: Snapshot, literal: RdfLiteral) -> Cell:
    datatype = literal.datatype.value
    is_plain = literal.language or datatype.endswith("#string")
    short = None if is_plain else label_iri(snapshot, datatype).short
    return Cell("literal", literal.value, datatype=short, language=literal.language)
