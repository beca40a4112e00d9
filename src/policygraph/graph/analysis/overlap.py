"""What is cited together (co-citation), and what cites the same (bibliographic coupling)."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from policygraph.graph.analysis.incidence import Pair, Wanted, find_pairs
from policygraph.graph.analysis.subnetwork import (
    Parameter,
    check_kind,
    choose_one,
    choose_relations,
    freeze,
    kind_of,
    list_edges,
    node_as_json,
    read_node,
    tell_parameters,
)
from policygraph.graph.thing import Node

if TYPE_CHECKING:
    from policygraph.graph.analysis.subnetwork import Network

#: By which relations a text of each kind refers to documents, unless said otherwise.
_USUAL = {"article": ("cites",), "document": ("basedOn", "implements")}
_LIMIT = 100


@dataclass(frozen=True, slots=True)
class Overlap:
    """Two documents that articles cite together, or two texts that refer to the same documents.

    Attributes:
        shared: the articles that cite both; the documents that both refer to.
        first_total, second_total: how many each of them has, shared or not.
        cosine: shared / √(first_total · second_total): 1 where each has what the other has.
        lift: how many times as many are shared as if chance alone brought them together
            (association strength): 1 as many, above 1 more.
    """

    first: Node
    second: Node
    shared: tuple[Node, ...]
    first_total: int
    second_total: int
    cosine: float
    lift: float

    def as_json(self) -> dict[str, Any]:
        return {
            "first": node_as_json(self.first),
            "second": node_as_json(self.second),
            "shared": [node_as_json(node) for node in self.shared],
            "first_total": self.first_total,
            "second_total": self.second_total,
            "cosine": self.cosine,
            "lift": self.lift,
        }


@dataclass(frozen=True, slots=True)
class Overlaps:
    """Pairs, the best first; `total` is how many there are, shown or not.

    Attributes:
        unit: what is shared: "articles" or "documents".
    """

    parameters: Mapping[str, Parameter]
    pairs: tuple[Overlap, ...]
    total: int
    unit: str

    @property
    def caption(self) -> str:
        return f"{len(self.pairs)} of {self.total} pairs; {tell_parameters(self.parameters)}"

    @property
    def columns(self) -> tuple[str, ...]:
        return (
            *("first", "second", f"{self.unit} of both"),
            *(f"{self.unit} of first", f"{self.unit} of second", "cosine", "lift"),
            *(f"which {self.unit}", "first id", "second id", "shared ids"),
        )

    def rows(self) -> Iterator[tuple[object, ...]]:
        for pair in self.pairs:
            yield (
                *(pair.first.label, pair.second.label, len(pair.shared)),
                *(pair.first_total, pair.second_total, pair.cosine, pair.lift),
                "; ".join(node.label for node in pair.shared),
                *(pair.first.iri, pair.second.iri),
                " ".join(node.iri for node in pair.shared),
            )

    def as_json(self) -> dict[str, Any]:
        """`{"parameters", "total", "pairs": [{"first", "second", "shared": [{…}], …}]}`."""
        pairs = [pair.as_json() for pair in self.pairs]
        return {"parameters": dict(self.parameters), "total": self.total, "pairs": pairs}


def find_co_cited(
    network: Network,
    document: str | None = None,
    *,
    least: int = 1,
    by: str = "shared",
    limit: int | None = _LIMIT,
) -> Overlaps:
    """Documents that articles cite together: with one document, by its IRI, or all pairs.

    Args:
        least: how many articles must cite both.
        by: what comes first: most "shared" articles, or the highest "cosine" or "lift"; equals
            come by the others, then by IRI.

    Raises:
        ParameterError: an IRI of no document in the network, or a number out of bounds.
    """
    if document is not None:
        check_kind(network, document, ("document",))
    cited = (
        (edge.object, edge.subject)
        for edge in list_edges(network, ("cites",))
        if kind_of(network, edge.object) == "document"
    )
    parameters = freeze(document=document, least=least, by=by, limit=limit)
    return _compare(network, cited, Wanted(document, least, by, limit), parameters, "articles")


def find_coupled(
    network: Network,
    text: str | None = None,
    *,
    kind: str | None = None,
    relations: Collection[str] | None = None,
    least: int = 1,
    by: str = "shared",
    limit: int | None = _LIMIT,
) -> Overlaps:
    """Articles, or documents, that refer to the same documents: with one, by its IRI, or all pairs.

    Args:
        kind: "article" or "document"; without it that of the text named, else "article".
        relations: by which they refer: without it what an article cites, or what a document
            implements or is based on.
        least: how many documents both must refer to.
        by, limit: as in `find_co_cited`.

    Raises:
        ParameterError: an IRI of nothing of this kind, an unknown relation, or a number out of
            bounds.
    """
    if text is not None:
        check_kind(network, text, (kind,) if kind else tuple(_USUAL))
        kind = kind_of(network, text)
    kind = kind or "article"
    choose_one("kind", kind, tuple(_USUAL))
    chosen = choose_relations(relations, _USUAL[kind])
    ends = kind, "document"
    referring = (
        (edge.subject, edge.object)
        for edge in list_edges(network, chosen)
        if (kind_of(network, edge.subject), kind_of(network, edge.object)) == ends
    )
    parameters = freeze(text=text, kind=kind, relations=chosen, least=least, by=by, limit=limit)
    return _compare(network, referring, Wanted(text, least, by, limit), parameters, "documents")


def _compare(
    network: Network,
    has: Iterable[tuple[str, str]],
    wanted: Wanted,
    parameters: Mapping[str, Parameter],
    unit: str,
) -> Overlaps:
    pairs, total = find_pairs(has, wanted)
    overlaps = tuple(_read_overlap(network, pair) for pair in pairs)
    return Overlaps(parameters, overlaps, total, unit)


def _read_overlap(network: Network, pair: Pair) -> Overlap:
    return Overlap(
        first=read_node(network, pair.first),
        second=read_node(network, pair.second),
        shared=tuple(read_node(network, iri) for iri in pair.shared),
        first_total=pair.first_total,
        second_total=pair.second_total,
        cosine=pair.cosine,
        lift=pair.lift,
    )
