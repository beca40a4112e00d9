"""What the editor completes, and the labels that it shows beside IRIs; for programs alone."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated

from pydantic import Field

from policygraph.graph.namespaces import PREFIXES
from policygraph.graph.vocabulary import Term, list_terms
from policygraph.web.label import Label, label_iri
from policygraph.web.snapshot import Snapshot

_MOST_IRIS = 200


@dataclass(frozen=True, slots=True)
class VocabularyQuery:
    """Nothing may be asked of it."""


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """What queries are made of.

    Attributes:
        base: of the IRIs of this graph.
        prefixes: namespaces by the prefixes that a query need not declare.
    """

    base: str
    prefixes: dict[str, str]
    terms: tuple[Term, ...]


def show_vocabulary(snapshot: Snapshot, _: VocabularyQuery) -> Vocabulary:
    return Vocabulary(snapshot.base, dict(PREFIXES), list_terms())


@dataclass(frozen=True, slots=True)
class LabelsQuery:
    """Some IRIs."""

    iri: Annotated[
        tuple[Annotated[str, Field(max_length=2_000)], ...],
        Field(max_length=_MOST_IRIS, description=f"Repeat; at most {_MOST_IRIS}."),
    ] = ()


@dataclass(frozen=True, slots=True)
class Labels:
    """The labels of those IRIs that have a name, in their order."""

    labels: tuple[Label, ...]


def show_labels(snapshot: Snapshot, query: LabelsQuery) -> Labels:
    found = (label_iri(snapshot, iri) for iri in dict.fromkeys(query.iri))
    return Labels(tuple(label for label in found if label.vi or label.en))
