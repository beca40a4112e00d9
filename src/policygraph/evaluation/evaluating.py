"""Extracts the texts of gold files, and tells how well that agrees with the gold."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from policygraph.errors import PolicyGraphError
from policygraph.evaluation.comparison import Comparison, compare
from policygraph.evaluation.figures import Figure, measure
from policygraph.evaluation.found import view_extraction
from policygraph.evaluation.gold import GoldText, read_golds
from policygraph.evaluation.mistakes import Mistake, find_mistakes
from policygraph.pipeline import extract_text

OnError = Callable[[PolicyGraphError], None]


@dataclass(frozen=True, slots=True)
class Evaluation:
    """Gold texts, each beside what was found in it."""

    texts: tuple[Comparison, ...]

    @property
    def figures(self) -> dict[str, Figure]:
        """Precision, recall and F1 by the name of the figure, over all texts together."""
        return measure(self.texts)

    @property
    def mistakes(self) -> tuple[Mistake, ...]:
        """Every error, text by text."""
        return tuple(mistake for text in self.texts for mistake in find_mistakes(text))

    def as_json(self, *, errors: bool = True) -> dict[str, Any]:
        """The JSON object that `policygraph evaluate` prints."""
        figures = {name: asdict(figure) for name, figure in self.figures.items()}
        texts = [_describe(comparison, errors=errors) for comparison in self.texts]
        return {"figures": figures, "texts": texts}


def _describe(comparison: Comparison, *, errors: bool) -> dict[str, Any]:
    named: dict[str, Any] = {"name": comparison.gold.name, "file": comparison.gold.place}
    if errors:
        named["errors"] = [mistake.as_json() for mistake in find_mistakes(comparison)]
    return named


def evaluate(*paths: Path | str, on_error: OnError | None = None) -> Evaluation:
    """Measures the extraction on gold files and folders of them, each text by itself.

    Args:
        on_error: gets each file that cannot be measured, while the rest is.

    Raises:
        PolicyGraphError: without `on_error`, the first file that cannot be measured: figures over
            fewer texts than were named would mislead.
    """
    return Evaluation(tuple(_compare_all(paths, on_error or _fail)))


def _fail(error: PolicyGraphError) -> None:
    raise error


def _compare_all(paths: tuple[Path | str, ...], on_error: OnError) -> Iterator[Comparison]:
    for gold in read_golds(*paths):
        if isinstance(gold, PolicyGraphError):
            on_error(gold)
            continue
        try:
            yield _compare_text(gold)
        except PolicyGraphError as error:
            on_error(error)


def _compare_text(gold: GoldText) -> Comparison:
    return compare(gold, view_extraction(extract_text(gold.text, name=gold.place)))
