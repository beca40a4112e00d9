"""The only place where the stages are composed: for each text, and for the corpus.

source ─read→ article ─extract→ mentions ─refer→ references ─relate→ statements
article graphs + registry + review ─link→ links graph (relinking)
"""

from __future__ import annotations

import hashlib
import json
import warnings
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cache
from pathlib import Path
from time import monotonic
from typing import Any

from policygraph.build_log import log_build
from policygraph.errors import BuildError, EmptyFolderError, ReadingError
from policygraph.explanation import (
    Explanation,
    MentionExplanation,
    explain_offset,
    explain_words,
)
from policygraph.extraction import extract_mentions
from policygraph.extraction.misreadings import describe_misreadings
from policygraph.graph.policy_graph import PolicyGraph
from policygraph.graph.rdf import describe_article
from policygraph.graph.store import GraphUpdate, update_folder
from policygraph.linking import link
from policygraph.model import AnnotatedArticle, Article, Citation, Claims, Links, Mention
from policygraph.provenance import digest_data, digest_files
from policygraph.reading import EVERYTHING, Selection, Source, find_list, find_sources, read_article
from policygraph.record import extraction_record
from policygraph.references import refer
from policygraph.registry import load_registry
from policygraph.relinking import link_anew
from policygraph.roots import Holdings, name_root
from policygraph.statements import relate
from policygraph.text import tidy

#: Called after each source with how many are done.
OnProgress = Callable[[int], None]
OnError = Callable[[ReadingError], None]
OnNote = Callable[["Note"], None]


def annotate(article: Article) -> AnnotatedArticle:
    """All that one article says; raises ReadingError where it is no text of people."""
    mentions = extract_mentions(article)
    references = refer(article, mentions)
    statements = relate(article, references)
    return AnnotatedArticle(_name_document(article, mentions), mentions, references, statements)


def _name_document(article: Article, mentions: Iterable[Mention]) -> Article:
    """The article under the title of the document that it is; its letterhead is no headline."""
    own = next((m for m in mentions if isinstance(m, Citation) and m.is_own), None)
    if own is None:
        return article
    title = own.title and tidy(article.text[own.title.start : own.title.end])
    return replace(article, title=title or article.title or own.written, author=None)


@dataclass(frozen=True, slots=True)
class Note:
    """What is to be said of a file that was read: how it was decoded, which column is its text."""

    place: str
    message: str

    def __str__(self) -> str:
        return f"{self.place}: {self.message}"


def list_notes(source: Source, article: Article) -> tuple[Note, ...]:
    """What is to be said of how an article was read: its encoding, numbers that were misread."""
    of_file = (Note(source.file or source.place, each) for each in source.file_notes)
    own = (*article.notes, *describe_misreadings(article.text))
    return (*of_file, *(Note(source.place, each) for each in own))


@dataclass(frozen=True, slots=True)
class Extraction:
    """What one text says, and what that is taken to mean with no other text at hand.

    Attributes:
        source: what to call the text: a file's path as it was named, a record's own id.
        notes: what is to be said of how the text was read.
    """

    source: str
    annotated: AnnotatedArticle
    links: Links
    notes: tuple[Note, ...] = ()

    def follow(self, graph: PolicyGraph) -> Extraction:
        """The same under what was decided of this article, and of things, in a graph."""
        review = graph.review
        claims = replace(_claim(self.annotated), verdicts=review.judge_text(self.annotated))
        return replace(self, links=link([claims], load_registry(), review.rulings))

    def as_record(self) -> dict[str, Any]:
        """The JSON object that `policygraph extract` prints; see `extraction_record`."""
        return extraction_record(self.annotated, self.links) | {"source": self.source}

    def explain(self, offset: int) -> Explanation:
        """Why the mention at an offset was read; raises PolicyGraphError behind the text's end."""
        return explain_offset(self.annotated, self.links, offset)

    def explain_words(self, words: str) -> tuple[MentionExplanation, ...]:
        """Why each mention that holds the words was read; none where no mention does."""
        return explain_words(self.annotated, self.links, words)


def extract(
    *paths: Path | str, selection: Selection = EVERYTHING
) -> Iterator[Extraction | ReadingError]:
    """What each article under the paths says; one that cannot be read comes as a ReadingError."""
    for path in paths:
        for source in _find(Path(path), selection):
            yield source if isinstance(source, ReadingError) else _try_source(source)


def extract_text(text: str, *, name: str) -> Extraction:
    """What one text says that has no file of its own; its offsets count in the text as given.

    Args:
        name: what to call the text, also in messages.

    Raises:
        ReadingError: the text is empty, or holds what no text can hold.
    """
    raw = json.dumps({"id": name, "text": text}).encode()
    return _extract_source(Source(name, name, raw, hashlib.sha256(raw).hexdigest(), "record"))


