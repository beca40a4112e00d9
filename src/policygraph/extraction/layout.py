"""The lines of an official document, and the words that show what each of them is.

A line of two columns is two cells: at "|", a tab or four spaces. Marks of bold type and headings
around a cell ("**", "#") are no part of it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from typing import Literal

from policygraph.lexicon import Row, load_rows
from policygraph.resources import data_file
from policygraph.text import UPPER, fold

What = Literal[
    "motto", "body", "assembly", "goes-on", "recipients", "lead", "acting", "role", "mark", "rank"
]  # fmt: skip

_CELL = re.compile(r"(?:[^\n|\t ]| {1,3}(?! ))++")
_RULE = re.compile(r"([-–—_*=~.])\1\1|^\W?$")
#: What stands around the words of a cell: white space, bold type, headings, borders.
MARKS = " \t\r*#_|"


@dataclass(frozen=True, slots=True, kw_only=True)
class LayoutRow(Row):
    """Words that show what a line is; data/vocab/layout.toml says what the fields mean."""

    what: What
    words: tuple[str, ...]
    signs_alone: bool = False


@cache
def load_layout() -> tuple[LayoutRow, ...]:
    """The rows of data/vocab/layout.toml, in file order."""
    return load_rows(data_file("vocab", "layout.toml"), LayoutRow)


@cache
def find_words(what: What) -> re.Pattern[str]:
    """What matches at the start of a cell's folded text where it is of that kind."""
    return compile_words(row for row in load_layout() if row.what == what)


def compile_words(rows: Iterable[LayoutRow]) -> re.Pattern[str]:
    """The pattern of rows of one kind."""
    rows = list(rows)
    phrases = sorted((word for row in rows for word in row.words), key=len, reverse=True)
    words = "|".join(_spell(phrase) for phrase in phrases)
    return re.compile(_FORMS[rows[0].what].format(words=words))


def _spell(phrase: str) -> str:
    folded = re.escape(fold(phrase).text)
    return folded if phrase[-1] in ".:" else rf"{folded}(?!\w)"


#: By what the words show: the pattern around them. An office goes on in capitals, to say of what.
_FORMS: dict[What, str] = {
    "motto": r"(?i:{words})(?=\W*$)",
    "body": r"\W{{0,3}}(?i:{words})",
    "assembly": r"\W{{0,3}}(?i:{words})",
    "goes-on": r"\W?(?i:{words})",
    "recipients": r"\W{{0,3}}(?i:{words})",
    "lead": rf"(?:{{words}})(?:(?<=\.) {{{{0,2}}}}|(?<!\.) {{{{1,2}}}})(?=[{UPPER}])",
    "acting": rf"(?:{{words}}) ?(?=[{UPPER}]{{{{2}}}})",
    "role": rf"(?:{{words}})(?P<of>(?:,? [{UPPER}&-]+){{{{0,12}}}})$",
    "mark": r"\W{{0,2}}(?i:{words})\W{{0,3}}$",
    "rank": r"(?:(?:{words}) ?){{1,3}}",
}


@dataclass(frozen=True, slots=True)
class Cell:
    """A line, or one column of it, without the marks around it; offsets into the folded text.

    Attributes:
        text: its words; empty in a line that holds none.
        is_first: whether it stands first in its line.
        follows_gap: whether an empty line stands before its line.
        is_ornament: whether it is a rule of dashes or stars under what stands above.
    """

    start: int
    end: int
    text: str
    is_first: bool
    follows_gap: bool
    is_ornament: bool = False


def split_cells(text: str, start: int, end: int) -> Iterator[Cell]:
    """The cells of a stretch of folded text that are not empty, in order.

    `start` may lie within a line; what stands before it is then left out.
    """
    gap = False
    while start < end:
        stop = text.find("\n", start, end)
        stop = end if stop < 0 else stop
        is_first = True
        for match in _CELL.finditer(text, start, stop):
            if cell := _make_cell(match, is_first=is_first, follows_gap=gap):
                yield cell
                is_first = False
        gap = is_first
        start = stop + 1


def _make_cell(match: re.Match[str], *, is_first: bool, follows_gap: bool) -> Cell | None:
    whole = match[0]
    words = whole.strip(MARKS)
    if not (words[:1].isalnum() or any(map(str.isalnum, words))):
        if whole.isspace() or not _RULE.search(whole.strip()):
            return None
        return Cell(match.start(), match.end(), "", is_first, follows_gap, is_ornament=True)
    start = match.start() + whole.index(words)
    return Cell(start, start + len(words), words, is_first, follows_gap)
