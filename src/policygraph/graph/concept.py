"""Finds the concept that a name stands for: a document type or a level of administration."""

from __future__ import annotations

import difflib
from collections.abc import Iterator, Mapping
from functools import cache
from types import MappingProxyType
from typing import Literal, cast

from pyoxigraph import NamedNode, QuerySolutions, Variable

from policygraph.errors import AmbiguousNameError, UnknownNameError
from policygraph.graph.namespaces import PG, PREFIXES
from policygraph.graph.ontology import load_ontology
from policygraph.text import make_slug

Scheme = Literal["document-type", "level"]

_SCHEMES = {"document-type": PG.DocumentTypeScheme, "level": PG.LevelScheme}
_NAMES = """
SELECT ?scheme ?concept ?label ?name {
  ?concept skos:inScheme ?scheme ; skos:prefLabel ?label , ?name .
  FILTER(LANG(?label) = "vi")
}"""
_CODES = """
SELECT ?scheme ?concept ?label ?name {
  ?concept skos:inScheme ?scheme ; skos:prefLabel ?label ; skos:notation ?name .
  FILTER(LANG(?label) = "vi")
}"""

#: Concepts by what they are called, with their labels.
Named = Mapping[str, tuple[tuple[NamedNode, str], ...]]


def find_concept(scheme: Scheme, name: str) -> NamedNode:
    """The concept of an IRI, id ("nghi-quyet"), label ("Nghị quyết", "Resolution") or code ("NQ").

    Tone marks and capitals do not count.

    Raises:
        AmbiguousNameError: a code of several ("CTr"); they are its candidates.
        UnknownNameError: none is called so.
    """
    key = make_slug(name.removeprefix(PG.iri).rpartition("/")[2])
    for named in (_load_named(scheme, _NAMES), _load_named(scheme, _CODES)):
        if found := named.get(key):
            return _only_one(name, found)
    raise _unknown(scheme, name, key)


def _only_one(name: str, found: tuple[tuple[NamedNode, str], ...]) -> NamedNode:
    if len(found) > 1:
        candidates = sorted((concept.value, label) for concept, label in found)
        raise AmbiguousNameError(name, tuple(candidates))
    return found[0][0]


@cache
def _load_named(scheme: Scheme, sparql: str) -> Named:
    named: dict[str, dict[NamedNode, str]] = {}
    for concept, label, name in _list_names(scheme, sparql):
        for key in (make_slug(name), concept.value.rpartition("/")[2]):
            if sparql is _NAMES or key == make_slug(name):
                named.setdefault(key, {})[concept] = label
    return MappingProxyType({key: tuple(found.items()) for key, found in named.items()})


def _list_names(scheme: Scheme, sparql: str) -> Iterator[tuple[NamedNode, str, str]]:
    solutions = load_ontology().query(
        sparql,
        prefixes=dict(PREFIXES),
        substitutions={Variable("scheme"): _SCHEMES[scheme]},
    )
    for _, concept, label, name in cast(QuerySolutions, solutions):
        yield cast(NamedNode, concept), label.value, name.value


def _unknown(scheme: Scheme, name: str, key: str) -> UnknownNameError:
    known = _load_named(scheme, _NAMES)
    nearest = difflib.get_close_matches(key, known, n=3, cutoff=0.4) or sorted(known)[:3]
    labels = dict.fromkeys(known[each][0][1] for each in nearest)
    remedy = f"there is {' or '.join(f'“{label}”' for label in labels)}"
    kind = scheme.replace("-", " ")
    return UnknownNameError(f"no {kind} is called “{name}”", name=name, remedy=remedy)
