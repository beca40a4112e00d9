"""The libraries that pages load are the bytes that their manifest names, with their licences."""

from __future__ import annotations

import hashlib
import tomllib
from pathlib import Path

import pytest

from policygraph.web.render import STATIC

VENDOR = STATIC / "vendor"
LIBRARIES = tomllib.loads((VENDOR / "vendor.toml").read_text(encoding="utf-8"))["library"]
FILES = [file for library in LIBRARIES for file in library["file"]]
PERMISSIVE = {"MIT", "Apache-2.0", "BSD-2-Clause", "BSD-3-Clause", "ISC"}


@pytest.mark.parametrize("file", FILES, ids=lambda file: str(file["path"]))
def test_files_are_as_published(file: dict[str, str]) -> None:
    content = (VENDOR / file["path"]).read_bytes()
    assert hashlib.sha256(content).hexdigest() == file["sha256"]


def test_nothing_else_lies_there() -> None:
    known = {Path(file["path"]) for file in FILES} | {Path("vendor.toml")}
    found = {path.relative_to(VENDOR) for path in VENDOR.rglob("*") if path.is_file()}
    assert found == known


@pytest.mark.parametrize("library", LIBRARIES, ids=lambda library: str(library["name"]))
def test_each_library_brings_its_permissive_licence(library: dict[str, object]) -> None:
    assert library["licence"] in PERMISSIVE
    files = library["file"]
    assert isinstance(files, list)
    assert any("LICENSE" in file["path"].upper() for file in files)
