"""The graph folder: an embedded Oxigraph store that is always a complete graph.

`graph.json` is the manifest; it names the generation, a folder beside it, that is current. An
update works on a new generation made of hard links and becomes current by replacing the manifest
atomically, so that a process killed at any point leaves the last complete graph, and a reader
never meets a half-written one. One writer at a time holds `.lock`.
"""

from __future__ import annotations

import os
import re
import shutil
import sqlite3
from collections.abc import Collection, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from io import BytesIO
from itertools import chain, islice
from pathlib import Path

from filelock import FileLock, Timeout
from pyoxigraph import NamedNode, Quad, RdfFormat, Store

from policygraph.errors import GraphError, GraphHeldError
from policygraph.graph.iri import DEFAULT_BASE, article_iri, check_base
from policygraph.graph.manifest import (
    MANIFEST,
    Manifest,
    read_manifest,
    sync_folder,
    write_manifest,
)
from policygraph.graph.namespaces import PG
from policygraph.graph.pattern import find_value
from policygraph.linking.ledger import StoredLedger

_LOCK = ".lock"
_LEDGER = "linking.sqlite"
_GENERATION = re.compile(r"generation-(\d+)")
_ATTEMPTS = 5
_BATCH = 50_000


def open_store(folder: Path | str) -> tuple[Store, Manifest]:
    """The current graph of a folder, read-only, and its manifest.

    Raises:
        GraphError: no graph folder, a corrupt manifest, a newer format, a damaged store.
    """
    folder = Path(folder)
    for attempt in range(1, _ATTEMPTS + 1):
        manifest = read_manifest(folder)
        try:
            return Store.read_only(str(folder / manifest.generation)), manifest
        except (OSError, RuntimeError, ValueError) as error:  # a file that is gone is "corruption"
            # A writer may have moved on, and swept this generation, since the manifest was read.
            if attempt == _ATTEMPTS or read_manifest(folder) == manifest:
                message = f"the store {manifest.generation} cannot be opened: {error}"
                raise GraphError(message, place=folder, remedy=_REBUILD) from error
    raise AssertionError("unreachable")


_REBUILD = "move the folder away and build the graph again"


class GraphUpdate:
    """A new generation in the making; set `manifest` to change what is committed with it.

    Quads are written in batches, which takes a third of the time of one article after the other.

    Attributes:
        manifest: of the graph that is updated; the generation is filled in on commit.
        changed: ids of the articles whose graphs were replaced or taken out.
    """

    def __init__(self, manifest: Manifest, generation: Path) -> None:
        self.manifest = manifest
        self.changed: set[str] = set()
        self._generation = generation
        self._store = Store(str(generation))
        self._ledger: StoredLedger | None = None
        self._pending: dict[str, list[Quad]] = {}
        self._pending_count = 0

    @property
    def store(self) -> Store:
        """The new generation with all that was put into it; gone once the update is over."""
        self._write()
        return self._store

    @property
    def ledger(self) -> StoredLedger:
        """What linking keeps beside the graphs; a new one where the generation has none."""
        if self._ledger is None:
            _make_own(self._generation / _LEDGER)
            self._ledger = StoredLedger(self._generation / _LEDGER)
        return self._ledger

    def forget_links(self) -> None:
        """Lets linking begin anew; before the ledger is asked for."""
        (self._generation / _LEDGER).unlink(missing_ok=True)

    def article_digest(self, article: str) -> str | None:
        """The SHA-256 of what was read as this article, None where the graph lacks it."""
        iri = article_iri(self.manifest.base, article)
        store = self.store if iri in self._pending else self._store
        return find_value(store, NamedNode(iri), PG.sha256, graph=NamedNode(iri))

    def replace_article(self, article: str, quads: Iterable[Quad]) -> None:
        """Puts these quads in the place of the article's graph."""
        self.changed.add(article)
        self._replace(article_iri(self.manifest.base, article), quads)

    def remove_article(self, article: str) -> None:
        """Takes the article's graph out."""
        self.changed.add(article)
        self._replace(article_iri(self.manifest.base, article), ())

    def add_quads(self, quads: Iterable[Quad]) -> None:
        """Puts quads into graphs of their own, which no build takes anything out of."""
        self.store.extend(quads)

    def patch_links(self, gone: Collection[Quad], fresh: Collection[Quad]) -> None:
        """Takes quads out of the links graph, and puts others in."""
        store = self.store
        for quad in gone:
            store.remove(quad)
        store.bulk_extend(fresh)

    def _replace(self, graph: str, quads: Iterable[Quad]) -> None:
        if graph in self._pending:
            self._write()
        self._store.remove_graph(NamedNode(graph))
        rest = iter(quads)
        while batch := list(islice(rest, _BATCH)):  # a long text has more than memory holds
            self._pending[graph] = batch
            self._pending_count += len(batch)
            if self._pending_count >= _BATCH:
                self._write()

    def _write(self) -> None:
        if self._pending_count:
            self._store.bulk_extend(chain.from_iterable(self._pending.values()))
        self._pending = {}
        self._pending_count = 0

    def flush(self) -> None:
        """Writes everything durably."""
        self.store.flush()
        if self._ledger is not None:
            self._ledger.commit()
        sync_folder(self._generation)

    def close(self) -> None:
        """Lets go of the files: an open store still compacts them."""
        del self._store
        if self._ledger is not None:
            self._ledger.close()


