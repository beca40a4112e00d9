"""Puts the decisions of a corpus together: things, links, and each direct triple once."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence

from policygraph.assertion import name_statements
from policygraph.linking.changes import list_changes
from policygraph.linking.completion import complete
from policygraph.linking.documents import Decision, decide_by_article
from policygraph.linking.names import date_names, link_name, list_names, name_thing
from policygraph.linking.things import make_document
from policygraph.linking.values import Naming
from policygraph.linking.weighing import Weighing
from policygraph.model import AttributeValue, Claims, Fact, Link, Links, Thing
from policygraph.registry import Registry

#: The thing that a reference stands for, by article and reference.
Standing = Mapping[tuple[str, str], str]


def link(claims: Iterable[Claims], registry: Registry) -> Links:
    """What a corpus is taken to mean; each tuple of the result is sorted and unique."""
    articles = sorted({each.article: each for each in claims}.values(), key=_article_id)
    decided = [each for claims_ in articles for each in decide_by_article(claims_, registry)]
    decisions = complete(decided, registry)
    named = [(n, name_thing(n, registry)) for each in articles for n in date_names(each)]
    links = [_link_document(decision) for decision in decisions]
    links += [link_name(name, thing) for name, thing in named]
    standing = {(each.article, each.reference): each.thing for each in links}
    facts = {fact for each in articles for fact in _state_facts(each, standing)}
    bodies = list_names(named, registry)
    documents = _group_by_document(decisions)
    namings = _find_namings(articles, decisions, standing)
    # The registry's issuers join the bodies here, before these are listed.
    weighing = Weighing(bodies, registry)
    values = {id_: weighing.weigh(id_, documents[id_], namings[id_]) for id_ in sorted(documents)}
    made = (make_document(id_, documents[id_], values[id_], registry) for id_ in documents)
    things: list[Thing] = [*bodies.values(), *made]
    return Links(
        tuple(sorted(things, key=lambda thing: thing.id)),
        tuple(sorted(links, key=lambda each: (each.article, each.reference))),
        tuple(sorted(_drop_alternatives(facts, values))),
        tuple(value for of_one in values.values() for value in of_one),
        tuple(list_changes(bodies.values())),
    )


def _article_id(claims: Claims) -> str:
    return claims.article


def _link_document(decision: Decision) -> Link:
    partial = decision.partial.id
    return Link(
        decision.article,
        decision.reference.id,
        decision.id,
        decision.basis,
        decision.candidates,
        partial if partial != decision.id else None,
    )


def _state_facts(claims: Claims, standing: Standing) -> Iterator[Fact]:
    """The article's statements between things, and what it cites."""
    for statement in claims.statements:
        subject = standing[claims.article, statement.subject]
        target = standing[claims.article, statement.object]
        if subject != target:
            yield Fact(subject, statement.predicate, target)
    for reference in claims.references:
        yield Fact(claims.article, "cites", standing[claims.article, reference.id])


def _drop_alternatives(
    facts: Iterable[Fact], values: Mapping[str, Iterable[AttributeValue]]
) -> Iterator[Fact]:
    """The facts without issuers that do not count: those stay values, and statements."""
    dropped = {
        Fact(value.document, value.property, value.value)
        for of_one in values.values()
        for value in of_one
        if not value.is_preferred
    }
    return (fact for fact in facts if fact not in dropped)


def _group_by_document(decisions: Iterable[Decision]) -> dict[str, list[Decision]]:
    """The decisions for every document that a reference stands for or may stand for."""
    meant: dict[str, list[Decision]] = defaultdict(list)
    for decision in decisions:
        meant[decision.id].append(decision)
        for candidate in decision.candidates:
            meant.setdefault(candidate, [])
    return meant


def _find_namings(
    articles: Iterable[Claims], decisions: Sequence[Decision], standing: Standing
) -> dict[str, list[Naming]]:
    """Whom each reference names as issuers of the document that it stands for, by document."""
    certain = {
        (each.article, each.reference.id): each.basis not in ("partial", "ambiguous")
        for each in decisions
    }
    namings: dict[str, list[Naming]] = defaultdict(list)
    for claims in articles:
        for reference, bodies in _read_issuers(claims, standing).items():
            key = claims.article, reference
            if key in certain:
                namings[standing[key]].append(Naming(claims.article, certain[key], bodies))
    return namings


def _read_issuers(claims: Claims, standing: Standing) -> dict[str, dict[str, list[str]]]:
    """The names of the statements by which an article gives issuers, by reference and body."""
    issuers: dict[str, dict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
    for name, statement, _ in name_statements(claims.statements):
        if statement.predicate == "issuedBy":
            body = standing[claims.article, statement.object]
            issuers[statement.subject][body].append(name)
    return issuers
