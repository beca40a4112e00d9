"""Reads which parts of a document a citation points at: "điểm a khoản 2 Điều 80 của Luật …".

Before the citation the smallest part comes first, and a part that follows without a joint holds all
before it that have none so great: "khoản 1, khoản 2 Điều 5" are two provisions of Điều 5. A smaller
part behind a greater one belongs to it ("Điều 5, khoản 2").
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache

from policygraph.lexicon import either
from policygraph.model import Citation, Provision
from policygraph.provision_levels import ProvisionLevel, load_provision_levels
from policygraph.resources import data_file
from policygraph.text import FoldedText

_JOINT = r"\s{0,2}(?:,\s{0,2}và\s|[,;]|và\s|hoặc\s)\s{0,2}(?:tại\s)?(?:các\s)?"
_HELD = r"\s{1,2}(?:(?:của|thuộc)\s)?"
_HOLDING = ("", ",", "của", "thuộc")
_RANGE = r"\s{0,2}(?:đến\s|-)\s{0,2}"
_OPENING = re.compile(r"\s?\(")
_REACH = 400
_LONGEST_GAP = 40  # between a chain of parts and its document, with the last number
_MOST_PARTS = 40
_LONGEST_RANGE = 30  # of a longer one only the ends are kept


@dataclass(frozen=True, slots=True)
class _Parts:
    """The numbers of one provision by level, while the chain is read.

    Attributes:
        is_joined: no "và" or semicolon sets it apart from what stands before it.
    """

    numbers: dict[ProvisionLevel, str]
    is_joined: bool

    @property
    def greatest(self) -> int:
        return min(level.rank for level in self.numbers)


@dataclass(frozen=True, slots=True)
class _Grammar:
    """The patterns of chains of parts, of one part, and of what joins a chain to its document.

    `words` are those of the levels, one of which every chain holds; `end` matches the end of a
    chain and what joins it to its document.
    """

    words: tuple[str, ...]
    end: re.Pattern[str]
    chain: re.Pattern[str]
    part: re.Pattern[str]
    gap: re.Pattern[str]


@cache
def _load_grammar() -> _Grammar:
    path = data_file("rules", "provisions.toml")
    joints = either(tomllib.loads(path.read_text(encoding="utf-8"))["joints"])
    patterns = {id_: _part_pattern(level) for id_, level in load_provision_levels().items()}
    numbers = {level.number: None for level in load_provision_levels().values()}
    any_part = rf"(?:{'|'.join(patterns.values())})"
    named = "|".join(f"(?P<{id_}>{pattern})" for id_, pattern in patterns.items())
    gap = rf"\s{{0,2}},?\s?(?:(?:{joints})\s)?(?:các\s)?(?:dự\s(?:thảo|án)\s)?"
    return _Grammar(
        words=tuple(word for level in load_provision_levels().values() for word in level.words),
        end=re.compile(rf"\b(?:{'|'.join(numbers)})(?!\w){gap}$"),
        chain=re.compile(rf"{any_part}(?:(?:{_JOINT}|{_HELD}){any_part}){{0,{_MOST_PARTS}}}"),
        part=re.compile(rf"(?P<joint>{_JOINT}|{_HELD})?(?:{named})"),
        gap=re.compile(gap),
    )


def _part_pattern(level: ProvisionLevel) -> str:
    """A level's word with one number or a list of them."""
    words, number = either(level.words), rf"{level.number}(?!\w)"
    other = "".join(rf"(?<!{re.escape(word)}\s)" for word in level.not_behind)
    more = rf"(?:(?:{_JOINT}|{_RANGE}(?:(?:{words})\s)?){number}(?!\s?[/%])){{0,{_MOST_PARTS}}}"
    return rf"\b{other}(?:{words})\s{number}{more}"


