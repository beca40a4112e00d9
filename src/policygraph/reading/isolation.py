"""Files that must be taken apart are read in a process of their own, which can be killed.

A page, Word file, PDF, workbook, table or feed is written by strangers, and read by libraries that
a bad one can make run for hours, fill the memory, or crash. So each is read by a child process with
a deadline and a limit of memory; what it says comes back as JSON, which, unlike a pickle, cannot
command the process that reads it.
"""

from __future__ import annotations

import atexit
import json
import os
import subprocess
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from threading import Thread, Timer
from typing import Any

from policygraph.apart import command_of, make_environment
from policygraph.errors import ReadingError
from policygraph.reading.content import Block, Content
from policygraph.reading.formats import Form
from policygraph.reading.limits import LEAST_PACE, MOST_MEMORY, MOST_SECONDS

Item = dict[str, Any]

#: What to do about a file that its reader cannot make out.
BROKEN = "open it in its own program, and save it anew"

_LOADED_WHOLE: tuple[Form, ...] = ("excel", "parquet", "feed")
_MOST_KEPT = 2**20  # bytes of a file after which a process goes on with the next
_MOST_FILES = 200  # after so many a fresh process takes over: libraries keep what they once held
# Signals: the first is not from us where nothing was late, but of a system out of memory.
_KILLED, _SEGMENTATION = 9, 11
#: What libraries say last of all (Rust, C++, V8).
_OUT_OF_MEMORY = (b"memory allocation of", b"bad_alloc", b"out of memory", b"Out of memory")


def read_content_apart(raw: bytes, form: Form) -> Content:
    """What one file holds.

    Raises:
        ReadingError: what the reader of the form says, or that it took too long or too much.
    """
    with _borrow_child() as child:
        (item,) = child.ask({"form": form, "size": len(raw)}, raw)
    return _load_content(item["content"])


def read_entries_apart(path: Path, form: Form, *, text_column: str | None = None) -> Iterator[Item]:
    """The records of a file of many articles, as `policygraph.reading.worker` writes them.

    Raises:
        ReadingError: as above, or that a part of the file is too large; what came before is good.
    """
    question = {"form": form, "size": 0, "path": str(path), "text_column": text_column}
    with _borrow_child() as child:
        for item in child.ask(question):
            yield from item["entries"]
        if form in _LOADED_WHOLE or path.stat().st_size > _MOST_KEPT:
            child.kill()  # it may keep what it held


_idle: list[Child] = []


@contextmanager
def _borrow_child() -> Iterator[Child]:
    """A process that serves nobody else: to start one costs more than to read most files.

    While one goes through a file of many articles, others read what else is asked for.
    """
    try:
        child = _idle.pop()
    except IndexError:
        child = Child()
        atexit.register(child.kill)
    try:
        yield child
    finally:
        _idle.append(child)


def _load_content(values: Mapping[str, Any]) -> Content:
    blocks = tuple(Block(*block) for block in values["blocks"])
    return Content(**{**values, "blocks": blocks, "notes": tuple(values["notes"])})


@dataclass(slots=True)
class Child:
    """A process that answers one question after the other, started when there is one.

    Attributes:
        is_late: whether it was killed for that.
        is_starved: whether it said on standard error that it is out of memory.
    """

    process: subprocess.Popen[bytes] | None = None
    asked: int = 0
    is_late: bool = False
    is_starved: bool = False
    listener: Thread | None = None

    def ask(self, question: Mapping[str, Any], raw: bytes = b"") -> Iterator[Item]:
        """The items of the answer as they come.

        Each must come within the deadline; and of many, a fair amount in the time that all took.
        """
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
        left = MOST_SECONDS
        while True:
            began = time.monotonic()
            line = self._read_line(process, min(left, MOST_SECONDS))
            left -= time.monotonic() - began
            if not line.endswith(b"\n"):
                raise self._tell_end(process)
            item = json.loads(line)
            left += _count_text(item) / LEAST_PACE
            if item.get("is_end"):
                return
            yield item

    def _read_line(self, process: subprocess.Popen[bytes], seconds: float) -> bytes:
        assert process.stdout
        timer = Timer(seconds, self._end_late, [process])
        timer.start()
        try:
            return process.stdout.readline()
        finally:
            timer.cancel()

    def _end_late(self, process: subprocess.Popen[bytes]) -> None:
        self.is_late = True
        process.kill()

    def _tell_end(self, process: subprocess.Popen[bytes]) -> ReadingError:
        code = process.wait()
        if self.listener:
            self.listener.join(1)
        if self.is_late:
            message = f"reading it took longer than {MOST_SECONDS:.0f} seconds, and was given up"
            return ReadingError(message, remedy=BROKEN)
        if code == -_KILLED or self.is_starved:
            return refuse_size()
        message = f"its reader crashed (exit {code}): it is broken"
        if code != -_SEGMENTATION:  # else the library ended itself, often for want of memory
            message += f", or needs more than {MOST_MEMORY / 2**30:.0f} GB of memory"
        return ReadingError(message, remedy=BROKEN)

    def _start(self) -> subprocess.Popen[bytes]:
        self.asked += 1
        if self.asked % _MOST_FILES == 0:
            self.kill()
        if self.process is None or self.process.poll() is not None:
            self.kill()
            self.is_late = self.is_starved = False
            self.process = subprocess.Popen(
                command_of("policygraph.reading.worker"),
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.PIPE,
                env=make_environment(),
            )
            self.listener = Thread(target=self._hear, args=[self.process], daemon=True)
            self.listener.start()
        return self.process

    def _hear(self, process: subprocess.Popen[bytes]) -> None:
        assert process.stderr
        last = b""
        while said := os.read(process.stderr.fileno(), 4096):
            last = last[-100:] + said
            self.is_starved |= any(words in last for words in _OUT_OF_MEMORY)

    def kill(self) -> None:
        if self.process is None:
            return
        self.process.kill()
        self.process.wait()
        if self.listener:
            self.listener.join(1)
        for pipe in (self.process.stdin, self.process.stdout, self.process.stderr):
            if pipe:
                with suppress(BrokenPipeError):  # what was still to be written to it
                    pipe.close()
        self.process = self.listener = None


def _count_text(item: Item) -> int:
    """Code points of the texts in a batch of records: errors earn a file no time."""
    return sum(
        len(entry["record"]["text"]) for entry in item.get("entries", ()) if "record" in entry
    )


def refuse_size() -> ReadingError:
    """That a file needs more memory than it may have."""
    message = f"reading it needs more than {MOST_MEMORY / 2**30:.0f} GB of memory"
    return ReadingError(message, remedy="split it into several files, or save it anew")
