"""A malformed table is an error that names the file, the row and the field."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Literal

import pytest

from policygraph.errors import DataError
from policygraph.table import read_table

HEADER = "id,name,kind,aliases,date,valid_from,note\n"


@dataclass(frozen=True, slots=True)
class Sample:
    id: str
    name: str
    kind: Literal["one", "two"]
    aliases: tuple[str, ...]
    date: str | None
    valid_from: str | None
    note: str | None


def write(folder: Path, text: str) -> Path:
    path = folder / "samples.csv"
    path.write_text(text, encoding="utf-8")
    return path


def test_cells_become_fields(tmp_path: Path) -> None:
    path = write(tmp_path, HEADER + 'a,"Bộ A, B",one,x; y;,2013-06-03,2007,\nb,B,two,,,,n\n')
    assert read_table(path, Sample) == (
        Sample("a", "Bộ A, B", "one", ("x", "y"), "2013-06-03", "2007", None),
        Sample("b", "B", "two", (), None, None, "n"),
    )


@pytest.mark.parametrize(
    ("rows", "message"),
    [
        ("a,,one,,,,\n", "row a: 'name' may not be ''"),
        (",A,one,,,,\n", "'id' may not be ''"),
        ("a,A,three,,,,\n", "row a: 'kind' may not be 'three'"),
        ("a,A,one,,2013,,\n", "row a: 'date' may not be '2013'"),
        ("a,A,one,,20130603,,\n", "row a: 'date' may not be '20130603'"),
        ("a,A,one,,2013-02-30,,\n", "row a: 'date' may not be '2013-02-30'"),
        ("a,A,one,,,07,\n", "row a: 'valid_from' may not be '07'"),
        ("a,A,one,,\n", "row a: 5 cells under 7 columns"),
        ("\n", "row 2: 0 cells under 7 columns"),
        ("a,A,one,,,,\na,B,one,,,,\n", "row a: the id is used twice"),
    ],
)
def test_a_malformed_row_is_named(tmp_path: Path, rows: str, message: str) -> None:
    path = write(tmp_path, HEADER + rows)
    with pytest.raises(DataError) as caught:
        read_table(path, Sample)
    assert message in str(caught.value)
    assert str(path) in str(caught.value)


@pytest.mark.parametrize("text", ["", "id,name\na,A\n"])
def test_the_header_must_name_the_fields(tmp_path: Path, text: str) -> None:
    with pytest.raises(DataError, match="the columns must be id, name, kind"):
        read_table(write(tmp_path, text), Sample)
