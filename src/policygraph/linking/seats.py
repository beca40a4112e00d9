"""Where the body behind a local code sits: "TU" and "UBND" are a body only with their place."""

from __future__ import annotations

import re
from collections.abc import Sequence

from policygraph.levels import PROVINCE, find_level
from policygraph.model import DocumentReference, NameReference
from policygraph.registry import IssuerCode, Registry
from policygraph.text import fold_name, make_slug


def find_seat(
    reference: DocumentReference,
    code: IssuerCode | None,
    issuers: Sequence[NameReference],
    registry: Registry,
) -> str | None:
    """The place behind a code: a province, and the district, commune or body below it.

    "" for a central code, None where nothing tells the place; "_/…" where only what is below is
    known. A committee and its standing board are one: both are "vinh-phuc/huyen-yen-lac".
    A province that the registry does not know goes by its slug, so that two of them stay apart.
    A code that the vocabulary does not know is local where the text gives it a place.
    """
    if code is None:
        return reference.place or ""
    if not code.is_local:
        return ""
    if unknown := _name_unknown_province(issuers, registry):
        return f"{unknown}/_" if code.is_below else unknown
    place = reference.place or next((each.place for each in issuers if each.place), None)
    below = [each for each in issuers if _is_below_province(each, place, registry)]
    if not below or len(below) < len(issuers):
        return place
    name = _name_below(below[0].label)
    if (
        place
        and registry.find_place(place.replace("-", " ")) is None
        and name.endswith(f"-{place}")
    ):
        place = None  # the text's place is the district itself
    return f"{place or '_'}/{name}"


# "Ban Thường vụ Huyện ủy Yên Lạc", "Đảng ủy xã Phù Khê", "UBND huyện Yên Lạc, tỉnh Vĩnh Phúc".
_BELOW = re.compile(
    r"\b(?P<level>huyện|quận|thị xã|thị trấn|thị|thành phố|thành|xã|phường|đặc khu)"
    r"(?: ủy| đoàn)?(?: (?P<name>[^,]+)|$)"
)
_LEVELS_SHORT = {"thị": "thị xã", "thành": "thành phố"}


def _name_below(label: str) -> str:
    """The slug of a district or commune by the name of its body; of the name where it is none.

    "_" for one that the text does not name: "Ban Thường vụ Huyện ủy".
    """
    found = _BELOW.search(fold_name(label))
    if found is None:
        return make_slug(label)
    if found["name"] is None:
        return "_"
    level = _LEVELS_SHORT.get(found["level"], found["level"])
    return make_slug(f"{level} {found['name']}")


# "Tỉnh ủy Sông Bé khóa V", not "Ủy ban nhân dân huyện Yên Lạc, tỉnh …".
_OF_PROVINCE = re.compile(
    r"^(?!.*\b(?:huyện|quận|xã|phường|thị)\b)"
    r"(?:.*?\b)(?:tỉnh(?: ủy| đoàn)?+|thành (?:ủy|đoàn|phố)) "
    r"(?P<name>.+?)(?: (?:khóa|nhiệm kỳ) .*)?$"
)


def _name_unknown_province(issuers: Sequence[NameReference], registry: Registry) -> str | None:
    """The slug of the place that an issuer names, where it is none of the registry's."""
    return next(filter(None, (_name_unknown(each.label, registry) for each in issuers)), None)


def _name_unknown(name: str, registry: Registry) -> str | None:
    found = _OF_PROVINCE.search(fold_name(name))
    return make_slug(found["name"]) if found and not registry.find_last_place(name) else None


def name_province(name: str, registry: Registry) -> str | None:
    """The id of the province that a body's name ends with, or the slug of an unknown one."""
    known = registry.find_last_place(name)
    return known.id if known else _name_unknown(name, registry)


def _is_below_province(issuer: NameReference, place: str | None, registry: Registry) -> bool:
    """Whether a body has a name of its own below the province ("Huyện ủy Yên Lạc")."""
    if registry.find_organisation(issuer.label):
        return False
    if _is_bare(issuer.label, registry):
        return False
    if find_level(issuer.label) == PROVINCE and registry.find_last_place(issuer.label) is None:
        return False  # "Ban Dân vận Tỉnh ủy", where the text does not name the province again
    province = registry.find_last_place(issuer.label)
    if province is None or province.id != place:
        return place is not None or registry.issuer_named(issuer.label) is None
    city = fold_name(f"thành phố {province.name}")
    return province.kind == "tỉnh" and fold_name(issuer.label).endswith(city)


def _is_bare(name: str, registry: Registry) -> bool:
    """Whether a name is that of every province's body, without its place: "Tỉnh ủy"."""
    code = registry.issuer_named(name)
    return code is not None and fold_name(name) in map(fold_name, code.bodies)


def find_congress_seat(
    body: str, place: str | None, registry: Registry
) -> tuple[IssuerCode | None, str | None]:
    """The code of the committee that a congress elects, and its place, as far as known."""
    code = registry.issuer_named(f"Ban Chấp hành {body}")
    province = registry.find_last_place(body)
    return code, place or (province.id if province else None)
