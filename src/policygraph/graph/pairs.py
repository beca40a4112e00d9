"""What is said of one node: pairs of a property and its value."""

from __future__ import annotations

from collections.abc import Iterator

from pyoxigraph import Literal, NamedNode

Pair = tuple[NamedNode, NamedNode | Literal]


def describe_texts(*texts: tuple[NamedNode, str | None]) -> Iterator[Pair]:
    """Pairs of the texts that are known."""
    for predicate, text in texts:
        if text is not None:
            yield predicate, Literal(text)
