"""How well the extraction agrees with a gold standard that lies outside this repository.

The gold's folder holds `articles/NAME.txt`, `gold/NAME.gold` and `score.py`, the measure, which
is used as it is. What is kept of a run names no word of the texts: mentions by their offsets,
relations by the ids of their ends.
"""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

Figures = dict[str, dict[str, float]]


@dataclass(frozen=True)
class Quality:
    """The figures of the measure, the lines of its errors, and what was found."""

    figures: Figures
    errors: list[str]
    mentions: list[str]
    relations: list[str]


def is_gold(folder: Path) -> bool:
    """Whether the folder holds texts, their gold and the measure."""
    return all((folder / part).exists() for part in ("articles", "gold", "score.py"))


def measure_quality(records: list[dict[str, Any]], gold: Path) -> Quality:
    """Scores the extractions of the gold's texts; CalledProcessError where score.py fails."""
    with tempfile.TemporaryDirectory() as scratch:
        extractions = Path(scratch, "extractions.jsonl")
        lines = (json.dumps(record, ensure_ascii=False) + "\n" for record in records)
        extractions.write_text("".join(lines), encoding="utf-8")
        output = _run_measure(gold, extractions)
    figures, end = json.JSONDecoder().raw_decode(output)
    errors = [line for line in output[end:].splitlines() if line]
    return Quality(
        figures, errors, sorted(_name_mentions(records)), sorted(_name_relations(records))
    )


def _run_measure(gold: Path, extractions: Path) -> str:
    command = [sys.executable, str(gold / "score.py"), str(gold / "gold"), str(extractions)]
    options = ["--json", "--errors"]
    done = subprocess.run([*command, *options], stdout=subprocess.PIPE, check=True, text=True)
    return done.stdout


def _name_mentions(records: Iterable[dict[str, Any]]) -> Iterable[str]:
    for record in records:
        for mention in record["mentions"]:
            place = f"{mention['start']}-{mention['end']}"
            yield f"{Path(record['source']).stem} {mention['kind']} {place}"


def _name_relations(records: Iterable[dict[str, Any]]) -> Iterable[str]:
    for record in records:
        for relation in record["relations"]:
            ends = f"{relation['subject']} {relation['predicate']} {relation['object']}"
            yield f"{Path(record['source']).stem} {ends}"


def quote_mention(name: str, records: Iterable[dict[str, Any]]) -> str:
    """A mention's name with the words that stand there, for the reader of a report only."""
    source, _, place = name.split(" ")
    start, end = map(int, place.split("-"))
    texts = {Path(record["source"]).stem: record["text"] for record in records}
    return f"{name}  “{' '.join(texts[source][start:end].split())}”" if source in texts else name
