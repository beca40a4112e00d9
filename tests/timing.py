"""How work grows with its input, in processor time, the same on a busy machine and a quiet one."""

from __future__ import annotations

import gc
import time
from collections.abc import Callable
from typing import TypeVar

T = TypeVar("T")

_TRIES = 5
_SHORTEST = 0.002  # seconds; less is noise


def assert_grows_within(times: float, work: Callable[[T], object], short: T, long: T) -> None:
    """Fails where the work on `long` takes more than so many times that on `short`, five times.

    Noise only ever adds time, and work that is truly slow is slow each time.
    """
    work(short)  # loads what is loaded once
    ratios: list[float] = []
    for _ in range(_TRIES):
        ratios.append(_seconds(work, long) / max(_seconds(work, short), _SHORTEST))
        if ratios[-1] < times:
            return
    raise AssertionError(f"{min(ratios):.1f} times as long, where {times} are allowed")


def least_seconds(work: Callable[[], object]) -> float:
    """Processor time of the work at its best of five tries."""
    return min(_seconds(lambda _: work(), None) for _ in range(_TRIES))


def _seconds(work: Callable[[T], object], on: T) -> float:
    """Processor time of the work alone: the collector would walk all that other tests left."""
    gc.collect()
    gc.disable()
    try:
        begun = time.process_time()
        work(on)
        return time.process_time() - begun
    finally:
        gc.enable()
