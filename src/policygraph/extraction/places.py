"""The places that names hold.

Provinces and centrally run cities are the registry's; districts and communes are read from their
level ("huyện Yên Lạc") and capital letters.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from typing import NamedTuple

from policygraph.extraction.capitals import match_capitals
from policygraph.lexicon import PhraseMatcher, either
from policygraph.registry import Place, load_registry
from policygraph.text import LOWER, UPPER, FoldedText, make_slug

PROVINCE = "tỉnh"
CITY = "thành phố"

_LEVELS = {
    "tp": CITY, "t.p": CITY, "thị xã": "thị xã", "tx": "thị xã", "q": "quận", "h": "huyện",
    "p": "phường", "thủ đô": CITY,
}  # fmt: skip
_LEVEL = re.compile(
    r"(?:(?:tỉnh|thành phố|thị xã|thị trấn|đặc khu|thủ đô|huyện|quận|phường|xã)(?!\w| ủy| đoàn)"
    r"|(?:t\.?p|tx)(?!\w)\.?|(?:[qhp]\.))"
)
# "HĐND tỉnh Đoàn Văn Phi" names a person, and no Tỉnh đoàn.
_LEVEL_BEFORE_PERSON = re.compile(
    rf"(?:tỉnh|thành phố|huyện|xã|phường)(?= Đoàn [{UPPER}]\w* [{UPPER}])"
)
_HAMLET = re.compile(r"(?:thôn|bản|làng|ấp|buôn|khóm|tiểu khu|khu phố|tổ dân phố)(?= )")
CAPITALS = "A-ZÀÁẢÃẠĂẰẮẲẴẶÂẦẤẨẪẬĐÈÉẺẼẸÊỀẾỂỄỆÌÍỈĨỊÒÓỎÕỌÔỒỐỔỖỘƠỜỚỞỠỢÙÚỦŨỤƯỪỨỬỮỰỲÝỶỸỴ"
_CAPITALISED = rf"[{CAPITALS}][\w'’]*"
_UNKNOWN_NAME = re.compile(rf"{_CAPITALISED}(?:[ -]{_CAPITALISED}){{0,4}}|\d{{1,2}}(?!\w)")
_NUMBERED = frozenset({"quận", "phường", "xã"})


class Scope(NamedTuple):
    """The place in a name, as far as it is written.

    Attributes:
        end: folded offset after it.
        level: "tỉnh", "thành phố", "huyện", …; None where the name stands alone ("Sở Y tế Hà Nội").
        name: name of the place, None where the level stands alone ("UBND tỉnh").
        place: the province, where it is one.
    """

    end: int
    level: str | None = None
    name: str | None = None
    place: Place | None = None

    @property
    def text(self) -> str:
        """The place written one way: "tỉnh Bắc Ninh", "huyện Yên Lạc", "tỉnh"."""
        level = self.level
        if self.place and level in (None, PROVINCE, CITY) and (level != CITY or self.is_whole):
            level = self.place.kind
        return " ".join(part for part in (level, self.name) if part)

    @property
    def is_whole(self) -> bool:
        """Whether it is the province itself, not the town of the same name."""
        return self.place is not None and self.level in (None, self.place.kind)


@dataclass(frozen=True, slots=True)
class Provinces:
    """The names of all provinces, in lower case: a pattern of them, and what finds them."""

    pattern: re.Pattern[str]
    by_name: dict[str, Place]
    matcher: PhraseMatcher[Place]


@cache
def load_provinces() -> Provinces:
    by_name: dict[str, Place] = {}
    for place in load_registry().places:
        for name in (place.name, *place.aliases):
            by_name.setdefault(_key(name), place)
    dashed = {name.replace(" - ", dash): by_name[name] for name in by_name for dash in ("-", " ")}
    by_name = dashed | by_name
    pattern = re.compile(rf"(?:{either(by_name)})(?!\w)")
    return Provinces(pattern, by_name, PhraseMatcher.build(by_name.items()))


def _key(name: str) -> str:
    return " ".join(name.lower().split())


def match_province(folded: FoldedText, start: int) -> tuple[int, Place] | None:
    """The province whose name stands at a folded offset, and the offset after it."""
    if not folded.text[start : start + 1].isupper():
        return None
    provinces = load_provinces()
    found = provinces.pattern.match(folded.lower, start)
    return (found.end(), provinces.by_name[found[0]]) if found else None


def match_level(folded: FoldedText, start: int) -> tuple[int, str] | None:
    """The administrative level that stands at a folded offset, and the offset after it."""
    found = _LEVEL.match(folded.lower, start) or _LEVEL_BEFORE_PERSON.match(folded.text, start)
    if not found or folded.text.startswith("xã hội", start):
        return None
    written = found[0].rstrip(".")
    return found.end(), _LEVELS.get(written, written)


def match_scope(folded: FoldedText, start: int) -> Scope | None:
    """A province, a level, or a level with its place, at a folded offset."""
    if found := match_province(folded, start):
        return Scope(found[0], None, found[1].name, found[1])
    levelled = match_level(folded, start)
    if not levelled:
        return _match_hamlet(folded, start)
    end, level = levelled
    is_capital = folded.lower.startswith("thủ đô", start)
    name_at = end + (folded.text[end : end + 1] == " ")
    if found := match_province(folded, name_at):
        return Scope(found[0], level, found[1].name, found[1])
    named = None if is_capital else match_district(folded, name_at, numbered=level in _NUMBERED)
    if named and not (
        _opens_sentence(folded, end, named) or _is_abbreviation(folded, start, named)
    ):
        return Scope(named.end, level, named.name)
    if is_capital:
        capital = load_registry().find_place("Hà Nội")
        return Scope(end, CITY, "Hà Nội", capital) if capital else None
    if folded.text[end - 1] != ".":
        return Scope(end, level)
    return Scope(end - 1, level) if len(folded.text[start:end]) > 2 else None


def _match_hamlet(folded: FoldedText, start: int) -> Scope | None:
    """A hamlet with its name or number; its level alone is an everyday word."""
    level = _HAMLET.match(folded.lower, start)
    named = match_district(folded, level.end() + 1, numbered=True) if level else None
    return Scope(named.end, level[0], named.name) if level and named else None


def _opens_sentence(folded: FoldedText, end: int, named: Scope) -> bool:
    """Whether the word after "TP. " rather begins the next sentence: "UBND TP. Việc này …"."""
    is_stop = folded.text.startswith(". ", end - 1) and folded.text.startswith(" ", named.end)
    return is_stop and " " not in (named.name or "")


def _is_abbreviation(folded: FoldedText, start: int, named: Scope) -> bool:
    """Whether capitals alone stand behind a level in small letters: "UBND thành phố GPMB"."""
    written = folded.text[start : named.end].split()
    return written[0].islower() and len(written[-1]) > 2 and written[-1].isupper()


def match_district(folded: FoldedText, start: int, *, numbered: bool) -> Scope | None:
    """Capitalised words, or where `numbered` a number, taken as the name of a place."""
    if end := match_capitals(folded.text, start):
        return Scope(end, None, _in_title_case(folded.text[start:end]))
    found = _UNKNOWN_NAME.match(folded.text, start)
    if not found or (found[0].isdigit() and not numbered):
        return None
    return Scope(found.end(), None, _in_title_case(found[0]))


def _in_title_case(name: str) -> str:
    """The name of a place in a line of capitals as it is written elsewhere: "Đông Khê"."""
    is_shouted = name.isupper() and len(name) > 3
    return " ".join(word.capitalize() for word in name.split()) if is_shouted else name


def name_unknown_place(folded: FoldedText, slug: str) -> Place | None:
    """A province that the registry does not know, by its slug, under the name that a text gives it.

    Metadata may place a text in a province of long ago, or in one that never was.
    """
    size = slug.count("-") + 1
    for run in _CAPITALISED_RUN.finditer(folded.text):
        words = run[0].split()
        for start in range(len(words) - size + 1):
            name = " ".join(words[start : start + size])
            if make_slug(name) == slug:
                committee = f"Tỉnh ủy {name}"
                return Place(slug, name, "tỉnh", (), committee, slug, None, "the text's metadata")
    return None


_CAPITALISED_RUN = re.compile(rf"[{UPPER}][{LOWER}]+(?: [{UPPER}][{LOWER}]+){{0,11}}")
