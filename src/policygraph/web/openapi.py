"""Describes the JSON of all pages as OpenAPI 3.1, out of the dataclasses that pages declare."""

from __future__ import annotations

import re
from functools import cache
from typing import Any

from pydantic import TypeAdapter

from policygraph.provenance import find_software_version
from policygraph.web.building import BuildStatus
from policygraph.web.query import adapter_of
from policygraph.web.responses import Failure
from policygraph.web.routes import PAGES, Page

_REFERENCE = "#/components/schemas/{model}"
_IN_PATH = re.compile(r"\{(\w+)(?::path)?\}")
_FAILURES = {
    "300": "A name that several things bear; they are the candidates.",
    "400": "A parameter that is not valid.",
    "404": "Nothing is at this path, or is called so.",
    "503": "The graph is being built, or cannot be read now.",
}
_ASKING_FAILURES = {
    "500": "The answer needs more memory, or is larger, than it may.",
    "504": "The answer took longer than it may.",
}


@cache
def describe_api() -> dict[str, Any]:
    """The document that stands at /openapi.json."""
    shapes = {page.record.__name__: page.record for page in PAGES}
    shapes |= {"Failure": Failure, "BuildStatus": BuildStatus}
    adapters: list[tuple[str, Any, TypeAdapter[Any]]] = [
        (name, "serialization", adapter_of(shape)) for name, shape in shapes.items()
    ]
    references, definitions = TypeAdapter.json_schemas(adapters, ref_template=_REFERENCE)
    schemas = {name: references[name, "serialization"] for name in shapes}
    paths = {_path_of(page): {"get": _describe(page, schemas)} for page in PAGES}
    paths["/build.json"] = {"get": _describe_build(schemas)}
    return {
        "openapi": "3.1.0",
        "info": {
            "title": "policygraph",
            "version": find_software_version(),
            "description": "What each page of the web app tells, for programs. "
            "SPARQL is asked at /sparql, by the SPARQL 1.1 Protocol.",
        },
        "paths": paths,
        "components": {"schemas": definitions.get("$defs", {})},
    }


def _path_of(page: Page) -> str:
    return _IN_PATH.sub(r"{\1}", page.json_path)


def _describe(page: Page, schemas: dict[str, Any]) -> dict[str, Any]:
    failures = {**_FAILURES, **(_ASKING_FAILURES if page.ask else {})}
    return {
        "summary": _first_line(page.record),
        "operationId": page.show.__name__,
        "parameters": list(_list_parameters(page)),
        "responses": {
            "200": _respond("What the page tells.", schemas[page.record.__name__]),
            **(_MOVED if "{id" in page.path else {}),
            **{status: _respond(why, schemas["Failure"]) for status, why in failures.items()},
        },
    }


_MOVED = {"308": {"description": "It turned out to be another thing, whose page is there."}}


def _describe_build(schemas: dict[str, Any]) -> dict[str, Any]:
    return {
        "summary": "How far the build is with which the server was started.",
        "operationId": "tell_build",
        "responses": {"200": _respond("Its status.", schemas["BuildStatus"])},
    }


def _first_line(shape: type) -> str:
    return (shape.__doc__ or "").strip().splitlines()[0]


def _respond(why: str, schema: dict[str, Any]) -> dict[str, Any]:
    return {"description": why, "content": {"application/json": {"schema": schema}}}


def _list_parameters(page: Page) -> list[dict[str, Any]]:
    schema = adapter_of(page.query).json_schema(ref_template=_REFERENCE)
    in_path = set(_IN_PATH.findall(page.path))
    return [
        {
            "name": name,
            "in": "path" if name in in_path else "query",
            "required": name in schema.get("required", ()),
            "description": shape.get("description", _NAMED.get(name, "")),
            "schema": {key: value for key, value in shape.items() if key != "description"},
        }
        for name, shape in schema.get("properties", {}).items()
    ]


_NAMED = {
    "id": "What stands behind the kind in the path of the page; “/” may be in it.",
    "name": "The name of a question, as /questions.json lists it.",
}
