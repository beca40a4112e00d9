"""What ontology/policygraph.ttl says of the terms that people see."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from types import MappingProxyType

from pyoxigraph import Literal, NamedNode, RdfFormat, Store

from policygraph.graph.namespaces import ORG, PG, RDFS, SKOS
from policygraph.graph.pattern import find_quads
from policygraph.resources import ontology_file

_DIRECT = (
    *("issuedBy", "implements", "basedOn", "amends", "replaces", "repeals", "guides", "reviews"),
    *("launchedBy", "promotes", "cites"),
)


@cache
def load_ontology() -> Store:
    """The ontology in a store of its own."""
    store = Store()
    store.load(path=str(ontology_file("policygraph.ttl")), format=RdfFormat.TURTLE)
    return store


@cache
def predicate_labels() -> Mapping[str, str]:
    """The Vietnamese label of each predicate that joins things directly, by its IRI."""
    predicates = [*(PG[name] for name in _DIRECT), ORG.subOrganizationOf]
    return MappingProxyType({node.value: _label(node) for node in predicates})


def _label(node: NamedNode) -> str:
    label = find_label(node, "vi")
    assert label
    return label


@cache
def find_label(node: NamedNode, language: str) -> str | None:
    """What a term or concept of the ontology is called in a language."""
    for property_ in (RDFS.label, SKOS.prefLabel):
        for quad in find_quads(load_ontology(), node, property_):
            if isinstance(quad.object, Literal) and quad.object.language == language:
                return quad.object.value
    return None
