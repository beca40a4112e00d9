"""Puts the decisions of a corpus together: things, links, and each direct triple once."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence

from policygraph.linking.completion import complete
from policygraph.linking.documents import Decision, decide_by_article
from policygraph.linking.names import add_bodies, date_names, link_name, list_names, name_thing
from policygraph.linking.things import find_attested, make_document
from policygraph.model import Claims, Fact, Link, Links, PolicyDocument, Thing
from policygraph.registry import Registry


def link(claims: Iterable[Claims], registry: Registry) -> Links:
    """What a corpus is taken to mean; each tuple of the result is sorted and unique."""
    articles = sorted({each.article: each for each in claims}.values(), key=_article_id)
    decided = [each for claims_ in articles for each in decide_by_article(claims_, registry)]
    decisions = complete(decided, registry)
    named = [(n, name_thing(n, registry)) for each in articles for n in date_names(each)]
    links = [_link_document(decision) for decision in decisions]
    links += [link_name(name, thing) for name, thing in named]
    standing = {(each.article, each.reference): each.thing for each in links}
    facts = sorted({fact for each in articles for fact in _state_facts(each, standing)})
    bodies = list_names(named, registry)
    documents = list(_make_documents(decisions, facts, registry))
    for document in documents:
        known = find_attested(document.id, registry)
        for issuer in known.issuers if known else ():
            add_bodies(bodies, issuer, registry, at=document.date)
    things: list[Thing] = [*bodies.values(), *documents]
    return Links(
        tuple(sorted(things, key=lambda thing: thing.id)),
        tuple(sorted(links, key=lambda each: (each.article, each.reference))),
        tuple(facts),
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


def _state_facts(claims: Claims, standing: Mapping[tuple[str, str], str]) -> Iterator[Fact]:
    """The article's statements between things, and what it cites."""
    for statement in claims.statements:
        subject = standing[claims.article, statement.subject]
        target = standing[claims.article, statement.object]
        if subject != target:
            yield Fact(subject, statement.predicate, target)
    for reference in claims.references:
        yield Fact(claims.article, "cites", standing[claims.article, reference.id])


def _make_documents(
    decisions: Sequence[Decision], facts: Iterable[Fact], registry: Registry
) -> Iterator[PolicyDocument]:
    """Every document that a reference stands for or may stand for, once."""
    meant: dict[str, list[Decision]] = defaultdict(list)
    for decision in decisions:
        meant[decision.id].append(decision)
        for candidate in decision.candidates:
            meant.setdefault(candidate, [])
    issuers: dict[str, list[str]] = defaultdict(list)
    for fact in facts:
        if fact.predicate == "issuedBy":
            issuers[fact.subject].append(fact.object)
    for id_, of_one in meant.items():
        yield make_document(id_, of_one, issuers[id_], registry)
