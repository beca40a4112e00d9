"""Which things hang together: communities by the relations between them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from policygraph.graph.analysis.subnetwork import (
    Edge,
    Parameter,
    check_least,
    choose_one,
    choose_relations,
    freeze,
    kind_of,
    list_edges,
    node_as_json,
    read_evidence,
    read_node,
    tell_parameters,
)
from policygraph.graph.evidence import Quotation
from policygraph.graph.network import list_relations
from policygraph.graph.thing import Node

if TYPE_CHECKING:
    import networkx as nx

    from policygraph.graph.analysis.subnetwork import Network

_WEIGHTS = ("sentences", "articles", "relations")
_TIES = 5
_NAMED = 3


@dataclass(frozen=True, slots=True)
class Member:
    """A thing of a community; `strength` is the weight of its relations within."""

    node: Node
    strength: int


@dataclass(frozen=True, slots=True)
class Tie:
    """A relation within a community, with its weight and the sentence that says it best."""

    subject: Node
    relation: str
    object: Node
    weight: int
    sentence: Quotation | None

    def as_json(self) -> dict[str, Any]:
        return {
            "subject": node_as_json(self.subject),
            "relation": self.relation,
            "object": node_as_json(self.object),
            "weight": self.weight,
            "sentence": self.sentence.as_json() if self.sentence else None,
        }

    def __str__(self) -> str:
        return f"{self.subject.label} {self.relation} {self.object.label}"


@dataclass(frozen=True, slots=True)
class Community:
    """Things that have more to do with each other than with others.

    Attributes:
        members: the strongest first.
        ties: the heaviest relations within, at most five; none where it has one member.
        inside: the weight of all relations within; `outside` of those that lead elsewhere.
    """

    members: tuple[Member, ...]
    ties: tuple[Tie, ...]
    inside: int
    outside: int

    @property
    def label(self) -> str:
        """Its three strongest members."""
        return " · ".join(member.node.label for member in self.members[:_NAMED])

    def as_json(self) -> dict[str, Any]:
        members = [
            {**node_as_json(member.node), "strength": member.strength} for member in self.members
        ]
        return {
            "label": self.label,
            "size": len(self.members),
            "inside": self.inside,
            "outside": self.outside,
            "members": members,
            "ties": [tie.as_json() for tie in self.ties],
        }


@dataclass(frozen=True, slots=True)
class Communities:
    """All communities, the largest first.

    Attributes:
        total: how many there are, shown or not.
        modularity: how much heavier the relations within are than chance would have them: 0 not at
            all, towards 1 very much.
    """

    parameters: Mapping[str, Parameter]
    communities: tuple[Community, ...]
    total: int
    modularity: float

    @property
    def caption(self) -> str:
        shown = f"{len(self.communities)} of {self.total} communities"
        return f"{shown}; modularity {self.modularity:.3f}; {tell_parameters(self.parameters)}"

    @property
    def columns(self) -> tuple[str, ...]:
        return (
            *("community", "size", "most central members", "inside", "outside"),
            *("heaviest relation", "sentence", "article", "member ids"),
        )

    def rows(self) -> Iterator[tuple[object, ...]]:
        for number, found in enumerate(self.communities, start=1):
            tie = found.ties[0] if found.ties else None
            said = tie.sentence if tie else None
            iris = " ".join(member.node.iri for member in found.members)
            figures = len(found.members), found.label, found.inside, found.outside
            quoted = (said.quote, said.article) if said else (None, None)
            yield number, *figures, str(tie) if tie else None, *quoted, iris

    def as_json(self) -> dict[str, Any]:
        """`{"parameters", "total", "modularity", "communities": [{"label", "members", …}]}`."""
        return {
            "parameters": dict(self.parameters),
            "total": self.total,
            "modularity": self.modularity,
            "communities": [found.as_json() for found in self.communities],
        }


#: The heaviness of each edge.
_Weights = Mapping[Edge, int]


def find_communities(
    network: Network,
    *,
    relations: Collection[str] | None = None,
    weight: str = "sentences",
    resolution: float = 1.0,
    seed: int = 0,
    limit: int | None = None,
) -> Communities:
    """Communities of documents, organisations and campaigns, by Louvain's method.

    Articles are none of them, and things without relations neither. The directions of relations
    do not count. A community that falls into pieces without the rest is told as those pieces.

    Args:
        relations: those to follow; without it all but citations.
        weight: what makes a relation heavy: the "sentences" or the "articles" that state it, at
            least 1; or "relations", each as heavy as any other.
        resolution: above 1 gives more and smaller communities, below 1 fewer and larger ones.
        seed: fixes the order in which the method goes through the things.

    Raises:
        ParameterError: an unknown relation or weight, or a number out of bounds.
    """
    chosen = choose_relations(relations, _between_things())
    choose_one("weight", weight, _WEIGHTS)
    check_least("resolution", resolution, 0)
    check_least("limit", limit, 0)
    weights = _weigh(network, chosen, weight)
    groups, modularity = _divide(weights, resolution, seed)
    found = [_describe(network, group, weights_of) for group, weights_of in _share(groups, weights)]
    found.sort(key=lambda each: (-len(each.members), -each.inside, each.members[0].node.iri))
    parameters = freeze(
        relations=chosen, weight=weight, resolution=resolution, seed=seed, limit=limit
    )
    return Communities(parameters, tuple(found[:limit]), len(found), modularity)


def _between_things() -> tuple[str, ...]:
    return tuple(relation for relation in list_relations() if relation != "cites")


def _weigh(network: Network, relations: Collection[str], weight: str) -> _Weights:
    edges = list_edges(network, relations)
    between = (edge for edge in edges if kind_of(network, edge.subject) != "article")
    return {edge: _weigh_edge(network, edge, weight) for edge in between}


def _weigh_edge(network: Network, edge: Edge, weight: str) -> int:
    told = network.edges[edge]
    counts: dict[str, int] = {"sentences": len(told["evidence"]), "articles": told["articles"]}
    return max(1, counts.get(weight, 1))


def _divide(weights: _Weights, resolution: float, seed: int) -> tuple[list[list[str]], float]:
    """The groups, and the modularity of that division.

    The nodes are numbered in the order of their IRIs: sets of numbers have the same order in every
    process, sets of texts do not.
    """
    from networkx.algorithms import community

    iris = sorted({end for edge in weights for end in edge[:2]})
    if not iris:
        return [], 0.0
    graph = _make_graph(weights, {iri: number for number, iri in enumerate(iris)})
    parts = community.louvain_communities(graph, resolution=resolution, seed=seed)
    pieces = sorted((piece for part in parts for piece in _split(graph, part)), key=min)
    modularity = community.modularity(graph, pieces, resolution=resolution)
    groups = [[iris[number] for number in sorted(piece)] for piece in pieces]
    return groups, round(modularity, 12)


def _make_graph(weights: _Weights, numbers: Mapping[str, int]) -> nx.Graph[int]:
    import networkx as nx

    graph: nx.Graph[int] = nx.Graph()
    graph.add_nodes_from(numbers.values())
    for edge, weight in weights.items():
        ends = numbers[edge.subject], numbers[edge.object]
        graph.add_edge(*ends, weight=weight + graph.get_edge_data(*ends, {"weight": 0})["weight"])
    return graph


def _split(graph: nx.Graph[int], part: set[int]) -> Iterator[set[int]]:
    """The connected pieces of a part: the method may leave some that nothing holds together."""
    import networkx as nx

    return iter(nx.connected_components(graph.subgraph(part)))


def _share(
    groups: Sequence[Sequence[str]], weights: _Weights
) -> Iterator[tuple[Sequence[str], _Weights]]:
    """Each group with the edges that touch it."""
    group_of = {iri: number for number, group in enumerate(groups) for iri in group}
    touching: dict[int, dict[Edge, int]] = defaultdict(dict)
    for edge, weight in weights.items():
        for number in {group_of[edge.subject], group_of[edge.object]}:
            touching[number][edge] = weight
    for number, group in enumerate(groups):
        yield group, touching[number]


def _describe(network: Network, group: Sequence[str], touching: _Weights) -> Community:
    own = set(group)
    within = {edge: touching[edge] for edge in touching if own.issuperset(edge[:2])}
    strengths: dict[str, int] = defaultdict(int)
    for edge, weight in within.items():
        strengths[edge.subject] += weight
        strengths[edge.object] += weight
    members = sorted(group, key=lambda iri: (-strengths[iri], iri))
    heaviest = sorted(within, key=lambda edge: (-within[edge], edge))[:_TIES]
    inside = sum(within.values())
    return Community(
        members=tuple(Member(read_node(network, iri), strengths[iri]) for iri in members),
        ties=tuple(_make_tie(network, edge, within[edge]) for edge in heaviest),
        inside=inside,
        outside=sum(touching.values()) - inside,
    )


def _make_tie(network: Network, edge: Edge, weight: int) -> Tie:
    ends = (read_node(network, iri) for iri in (edge.subject, edge.object))
    subject, object_ = ends
    sentences = read_evidence(network, edge)
    return Tie(subject, edge.relation, object_, weight, sentences[0] if sentences else None)
