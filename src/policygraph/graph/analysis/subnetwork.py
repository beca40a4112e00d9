"""What of a network an analysis looks at, and what it hands back: nodes, edges, parameters."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, NamedTuple, Protocol, TypeAlias

from policygraph.errors import ParameterError
from policygraph.graph.evidence import Quotation
from policygraph.graph.network import list_relations
from policygraph.graph.thing import Node

if TYPE_CHECKING:
    import networkx as nx

    Network: TypeAlias = nx.MultiDiGraph[str]

Parameter: TypeAlias = str | int | float | tuple[str, ...] | None


class Edge(NamedTuple):
    """A direct triple, by the IRIs of its ends and the key of its relation."""

    subject: str
    object: str
    relation: str


class Result(Protocol):
    """What an analysis hands back: a table that says how it was made.

    Attributes:
        parameters: by name; what was left out stands there with the value that was used.
        caption: how much was found, and the parameters, for people.
        columns: what the cells of each row are; those of "id" and "ids" hold IRIs, for machines.
    """

    @property
    def parameters(self) -> Mapping[str, Parameter]: ...

    @property
    def caption(self) -> str: ...

    @property
    def columns(self) -> tuple[str, ...]: ...

    def rows(self) -> Iterator[tuple[object, ...]]: ...

    def as_json(self) -> dict[str, Any]: ...


def freeze(**parameters: Parameter) -> Mapping[str, Parameter]:
    """Parameters that nobody changes afterwards."""
    return MappingProxyType(parameters)


def tell_parameters(parameters: Mapping[str, Parameter]) -> str:
    """ "damping=0.85; by=pagerank"; what was not set is left out."""
    told = {name: value for name, value in parameters.items() if value is not None}
    return "; ".join(f"{name}={_tell(value)}" for name, value in told.items())


def _tell(value: Parameter) -> str:
    return ",".join(value) if isinstance(value, tuple) else str(value)


def choose_relations(chosen: Collection[str] | None, usual: Sequence[str]) -> tuple[str, ...]:
    """The relations asked for, or the usual ones, in the order of their names.

    Raises ParameterError for one that no graph has.
    """
    chosen = usual if chosen is None else chosen
    if unknown := sorted(set(chosen) - set(list_relations())):
        known = ", ".join(sorted(list_relations()))
        raise ParameterError(f"there is no relation {unknown[0]!r}", remedy=f"relations: {known}")
    return tuple(sorted(set(chosen)))


def choose_one(name: str, value: str, known: Sequence[str]) -> None:
    """Raises ParameterError unless a parameter's value is one of those that it may have."""
    if value not in known:
        message = f"{name} may not be {value!r}"
        raise ParameterError(message, remedy=f"it is one of {', '.join(known)}")


def check_least(name: str, value: float | None, least: float) -> None:
    """Raises ParameterError where a number is too small, or none at all."""
    if value is not None and not value >= least:
        raise ParameterError(f"{name} may not be {value}", remedy=f"it is at least {least}")


def list_edges(network: Network, relations: Collection[str]) -> list[Edge]:
    """The edges of some relations in a fixed order; those from a thing to itself are none."""
    return sorted(
        Edge(subject, object_, relation)
        for subject, object_, relation in network.edges(keys=True)
        if relation in relations and subject != object_
    )


def check_node(network: Network, iri: str) -> None:
    """Raises ParameterError unless the network has a node of this IRI."""
    if iri not in network:
        raise ParameterError(f"there is no node <{iri}>", remedy="PolicyGraph.find gives IRIs")


def check_kind(network: Network, iri: str, kinds: Sequence[str]) -> None:
    """Raises ParameterError unless the network has a node of this IRI and of one of these kinds."""
    check_node(network, iri)
    if (kind := kind_of(network, iri)) not in kinds:
        message = f"<{iri}> is of the kind {kind!r}"
        raise ParameterError(message, remedy=f"name one of the kind {' or '.join(kinds)}")


def kind_of(network: Network, iri: str) -> str:
    return str(network.nodes[iri]["kind"])


def read_node(network: Network, iri: str) -> Node:
    told = network.nodes[iri]
    known = ("kind", "label", "number", "date", "type", "title", "issuer")
    return Node(iri, **{name: told[name] for name in known})


def node_as_json(node: Node) -> dict[str, str | None]:
    return {"kind": node.kind, **node.as_json()}


def read_evidence(network: Network, edge: Edge) -> list[Quotation]:
    """Where the texts say it, the shortest first: what a reader takes in at once."""
    told = network.edges[edge]["evidence"]
    return sorted((Quotation(**said) for said in told), key=lambda said: (len(said.quote), said))
