"""Who has carried out a document: by province, ministry or level, and where it is said.

A body has *issued* a document that carries it out, directly or through others; or a body below it
has; or it is only *said* to carry it out; or it has only *reviewed* how that went; or *nothing* was
seen. Nothing seen is no more than that: the articles at hand do not tell.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, Literal

from pyoxigraph import NamedNode, Store

from policygraph.graph.coverage_frame import By, Frame, find_strange_provinces, make_frame
from policygraph.graph.evidence import Quotation
from policygraph.graph.iri import links_iri
from policygraph.graph.names import find_thing
from policygraph.graph.namespaces import DCTERMS, PG
from policygraph.graph.pattern import find_quads
from policygraph.graph.thing import Node, find_articles
from policygraph.graph.trace import Step, Trace, trace_node

Status = Literal["issued", "below", "said", "reviewed", "nothing"]

_CARRIES_ON = ("implements", "guides")


@dataclass(frozen=True, slots=True)
class Said:
    """What was seen of one body: the thing that carries the document out, and the sentences.

    Attributes:
        is_review: whether it is only said to review how the document was carried out.
    """

    thing: Node
    evidence: tuple[Quotation, ...]
    is_review: bool = False

    def as_json(self) -> dict[str, Any]:
        evidence = [said.as_json() for said in self.evidence]
        return {**self.thing.as_json(), "is_review": self.is_review, "evidence": evidence}


@dataclass(frozen=True, slots=True)
class Cell:
    """What was seen of the bodies of one row for one document, the earliest first."""

    status: Status
    seen: tuple[Said, ...] = ()

    def as_json(self) -> dict[str, Any]:
        seen = [said.as_json() for said in self.seen]
        return {"status": self.status, "first": self.first, "seen": seen}

    @property
    def first(self) -> str | None:
        """The date of the first document that carries it out, ISO 8601."""
        return next((said.thing.date for said in self.documents if said.thing.date), None)

    @property
    def documents(self) -> tuple[Said, ...]:
        """The documents seen that carry it out."""
        return tuple(s for s in self.seen if s.thing.kind == "document" and not s.is_review)


@dataclass(frozen=True, slots=True)
class Row:
    """A province, ministry or level, with a cell for each document asked for.

    Attributes:
        id: of the place, organisation or level.
        is_known: False for a province that the registry does not know.
    """

    id: str
    label: str
    cells: tuple[Cell, ...]
    is_known: bool = True


@dataclass(frozen=True, slots=True)
class Coverage:
    """Rows by label, with a cell for each of the documents.

    Attributes:
        as_of: the day for which it holds, ISO 8601: as asked for, else the latest day in the graph.
        articles: how many articles had been published by then, those without a date included.
    """

    documents: tuple[Node, ...]
    by: By
    as_of: str | None
    articles: int
    rows: tuple[Row, ...]

    def only_seen(self) -> Coverage:
        """Without the rows of which nothing was seen."""
        rows = (row for row in self.rows if any(cell.seen for cell in row.cells))
        return replace(self, rows=tuple(rows))

    def as_json(self) -> dict[str, Any]:
        """`{"documents", "by", "as_of", "articles", "rows": [{"id", "label", "cells": […]}]}`."""
        return {
            "documents": [node.as_json() for node in self.documents],
            "by": self.by,
            "as_of": self.as_of,
            "articles": self.articles,
            "rows": [
                {
                    "id": row.id,
                    "label": row.label,
                    "cells": [
                        {
                            "status": c.status,
                            "first": c.first,
                            "seen": [s.as_json() for s in c.seen],
                        }
                        for c in row.cells
                    ],
                }
                for row in self.rows
            ],
        }


def find_coverage(
    store: Store, base: str, names: Sequence[str], *, by: By, as_of: str | None = None
) -> Coverage:
    """Who has carried out the documents of these names.

    Raises:
        AmbiguousNameError, UnknownNameError: as `find_thing`.
    """
    documents = [find_thing(store, base, name, kind="document") for name in names]
    corpus = read_corpus(store, base)
    return cover_nodes(store, base, documents, corpus=corpus, by=by, as_of=as_of)


@dataclass(frozen=True, slots=True)
class Corpus:
    """What a coverage is seen in.

    Attributes:
        last_day: the latest that an article was published, or a document is dated.
        published: the days of all articles, "" for one without.
        strange: the names of provinces that the registry does not know, by id.
    """

    last_day: str | None
    published: tuple[str, ...]
    strange: Mapping[str, str]


def read_corpus(store: Store, base: str) -> Corpus:
    """The corpus of a graph: the same for each of its coverages."""
    published = tuple(node.date or "" for node in find_articles(store, base))
    return Corpus(_find_latest_day(store, base), published, find_strange_provinces(store, base))


def cover_nodes(
    store: Store,
    base: str,
    documents: Sequence[Node],
    *,
    corpus: Corpus,
    by: By,
    as_of: str | None = None,
    nodes: Mapping[str, Node] | None = None,
) -> Coverage:
    """Who has carried out documents that were found already.

    Args:
        nodes: things by IRI that were read already.
    """
    day = as_of or corpus.last_day
    traces = [trace_node(store, base, each, as_of=as_of, nodes=nodes) for each in documents]
    frame = make_frame(store, base, by=by, day=day, traces=traces, strange=corpus.strange)
    found = [_sort_out(frame, trace) for trace in traces]
    rows = [
        Row(id_, label, tuple(cells.get(id_, _NOTHING) for cells in found), id_ in frame.known)
        for id_, label in sorted(frame.labels.items(), key=lambda pair: frame.order(*pair))
    ]
    articles = sum(as_of is None or published <= as_of for published in corpus.published)
    return Coverage(tuple(documents), by, day, articles, tuple(rows))


_NOTHING = Cell("nothing")


def _find_latest_day(store: Store, base: str) -> str | None:
    """The latest day that an article was published, or a document is dated."""
    graph = NamedNode(links_iri(base))
    days = [quad.object.value for quad in find_quads(store, None, DCTERMS.issued)]
    days += [quad.object.value for quad in find_quads(store, None, PG.date, graph=graph)]
    return max(days, default=None)


def _sort_out(frame: Frame, trace: Trace) -> dict[str, Cell]:
    """The cells of one document, by the id of their row."""
    said: dict[str, dict[str, Said]] = defaultdict(dict)
    for step in _list_carrying(trace):
        for row in frame.places.get(step.subject.iri, ()):
            before = said[row].get(step.subject.iri)
            evidence = (*(before.evidence if before else ()), *step.evidence)
            is_review = step.predicate == "reviews" and (before is None or before.is_review)
            said[row][step.subject.iri] = Said(
                step.subject, tuple(dict.fromkeys(evidence)), is_review
            )
    return {row: _make_cell(frame, found.values()) for row, found in said.items()}


def _list_carrying(trace: Trace) -> Iterator[Step]:
    """The steps by which something carries the target out, through documents that do, or reviews
    how that went."""
    reached = {trace.target.iri}
    for step in trace.steps:
        if step.direction != "later" or step.object.iri not in reached:
            continue
        if step.predicate in _CARRIES_ON:
            reached.add(step.subject.iri)
            yield step
        elif step.predicate == "reviews":
            yield step


def _make_cell(frame: Frame, seen: Iterable[Said]) -> Cell:
    found = sorted(seen, key=lambda said: (said.thing.date or "9", said.thing.iri))
    cell = Cell("said", tuple(found))
    if any(said.thing.iri in frame.own for said in cell.documents):
        return replace(cell, status="issued")
    if cell.documents:
        return replace(cell, status="below")
    return replace(cell, status="reviewed") if all(said.is_review for said in found) else cell
