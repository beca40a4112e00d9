"""Where what is said of one document cannot all be true: two dates of it, or two issuers."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass

from pyoxigraph import NamedNode, Store

from policygraph.graph.evidence import Quotation, read_quotation
from policygraph.graph.iri import links_iri
from policygraph.graph.issuers import find_opposed_issuers
from policygraph.graph.namespaces import DCTERMS, PG, PROV, RDF, RDFS
from policygraph.graph.pattern import find_nodes, find_quads, find_subjects, find_value


@dataclass(frozen=True, slots=True)
class AssertedValue:
    """One value, and who says so: sentences of articles, or the source of a registry row.

    Attributes:
        value: a date; or the names of the issuers that a text names together, joined by "; ".
    """

    value: str
    evidence: tuple[Quotation, ...]
    source: str | None = None


@dataclass(frozen=True, slots=True)
class Contradiction:
    """Several values of one property of one thing, sorted.

    Attributes:
        thing: its IRI; `label` is what people call it.
        property: local name of the property ("date", "issuer").
    """

    thing: str
    label: str
    property: str
    values: tuple[AssertedValue, ...]


def find_contradictions(store: Store, base: str) -> tuple[Contradiction, ...]:
    """All contradictions, by thing and property."""
    graph = NamedNode(links_iri(base))
    found = [*_find_attributes(store, graph), *_find_issuers(store, base, graph)]
    return tuple(sorted(found, key=lambda each: (each.thing, each.property)))


def _find_attributes(store: Store, graph: NamedNode) -> Iterator[Contradiction]:
    for (thing, property_), asserted in _assertions(store).items():
        values = [AssertedValue(v, tuple(sorted(set(q)))) for v, q in asserted.items()]
        values += _known_values(store, graph, thing, property_, set(asserted))
        if len(values) > 1:
            name = property_.removeprefix(PG.iri)
            ordered = tuple(sorted(values, key=lambda value: value.value))
            yield Contradiction(thing, _label(store, graph, thing), name, ordered)


def _find_issuers(store: Store, base: str, graph: NamedNode) -> Iterator[Contradiction]:
    for thing, sides in find_opposed_issuers(store, base):
        values = tuple(AssertedValue(side.name, side.evidence) for side in sides)
        yield Contradiction(thing, _label(store, graph, thing), "issuer", values)


def _label(store: Store, graph: NamedNode, thing: str) -> str:
    return find_value(store, NamedNode(thing), RDFS.label, graph=graph) or thing


def _assertions(store: Store) -> dict[tuple[str, str], dict[str, list[Quotation]]]:
    """The sentences behind each value that articles assert, by thing and property."""
    asserted: dict[tuple[str, str], dict[str, list[Quotation]]] = defaultdict(
        lambda: defaultdict(list)
    )
    for node in find_subjects(store, RDF.type, PG.AttributeAssertion):
        value = next(find_quads(store, node, PROV.value)).object.value
        property_ = next(find_nodes(store, node, PG.property)).value
        sentence = read_quotation(store, next(find_nodes(store, node, PG.evidence)))
        reference = next(find_nodes(store, node, PG.about))
        for thing in find_nodes(store, reference, PG.standsFor):
            asserted[thing.value, property_][value].append(sentence)
    return asserted


def _known_values(
    store: Store, graph: NamedNode, thing: str, property_: str, asserted: set[str]
) -> Iterator[AssertedValue]:
    """What the registry knows and no article says."""
    node = NamedNode(thing)
    source = find_value(store, node, DCTERMS.source, graph=graph)
    known = find_value(store, node, NamedNode(property_), graph=graph)
    if source and known and known not in asserted:
        yield AssertedValue(known, (), source)
