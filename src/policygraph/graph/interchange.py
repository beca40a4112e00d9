"""A store as an rdflib Dataset, term by term."""

from __future__ import annotations

from collections.abc import Iterator

import pyoxigraph
import rdflib


def to_dataset(store: pyoxigraph.Store) -> rdflib.Dataset:
    """A copy with the same named graphs, whose default graph is their union."""
    dataset = rdflib.Dataset(default_union=True)
    dataset.addN(_quads(store, dataset))
    return dataset


def _quads(
    store: pyoxigraph.Store, dataset: rdflib.Dataset
) -> Iterator[tuple[rdflib.URIRef, rdflib.URIRef, rdflib.URIRef | rdflib.Literal, rdflib.Graph]]:
    graphs = {node.value: dataset.graph(rdflib.URIRef(node.value)) for node in store.named_graphs()}
    for quad in store:
        subject, predicate = rdflib.URIRef(quad.subject.value), rdflib.URIRef(quad.predicate.value)
        yield subject, predicate, _object(quad.object), graphs[quad.graph_name.value]


def _object(term: pyoxigraph.NamedNode | pyoxigraph.Literal) -> rdflib.URIRef | rdflib.Literal:
    if isinstance(term, pyoxigraph.NamedNode):
        return rdflib.URIRef(term.value)
    if term.datatype.value.endswith("#string"):
        return rdflib.Literal(term.value)
    return rdflib.Literal(term.value, datatype=rdflib.URIRef(term.datatype.value))
