"""An edge of the graph: the sentences that say so."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated

from pydantic import Field
from pyoxigraph import NamedNode

from policygraph.graph.context import find_contexts
from policygraph.graph.evidence import Quotation, find_sentences, rank_quotations
from policygraph.graph.namespaces import PG
from policygraph.graph.thing import Node
from policygraph.web.pages.graph import Relation
from policygraph.web.pages.lookup import find_by_name
from policygraph.web.query import WRITTEN
from policygraph.web.record import Item, Said, make_item, make_quotes
from policygraph.web.snapshot import Snapshot

Name = Annotated[
    str, Field(max_length=1000, pattern=WRITTEN, description="By number, name, id or IRI.")
]


@dataclass(frozen=True, slots=True)
class EdgeQuery:
    """Which edge."""

    subject: Name
    relation: Relation
    object: Name


@dataclass(frozen=True, slots=True)
class EdgePage:
    """The sentences that state an edge, the best first; none where a registry alone does."""

    subject: Item
    relation: str
    object: Item
    evidence: tuple[Said, ...]


def show_edge(snapshot: Snapshot, query: EdgeQuery) -> EdgePage:
    subject = find_by_name(snapshot, query.subject)
    object_ = find_by_name(snapshot, query.object)
    said = list_said(snapshot, subject, query.relation, object_)
    return EdgePage(
        subject=make_item(snapshot.catalogue, subject),
        relation=query.relation,
        object=make_item(snapshot.catalogue, object_),
        evidence=make_quotes(snapshot.catalogue, said),
    )


def list_said(
    snapshot: Snapshot, subject: Node, relation: str, object_: Node
) -> tuple[Quotation, ...]:
    """The sentences behind an edge: those that state it, or in which an article cites a thing."""
    if relation == "cites":
        return _list_citing(snapshot, subject, object_)
    if relation == "subOrganizationOf":
        return ()
    ends = NamedNode(subject.iri), NamedNode(object_.iri)
    said = find_sentences(snapshot.store, ends[0], PG[relation], ends[1])
    return rank_quotations(said, [node.number for node in (subject, object_) if node.number])


def _list_citing(snapshot: Snapshot, article: Node, thing: Node) -> tuple[Quotation, ...]:
    catalogue = snapshot.catalogue
    contexts = find_contexts(snapshot.store, thing.iri, [article.iri]).get(article.iri, ())
    words = {context.sentence: context.words for context in contexts}
    return tuple(
        Quotation(
            article=catalogue.ids[article.iri],
            start=sentence.start,
            end=sentence.end,
            quote=quote,
            published=article.date,
            is_fiction=article.iri in catalogue.invented,
        )
        for sentence, quote in sorted(words.items())
    )
