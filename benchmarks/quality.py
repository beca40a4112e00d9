"""How well the extraction agrees with a set of gold texts, and what is kept of that.

What is kept of a run names no word of the texts, which may belong to others: mentions and their
links by offsets, relations by the ids of their ends.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from policygraph.evaluation import Evaluation, Mistake, evaluate
from policygraph.span import Span

#: What is compared with the baseline name by name.
FINDINGS = ("mentions", "links", "relations")


@dataclass(frozen=True)
class Quality:
    """The figures by name, and the names of what was found, sorted.

    A mention's name is its text, kind and offsets, a link's its text, offsets and entity.
    """

    evaluation: Evaluation
    figures: dict[str, dict[str, float]]
    mentions: list[str]
    links: list[str]
    relations: list[str]

    def as_json(self) -> dict[str, Any]:
        """What a baseline keeps."""
        figures = {
            name: {column: round(value, 4) for column, value in figure.items()}
            for name, figure in self.figures.items()
        }
        return {"figures": figures} | {kind: getattr(self, kind) for kind in FINDINGS}


def is_gold(folder: Path) -> bool:
    """Whether the folder holds gold files."""
    return any(folder.rglob("*.gold"))


def measure_quality(folder: Path) -> Quality:
    """Measures a folder of gold files; raises the error of the first that is broken."""
    evaluation = evaluate(folder)
    return Quality(
        evaluation,
        {name: asdict(figure) for name, figure in evaluation.figures.items()},
        sorted(_name_mentions(evaluation)),
        sorted(_name_links(evaluation)),
        sorted(_name_relations(evaluation)),
    )


def _name_mentions(evaluation: Evaluation) -> Iterator[str]:
    for text in evaluation.texts:
        for mention in text.found.mentions:
            yield f"{text.gold.name} {mention.kind} {mention.span.start}-{mention.span.end}"


def _name_links(evaluation: Evaluation) -> Iterator[str]:
    for text in evaluation.texts:
        for mention in text.found.mentions:
            yield f"{text.gold.name} {mention.span.start}-{mention.span.end} {mention.entity}"


def _name_relations(evaluation: Evaluation) -> Iterator[str]:
    for text in evaluation.texts:
        for each in text.found.relations:
            yield f"{text.gold.name} {each.subject} {each.predicate} {each.object}"


def quote_finding(kind: str, name: str, evaluation: Evaluation) -> str:
    """The name of a mention or link with the words that stand there, for the reader only."""
    source, *parts = name.rsplit(" ", 2)
    gold = next((text.gold for text in evaluation.texts if text.gold.name == source), None)
    if kind == "relations" or gold is None:
        return name
    place = parts[1] if kind == "mentions" else parts[0]
    start, end = map(int, place.split("-"))
    return f"{name}  “{gold.quote(Span(start, end))}”"


def tell_mistake(mistake: Mistake) -> str:
    """One line for an error, and one for each excerpt."""
    head = f"{mistake.text}  {mistake.kind} {mistake.figure}: {mistake.what}"
    return "\n      ".join([head, *map(str, mistake.context)])
