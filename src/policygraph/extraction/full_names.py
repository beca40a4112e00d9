"""Completes the names of bodies: the full name that a surface has in its article."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from policygraph.extraction.name_parts import Name
from policygraph.extraction.places import Scope, name_unknown_place
from policygraph.extraction.short_names import ShortName
from policygraph.model import NameMention
from policygraph.registry import Place, load_registry
from policygraph.text import FoldedText

_LIST_JOINT = re.compile(r"(?:, ?| và | ?[-/&] ?|; ?)")


@dataclass(frozen=True, slots=True)
class NameCompletion:
    """What the names of one article tell about each other.

    Attributes:
        place: the province that the article is about.
        scopes: explicit places by level, with the offset of the name that holds each.
        bodies: places of names that give one, by their base.
        shared: the place that a name in a list takes from the list's last, by its offset.
        owned: names with an owner, by their base and how the owner begins; None where several do.
    """

    folded: FoldedText
    place: Place | None
    scopes: Mapping[str, Sequence[tuple[int, Scope]]]
    bodies: Mapping[str, Sequence[Scope]]
    shared: Mapping[int, Scope]
    owned: Mapping[str, Name | None]

    @staticmethod
    def of(folded: FoldedText, names: Sequence[Name], place: str | None) -> NameCompletion:
        scopes: dict[str, list[tuple[int, Scope]]] = {}
        bodies: dict[str, list[Scope]] = {}
        for name in names:
            if (scope := _own_scope(name)) and scope.name:
                level = scope.level or (scope.place.kind if scope.place else "")
                scopes.setdefault(level, []).append((name.start, scope))
                bodies.setdefault(name.base.lower(), []).append(scope)
        province = next((p for p in load_registry().places if p.id == place), None)
        if place and province is None:
            province = name_unknown_place(folded, place)
        return NameCompletion(
            folded, province, scopes, bodies, _share(folded, names), _own(folded, names)
        )

    def mentions(self, names: Sequence[Name]) -> Iterator[NameMention]:
        spelling: dict[str, str] = {}
        for name in sorted(names, key=self._is_shouted):
            yield self._mention(name, name.start, name.end, spelling)

    def _is_shouted(self, name: Name) -> bool:
        """Whether it is in capitals: the last to tell how a name is spelt."""
        return self.folded.text[name.start : name.end].isupper()

    def short_mentions(self, shorts: Sequence[ShortName]) -> Iterator[NameMention]:
        for short in shorts:
            yield self._mention(short.name, short.start, short.end, {})

    def _mention(self, name: Name, start: int, end: int, spelling: dict[str, str]) -> NameMention:
        scope = self._scope(name)
        full = self._full_name(name, scope)
        full = spelling.setdefault(full.lower(), full)
        return NameMention(
            kind="organisation",
            span=self.folded.source_span(start, end),
            rule=name.head.id,
            name=full,
            place=scope.place.id if scope and scope.place else None,
            part_of=self._full_name(name.owner, scope) if name.owner else None,
        )

    def _full_name(self, name: Name, scope: Scope | None, *, is_fuller: bool = False) -> str:
        """The full name of a body in a place, which is its owner's too.

        It is that of the body's fuller name, unless the name `is_fuller` already.
        """
        if not name.scope and (known := _known_name(self.folded.text[name.start : name.end])):
            return known
        is_short = not (is_fuller or name.owner or name.scope)
        if is_short and (fuller := self.owned.get(name.base.lower())):
            return self._full_name(fuller, self._scope(fuller), is_fuller=True)
        parts = [name.base]
        if name.owner:
            parts.append(self._full_name(name.owner, scope, is_fuller=is_fuller))
        elif scope:
            committee = scope.place.party_committee if scope.place and scope.is_whole else ""
            if name.head.level and committee.startswith(name.base):
                return committee
            is_plain = bool(name.head.level or name.head.plain_place)
            plain = self._short_place(name, scope) or scope.name or scope.text
            parts.append(plain if is_plain else scope.text)
        full = " ".join(parts)
        return _known_name(full) or full

    def _short_place(self, name: Name, scope: Scope) -> str | None:
        """The end of a province's name that a body keeps in its own: "Đại học Huế"."""
        if not (name.head.own_name and scope.place and scope.level is None):
            return None
        surface, full = self.folded.text[name.start : name.end], scope.place.name
        ends = (a for a in scope.place.aliases if full.endswith(f" {a}"))
        return None if surface.endswith(full) else next(filter(surface.endswith, ends), None)

    def _scope(self, name: Name) -> Scope | None:
        """The place of a name: its own, its list's, the article's, or that of a fuller name."""
        if name.owner:
            return self._scope(name.owner)
        scope = name.scope
        if scope and scope.name:
            return scope
        level = scope.level if scope else name.head.level
        if shared := self.shared.get(name.start):
            return shared if shared.name else self._at_level(shared.level or "", name)
        if level or name.head.place:
            return self._at_level(level or "", name) or scope
        return self._fuller(name)

    def _at_level(self, level: str, name: Name) -> Scope | None:
        place = self.place
        if place and (not level or level == place.kind):
            return Scope(0, place.kind, place.name, place)
        known = self.scopes.get(level, ()) if level else ()
        before = [scope for start, scope in known if start <= name.start]
        if before:
            return before[-1]
        return known[0][1] if known else self._fuller(name, level)

    def _fuller(self, name: Name, level: str = "") -> Scope | None:
        """The place of the only body of that name, where it is of the level that the name says."""
        places = self.bodies.get(name.base.lower(), ())
        fitting = len({scope.text for scope in places}) == 1 and _is_at(places[0], level)
        return places[0] if fitting else None


def _is_at(scope: Scope, level: str) -> bool:
    return not level or level == (scope.level or (scope.place.kind if scope.place else level))


def _own_scope(name: Name) -> Scope | None:
    return _own_scope(name.owner) if name.owner else name.scope


def _own(folded: FoldedText, names: Sequence[Name]) -> dict[str, Name | None]:
    """What "Đảng ủy" and "Đảng ủy Công ty" stand for: the one that is named with its owner."""
    owned: dict[str, Name | None] = {}
    bases: dict[str, str] = {}
    for name in names:
        base = name.base.lower()
        if name.owner:
            words = folded.lower[name.owner.start : name.owner.end].split(" ", 3)[:3]
            for count in range(len(words) + 1):
                key = " ".join([base, *words[:count]])
                owned.setdefault(key, name)
                if bases.setdefault(key, name.owner.base) != name.owner.base:
                    owned[key] = None
        elif name.scope and name.scope.name:
            owned[base] = None
    return owned


def _share(folded: FoldedText, names: Sequence[Name]) -> dict[int, Scope]:
    """The place of the last in a list, for those before it that have none."""
    shared: dict[int, Scope] = {}
    following: Name | None = None
    scope: Scope | None = None
    for name in reversed(names):
        joined = following and _LIST_JOINT.fullmatch(folded.text, name.end, following.start)
        scope = scope if joined else None
        own = _own_scope(name)
        if own:
            scope = own if own.name or not (scope and scope.level == own.level) else scope
        elif scope and name.head.alone in ("list", "short") and _fits(name, scope):
            shared[name.start] = scope
        following = name
    return shared


def _fits(name: Name, scope: Scope) -> bool:
    level = scope.level or (scope.place.kind if scope.place else None)
    return name.head.level in ("", level)


@lru_cache(maxsize=4096)
def _known_name(name: str) -> str | None:
    """The full name that the registry has for a body's name or alias."""
    known = load_registry().find_organisation(name)
    return known.name if known else None
