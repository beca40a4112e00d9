"""Holds a graph against the shapes of ontology/shapes.ttl.

pySHACL does the checking, over a copy of the graph in rdflib.
"""

from __future__ import annotations

import rdflib
from pyoxigraph import Store
from rdflib.namespace import SH

from policygraph.errors import PolicyGraphError
from policygraph.graph.fault import Fault, FaultWords
from policygraph.graph.interchange import copy_dataset
from policygraph.resources import ontology_file


def find_faults(store: Store) -> tuple[Fault, ...]:
    """What of a graph breaks the shapes, sorted; nothing where it is as a build leaves it.

    Raises:
        PolicyGraphError: pySHACL is not installed.
    """
    try:
        from pyshacl import validate
    except ImportError as error:
        message = "pySHACL, which holds a graph against the shapes, is not installed"
        raise PolicyGraphError(message, remedy='pip install "policygraph[check]"') from error
    data, shapes = _load_data(store), _load("shapes.ttl")
    _, report, _ = validate(data, shacl_graph=shapes, inplace=True)
    words = FaultWords(data, shapes)
    return tuple(sorted({words.tell(report, each) for each in report.objects(None, SH.result)}))


def _load_data(store: Store) -> rdflib.Graph:
    """The union of the named graphs with the ontology: its hierarchy, concepts and labels."""
    data = _load("policygraph.ttl")
    for subject, predicate, object_, _ in copy_dataset(store).quads():
        data.add((subject, predicate, object_))
    return data


def _load(name: str) -> rdflib.Graph:
    return rdflib.Graph().parse(ontology_file(name), format="turtle")
