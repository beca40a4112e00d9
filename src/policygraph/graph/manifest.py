"""The manifest of a graph folder: which generation is current, and what it was built from."""

from __future__ import annotations

import json
import os
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

from policygraph.errors import GraphError

MANIFEST = "graph.json"
#: The layout of the folder and of what the graphs in it hold; a change to either raises it.
FORMAT = 2


@dataclass(frozen=True, slots=True)
class Manifest:
    """What a graph folder says of itself.

    Attributes:
        base: the base of its IRIs, ends in "/".
        generation: the folder of the current store.
        extractor: fingerprint of the program and data that read the articles; "" before any.
        roots: ids of the articles found under each root that was built, sorted.
        outdated: ids of articles that an earlier extractor read.
        format: version of the layout, `FORMAT`.
    """

    base: str
    generation: str
    extractor: str = ""
    roots: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    outdated: tuple[str, ...] = ()
    format: int = FORMAT


def read_manifest(folder: Path) -> Manifest:
    """The manifest of a graph folder; raises GraphError where there is none that can be read."""
    place = folder / MANIFEST
    try:
        values = json.loads(place.read_text(encoding="utf-8"))
    except (FileNotFoundError, NotADirectoryError) as error:
        remedy = f"build one: policygraph build PATH --graph {folder}"
        raise GraphError("is no graph folder", place=folder, remedy=remedy) from error
    except (ValueError, OSError) as error:
        raise GraphError(f"cannot be read: {error}", place=place, remedy=_REMEDY) from error
    if not isinstance(values, dict) or not isinstance(values.get("format"), int):
        raise GraphError("is no manifest of a graph", place=place, remedy=_REMEDY)
    if values["format"] > FORMAT:
        message = f"this graph has format {values['format']}; this program reads up to {FORMAT}"
        raise GraphError(message, place=folder, remedy="update policygraph")
    if values["format"] < FORMAT:
        message = f"this graph has format {values['format']}, of an earlier policygraph"
        raise GraphError(message, place=folder, remedy="move the folder away and build it again")
    return _make_manifest(values, place)


_REMEDY = "restore it from a copy, or move the folder away and build the graph again"


def _make_manifest(values: dict[str, Any], place: Path) -> Manifest:
    try:
        roots = {str(root): tuple(map(str, ids)) for root, ids in values["roots"].items()}
        generation = str(values["generation"])
        if Path(generation).name != generation:
            raise ValueError(f"{generation!r} is no folder name")
        return Manifest(
            base=str(values["base"]),
            generation=generation,
            extractor=str(values["extractor"]),
            roots=roots,
            outdated=tuple(map(str, values.get("outdated", ()))),
            format=values["format"],
        )
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        message = f"is damaged: {type(error).__name__}: {error}"
        raise GraphError(message, place=place, remedy=_REMEDY) from error


def write_manifest(folder: Path, manifest: Manifest) -> None:
    """Replaces the manifest atomically and durably."""
    written = json.dumps(asdict(manifest), ensure_ascii=False, indent=1, sort_keys=True)
    draft = folder / f"{MANIFEST}.new"
    with draft.open("w", encoding="utf-8") as file:
        file.write(written + "\n")
        file.flush()
        os.fsync(file.fileno())
    sync_folder(folder)
    os.replace(draft, folder / MANIFEST)
    sync_folder(folder)


def sync_folder(folder: Path) -> None:
    """Makes the names of a folder's files durable."""
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
