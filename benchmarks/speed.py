"""How fast the extraction is, beside a tokeniser that splits the same texts in the same run."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from time import perf_counter

import spacy
from spacy.language import Language

from policygraph.pipeline import Extraction, extract

REPEATS = 9
SECONDS = 0.5
FIRST_SIGHTS = 8


@dataclass(frozen=True)
class Speed:
    """Medians over interleaved repeats; `ratio` is the extraction's rate over the tokeniser's.

    `first_ratio` is the same on texts that neither has met before, as first_sight.py tells.
    """

    articles: int
    megabytes: float
    articles_per_second: float
    megabytes_per_second: float
    tokeniser_megabytes_per_second: float
    ratio: float
    first_ratio: float


def measure_speed(folder: Path) -> Speed:
    """Times `extract` from the files to JSON lines, and the tokeniser on the texts in memory."""
    files = list_texts(folder)
    texts = [file.read_text(encoding="utf-8") for file in files]
    megabytes = sum(file.stat().st_size for file in files) / 1e6
    nlp = load_tokeniser()

    def tokenise() -> None:
        for text in texts:
            nlp.make_doc(text)

    ours, theirs = _time_by_turns(lambda: print_lines(folder), tokenise)
    return Speed(
        articles=len(files),
        megabytes=round(megabytes, 4),
        articles_per_second=round(len(files) / median(ours), 1),
        megabytes_per_second=round(megabytes / median(ours), 3),
        tokeniser_megabytes_per_second=round(megabytes / median(theirs), 3),
        ratio=round(median(b / a for a, b in zip(ours, theirs, strict=True)), 3),
        first_ratio=round(median(_time_first_sight(folder, i % 2) for i in range(FIRST_SIGHTS)), 3),
    )


def list_texts(folder: Path) -> list[Path]:
    """The text files under a folder, in order."""
    return sorted(folder.rglob("*.txt"))


def load_tokeniser() -> Language:
    """spaCy's own Vietnamese tokeniser, which splits at spaces and marks."""
    return spacy.blank("vi", config={"nlp": {"tokenizer": {"use_pyvi": False}}})


def _time_first_sight(folder: Path, half: int) -> float:
    """The ratio in a process of its own, which has met one half of the texts."""
    script = Path(__file__).with_name("first_sight.py")
    command = [sys.executable, str(script), str(folder), str(half)]
    done = subprocess.run(command, check=True, capture_output=True, text=True)
    ours, theirs = map(float, done.stdout.split())
    return theirs / ours


def print_lines(*paths: Path) -> list[str]:
    """What `policygraph extract` prints; raises the error of the first text that cannot be read."""
    lines = []
    for found in extract(*paths):
        if not isinstance(found, Extraction):
            raise found
        lines.append(json.dumps(found.as_record(), ensure_ascii=False) + "\n")
    return lines


def _time_by_turns(*tasks: Callable[[], object]) -> list[list[float]]:
    """Seconds that each task takes, REPEATS times, in turns: a busy machine slows all alike.

    What is small is done again until SECONDS have gone by.
    """
    times: list[list[float]] = [[] for _ in tasks]
    rounds = [_count_rounds(task) for task in tasks]
    for _ in range(REPEATS):
        for own, task, count in zip(times, tasks, rounds, strict=True):
            begin = perf_counter()
            for _ in range(count):
                task()
            own.append((perf_counter() - begin) / count)
    return times


def _count_rounds(task: Callable[[], object]) -> int:
    task()  # loads what is loaded once
    begin = perf_counter()
    task()
    return max(1, round(SECONDS / (perf_counter() - begin)))
