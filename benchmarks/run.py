"""Quality on gold texts and speed beside spaCy's tokeniser: `make bench`.

    python benchmarks/run.py [--accept]

There are two sets of gold texts. The outside one lies under gold/ in the folder that
POLICYGRAPH_GOLD names (default: shared/eval beside the checkout); speed is measured on articles/
beside it, or else on data/articles. The project's own lies in data/gold. A set that is not there
is not measured. What was gained and lost is told against benchmarks/baseline.json, which
--accept rewrites.
"""

from __future__ import annotations

import json
import os
import platform
import sys
from dataclasses import asdict
from pathlib import Path
from typing import Any

from quality import FINDINGS, Quality, is_gold, measure_quality, quote_finding, tell_mistake
from speed import Speed, measure_speed

from policygraph.errors import PolicyGraphError

ROOT = Path(__file__).resolve().parents[1]
BASELINE = Path(__file__).with_name("baseline.json")
OUTSIDE = Path(os.environ.get("POLICYGRAPH_GOLD") or ROOT.parent / "shared" / "eval")
#: By the key under which the baseline keeps the set: what to call it, and its folder.
SETS = {
    "outside": ("the outside gold", OUTSIDE / "gold"),
    "own": ("the project's own gold", ROOT / "data" / "gold"),
}


def main(arguments: list[str]) -> int:
    baseline = json.loads(BASELINE.read_text(encoding="utf-8")) if BASELINE.exists() else {}
    try:
        measured = report_sets(baseline)
    except PolicyGraphError as error:
        print(f"error: {error}", file=sys.stderr)
        return 1
    speed = report_speed(baseline)
    if "--accept" in arguments:
        if not measured:
            print("\nnot accepted: a baseline needs gold", file=sys.stderr)
            return 1
        # a set that is not there today keeps what was accepted of it
        text = json.dumps(baseline | measured | speed, ensure_ascii=False, indent=1)
        BASELINE.write_text(text + "\n", encoding="utf-8")
        print(f"\nwrote {BASELINE.relative_to(ROOT)}")
    return 0


def report_sets(baseline: dict[str, Any]) -> dict[str, Any]:
    """Reports on each set of gold texts that is there; returns what a baseline keeps of them."""
    measured = {}
    for key, (title, folder) in SETS.items():
        if is_gold(folder):
            print(f"== {title}")
            measured[key] = report_quality(folder, baseline.get(key, {}))
        else:
            print(f"No gold files in {folder}: {title} is not measured.")
        print()
    return measured


def report_quality(folder: Path, before: dict[str, Any]) -> dict[str, Any]:
    """Prints the figures, the errors and the changes; returns what a baseline keeps of them."""
    quality = measure_quality(folder)
    print_figures(quality, before.get("figures", {}))
    print_list("errors", [tell_mistake(mistake) for mistake in quality.evaluation.mistakes])
    kept = quality.as_json()
    for kind in FINDINGS:
        if kind in before:
            print_changes(kind, kept[kind], before[kind], quality)
    return kept


def print_figures(quality: Quality, before: dict[str, dict[str, float]]) -> None:
    print(f"{'figure':24}{'P':>8}{'R':>8}{'F1':>8}{'gold':>8}{'found':>8}{'F1 before':>12}")
    for figure, row in quality.figures.items():
        known = f"{before[figure]['f1']:12.3f}" if figure in before else f"{'-':>12}"
        shares = "".join(f"{row[name]:8.3f}" for name in ("precision", "recall", "f1"))
        print(f"{figure:24}{shares}{row['gold']:8.0f}{row['found']:8.0f}{known}")


def print_changes(kind: str, now: list[str], before: list[str], quality: Quality) -> None:
    for title, names in (
        (f"{kind} gained", sorted(set(now) - set(before))),
        (f"{kind} lost", sorted(set(before) - set(now))),
    ):
        print_list(title, [quote_finding(kind, name, quality.evaluation) for name in names])


def print_list(title: str, lines: list[str]) -> None:
    print(f"\n{title}: {len(lines)}", *lines, sep="\n  ")


def report_speed(baseline: dict[str, Any]) -> dict[str, Any]:
    """Prints the speed beside the tokeniser's and the baseline's; returns what a baseline keeps."""
    outside = OUTSIDE / "articles"
    speed = measure_speed(outside if outside.is_dir() else ROOT / "data" / "articles")
    before: dict[str, Any] = baseline.get("speed", {})
    print(f"speed over {speed.articles} articles, {speed.megabytes:.3f} MB:")
    print_rates(speed)
    if before.get("megabytes") == speed.megabytes:
        print(f"  ratio before          {before['ratio']:31.3f}")
    return {"speed": asdict(speed) | {"python": platform.python_version()}}


def print_rates(speed: Speed) -> None:
    print(f"  extract               {speed.articles_per_second:10.1f} articles/s", end="")
    print(f"{speed.megabytes_per_second:10.3f} MB/s")
    print(f"  spacy.blank('vi')     {speed.tokeniser_megabytes_per_second:31.3f} MB/s")
    print(f"  ratio                 {speed.ratio:31.3f} (of the tokeniser's speed)")
    print(f"  on texts new to both  {speed.first_ratio:31.3f}")


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
