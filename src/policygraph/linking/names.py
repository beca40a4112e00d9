"""Links names: an organisation or campaign is what its full name, or a known alias, says."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from policygraph.model import Basis, Campaign, Link, NameReference, Organisation
from policygraph.registry import Registry
from policygraph.text import fold_name, make_slug


def link_name(article: str, reference: NameReference, registry: Registry) -> Link:
    """The link of a name in one article: by the registry's name, else by the name as written."""
    thing = name_thing(reference, registry)
    basis: Basis = "named" if fold_name(thing.label) == fold_name(reference.label) else "alias"
    return Link(article, reference.id, thing.id, basis)


def name_thing(reference: NameReference, registry: Registry) -> Organisation | Campaign:
    """The thing that a name reference stands for."""
    if reference.kind == "campaign":
        return _make_campaign(reference.label, registry)
    return make_organisation(
        reference.label, registry, place=reference.place, part_of=reference.part_of
    )


def _make_campaign(name: str, registry: Registry) -> Campaign:
    known = registry.find_campaign(name)
    if known is None:
        return Campaign(f"campaign/{make_slug(name)}", name)
    return Campaign(f"campaign/{make_slug(known.name)}", known.name, known.type, known.source)


def make_organisation(
    name: str, registry: Registry, *, place: str | None = None, part_of: str | None = None
) -> Organisation:
    """The organisation of a full name, under the name that the registry gives it."""
    known = registry.find_organisation(name)
    label = known.name if known else name
    above = part_of or registry.body_above(name)
    source = known.source if known else None
    id_ = f"organisation/{make_slug(label)}"
    parent = make_organisation(above, registry).id if above and above != label else None
    if known is None:
        return Organisation(id_, label, place, parent, source)
    successor = make_organisation(known.successor, registry).id if known.successor else None
    life = known.valid_from, known.valid_to, successor
    return Organisation(id_, label, place, parent, source, *life)


def list_names(
    references: Iterable[NameReference], registry: Registry
) -> dict[str, Organisation | Campaign]:
    """The organisations and campaigns of a corpus by id, with every body above or after them.

    Where articles give a body several places or parents, the first in order of their ids counts.
    """
    things: dict[str, Organisation | Campaign] = {}
    for reference in references:
        thing = name_thing(reference, registry)
        things[thing.id] = _merge(things.get(thing.id), thing)
        add_bodies_above(things, reference.part_of, registry)
    for thing in list(things.values()):
        if isinstance(thing, Organisation):
            add_bodies_above(things, registry.body_above(thing.label), registry)
            add_bodies_above(things, registry.body_after(thing.label), registry)
    return things


def add_bodies_above(
    things: dict[str, Organisation | Campaign], name: str | None, registry: Registry
) -> None:
    """Adds the body of a name, and those above it that the registry knows, where they miss."""
    while name is not None:
        body = make_organisation(name, registry)
        if body.id in things:
            return
        things[body.id] = body
        add_bodies_above(things, registry.body_after(name), registry)
        name = registry.body_above(name)


def _merge(
    one: Organisation | Campaign | None, other: Organisation | Campaign
) -> Organisation | Campaign:
    """One description of what two references describe, whatever their order."""
    if not (isinstance(one, Organisation) and isinstance(other, Organisation)):
        return other if one is None else min(one, other, key=lambda each: each.label)
    return replace(
        min(one, other, key=lambda each: each.label),
        place=_least(one.place, other.place),
        part_of=_least(one.part_of, other.part_of),
    )


def _least(one: str | None, other: str | None) -> str | None:
    return min((each for each in (one, other) if each is not None), default=None)
