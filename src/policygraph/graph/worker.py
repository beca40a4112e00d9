"""The process that answers queries: one after the other, with little memory and no network.

It opens the graph anew when that was rebuilt. This module is run by `policygraph.graph.isolation`
alone: `python -m policygraph.graph.worker FOLDER BYTES SECONDS`.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO, cast

from pyoxigraph import QueryResultsFormat, QueryTriples, RdfFormat, Store, serialize

from policygraph.apart import cut_network, limit_memory, limit_processor, peak_memory, take_output
from policygraph.errors import BusyError, FormatError, GraphError, QueryError
from policygraph.graph.answer import TABLE_FORMATS, TRIPLE_FORMATS, media_type_of
from policygraph.graph.manifest import MANIFEST
from policygraph.graph.namespaces import PREFIXES
from policygraph.graph.queries import Question, Results, start_query, tell_failures
from policygraph.graph.store import open_store
from policygraph.graph.wire import Formats, Line, Pieces, dump_error, explain_memory, load_question


def main(folder: str, memory: str, seconds: str) -> None:
    """Answers until its input ends, which it does when the process that asks is gone."""
    cut_network()
    limit_memory(int(memory))
    pieces, graph = Pieces(take_output()), _Graph(Path(folder))
    pieces.end({"ready": True})
    for line in sys.stdin.buffer:
        limit_processor(float(seconds))
        try:
            end = _answer(graph, *load_question(line), pieces)
        except MemoryError:
            end = dump_error(explain_memory(int(memory)))
        is_last = peak_memory() > int(memory) * _MOST_KEPT
        pieces.end({**end, "is_last": is_last})
        if is_last:
            return


_MOST_KEPT = 0.4  # of its memory: an allocator may not give back what a large query took


@dataclass(slots=True)
class _Graph:
    """A graph folder, of which the current generation is open."""

    folder: Path
    seen: tuple[int, int] | None = None
    store: Store = field(default_factory=Store)

    def open(self) -> Store:
        """The store, opened anew where the manifest was replaced since, even while it opens."""
        while (seen := self._look()) is None or seen != self.seen:
            self.store, _ = open_store(self.folder)
            self.seen = seen
        return self.store

    def is_outdated(self) -> bool:
        seen = self._look()
        return seen is not None and seen != self.seen

    def _look(self) -> tuple[int, int] | None:
        try:
            found = os.stat(self.folder / MANIFEST)
        except OSError:
            return None  # to open it tells what is wrong
        return found.st_ino, found.st_mtime_ns


def _answer(graph: _Graph, question: Question, formats: Formats, pieces: Pieces) -> Line:
    """Writes the answer, from the start again where the graph was rebuilt under the query.

    A rebuild removes the files of the generation before it. A store opens some of its files only
    when a query needs them; and to Oxigraph, what cannot be read for an EXISTS exists.
    """
    for _ in range(_MOST_REBUILDS):
        end = _try(graph, question, formats, pieces)
        if not graph.is_outdated():
            return end
        pieces.restart()
    return dump_error(BusyError("the graph is rebuilt all the time", remedy="ask again later"))


_MOST_REBUILDS = 5


def _try(graph: _Graph, question: Question, formats: Formats, pieces: Pieces) -> Line:
    try:
        with tell_failures():
            return {"form": _write(start_query(graph.open(), question), formats, pieces)}
    except (QueryError, GraphError) as error:
        return dump_error(error)


def _write(results: Results, formats: Formats, pieces: Pieces) -> str:
    output = cast("IO[bytes]", pieces)  # of a file, to write is all that is asked of it
    if isinstance(results, QueryTriples):
        if formats.triples is None:
            raise FormatError("the answer is triples", remedy=_list(TRIPLE_FORMATS.values()))
        format = TRIPLE_FORMATS[formats.triples]
        serialize(results, output, format=format, prefixes=dict(PREFIXES))
        return "triples"
    if formats.table is None:
        raise FormatError("the answer is a table", remedy=_list(TABLE_FORMATS.values()))
    results.serialize(output, format=TABLE_FORMATS[formats.table])
    return "table"


def _list(formats: Iterable[QueryResultsFormat | RdfFormat]) -> str:
    return f"it comes as {', '.join(map(media_type_of, formats))}"


if __name__ == "__main__":
    main(*sys.argv[1:])
