"""The words of the interface in Vietnamese and English: the rows of words.toml."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any, Literal, get_args

Language = Literal["vi", "en"]
LANGUAGES: tuple[Language, ...] = get_args(Language)

_FILE = Path(__file__).parent / "words.toml"
_OFFER = re.compile(
    r"\s*([A-Za-z]{1,8}|\*)(?:-[A-Za-z0-9]+)*\s*(?:;\s*q\s*=\s*([01](?:\.\d*)?))?\s*"
)


@cache
def load_words() -> Mapping[str, Mapping[str, str]]:
    """The words by id, in each language; a row may have "one" for the English singular."""
    with _FILE.open("rb") as file:
        return {
            f"{group}.{name}": words
            for group, rows in tomllib.load(file).items()
            for name, words in rows.items()
        }


class Words:
    """The words of one language: `words("search.found", count=3)`."""

    def __init__(self, language: Language) -> None:
        self.language = language

    def __call__(self, id_: str, **values: Any) -> str:
        """The words of an id with values filled in; raises KeyError for one that there is not.

        In English, "one" of a row is taken where `count` is 1: Vietnamese knows no plural.
        """
        row = load_words()[id_]
        is_one = self.language == "en" and values.get("count") == 1 and "one" in row
        return row["one" if is_one else self.language].format(**values)

    def group(self, name: str) -> dict[str, str]:
        """All words of a group by name, nothing filled in: for scripts."""
        start = f"{name}."
        return {
            id_.removeprefix(start): row[self.language]
            for id_, row in load_words().items()
            if id_.startswith(start)
        }

    def day(self, date: str | None) -> str:
        """A date in ISO 8601 as readers write it: "03/06/2013", "3 Jun 2013"; "" without one."""
        if not date:
            return ""
        parts = date.split("-")
        if self.language == "vi":
            return "/".join(reversed(parts))
        months = self("date.months").split()
        words = [months[int(part) - 1] if place == 1 else part for place, part in enumerate(parts)]
        return " ".join(word.lstrip("0") or "0" for word in reversed(words))

    def number(self, value: int) -> str:
        """A number with its thousands apart: "43.050", "43,050"."""
        return f"{value:,}".replace(",", "." if self.language == "vi" else ",")


def choose_language(chosen: str | None, accepted: str) -> Language:
    """The language of a page: as it was chosen, else what the browser would rather have.

    Args:
        accepted: an Accept-Language header.
    """
    for language in LANGUAGES:
        if chosen == language:
            return language
    return max(LANGUAGES, key=lambda language: _weigh(language, accepted))


def _weigh(language: Language, accepted: str) -> float:
    """How much a browser wants a language; Vietnamese a little where it wants none."""
    weights = {
        offer[1].lower(): float(offer[2] or 1)
        for offer in map(_OFFER.fullmatch, accepted.split(","))
        if offer
    }
    return weights.get(language, weights.get("*", 0.0) / 2)
