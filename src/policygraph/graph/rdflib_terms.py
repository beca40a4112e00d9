"""Terms of pyoxigraph as terms of rdflib, and back."""

from __future__ import annotations

import pyoxigraph
import rdflib
from pyoxigraph import BlankNode, NamedNode
from rdflib.term import Identifier, Node

from policygraph.errors import QueryError

_STRING = "http://www.w3.org/2001/XMLSchema#string"


def to_rdflib(term: BlankNode | NamedNode | pyoxigraph.Literal | pyoxigraph.Triple) -> Identifier:
    """The same term for rdflib; raises QueryError for a triple, which rdflib has no term for."""
    match term:
        case NamedNode():
            return rdflib.URIRef(term.value)
        case BlankNode():
            return rdflib.BNode(term.value)
        case pyoxigraph.Literal():
            return _to_literal(term)
    raise QueryError("the answer holds a triple in the place of a term, which rdflib has none for")


def _to_literal(literal: pyoxigraph.Literal) -> rdflib.Literal:
    if literal.language:
        return rdflib.Literal(literal.value, lang=literal.language)
    if literal.datatype.value == _STRING:
        return rdflib.Literal(literal.value)
    datatype = rdflib.URIRef(literal.datatype.value)
    return rdflib.Literal(literal.value, datatype=datatype, normalize=False)


def to_oxigraph(term: Node) -> NamedNode | BlankNode | pyoxigraph.Literal:
    """The same term for pyoxigraph; raises ValueError for what is no term of RDF."""
    match term:
        case rdflib.URIRef():
            return NamedNode(str(term))
        case rdflib.BNode():
            return BlankNode(str(term))
        case rdflib.Literal():
            datatype = NamedNode(str(term.datatype)) if term.datatype else None
            if term.language:
                return pyoxigraph.Literal(str(term), language=term.language)
            return pyoxigraph.Literal(str(term), datatype=datatype)
    raise ValueError(f"{term!r} is no term of RDF")
