"""The types of documents (thể loại văn bản): words, codes, and which code may mean which type."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from types import MappingProxyType
from typing import Literal

from policygraph.lexicon import Row, load_rows
from policygraph.resources import data_file


@dataclass(frozen=True, slots=True, kw_only=True)
class DocumentType(Row):
    """A type of document; data/vocab/document_types.toml says what each field means."""

    label: str
    english: str
    codes: tuple[str, ...]
    phrases: tuple[str, ...]
    abbreviations: tuple[str, ...] = ()
    abbreviation_serial: bool = False
    serial: Literal["capital", "padded", "numbered", "never"]
    is_named: bool = False
    shares_issuer: bool = True
    issuers: tuple[str, ...] = ()

    def may_be_of(self, body: str) -> bool:
        """Whether a body, by its full name, is one that gives such documents out."""
        return not self.issuers or body.startswith(self.issuers)


@cache
def load_document_types() -> Mapping[str, DocumentType]:
    """All types by id, in file order; raises DataError where the file is malformed."""
    rows = load_rows(data_file("vocab", "document_types.toml"), DocumentType)
    return MappingProxyType({row.id: row for row in rows})


@cache
def type_codes() -> frozenset[str]:
    """Every type code, for `numbering.parse_number`."""
    return frozenset(code for row in load_document_types().values() for code in row.codes)


@cache
def find_type(phrase: str) -> str | None:
    """The id of the type that a phrase in lower case names, None where it names none."""
    return next((r.id for r in load_document_types().values() if phrase in r.phrases), None)


@cache
def types_of_code(code: str) -> tuple[str, ...]:
    """The ids of the types that a code may mean, in file order ("QĐ": decision, regulation)."""
    return tuple(row.id for row in load_document_types().values() if code in row.codes)


def type_of_code(code: str) -> str | None:
    """The id of the type that a code means, None where it means several ("QĐ", "TT")."""
    ids = types_of_code(code)
    return ids[0] if len(ids) == 1 else None
