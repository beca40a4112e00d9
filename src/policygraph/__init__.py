"""policygraph turns Vietnamese policy articles into a knowledge graph.

import policygraph as pg

graph = pg.build("articles/")           # or pg.open("graph/")
graph.trace("25-NQ/TW").as_json()
graph.query("SELECT ?d WHERE { ?d a pg:PartyDocument }").texts()
graph.to_networkx()
pg.evaluate("gold/").figures            # the extraction beside texts marked by hand
pg.review("graph/", author="An")        # accepts, rejects, merges, splits, dates, undoes
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from policygraph.deciding import decide as decide
    from policygraph.errors import PolicyGraphError as PolicyGraphError
    from policygraph.evaluation import evaluate as evaluate
    from policygraph.graph.policy_graph import PolicyGraph as PolicyGraph
    from policygraph.pipeline import build as build
    from policygraph.pipeline import extract as extract
    from policygraph.pipeline import open_graph as open
    from policygraph.reviewing import review as review

_HOMES = {
    "PolicyGraph": ("policygraph.graph.policy_graph", "PolicyGraph"),
    "PolicyGraphError": ("policygraph.errors", "PolicyGraphError"),
    "build": ("policygraph.pipeline", "build"),
    "decide": ("policygraph.deciding", "decide"),
    "evaluate": ("policygraph.evaluation", "evaluate"),
    "extract": ("policygraph.pipeline", "extract"),
    "open": ("policygraph.pipeline", "open_graph"),
    "review": ("policygraph.reviewing", "review"),
}

__all__ = [
    "PolicyGraph",
    "PolicyGraphError",
    "build",
    "decide",
    "evaluate",
    "extract",
    "open",
    "review",
]


def __getattr__(name: str) -> Any:
    """Imports what is asked for, and only that: `import policygraph` alone costs nothing."""
    if name == "__version__":
        return import_module("importlib.metadata").version("policygraph")
    if name not in _HOMES:
        raise AttributeError(f"module 'policygraph' has no attribute {name!r}")
    module, attribute = _HOMES[name]
    return getattr(import_module(module), attribute)


def __dir__() -> list[str]:
    return sorted([*globals(), *__all__])