def add_provisions(folded: FoldedText, citations: Sequence[Citation]) -> list[Citation]:
    """The citations, sorted, each with the provisions that stand before or behind it."""
    grammar = _load_grammar()
    completed: list[Citation] = []
    floor = 0
    for citation in citations:
        start, end = map(folded.folded_offset, (citation.span.start, citation.span.end))
        chains = [
            _find_before(folded, max(floor, start - _REACH), start, grammar),
            _find_behind(folded, end, grammar),
        ]
        provisions = [p for chain in chains if chain for p in _read_chain(folded, chain, grammar)]
        completed.append(
            replace(citation, provisions=tuple(provisions)) if provisions else citation
        )
        floor = end
    return completed


def _find_before(
    folded: FoldedText, floor: int, start: int, grammar: _Grammar
) -> re.Match[str] | None:
    """The chain of parts that leads up to a citation."""
    before = folded.lower[floor:start]
    if not any(word in before for word in grammar.words):
        return None
    if not grammar.end.search(folded.lower, max(floor, start - _LONGEST_GAP), start):
        return None
    chains = list(grammar.chain.finditer(folded.lower, floor, start))
    last = chains[-1] if chains else None
    return last if last and grammar.gap.fullmatch(folded.lower, last.end(), start) else None


def _find_behind(folded: FoldedText, end: int, grammar: _Grammar) -> re.Match[str] | None:
    """The chain of parts in brackets behind a citation: "Luật Đất đai (Điều 80)"."""
    opening = _OPENING.match(folded.text, end)
    chain = grammar.chain.match(folded.lower, opening.end()) if opening else None
    return chain if chain and folded.text.startswith(")", chain.end()) else None


def _read_chain(folded: FoldedText, chain: re.Match[str], grammar: _Grammar) -> Iterator[Provision]:
    """The provisions of one chain of parts, in text order."""
    parts: list[_Parts] = []
    for part in grammar.part.finditer(folded.lower, chain.start(), chain.end()):
        level = load_provision_levels()[part.lastgroup or ""]
        numbers = _list_numbers(folded.text[part.start(level.id) : part.end()], level)
        _extend(parts, level, numbers, (part["joint"] or "").strip() in _HOLDING)
    span = folded.source_span(chain.start(), chain.end())
    for numbers_by_level in _inherit(parts):
        ordered = sorted(numbers_by_level.items(), key=lambda pair: pair[0].rank)
        yield Provision(span, tuple((level.id, number) for level, number in ordered))


def _list_numbers(written: str, level: ProvisionLevel) -> list[str]:
    """The numbers of a part as written; those between the ends of a range among them."""
    pattern = rf"(?P<range>(?i:{_RANGE})(?:\w+\s)?)?\b(?P<number>(?i:{level.number}))(?!\w)"
    numbers: list[str] = []
    for match in re.compile(pattern).finditer(written, len(written.split()[0])):
        if match["range"] and numbers:
            numbers += _list_between(numbers[-1], match["number"])
        numbers.append(" ".join(match["number"].split()))
    return numbers


def _list_between(first: str, last: str) -> Iterator[str]:
    if first.isdigit() and last.isdigit() and int(last) - int(first) <= _LONGEST_RANGE:
        yield from map(str, range(int(first) + 1, int(last)))


def _extend(parts: list[_Parts], level: ProvisionLevel, numbers: list[str], joined: bool) -> None:
    """Adds one part: as what holds the parts before it that have none so great, or as new ones."""
    if parts and joined and len(numbers) == 1 and parts[-1].greatest > level.rank:
        for part in parts:
            if part.greatest > level.rank:
                part.numbers[level] = numbers[0]
    else:
        parts += [_Parts({level: number}, joined) for number in numbers]


def _inherit(parts: Sequence[_Parts]) -> list[dict[ProvisionLevel, str]]:
    """Smaller parts behind a greater one as parts of it: "Điều 5, khoản 2" is one provision."""
    whole: list[dict[ProvisionLevel, str]] = []
    holder: dict[ProvisionLevel, str] = {}
    for part in parts:
        above = {level: n for level, n in holder.items() if level.rank < part.greatest}
        if not (above and part.is_joined):
            holder = part.numbers
            whole.append(part.numbers)
            continue
        if whole[-1] is holder and above == holder:
            whole.pop()
        whole.append(above | part.numbers)
    return whole
