"""The log of builds beside a graph: when each ended, how long it took, and by which versions.

The graph itself holds no time, so that the same articles give the same graph.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path

from policygraph.provenance import digest_data, find_software_version

LOG = "builds.jsonl"


def log_build(folder: Path, *, seconds: float, counts: Mapping[str, int]) -> None:
    """Adds a line of JSON to the log of a graph folder."""
    entry = {
        "finished": datetime.now(UTC).isoformat(timespec="seconds"),
        "seconds": round(seconds, 3),
        **counts,
        "software_version": find_software_version(),
        "data_version": digest_data(),
    }
    with (folder / LOG).open("a", encoding="utf-8") as log:
        log.write(json.dumps(entry) + "\n")
