"""Finds the articles under a path, without reading more than it must."""

from __future__ import annotations

import codecs
import hashlib
import os
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from policygraph.errors import EmptyFolderError, ReadingError
from policygraph.reading.records import parse_record

_TEXTS = (".txt", ".md")
_RECORDS = (".jsonl", ".ndjson")
_REMEDY = "name a .txt, .md or .jsonl file, or a folder that holds some"


@dataclass(frozen=True, slots=True)
class Source:
    """The bytes of one article, and where they come from.

    Attributes:
        id: the record's own id; of a text file its path under the root, NFC, with "/" between
            parts (of a file named directly: its name).
        place: the file's path, or "news.jsonl:12", for messages.
        raw: the file's bytes, or the line's without its line end.
        sha256: hex digest of `raw`.
        form: "text" (a file of its own) or "record" (a line of JSON Lines).
    """

    id: str
    place: str
    raw: bytes
    sha256: str
    form: Literal["text", "record"]


def find_sources(path: Path) -> Iterator[Source | ReadingError]:
    """The articles of a text file, a JSON Lines file, or a folder of both, in a fixed order.

    A folder is searched recursively, names sorted; hidden files, and files of other kinds, are
    left out. A file or line that cannot be read, and a link that leaves the folder or leads back
    into itself, comes as a ReadingError in its place; the rest goes on.

    Raises:
        ReadingError: nothing is there.
        EmptyFolderError: the folder holds no article.
    """
    if not path.exists():
        raise ReadingError("there is no such file or folder", place=path, remedy=_REMEDY)
    if path.is_dir():
        return _search_root(path)
    return _read_file(path, path.name)


def _search_root(folder: Path) -> Iterator[Source | ReadingError]:
    is_empty = True
    for found in _search(folder, "", (folder.resolve(),)):
        is_empty = False
        yield found
    if is_empty:
        raise EmptyFolderError("the folder holds no articles", place=folder, remedy=_REMEDY)


def _search(folder: Path, prefix: str, above: tuple[Path, ...]) -> Iterator[Source | ReadingError]:
    try:
        names = sorted(entry.name for entry in os.scandir(folder))
    except OSError as error:
        yield _unreadable(folder, error)
        return
    for name in names:
        if not name.startswith("."):
            yield from _visit(folder / name, prefix + name, above)


def _visit(path: Path, relative: str, above: tuple[Path, ...]) -> Iterator[Source | ReadingError]:
    if path.is_symlink() and (refusal := _refuse_link(path, above)):
        yield refusal
    elif path.is_dir():
        yield from _search(path, relative + "/", (*above, path.resolve()))
    elif path.suffix.lower() in (*_TEXTS, *_RECORDS) and path.is_file():
        yield from _read_file(path, relative)


def _refuse_link(path: Path, above: tuple[Path, ...]) -> ReadingError | None:
    """Why a symbolic link is not followed; None where it may be. `above[0]` is the root."""
    try:
        target = path.resolve(strict=True)
    except (OSError, RuntimeError):  # Python before 3.13 raises RuntimeError for a loop
        return ReadingError("a link that leads nowhere", place=path)
    if target in above:
        return ReadingError("a link that leads back into its own folder", place=path)
    if not target.is_relative_to(above[0]):
        return ReadingError("a link that leaves the folder is not followed", place=path)
    return None


def _read_file(path: Path, relative: str) -> Iterator[Source | ReadingError]:
    kind = path.suffix.lower()
    if not path.is_file():
        yield ReadingError("is no regular file", place=path, remedy=_REMEDY)
        return
    if kind and kind not in (*_TEXTS, *_RECORDS):
        remedy = f"{_REMEDY}; plain text under another name may be renamed to .txt"
        yield ReadingError(f"files of the kind {kind} are not read", place=path, remedy=remedy)
        return
    if path.suffix.lower() in _RECORDS:
        yield from _read_records(path)
    else:
        yield _read_text(path, relative)


def _read_text(path: Path, relative: str) -> Source | ReadingError:
    identifier = unicodedata.normalize("NFC", relative)
    if not identifier.isprintable():
        return ReadingError("its name is not readable text", place=repr(str(path)))
    try:
        raw = path.read_bytes()
    except OSError as error:
        return _unreadable(path, error)
    return _source(identifier, path.as_posix(), raw, "text")


def _read_records(path: Path) -> Iterator[Source | ReadingError]:
    seen: dict[str, int] = {}
    is_empty = True
    try:
        with path.open("rb") as lines:
            for number, line in enumerate(lines, 1):
                if number == 1 and line.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
                    yield ReadingError("UTF-16, but JSON Lines must be UTF-8", place=path)
                    return
                raw = line.removeprefix(codecs.BOM_UTF8).rstrip(b"\r\n")
                if raw.strip():
                    is_empty = False
                    yield _read_record(raw, path, number, seen)
    except OSError as error:
        yield _unreadable(path, error)
        return
    if is_empty:
        yield ReadingError("the file is empty", place=path)


def _read_record(
    raw: bytes, path: Path, number: int, seen: dict[str, int]
) -> Source | ReadingError:
    place = f"{path.as_posix()}:{number}"
    try:
        identifier = parse_record(raw, place=place).id
    except ReadingError as error:
        return error
    first = seen.setdefault(identifier, number)
    if first != number:
        message = f"the id {identifier!r} is used twice, first in line {first}"
        return ReadingError(message, place=place, remedy="give each line an id of its own")
    return _source(identifier, place, raw, "record")


def _source(identifier: str, place: str, raw: bytes, form: Literal["text", "record"]) -> Source:
    return Source(identifier, place, raw, hashlib.sha256(raw).hexdigest(), form)


def _unreadable(path: Path, error: OSError) -> ReadingError:
    return ReadingError(f"cannot be read: {error.strerror or error}", place=path)
