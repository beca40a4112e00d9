"""Reads the title (trích yếu) of a document from its layout.

It stands under the line that names the type ("KẾ HOẠCH / thực hiện …"), or, in a letter, behind
"V/v" under the number. In files each of its lines may be a paragraph with empty lines around it.
Sources: Nghị định 30/2020/NĐ-CP, Phụ lục I, mục II.5; Hướng dẫn 36-HD/VPTW.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from policygraph.document_types import load_document_types
from policygraph.extraction.dates import DATE
from policygraph.extraction.layout import Cell, find_words, split_cells
from policygraph.lexicon import either
from policygraph.model import NameMention
from policygraph.span import Span
from policygraph.text import FoldedText

_REACH = 1500
_LONGEST = 700
_LONGEST_SENTENCE = 300  # what is longer, in small letters, is the body
_MOST_PARAGRAPHS = 3
_NUMBERED = re.compile(r"(?:[IVX]{1,5}|[A-D]|\d{1,2}(?:\.\d{1,2}){0,3})[.)/-](?:\s|$)|[-+•]\s|\(")
_DATED = re.compile(
    rf"\W*(?:[^\W\d_][^\s\d,]* ){{0,4}}[^\W\d_][^\s\d,]*,\s{{0,3}}ngày\s{{0,3}}(?:{DATE}|tháng)"
)
_CUT = re.compile(r"(?:[,-]|\b(?:số|của|và|về|việc|do|các|ngày|tháng|năm|theo|tại|với))$", re.I)
_ON = re.compile(r"(?:V/v|v/v|V/V)\b[:.]?|(?:Về việc|VỀ VIỆC)\b")
_OF = re.compile(r"của\s", re.I)
_ABOUT = re.compile(r"\W?(?:về|v/v)(?!\w)", re.I)
_LONGEST_ASSEMBLY = 4  # lines
_MARKS = " \t\n*_#|"
_QUOTED = re.compile(r"[\"“‘']([^\"“”‘’]*)[\"”’']")


def find_title(
    folded: FoldedText,
    start: int,
    type_: str | None,
    organisations: Sequence[NameMention] = (),
) -> Span | None:
    """The title of the document whose number ends at a folded offset, in source offsets.

    `type_` is the id of its type. The span leaves out quotation marks and marks of bold type at
    its ends. None where the layout gives no title.
    """
    cells = list(split_cells(folded.text, start, min(len(folded.text), start + _REACH)))
    cells = _rule_off(cells, _list_bodies(folded, organisations))
    found = _find_under_type(cells, type_) or _find_subject(cells)
    if found is None:
        return None
    first, last = found
    return folded.source_span(*_trim(folded.text, first, last))


def _list_bodies(folded: FoldedText, organisations: Sequence[NameMention]) -> dict[int, int]:
    spans = [name.span for name in organisations]
    return {folded.folded_offset(s.start): folded.folded_offset(s.end) for s in spans}


def _rule_off(cells: Sequence[Cell], bodies: Mapping[int, int]) -> list[Cell]:
    """The cells, a line that is nothing but a body's name made a rule: it stands over the bases.

    A line before it that wants another goes on with it: "… CỦA / ỦY BAN NHÂN DÂN TỈNH".
    """
    befores = ("", *(cell.text for cell in cells))
    return [
        replace(cell, is_ornament=True)
        if bodies.get(cell.start, 0) >= cell.end and not _CUT.search(before)
        else cell
        for before, cell in zip(befores, cells, strict=False)
    ]


def _trim(text: str, start: int, end: int) -> tuple[int, int]:
    """Without the stop at the end, and the quotation marks where they hold all of it."""
    title = text[start:end]
    start += len(title) - len(title.lstrip(_MARKS))
    title = title.strip(_MARKS).rstrip(_MARKS + ".,;/")
    if quoted := _QUOTED.fullmatch(title):
        return start + quoted.start(1), start + quoted.end(1)
    return start, start + len(title)


def _find_under_type(cells: Sequence[Cell], type_: str | None) -> tuple[int, int] | None:
    """From behind the first line that names the type; the line itself may go on with the title."""
    document = load_document_types().get(type_ or "")
    if document is None:
        return None
    names = re.compile(rf"(?:{either(document.phrases)})(?!\w)")
    for index, cell in enumerate(cells):
        match = names.match(cell.text.lower())
        if match is None or not _is_heading(cell.text, match.end()):
            continue
        rest = cell.text[match.end() :].lstrip(" :")
        following = _leave_assembly(cells[index + 1 :])
        if any(map(str.isalnum, rest)):
            start = cell.end - len(rest)
            following = [Cell(start, cell.end, rest, True, False), *following]
        found = _read_runs(following)
        # "LUẬT / THỦY LỢI" is titled "Luật Thủy lợi"
        return (cell.start, found[1]) if found and document.is_named else found
    return None


def _leave_assembly(cells: Sequence[Cell]) -> Sequence[Cell]:
    """Without the meeting that passed the document, where what that is on stands under it:
    "NGHỊ QUYẾT / HỘI NGHỊ LẦN THỨ NĂM … / về quản lý đất đai"."""
    if not cells or not find_words("assembly").match(cells[0].text):
        return cells
    for index, cell in enumerate(cells[: 1 + _LONGEST_ASSEMBLY]):
        if _stops(cell):
            break
        about = 0 if index and _ABOUT.match(cell.text) else _find_about(cell.text)
        if about is not None:
            start = cell.start + about
            rest = Cell(start, cell.end, cell.text[about:], cell.is_first, cell.follows_gap)
            return [rest, *cells[index + 1 :]]
    return cells


def _find_about(line: str) -> int | None:
    """Where a line of capitals goes on in small letters with what a document is on."""
    found = re.search(r" (?=về )", line)
    return found.end() if found and line[: found.start()].isupper() else None


def _is_heading(text: str, end: int) -> bool:
    """Whether a line is the type's name alone, or opens with it in capitals."""
    return not any(map(str.isalnum, text[end:])) or text[:end].isupper()


