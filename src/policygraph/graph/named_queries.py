"""The named queries of ontology/queries/: their questions, parameters, and what they are about."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from policygraph.errors import QueryError
from policygraph.graph.parameter import Parameter, read_parameter
from policygraph.resources import ontology_file


@dataclass(frozen=True, slots=True)
class Topic:
    """What queries are about, in words; a row of ontology/queries/topics.toml."""

    id: str
    vi: str
    en: str


@dataclass(frozen=True, slots=True)
class NamedQuery:
    """A query of ontology/queries/, with its question in words.

    Attributes:
        name: its file's name without ".rq".
        topic: the id of its topic.
        parameters: variables that may be bound; left unbound, the answer is for all.
        example: values for some of the parameters, by name, that show what may be asked.
    """

    name: str
    topic: str
    question_vi: str
    question_en: str
    parameters: tuple[Parameter, ...]
    example: Mapping[str, str]
    sparql: str

    def as_json(self) -> dict[str, Any]:
        """`{"name", "topic", "question": {"vi", "en"}, "parameters": […], "example": {…}}`."""
        return {
            "name": self.name,
            "topic": self.topic,
            "question": {"vi": self.question_vi, "en": self.question_en},
            "parameters": [{"name": p.name, "type": p.type} for p in self.parameters],
            "example": dict(self.example),
        }

    def parameter(self, name: str) -> Parameter:
        """The parameter of a name; raises QueryError that lists them where there is none."""
        for parameter in self.parameters:
            if parameter.name == name:
                return parameter
        known = ", ".join(map(str, self.parameters)) or "none"
        message = f"the query {self.name!r} has no parameter {name!r}"
        raise QueryError(message, remedy=f"its parameters: {known}")


def find_queries() -> tuple[NamedQuery, ...]:
    """All named queries, by name."""
    files = ontology_file("queries").glob("*.rq")
    return tuple(map(_read_query, sorted(files, key=lambda file: file.stem)))


def group_queries() -> Iterator[tuple[Topic, tuple[NamedQuery, ...]]]:
    """The topics in their order, each with its queries by name."""
    for topic in load_topics():
        yield topic, tuple(query for query in find_queries() if query.topic == topic.id)


def named_query(name: str) -> NamedQuery:
    """A named query; raises QueryError that lists the names where there is none."""
    by_name = {query.name: query for query in find_queries()}
    if name not in by_name:
        remedy = f"there are {', '.join(by_name)}"
        raise QueryError(f"there is no query named {name!r}", remedy=remedy)
    return by_name[name]


@cache
def load_topics() -> tuple[Topic, ...]:
    """The topics in the order of their file."""
    with ontology_file("queries", "topics.toml").open("rb") as file:
        return tuple(Topic(**row) for row in tomllib.load(file)["topic"])


_COMMENT = re.compile(r"#\s*(topic|vi|en|parameters|example):\s*(.*)")


@cache
def _read_query(path: Path) -> NamedQuery:
    sparql = path.read_text(encoding="utf-8")
    said = {m[1]: m[2].strip() for m in map(_COMMENT.match, sparql.splitlines()) if m}
    parameters = tuple(map(read_parameter, said.get("parameters", "").replace(",", " ").split()))
    example = dict(_split_setting(each) for each in said.get("example", "").split(";") if each)
    return NamedQuery(path.stem, said["topic"], said["vi"], said["en"], parameters, example, sparql)


def _split_setting(written: str) -> tuple[str, str]:
    name, _, value = written.partition("=")
    return name.strip(), value.strip()
