"""What an extraction found in one text, as far as it is measured."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from policygraph.evaluation.gold import KINDS
from policygraph.model import AnnotatedArticle, Evidence, Kind, Predicate
from policygraph.pipeline import Extraction
from policygraph.span import Span


@dataclass(frozen=True, slots=True)
class FoundMention:
    """A stretch of the text, the id of the entity that it stands for, and the rule that fired."""

    kind: Kind
    span: Span
    entity: str
    rule: str | None = None


@dataclass(frozen=True, slots=True)
class FoundEntity:
    """One thing; `number` and `dates` (ISO 8601) of a document are those that the text gives."""

    id: str
    kind: Kind
    label: str
    number: str | None = None
    dates: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class FoundRelation:
    """A relation between two entities, by their ids, with the sentences that state it."""

    subject: str
    predicate: Predicate
    object: str
    evidence: tuple[Evidence, ...] = ()


@dataclass(frozen=True, slots=True)
class FoundText:
    """What was found in one text.

    Attributes:
        mentions: in the order of the text.
        entities: by id.
        relations: each subject, predicate and object once.
    """

    mentions: tuple[FoundMention, ...]
    entities: Mapping[str, FoundEntity]
    relations: tuple[FoundRelation, ...]


def view_extraction(extraction: Extraction) -> FoundText:
    """What `policygraph extract` prints of a text, with the rules and the evidence."""
    record, annotated = extraction.as_record(), extraction.annotated
    entities = {entity["id"]: _view_entity(entity) for entity in record["entities"]}
    mentions = tuple(_view_mentions(record["mentions"], annotated))
    return FoundText(mentions, entities, tuple(_view_relations(extraction)))


def _view_mentions(
    mentions: list[dict[str, Any]], annotated: AnnotatedArticle
) -> Iterator[FoundMention]:
    rules = {(mention.kind, mention.span): mention.rule for mention in annotated.mentions}
    for mention in mentions:
        kind, span = KINDS[mention["kind"]], Span(mention["start"], mention["end"])
        yield FoundMention(kind, span, mention["entity"], rules.get((kind, span)))


def _view_entity(entity: dict[str, Any]) -> FoundEntity:
    return FoundEntity(
        id=entity["id"],
        kind=KINDS[entity["kind"]],
        label=entity["label"],
        number=entity.get("number"),
        dates=tuple(entity.get("attested_dates", ())),
    )


def _view_relations(extraction: Extraction) -> Iterator[FoundRelation]:
    """The relations between things, each with the evidence of all its statements."""
    article = extraction.annotated.article.id
    links = (link for link in extraction.links.links if link.article == article)
    things = {link.reference: link.thing for link in links}
    evidence: dict[tuple[str, Predicate, str], list[Evidence]] = {}
    for statement in extraction.annotated.statements:
        ends = things[statement.subject], things[statement.object]
        if ends[0] != ends[1]:
            said = evidence.setdefault((ends[0], statement.predicate, ends[1]), [])
            said += statement.evidence
    for (subject, predicate, target), said in evidence.items():
        yield FoundRelation(subject, predicate, target, tuple(dict.fromkeys(said)))
