"""Pages without script: a template of ours, escaped, under a policy that lets nothing in."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from policygraph.view.security import content_policy

_ASSETS = Path(__file__).parent / "assets"


def write_day(date: str | None) -> str:
    """A date in ISO 8601 as Vietnamese readers write it, "03/06/2013"; "" without one."""
    return "/".join(reversed(date.split("-"))) if date else ""


@cache
def read_sheet_style() -> str:
    """The stylesheet of these pages."""
    return (_ASSETS / "sheet.css").read_text(encoding="utf-8")


def render_sheet(template: str, **values: Any) -> str:
    """A complete HTML page of a template in assets/; every value is shown as text."""
    environment = Environment(
        loader=FileSystemLoader(_ASSETS), autoescape=True, undefined=StrictUndefined
    )
    style = read_sheet_style()
    policy = content_policy(styles=[style])
    return environment.get_template(template).render(style=style, policy=policy, **values)
