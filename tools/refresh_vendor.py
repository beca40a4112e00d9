"""Fetches the libraries that pages load: `make vendor`, with npm at hand.

The manifest in src/policygraph/web/static/vendor/ says which files of which packages. Nothing is
written unless every file has the hash that stands there.
"""

from __future__ import annotations

import hashlib
import subprocess
import sys
import tarfile
import tempfile
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

FOLDER = Path(__file__).parents[1] / "src/policygraph/web/static/vendor"
MANIFEST = FOLDER / "vendor.toml"


@dataclass(frozen=True)
class Fetched:
    """A file of a package: its name here, its bytes, and the hash that they should have."""

    path: str
    content: bytes
    expected: str

    @property
    def found(self) -> str:
        return hashlib.sha256(self.content).hexdigest()


def fetch_library(library: dict[str, Any]) -> Iterator[Fetched]:
    """The files of a library that the manifest names, and that its package brings."""
    with tempfile.TemporaryDirectory() as folder:
        package = f"{library['name']}@{library['version']}"
        pack = ["npm", "pack", "--silent", package]
        subprocess.run(pack, cwd=folder, check=True, stdout=subprocess.DEVNULL)
        with tarfile.open(next(Path(folder).glob("*.tgz"))) as archive:
            for file in library["file"]:
                if "from" not in file:
                    continue
                member = archive.extractfile(f"package/{file['from']}")
                if member is None:
                    raise SystemExit(f"{package}: {file['from']} is no file")
                yield Fetched(file["path"], member.read(), file["sha256"])


def main() -> None:
    libraries = tomllib.loads(MANIFEST.read_text(encoding="utf-8"))["library"]
    fetched = [file for library in libraries for file in fetch_library(library)]
    others = [
        f"{file.path}: sha256 {file.found}" for file in fetched if file.found != file.expected
    ]
    if others:
        sys.exit("\n".join(["not what vendor.toml says:", *others]))
    for file in fetched:
        (FOLDER / file.path).write_bytes(file.content)
        print(f"{file.path}: {len(file.content):,} bytes")


if __name__ == "__main__":
    main()
