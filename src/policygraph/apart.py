"""What processes that can be killed have in common: how they start, and what holds them.

What strangers wrote, a file or a query, is worked on by a child process with a deadline and a limit
of memory. The child is a module of this package that reads questions from its standard input.
"""

from __future__ import annotations

import math
import os
import sys
from typing import BinaryIO


def command_of(module: str, *arguments: str) -> list[str]:
    """The command that runs a module of this package in the same Python."""
    return [sys.executable, "-P", "-m", module, *arguments]


def make_environment() -> dict[str, str]:
    """The environment in which that command finds what this process finds."""
    return {**os.environ, "PYTHONPATH": os.pathsep.join(filter(None, sys.path))}


def limit_memory(most: int) -> None:
    """Holds this process to so many bytes, and leaves no core file; nothing on Windows."""
    if sys.platform != "win32":
        import resource

        resource.setrlimit(resource.RLIMIT_AS, (most, most))
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def peak_memory() -> int:
    """The most bytes that this process has held at once; 0 on Windows."""
    if sys.platform == "win32":
        return 0
    import resource

    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return peak if sys.platform == "darwin" else peak * 1024


def limit_processor(seconds: float) -> None:
    """Ends this process once it has worked for so much longer, should nobody be left to kill it."""
    if sys.platform != "win32":
        import resource

        usage = resource.getrusage(resource.RUSAGE_SELF)
        until = math.ceil(usage.ru_utime + usage.ru_stime + seconds) + 1
        _, hard = resource.getrlimit(resource.RLIMIT_CPU)
        resource.setrlimit(resource.RLIMIT_CPU, (until, hard))


def cut_network() -> bool:
    """Takes every network from this process where the system lets it, and tells whether it did.

    Linux alone does. It must be called before the process has a second thread. Root keeps its own
    user namespace: in another one it might no longer read files of other users.
    """
    if sys.platform != "linux":
        return False
    import ctypes

    unshare = getattr(ctypes.CDLL(None, use_errno=True), "unshare", None)
    spaces = _NEW_NETWORK if os.geteuid() == 0 else _NEW_NETWORK | _NEW_USER
    return unshare is not None and unshare(spaces) == 0


_NEW_NETWORK, _NEW_USER = 0x40000000, 0x10000000  # CLONE_NEWNET, CLONE_NEWUSER of sched.h


def take_output() -> BinaryIO:
    """Standard output for answers alone: what libraries print goes nowhere."""
    answers = os.fdopen(os.dup(1), "wb")
    os.dup2(os.open(os.devnull, os.O_WRONLY), 1)
    return answers
