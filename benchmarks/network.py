"""How long each analysis takes on a network of 100,000 edges, beside a plain pass over its edges.

    python benchmarks/network.py [EDGES]

The network is made up, with the skew of real ones: few documents are cited by most articles.
"""

from __future__ import annotations

import random
import sys
from collections.abc import Callable, Mapping
from pathlib import Path
from statistics import median
from time import process_time

import networkx as nx

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "tests"))

from networks import make_large_network

from policygraph.graph.analysis import (
    find_co_cited,
    find_communities,
    find_coupled,
    find_path,
    rank_documents,
)

REPEATS = 3
EDGES = 100_000


def list_work(network: nx.MultiDiGraph[str]) -> Mapping[str, Callable[[], object]]:
    """What is timed, the plain pass first; the path is the longest of a few between documents."""
    documents = [iri for iri, kind in network.nodes(data="kind") if kind == "document"]
    start, *ends = random.Random(1).sample(documents, 6)
    return {
        "a plain pass over the edges": lambda: sum(1 for _ in network.edges(keys=True, data=True)),
        "networkx: PageRank of all": lambda: nx.pagerank(nx.DiGraph(network)),
        "rank_documents": lambda: rank_documents(network),
        "find_communities": lambda: find_communities(network),
        "find_co_cited, one document": lambda: find_co_cited(network, start),
        "find_co_cited, all pairs": lambda: find_co_cited(network),
        "find_coupled, articles": lambda: find_coupled(network),
        "find_coupled, documents": lambda: find_coupled(network, kind="document"),
        "find_path": lambda: find_path(network, start, ends[0]),
        "find_path, through articles": lambda: find_path(
            network, start, ends[1], through_articles=True
        ),
    }


def measure(work: Callable[[], object]) -> float:
    begun = process_time()
    work()
    return process_time() - begun


def main() -> None:
    network = make_large_network(int(sys.argv[1]) if len(sys.argv) > 1 else EDGES)
    print(f"{network.number_of_nodes()} nodes, {network.number_of_edges()} edges")
    print(f"{'':30}{'seconds':>10}{'passes':>10}")
    plain = 0.0
    for name, work in list_work(network).items():
        seconds = median(measure(work) for _ in range(REPEATS))
        plain = plain or seconds
        print(f"{name:30}{seconds:>10.3f}{seconds / plain:>10.1f}", flush=True)


if __name__ == "__main__":
    main()
