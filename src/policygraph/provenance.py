"""Which version of the program and of its data reads articles; no clock and no path count."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from functools import cache
from importlib.metadata import version
from pathlib import Path

from policygraph.resources import find_folder


def find_software_version() -> str:
    """The version of the package ("0.1.0")."""
    return version("policygraph")


@cache
def digest_data() -> str:
    """A hex digest (SHA-256) of the rules, vocabularies and registries."""
    data = find_folder("data")
    return digest_files((file.relative_to(data).as_posix(), file) for file in list_data_files())


#: The folders of data/ that articles are read with, as the wheel has them: no articles, no gold.
_READ_WITH = ("encodings", "registry", "rules", "vocab")


def list_data_files() -> list[Path]:
    """The files of data/ that articles are read with."""
    folders = [find_folder("data") / name for name in _READ_WITH]
    return [
        file
        for folder in folders
        for ending in ("*.toml", "*.csv")
        for file in folder.rglob(ending)
    ]


def digest_files(files: Iterable[tuple[str, Path]]) -> str:
    """A hex digest (SHA-256) of files with their names, whatever their order."""
    digest = hashlib.sha256()
    for name, file in sorted(files):
        digest.update(name.encode() + b"\0" + file.read_bytes() + b"\0")
    return digest.hexdigest()
