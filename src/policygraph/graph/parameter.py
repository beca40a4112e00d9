"""The parameters of named queries: what each may be, and the term that a text stands for.

What is given for a parameter is bound as a term and never becomes part of a query's text.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from datetime import date as calendar_date
from typing import Literal as Literal_
from typing import get_args

from pyoxigraph import Literal, NamedNode, Store

from policygraph.errors import QueryError
from policygraph.graph.concept import find_concept
from policygraph.graph.names import find_thing
from policygraph.graph.namespaces import XSD

Value = NamedNode | Literal

ParameterType = Literal_["thing", "date", "year", "document-type", "level", "text"]
TYPES: tuple[ParameterType, ...] = get_args(ParameterType)


@dataclass(frozen=True, slots=True)
class Parameter:
    """A variable of a named query that may be bound; as text "document", "asOf:date".

    Attributes:
        type: "thing", which a number, name or IRI stands for; "date", written in ISO 8601; "year";
            "document-type" and "level", by label, id or code; or "text", which is taken as it is.
    """

    name: str
    type: ParameterType = "thing"

    def __str__(self) -> str:
        return self.name if self.type == "thing" else f"{self.name}:{self.type}"


def read_parameter(written: str) -> Parameter:
    """A parameter as a query's head names it: "document", "asOf:date".

    Raises:
        QueryError: a type that there is not.
    """
    name, _, type_ = written.partition(":")
    for known in TYPES:
        if known == (type_ or "thing"):
            return Parameter(name, known)
    raise QueryError(f"no parameter is of type “{type_}”", remedy=f"types: {', '.join(TYPES)}")


def bind_parameter(store: Store, base: str, parameter: Parameter, text: str) -> Value:
    """The term that a text stands for.

    Raises:
        QueryError: a date or year that is none.
        AmbiguousNameError, UnknownNameError: as `find_thing` and `find_concept`.
    """
    match parameter.type:
        case "thing":
            return NamedNode(find_thing(store, base, text).iri)
        case "date":
            return read_date(text)
        case "year":
            return read_year(text)
        case "document-type" | "level":
            return find_concept(parameter.type, text)
        case "text":
            return Literal(unicodedata.normalize("NFC", text))


def read_date(text: str) -> Literal:
    """A day as xsd:date; raises QueryError unless it is one in ISO 8601."""
    try:
        day = calendar_date.fromisoformat(text)
    except ValueError:
        day = None
    if day is None or day.isoformat() != text:
        raise QueryError(f"“{text}” is no date", remedy="write it as 2025-07-01")
    return Literal(text, datatype=XSD.date)


def read_year(text: str) -> Literal:
    """A year as xsd:integer, as YEAR() gives it; raises QueryError unless it has four digits."""
    if not re.fullmatch(r"[12][0-9]{3}", text):
        raise QueryError(f"“{text}” is no year", remedy="write it as 2025")
    return Literal(text, datatype=XSD.integer)
