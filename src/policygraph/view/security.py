"""What a page of ours may do: show itself, and nothing else."""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Sequence


def content_policy(*, styles: Sequence[str], scripts: Sequence[str] = ()) -> str:
    """A Content-Security-Policy: nothing is loaded, nothing runs but these very texts."""
    allowed = {"script-src": scripts, "style-src": styles}
    directives = [
        f"{name} {' '.join(map(_hash_source, texts))}" for name, texts in allowed.items() if texts
    ]
    fixed = ["default-src 'none'", "img-src data:", "base-uri 'none'", "form-action 'none'"]
    return "; ".join([*fixed, *directives])


def _hash_source(text: str) -> str:
    digest = base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()
    return f"'sha256-{digest}'"
