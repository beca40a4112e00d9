"""What a large registry costs: names by the hundred thousand, as a ministry would bring them."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

pytestmark = pytest.mark.timing

CHECKOUT = Path(__file__).parents[1]

# How many campaigns are known, and the seconds that extraction takes once all is loaded, at best.
MEASURE = """
import sys, time
from policygraph.pipeline import extract_text
from policygraph.registry import load_registry
text = open(sys.argv[1], encoding="utf-8").read()
extract_text(text, name="a")
times = []
for _ in range(15):
    begun = time.process_time()
    extract_text(text, name="a")
    times.append(time.process_time() - begun)
print(len(load_registry().campaigns), min(times))
"""


def make_checkout(folder: Path, names: int) -> Path:
    """A copy whose registry knows so many more bodies and campaigns."""
    shutil.copytree(CHECKOUT / "src", folder / "src", ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copytree(CHECKOUT / "data", folder / "data")
    rows = {
        "organisations.csv": "organisation/hoi-{0},Hội Nghề cá số {0} Vân Giang,,,,,,,made up\n",
        "campaigns.csv": "campaign/lang-{0},Làng {0} sạch đẹp,phong-trao,,,made up\n",
    }
    for file, row in rows.items():
        with (folder / "data" / "registry" / file).open("a", encoding="utf-8") as stream:
            stream.writelines(row.format(number) for number in range(names // 2))
    return folder / "src"


def measure(source: Path, names: int) -> float:
    article = CHECKOUT / "data" / "articles" / "hanoi-dan-van.txt"
    done = subprocess.run(
        [sys.executable, "-c", MEASURE, str(article)],
        env=os.environ | {"PYTHONPATH": str(source)},
        capture_output=True,
        text=True,
        check=True,
    )
    known, seconds = done.stdout.split()
    assert int(known) > names // 2
    return float(seconds)


def test_a_hundred_thousand_names_cost_little_more_than_a_thousand(tmp_path: Path) -> None:
    few = make_checkout(tmp_path / "few", 1_000)
    many = make_checkout(tmp_path / "many", 100_000)
    ratios = (measure(many, 100_000) / measure(few, 1_000) for _ in range(3))
    assert any(ratio < 1.3 for ratio in ratios)
