"""Analyses of the graph for NetworkX: what is central, what hangs together, what leads where.

    PolicyGraph.to_networkx() → network → rank_documents, find_communities, find_co_cited,
    find_coupled, find_path → a result with its parameters, as table or JSON

Pure functions: the same network gives the same result, whatever the order of its nodes and edges.
docs/networkx.md tells how to read the figures.
"""

from __future__ import annotations

from policygraph.graph.analysis.community import find_communities
from policygraph.graph.analysis.overlap import find_co_cited, find_coupled
from policygraph.graph.analysis.path import find_path
from policygraph.graph.analysis.ranking import rank_documents

__all__ = ["find_co_cited", "find_communities", "find_coupled", "find_path", "rank_documents"]
