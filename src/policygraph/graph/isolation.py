"""Queries of others are answered in processes apart, which can be killed.

Oxigraph has no deadline and no limit of memory, and some queries end the process that runs them. So
each query runs in a child process; its answer is held back until it is whole. A child answers
query after query, since to start one takes longer than most queries do; one that was killed,
crashed or grew too large is replaced.
"""

from __future__ import annotations

import asyncio
import json
import signal
from asyncio.subprocess import DEVNULL, PIPE, Process
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from tempfile import SpooledTemporaryFile
from typing import Any

from pyoxigraph import RdfFormat, parse

from policygraph.apart import command_of, make_environment
from policygraph.errors import BusyError, PolicyGraphError, QueryLimitError, QueryTimeoutError
from policygraph.graph.answer import read_json
from policygraph.graph.queries import Answer, Question
from policygraph.graph.wire import Formats, dump_question, explain_memory, load_error

_MOST_IN_MEMORY = 2**20  # bytes of an answer; a longer one waits on disk
_STARTING = 60.0  # seconds that a child may take to be ready, on a machine that is busy
_PATIENCE = 2.0  # seconds to wait for a child that is free
_MOST_QUERIES = 1_000  # after so many a fresh child takes over: allocators keep what they held


@dataclass(frozen=True, slots=True)
class Limits:
    """What queries may take.

    Attributes:
        seconds: until the answer to a query is whole.
        memory: bytes of address space of the process that runs it.
        answer: bytes of an answer.
        queries: how many may run at once.
    """

    seconds: float = 10.0
    memory: int = 2**30
    answer: int = 2**28
    queries: int = 4


@dataclass(frozen=True, slots=True)
class WrittenAnswer:
    """A whole answer, of `size` bytes, at the start of a file; `form` is "table" or "triples"."""

    form: str
    file: SpooledTemporaryFile[bytes]
    size: int


def ask_apart(folder: Path, question: Question, limits: Limits) -> Answer:
    """The answer to one question; raises as `Children.ask`."""

    async def ask() -> WrittenAnswer:
        async with open_children(folder, limits) as children:
            return await children.ask(question, Formats())

    written = asyncio.run(ask())
    with written.file as file:
        whole = file.read()
    if written.form == "table":
        return read_json(whole)
    return tuple(quad.triple for quad in parse(whole, format=RdfFormat.N_TRIPLES))


@asynccontextmanager
async def open_children(folder: Path, limits: Limits) -> AsyncIterator[Children]:
    """Processes that answer queries to a graph folder, gone at the end."""
    children = Children(folder, limits)
    try:
        yield children
    finally:
        await children.close()


class Children:
    """Processes that answer queries, started as they are needed."""

    def __init__(self, folder: Path, limits: Limits) -> None:
        self.limits = limits
        self._folder = folder
        self._places = asyncio.Semaphore(limits.queries)
        self._idle: list[_Child] = []

    async def ask(self, question: Question, formats: Formats) -> WrittenAnswer:
        """The answer to a question, whole; a caller that is cancelled ends the query.

        Raises:
            QueryError: as `run_query`; FormatError where no format is wanted that it could have.
            QueryTimeoutError, QueryLimitError: it took too long or too much, or crashed.
            BusyError: too many queries run, or the graph was rebuilt under this one.
            GraphError: the graph cannot be opened.
        """
        async with self._take_place():
            child = await self._find_child()
            file: SpooledTemporaryFile[bytes] = SpooledTemporaryFile(_MOST_IN_MEMORY)  # noqa: SIM115
            try:
                return await self._ask(child, dump_question(question, formats), file)
            except BaseException:
                file.close()
                raise
            finally:
                await self._release(child)

    async def _ask(
        self, child: _Child, line: bytes, file: SpooledTemporaryFile[bytes]
    ) -> WrittenAnswer:
        try:
            async with asyncio.timeout(self.limits.seconds):
                form = await child.ask(line, file, self.limits)
        except TimeoutError as error:
            message = f"the query took longer than {self.limits.seconds:g} seconds, and was ended"
            raise QueryTimeoutError(message, remedy=_ASK_LESS) from error
        size = file.tell()
        file.seek(0)
        return WrittenAnswer(form, file, size)

    @asynccontextmanager
    async def _take_place(self) -> AsyncIterator[None]:
        try:
            async with asyncio.timeout(_PATIENCE):
                await self._places.acquire()
        except TimeoutError as error:
            message = f"{self.limits.queries} queries are running, and no more may at once"
            raise BusyError(message, remedy="ask again in a moment") from error
        try:
            yield
        finally:
            self._places.release()

    async def _find_child(self) -> _Child:
        await asyncio.sleep(0)  # the end of a process that was noticed already is told first
        while self._idle:
            child = self._idle.pop()
            if child.process.returncode is None:
                return child
        return await _start_child(self._folder, self.limits)

    async def _release(self, child: _Child) -> None:
        if child.is_idle and child.asked < _MOST_QUERIES:
            self._idle.append(child)
        else:
            await child.end()

    async def close(self) -> None:
        """Ends the processes that wait for a question."""
        while self._idle:
            await self._idle.pop().end()


