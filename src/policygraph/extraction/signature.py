"""Reads who signed a document, from the lines at its end.

    Nơi nhận:                       TM. ỦY BAN NHÂN DÂN
    - Như Điều 3;                        KT. CHỦ TỊCH
    - Lưu: VT.                          PHÓ CHỦ TỊCH
                                          (Đã ký)
                                        Nguyễn Văn An

The columns may stand side by side, one behind the other, or run together in a line.
Sources: Nghị định 30/2020/NĐ-CP, Phụ lục I, mục II.7; Hướng dẫn 36-HD/VPTW.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from itertools import pairwise

from policygraph.extraction.layout import (
    MARKS,
    Cell,
    compile_words,
    find_words,
    load_layout,
    split_cells,
)
from policygraph.extraction.name_words import is_person
from policygraph.extraction.organisation_grammar import load_grammar
from policygraph.lexicon import either
from policygraph.span import Span
from policygraph.text import LOWER, UPPER, FoldedText

_LONGEST_LINE = 150
_MOST_LINES = 30  # between an office and the name: recipients may stand between
_NEAR = 10
_WORD = rf"[{UPPER}](?:[’'][{UPPER}])?(?:[{LOWER}]*|[{UPPER}]*)(?![{UPPER}{LOWER}])"
_NAME = re.compile(rf"({_WORD}(?:[ -]{_WORD}){{1,4}})[\s./]*$")
_BEHIND_ITEM = re.compile(r"(?<=[;:.,)]) (?=\S)")
_ITEM = re.compile(r"[-+•–—]\s?|\d")
_STOPS = (".", ",", ";", ":")
_END = "./."  # of the text of a document


def find_signer(folded: FoldedText, start: int) -> Span | None:
    """The name under the first signature behind a folded offset, in source offsets.

    The span holds the name without rank or degree. None where nobody is named.
    """
    text = folded.text
    cells = [part for cell in split_cells(text, start, len(text)) for part in _part(cell)]
    is_listed = False
    for index, cell in enumerate(cells):
        is_listed = is_listed or find_words("recipients").match(cell.text) is not None
        if not _opens_signature(cell.text):
            continue
        has_lead = find_words("lead").match(cell.text) is not None
        found = _read_name(cells, index + 1)
        name = folded.source_span(found.start, found.end) if found else None
        if has_lead and _is_signed_for(cell):
            return name
        is_last = is_listed or (index > 0 and cells[index - 1].text.endswith(_END))
        if found and (is_last or _signs_alone(cell.text) or found.is_near_end):
            return name
    return None


def _part(cell: Cell) -> list[Cell]:
    """A cell apart at the marks of a signature, and where an office stands behind a recipient."""
    text = cell.text
    cuts = [cell.start + at for mark in _marks_inside().finditer(text) for at in mark.span()]
    if len(text) <= _LONGEST_LINE and not _opens_signature(text):
        gaps = (gap.span() for gap in _BEHIND_ITEM.finditer(text))
        cuts += [cell.start + at for at, end in gaps if _opens_signature(text, end)][:1]
    if not cuts:
        return [cell]
    cuts = [cell.start, *sorted(cuts), cell.end]
    parts = (_slice(cell, a, b) for a, b in pairwise(cuts))
    return [part for part in parts if part.text or part.is_ornament]


def _slice(cell: Cell, start: int, end: int) -> Cell:
    words = cell.text[start - cell.start : end - cell.start]
    start += len(words) - len(words.lstrip(MARKS))
    words = words.strip(MARKS)
    is_first, follows_gap = cell.is_first, cell.follows_gap
    return Cell(start, start + len(words), words, is_first, follows_gap, cell.is_ornament)


@cache
def _marks_inside() -> re.Pattern[str]:
    words = [word for row in load_layout() if row.what == "mark" for word in row.words]
    return re.compile(rf"[(\[]\s?(?i:{either(words)})\s?[)\]]")


def _opens_signature(text: str, at: int = 0) -> bool:
    return _openings().match(text, at) is not None


@cache
def _openings() -> re.Pattern[str]:
    return re.compile(rf"{find_words('lead').pattern}|{_offices().pattern}")


def _is_office(text: str) -> bool:
    return _offices().match(text) is not None


@cache
def _offices() -> re.Pattern[str]:
    return re.compile(rf"(?:{find_words('acting').pattern})?+{find_words('role').pattern}")


def _is_signed_for(cell: Cell) -> bool:
    """Whether a lead is a signature's: before capitals, or before an office in small letters."""
    match = find_words("lead").match(cell.text)
    rest = cell.text[match.end() :] if match else ""
    return rest.isupper() or _is_office(rest.upper())


@cache
def _offices_alone() -> re.Pattern[str]:
    return compile_words(row for row in load_layout() if row.signs_alone)


def _signs_alone(text: str) -> bool:
    return _offices_alone().match(text) is not None


@dataclass(frozen=True, slots=True)
class _Name:
    """A name, in folded offsets, and whether the list of recipients follows it, or nothing."""

    start: int
    end: int
    is_near_end: bool


def _read_name(cells: Sequence[Cell], first: int) -> _Name | None:
    """The first name from a cell on; what stands between it and the office are marks, recipients,
    and the office's further lines."""
    for index in range(first, min(len(cells), first + _MOST_LINES)):
        cell = cells[index]
        if cell.is_ornament or _is_between(cell.text):
            continue
        if name := _match_name(cell, is_signed=_is_mark(cells[index - 1].text)):
            behind = cells[index + 1 : index + 1 + _NEAR]
            is_listed = any(find_words("recipients").match(c.text) for c in behind)
            return _Name(*name, is_listed or not any(c.text for c in behind))
        if not (_is_recipient(cell.text) or _goes_on(cells[index - 1], cell)):
            return None
    return None


def _is_between(text: str) -> bool:
    """Whether a line is another of the signature's before the name, in any letter case."""
    if len(text) > _LONGEST_LINE:
        return False
    return _is_mark(text) or _opens_signature(text) or _is_office(text.upper())


def _is_mark(text: str) -> bool:
    return find_words("mark").match(text) is not None


def _goes_on(last: Cell, cell: Cell) -> bool:
    """Whether a line is the rest of an office's that was too long ("K/T TRƯỞNG / BAN")."""
    return not cell.follows_gap and cell.text.isupper() and last.text.isupper()


def _is_recipient(text: str) -> bool:
    if len(text) > _LONGEST_LINE:
        return False
    is_item = _ITEM.match(text) or find_words("recipients").match(text)
    return bool(is_item) or text[0].islower() or text.endswith(_STOPS)


def _match_name(cell: Cell, *, is_signed: bool) -> tuple[int, int] | None:
    """The name that a cell is, or that stands at its end behind the last recipient."""
    starts = [0]
    if "lưu" in cell.text.lower() and not cell.text.endswith((",", ";")):
        starts += [match.end() for match in _BEHIND_ITEM.finditer(cell.text)]
    for at in starts:
        rank = find_words("rank").match(cell.text, at)
        match = _NAME.match(cell.text, rank.end() if rank else at)
        if match and _is_name(match[1], is_alone=at == 0, is_signed=is_signed):
            return cell.start + match.start(1), cell.start + match.end(1)
    return None


def _is_name(name: str, *, is_alone: bool, is_signed: bool) -> bool:
    """Whether words are a person: by the family name, or by where they stand.

    Under "(Đã ký)", or in small letters under the office, stands nothing but a name.
    """
    if is_alone and (is_signed or not name.isupper()):
        return True
    words = name.replace("-", " ").split()
    return is_person(load_grammar(), [word.capitalize() for word in words])