def _try_source(source: Source) -> Extraction | ReadingError:
    try:
        return _extract_source(source)
    except ReadingError as error:
        return error


def _extract_source(source: Source) -> Extraction:
    annotated = _annotate_source(source)
    name = source.id if source.form == "record" else source.place
    notes = list_notes(source, annotated.article)
    return Extraction(name, annotated, link([_claim(annotated)], load_registry()), notes)


def _claim(annotated: AnnotatedArticle) -> Claims:
    article = annotated.article
    return Claims(article.id, article.published, annotated.references, annotated.statements)


def _annotate_source(source: Source) -> AnnotatedArticle:
    try:
        return annotate(read_article(source))
    except ReadingError as error:
        raise error.at(source.place) from None


def _find(path: Path, selection: Selection) -> Iterator[Source | ReadingError]:
    """The sources under a path; that there are none is one more error among theirs."""
    try:
        yield from find_sources(path, selection)
    except ReadingError as error:
        yield error


def build(
    *paths: Path | str,
    graph: Path | str = "graph",
    base: str | None = None,
    selection: Selection = EVERYTHING,
    on_error: OnError | None = None,
) -> PolicyGraph:
    """Builds the graph of all articles under the paths into a folder, and opens it.

    A folder that holds a graph is brought up to date, as `update_graph` says. What cannot be read
    goes to `on_error`, or becomes a warning.

    Raises:
        ReadingError: a path where nothing is.
        BuildError: nothing could be read.
        GraphError: the folder holds something else, is being written, or has a newer format.
    """
    return update_graph(
        *paths, graph=graph, base=base, selection=selection, on_error=on_error or _warn
    ).graph


def _warn(error: ReadingError) -> None:
    warnings.warn(str(error), stacklevel=4)


def open_graph(folder: Path | str = "graph") -> PolicyGraph:
    """A graph that was built before; raises GraphError where the folder is none."""
    return PolicyGraph.open(folder)


@dataclass(frozen=True, slots=True)
class BuildReport:
    """What a build did.

    Attributes:
        read: how many articles were read, being new or changed; `unchanged` were not read again,
            `removed` were there before and are gone.
        errors: why something could not be read.
        notes: what is to be said of what was read.
    """

    graph: PolicyGraph
    read: int
    unchanged: int
    removed: int
    errors: tuple[ReadingError, ...]
    notes: tuple[Note, ...]

    def as_json(self) -> dict[str, Any]:
        """The same for machines: a row for each file that could not be read, and for each note."""
        return {
            "read": self.read,
            "unchanged": self.unchanged,
            "removed": self.removed,
            "failed": [error.as_json() for error in self.errors],
            "notes": [{"place": note.place, "note": note.message} for note in self.notes],
        }


def update_graph(
    *paths: Path | str,
    graph: Path | str = "graph",
    base: str | None = None,
    selection: Selection = EVERYTHING,
    on_progress: OnProgress | None = None,
    on_error: OnError | None = None,
    on_note: OnNote | None = None,
) -> BuildReport:
    """Brings a graph folder up to date with the articles under the paths, all or nothing.

    An article whose bytes are unchanged is not read again; one that vanished under a path named
    now goes, all of them where a folder that was built before is now empty; what other paths gave
    stays. An article that cannot be read is reported and the rest
    are built; what was read from it before stays. So it is with an id that belongs to another
    text already.

    Args:
        graph: the folder; made where there is none.
        base: of the IRIs of a new graph; an existing one keeps its own.
        selection: which files are read; one that is left out counts as vanished.

    Raises:
        ReadingError: a path where nothing is.
        BuildError: nothing could be read.
        GraphError: as `update_folder`.
        All of them leave the graph as it was.
    """
    folder, begun = Path(graph), monotonic()
    roots = _find_roots(paths, folder)
    with update_folder(folder, base=base) as update:
        work = _Build.begin(update, folder, roots, selection)
        for done, error in enumerate(work.take_all(roots), 1):
            if error and on_error:
                on_error(error)
            for note in work.take_notes():
                if on_note:
                    on_note(note)
            if on_progress:
                on_progress(done)
        work.finish()
    log_build(folder, seconds=monotonic() - begun, counts=work.counts())
    return BuildReport(
        PolicyGraph.open(folder),
        work.read,
        work.unchanged,
        len(work.removed),
        tuple(work.errors),
        tuple(work.notes),
    )


