"""The levels of a document's parts, from Phần to điểm, and how to name a part."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from types import MappingProxyType

from policygraph.lexicon import Row, load_rows
from policygraph.model import Provision
from policygraph.resources import data_file


@dataclass(frozen=True, slots=True, kw_only=True)
class ProvisionLevel(Row):
    """One level of parts; data/rules/provisions.toml says what each field means."""

    rank: int
    label: str
    words: tuple[str, ...]
    number: str
    not_behind: tuple[str, ...] = ()


@cache
def load_provision_levels() -> Mapping[str, ProvisionLevel]:
    """All levels by id, the greatest first; raises DataError where the file is malformed."""
    rows = load_rows(data_file("rules", "provisions.toml"), ProvisionLevel)
    return MappingProxyType({row.id: row for row in sorted(rows, key=lambda row: row.rank)})


def label_provision(provision: Provision) -> str:
    """A provision as it is usually written, the smallest part first: "điểm a khoản 2 Điều 80"."""
    levels = load_provision_levels()
    return " ".join(f"{levels[id_].label} {number}" for id_, number in reversed(provision.parts))
