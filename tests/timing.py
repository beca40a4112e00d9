"""How work grows with its input, in processor time, the same on a busy machine and a quiet one."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import TypeVar

T = TypeVar("T")

_TRIES = 5
_SHORTEST = 0.002  # seconds; less is noise


def least_growth(work: Callable[[T], object], short: T, long: T) -> float:
    """How many times the time of `short` the work on `long` takes, at its best of five tries.

    Noise only ever adds time, and work that is truly slow is slow each time.
    """
    work(short)  # loads what is loaded once
    return min(_seconds(work, long) / max(_seconds(work, short), _SHORTEST) for _ in range(_TRIES))


def least_seconds(work: Callable[[], object]) -> float:
    """Processor time of the work at its best of five tries."""
    return min(_seconds(lambda _: work(), None) for _ in range(_TRIES))


def _seconds(work: Callable[[T], object], on: T) -> float:
    begun = time.process_time()
    work(on)
    return time.process_time() - begun
