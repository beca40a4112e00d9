"""Finds the row of data/ behind a rule, so that what a rule found can be traced to who vouches.

Mentions and statements name the rule that fired by the id of its row. An id is unique in its file
only; which files a rule may stand in follows from what it found.
"""

from __future__ import annotations

import csv
import re
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any, Literal

from policygraph.document_types import load_document_types
from policygraph.errors import DataError
from policygraph.model import Citation, Kind, Mention
from policygraph.resources import data_file

RuleKind = Literal[Kind, "statement"]

#: The files that hold the rules of a kind, under data/, each with the table of a TOML file.
_HOMES: Mapping[RuleKind, tuple[tuple[str, str], ...]] = {
    "document": (("rules/citations.toml", "row"),),
    "organisation": (
        ("vocab/organisation_heads.toml", "row"),
        ("vocab/organisation_names.toml", "row"),
    ),
    "campaign": (
        ("vocab/campaign_cues.toml", "cue"),
        ("vocab/campaign_cues.toml", "day"),
        ("registry/campaigns.csv", ""),
    ),
    "statement": (("vocab/relation_cues.toml", "relation"),),
}
_REGISTRY = {
    "document": "registry/documents.csv",
    "organisation": "registry/organisations.csv",
    "campaign": "registry/campaigns.csv",
}
_FROM_REGISTRY = "registry:"
_LAW_NAME = "law-name"


@dataclass(frozen=True, slots=True)
class RuleSource:
    """A row of data/, and what it says of itself.

    Attributes:
        id: the row's own id.
        file: its file ("data/rules/citations.toml").
        line: the line of the file that it begins in, counted from 1.
        source: where the row comes from.
    """

    id: str
    file: str
    line: int
    source: str
    note: str = ""
    examples: tuple[str, ...] = ()
    counter_examples: tuple[str, ...] = ()


def find_rule(kind: RuleKind, id: str) -> RuleSource:
    """The row of a rule by what it finds and its id; raises DataError where no file holds it."""
    if id.startswith(_FROM_REGISTRY) and (row := find_known(id.removeprefix(_FROM_REGISTRY))):
        return row
    for file, table in _HOMES[kind]:
        if row := _load_file(file, table).get(id):
            return row
    files = ", ".join(f"data/{file}" for file, _ in _HOMES[kind])
    raise DataError(f"no row has the id {id!r}", place=files)


def find_mention_rule(mention: Mention) -> RuleSource:
    """The row that made a mention.

    A law by its name is read by the grammar of such names: its row is that of the name, and of a
    name that no row holds the row of the document type whose word opens it.

    Raises:
        DataError: as `find_rule`.
    """
    if isinstance(mention, Citation) and mention.rule == _LAW_NAME:
        types = _load_file("vocab/document_types.toml", "row")
        return _find_law(mention.name or "") or types[mention.type or ""]
    return find_rule(mention.kind, mention.rule)


def find_known(id: str) -> RuleSource | None:
    """The row of the registry that knows a document, an organisation or a campaign, by its id."""
    file = _REGISTRY.get(id.partition("/")[0])
    return _load_file(file, "").get(id) if file else None


def _find_law(name: str) -> RuleSource | None:
    return _load_laws().get(name.removesuffix(" (sửa đổi)"))


@cache
def _load_laws() -> Mapping[str, RuleSource]:
    """The rows of laws' names, by the name with its type word."""
    file, types = "vocab/law_names.toml", load_document_types()
    rows = _load_file(file, "row")
    return {
        f"{types[table['type']].label} {table['name']}": rows[table["id"]]
        for table in _read_tables(file, "row")
    }


@cache
def _load_file(file: str, table: str) -> Mapping[str, RuleSource]:
    """The rows of a file under data/, by id."""
    found = _read_csv(file) if file.endswith(".csv") else _read_toml(file, table)
    return {row.id: row for row in found}


def _read_toml(file: str, table: str) -> Iterator[RuleSource]:
    header = re.compile(rf"\s*\[\[\s*{table}\s*\]\]")
    lines = data_file(file).read_text(encoding="utf-8").split("\n")
    starts = [number for number, line in enumerate(lines, 1) if header.match(line)]
    for start, row in zip(starts, _read_tables(file, table), strict=True):
        yield RuleSource(
            row["id"],
            f"data/{file}",
            start,
            row["source"],
            row.get("note", ""),
            tuple(row.get("examples", ())),
            tuple(row.get("counter_examples", ())),
        )


def _read_tables(file: str, table: str) -> list[dict[str, Any]]:
    tables: list[dict[str, Any]] = tomllib.loads(data_file(file).read_text(encoding="utf-8"))[table]
    return tables


def _read_csv(file: str) -> Iterator[RuleSource]:
    with data_file(file).open(encoding="utf-8", newline="") as lines:
        reader = csv.reader(lines)
        columns = next(reader)
        begin = reader.line_num + 1
        for cells in reader:
            row = dict(zip(columns, cells, strict=True))
            yield RuleSource(row["id"], f"data/{file}", begin, row["source"])
            begin = reader.line_num + 1
