"""Finds data/ and ontology/, in the installed wheel and in a checkout alike.

The wheel carries both folders inside the package; an editable install does not (hatchling's
force-include reaches only built wheels), so a checkout is read where it stands.
"""

from __future__ import annotations

from pathlib import Path

_PACKAGE = Path(__file__).parent


def find_folder(name: str) -> Path:
    """The folder `data` or `ontology`; raises FileNotFoundError that names where it looked."""
    packaged, checkout = _PACKAGE / f"_{name}", _PACKAGE.parents[1] / name
    for folder in (packaged, checkout):
        if folder.is_dir():
            return folder
    raise FileNotFoundError(f"policygraph's {name}/ is neither at {packaged} nor at {checkout}")


def data_file(*parts: str) -> Path:
    """A file under data/: `data_file("vocab", "document_types.toml")`."""
    return find_folder("data").joinpath(*parts)


def ontology_file(*parts: str) -> Path:
    """A file under ontology/: `ontology_file("queries", "implementers.rq")`."""
    return find_folder("ontology").joinpath(*parts)
