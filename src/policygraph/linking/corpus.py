"""Puts what articles mean together: things, links, and each direct triple once.

It goes in stages, each of which reads what the earlier ones gave under a key of the ledger:

    ruled      -          the things that reviewers merged, the dates that they gave
    own        article    its decisions by itself: documents that it knows in full, what it asks
    offers     document   the families where a document with a full key may be asked for
    final      article    the answers, and all that it says of each thing
    registered document   the bodies that the registry names as its issuers
    body       body       one description of what all names tell of it
    weighed    document   its values, and the bodies that these depend on

A stage is redone for the keys alone under which something changed. That a common thing occurs in
nearly all articles makes none of them be read again: its rows are at hand.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from policygraph.assertion import name_statements
from policygraph.linking.changes import gives_way, list_changes
from policygraph.linking.completion import Offer, complete, find_family, list_offers
from policygraph.linking.documents import Decision, decide_by_article
from policygraph.linking.issuers import Body
from policygraph.linking.ledger import Ledger, PassingLedger, Row
from policygraph.linking.names import (
    DatedName,
    date_names,
    find_accepted,
    identify_around,
    link_name,
    list_named,
    make_stand_in,
    merge_named,
    name_thing,
)
from policygraph.linking.things import find_attested, make_document
from policygraph.linking.uniting import list_former, unite
from policygraph.linking.values import Naming
from policygraph.linking.weighing import NOTHING, describe_body, list_registered, weigh
from policygraph.model import (
    AttributeValue,
    Campaign,
    Change,
    Claims,
    Completion,
    Decided,
    Fact,
    Link,
    Links,
    Organisation,
    PolicyDocument,
    Thing,
)
from policygraph.registry import Registry
from policygraph.ruling import NO_RULINGS, Rulings

#: The thing that a reference stands for, by reference, in one article.
Standing = Mapping[str, str]

_DOCUMENT = "document/"


@dataclass(frozen=True, slots=True)
class Relinked:
    """What was linked anew.

    Attributes:
        links: what the corpus means now by the things and references that were touched.
        articles: ids of the articles that were completed again.
        references: those that these articles had before, each with the article's id.
        things: ids of the things that were touched; one that is not among the links is gone.
    """

    links: Links
    articles: tuple[str, ...]
    references: tuple[tuple[str, str], ...]
    things: tuple[str, ...]


def link(claims: Iterable[Claims], registry: Registry, rulings: Rulings = NO_RULINGS) -> Links:
    """What a corpus is taken to mean; each tuple of the result is sorted and unique."""
    articles = {each.article: each for each in claims}
    return relink(articles, articles.get, PassingLedger(), registry, rulings).links


def relink(
    changed: Iterable[str],
    find_claims: Callable[[str], Claims | None],
    ledger: Ledger,
    registry: Registry,
    rulings: Rulings = NO_RULINGS,
) -> Relinked:
    """Links what these articles touch, being new, changed or gone, and updates the ledger.

    Args:
        changed: also those with references on which there are new verdicts.
        find_claims: the claims of an article, None where it is gone.
        rulings: all that hold now; what differs from those of the last time touches its things.
    """
    work = _Relinking(find_claims, ledger, registry, rulings)
    articles = {*changed}
    work.take_rulings()
    work.decide(sorted(articles))
    work.offer()
    articles |= work.list_united("final")
    work.finish(articles | work.list_answered_anew(articles))
    work.register()
    work.merge()
    work.describe()
    return work.result()


@dataclass(frozen=True, slots=True)
class _Reading:
    """An article, with what it means by itself.

    Attributes:
        decisions: each with the family of documents that it asks for, None where it asks for none.
    """

    claims: Claims
    decisions: tuple[tuple[Decision, str | None], ...]


@dataclass(slots=True)
class _Relinking:
    """One going through the stages.

    Attributes:
        touched: ids by the kind of key under which rows changed.
        readings: of articles that are gone, None.
    """

    find_claims: Callable[[str], Claims | None]
    ledger: Ledger
    registry: Registry
    rulings: Rulings
    touched: dict[str, set[str]] = field(default_factory=lambda: defaultdict(set))
    readings: dict[str, _Reading | None] = field(default_factory=dict)
    offers: dict[str, list[Offer]] = field(default_factory=dict)
    references: list[tuple[str, str]] = field(default_factory=list)
    articles: list[str] = field(default_factory=list)
    things: list[str] = field(default_factory=list)
    described: list[Thing] = field(default_factory=list)
    links: list[Link] = field(default_factory=list)
    facts: list[Fact] = field(default_factory=list)
    values: list[AttributeValue] = field(default_factory=list)
    changes: list[Change] = field(default_factory=list)
    completions: list[Completion] = field(default_factory=list)
    mergers: list[Decided] = field(default_factory=list)
    bodies: dict[str, Body] = field(default_factory=dict)

    def take_rulings(self) -> None:
        """Notes which things are merged, and which dates given, otherwise than before."""
        merged = ((f"same:{thing}", into) for thing, into in self.rulings.merged.items())
        dated = ((f"dated:{thing}", date) for thing, date in self.rulings.dates.items())
        self._give("ruled", "", (*merged, *dated))

    def decide(self, articles: Iterable[str]) -> None:
        """Decides by each article alone."""
        for article in articles:
            reading = self._read(article)
            self._give("own", article, _list_own(reading) if reading else ())

    def offer(self) -> None:
        for document in sorted(self.touched["full"]):
            of_one = self.ledger.values(f"full:{document}")
            offers = list_offers(document, of_one, self.registry)
            self._give("offers", document, ((f"offer:{family}", each) for family, each in offers))

    def list_answered_anew(self, but: Iterable[str]) -> set[str]:
        """The articles with a decision that turns out otherwise by what changed in its family.

        Args:
            but: articles that are looked at anyway.
        """
        known, found = set(but), set[str]()
        for family in self.touched["offer"] | set(self._list_united_families()):
            if known.issuperset(self._givers(f"ask:{family}")):
                continue
            before = set(self.ledger.values(f"answer:{family}"))
            asking: list[Decision] = self.ledger.values(f"ask:{family}")
            answers = (_note_answer(self._conclude_one(each, family)) for each in asking)
            found.update(answer[0] for answer in answers if answer not in before)
        return found

    def list_united(self, stage: str) -> set[str]:
        """Those who in a stage told of a thing that was merged or parted since."""
        keys = [
            f"{kind}:{thing}"
            for thing in self.touched["same"]
            for kind in ("meant", "open", "name", "alias", "before")
        ]
        givers = (giver.partition(":") for key in keys for giver in self.ledger.givers(key))
        return {id_ for name, _, id_ in givers if name == stage}

    def _list_united_families(self) -> Iterator[str]:
        """The families in which a thing is offered that was merged or parted since."""
        for thing in self.touched["same"]:
            of_one = self.ledger.values(f"full:{thing}")
            yield from (family for family, _ in list_offers(thing, of_one, self.registry))

    def finish(self, articles: Iterable[str]) -> None:
        """Completes the decisions of articles, and gives each thing what they say of it."""
        for article in sorted(articles):
            self.articles.append(article)
            before = self.ledger.values(f"references:{article}")
            self.references += ((article, reference) for reference in before)
            reading = self._read(article)
            self._give("final", article, self._conclude(reading) if reading else ())

    def register(self) -> None:
        """Adds the bodies that the registry names as issuers of documents."""
        united = self.list_united("registered")
        self.touched["issuer"] |= united
        for document in self._list_touched("meant", "open", "dated") | united:
            decisions = self.ledger.values(f"meant:{document}")
            is_there = decisions or self.ledger.givers(f"open:{document}")
            date = self.rulings.dates.get(document)
            bodies = list_registered(document, decisions, date, self.registry) if is_there else ()
            rows = (row for body in bodies for row in self._tell(body))
            self._give("registered", document, dict.fromkeys(rows))

    def merge(self) -> None:
        """Makes one description of what names tell of a body or campaign."""
        for id_ in self._list_touched("name", "alias"):
            named = self.ledger.distinct(f"name:{id_}")
            thing = merge_named(named or self.ledger.distinct(f"alias:{id_}"))
            self._give("body", id_, _list_merged(thing) if thing else ())

    def describe(self) -> None:
        """Describes the things of which anything changed that they depend on."""
        touched = self._list_touched("meant", "open", "naming", "fact", "before", "body", "into")
        touched |= self._list_touched("issuer", "same", "dated")
        weighed = (self._givers(f"uses:{body}") for body in self._list_touched("body", "same"))
        for id_ in sorted(touched.union(*weighed)):
            self.things.append(id_)
            self._tell_former(id_)
            if id_.startswith(_DOCUMENT):
                self._describe_document(id_)
            else:
                self._describe_body(id_)

    def result(self) -> Relinked:
        links = Links(
            tuple(self.described),
            tuple(sorted(self.links, key=lambda each: (each.article, each.reference))),
            tuple(sorted(set(self.facts))),
            tuple(self.values),
            tuple(sorted(self.changes)),
            tuple(sorted(self.completions)),
            tuple(sorted(self.mergers)),
        )
        return Relinked(links, tuple(self.articles), tuple(self.references), tuple(self.things))

    def _read(self, article: str) -> _Reading | None:
        if article not in self.readings:
            claims = self.find_claims(article)
            self.readings[article] = _read_alone(claims, self.registry) if claims else None
        return self.readings[article]

    def _give(self, stage: str, id_: str, rows: Iterable[Row]) -> None:
        for key in self.ledger.replace(f"{stage}:{id_}", rows):
            kind, _, touched = key.partition(":")
            self.touched[kind].add(touched)

    def _givers(self, key: str) -> Iterator[str]:
        """The ids of those that give rows under a key in some stage."""
        return (giver.partition(":")[2] for giver in self.ledger.givers(key))

    def _list_touched(self, *kinds: str) -> set[str]:
        return set().union(*(self.touched[kind] for kind in kinds))

    def _conclude(self, reading: _Reading) -> Iterator[Row]:
        """What an article says of each thing, its decisions being completed."""
        claims = reading.claims
        decisions = [self._conclude_one(own, family) for own, family in reading.decisions]
        verdicts = {verdict.reference: verdict for verdict in claims.verdicts}
        named = [
            (name, name_thing(name, self.registry), find_accepted(name, verdicts))
            for name in date_names(claims)
        ]
        links = [_link_document(decision) for decision in decisions]
        links += [link_name(*each, self.rulings) for each in named]
        standing = {each.reference: each.thing for each in links}
        self.links += links
        self.facts += (Fact(claims.article, "cites", thing) for thing in standing.values())
        yield from ((f"references:{claims.article}", reference) for reference in standing)
        for (_, family), decision in zip(reading.decisions, decisions, strict=True):
            yield from _list_meant(decision, self.rulings)
            if family:
                yield f"answer:{family}", _note_answer(decision)
        told = (
            row
            for name, thing, accepted in named
            for row in self._tell_name(name, thing, accepted and accepted.value)
        )
        yield from dict.fromkeys(told)
        yield from _list_namings(claims, decisions, standing)
        yield from dict.fromkeys(_list_facts(claims, standing))

    def _tell_name(
        self, name: DatedName, thing: Organisation | Campaign, accepted: str | None
    ) -> Iterator[Row]:
        """What a name tells of what it stands for, and of the bodies around that."""
        if accepted is not None:
            yield from self._tell_stand_in(thing, accepted)
            return
        for each in list_named(name, thing, self.registry):
            yield from self._tell(each)

    def _tell(self, thing: Organisation | Campaign) -> Iterator[Row]:
        if thing.id in self.rulings.merged:
            yield from self._tell_stand_in(thing, thing.id)
        else:
            yield f"name:{thing.id}", identify_around(thing, self.rulings)

    def _tell_stand_in(self, thing: Organisation | Campaign, id_: str) -> Iterator[Row]:
        """What a name tells of another thing, by review, should that be named nowhere itself."""
        one = self.rulings.identify(id_)
        yield f"alias:{one}", make_stand_in(thing, one)
        yield from list_former((id_,), self.rulings)

    def _conclude_one(self, decision: Decision, family: str | None) -> Decision:
        """A decision with what other articles and reviewers say of the documents in question."""
        completed = self._complete(decision, family) if family else decision
        return unite(completed, self.rulings)

    def _complete(self, decision: Decision, family: str) -> Decision:
        if family not in self.offers:
            self.offers[family] = self.ledger.values(f"offer:{family}")
        return complete(decision, self.offers[family], self.rulings)

    def _describe_document(self, id_: str) -> None:
        decisions = self.ledger.values(f"meant:{id_}")
        facts: list[Fact] = self.ledger.distinct(f"fact:{id_}")
        weighed = NOTHING
        if decisions or self.ledger.givers(f"open:{id_}"):
            namings = self.ledger.values(f"naming:{id_}")
            weighed = weigh(id_, decisions, namings, self._find_body, self.registry, self.rulings)
            self.described.append(self._make_document(id_, decisions, weighed.values))
        self._give("weighed", id_, ((f"uses:{body}", None) for body in sorted(weighed.bodies)))
        self.values += weighed.values
        self.facts += _drop_alternatives(facts, weighed.values)

    def _make_document(
        self, id_: str, decisions: Sequence[Decision], values: Sequence[AttributeValue]
    ) -> PolicyDocument:
        """A document; one that nothing stands for, by what reviewers found to be the same."""
        if not decisions and find_attested(id_, self.registry) is None:
            former = min(filter(None, self.ledger.distinct(f"open:{id_}")))
            return replace(make_document(former, (), (), self.registry), id=id_, known_from=None)
        return make_document(id_, decisions, values, self.registry)

    def _tell_former(self, id_: str) -> None:
        """Says of what was found to be another thing which one it is, and by which decision."""
        others = self.ledger.distinct(f"before:{id_}")
        self.completions += (Completion(id_, other) for other in others)
        if id_ in self.rulings.merged and self.rulings.identify(id_) in others:
            self.mergers.append(Decided(id_, self.rulings.merged[id_].by))

    def _describe_body(self, id_: str) -> None:
        self.facts += self.ledger.distinct(f"fact:{id_}")
        for thing in self.ledger.distinct(f"body:{id_}"):
            self.described.append(thing)
            if isinstance(thing, Organisation) and (into := self.ledger.distinct(f"into:{id_}")):
                self.changes += list_changes(thing, into)

    def _find_body(self, id_: str) -> Body:
        if id_ not in self.bodies:
            (thing,) = self.ledger.distinct(f"body:{id_}")
            self.bodies[id_] = describe_body(thing, self.registry)
        return self.bodies[id_]


def _read_alone(claims: Claims, registry: Registry) -> _Reading:
    decisions = decide_by_article(claims, registry)
    return _Reading(claims, tuple((each, find_family(each)) for each in decisions))


def _list_own(reading: _Reading) -> Iterator[Row]:
    """The documents that an article knows in full by itself, and where it asks for others."""
    for decision, family in reading.decisions:
        if decision.key.is_full:
            yield f"full:{decision.id}", decision
        if family:
            yield f"ask:{family}", decision


def _list_meant(decision: Decision, rulings: Rulings) -> Iterator[Row]:
    """The document that a reference stands for, those that it may stand for, and their partials."""
    yield f"meant:{decision.id}", decision
    for candidate in decision.candidates:
        yield f"open:{candidate}", None
    for former in decision.former if decision.candidates else ():
        yield f"open:{rulings.identify(former)}", former
    # What a text says in full is a document of its own, of which one reference says nothing.
    partial, is_own = decision.partial, decision.basis == "review" and decision.partial.is_full
    if not is_own and partial.id not in (decision.id, *decision.former):
        yield f"before:{partial.id}", decision.id
    yield from list_former(decision.former, rulings)


def _note_answer(decision: Decision) -> tuple[str, str, str, str, tuple[str, ...]]:
    """What became of a reference, to tell whether it changed."""
    reference = decision.reference.id
    return decision.article, reference, decision.id, decision.basis, decision.candidates


def _list_merged(thing: Organisation | Campaign) -> Iterator[Row]:
    yield f"body:{thing.id}", thing
    if isinstance(thing, Organisation) and gives_way(thing):
        yield f"into:{thing.successor}", thing


def _link_document(decision: Decision) -> Link:
    partial = decision.partial.id
    return Link(
        decision.article,
        decision.reference.id,
        decision.id,
        decision.basis,
        decision.candidates,
        partial if partial != decision.id else None,
        decision.decided_by,
    )


def _list_facts(claims: Claims, standing: Standing) -> Iterator[Row]:
    """The article's statements between things."""
    for statement in claims.statements:
        subject, target = standing[statement.subject], standing[statement.object]
        if subject != target:
            yield f"fact:{subject}", Fact(subject, statement.predicate, target)


def _drop_alternatives(facts: Iterable[Fact], values: Iterable[AttributeValue]) -> Iterator[Fact]:
    """The facts without issuers that do not count: those stay values, and statements."""
    dropped = {
        Fact(value.document, value.property, value.value)
        for value in values
        if not value.is_preferred
    }
    return (fact for fact in facts if fact not in dropped)


def _list_namings(
    claims: Claims, decisions: Iterable[Decision], standing: Standing
) -> Iterator[Row]:
    """Whom each reference names as issuers of the document that it stands for."""
    certain = {d.reference.id: d.basis not in ("partial", "ambiguous") for d in decisions}
    for reference, bodies in _read_issuers(claims, standing).items():
        if reference in certain:
            named = tuple((body, tuple(names)) for body, names in bodies.items())
            naming = Naming(claims.article, certain[reference], named)
            yield f"naming:{standing[reference]}", naming


def _read_issuers(claims: Claims, standing: Standing) -> dict[str, dict[str, list[str]]]:
    """The names of the statements by which an article gives issuers, by reference and body."""
    issuers: dict[str, dict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
    for name, statement, _ in name_statements(claims.statements):
        if statement.predicate == "issuedBy":
            issuers[statement.subject][standing[statement.object]].append(name)
    return issuers
