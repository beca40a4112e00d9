"""One article before it is read: its bytes, and where they come from."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from policygraph.reading.formats import Form

#: A form that is one article by itself, or a record of a file of many.
SourceForm = Literal["text", "html", "mhtml", "docx", "pdf", "record"]


@dataclass(frozen=True, slots=True)
class Source:
    """The bytes of one article, and where they come from.

    Attributes:
        id: the record's own id; of a file its path under the root, NFC, with "/" between parts (of
            a file named directly: its name).
        place: the file's path, or "news.jsonl:12", for messages.
        raw: the file's bytes, or those of the record as JSON.
        sha256: hex digest of `raw`.
        form: what is to be done with `raw`.
        file: the path of the file that a record comes from.
        file_notes: what is to be said of that file, with the first of its records.
        notes: what is to be said of this record.
    """

    id: str
    place: str
    raw: bytes
    sha256: str
    form: SourceForm
    file: str | None = None
    file_notes: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class File:
    """One file under a root: where it is, and what it is called in the graph."""

    path: Path
    relative: str
    form: Form


def make_source(identifier: str, place: str, raw: bytes, form: SourceForm) -> Source:
    """A source with the digest of its bytes."""
    return Source(identifier, place, raw, hashlib.sha256(raw).hexdigest(), form)
