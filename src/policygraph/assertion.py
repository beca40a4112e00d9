"""The names of what a text asserts: the dates that it gives, and its statements.

What a text says of a document is found under such a name in its graph, and the names follow from
what it says alone: linking can cite an assertion without a look at the graph.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import count

from policygraph.model import DocumentReference, Evidence, StatedDate, Statement


def name_dates(reference: DocumentReference) -> Iterator[tuple[str, StatedDate]]:
    """Each date that a text gives a document, under its name: "ref-2-date-1"."""
    for number, stated in enumerate(reference.dates, 1):
        yield f"{reference.id}-date-{number}", stated


def name_statements(statements: Iterable[Statement]) -> Iterator[tuple[str, Statement, Evidence]]:
    """Each statement of a text once for each of its sentences, under its name: "statement-1"."""
    numbers = count(1)
    for statement in statements:
        for sentence in statement.evidence:
            yield f"statement-{next(numbers)}", statement, sentence