_ASK_LESS = "ask for less, name more of what you look for, or add a LIMIT"


@dataclass(slots=True)
class _Child:
    """A process that answers one question after the other; idle between them."""

    process: Process
    is_idle: bool = False
    asked: int = 0

    async def ask(self, line: bytes, file: SpooledTemporaryFile[bytes], limits: Limits) -> str:
        """Copies the answer to the file, and returns its form."""
        assert self.process.stdin
        self.is_idle = False
        self.asked += 1
        with suppress(BrokenPipeError, ConnectionResetError):  # how it ended is told below
            self.process.stdin.write(line)
            await self.process.stdin.drain()
        end = await self._copy(file, limits)
        self.is_idle = not end["is_last"]
        if "error" in end:
            raise load_error(end)
        return str(end["form"])

    async def _copy(self, file: SpooledTemporaryFile[bytes], limits: Limits) -> dict[str, Any]:
        while "size" in (line := await self.read_line(limits)):
            if not line["size"]:
                file.seek(0)
                file.truncate()
            elif file.tell() + line["size"] > limits.answer:
                message = f"the answer is larger than {limits.answer / 2**20:,.0f} MB"
                raise QueryLimitError(message, remedy=_ASK_LESS)
            await self._copy_piece(line["size"], file, limits)
        return line

    async def _copy_piece(
        self, size: int, file: SpooledTemporaryFile[bytes], limits: Limits
    ) -> None:
        assert self.process.stdout
        try:
            file.write(await self.process.stdout.readexactly(size))
        except asyncio.IncompleteReadError as error:
            raise await self._explain_end(limits) from error

    async def read_line(self, limits: Limits) -> dict[str, Any]:
        assert self.process.stdout
        line = await self.process.stdout.readline()
        if not line.endswith(b"\n"):
            raise await self._explain_end(limits)
        found: dict[str, Any] = json.loads(line)
        return found

    async def _explain_end(self, limits: Limits) -> PolicyGraphError:
        code = await self.process.wait()
        if code == -signal.SIGABRT:
            return explain_memory(limits.memory)
        how = signal.Signals(-code).name if code < 0 else f"exit {code}"
        message = f"the query crashed the process that ran it ({how})"
        return QueryLimitError(message, remedy="ask it in a simpler way, with less nesting")

    async def end(self) -> None:
        with suppress(ProcessLookupError):
            self.process.kill()
        # asyncio takes a process for ended once its output is read to the end
        assert self.process.stdout
        while await self.process.stdout.read(_MOST_IN_MEMORY):
            pass
        await self.process.wait()


async def _start_child(folder: Path, limits: Limits) -> _Child:
    arguments = str(folder.absolute()), str(limits.memory), str(limits.seconds)
    command = command_of("policygraph.graph.worker", *arguments)
    # else glibc sets aside a hundred megabytes for each thread, of the memory that it may have
    environment = make_environment() | {"MALLOC_ARENA_MAX": "1"}
    process = await asyncio.create_subprocess_exec(
        *command, stdin=PIPE, stdout=PIPE, stderr=DEVNULL, env=environment
    )
    child = _Child(process)
    try:
        async with asyncio.timeout(_STARTING):
            await child.read_line(limits)
    except BaseException as error:
        await child.end()
        if isinstance(error, TimeoutError):
            message = f"no process for the query was ready within {_STARTING:g} seconds"
            raise BusyError(message, remedy="ask again later") from error
        raise
    return child
