"""Reads citations of laws, codes, ordinances and the Constitution by name.

Where a name ends cannot be told from its letters ("Luật Thanh tra quy định …"): known names come
from data/vocab/law_names.toml; an unknown one goes on from its capital to the first word that no
name holds. A bill is a document of its own, told by "dự thảo", "dự án" before it.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from policygraph.document_types import type_codes
from policygraph.extraction.grammar import Grammar, TypeWord
from policygraph.extraction.phrases import find_phrases
from policygraph.lexicon import Hit
from policygraph.model import Citation
from policygraph.numbering import DocumentNumber, parse_number
from policygraph.span import Span
from policygraph.text import UPPER, FoldedText, tidy

_DRAFT = re.compile(r"(?:dự thảo|dự án)\s$")
_YEAR = re.compile(r"\s(?:(?:năm\s)?((?:19|20)\d\d)(?![-/.]?\d)(?!\w)|\(năm\s((?:19|20)\d\d)\))")
_AMENDED = re.compile(
    r"\s\((?:sửa đổi|được sửa đổi|bổ sung)[^()\n]{0,60}\)"
    r"|\ssửa đổi(?:, bổ sung)?(?=\s(?:năm\s)?(?:19|20)\d\d(?![-/.]?\d))"
)
_NUMBER = re.compile(r"\s(?:số\s?)(\d{1,4}\s?/\s?(?:19|20)\d\d\s?/\s?[A-ZĐ0-9-]{2,16})")
# Where an unknown name ends, the Assembly's number behind it tells.
_WORDS_TO_NUMBER = (
    r"(?:[\s,]{1,2}[^\W\d_]+){0,14}?"
    r"(?=\s(?:số\s?)\d{1,4}\s?/\s?(?:19|20)\d\d\s?/\s?(?:QH|PL|UBTVQH))"
)
# Behind an ordinance the year does: "Pháp lệnh quy định chế độ, cấp bậc (năm 1962)"; without
# brackets only a short name, and no clause.
_ORDINANCE_TO_YEAR = re.compile(
    r"(?!\scủa\b)(?:(?:[\s,]{1,2}(?!(?:này|đã|sẽ|được|bị|có|là|do|theo|từ|trước|sau|năm)\b)"
    r"[^\W\d_]+){2,26}?(?=\s\(năm\s(?:19|20)\d\d\))"
    r"|(?:\s(?!(?:này|ấy|đã|sẽ|được|bị|có|là|do|theo|từ|trong|cho|trước|sau|năm|mở|ban|triển|tổ|kế|áp"
    r"|luật|pháp|nghị|và)\b)[^\W\d_]+){2,8}?(?=\snăm\s(?:19|20)\d\d(?![-/.]?\d)))",
    re.IGNORECASE,
)
_UP_TO_NUMBER = re.compile(rf"\s[{UPPER}][^\W\d_]*{_WORDS_TO_NUMBER}")
# "… một số điều của các Luật về thuế số 71/2014/QH13"
_LAWS_TO_NUMBER = re.compile(rf"(?:các|\d{{1,2}}) [Ll]uật{_WORDS_TO_NUMBER}")
_AMENDING = re.compile(
    r"\ssửa đổi(?:,? bổ sung)?\s"
    r"(?:(?:một số|các|1 số) điều(?: của)?\s|điều \d[^.;:\n]{0,30}? của\s)?"
    r"(?=(?:(?:các|\d{1,2})\s)?(?:bộ luật|luật|pháp lệnh|hiến pháp))"
)
_SEVERAL = re.compile(r"(?:các|\d{1,2})\s")
_LAW_WORD = re.compile(r"bộ luật|luật|pháp lệnh|hiến pháp")
_NEXT_LAW = re.compile(r"(?:, | và )(?=bộ luật|luật|pháp lệnh)")
_STATE_NAME = re.compile(r"\s(?:của\s)?nước (?:cộng hòa (?:xã hội chủ nghĩa|xhcn)|chxhcn) việt nam")
_SYLLABLE = re.compile(r"[ \n]([^\W\d_]+)")
_MOST_SYLLABLES = 10
_ORDINANCE = "phap-lenh"
_LONGEST_BEFORE = 12


@dataclass(slots=True)
class LawReader:
    """Reads the laws of one text; the known names are looked for once, at the first need."""

    folded: FoldedText
    grammar: Grammar
    _names: dict[int, Hit[str]] | None = field(default=None, init=False)

    def read(self, hit: Hit[TypeWord]) -> list[Citation]:
        """The law that a type word opens, spans in folded offsets; empty where it opens none."""
        if not hit.value.type.is_named:
            return []
        name = self._read_name(hit)
        if name is None:
            return []
        end, label = name
        return [self._complete(hit, end, label)]

    def _read_name(self, hit: Hit[TypeWord]) -> tuple[int, str] | None:
        """Where the name ends, and the name."""
        text, lower = self.folded.text, self.folded.lower
        is_capital = text[hit.start].isupper()
        if hit.value.type.serial == "never":
            if not is_capital:
                return None
            state = _STATE_NAME.match(lower, hit.end)
            return (state.end() if state else hit.end), hit.value.type.label
        if known := self._known_names().get(hit.start):
            is_named = is_capital or self._is_named_so(hit)
            is_law = is_named or _YEAR.match(text, known.end) is not None
            return (known.end, known.value) if is_law else None
        if not is_capital or self.grammar.no_law.match(lower, hit.end):
            return None
        if amending := _AMENDING.match(lower, hit.end):
            end = self._find_amended_end(amending.end())
            return (end, tidy(text[hit.start : end])) if end else None
        closed = _UP_TO_NUMBER.match(text, hit.end) or self._match_ordinance(hit)
        end = closed.end() if closed else self._guess_end(hit.end)
        return (end, tidy(text[hit.start : end])) if end > hit.end else None

    def _is_named_so(self, hit: Hit[TypeWord]) -> bool:
        """Whether a capital follows a small "luật" that is no part of "pháp luật"."""
        begins = self.folded.text[hit.end + 1].isupper()
        near = max(0, hit.start - _LONGEST_BEFORE)
        other = self.grammar.no_law_before.search(self.folded.lower, near, hit.start)
        return begins and other is None

    def _match_ordinance(self, hit: Hit[TypeWord]) -> re.Match[str] | None:
        is_ordinance = hit.value.type.id == _ORDINANCE
        return _ORDINANCE_TO_YEAR.match(self.folded.text, hit.end) if is_ordinance else None

    def _known_names(self) -> dict[int, Hit[str]]:
        if self._names is None:
            self._names = {}
            for hit in find_phrases(self.folded).laws:
                self._names.setdefault(hit.start, hit)
        return self._names

    def _find_amended_end(self, start: int) -> int | None:
        """The end of the laws that an amending law names from `start` on."""
        if numbered := _LAWS_TO_NUMBER.match(self.folded.text, start):
            return numbered.end()
        several = _SEVERAL.match(self.folded.lower, start)
        end = self._find_law_end(several.end() if several else start)
        while end and (joint := _NEXT_LAW.match(self.folded.lower, end)):
            following = self._known_names().get(joint.end())
            if following is None:
                break
            end = following.end
        return end

    def _find_law_end(self, start: int) -> int | None:
        if known := self._known_names().get(start):
            return known.end
        word = _LAW_WORD.match(self.folded.lower, start)
        return self._guess_end(word.end()) if word else None

    def _guess_end(self, start: int) -> int:
        """The end of an unknown name: a capital, then syllables up to one that ends names."""
        text, end = self.folded.text, start
        for count in range(_MOST_SYLLABLES):
            syllable = _SYLLABLE.match(text, end)
            if syllable is None or (count == 0 and not syllable[1][0].isupper()):
                break
            if syllable[1].lower() in self.grammar.name_end:
                break
            end = syllable.end()
        return end

    def _complete(self, hit: Hit[TypeWord], end: int, name: str) -> Citation:
        """Year, number and "(sửa đổi)" behind the name belong to the designator."""
        text, lower = self.folded.text, self.folded.lower
        year: int | None = None
        number: DocumentNumber | None = None
        written: str | None = None
        if amended := _AMENDED.match(lower, end):
            if "năm" not in amended[0]:
                name = f"{name} (sửa đổi)"
            end = amended.end()
        if match := _NUMBER.match(text, end):
            number = parse_number(match[1], type_codes())
            written, end = match[1], match.end()
        if match := _YEAR.match(text, end):
            year, end = int(match[1] or match[2]), match.end()
        before = lower[max(0, hit.start - 12) : hit.start]
        return Citation(
            Span(hit.start, end),
            "law-name",
            "named",
            hit.value.type.id,
            number,
            written,
            name=name,
            year=year or (number.year if number else None),
            is_draft=_DRAFT.search(before) is not None or name.endswith("(sửa đổi)"),
        )
