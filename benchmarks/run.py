"""Quality on the gold and speed beside spaCy's tokeniser: `make bench`.

    python benchmarks/run.py [--accept]

POLICYGRAPH_GOLD names the gold's folder (default: shared/eval beside the checkout). Where there
is none, only speed is measured, on data/articles. What was gained and lost is told against
benchmarks/baseline.json, which --accept rewrites.
"""

from __future__ import annotations

import json
import os
import platform
import sys
from dataclasses import asdict
from pathlib import Path
from typing import Any

from quality import Quality, is_gold, measure_quality, quote_mention
from speed import Speed, measure_speed, print_lines

ROOT = Path(__file__).resolve().parents[1]
BASELINE = Path(__file__).with_name("baseline.json")


def main(arguments: list[str]) -> int:
    gold = Path(os.environ.get("POLICYGRAPH_GOLD") or ROOT.parent / "shared" / "eval")
    baseline = json.loads(BASELINE.read_text(encoding="utf-8")) if BASELINE.exists() else {}
    articles = ROOT / "data" / "articles"
    fresh: dict[str, Any] = {}
    if is_gold(gold):
        articles = gold / "articles"
        fresh |= report_quality(gold, baseline)
    else:
        print(f"No gold at {gold}: quality is not measured (POLICYGRAPH_GOLD names its folder).\n")
    fresh |= report_speed(articles, baseline)
    if "--accept" in arguments:
        if "quality" not in fresh:
            print("\nnot accepted: a baseline needs the gold", file=sys.stderr)
            return 1
        text = json.dumps(fresh, ensure_ascii=False, indent=1)
        BASELINE.write_text(text + "\n", encoding="utf-8")
        print(f"\nwrote {BASELINE.relative_to(ROOT)}")
    return 0


def report_quality(gold: Path, baseline: dict[str, Any]) -> dict[str, Any]:
    """Prints the figures, the errors and the changes; returns what a baseline keeps of them."""
    records = [json.loads(line) for line in print_lines(gold / "articles")]
    quality = measure_quality(records, gold)
    print_figures(quality, baseline.get("quality", {}))
    print_list("errors", quality.errors)
    kept: dict[str, Any] = {
        "quality": {
            figure: {name: round(value, 4) for name, value in row.items()}
            for figure, row in quality.figures.items()
        },
        "mentions": quality.mentions,
        "relations": quality.relations,
    }
    for kind in ("mentions", "relations") if baseline else ():
        print_changes(kind, kept[kind], baseline.get(kind, []), records)
    return kept


def print_figures(quality: Quality, before: dict[str, dict[str, float]]) -> None:
    print(f"{'figure':24}{'P':>8}{'R':>8}{'F1':>8}{'gold':>8}{'found':>8}{'F1 before':>12}")
    for figure, row in quality.figures.items():
        known = f"{before[figure]['f1']:12.3f}" if figure in before else f"{'-':>12}"
        shares = "".join(f"{row[name]:8.3f}" for name in ("precision", "recall", "f1"))
        print(f"{figure:24}{shares}{row['gold']:8.0f}{row['found']:8.0f}{known}")


def print_changes(
    kind: str, now: list[str], before: list[str], records: list[dict[str, Any]]
) -> None:
    for title, names in (
        (f"{kind} gained", sorted(set(now) - set(before))),
        (f"{kind} lost", sorted(set(before) - set(now))),
    ):
        quoted = [quote_mention(name, records) for name in names] if kind == "mentions" else names
        print_list(title, quoted)


def print_list(title: str, lines: list[str]) -> None:
    print(f"\n{title}: {len(lines)}", *lines, sep="\n  ")


def report_speed(articles: Path, baseline: dict[str, Any]) -> dict[str, Any]:
    """Prints the speed beside the tokeniser's and the baseline's; returns what a baseline keeps."""
    speed = measure_speed(articles)
    before: dict[str, Any] = baseline.get("speed", {})
    print(f"\nspeed over {speed.articles} articles, {speed.megabytes:.3f} MB:")
    print_rates(speed)
    if before.get("megabytes") == speed.megabytes:
        print(f"  ratio before          {before['ratio']:31.3f}")
    return {"speed": asdict(speed) | {"python": platform.python_version()}}


def print_rates(speed: Speed) -> None:
    print(f"  extract               {speed.articles_per_second:10.1f} articles/s", end="")
    print(f"{speed.megabytes_per_second:10.3f} MB/s")
    print(f"  spacy.blank('vi')     {speed.tokeniser_megabytes_per_second:31.3f} MB/s")
    print(f"  ratio                 {speed.ratio:31.3f} (of the tokeniser's speed)")


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
