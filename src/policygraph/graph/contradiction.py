"""Where what is said of one document cannot all be true: two dates of it, or two issuers."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from pyoxigraph import NamedNode, Store

from policygraph.graph.evidence import Quotation, read_quotation
from policygraph.graph.iri import decision_id, links_iri
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
        decided: the value that a reviewer decided on, None where it is open.
        decision: the id of that decision.
    """

    thing: str
    label: str
    property: str
    values: tuple[AssertedValue, ...]
    decided: str | None = None
    decision: str | None = None


def find_contradictions(store: Store, base: str) -> tuple[Contradiction, ...]:
    """All contradictions that no reviewer decided, by thing and property."""
    return tuple(each for each in find_disagreements(store, base) if each.decided is None)


def find_disagreements(store: Store, base: str) -> tuple[Contradiction, ...]:
    """All contradictions, decided or not, by thing and property."""
    graph = NamedNode(links_iri(base))
    found = [*_find_dates(store, base, graph), *_find_issuers(store, base, graph)]
    return tuple(sorted(found, key=lambda each: (each.thing, each.property)))


def find_dates(store: Store, base: str, document: str) -> tuple[AssertedValue, ...]:
    """All dates that are given for one document, sorted, with who gives them."""
    graph = NamedNode(links_iri(base))
    nodes = [
        node
        for node in find_subjects(store, PG.about, NamedNode(document), graph=graph)
        if PG.date in find_nodes(store, node, PG.property, graph=graph)
    ]
    return tuple(sorted((_read_value(store, graph, node) for node in nodes), key=_by_value))


def _find_dates(store: Store, base: str, graph: NamedNode) -> Iterator[Contradiction]:
    for document, nodes in _group_values(store, graph).items():
        if len(nodes) > 1:
            values = sorted((_read_value(store, graph, node) for node in nodes), key=_by_value)
            label, decided = _label(store, graph, document), _find_decided(store, base, nodes)
            yield Contradiction(document, label, "date", tuple(values), *decided)


def _find_decided(
    store: Store, base: str, nodes: Iterable[NamedNode]
) -> tuple[str, str] | tuple[()]:
    """The value among these that a decision gives, and the decision's id; nothing where none is."""
    graph = NamedNode(links_iri(base))
    for node in nodes:
        for decision in find_nodes(store, node, PG.decidedBy, graph=graph):
            value = find_value(store, node, RDF.value, graph=graph)
            return value or "", decision_id(base, decision.value)
    return ()


def _group_values(store: Store, graph: NamedNode) -> dict[str, list[NamedNode]]:
    """The values of each document's date."""
    values: dict[str, list[NamedNode]] = defaultdict(list)
    for node in find_subjects(store, PG.property, PG.date, graph=graph):
        values[next(find_nodes(store, node, PG.about)).value].append(node)
    return values


def _read_value(store: Store, graph: NamedNode, node: NamedNode) -> AssertedValue:
    assertions = find_nodes(store, node, PROV.wasDerivedFrom, graph=graph)
    sentences = {
        read_quotation(store, sentence)
        for assertion in assertions
        for sentence in find_nodes(store, assertion, PG.evidence)
    }
    value = next(find_quads(store, node, RDF.value, graph=graph)).object.value
    source = None if sentences else find_value(store, node, DCTERMS.source, graph=graph)
    return AssertedValue(value, tuple(sorted(sentences)), source)


def _by_value(value: AssertedValue) -> str:
    return value.value


def _find_issuers(store: Store, base: str, graph: NamedNode) -> Iterator[Contradiction]:
    for thing, sides in find_opposed_issuers(store, base):
        values = tuple(AssertedValue(side.name, side.evidence, side.source) for side in sides)
        yield Contradiction(thing, _label(store, graph, thing), "issuer", values)


def _label(store: Store, graph: NamedNode, thing: str) -> str:
    return find_value(store, NamedNode(thing), RDFS.label, graph=graph) or thing
