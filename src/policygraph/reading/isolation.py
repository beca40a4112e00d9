"""Files that must be taken apart are read in a process of their own, which can be killed.

A page, Word file, PDF, workbook or feed is written by strangers, and read by libraries that a bad
one can make run for hours, fill the memory, or crash. So each is read by a child process with a
deadline and a limit of memory; what it says comes back as JSON, which, unlike a pickle, cannot
command the process that reads it.
"""

from __future__ import annotations

import atexit
import json
import subprocess
from collections.abc import Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from threading import Lock, Timer
from typing import Any

from policygraph.apart import command_of, make_environment
from policygraph.errors import ReadingError
from policygraph.reading.content import Block, Content
from policygraph.reading.formats import Form
from policygraph.reading.limits import MOST_MEMORY, MOST_SECONDS

Item = dict[str, Any]

#: What to do about a file that its reader cannot make out.
BROKEN = "open it in its own program, and save it anew"

_MOST_FILES = 200  # after so many a fresh process takes over: libraries keep what they once held


def read_content_apart(raw: bytes, form: Form) -> Content:
    """What one file holds.

    Raises:
        ReadingError: what the reader of the form says, or that it took too long or too much.
    """
    (item,) = _shared().ask({"form": form, "size": len(raw)}, raw)
    return _load_content(item["content"])


def read_items_apart(path: Path, form: Form) -> Iterator[Item]:
    """The rows, sheets or entries of a file of many articles; raises ReadingError as above."""
    child = Child()
    try:
        yield from child.ask({"form": form, "size": 0, "path": str(path)})
    finally:
        child.kill()


@cache
def _shared() -> Child:
    """One process for all files of one article: to start one costs more than to read most files."""
    child = Child()
    atexit.register(child.kill)
    return child


def _load_content(values: Mapping[str, Any]) -> Content:
    blocks = tuple(Block(*block) for block in values["blocks"])
    return Content(**{**values, "blocks": blocks, "notes": tuple(values["notes"])})


@dataclass(slots=True)
class Child:
    """A process that answers one question after the other, started when there is one."""

    process: subprocess.Popen[bytes] | None = None
    asked: int = 0
    is_late: bool = False
    lock: Lock = field(default_factory=Lock)

    def ask(self, question: Mapping[str, Any], raw: bytes = b"") -> Iterator[Item]:
        """The items of the answer as they come, each within the deadline."""
        with self.lock:
            process = self._start()
            is_done = False
            try:
                for item in self._listen(process, question, raw):
                    if "error" in item:
                        is_done = not item.pop("is_fatal", False)
                        raise ReadingError(item["error"], remedy=item["remedy"])
                    yield item
                is_done = True
            finally:
                if not is_done:
                    self.kill()

    def _listen(
        self, process: subprocess.Popen[bytes], question: Mapping[str, Any], raw: bytes
    ) -> Iterator[Item]:
        assert process.stdin
        with suppress(BrokenPipeError):  # it died already: what it last said tells why
            process.stdin.write(json.dumps(question).encode() + b"\n" + raw)
            process.stdin.flush()
        while item := self._next(process):
            if item.get("is_end"):
                return
            yield item
        raise ReadingError(self._tell_end(process), remedy=BROKEN)

    def _next(self, process: subprocess.Popen[bytes]) -> Item | None:
        assert process.stdout
        timer = Timer(MOST_SECONDS, self._end_late, [process])
        timer.start()
        try:
            line = process.stdout.readline()
        finally:
            timer.cancel()
        return json.loads(line) if line.endswith(b"\n") else None

    def _end_late(self, process: subprocess.Popen[bytes]) -> None:
        self.is_late = True
        process.kill()

    def _tell_end(self, process: subprocess.Popen[bytes]) -> str:
        code = process.wait()
        if self.is_late:
            return f"reading it took longer than {MOST_SECONDS:.0f} seconds, and was given up"
        memory = f"{MOST_MEMORY / 2**30:.0f} GB"
        return f"its reader crashed (exit {code}): it is broken, or needs more than {memory}"

    def _start(self) -> subprocess.Popen[bytes]:
        self.asked += 1
        if self.asked % _MOST_FILES == 0:
            self.kill()
        if self.process is None or self.process.poll() is not None:
            self.is_late = False
            self.process = subprocess.Popen(
                command_of("policygraph.reading.worker"),
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
                env=make_environment(),
            )
        return self.process

    def kill(self) -> None:
        if self.process is None:
            return
        self.process.kill()
        self.process.wait()
        for pipe in (self.process.stdin, self.process.stdout):
            if pipe:
                with suppress(BrokenPipeError):  # what was still to be written to it
                    pipe.close()
        self.process = None
