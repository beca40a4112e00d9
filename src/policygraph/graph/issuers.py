"""Whom articles name as issuers of a document, and where not all of them can be right."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from pyoxigraph import NamedNode, Store

from policygraph.graph.evidence import Quotation, find_first_mentions, read_quotation
from policygraph.graph.iri import links_iri
from policygraph.graph.namespaces import ORG, PG, RDFS
from policygraph.graph.pattern import find_nodes, find_quads, find_subjects, find_value
from policygraph.registry import IssuerCode, load_registry

#: IRIs of the bodies that one reference names together.
_Bodies = frozenset[str]


@dataclass(frozen=True, slots=True, order=True)
class IssuerSide:
    """Bodies that texts name together as the issuers of a document, and the sentences that do.

    Attributes:
        name: their labels, joined by "; ".
    """

    name: str
    evidence: tuple[Quotation, ...]


def find_opposed_issuers(store: Store, base: str) -> Iterator[tuple[str, tuple[IssuerSide, ...]]]:
    """The documents, by IRI, for which texts name issuers that contradict each other."""
    hierarchy = _Hierarchy(store, NamedNode(links_iri(base)))
    for document, sides in _read_sides(store).items():
        opposed = [
            _make_side(store, bodies, references, hierarchy)
            for bodies, references in sides.items()
            if any(hierarchy.contradict(bodies, other) for other in sides)
        ]
        if opposed:
            yield document, tuple(sorted(opposed))


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


@dataclass(frozen=True, slots=True)
class _Body:
    """A body with what tells whether another one may be meant for it.

    Attributes:
        code: the row of its issuer code, None where it has none.
        above: IRIs of the bodies that it is part of, directly or not.
    """

    label: str
    place: str | None
    code: IssuerCode | None
    above: frozenset[str]


class _Hierarchy:
    """The bodies of the links graph, each read once."""

    def __init__(self, store: Store, graph: NamedNode) -> None:
        self._store = store
        self._graph = graph
        self._bodies: dict[str, _Body] = {}

    def body(self, iri: str) -> _Body:
        if iri not in self._bodies:
            self._bodies[iri] = self._read(NamedNode(iri))
        return self._bodies[iri]

    def contradict(self, one: _Bodies, other: _Bodies) -> bool:
        """Whether two sides share no body, and none of one may be meant for one of the other."""
        return one.isdisjoint(other) and not any(
            self._may_be_meant(mine, theirs) for mine in one for theirs in other
        )

    def _may_be_meant(self, one: str, other: str) -> bool:
        """Whether a text that names one body may mean a document of the other.

        In general it may where one is part of the other: Thành ủy for its Ban Thường vụ, which acts
        in its name. The graph has Bộ Chính trị and Ban Bí thư below Ban Chấp hành Trung ương, too;
        yet these three issue documents in their own names, with numbers of the one code TW, which
        does not tell whose a number is. So bodies that share a code at the centre contradict each
        other, part or not. Those that share a local code are one committee of a place, by several
        names (Thành ủy, Ban Chấp hành Đảng bộ thành phố).
        """
        mine, theirs = self.body(one), self.body(other)
        if mine.code is not None and mine.code == theirs.code:
            return mine.code.is_local and len({mine.place, theirs.place} - {None}) < 2
        return one in theirs.above or other in mine.above

    def _read(self, node: NamedNode) -> _Body:
        label = find_value(self._store, node, RDFS.label, graph=self._graph) or node.value
        return _Body(
            label=label,
            place=find_value(self._store, node, PG.place, graph=self._graph),
            code=load_registry().issuer_named(label),
            above=frozenset(self._walk_up(node)),
        )

    def _walk_up(self, node: NamedNode) -> set[str]:
        above: set[str] = set()
        ways = [node]
        while ways:
            for body in find_nodes(
                self._store, ways.pop(), ORG.subOrganizationOf, graph=self._graph
            ):
                if body.value not in above:
                    above.add(body.value)
                    ways.append(body)
        return above


def _make_side(
    store: Store, bodies: _Bodies, references: Sequence[NamedNode], hierarchy: _Hierarchy
) -> IssuerSide:
    """The side with the sentences that say it; where none does, the first mentions."""
    sentences = {sentence for each in references for sentence in _find_sentences(store, each)}
    return IssuerSide(
        "; ".join(sorted(hierarchy.body(body).label for body in bodies)),
        tuple(sorted(read_quotation(store, sentence) for sentence in sentences))
        or find_first_mentions(store, references),
    )


def _find_sentences(store: Store, reference: NamedNode) -> Iterator[NamedNode]:
    for statement in find_subjects(store, PG.subject, reference):
        if PG.issuedBy in find_nodes(store, statement, PG.predicate):
            yield from find_nodes(store, statement, PG.evidence)
