"""Which format a client accepts best, by its Accept header (RFC 9110, 12.5.1)."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from policygraph.graph.answer import TABLE_FORMATS, TRIPLE_FORMATS, media_type_of


@dataclass(frozen=True, slots=True)
class Offer:
    """A format by its short name, and the media type under which it is sent."""

    format: str
    media_type: str

    @property
    def content_type(self) -> str:
        """The value of the header Content-Type."""
        is_text = self.media_type.startswith("text/")
        return f"{self.media_type}; charset=utf-8" if is_text else self.media_type


#: What tables and triples are offered as, the preferred first; general types stand behind.
TABLES = (
    *(Offer(name, media_type_of(format)) for name, format in TABLE_FORMATS.items()),
    Offer("json", "application/json"),
    Offer("xml", "application/xml"),
)
TRIPLES = (
    *(Offer(name, media_type_of(format)) for name, format in TRIPLE_FORMATS.items()),
    Offer("jsonld", "application/json"),
    Offer("rdf", "application/xml"),
)


@dataclass(frozen=True, slots=True)
class _Range:
    """One of the media ranges of a header; `place` is where it stands there."""

    type: str
    subtype: str
    quality: float
    place: int

    def precision_for(self, media_type: str) -> int:
        """How closely it names a media type: 0 not at all, 3 exactly."""
        type_, _, subtype = media_type.partition("/")
        if (self.type, self.subtype) == (type_, subtype):
            return 3
        if self.subtype != "*":
            return 0
        return 2 if self.type == type_ else int(self.type == "*")


def choose_offer(accept: str, offers: Sequence[Offer]) -> Offer | None:
    """The offer that a client likes best; None where it accepts none of them.

    Of those it likes equally, the one that it names first; without a header, the first offer.
    """
    ranges = _parse(accept)
    if not ranges:
        return offers[0]
    rated = [(offer, _find_range(offer.media_type, ranges)) for offer in offers]
    accepted = [(offer, found) for offer, found in rated if found and found.quality > 0]
    if not accepted:
        return None
    return min(accepted, key=lambda each: (-each[1].quality, each[1].place))[0]


def _find_range(media_type: str, ranges: Sequence[_Range]) -> _Range | None:
    """The range that tells the quality of a media type: the most precise one."""
    best = max(ranges, key=lambda each: each.precision_for(media_type))
    return best if best.precision_for(media_type) else None


_RANGE = re.compile(r"\s*([\w!#$&^.+*-]+)/([\w!#$&^.+*-]+)\s*((?:;[^,]*)?)")
_QUALITY = re.compile(r";\s*q\s*=\s*([01](?:\.\d{0,3})?)\s*(?:;|$)", re.IGNORECASE)


def _parse(accept: str) -> list[_Range]:
    found = (_RANGE.fullmatch(part) for part in accept.split(","))
    return [
        _Range(match[1].lower(), match[2].lower(), _read_quality(match[3]), place)
        for place, match in enumerate(found)
        if match
    ]


def _read_quality(parameters: str) -> float:
    found = _QUALITY.search(parameters)
    return float(found[1]) if found else 1.0
