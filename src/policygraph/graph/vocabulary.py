"""The terms that queries are made of: our ontology's, and what the graph uses of others'."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Literal, cast

from pyoxigraph import QuerySolutions

from policygraph.graph.namespaces import PG, PREFIXES
from policygraph.graph.ontology import load_ontology
from policygraph.resources import ontology_file

TermKind = Literal["class", "property", "concept", "datatype"]

_OWN = """
SELECT ?term ?type ?vi ?en ?viComment ?enComment WHERE {
  VALUES (?class ?type) {
    (owl:Class "class") (owl:ObjectProperty "property") (owl:DatatypeProperty "property")
    (skos:Concept "concept") (skos:ConceptScheme "concept")
  }
  ?term a ?class ; rdfs:label|skos:prefLabel ?vi , ?en .
  FILTER(LANG(?vi) = "vi" && LANG(?en) = "en")
  OPTIONAL { ?term rdfs:comment ?viComment . FILTER(LANG(?viComment) = "vi") }
  OPTIONAL { ?term rdfs:comment ?enComment . FILTER(LANG(?enComment) = "en") }
} ORDER BY ?term"""


@dataclass(frozen=True, slots=True)
class Term:
    """A class, property, concept or datatype.

    Attributes:
        name: with its prefix where SPARQL can write it so ("pg:implements"), else "<IRI>".
        vi, en: what it is called; of another vocabulary's term, what it is used for.
        comment_vi, comment_en: what it means, "" where the label says it.
    """

    iri: str
    name: str
    kind: TermKind
    vi: str
    en: str
    comment_vi: str
    comment_en: str


@cache
def list_terms() -> tuple[Term, ...]:
    """The terms of our ontology by IRI, then the others by prefix."""
    return (*_list_own(), *_list_reused())


def find_term(iri: str) -> Term | None:
    """The term of an IRI."""
    return _by_iri().get(iri)


@cache
def _by_iri() -> Mapping[str, Term]:
    return {term.iri: term for term in list_terms()}


def _list_own() -> Iterator[Term]:
    found = load_ontology().query(_OWN, prefixes=dict(PREFIXES))
    for row in cast(QuerySolutions, found):
        iri, kind, vi, en, *comments = (cell.value if cell else "" for cell in row)
        yield Term(iri, _name_term(iri), cast(TermKind, kind), vi, en, *comments)


def _list_reused() -> Iterator[Term]:
    with ontology_file("reused.toml").open("rb") as file:
        rows = tomllib.load(file)["terms"]
    for name, words in rows.items():
        prefix, _, local = name.partition(":")
        iri = PREFIXES[prefix] + local
        yield Term(iri, name, _tell_kind(prefix, local), words["vi"], words["en"], "", "")


def _tell_kind(prefix: str, local: str) -> TermKind:
    if prefix == "xsd":
        return "datatype"
    return "class" if local[0].isupper() else "property"


def _name_term(iri: str) -> str:
    """A term of our ontology as queries write it; concepts have "/" in their names."""
    local = iri.removeprefix(PG.iri)
    return f"pg:{local}" if local.isalnum() else f"<{iri}>"
