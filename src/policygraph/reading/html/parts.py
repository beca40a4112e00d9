"""What an element of a page is, by its tag and by the names in its attributes."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Any, Literal, cast

from policygraph.lexicon import Row, load_rows
from policygraph.resources import data_file

Element = Any  # lxml's own types are of no use to a checker

Part = Literal["furniture", "caption", "byline", "headline", "lead", "date", "place"]

_TAGS: dict[str, Part] = {
    "nav": "furniture",
    "footer": "furniture",
    "aside": "furniture",
    "form": "furniture",
    "button": "furniture",
    "figcaption": "caption",
    "caption": "caption",
    "time": "date",
}
_ATTRIBUTES = ("class", "id", "rel", "role", "itemprop")
_LONGEST_NAMES = 300
_NAMES_KEPT = 10_000
_CAMEL = re.compile(r"(?<=[a-z])(?=[A-Z])")
_JOINT = re.compile(r"[^a-z0-9]+")

# Elements that a browser sets on lines of their own; all others run within a line.
_BLOCKS = frozenset(
    {
        "address", "article", "aside", "blockquote", "body", "button", "caption", "center", "dd",
        "details", "dialog", "dir", "div", "dl", "dt", "fieldset", "figcaption", "figure", "footer",
        "form", "h1", "h2", "h3", "h4", "h5", "h6", "header", "hgroup", "hr", "html", "legend",
        "li", "main", "menu", "nav", "ol", "optgroup", "option", "p", "pre", "search", "section",
        "summary", "table", "tbody", "td", "tfoot", "th", "thead", "tr", "ul",
    }
)  # fmt: skip
# What a browser does not show as text of the page, or shows as a control to fill in.
_UNSEEN = frozenset(
    {
        "applet", "area", "audio", "base", "canvas", "datalist", "embed", "head", "iframe", "link",
        "map", "meta", "noembed", "noframes", "noscript", "object", "param", "script", "select",
        "source", "style", "svg", "template", "textarea", "title", "track", "video",
    }
)  # fmt: skip
_HIDDEN = re.compile(r"display\s{0,9}:\s{0,9}none|visibility\s{0,9}:\s{0,9}hidden", re.IGNORECASE)


@dataclass(frozen=True, slots=True, kw_only=True)
class PartRow(Row):
    """What an element is by a name; the fields are explained at the head of the file."""

    region: str
    pattern: str


def is_block(element: Element) -> bool:
    """Whether an element stands on lines of its own."""
    return element.tag in _BLOCKS


def is_unseen(element: Element) -> bool:
    """Whether a browser shows nothing of an element, and of what is in it."""
    return (
        element.tag in _UNSEEN
        or "hidden" in element.attrib
        or (element.tag == "dialog" and "open" not in element.attrib)
        or bool(_HIDDEN.search(element.get("style", "")))
    )


def tell_part(element: Element) -> Part | None:
    """What an element is, where its tag, class, id, rel, role or itemprop says so."""
    if part := _TAGS.get(element.tag):
        return part
    attributes = element.attrib
    names = " ".join(attributes[name] for name in _ATTRIBUTES if name in attributes)
    if element.tag == "div" and "type" in attributes:  # "RelatedNewsBox", of one newspaper system
        names += " " + attributes["type"]
    return _tell_by_names(names[:_LONGEST_NAMES]) if names else None


@lru_cache(maxsize=_NAMES_KEPT)
def _tell_by_names(names: str) -> Part | None:
    slugs = [slug_name(name) for name in names.split()]
    for pattern, part in _patterns():
        if any(map(pattern.search, slugs)):
            return part
    return None


def slug_name(name: str) -> str:
    """A name as the patterns see it: "boxTinLienQuan" and "box_tin_lien_quan" are one."""
    return _JOINT.sub("-", _CAMEL.sub("-", name).lower())


@cache
def load_parts() -> tuple[PartRow, ...]:
    """The rows of data/vocab/page_parts.toml."""
    return load_rows(data_file("vocab", "page_parts.toml"), PartRow)


@cache
def _patterns() -> tuple[tuple[re.Pattern[str], Part], ...]:
    return tuple((re.compile(row.pattern), cast(Part, row.region)) for row in load_parts())