@contextmanager
def update_folder(
    folder: Path | str, *, base: str | None = None, patience: float = 0
) -> Iterator[GraphUpdate]:
    """A new generation of a graph folder: committed on a clean exit, discarded on an exception.

    The folder is made where there is none. `base` counts for a new graph; an existing one keeps
    its own.

    Args:
        patience: seconds to wait for another writer.

    Raises:
        GraphHeldError: another writer is at work.
        GraphError: the folder holds something else, a newer format, a corrupt manifest or ledger,
            a base that is not the graph's.
    """
    folder = Path(folder)
    _check_folder(folder)
    is_old = folder.exists()
    folder.mkdir(parents=True, exist_ok=True)
    with _hold(folder, patience):
        current = _read_current(folder, base)
        fresh = _next_generation(current)
        update = GraphUpdate(current, _make_generation(folder, current, fresh))
        try:
            yield update
            update.flush()
        except BaseException as error:
            update.close()
            # The traceback may hold the store open, whose threads remove files beside us; what is
            # left here the next update sweeps.
            shutil.rmtree(folder / fresh, ignore_errors=True)
            if not current.generation and not is_old:
                shutil.rmtree(folder, ignore_errors=True)
            if isinstance(error, sqlite3.Error):
                message = f"{_LEDGER} cannot be read or written: {error}"
                raise GraphError(message, place=folder, remedy=_REBUILD) from error
            raise
        update.close()
        write_manifest(folder, replace(update.manifest, generation=fresh))
        _sweep(folder, keep=fresh)


def sorted_nquads(store: Store) -> Iterator[str]:
    """The whole store as N-Quads lines without line ends, sorted by code point."""
    dumped = BytesIO()
    store.dump(dumped, format=RdfFormat.N_QUADS)
    for line in sorted(dumped.getvalue().split(b"\n")):
        if line:
            yield line.decode()


def _check_folder(folder: Path) -> None:
    if folder.exists() and not folder.is_dir():
        raise GraphError("is a file, not a graph folder", place=folder, remedy=_ELSEWHERE)
    if not folder.is_dir() or (folder / MANIFEST).exists():
        return
    foreign = [entry.name for entry in folder.iterdir() if not _is_ours(entry.name)]
    if foreign:
        message = f"is no graph folder: it holds {min(foreign)!r} and no {MANIFEST}"
        raise GraphError(message, place=folder, remedy=_ELSEWHERE)


_ELSEWHERE = "name an empty folder, or one that does not exist yet"


def _is_ours(name: str) -> bool:
    return name == _LOCK or name.startswith(MANIFEST) or bool(_GENERATION.fullmatch(name))


@contextmanager
def _hold(folder: Path, patience: float) -> Iterator[None]:
    lock = FileLock(folder / _LOCK, timeout=patience)
    try:
        lock.acquire()
    except Timeout as error:
        remedy = "wait until it is done, or name another folder"
        message = "another process is writing this graph"
        raise GraphHeldError(message, place=folder, remedy=remedy) from error
    try:
        yield
    finally:
        lock.release()


def _read_current(folder: Path, base: str | None) -> Manifest:
    if not (folder / MANIFEST).exists():
        return Manifest(base=check_base(base or DEFAULT_BASE), generation="")
    manifest = read_manifest(folder)
    if base is not None and base != manifest.base:
        message = f"this graph was built with the base {manifest.base}"
        raise GraphError(message, place=folder, remedy="leave the base out, or use a new folder")
    return manifest


def _next_generation(manifest: Manifest) -> str:
    number = _GENERATION.fullmatch(manifest.generation)
    return f"generation-{int(number[1]) + 1 if number else 1}"


def _make_generation(folder: Path, current: Manifest, fresh: str) -> Path:
    """A writable copy of the current generation, of hard links to its immutable files.

    So is its ledger, until it is written; a generation of an earlier policygraph has none.
    """
    source = open_store(folder)[0] if current.generation else None
    _sweep(folder, keep=current.generation)
    if source is not None:
        source.backup(str(folder / fresh))
        _link_file(folder / current.generation / _LEDGER, folder / fresh / _LEDGER)
    return folder / fresh


def _link_file(file: Path, other: Path) -> None:
    """Makes another name of a file, or a copy where there are no hard links; nothing of none."""
    try:
        os.link(file, other)
    except FileNotFoundError:
        return
    except OSError:
        shutil.copyfile(file, other)


def _make_own(file: Path) -> None:
    """Puts a copy in the place of a file that another generation has as well."""
    if file.exists():
        copy = file.with_suffix(".new")
        shutil.copyfile(file, copy)
        os.replace(copy, file)


def _sweep(folder: Path, *, keep: str) -> None:
    """Removes other generations and unfinished manifests."""
    for entry in folder.iterdir():
        if entry.name == keep or entry.name in (MANIFEST, _LOCK):
            continue
        if _GENERATION.fullmatch(entry.name):
            shutil.rmtree(entry)
        elif entry.name.startswith(MANIFEST + "."):
            os.unlink(entry)
