"""One self-contained web page that shows the graph, works with the network off and stands still.

    network ─place_nodes→ positions ─┐
            ─draw nodes, edges───────┴→ pyvis Network ─generate_html→ page

pyvis holds the nodes, edges and options and fills the template; the template is ours, because
pyvis's own loads Bootstrap from a CDN, shows its heading twice, runs script that stands in titles
and ids, and lets the physics run for minutes.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import networkx as nx

    from policygraph.graph.coverage import Coverage
    from policygraph.graph.trace import Trace


def render_page(network: nx.MultiDiGraph[Any], *, title: str) -> str:
    """A complete HTML page; nothing is written to disk, and opening it fetches nothing.

    Nodes carry kind, label, date, number, type, title and evidence; edges kind, label, date and
    evidence, with the predicate as their key. All of it is shown as text, never as markup.
    """
    # networkx, scipy and pyvis take most of a second to import: only who draws pays for it
    from policygraph.view.page import draw_page

    return draw_page(network, title=title)


def render_frame(network: nx.MultiDiGraph[Any], *, title: str) -> str:
    """The page of `render_page` as an element of another page, which scripts in it cannot reach."""
    from html import escape

    page = escape(render_page(network, title=title))
    return (
        f'<iframe srcdoc="{page}" title="{escape(title)}" width="100%" height="640" '
        'sandbox="allow-scripts" loading="lazy" style="border: 1px solid #ddd"></iframe>'
    )


def render_trace(trace: Trace) -> str:
    """A complete HTML page of a trace, without script: its chain by level and year."""
    from policygraph.view.trace_page import draw_trace

    return draw_trace(trace)


def render_coverage(coverage: Coverage) -> str:
    """A complete HTML page of a coverage, without script: a heat map with what was seen."""
    from policygraph.view.coverage_page import draw_coverage

    return draw_coverage(coverage)
