"""Which document numbers and dates of the gold were found."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from policygraph.evaluation.found import FoundEntity, FoundText
from policygraph.evaluation.gold import GoldText

#: A folded document number, alone or with a date: ("25-NQ/TW",), ("25-NQ/TW", "2013-06-03").
Value = tuple[str, ...]

_HYPHENS = str.maketrans({**dict.fromkeys("‐‑‒–—−", "-"), "Ð": "Đ"})
_LEADING_ZEROS = re.compile(r"^0+(?=\d)")
_SERIAL = re.compile(r"\d*")


@dataclass(frozen=True, slots=True)
class ValueComparison:
    """The values of the gold and those found, each with the ref or id of one that bears it.

    Attributes:
        missed: values of the gold with no partner, sorted; `spurious` are found ones with none.
    """

    wanted: Mapping[Value, str]
    found: Mapping[Value, str]
    missed: tuple[Value, ...]
    spurious: tuple[Value, ...]


def fold_number(number: str) -> str:
    """One spelling of a number: NFC capitals, plain hyphens, TƯ as TW, no spaces or zeros ahead."""
    folded = unicodedata.normalize("NFC", number).upper().replace("/TƯ", "/TW")
    return _LEADING_ZEROS.sub("", "".join(folded.split()).translate(_HYPHENS))


def is_same_number(one: str, other: str) -> bool:
    """Whether folded numbers agree: a bare serial does with every number that begins with it."""
    serials = [_serial(one), _serial(other)]
    return one == other or (
        bool(serials[0]) and serials[0] == serials[1] and serials[0] in (one, other)
    )


def _serial(number: str) -> str:
    match = _SERIAL.match(number)
    return match[0] if match else ""


def compare_numbers(gold: GoldText, found: FoundText) -> ValueComparison:
    """The numbers of the documents that the text cites."""
    wanted: dict[Value, str] = {(number,): ref for number, ref, _ in _list_wanted(gold)}
    ours: dict[Value, str] = {(number,): each.id for number, each in _list_found(gold, found)}
    return _compare(wanted, ours)


def compare_dates(gold: GoldText, found: FoundText) -> ValueComparison:
    """The dates that the text gives to the numbers it cites."""
    wanted: dict[Value, str] = {
        (number, date): ref for number, ref, dates in _list_wanted(gold) for date in dates
    }
    ours: dict[Value, str] = {
        (number, date): each.id for number, each in _list_found(gold, found) for date in each.dates
    }
    return _compare(wanted, ours)


def _list_wanted(gold: GoldText) -> Iterator[tuple[str, str, tuple[str, ...]]]:
    """Each number of the gold with its entity's ref and dates."""
    for ref, entity in gold.entities.items():
        for number in entity.attributes.get("number", ()):
            yield fold_number(number), ref, entity.attributes.get("date", ())


def _list_found(gold: GoldText, found: FoundText) -> Iterator[tuple[str, FoundEntity]]:
    """Each number found with its entity, but those that only optional marks hold."""
    firm = {number for number, _, _ in _list_wanted(gold)}
    optional = [gold.text[m.span.start : m.span.end] for m in gold.mentions if m.is_optional]
    open_text = " ".join(map(fold_number, optional))
    for id_ in dict.fromkeys(mention.entity for mention in found.mentions):
        entity = found.entities.get(id_)
        if entity is None or entity.kind != "document" or not entity.number:
            continue
        number = fold_number(entity.number)
        if number not in open_text or any(is_same_number(number, other) for other in firm):
            yield number, entity


def _compare(wanted: Mapping[Value, str], found: Mapping[Value, str]) -> ValueComparison:
    """Pairs the values one to one: equal ones first, then those whose numbers agree."""
    missed = set(wanted).difference(found)
    spurious = set(found).difference(wanted)
    for value in sorted(missed):
        partner = next((other for other in sorted(spurious) if _agree(value, other)), None)
        if partner is not None:
            missed.remove(value)
            spurious.remove(partner)
    return ValueComparison(wanted, found, tuple(sorted(missed)), tuple(sorted(spurious)))


def _agree(one: Value, other: Value) -> bool:
    return one[1:] == other[1:] and is_same_number(one[0], other[0])
