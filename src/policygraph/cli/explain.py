"""explain: why a mention was read, and what it was linked to."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import asdict
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from policygraph.cli.terminal import (
    Output,
    make_visible,
    open_graph,
    open_output,
    print_error,
)
from policygraph.errors import PolicyGraphError, ReadingError

if TYPE_CHECKING:
    from policygraph.explanation import (
        Attribute,
        Candidate,
        Explanation,
        GapExplanation,
        LinkExplanation,
        MentionExplanation,
        Passage,
        StatementExplanation,
    )
    from policygraph.pipeline import Extraction
    from policygraph.rule_index import RuleSource

    Told = tuple[str, Explanation]


class ExplainFormat(StrEnum):
    """How explain prints what it knows."""

    TEXT = "text"
    JSON = "json"


def explain(
    place: Annotated[
        str,
        typer.Argument(
            metavar="FILE:OFFSET", help="An article and an offset in code points; FILE with --find."
        ),
    ],
    find: Annotated[
        str | None,
        typer.Option(metavar="TEXT", help="Explain each mention that holds these words instead."),
    ] = None,
    article: Annotated[
        str | None, typer.Option(metavar="ID", help="The one article meant of a file of many.")
    ] = None,
    graph: Annotated[
        Path | None,
        typer.Option("--graph", "-g", help="Follow what was decided in this graph (review)."),
    ] = None,
    format: Annotated[ExplainFormat, typer.Option(help="text or json.")] = ExplainFormat.TEXT,
    output: Output = None,
) -> None:
    """Explain a mention: the row of data/ that made it, what was read, linked and stated, and why.

    Offsets are those that extract, trace and check print: code points into the untouched text.
    Links are told as this text and the registry alone decide them, with --graph also what reviewers
    decided there; in a graph other articles may complete them.

    Example:  policygraph explain data/articles/hanoi-dan-van.txt:2170

    Example:  policygraph explain data/articles/hanoi-dan-van.txt --find "dân vận khéo"
    """
    if find is not None and not find.strip(" \t\n\"'“”"):
        raise typer.BadParameter("--find needs words to look for")
    file, offset = (Path(place), None) if find is not None else _split_place(place)
    found, failed = _read(file, article)
    if graph is not None:
        opened = open_graph(graph)
        found = [each.follow(opened) for each in found]
    if offset is None:
        told = _explain_words(file, found, find or "")
    else:
        told = [_explain_offset(file, found, offset)]
    with open_output(output) as stream:
        if format is ExplainFormat.JSON:
            records = [_as_record(*each) for each in told]
            stream.write(json.dumps(records, ensure_ascii=False, indent=2) + "\n")
        else:
            stream.write("\n".join(make_visible(_tell(*each)) for each in told))
    if failed:
        raise typer.Exit(1)


def _split_place(place: str) -> tuple[Path, int]:
    """A file and an offset; the last colon counts, for names and drives may hold others."""
    name, colon, offset = place.rpartition(":")
    is_offset = bool(name and colon) and offset.isascii() and offset.isdigit()
    if not is_offset or (Path(place).exists() and not Path(name).exists()):
        raise typer.BadParameter(
            f"“{place}” is not FILE:OFFSET, like note.txt:120; to look for words instead: "
            "FILE --find TEXT"
        )
    return Path(name), int(offset)


def _read(file: Path, article: str | None) -> tuple[list[Extraction], bool]:
    """The articles of a file, or the one of an id; and whether any could not be read."""
    from policygraph.pipeline import extract

    if file.is_dir():
        remedy = "name one file of it"
        raise ReadingError("is a folder, and explain reads one file", place=file, remedy=remedy)
    if not file.exists():
        remedy = "name a file of an article"
        raise ReadingError("there is no such file", place=file, remedy=remedy)
    found: list[Extraction] = []
    failed = False
    for each in extract(file):
        if isinstance(each, PolicyGraphError):
            print_error(each)
            failed = True
        elif article in (None, each.annotated.article.id):
            found.append(each)
    if not found and failed:
        raise typer.Exit(1)
    if not found:
        remedy = "policygraph extract lists them as “source”"
        raise PolicyGraphError(f"holds no article “{article}”", place=file, remedy=remedy)
    return found, failed


def _explain_offset(file: Path, found: Sequence[Extraction], offset: int) -> Told:
    if len(found) > 1:
        message = f"holds {len(found)} articles, and an offset lies in one"
        remedy = f"name it, like --article {found[0].annotated.article.id}, or use --find"
        raise PolicyGraphError(message, place=file, remedy=remedy)
    try:
        return found[0].source, found[0].explain(offset)
    except PolicyGraphError as error:
        raise PolicyGraphError(error.message, place=file, remedy=error.remedy) from error


def _explain_words(file: Path, found: Sequence[Extraction], words: str) -> list[Told]:
    told: list[Told] = [(each.source, one) for each in found for one in each.explain_words(words)]
    if not told:
        raise PolicyGraphError(
            f"no mention holds “{words}”", place=file, remedy=_hint(found, words)
        )
    return told


def _hint(found: Sequence[Extraction], words: str) -> str:
    """Where words stand that no mention holds."""
    from policygraph.explanation import find_words

    for each in found:
        if offsets := find_words(each.annotated.article.text, words):
            places = ", ".join(map(str, offsets[:5])) + (", …" if len(offsets) > 5 else "")
            return f"the words stand at {places} of {each.source}; ask for one of these offsets"
    return "the text does not hold these words at all"


def _as_record(source: str, explanation: Explanation) -> dict[str, Any]:
    """The same keys for every mention; for a place without one, `mention` is null."""
    return {"article": source, "mention": None, **asdict(explanation)}


def _tell(source: str, explanation: Explanation) -> str:
    from policygraph.explanation import GapExplanation

    if isinstance(explanation, GapExplanation):
        lines = _tell_gap(source, explanation)
    else:
        lines = _tell_mention(source, explanation)
    return "".join(line + "\n" for line in lines)


def _tell_gap(source: str, gap: GapExplanation) -> Iterator[str]:
    yield f"{source}:{gap.offset}  no mention"
    yield f"“…{_flatten(gap.around.text)}…”"
    yield ""
    if gap.read_as and gap.read_of:
        told = f"{gap.read_as.name} {gap.read_as.value}"
        yield f"  read here: the {told}, of {_cite(gap.read_of)}"
    if gap.furniture:
        start, end = gap.furniture.start, gap.furniture.end
        yield f"  in furniture, {start}-{end}: what stands around the article gives no mentions"
    yield f"  nearest before: {_cite(gap.before) if gap.before else 'none'}"
    yield f"  nearest behind: {_cite(gap.behind) if gap.behind else 'none'}"


def _tell_mention(source: str, told: MentionExplanation) -> Iterator[str]:
    start, end = told.mention.start, told.mention.end
    yield f"{source}:{start}-{end}  {told.kind}"
    yield f"“{_flatten(told.mention.text)}”"
    yield ""
    yield from _tell_row(told.rule, told.row)
    yield ""
    yield "read of it"
    yield from map(_tell_attribute, told.attributes)
    yield ""
    yield "other mentions of the same" if told.others else "no other mention of the same"
    yield from (f"  {_cite(other)}" for other in told.others)
    yield ""
    yield from _tell_link(told.link)
    for is_here in (True, False):
        yield from _tell_statements([s for s in told.statements if s.is_here is is_here])


def _tell_row(rule: str, row: RuleSource) -> Iterator[str]:
    by = "" if rule.endswith(row.id) else f"rule {rule}, "
    yield f"made by the {by}row {row.id}, {row.file}:{row.line}"
    yield f"  source    {row.source}"
    if row.note:
        yield f"  note      {row.note}"
    yield from _list_texts("examples", row.examples)
    yield from _list_texts("not in", row.counter_examples)


def _list_texts(name: str, texts: Iterable[str]) -> Iterator[str]:
    for number, text in enumerate(texts):
        yield f"  {'' if number else name:<9} “{_flatten(text)}”"


def _tell_attribute(attribute: Attribute) -> str:
    place = f"  {_cite(attribute.place)}" if attribute.place else ""
    return f"  {attribute.name:<9} {attribute.value}{place}"


def _tell_link(link: LinkExplanation) -> Iterator[str]:
    yield f"stands for {link.label}"
    yield f"  id        {link.id}"
    yield f"  basis     {link.basis}: {link.meaning}"
    if link.known:
        yield f"  known     {_locate(link.known)}"
    if link.partial:
        yield f"  alone     {link.partial}, by what this text says of it"
    for decision in link.decided_by:
        yield f"  decided   {decision}"
    for candidate in link.candidates:
        yield f"  may be    {_tell_candidate(candidate)}"
    for candidate in link.rejected:
        yield f"  is not    {_tell_candidate(candidate)}"


def _tell_candidate(candidate: Candidate) -> str:
    reason = f": {candidate.reason}" if candidate.reason else ""
    known = f", {_locate(candidate.known)}" if candidate.known and not reason else ""
    return f"{candidate.label} ({candidate.id}){reason}{known}"


def _tell_statements(statements: Sequence[StatementExplanation]) -> Iterator[str]:
    """The statements by their sentences."""
    sentences: dict[Passage, list[StatementExplanation]] = {}
    for statement in statements:
        sentences.setdefault(statement.sentence, []).append(statement)
    for sentence, stated in sentences.items():
        yield ""
        yield f"stated in {'its sentence' if stated[0].is_here else 'another sentence'}"
        yield f"  {_cite(sentence)}"
        for one in stated:
            yield f"  {one.subject} {one.predicate} {one.object}"
            yield f"    by the row {one.rule.id}, {_locate(one.rule)}"


def _locate(row: RuleSource) -> str:
    return f"{row.file}:{row.line}, from {row.source}"


def _cite(passage: Passage) -> str:
    return f"“{_flatten(passage.text)}” {passage.start}-{passage.end}"


def _flatten(text: str) -> str:
    return " ".join(text.split())
