"""Renders records through the templates, in the language and colours of a reader."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, Literal
from urllib.parse import unquote, urlencode

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup
from starlette.requests import Request

from policygraph.document_types import load_document_types
from policygraph.graph.iri import campaign_type_iri
from policygraph.graph.ontology import find_label
from policygraph.graph.trace import Trace
from policygraph.levels import load_levels
from policygraph.view.lanes import Chart, ChartWords, draw_chart
from policygraph.view.sheet import read_sheet_style
from policygraph.view.trace_page import find_anchors
from policygraph.web.language import LANGUAGES, Language, Words, choose_language, load_words
from policygraph.web.record import path_of
from policygraph.web.style import write_palette

_HERE = Path(__file__).parent
STATIC = _HERE / "static"

Theme = Literal["auto", "light", "dark"]
_THEMES: tuple[Theme, ...] = ("auto", "light", "dark")


@dataclass(frozen=True, slots=True)
class Reader:
    """For whom a page is rendered, and at which address.

    Attributes:
        chosen: the language and theme that the address asks for, to be remembered.
    """

    language: Language
    theme: Theme
    path: str
    parameters: tuple[tuple[str, str], ...]
    chosen: Mapping[str, str]

    def address(self, **changes: Any) -> str:
        """The same page with other parameters; None takes one out."""
        kept = [(name, value) for name, value in self.parameters if name not in changes]
        added = [(name, str(value)) for name, value in changes.items() if value is not None]
        return "?".join(filter(None, (self.path, urlencode([*kept, *added]))))

    def address_with(self, name: str, values: Iterable[str]) -> str:
        """The same page with just these values, or paths, of a parameter that may be repeated."""
        kept = [pair for pair in self.parameters if pair[0] != name]
        added = [(name, value.removeprefix("/")) for value in values]
        return "?".join(filter(None, (self.path, urlencode([*kept, *added], safe="/:"))))

    def swapped(self, name: str, value: str) -> str | None:
        """The same page with a value in the place of a name; None where it has not the name."""
        if all(given.strip() != name.strip() for _, given in self.parameters):
            return None
        values = [
            (key, value if given.strip() == name.strip() else given)
            for key, given in self.parameters
        ]
        return f"{self.path}?{urlencode(values)}"

    def download(self, ending: str) -> str:
        """The path of the same page in another form, with its parameters."""
        path = "/index" if self.path == "/" else self.path
        return "?".join(filter(None, (path + ending, urlencode(self.parameters))))


def know_reader(request: Request) -> Reader:
    """The reader of a request: what its address asks for, then its cookies, then its browser."""
    given = request.query_params
    chosen: dict[str, str] = {}
    if given.get("lang") in LANGUAGES:
        chosen["lang"] = given["lang"]
    if given.get("theme") in _THEMES:
        chosen["theme"] = given["theme"]
    theme = chosen.get("theme") or request.cookies.get("theme")
    return Reader(
        language=choose_language(
            chosen.get("lang") or request.cookies.get("lang"),
            request.headers.get("accept-language", ""),
        ),
        theme=next((each for each in _THEMES if each == theme), "auto"),
        path=_read_path(request),
        parameters=tuple(
            (name, value) for name, value in given.multi_items() if name not in ("lang", "theme")
        ),
        chosen=chosen,
    )


def _read_path(request: Request) -> str:
    """The path of a page; with one slash, for two would begin the name of another host."""
    written: str = request.scope["raw_path"].decode("ascii", "replace").partition("?")[0]
    return "/" + written.lstrip("/")


def render(template: str, reader: Reader, *, base: str = "", **values: Any) -> str:
    """A complete HTML page; every value is shown as text.

    Args:
        base: of the IRIs of the graph, which paths do without.
    """
    words = Words(reader.language)
    return (
        _environment()
        .get_template(template)
        .render(
            t=words,
            reader=reader,
            kinds=("document", "organisation", "campaign", "article"),
            name_type=lambda label: _name_type(label, reader.language),
            name_level=lambda id_: _name_level(id_, reader.language),
            draw=lambda trace: _draw(trace, words),
            name_campaign=lambda id_: _name_campaign(id_, reader.language),
            path_of_node=lambda node: path_of(base, node.iri),
            picture_style=_picture_style,
            items_by_iri=lambda nodes: {node.item.iri: node.item for node in nodes},
            name_column=lambda name: _name_column(name, words),
            **values,
        )
    )


@cache
def _environment() -> Environment:
    environment = Environment(
        loader=FileSystemLoader(_HERE / "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.globals["static"] = static_path
    environment.filters["unquote"] = unquote
    return environment


@cache
def palette() -> str:
    """The stylesheet of kinds and predicates."""
    return write_palette()


@cache
def static_path(name: str) -> str:
    """The address of a file of static/, which changes with what is in it."""
    content = palette().encode() if name == "palette.css" else (STATIC / name).read_bytes()
    return f"/static/{name}?v={hashlib.sha256(content).hexdigest()[:12]}"


def _name_type(label: str, language: Language) -> str:
    """What a document type is called, by its Vietnamese label."""
    if language == "vi":
        return label
    return _english_types().get(label, label)


@cache
def _english_types() -> Mapping[str, str]:
    return {row.label: row.english for row in load_document_types().values()}


def _name_level(id_: str, language: Language) -> str:
    row = load_levels().get(id_)
    if row is None:
        return id_
    return row.label if language == "vi" else row.english


def _name_campaign(id_: str, language: Language) -> str:
    """What a kind of campaign is called."""
    return find_label(campaign_type_iri(id_), language) or id_


def _name_column(name: str, words: Words) -> str:
    """What a variable of a named query stands for; others are shown as they are written."""
    id_ = f"column.{name}"
    return words(id_) if id_ in load_words() else f"?{name}"


@cache
def _picture_style() -> Markup:
    """The look of a picture that stands alone: the light colours, and what the sheets use."""
    return Markup(read_sheet_style() + palette())


def _draw(trace: Trace, words: Words) -> Chart:
    """The picture of a trace by level and year."""
    names = {
        id_.removeprefix("predicate."): words(id_)
        for id_ in load_words()
        if id_.startswith("predicate.")
    }
    chart_words = ChartWords(
        predicates=names,
        levels={id_: _name_level(id_, words.language) for id_ in load_levels()},
        no_level=words("trace.no_level"),
        no_year=words("trace.no_year"),
        endings={each: words(f"ended.{each}") for each in ("replaces", "repeals")},
        write_day=words.day,
    )
    return draw_chart(trace, chart_words, find_anchors(trace))
