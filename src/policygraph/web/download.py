"""What pages offer to take away: chains and coverages as tables, pages and pictures."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from io import StringIO
from typing import Any

from starlette.requests import Request
from starlette.responses import Response

from policygraph.graph.coverage import Coverage
from policygraph.graph.network import project_nodes
from policygraph.graph.trace import Trace
from policygraph.view import render_coverage, render_page, render_trace
from policygraph.view.table import write_coverage_csv, write_trace_csv
from policygraph.web.pages.coverage import CoverageQuery, show_coverage
from policygraph.web.pages.graph import GraphQuery, show_graph
from policygraph.web.pages.trace import TraceQuery, show_trace
from policygraph.web.query import AddressError, read_query
from policygraph.web.render import know_reader, render
from policygraph.web.snapshot import Snapshot

# What is taken away runs nothing, wherever it is opened.
_HELD = "default-src 'none'; style-src 'unsafe-inline'; sandbox"


@dataclass(frozen=True, slots=True)
class Download:
    """One form of what a page shows.

    Attributes:
        path: where it is, with the parameters of the page.
        query: the dataclass of these.
        find: the trace or coverage that a query asks for.
        write: what it is in this form, for the reader of a request.
    """

    path: str
    media_type: str
    query: type
    find: Callable[[Snapshot, Any], Any]
    write: Callable[[Request, Any], str]
    is_attached: bool = True

    def answer(self, request: Request, snapshot: Snapshot) -> Response:
        found = self.find(snapshot, read_query(self.query, {}, request.query_params))
        name = self.path.removeprefix("/")
        how = "attachment" if self.is_attached else "inline"
        headers = {
            "Cache-Control": "no-cache",
            "Content-Disposition": f'{how}; filename="{name}"',
            "Content-Security-Policy": _HELD,
        }
        return Response(self.write(request, found), headers=headers, media_type=self.media_type)


def _find_trace(snapshot: Snapshot, query: TraceQuery) -> Trace:
    found = show_trace(snapshot, query).whole
    if found is None:
        raise AddressError("the parameter “document” is missing", place="document")
    return found


def _find_coverage(snapshot: Snapshot, query: CoverageQuery) -> Coverage:
    found = show_coverage(snapshot, query).coverage
    if found is None:
        raise AddressError("the parameter “document” is missing", place="document")
    return found


def _find_graph(snapshot: Snapshot, query: GraphQuery) -> str:
    """The page that `policygraph view` makes, of what the graph browser shows."""
    shown = show_graph(snapshot, query)
    nodes = [snapshot.catalogue.nodes[near.item.iri] for near in shown.nodes]
    if not nodes:
        raise AddressError("the parameter “focus” is missing", place="focus")
    network = project_nodes(snapshot.store, snapshot.base, nodes)
    return render_page(network, title=", ".join(item.label for item in shown.focus))


def _write_csv(write: Callable[[Any, StringIO], None]) -> Callable[[Request, Any], str]:
    def write_all(_: Request, found: Any) -> str:
        stream = StringIO(newline="")
        write(found, stream)
        # Without the mark, spreadsheets take the letters of Vietnamese for others.
        return "\ufeff" + stream.getvalue()

    return write_all


def _write_picture(request: Request, found: Trace) -> str:
    return render("trace.svg", know_reader(request), trace=found)


DOWNLOADS = (
    Download("/graph.html", "text/html", GraphQuery, _find_graph, lambda _, page: str(page)),
    Download("/trace.csv", "text/csv", TraceQuery, _find_trace, _write_csv(write_trace_csv)),
    Download("/trace.html", "text/html", TraceQuery, _find_trace, lambda _, t: render_trace(t)),
    Download(
        "/trace.svg", "image/svg+xml", TraceQuery, _find_trace, _write_picture, is_attached=False
    ),
    Download(
        "/coverage.csv", "text/csv", CoverageQuery, _find_coverage, _write_csv(write_coverage_csv)
    ),
    Download(
        "/coverage.html",
        "text/html",
        CoverageQuery,
        _find_coverage,
        lambda _, found: render_coverage(found),
    ),
)
