"""A store as an rdflib Dataset: a view of it, or a copy."""

from __future__ import annotations

import pyoxigraph
import rdflib

from policygraph.graph.live import LiveStore
from policygraph.graph.namespaces import PREFIXES


def open_dataset(store: pyoxigraph.Store) -> rdflib.Dataset:
    """A view of the same named graphs, whose default graph is their union; nothing is copied."""
    dataset = rdflib.Dataset(store=LiveStore(store), default_union=True)
    for prefix, namespace in PREFIXES.items():
        dataset.bind(prefix, namespace)
    return dataset


def copy_dataset(store: pyoxigraph.Store) -> rdflib.Dataset:
    """A copy in memory, with the same named graphs and union, that may be changed."""
    dataset = rdflib.Dataset(default_union=True)
    for s, p, o, name in open_dataset(store).quads():
        dataset.graph(name).add((s, p, o))
    return dataset
