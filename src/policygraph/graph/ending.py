"""How a document ended: what replaced or repealed it, as a whole or some provisions of it alone."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass

from pyoxigraph import NamedNode, Store

from policygraph.graph.evidence import find_references, find_stated
from policygraph.graph.iri import in_reading_order, read_span, split_part
from policygraph.graph.namespaces import OA, PG, RDFS
from policygraph.graph.pattern import find_nodes, find_subjects, find_value
from policygraph.graph.thing import Node

PREDICATES = ("replaces", "repeals")


@dataclass(frozen=True, slots=True)
class Ending:
    """That a document was replaced or repealed, and by which other.

    Attributes:
        provisions: labels of the provisions that alone were ("Điều 3"); none where all of it was.
    """

    predicate: str
    by: Node
    provisions: tuple[str, ...] = ()

    @property
    def is_whole(self) -> bool:
        return not self.provisions


def find_provisions(
    store: Store, document: NamedNode, sentences: Collection[NamedNode]
) -> tuple[str, ...]:
    """The provisions of a document that some sentences are about; none where one is about all.

    A sentence is about provisions where each mention of the document in it names some.
    """
    found: set[str] = set()
    for sentence in sentences:
        for provisions in _list_provisions(store, document, sentence):
            if not provisions:
                return ()
            found |= provisions
    return tuple(sorted(found, key=in_reading_order))


def _list_provisions(
    store: Store, document: NamedNode, sentence: NamedNode
) -> Iterator[frozenset[str]]:
    """Those named with each mention of the document in a sentence."""
    article, span = split_part(sentence.value)[0], read_span(sentence.value)
    graph = NamedNode(article)
    for reference in find_references(store, document):
        if split_part(reference.value)[0] != article:
            continue
        for mention in find_subjects(store, OA.hasBody, reference, graph=graph):
            targets = find_nodes(store, mention, OA.hasTarget, graph=graph)
            if any(span.contains(read_span(target.value)) for target in targets):
                parts = find_nodes(store, mention, PG.provision, graph=graph)
                labels = (find_value(store, part, RDFS.label, graph=graph) for part in parts)
                yield frozenset(filter(None, labels))


def find_ended_provisions(
    store: Store, document: NamedNode, predicate: str, by: NamedNode
) -> tuple[str, ...]:
    """The provisions that alone were replaced or repealed by another document."""
    stated = find_stated(store, by, "earlier")
    return find_provisions(store, document, stated.get((PG[predicate].value, document.value), ()))
