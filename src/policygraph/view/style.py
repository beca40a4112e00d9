"""How each kind of thing and each predicate is drawn: colours, shapes and Vietnamese names.

The dark colours hold a contrast of at least 4.5:1 (WCAG AA) with the ground they stand on.
"""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class KindStyle:
    """The look of one kind of node; `name` is what the legend calls it.

    `ink` is the colour of its label, `tint` and `border` those of its mentions in a text.
    """

    name: str
    shape: str
    fill: str
    border: str
    ink: str
    tint: str
    radius: int = 3
    text_inside: bool = True


KINDS = {
    "document": KindStyle("Văn bản", "box", "#1f4e79", "#163a5b", "#ffffff", "#dae6f3"),
    "organisation": KindStyle(
        "Tổ chức", "box", "#e2f0ea", "#2e7d63", "#17453a", "#d9eee5", radius=16
    ),
    "campaign": KindStyle(
        "Phong trào", "diamond", "#d9902f", "#8a540c", "#6b4108", "#f7e3c4", 3, False
    ),
    "article": KindStyle("Bài viết", "dot", "#8a8577", "#5f5b50", "#45423a", "#e9e6dd", 3, False),
}

_PLAIN = "#5b6573"
_EDGES = {
    "implements": "#b23a2e",
    "issuedBy": "#2e7d63",
    "launchedBy": "#2e7d63",
    "subOrganizationOf": "#8fb8a8",
    "promotes": "#a8690f",
    "amends": "#6b4ea0",
    "replaces": "#6b4ea0",
    "repeals": "#6b4ea0",
    "basedOn": "#3a6ea5",
    "guides": "#3a6ea5",
    "reviews": "#3a6ea5",
    "cites": "#cfcabd",
}

GROUND = "#fbfaf6"
FONT = "'Noto Sans', 'Segoe UI', Roboto, 'Helvetica Neue', Arial, sans-serif"


def edge_colour(predicate: str) -> str:
    return _EDGES.get(predicate, _PLAIN)


def vis_group(style: KindStyle) -> dict[str, Any]:
    """A kind's look as a vis-network group."""
    halo = {} if style.text_inside else {"strokeWidth": 4, "strokeColor": GROUND}
    colours = {"background": style.fill, "border": style.border}
    return {
        "borderWidth": 1,
        "color": {**colours, "highlight": colours, "hover": colours},
        "font": {"color": style.ink, "face": FONT, **halo},
        "shapeProperties": {"borderRadius": style.radius},
    }


def legend_entry(kind: str, count: int) -> dict[str, Any]:
    """A kind's look for the page's legend."""
    return {"kind": kind, "count": count, **asdict(KINDS[kind])}
