"""Who is named as the issuer of a document, and where not all of that can be right."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import partial

from pyoxigraph import NamedNode, Store

from policygraph.graph.evidence import Quotation, find_first_mentions, read_quotation
from policygraph.graph.iri import links_iri
from policygraph.graph.namespaces import DCTERMS, ORG, PG, PROV, RDF, RDFS
from policygraph.graph.pattern import find_nodes, find_quads, find_subjects, find_value
from policygraph.graph.thing import find_plain_name
from policygraph.linking.issuers import Body, Hierarchy
from policygraph.registry import load_registry

#: IRIs of the bodies that one reference names together.
_Bodies = frozenset[str]


@dataclass(frozen=True, slots=True)
class IssuerSide:
    """Bodies that are named together as the issuers of a document, and who names them.

    Attributes:
        name: their labels, joined by "; ".
        evidence: the sentences that do.
        source: that of the registry, where no text names them.
    """

    name: str
    evidence: tuple[Quotation, ...]
    source: str | None = None


def find_opposed_issuers(store: Store, base: str) -> Iterator[tuple[str, tuple[IssuerSide, ...]]]:
    """The documents, by IRI, for which texts or the registry name issuers that contradict."""
    graph = NamedNode(links_iri(base))
    hierarchy = Hierarchy(partial(_read_body, store, graph))
    registered = _read_registered(store, graph)
    for document, named in _read_sides(store).items():
        known = registered.get(document, {})
        opposed = [
            *(
                _make_side(store, graph, bodies, references)
                for bodies, references in named.items()
                if any(hierarchy.contradict(bodies, other) for other in (*named, *known))
            ),
            *(
                IssuerSide(_join_labels(store, graph, bodies), (), source)
                for bodies, source in known.items()
                if any(hierarchy.contradict(bodies, other) for other in named)
            ),
        ]
        if opposed:
            yield document, tuple(sorted(opposed, key=_by_name))


def _by_name(side: IssuerSide) -> str:
    return side.name


def _read_registered(store: Store, graph: NamedNode) -> dict[str, dict[_Bodies, str]]:
    """The issuers that the registry alone gives, with its source, by document."""
    bodies: dict[tuple[str, str], set[str]] = defaultdict(set)
    for value in find_subjects(store, PG.property, PG.issuedBy, graph=graph):
        source = find_value(store, value, DCTERMS.source, graph=graph)
        if source and not any(find_nodes(store, value, PROV.wasDerivedFrom, graph=graph)):
            document = next(find_nodes(store, value, PG.about, graph=graph)).value
            body = next(find_nodes(store, value, RDF.value, graph=graph))
            bodies[document, source].add(body.value)
    return {document: {frozenset(of): source} for (document, source), of in bodies.items()}


def _read_sides(store: Store) -> dict[str, dict[_Bodies, list[NamedNode]]]:
    """The references that name each set of issuers, by the document that they stand for.

    What stands for a partial key alone is left out: two texts' "Nghị quyết số 19-NQ/TW" of unknown
    term may be two documents, each with its own issuer.
    """
    named: dict[NamedNode, set[str]] = defaultdict(set)
    for reference, issuer in _read_issuers(store):
        named[reference].update(body.value for body in find_nodes(store, issuer, PG.standsFor))
    sides: dict[str, dict[_Bodies, list[NamedNode]]] = defaultdict(lambda: defaultdict(list))
    for reference, bodies in named.items():
        if bodies and find_value(store, reference, PG.basis) not in ("partial", "ambiguous"):
            for document in find_nodes(store, reference, PG.standsFor):
                sides[document.value][frozenset(bodies)].append(reference)
    return sides


def _read_issuers(store: Store) -> Iterator[tuple[NamedNode, NamedNode]]:
    """References of documents with those of their issuers, as citations and sentences say."""
    for quad in find_quads(store, None, PG.issuer):
        yield quad.subject, NamedNode(quad.object.value)
    for statement in find_subjects(store, PG.predicate, PG.issuedBy):
        reference = next(find_nodes(store, statement, PG.subject))
        yield reference, next(find_nodes(store, statement, PG.object))


def _read_body(store: Store, graph: NamedNode, iri: str) -> Body:
    node = NamedNode(iri)
    return Body(
        place=find_value(store, node, PG.place, graph=graph),
        code=load_registry().issuer_named(find_plain_name(store, node, graph)),
        above=frozenset(
            body.value for body in find_nodes(store, node, ORG.subOrganizationOf, graph=graph)
        ),
    )


def _join_labels(store: Store, graph: NamedNode, bodies: _Bodies) -> str:
    return "; ".join(sorted(_label(store, graph, body) for body in bodies))


def _label(store: Store, graph: NamedNode, iri: str) -> str:
    return find_value(store, NamedNode(iri), RDFS.label, graph=graph) or iri


def _make_side(
    store: Store, graph: NamedNode, bodies: _Bodies, references: Sequence[NamedNode]
) -> IssuerSide:
    """The side with the sentences that say it; where none does, the first mentions."""
    sentences = {sentence for each in references for sentence in _find_sentences(store, each)}
    return IssuerSide(
        _join_labels(store, graph, bodies),
        tuple(sorted(read_quotation(store, sentence) for sentence in sentences))
        or find_first_mentions(store, references),
    )


def _find_sentences(store: Store, reference: NamedNode) -> Iterator[NamedNode]:
    for statement in find_subjects(store, PG.subject, reference):
        if PG.issuedBy in find_nodes(store, statement, PG.predicate):
            yield from find_nodes(store, statement, PG.evidence)