def _find_subject(cells: Sequence[Cell]) -> tuple[int, int] | None:
    """Behind "V/v", before the letter is addressed."""
    for index, cell in enumerate(cells):
        if find_words("body").match(cell.text):
            return None
        match = _ON.search(cell.text) if cell.is_first else None
        if match and (match.start() == 0 or "/" in match[0]):
            start = cell.start + match.start()
            opening = Cell(start, cell.end, cell.text[match.start() :], True, False)
            return _read_column([opening, *cells[index + 1 :]])
    return None


def _read_column(cells: Sequence[Cell]) -> tuple[int, int] | None:
    """The title in the left column; None where it goes on behind a line of the right one."""
    end = next((i for i, cell in enumerate(cells) if not cell.is_first), len(cells))
    last, behind = cells[end - 1], next((cell for cell in cells[end:] if cell.is_first), None)
    found = _read_runs(cells[:end])
    if found and found[1] == last.end and behind and not _stops(behind):
        return None if _is_wrapped(last.text, behind.text) and not behind.follows_gap else found
    return found


@dataclass(slots=True)
class _Run:
    """Lines that are one sentence or one line of capitals, as one."""

    cells: list[Cell]

    @property
    def text(self) -> str:
        return " ".join(cell.text for cell in self.cells)

    @property
    def is_body(self) -> bool:
        """Whether it is a sentence of the body and no title."""
        text = self.text
        if len(text) > (_LONGEST if text.isupper() else _LONGEST_SENTENCE):
            return True
        is_stopped = text.endswith((":", ";")) or text.rstrip("/.").endswith(":")
        return is_stopped or (text.endswith(".") and not _ON.match(text))

    @property
    def is_authority(self) -> bool:
        """Whether it names who issues, as stands between title and bases."""
        return find_words("role").match(self.text) is not None


def _read_runs(cells: Sequence[Cell]) -> tuple[int, int] | None:
    """The offsets of the title that begins with the first cell; None where the body does."""
    kept: list[_Run] = []
    paragraphs = 1
    for run in _join_lines(cells):
        if _OF.match(run.text) and not kept:
            continue  # "QUYẾT ĐỊNH / CỦA CHỦ TỊCH …": whose it is, not what it is on
        if run.is_body or (kept and not _goes_on(kept[-1], run)) or run.is_authority:
            break
        paragraphs += run.cells[0].follows_gap and bool(kept)
        if paragraphs > _MOST_PARAGRAPHS:
            break
        kept.append(run)
    if not kept or kept[-1].cells[-1].end - kept[0].cells[0].start > _LONGEST:
        return None
    return kept[0].cells[0].start, kept[-1].cells[-1].end


def _join_lines(cells: Sequence[Cell]) -> Iterator[_Run]:
    """The runs up to what cannot belong to a title; those of one paragraph in capitals are one."""
    run: _Run | None = None
    for cell in cells:
        if _stops(cell):
            break
        is_new = run and _OF.match(run.text) and _ABOUT.match(cell.text)
        if (
            run
            and not is_new
            and not cell.follows_gap
            and _is_wrapped(run.cells[-1].text, cell.text)
        ):
            run.cells.append(cell)
            continue
        if run:
            yield run
        run = _Run([cell])
    if run:
        yield run


def _stops(cell: Cell) -> bool:
    return bool(
        cell.is_ornament
        or _NUMBERED.match(cell.text)
        or _DATED.match(cell.text)
        or any(find_words(what).match(cell.text) for what in ("body", "motto", "recipients"))
    )


def _is_wrapped(line: str, following: str) -> bool:
    both_capitals = line.isupper() and following.isupper()
    return both_capitals or not following[0].isupper() or bool(_CUT.search(line))


def _goes_on(last: _Run, run: _Run) -> bool:
    """Whether a run belongs to the title as the one before it does."""
    if not run.cells[0].follows_gap:
        return not (last.text.isupper() and not run.text.isupper()) or _opens_on(run)
    return _opens_on(run) or _is_wrapped(last.text, run.text)


def _opens_on(run: _Run) -> bool:
    return find_words("goes-on").match(run.text) is not None
