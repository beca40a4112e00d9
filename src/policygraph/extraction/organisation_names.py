"""Reads the name of a body that begins at a place in the text: its head, and what the head takes.

A name is read greedily: every slot of its head takes what fits, and bodies nest ("Ban Dân vận
Thành ủy"). "của" never joins two bodies.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

from policygraph.extraction.business_words import read_business
from policygraph.extraction.capital_lines import end_of_capitals, is_wrapped_capitals
from policygraph.extraction.head_forms import is_written_so
from policygraph.extraction.name_parts import Draft, Name
from policygraph.extraction.name_words import WordReader, drop_person
from policygraph.extraction.organisation_grammar import (
    SLOTS,
    Grammar,
    HeadForm,
    field_key,
)
from policygraph.extraction.places import (
    Scope,
    match_district,
    match_level,
    match_province,
    match_scope,
)
from policygraph.lexicon import Hit
from policygraph.text import FoldedText

_CENTRE = re.compile(r"(?:trung ương|t\.? ?[ưw])(?: đảng(?: cộng sản(?: việt nam)?)?)?(?!\w)")
_NATION = re.compile(
    r"(?:việt nam|vn|nhà nước|quốc gia|tối cao|toàn quốc|trung ương|quốc tế|quân đội)(?!\w)"
)
_NUMBER = re.compile(r"(?:số )?(?:\d{1,4}[A-Z]?|[IVX]{1,5})(?![\w/.-]*\d)(?!\w)")
# "nhiệm kỳ chi bộ 5 năm một lần": behind a small letter a measure makes it a count.
_MEASURE = re.compile(r" (?:(?:năm|tháng|ngày)(?! (?:\d|nay|qua))|lần|người|đảng viên)\b")
_ABBREVIATION = re.compile(r"[A-ZĐ]{3,8}\d{0,2}(?![\w/-])")
_TERM = re.compile(r" khóa (?:[ivx]{1,6}|\d{1,2})(?!\w)")
_BRACKETED = re.compile(r" \([A-ZĐ][A-ZĐa-z-]{1,9}\)(?= )")
_OFFICE = re.compile(
    r"(?:bí thư|chủ tịch|giám đốc|trưởng|chánh|hiệu trưởng|viện trưởng|thư ký|chủ nhiệm|phó"
    r"|tư lệnh|chỉ huy|ủy viên|bộ trưởng|đồng chí|ông|bà|biên tập|cán bộ|thứ trưởng|chánh án)\b"
)
_DASH = re.compile(r"- ")
_WORD_AFTER = re.compile(r" (\w+)(?: \w+)?")
_KIND_AFTER = re.compile(r" (?:cơ sở|cấp|các|viên|thành viên|trực thuộc)")
_QUOTED = re.compile(
    r"[“\"][^“”\"\n]{3,120}[”\"](?: cấp (?:tỉnh|thành phố|huyện|quận|xã|phường)(?!\w))?"
)
_REGION = re.compile(r"(?:[Kk]hu vực|[Vv]ùng) (?:số )?(?:[IVX]{1,5}|\d{1,2})(?![\w/])")
_BRANCH = re.compile(r"(?:- )?[Cc]hi nhánh ")
_DASHED = re.compile(r" ?- ?")
_YEAR = re.compile(r"(?:19|20)\d\d(?![\w/-])")
_DEEPEST = 6
_BEHIND_BRACKETS = frozenset({"place", "nation", "centre"})


@dataclass(frozen=True, slots=True)
class NameReader:
    """Reads names in one text.

    Attributes:
        closed: sorted folded offsets that no name runs across.
        names: what has been read, by start. Names nest: read from the text's end on, each is read
            once, and none waits for another.
    """

    folded: FoldedText
    grammar: Grammar
    heads: Mapping[int, Sequence[Hit[HeadForm]]]
    closed: Sequence[int]
    names: dict[int, Name | None] = field(default_factory=dict)

    def read(self, start: int, *, is_owner: bool = False) -> Name | None:
        """The longest name that begins at a folded offset.

        A short form is read in lower case where it `is_owner`: "Ban Thường vụ tỉnh ủy".
        """
        if start not in self.names:
            self.names[start] = self._read_longest(start)
        name = self.names[start]
        return name if name and (is_owner or not name.is_owner_only) else None

    def _read_longest(self, start: int) -> Name | None:
        longest: Name | None = None
        for hit in self.heads.get(start, ()):
            if longest and hit.value.is_known and hit.end <= longest.end:
                continue
            name = self._read_from(hit) if is_written_so(self.folded, hit) else None
            if name and (longest is None or name.end > longest.end):
                longest = name
        return longest

    def _read_from(self, hit: Hit[HeadForm]) -> Name | None:
        start, end, form = hit
        limit = self._limit(start)
        if end > limit:
            return None
        draft = Draft(form, start, end, limit)
        for slot in form.after:
            goes_on = self._goes_on(draft) or (slot.is_needed and self._is_cut(draft))
            filled = goes_on and self._fill_slot(slot.choices, draft)
            if slot.is_needed and not filled:
                return None
        return self._finish(draft)

    def _limit(self, start: int) -> int:
        index = bisect_left(self.closed, start)
        return self.closed[index] if index < len(self.closed) else len(self.folded.text)

    def _fill_slot(self, choices: Sequence[str], draft: Draft) -> bool:
        """Whether a slot took something: the first of its choices that fits."""
        end, text = draft.end, self.folded.text
        bracketed = _BRACKETED.match(text, end) if text[end + 1] == "(" else None
        begin = (bracketed.end() if bracketed else end) + 1
        for choice in choices:
            if bracketed and choice not in _BEHIND_BRACKETS:
                continue
            if _SLOTS[choice](self, draft, begin):
                has_more = choice in ("field", "business") and "words" in choices
                if has_more and self._goes_on(draft):
                    self._fill_slot(("words",), draft)
                return True
        return False

    def _goes_on(self, draft: Draft) -> bool:
        return draft.end < draft.limit - 1 and self._is_space(draft.end)

    def _is_cut(self, draft: Draft) -> bool:
        """Whether a line ends behind a head of one word, and the next begins with its field."""
        fields = self.grammar.fields.get(draft.form.head.fields)
        if fields is None or " " in draft.form.written or draft.end >= draft.limit - 1:
            return False
        text = self.folded.text
        if text[draft.end] != "\n" or not text[draft.end + 1].isupper():
            return False
        field = fields.pattern.match(self.folded.lower, draft.end + 1)
        return field is not None and field[0] not in self.grammar.verbs

    def _is_space(self, offset: int) -> bool:
        """Whether a name may go on after an offset: a space, or the end of a line that is wrapped.

        The next line goes on in lower case, or a letterhead's in capitals.
        """
        text = self.folded.text
        if text[offset] == " ":
            return True
        is_wrapped = text[offset + 1].islower() or is_wrapped_capitals(self.folded, offset)
        return self.folded.lower[offset] == " " and is_wrapped

    def _finish(self, draft: Draft) -> Name | None:
        head = draft.form.head
        is_capital = self.folded.text[draft.start].isupper()
        is_filled = draft.end > draft.start + len(draft.form.written)
        if not is_filled and head.alone in ("no", "known"):
            return None
        stands = is_capital or draft.is_proper or head.alone == "any"
        if not stands and head.alone != "short":
            return None
        if head.nation and not draft.scope and head.nation not in draft.words:
            draft.words.append(head.nation)
        base = " ".join(filter(None, (draft.form.name, *draft.words)))
        if head.placed_name and draft.scope:
            base = head.placed_name
        depth = draft.owner.depth + 1 if draft.owner else 0
        term = _TERM.match(self.folded.lower, draft.end) if head.term else None
        end = term.end() if term and term.end() <= draft.limit else draft.end
        return Name(draft.start, end, draft.form, base, draft.owner, draft.scope,
                    draft.is_proper, is_capital, not stands, depth)  # fmt: skip

    # Slots: each reads from `begin`, extends the draft and says whether it did.

    def _take(self, draft: Draft, end: int, word: str, *, is_proper: bool) -> bool:
        if end > draft.limit:
            return False
        draft.end = end
        word = " ".join(word.split())
        if word and not (draft.form.name.lower().endswith(word.lower()) or word in draft.words):
            draft.words.append(word)
        draft.is_proper |= is_proper
        return True

    def _read_field(self, draft: Draft, begin: int) -> bool:
        fields = self.grammar.fields.get(draft.form.head.fields)
        found = fields and fields.pattern.match(self.folded.lower, begin)
        if not fields or not found:
            return False
        name = fields.names.get(field_key(found[0]), found[0])
        is_proper = self.folded.text[begin].isupper() or self.folded.text[draft.start].isupper()
        return self._take(draft, found.end(), name, is_proper=is_proper)

    def _read_words(self, draft: Draft, begin: int) -> bool:
        return self._read_free(draft, begin, needs_capital=True)

    def _read_business(self, draft: Draft, begin: int) -> bool:
        opening = self.folded.text[draft.start : draft.end]
        if opening.isupper() and not draft.form.written.isupper():
            return False
        is_small = opening[0].islower()
        end = read_business(self.folded, self.grammar, self.heads, begin, needs_form=is_small)
        short = self.grammar.legal_names
        words = " ".join(short.get(word, word) for word in self.folded.text[begin:end].split())
        return end > begin and self._take(draft, end, words, is_proper=True)

    def _read_firm(self, draft: Draft, begin: int) -> bool:
        """What the body belongs to, by its kind alone: "Đảng ủy Công ty và"."""
        found = self.grammar.firm.match(self.folded.text, begin)
        if not found or not self._ends_name(found.end()):
            return False
        return self._take(draft, found.end(), found[0], is_proper=False)

    def _ends_name(self, end: int) -> bool:
        """Whether no name goes on after an offset: punctuation, or a word that names end before."""
        word = _WORD_AFTER.match(self.folded.text, end)
        return word is None or (word[1] in self.grammar.stop and not _KIND_AFTER.match(word[0]))

    def _read_quoted(self, draft: Draft, begin: int) -> bool:
        found = _QUOTED.match(self.folded.text, begin)
        return found is not None and self._take(draft, found.end(), found[0], is_proper=True)

    def _read_region(self, draft: Draft, begin: int) -> bool:
        """A region by its number, and the province behind a dash: "khu vực 1 - Hà Nội"."""
        found = _REGION.match(self.folded.text, begin)
        if not found:
            return False
        dash = _DASHED.match(self.folded.text, found.end())
        province = match_province(self.folded, dash.end()) if dash else None
        end = province[0] if province else found.end()
        return self._take(draft, end, self.folded.text[begin:end], is_proper=True)

    def _read_branch(self, draft: Draft, begin: int) -> bool:
        """A branch and its place: "chi nhánh Nghệ An"."""
        found = _BRANCH.match(self.folded.text, begin)
        scope = match_scope(self.folded, found.end()) if found else None
        if scope is None or not scope.name:
            return False
        return self._take(draft, scope.end, self.folded.text[begin : scope.end], is_proper=True)

    def _read_year(self, draft: Draft, begin: int) -> bool:
        found = _YEAR.match(self.folded.text, begin)
        return found is not None and self._take(draft, found.end(), found[0], is_proper=True)

    def _read_task(self, draft: Draft, begin: int) -> bool:
        if self.folded.lower.startswith("về ", begin):
            if self.folded.lower.startswith("thực hiện", begin + 3):
                return False
            return self._read_free(draft, begin + 3, needs_capital=False, lead="về ")
        return self._read_free(draft, begin, needs_capital=False)

    def _read_free(self, draft: Draft, begin: int, *, needs_capital: bool, lead: str = "") -> bool:
        opening = self.folded.text[draft.start : draft.end]
        if opening.isupper() and not draft.form.written.isupper():
            return self._read_capitals(draft, begin)
        end = WordReader(
            self.folded, self.grammar, self.heads, self._begins_name,
            is_task=not needs_capital, has_field=bool(draft.words),
            may_be_person=draft.form.head.persons,
        ).read(begin)  # fmt: skip
        if end <= begin:
            return False
        written = self.folded.text[begin:end]
        has_capital = any(word[0].isupper() for word in written.split())
        is_placed = self._is_scope(end + 1, is_capital=opening[0].isupper())
        is_named = has_capital or written[0].isdigit() or is_placed
        if needs_capital and not is_named:
            return False
        is_proper = has_capital or self.folded.text[draft.start].isupper()
        return self._take(draft, end, lead + written, is_proper=is_proper)

    def _read_capitals(self, draft: Draft, begin: int) -> bool:
        """The rest of a line of capitals that is a name: "TRƯỜNG ĐẠI HỌC QUY NHƠN"."""
        if " " not in draft.form.written or not draft.form.head.own_name:
            return False
        end = end_of_capitals(self.folded, draft.start, begin)
        words = self.folded.text[begin:end]
        return bool(words) and self._take(draft, end, words.title(), is_proper=True)

    def _begins_name(self, start: int) -> bool:
        return self.read(start) is not None

    def _is_scope(self, begin: int, *, is_capital: bool) -> bool:
        """Whether a place follows; its level alone does where the name begins with a capital."""
        scope = match_scope(self.folded, begin)
        if scope is None or scope.name:
            return scope is not None
        return is_capital and self.folded.text[begin - 1].isspace() and self._ends_name(scope.end)

    def _read_owner(self, draft: Draft, begin: int) -> bool:
        is_capital = self.folded.text[draft.start].isupper()
        owner = self.read(begin, is_owner=is_capital)
        if owner is None or owner.depth == _DEEPEST or owner.end > draft.limit:
            return False
        centre = _CENTRE.match(self.folded.lower, begin)
        if centre and centre.end() >= begin + len(owner.form.written):
            return False
        draft.owner, draft.end = owner, owner.end
        draft.is_proper |= owner.is_proper or owner.is_capital
        return True

    def _read_place(self, draft: Draft, begin: int) -> bool:
        if draft.owner or draft.scope:
            return False
        scope = match_scope(self.folded, begin)
        return self._take_scope(draft, begin, scope)

    def _take_scope(self, draft: Draft, begin: int, scope: Scope | None) -> bool:
        if scope is None:
            return False
        if scope.name and not scope.place:
            scope = self._without_person(scope, draft)
        if scope.end > draft.limit:
            return False
        draft.scope, draft.end = scope, scope.end
        draft.is_proper |= scope.name is not None
        return True

    def _without_person(self, scope: Scope, draft: Draft) -> Scope:
        """The scope without the name of an office-holder: "Chủ tịch UBND huyện Lê Văn A"."""
        lower = self.folded.lower
        office = _OFFICE.search(lower, max(0, draft.start - 40), draft.start)
        return drop_person(self.grammar, scope, has_office=office is not None)

    def _read_parent(self, draft: Draft, begin: int) -> bool:
        """The school that a school belongs to, behind a dash: "Trường … – Đại học Quốc gia …"."""
        dash = _DASH.match(self.folded.text, begin)
        parent = self.read(dash.end()) if dash and not draft.owner else None
        if parent is None or parent.head is not draft.form.head or parent.end > draft.limit:
            return False
        draft.owner, draft.end = parent, parent.end
        return True

    def _read_province(self, draft: Draft, begin: int) -> bool:
        scope = match_scope(self.folded, begin)
        if scope is None or scope.place is None:
            return False
        return self._take_scope(draft, begin, scope)

    def _read_district(self, draft: Draft, begin: int) -> bool:
        if match_level(self.folded, begin):
            return self._read_place(draft, begin)
        scope = match_district(self.folded, begin, numbered=False)
        if scope is None or begin in self.heads or draft.scope:
            return False
        if _CENTRE.match(self.folded.lower, begin) or _NATION.match(self.folded.lower, begin):
            return False
        scope = self._without_person(scope, draft)
        if scope.name is None:
            return False
        scope = Scope(scope.end, draft.form.head.level or None, scope.name)
        return self._take_scope(draft, begin, scope)

    def _read_centre(self, draft: Draft, begin: int) -> bool:
        found = _CENTRE.match(self.folded.lower, begin)
        if not found:
            return False
        return self._take(draft, found.end(), draft.form.head.centre, is_proper=True)

    def _read_nation(self, draft: Draft, begin: int) -> bool:
        found = _NATION.match(self.folded.lower, begin)
        if not found or match_province(self.folded, begin):
            return False
        word = self.folded.text[begin : found.end()]
        word = "Việt Nam" if found[0] == "vn" else word
        return self._take(draft, found.end(), word, is_proper=True)

    def _read_country(self, draft: Draft, begin: int) -> bool:
        found = self.grammar.country.match(self.folded.text, begin)
        return found is not None and self._take(draft, found.end(), found[0], is_proper=True)

    def _read_number(self, draft: Draft, begin: int) -> bool:
        found = _NUMBER.match(self.folded.text, begin)
        is_small = self.folded.text[draft.start].islower()
        if found is None or (is_small and _MEASURE.match(self.folded.lower, found.end())):
            return False
        return self._take(draft, found.end(), found[0], is_proper=True)

    def _read_abbreviation(self, draft: Draft, begin: int) -> bool:
        found = _ABBREVIATION.match(self.folded.text, begin)
        if not found or self.folded.text[draft.start : draft.end].isupper():
            return False
        return self._take(draft, found.end(), found[0], is_proper=True)


_SLOTS: Mapping[str, Callable[[NameReader, Draft, int], bool]] = {
    slot: getattr(NameReader, f"_read_{slot}") for slot in SLOTS
}
