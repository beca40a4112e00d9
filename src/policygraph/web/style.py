"""The stylesheet of kinds and predicates: the colours of the pyvis page, for light and for dark."""

from __future__ import annotations

from policygraph.graph.relation import PREDICATES
from policygraph.view.style import KINDS, edge_colour

#: On a dark ground: the border and tint of each kind, and what stands for each colour of edges.
_DARK_KINDS = {
    "document": ("#8ab8e6", "#1d3450"),
    "organisation": ("#7cc7ab", "#173a2f"),
    "campaign": ("#e5ac5c", "#46310f"),
    "article": ("#b5b1a4", "#3a382f"),
}
_DARK_EDGES = {
    "#b23a2e": "#f0857a",
    "#2e7d63": "#7cc7ab",
    "#a8690f": "#e5ac5c",
    "#6b4ea0": "#b9a1e6",
    "#3a6ea5": "#8ab8e6",
    "#5b6573": "#a3adba",
    "#8fb8a8": "#5f8f7e",
    "#cfcabd": "#55514a",
}
_EDGES = (*PREDICATES, "subOrganizationOf", "cites")


def write_palette() -> str:
    """Custom properties for both grounds: `--document-line`, `--document-tint`, `--implements`."""
    light = {kind: (look.border, look.tint) for kind, look in KINDS.items()}
    bright = _write_properties(light, {each: edge_colour(each) for each in _EDGES})
    dark = _write_properties(_DARK_KINDS, {each: _DARK_EDGES[edge_colour(each)] for each in _EDGES})
    return (
        f":root {{ {bright} }}\n"
        f'@media (prefers-color-scheme: dark) {{ :root:not([data-theme="light"]) {{ {dark} }} }}\n'
        f':root[data-theme="dark"] {{ {dark} }}\n' + "\n".join(_write_classes())
    )


def _write_properties(kinds: dict[str, tuple[str, str]], edges: dict[str, str]) -> str:
    lines = [
        f"--{kind}-line: {line}; --{kind}-tint: {tint};" for kind, (line, tint) in kinds.items()
    ]
    return " ".join([*lines, *(f"--{name}: {colour};" for name, colour in edges.items())])


def _write_classes() -> list[str]:
    return [
        f".edge-{name} {{ stroke: var(--{name}); }} .head-{name} {{ fill: var(--{name}); }}"
        f" .k-{name} {{ background: var(--{name}); }}"
        for name in _EDGES
    ]
