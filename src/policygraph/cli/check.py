"""check: what to look at: contradictions, open citations, unknown documents, broken shapes."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Sequence
from dataclasses import asdict
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, TextIO

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
    from policygraph.graph.fault import Fault
    from policygraph.graph.findings import Findings
    from policygraph.graph.gap import Candidate, OpenCitation, UnknownDocument


class CheckFormat(StrEnum):
    """How check prints what it found."""

    TEXT = "text"
    JSON = "json"


class CheckKind(StrEnum):
    """What check looks for: the fields of `Findings`, in the order in which they are told."""

    CONTRADICTIONS = "contradictions"
    DECIDED = "decided"
    OPEN = "open"
    UNKNOWN = "unknown"


def check(
    graph: GraphFolder = Path("graph"),
    only: Annotated[
        list[CheckKind] | None, typer.Option(help="Tell of this alone; may be repeated.")
    ] = None,
    format: Annotated[CheckFormat, typer.Option(help="text or json.")] = CheckFormat.TEXT,
    output: Output = None,
    shapes: Annotated[
        bool,
        typer.Option(
            "--shapes", help="Hold the graph against the shapes of the ontology as well; slow."
        ),
    ] = False,
    strict: Annotated[
        bool,
        typer.Option(
            "--strict",
            help="Exit with 1 where there are contradictions, told of or not, or broken shapes.",
        ),
    ] = False,
) -> None:
    """Report what a person should look at, each with the words or sentences that show it.

    contradictions: documents to which articles give two dates or two issuers; decided: those of
    them that a reviewer decided (`policygraph review date`). open: citations that fit several
    documents. unknown: documents that neither the registry knows nor the articles identify, and
    central ones that they identify but the registry does not hold.

    With --shapes also what in the graph itself is not as the ontology has it (a statement without
    its sentence, a date that is none): damage, or what another program wrote into it. It needs
    policygraph[check], and memory and time as the graph is large.

    All these are findings, not failures: the exit code is 0 with and without them. With --strict
    it is 1 where there are contradictions, whatever --only leaves out, or broken shapes.

    Example:  policygraph check --only contradictions --only open

    Example:  policygraph check --shapes --format json
    """
    opened = open_graph(graph)
    found = opened.check()
    faults = opened.find_faults() if shapes else None
    kinds = [kind for kind in CheckKind if not only or kind in only]
    with open_output(output) as stream:
        _WRITERS[format](found, kinds, faults, stream)
    if strict and (found.contradictions or faults):
        raise typer.Exit(1)


#: What breaks the shapes; None where nobody asked.
_Faults = Sequence["Fault"] | None


def _write_json(
    found: Findings, kinds: Sequence[CheckKind], faults: _Faults, stream: TextIO
) -> None:
    values = {str(kind): [asdict(each) for each in getattr(found, kind)] for kind in kinds}
    if faults is not None:
        values["shapes"] = [asdict(fault) for fault in faults]
    stream.write(json.dumps(values, ensure_ascii=False, indent=2) + "\n")


def _write_text(
    found: Findings, kinds: Sequence[CheckKind], faults: _Faults, stream: TextIO
) -> None:
    """The sections, an empty line between them."""
    told = [kind for kind in kinds if kind is not CheckKind.DECIDED or found.decided] or kinds
    sections = [section for kind in told for section in _SECTIONS[kind](found)]
    if faults is not None:
        lines = [line for fault in faults for line in _tell_fault(fault)]
        sections.append(_head("broken shapes", len(faults), lines))
    stream.write("\n\n".join("\n".join(map(_in_one_line, section)) for section in sections) + "\n")


def _in_one_line(line: str) -> str:
    """A line that no name in it can break."""
    return make_visible(line).replace("\n", " ")


_WRITERS: dict[CheckFormat, Callable[[Findings, Sequence[CheckKind], _Faults, TextIO], None]] = {
    CheckFormat.JSON: _write_json,
    CheckFormat.TEXT: _write_text,
}


def _tell_contradictions(found: Findings) -> Iterator[list[str]]:
    lines = [line for each in found.contradictions for line in _tell_contradiction(each)]
    yield _head("contradictions", len(found.contradictions), lines)


def _tell_all_decided(found: Findings) -> Iterator[list[str]]:
    lines = [line for each in found.decided for line in _tell_contradiction(each)]
    yield _head("decided contradictions", len(found.decided), lines)


def _tell_all_open(found: Findings) -> Iterator[list[str]]:
    lines = [line for each in found.open for line in _tell_open(each)]
    yield _head("open citations", len(found.open), lines)


def _tell_all_unknown(found: Findings) -> Iterator[list[str]]:
    for is_identified, title in _UNKNOWN_TITLES.items():
        unknown = [each for each in found.unknown if each.is_identified is is_identified]
        yield _head(title, len(unknown), [line for each in unknown for line in _tell_unknown(each)])


_UNKNOWN_TITLES = {
    False: "unknown documents",
    True: "identified central documents outside the registry",
}

_SECTIONS: dict[CheckKind, Callable[[Findings], Iterator[list[str]]]] = {
    CheckKind.CONTRADICTIONS: _tell_contradictions,
    CheckKind.DECIDED: _tell_all_decided,
    CheckKind.OPEN: _tell_all_open,
    CheckKind.UNKNOWN: _tell_all_unknown,
}


def _head(title: str, count: int, lines: list[str]) -> list[str]:
    return [f"{title}: {count}", *lines] if count else [f"no {title}"]


def _tell_contradiction(contradiction: Contradiction) -> Iterator[str]:
    sides = " or ".join(value.value for value in contradiction.values)
    yield f"{contradiction.label}: {contradiction.property} {sides}"
    if contradiction.decided is not None:
        yield f"  {contradiction.decided}  decided by {contradiction.decision}"
    for value in contradiction.values:
        for said in value.evidence:
            yield f"  {value.value}  {cite(said)}"
        if value.source:
            yield f"  {value.value}  known from {value.source}"


def _tell_open(citation: OpenCitation) -> Iterator[str]:
    yield f"{citation.label}: may be {' or '.join(map(_name_candidate, citation.candidates))}"
    for said in citation.evidence:
        yield f"  {cite(said)}"


def _name_candidate(candidate: Candidate) -> str:
    return f"{candidate.label}, {candidate.date}" if candidate.date else candidate.label


def _tell_fault(fault: Fault) -> Iterator[str]:
    yield f"{fault.label}: {fault.problem}; expected: {fault.expected}"
    yield f"  {fault.node}"


def _tell_unknown(document: UnknownDocument) -> Iterator[str]:
    articles = "1 article" if document.articles == 1 else f"{document.articles} articles"
    yield f"{document.label}: in {articles}"
    yield f"  {cite(document.first)}"
