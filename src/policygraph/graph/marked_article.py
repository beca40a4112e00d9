"""An article as it was read, back from its graph: its text, and each mention with what it means."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from pyoxigraph import NamedNode, Store

from policygraph.graph.catalogue import Catalogue
from policygraph.graph.evidence import find_furniture, read_text
from policygraph.graph.iri import in_reading_order, read_span, split_part
from policygraph.graph.namespaces import DCTERMS, OA, PG, RDF, RDFS
from policygraph.graph.pattern import find_nodes, find_subjects, find_value
from policygraph.graph.thing import Node, NodeKind
from policygraph.span import Span


@dataclass(frozen=True, slots=True)
class MarkedMention:
    """A mention with what it was linked to, and why.

    Attributes:
        kind: of what is mentioned.
        rule: id of the rule or row that made it.
        provisions: "khoản 2 Điều 80", as cited with it.
        reference: id of the reference in the article ("ref-3").
        thing: what it stands for.
        basis: why: "number", "title", …
        candidates: what else it may mean.
    """

    span: Span
    kind: NodeKind
    rule: str
    provisions: tuple[str, ...]
    reference: str
    thing: Node | None
    basis: str | None
    candidates: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class MarkedStatement:
    """A relation that a sentence of the article states, between what its references stand for."""

    subject: Node
    predicate: str
    object: Node
    span: Span
    rule: str


@dataclass(frozen=True, slots=True)
class MarkedArticle:
    """An article.

    Attributes:
        furniture: what of the text is no part of the article.
        mentions: in reading order, an outer one before those inside it.
    """

    node: Node
    text: str
    author: str | None
    source: str | None
    url: str | None
    place: str | None
    furniture: tuple[Span, ...]
    mentions: tuple[MarkedMention, ...]
    statements: tuple[MarkedStatement, ...]


def read_marked_article(store: Store, catalogue: Catalogue, node: Node) -> MarkedArticle:
    """All of an article."""
    graph = NamedNode(node.iri)
    references = dict(_read_references(store, catalogue, graph))
    return MarkedArticle(
        node=node,
        text=read_text(store, node.iri),
        author=find_value(store, graph, DCTERMS.creator, graph=graph),
        source=find_value(store, graph, DCTERMS.publisher, graph=graph),
        url=find_value(store, graph, DCTERMS.source, graph=graph),
        place=find_value(store, graph, PG.place, graph=graph),
        furniture=find_furniture(store, graph),
        mentions=tuple(_read_mentions(store, graph, references)),
        statements=tuple(_read_statements(store, graph, references)),
    )


@dataclass(frozen=True, slots=True)
class _Meant:
    """A reference, with what it stands for."""

    id: str
    kind: NodeKind
    thing: Node | None
    basis: str | None
    candidates: tuple[Node, ...]


_KINDS: tuple[tuple[NodeKind, NamedNode], ...] = (
    ("document", PG.DocumentReference),
    ("organisation", PG.OrganisationReference),
    ("campaign", PG.CampaignReference),
)


def _read_references(
    store: Store, catalogue: Catalogue, graph: NamedNode
) -> Iterator[tuple[NamedNode, _Meant]]:
    for kind, class_ in _KINDS:
        for reference in find_subjects(store, RDF.type, class_, graph=graph):
            thing = next(find_nodes(store, reference, PG.standsFor), None)
            others = sorted(node.value for node in find_nodes(store, reference, PG.mayStandFor))
            yield (
                reference,
                _Meant(
                    split_part(reference.value)[1],
                    kind,
                    catalogue.find(thing.value) if thing else None,
                    find_value(store, reference, PG.basis),
                    tuple(node for iri in others if (node := catalogue.find(iri))),
                ),
            )


def _read_mentions(
    store: Store, graph: NamedNode, references: dict[NamedNode, _Meant]
) -> list[MarkedMention]:
    found = [
        MarkedMention(
            span=read_span(target.value),
            kind=meant.kind,
            rule=find_value(store, mention, PG.rule, graph=graph) or "",
            provisions=tuple(_read_provisions(store, graph, mention)),
            reference=meant.id,
            thing=meant.thing,
            basis=meant.basis,
            candidates=meant.candidates,
        )
        for reference, meant in references.items()
        for mention in find_subjects(store, OA.hasBody, reference, graph=graph)
        for target in find_nodes(store, mention, OA.hasTarget, graph=graph)
    ]
    return sorted(found, key=lambda mention: (mention.span.start, -mention.span.end))


def _read_provisions(store: Store, graph: NamedNode, mention: NamedNode) -> Iterator[str]:
    parts = find_nodes(store, mention, PG.provision, graph=graph)
    for part in sorted(parts, key=lambda node: in_reading_order(node.value)):
        yield find_value(store, part, RDFS.label, graph=graph) or ""


def _read_statements(
    store: Store, graph: NamedNode, references: dict[NamedNode, _Meant]
) -> list[MarkedStatement]:
    found = []
    for statement in find_subjects(store, RDF.type, PG.Statement, graph=graph):
        ends = [
            references[next(find_nodes(store, statement, end, graph=graph))].thing
            for end in (PG.subject, PG.object)
        ]
        predicate = find_value(store, statement, PG.predicate, graph=graph) or ""
        rule = find_value(store, statement, PG.rule, graph=graph) or ""
        for target in find_nodes(store, statement, PG.evidence, graph=graph):
            if ends[0] and ends[1]:
                name = predicate.removeprefix(PG.iri)
                span = read_span(target.value)
                found.append(MarkedStatement(ends[0], name, ends[1], span, rule))
    return sorted(found, key=lambda each: (each.span, each.predicate, each.subject.iri))
