"""The Hà Nội article against its golden file: every mention, entity, relation and link.

`GOLDEN=write pytest tests/test_golden.py` rewrites the file; the difference is then to be read.
"""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import Any

import pytest

from policygraph.pipeline import Extraction, extract

ROOT = Path(__file__).parents[1]
ARTICLES = sorted((ROOT / "data" / "articles").glob("*.txt"))


def describe(extraction: Extraction) -> dict[str, Any]:
    """The record of an article with its surfaces in place of the text, and the basis of links."""
    record = extraction.as_record()
    text = record.pop("text")
    for mention in record["mentions"]:
        mention["surface"] = text[mention["start"] : mention["end"]]
    bases = {link.thing: link.basis for link in extraction.links.links}
    for entity in record["entities"]:
        entity["basis"] = bases[entity["id"]]
    return record | {"source": Path(record["source"]).name}


@pytest.mark.parametrize("path", ARTICLES, ids=lambda path: path.stem)
def test_an_article_gives_what_its_golden_file_says(path: Path) -> None:
    golden = Path(__file__).parent / "golden" / f"{path.stem}.json"
    (extraction,) = extract(path)
    assert isinstance(extraction, Extraction)
    described = describe(extraction)
    if os.environ.get("GOLDEN") == "write":
        rows = json.dumps(described, ensure_ascii=False, indent=1)
        golden.write_text(rows + "\n", encoding="utf-8")
    assert described == json.loads(golden.read_text(encoding="utf-8"))


def test_every_article_has_its_golden_file() -> None:
    golden = sorted(path.stem for path in (Path(__file__).parent / "golden").glob("*.json"))
    assert golden == [path.stem for path in ARTICLES]
    assert golden
