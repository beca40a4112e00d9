"""Reads the parameters of an address into the dataclass that a page declares for them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import fields
from functools import cache
from typing import Any, TypeVar, get_origin, get_type_hints

from pydantic import TypeAdapter, ValidationError
from starlette.datastructures import QueryParams

from policygraph.errors import PolicyGraphError

Query = TypeVar("Query")


_BLANKS = " \t\n\r\f\v"
#: What a text that must be given holds: more than blanks, of which each program knows others.
WRITTEN = r"[^ \t\n\r\f\v]"


class AddressError(PolicyGraphError):
    """A parameter of an address that is not what its page takes."""


class MissingPageError(PolicyGraphError):
    """An address under which there is no page, or no thing of the graph."""


class MovedPageError(PolicyGraphError):
    """An address of something that turned out to be another; `path` is where that is."""

    def __init__(self, message: str, *, path: str) -> None:
        super().__init__(message)
        self.path = path


def read_query(shape: type[Query], path: Mapping[str, str], given: QueryParams) -> Query:
    """The parameters of a request; those that are empty count as not given.

    Args:
        shape: a dataclass, whose fields of type tuple may be given several times; one of type
            Mapping takes all parameters that no other field takes.
        path: values that stand in the path itself.

    Raises:
        AddressError: a value that its field does not take; others than the fields are ignored.
    """
    values: dict[str, Any] = dict(path)
    fields_of: Any = shape  # mypy takes no type variable for something that has a hash
    for name in parameter_names(fields_of):
        found = [value for value in given.getlist(name) if value.strip(_BLANKS)]
        if found and name not in values and name not in _list_open(fields_of):
            values[name] = tuple(found) if name in _list_many(fields_of) else found[-1]
    for name in _list_open(fields_of):
        others = {key: given[key] for key in given if key not in parameter_names(fields_of)}
        values[name] = {key: value for key, value in others.items() if value.strip()}
    try:
        read: Query = adapter_of(fields_of).validate_python(values)
    except ValidationError as error:
        first = error.errors()[0]
        name = ".".join(map(str, first["loc"][:1])) or "query"
        message = f"the parameter “{name}” is not valid: {first['msg']}"
        raise AddressError(message, place=name) from error
    return read


@cache
def adapter_of(shape: Any) -> TypeAdapter[Any]:
    """What reads and writes the values of a type."""
    return TypeAdapter(shape)


@cache
def parameter_names(shape: Any) -> tuple[str, ...]:
    return tuple(field.name for field in fields(shape))


@cache
def _list_many(shape: Any) -> frozenset[str]:
    return _list_of(shape, tuple)


@cache
def _list_open(shape: Any) -> frozenset[str]:
    return _list_of(shape, Mapping)


def _list_of(shape: Any, origin: type) -> frozenset[str]:
    """The names of the fields of a generic type."""
    hints = get_type_hints(shape)
    return frozenset(name for name, hint in hints.items() if get_origin(hint) is origin)
