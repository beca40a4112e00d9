"""What a list of a Word file writes before its items: "1.", "a)", "Điều 3.", "-"."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from policygraph.reading.docx.package import Element, Package, W
from policygraph.reading.docx.styles import read_value
from policygraph.roman import to_roman

_PLACE = re.compile(r"%([1-9])")
_LETTERS = "abcdefghijklmnopqrstuvwxyz"
_LEVELS = 9


@dataclass(frozen=True, slots=True)
class Level:
    """One level of a list; `text` holds "%1" where the number of the first level stands."""

    start: int
    form: str
    text: str


@dataclass(slots=True)
class Numbering:
    """The lists of a file, and how far each has counted."""

    lists: dict[str, dict[int, Level]]
    counts: dict[str, list[int]] = field(default_factory=dict)

    def number(self, properties: Element | None) -> str:
        """What stands before the next item, with a space behind; empty for what is no item."""
        list_id = read_value(properties, "numId")
        level = _read_int(read_value(properties, "ilvl"), 0)
        levels = self.lists.get(list_id or "", {})
        if level not in levels:
            return ""
        counts = self.counts.setdefault(list_id or "", [levels[i].start - 1 if i in levels else 0
                                                        for i in range(_LEVELS)])  # fmt: skip
        counts[level] += 1
        for deeper in range(level + 1, _LEVELS):
            counts[deeper] = levels[deeper].start - 1 if deeper in levels else 0
        return _write(levels, level, counts)


def _write(levels: dict[int, Level], level: int, counts: list[int]) -> str:
    if levels[level].form == "bullet":
        return "- "  # the sign itself is often one of a font of signs

    def fill(place: re.Match[str]) -> str:
        index = int(place[1]) - 1
        form = levels[index].form if index in levels else "decimal"
        return _format(counts[index], form)

    text = _PLACE.sub(fill, levels[level].text).strip()
    return f"{text} " if text else ""


def _format(number: int, form: str) -> str:
    if form in ("lowerLetter", "upperLetter") and 0 < number <= len(_LETTERS):
        letter = _LETTERS[number - 1]
        return letter.upper() if form == "upperLetter" else letter
    if form in ("lowerRoman", "upperRoman") and 0 < number < 100:
        numeral = to_roman(number)
        return numeral if form == "upperRoman" else numeral.lower()
    return "" if form == "none" else str(number)


def read_numbering(package: Package) -> Numbering:
    """The lists of a file by their ids."""
    root = package.read_part("word/numbering.xml")
    if root is None:
        return Numbering({})
    abstract = {
        each.get(f"{W}abstractNumId"): _read_levels(each) for each in root.iter(f"{W}abstractNum")
    }
    lists = {}
    for each in root.findall(f"{W}num"):
        levels = dict(abstract.get(read_value(each, "abstractNumId"), {}))
        for override in each.findall(f"{W}lvlOverride"):
            index = _read_int(override.get(f"{W}ilvl"), 0)
            start = read_value(override, "startOverride")
            if index in levels and start:
                level = levels[index]
                levels[index] = Level(_read_int(start, level.start), level.form, level.text)
        lists[each.get(f"{W}numId", "")] = levels
    return Numbering(lists)


def _read_levels(abstract: Element) -> dict[int, Level]:
    return {
        _read_int(level.get(f"{W}ilvl"), 0): Level(
            _read_int(read_value(level, "start"), 1),
            read_value(level, "numFmt") or "decimal",
            read_value(level, "lvlText") or "",
        )
        for level in abstract.findall(f"{W}lvl")
    }


def _read_int(value: str | None, default: int) -> int:
    return (
        int(value) if value and value.isascii() and value.isdigit() and len(value) < 7 else default
    )
