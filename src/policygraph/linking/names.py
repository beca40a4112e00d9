"""Links names: an organisation or campaign is what its full name, or a known alias, says."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from functools import lru_cache, reduce
from typing import NamedTuple

from policygraph.levels import find_level
from policygraph.linking.documents import find_article_time
from policygraph.linking.lives import Life, choose_life, day_after, list_lives
from policygraph.model import (
    Basis,
    Campaign,
    Claims,
    Decided,
    DocumentReference,
    Link,
    NameReference,
    Organisation,
    Verdict,
)
from policygraph.registry import Registry
from policygraph.ruling import Rulings
from policygraph.text import fold_name, make_slug

_NAMES_KEPT = 50_000  # the same bodies recur in every article of a corpus


class DatedName(NamedTuple):
    """A name in one article, and the day of which the article speaks there, where one is known."""

    article: str
    reference: NameReference
    at: str | None


def date_names(claims: Claims) -> Iterator[DatedName]:
    """The names of an article, each at the day of the article, or of what the body issued.

    A body that an article names for its documents alone is meant as it was when it issued the
    latest of them: "Nghị quyết 10-NQ/TU ngày 5/3/2021 của Tỉnh ủy Quảng Trị" in an article of 2026.
    """
    documents = {r.id: r for r in claims.references if isinstance(r, DocumentReference)}
    now = find_article_time(claims.published, documents.values())
    issued: dict[str, list[str | None]] = defaultdict(list)
    for statement in claims.statements:
        document = documents.get(statement.subject)
        if statement.predicate == "issuedBy" and document is not None:
            days = [stated.date for stated in document.dates]
            issued[statement.object].append(days[0] if days else now)
        else:
            issued[statement.subject].append(now)
            issued[statement.object].append(now)
    for reference in claims.references:
        if isinstance(reference, NameReference):
            days = [day for day in issued.get(reference.id, [now]) if day is not None]
            yield DatedName(claims.article, reference, max(days, default=None))


def find_accepted(name: DatedName, verdicts: Mapping[str, Verdict]) -> Decided | None:
    """What a reviewer decided that a name stands for: a thing of its kind."""
    verdict = verdicts.get(name.reference.id)
    accepted = verdict.accepted if verdict else None
    is_of_kind = accepted and accepted.value.startswith(f"{name.reference.kind}/")
    return accepted if is_of_kind else None


def link_name(
    name: DatedName, thing: Organisation | Campaign, accepted: Decided | None, rulings: Rulings
) -> Link:
    """The link of a name in one article: by the registry's name, else by the name as written.

    What reviewers decided of the name, and of the thing, comes before both.
    """
    reference, first = name.reference, accepted.value if accepted else thing.id
    way = (first, *rulings.list_way(first))
    if accepted or len(way) > 1:
        decided_by = {accepted.by} if accepted else set()
        decided_by.update(rulings.merged[step].by for step in way[:-1])
        by = tuple(sorted(decided_by))
        return Link(name.article, reference.id, way[-1], "review", decided_by=by)
    basis: Basis = "named" if fold_name(thing.label) == fold_name(reference.label) else "alias"
    return Link(name.article, reference.id, thing.id, basis)


def make_stand_in(thing: Organisation | Campaign, id_: str) -> Organisation | Campaign:
    """What a name tells of the thing of another id, where a reviewer found it to be that."""
    if isinstance(thing, Campaign):
        return Campaign(id_, thing.label, thing.type)
    return Organisation(id_, thing.label, thing.place, level=thing.level)


def identify_around(thing: Organisation | Campaign, rulings: Rulings) -> Organisation | Campaign:
    """A thing with the bodies above and after it as those that they are by review."""
    if not rulings.merged or isinstance(thing, Campaign):
        return thing
    around = (_identify_other(each, thing, rulings) for each in (thing.part_of, thing.successor))
    part_of, successor = around
    return replace(thing, part_of=part_of, successor=successor)


def _identify_other(id_: str | None, thing: Organisation, rulings: Rulings) -> str | None:
    one = rulings.identify(id_) if id_ else None
    return None if one == thing.id else one


def name_thing(name: DatedName, registry: Registry) -> Organisation | Campaign:
    """The thing that a name stands for in its article."""
    said = name.reference
    if said.kind == "campaign":
        return _make_campaign(said.label, registry)
    return make_organisation(
        said.label, registry, place=said.place, part_of=said.part_of, at=name.at
    )


def _make_campaign(name: str, registry: Registry) -> Campaign:
    known = registry.find_campaign(name)
    if known is None:
        return Campaign(f"campaign/{make_slug(name)}", name)
    return Campaign(f"campaign/{make_slug(known.name)}", known.name, known.type, known.source)


@lru_cache(maxsize=_NAMES_KEPT)
def make_organisation(
    name: str,
    registry: Registry,
    *,
    place: str | None = None,
    part_of: str | None = None,
    at: str | None = None,
) -> Organisation:
    """The organisation of a full name on a day, under the name that the registry gives it."""
    known = registry.find_organisation(name)
    label = known.name if known else name
    above = part_of or registry.body_above(name)
    parent = make_organisation(above, registry, at=at).id if above and above != label else None
    level = find_level(label)
    if known is None:
        body = Organisation(_make_id(label), label, place, parent, level=level)
        return _give_life(body, list_lives(name, registry), at, registry)
    successor = make_organisation(known.successor, registry).id if known.successor else None
    life = known.valid_from, known.valid_to, successor
    return Organisation(_make_id(label), label, place, parent, known.source, *life, level=level)


def _give_life(
    body: Organisation, lives: Sequence[Life], at: str | None, registry: Registry
) -> Organisation:
    """A body that the registry does not list; one of a name that was borne before has its year."""
    life = choose_life(lives, at)
    after = _make_successor(life, registry)
    return replace(
        body,
        id=body.id + (f"/{life.first[:4]}" if life.first else ""),
        valid_from=life.first,
        valid_to=life.last,
        successor=after.id if after else None,
        shares_name=len(lives) > 1,
    )


def _make_id(label: str) -> str:
    return f"organisation/{make_slug(label)}"


def _make_successor(life: Life, registry: Registry) -> Organisation | None:
    if life.successor is None or life.last is None:
        return None
    return make_organisation(life.successor, registry, at=day_after(life.last))


def list_named(
    name: DatedName, thing: Organisation | Campaign, registry: Registry
) -> Iterator[Organisation | Campaign]:
    """What a name stands for, and every body above or after it."""
    yield thing
    around: dict[str, Organisation] = {}
    add_bodies(around, name.reference.part_of, registry, at=name.at)
    if isinstance(thing, Organisation):
        _add_bodies_around(around, thing.label, registry, at=name.at)
    yield from around.values()


def merge_named(things: Sequence[Organisation | Campaign]) -> Organisation | Campaign | None:
    """A body or campaign by all that names tell of it; None where they tell nothing.

    Where articles give a body several places or parents, the first in order of their ids counts.
    """
    ranked = sorted(things, key=repr) if len(things) > 1 else things
    return reduce(_merge, ranked) if ranked else None


def add_bodies(
    things: dict[str, Organisation],
    name: str | None,
    registry: Registry,
    *,
    at: str | None,
) -> None:
    """Adds the body of a name on a day, and those above and after it, where they miss."""
    if name is None:
        return
    body = make_organisation(name, registry, at=at)
    if body.id not in things:
        things[body.id] = body
        _add_bodies_around(things, name, registry, at=at)


def _add_bodies_around(
    things: dict[str, Organisation], name: str, registry: Registry, *, at: str | None
) -> None:
    add_bodies(things, registry.body_above(name), registry, at=at)
    add_bodies(things, registry.body_after(name), registry, at=at)
    life = choose_life(list_lives(name, registry), at)
    if life.last is not None:
        add_bodies(things, life.successor, registry, at=day_after(life.last))


def _merge(one: Organisation | Campaign, other: Organisation | Campaign) -> Organisation | Campaign:
    """One description of what two names describe, whatever their order."""
    if one is other:
        return other
    if not (isinstance(one, Organisation) and isinstance(other, Organisation)):
        return min(one, other, key=lambda each: each.label)
    return replace(
        min(one, other, key=lambda each: each.label),
        place=_least(one.place, other.place),
        part_of=_least(one.part_of, other.part_of),
    )


def _least(one: str | None, other: str | None) -> str | None:
    return min((each for each in (one, other) if each is not None), default=None)
