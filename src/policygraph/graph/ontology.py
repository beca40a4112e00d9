"""What ontology/policygraph.ttl says of the terms that people see."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from types import MappingProxyType

from pyoxigraph import Literal, NamedNode, RdfFormat, Store

from policygraph.graph.namespaces import ORG, PG, RDFS
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
    labels = (quad.object for quad in find_quads(load_ontology(), node, RDFS.label))
    return next(x.value for x in labels if isinstance(x, Literal) and x.language == "vi")
