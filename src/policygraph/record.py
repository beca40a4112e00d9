"""What was extracted from one article, as the JSON object that `policygraph extract` prints."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from policygraph.location import locate
from policygraph.model import (
    AnnotatedArticle,
    Article,
    Citation,
    DocumentReference,
    Links,
    Mention,
    PolicyDocument,
    Reference,
    Thing,
)
from policygraph.numbering import print_number
from policygraph.provision_levels import label_provision

Record = dict[str, Any]


def extraction_record(annotated: AnnotatedArticle, links: Links) -> Record:
    """Mentions, entities and relations of one article; offsets are code points into `text`.

    References of the article that stand for one thing are one entity, whose id is the thing's.
    `number`, `date` and `attested_dates` hold what this text says; what only the registry or
    other articles say stands under `known`. The order is that of the text. `document` is the
    entity that the text itself is, None for an article.

    Raises:
        KeyError: a reference of the article that `links` does not link.
    """
    article = annotated.article
    linked = {link.reference: link.thing for link in links.links if link.article == article.id}
    things = {thing.id: thing for thing in links.things}
    grouped: dict[str, list[Reference]] = {}
    for reference in sorted(annotated.references, key=_first_offset):
        grouped.setdefault(linked[reference.id], []).append(reference)
    return {
        "source": article.id,
        "document": _find_own(annotated.references, linked),
        "text": article.text,
        "mentions": _list_mentions(annotated, linked),
        "entities": [
            _describe(things[thing], references, linked) for thing, references in grouped.items()
        ],
        "relations": _list_relations(annotated, linked),
    }


def _find_own(references: Iterable[Reference], linked: Mapping[str, str]) -> str | None:
    for reference in references:
        if any(isinstance(m, Citation) and m.is_own for m in reference.mentions):
            return linked[reference.id]
    return None


def _first_offset(reference: Reference) -> tuple[int, str]:
    return min((mention.span.start for mention in reference.mentions), default=0), reference.id


def _list_mentions(annotated: AnnotatedArticle, linked: Mapping[str, str]) -> list[Record]:
    mentions = [
        _list_mention(mention, linked[reference.id], annotated.article)
        for reference in annotated.references
        for mention in reference.mentions
    ]
    return sorted(mentions, key=lambda mention: (mention["start"], mention["end"]))


def _list_mention(mention: Mention, entity: str, article: Article) -> Record:
    """A mention, with the provisions that it points at, and where it stands in a file of parts."""
    span = mention.span
    record: Record = {"kind": mention.kind, "start": span.start, "end": span.end, "entity": entity}
    if isinstance(mention, Citation) and mention.provisions:
        record["provisions"] = [label_provision(provision) for provision in mention.provisions]
    if location := locate(article.parts, span):
        record["location"] = location
    return record


def _list_relations(annotated: AnnotatedArticle, linked: Mapping[str, str]) -> list[Record]:
    """Each relation once; two names of one thing are in no relation to each other."""
    triples = {
        (linked[statement.subject], statement.predicate, linked[statement.object]): None
        for statement in annotated.statements
    }
    return [
        {"subject": subject, "predicate": predicate, "object": target}
        for subject, predicate, target in triples
        if subject != target
    ]


def _describe(thing: Thing, references: list[Reference], linked: Mapping[str, str]) -> Record:
    entity: Record = {"id": thing.id, "kind": thing.kind, "label": thing.label}
    documents = [each for each in references if isinstance(each, DocumentReference)]
    if isinstance(thing, PolicyDocument):
        stated = _stated(documents)
        entity |= stated
        entity["known"] = _known(thing, documents, stated, linked)
    return entity


def _stated(references: list[DocumentReference]) -> Record:
    """What the text says of a document, by all its references together."""
    dates = list(dict.fromkeys(each.date for ref in references for each in ref.dates))
    return {
        "type": next((each.type for each in references if each.type), None),
        "number": _written(_fullest(references)),
        "date": dates[0] if dates else None,
        "attested_dates": dates,
        "signers": sorted({signer for ref in references for signer in ref.signers}),
    }


def _fullest(references: list[DocumentReference]) -> DocumentReference:
    def parts(reference: DocumentReference) -> int:
        number = reference.number
        given = (number.type, number.issuer, number.unit, number.year) if number else ()
        return sum(part is not None for part in given) + (number is not None)

    return max(references, key=parts)


def _written(reference: DocumentReference) -> str | None:
    return reference.written or (print_number(reference.number) if reference.number else None)


def _known(
    thing: PolicyDocument,
    references: list[DocumentReference],
    stated: Record,
    linked: Mapping[str, str],
) -> Record:
    """What is known of a document that this text does not say."""
    number = _fullest(references).number
    issuers = {linked[issuer] for each in references for issuer in each.issuers}
    known = {
        "number": None if number and print_number(number) == thing.number else thing.number,
        "date": None if thing.date in stated["attested_dates"] else thing.date,
        "title": None if any(each.title for each in references) else thing.title,
        "issuers": [issuer for issuer in thing.issuers if issuer not in issuers],
    }
    return {name: value for name, value in known.items() if value}
