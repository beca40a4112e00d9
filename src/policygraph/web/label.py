"""What an IRI is called, and where its page is: labels that stand beside IRIs."""

from __future__ import annotations

import re
from dataclasses import dataclass
from urllib.parse import unquote

from policygraph.graph.iri import article_iri, split_part
from policygraph.graph.namespaces import PREFIXES
from policygraph.graph.thing import Node
from policygraph.graph.vocabulary import find_term
from policygraph.web.record import path_of, reader_path
from policygraph.web.snapshot import Snapshot

_STRETCH = re.compile(r"=([0-9]{1,12}),([0-9]{1,12})$")  # as in "#char=10,20"


@dataclass(frozen=True, slots=True)
class Label:
    """What is known of an IRI.

    Attributes:
        short: the IRI without what is the same for many: "pg:implements", "document/dang/…".
        vi, en: what it is called; a thing and an article bear their one name in both languages.
        path: of the page that tells of it; of a part of an article, where the reader shows it.
        is_fiction: whether it is an article that is invented, or a part of one.
    """

    iri: str
    short: str
    vi: str | None
    en: str | None
    path: str | None
    is_fiction: bool = False


def label_iri(snapshot: Snapshot, iri: str) -> Label:
    """The label of an IRI; without names and path for one that the graph has no words for."""
    short = shorten_iri(snapshot.base, iri)
    if node := snapshot.catalogue.find(iri):
        is_fiction = iri in snapshot.catalogue.invented
        return Label(iri, short, node.label, node.label, path_of(snapshot.base, iri), is_fiction)
    article, fragment = split_part(iri)
    if fragment and (node := snapshot.catalogue.find(article)):
        return _label_part(snapshot, iri, node, fragment)
    term = find_term(iri)
    return Label(iri, short, term.vi if term else None, term.en if term else None, None)


def _label_part(snapshot: Snapshot, iri: str, whole: Node, fragment: str) -> Label:
    """A part of an article, or a value that is given for a thing."""
    name = f"{whole.label} #{unquote(fragment)}"
    path = path_of(snapshot.base, whole.iri)
    if stretch := _STRETCH.search(fragment):
        path = reader_path(snapshot.base, whole.iri, int(stretch[1]), int(stretch[2]))
    is_fiction = whole.iri in snapshot.catalogue.invented
    return Label(iri, shorten_iri(snapshot.base, iri), name, name, path, is_fiction)


def label_article(snapshot: Snapshot, id_: str) -> Label | None:
    """The label of an article by its id, which answers give in the place of its IRI."""
    iri = article_iri(snapshot.base, id_)
    return label_iri(snapshot, iri) if snapshot.catalogue.find(iri) else None


def shorten_iri(base: str, iri: str) -> str:
    """An IRI with a prefix for its namespace, or without the base of the graph."""
    for prefix, namespace in PREFIXES.items():
        if iri.startswith(namespace):
            return f"{prefix}:{iri.removeprefix(namespace)}"
    return unquote(iri.removeprefix(base))