def _find_roots(paths: Sequence[Path | str], folder: Path) -> dict[str, Path]:
    """The paths by the names that the graph folder has for them; each must exist."""
    if not paths:
        raise ReadingError("there is nothing to read", remedy="name a file or folder of articles")
    for path in paths:
        find_sources(Path(path))  # raises where nothing is, before anything is written
    roots = {name_root(Path(path), folder): Path(path) for path in paths}
    _refuse_nested(list(roots.values()))
    return roots


def _refuse_nested(roots: Sequence[Path]) -> None:
    """Raises ReadingError where one path lies in another, whose articles would count twice."""
    named = {(find_list(path) or path).resolve(): path for path in roots}
    for inner, path in named.items():
        if outer := next((named[each] for each in inner.parents if each in named), None):
            message = f"it lies in {outer.as_posix()}, which is named as well"
            raise ReadingError(message, place=path, remedy="name one of the two")


@dataclass(slots=True)
class _Build:
    """One update of a graph: what was read, and what there is to do at its end.

    Attributes:
        outdated: ids of articles that an earlier extractor read.
        told: how many of the notes were passed on already.
    """

    update: GraphUpdate
    holdings: Holdings
    selection: Selection
    outdated: set[str]
    read: int = 0
    unchanged: int = 0
    removed: list[str] = field(default_factory=list)
    errors: list[ReadingError] = field(default_factory=list)
    notes: list[Note] = field(default_factory=list)
    told: int = 0

    @staticmethod
    def begin(
        update: GraphUpdate, folder: Path, roots: Mapping[str, Path], selection: Selection
    ) -> _Build:
        manifest = update.manifest
        outdated = set(manifest.outdated)
        if manifest.extractor != fingerprint_extractor():
            outdated = {id_ for ids in manifest.roots.values() for id_ in ids}
        holdings = Holdings(folder, manifest.roots, frozenset(roots))
        return _Build(update, holdings, selection, outdated)

    def take_all(self, roots: Mapping[str, Path]) -> Iterator[ReadingError | None]:
        """Takes in each source in turn; None, or why it could not be."""
        for root, path in sorted(roots.items()):
            for found in _find(path, self.selection):
                try:
                    self._take(root, found)
                    yield None
                except ReadingError as error:
                    self.errors.append(error)
                    yield error

    def _take(self, root: str, found: Source | ReadingError) -> None:
        if isinstance(found, EmptyFolderError) and root in self.holdings.before:
            return  # all that it held vanished
        if isinstance(found, ReadingError):
            self.holdings.unsure.add(root)
            raise found
        stored = self.update.article_digest(found.id)
        self.holdings.claim(root, found, stored)
        if stored == found.sha256 and found.id not in self.outdated:
            self.unchanged += 1
            return
        try:
            self._read(found)
        except ReadingError:
            if stored is None:
                self.holdings.give_up(root, found.id)
            raise

    def counts(self) -> dict[str, int]:
        """What was done, in numbers."""
        return {
            "read": self.read,
            "unchanged": self.unchanged,
            "removed": len(self.removed),
            "failed": len(self.errors),
        }

    def take_notes(self) -> list[Note]:
        """The notes since the last call."""
        fresh, self.told = self.notes[self.told :], len(self.notes)
        return fresh

    def _read(self, source: Source) -> None:
        annotated = _annotate_source(source)
        self.notes += list_notes(source, annotated.article)
        quads = describe_article(annotated, base=self.update.manifest.base)
        self.update.replace_article(source.id, quads)
        self.outdated.discard(source.id)
        self.read += 1

    def finish(self) -> None:
        """Takes out what vanished and links anew; raises BuildError where nothing was read."""
        self.removed = self.holdings.vanished()
        if not (self.read or self.unchanged or self.removed):
            raise BuildError(tuple(self.errors))
        for article in self.removed:
            self.update.remove_article(article)
        if self._is_newer():
            self.update.forget_links()
        if self.update.changed or self._is_newer():
            link_anew(self.update, self.update.changed)
        self.update.manifest = replace(
            self.update.manifest,
            extractor=fingerprint_extractor(),
            roots=self.holdings.after(),
            outdated=tuple(sorted(self.outdated.difference(self.removed))),
        )

    def _is_newer(self) -> bool:
        return self.update.manifest.extractor != fingerprint_extractor()


@cache
def fingerprint_extractor() -> str:
    """A digest of the program and the data that read articles: another one, another reading."""
    package = Path(__file__).parent
    program = [(file.relative_to(package).as_posix(), file) for file in package.rglob("*.py")]
    return hashlib.sha256((digest_files(program) + digest_data()).encode()).hexdigest()
