"""Documents and campaigns as a sentence coordinates them, and the cues that govern them."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from policygraph.statements.cues import RelationCue
from policygraph.statements.sentence import Cue, Mark, Phrase, Sentence, holds_only

Group = tuple[Phrase, ...]
Governor = tuple[Cue, RelationCue]

_LONGEST_GAP = 120
_LONGEST_ANNEX = 300
_LONGEST_ANNOUNCED = 220
_LONGEST_CAMPAIGN_GAP = 80

_JOINS = re.compile(
    r'[\s,;."”’*)]*+(?:(?:và|cùng với|cùng|hoặc|rồi)\s+)?(?:các\s+|của\s+)?["“‘*]*$'
)
_PROVISION = r"(?:điểm|khoản|điều|mục|chương|phụ lục)\s+[\wđ]{1,4}"
_AND_PROVISION = re.compile(rf"\s*và\s+(?:các\s+)?(?:{_PROVISION}[\s,]+){{1,6}}(?:của\s+)?")
_ACCORDING = re.compile(r"(?<!kèm )\btheo\s+$")
_CLOSED = re.compile(r"[^()]*\)")
_TITLE = re.compile(r'[\s,]*(?:về|v/v|["“(])')
_LIST_END = re.compile(r'(?:[,;]|\bvà)\s*["“‘*]*$')
_AND = re.compile(r",|\bvà\b")
# "Hướng dẫn các huyện thực hiện B": whom it guides stands before what they carry out.
_DIRECTED = re.compile(r"\s+(?:cho\s+)?(?:các|những)\s")
_NESTING = re.compile(r"\b(?:thực hiện|triển khai|hướng dẫn|cụ thể hóa|thi hành)\s+(?:các\s+)?$")
_BASING = re.compile(r"\b(?:căn cứ|trên cơ sở)\s+(?:các\s+)?$")
# "Ban hành các nghị định: A hướng dẫn B; C": more than one is to come.
_PLURAL = re.compile(r"\b(?:các|những)\s[\w\s]{2,30}(?::|\b(?:như|gồm|là):?)\s*$")
# "Phát động cuộc thi viết và phong trào “C”": something else comes first.
_OTHER = re.compile(r"^\s+(?:cuộc thi|hội thi|chiến dịch|đợt thi đua|tháng)\s[^,;:.§]{2,60}?\svà\s")
_NEW_CLAUSE = re.compile(r"\s*[,;]\s*(?:và|còn|trong khi)\s+")
_STOPPED = re.compile(r"\s*;\s*(?:và\s+)?")
_OWN_CUE = re.compile(r"[\s,]*(?:(?:về|v/v|để|nhằm)\s+)?(?:việc\s+)?")
# "Thực hiện chỉ đạo của § tại A", "nhiệm vụ § giao tại A": what the body says there is carried out.
_WORDS_OF = re.compile(
    r"\b(?:chỉ đạo|ý kiến|yêu cầu|kết luận|chủ trương|nhiệm vụ|quy định|hướng dẫn|phân công)\s+"
    r"của\s+(?:(?:đồng chí|lãnh đạo)\s+)?$|\bnhiệm vụ\s+(?:(?:được|do)\s+)?$"
)
_SAID_IN = re.compile(r"\s+(?:(?:nêu|giao)\s+)?(?:tại|trong|theo)\s+(?:các\s+)?(?:văn bản\s+)?")
# "… và 5 năm thực hiện B": the cue before A goes on.
_REPEATED = re.compile(
    r"[^§:]{0,250}?(?:[,;]|\bvà)\s+(?:(?:đánh giá|sơ kết|tổng kết)\s)?(?:kết quả\s)?"
    r"(?:hơn\s|gần\s)?(?:\d{1,2}|một|hai|ba|bốn|năm|mười)\s+năm\s+(?:việc\s)?"
)


@dataclass(frozen=True, slots=True)
class Governed:
    """A group and the cues that act on it.

    `start` is where the first of them stands, `object_start` where what they act on begins.
    """

    group: Group
    governors: tuple[Governor, ...]
    start: int
    object_start: int

    def is_guided(self) -> bool:
        """Whether others are guided in carrying the group out."""
        return any(row.predicate == "guides" for _, row in self.governors)

    def is_issued(self) -> bool:
        """Whether the group is given out here."""
        return any(row.predicate == "issuedBy" for _, row in self.governors)


def group_phrases(sentence: Sentence) -> list[Group]:
    """The documents and campaigns of a sentence, as it coordinates them."""
    groups: list[Group] = []
    for phrase in sentence.phrases:
        before = _find_list(sentence, groups, phrase)
        if before:
            groups.pop(-1 if before is groups[-1] else -2)
        groups.append((*before, phrase))
    return list(_unnest(sentence, _join_parallel(sentence, groups)))


def _find_list(sentence: Sentence, groups: Sequence[Group], phrase: Phrase) -> Group:
    """The list that a phrase goes on with: the last, or that before brackets ("A (sửa B), C").

    `groups` are in the order of their last phrases; an empty list where it opens one.
    """
    if not groups:
        return ()
    last = groups[-1][-1]
    closed = _CLOSED.match(sentence.text, last.end, phrase.mark.start)
    if closed is None or not _is_bracketed(sentence, groups[-1]):
        return groups[-1] if _is_joined(sentence, last, phrase) else ()
    if len(groups) == 1:
        return ()
    outer = groups[-2][-1]._replace(end=closed.end())
    return groups[-2] if _is_joined(sentence, outer, phrase) else ()


def _is_bracketed(sentence: Sentence, group: Sequence[Phrase]) -> bool:
    """Whether a bracket is open before a group."""
    before = sentence.text[: group[0].mark.start]
    return before.rfind("(") > before.rfind(")")


def _join_parallel(sentence: Sentence, groups: Sequence[Group]) -> list[Group]:
    """Lists whose items each carry something out: "A thực hiện B; C thực hiện D" lists A and C."""
    joined: list[Group] = []
    for group in groups:
        is_next = len(joined) > 1 and _is_stopped(sentence, joined[-1][-1], group[0])
        if is_next and carries_out(sentence, joined[-2][-1], joined[-1][0]):
            joined[-2:] = [joined[-2] + group, joined[-1]]
        else:
            joined.append(group)
    return joined


def _unnest(sentence: Sentence, groups: Sequence[Group]) -> Iterator[Group]:
    """Lists with what an item of theirs carries out: "căn cứ A, B thực hiện C, D" lists A, B, D.

    That D goes on with the outer list is told by its type: it is not that of C.
    """
    outer: Group | None = None
    for group in groups:
        cut = _find_cut(sentence, outer, group) if outer else 0
        if outer and cut:
            yield outer + group[cut:]
            outer = group[:cut]
        else:
            if outer:
                yield outer
            outer = group
    if outer:
        yield outer


def _find_cut(sentence: Sentence, outer: Group, inner: Group) -> int:
    """How many of an inner group are its own; 0 where all are."""
    gap = sentence.text[outer[-1].end : inner[0].mark.start]
    nested = _NESTING.search(gap) and not {";", "§"} & set(gap)
    start = outer[0].mark.start
    is_announced = _PLURAL.search(sentence.text, max(0, start - _LONGEST_GAP), start)
    listed = len(outer) > 1 or is_announced or _BASING.search(sentence.text, 0, start)
    if not nested or not listed or inner[0].mark.kind != "document":
        return 0
    types = [phrase.mark.type for phrase in inner]
    return next((i for i in range(1, len(types)) if types[i] != types[0]), 0)


def is_listed(sentence: Sentence, one: Phrase, other: Phrase) -> bool:
    """Whether nothing but a conjunction stands between two, or a space ("Nghị quyết 70 71")."""
    gap = sentence.text[one.end : other.mark.start]
    return _JOINS.fullmatch(gap) is not None and (bool(gap.strip()) or other.mark.shares_type)


def _is_joined(sentence: Sentence, one: Phrase, other: Phrase) -> bool:
    if one.mark.kind != other.mark.kind or one.end > other.mark.start:
        return False
    gap = sentence.text[one.end : other.mark.start]
    if _JOINS.fullmatch(gap):
        return is_listed(sentence, one, other) and not _opens_clause(sentence, gap, one, other)
    if _AND_PROVISION.fullmatch(gap):
        return one.mark.kind == "document"
    if one.mark.kind == "campaign":
        short = len(gap) <= _LONGEST_CAMPAIGN_GAP and not {".", "§"} & set(gap)
        taken_up = any(
            _takes_up(c) and one.end <= c.start < other.mark.start for c in sentence.cues
        )
        return short and not taken_up and holds_only(gap, sentence.lexicon.gaps.campaigns)
    between = (c for c in sentence.cues if one.end <= c.start < other.mark.start)
    if any(_acts(c) and ";" not in sentence.text[c.end : other.mark.start] for c in between):
        return False
    return bool(_TITLE.match(gap) and _LIST_END.search(gap)) and ";" not in gap[:-3]


def _takes_up(cue: Cue) -> bool:
    """Whether a cue says what is done with the campaign behind it."""
    return any("campaign" in row.objects for row in cue.rows)


def _acts(cue: Cue) -> bool:
    """Whether a cue may act on a document, or keeps an agent from it."""
    return cue.block is not None or any("document" in row.objects for row in cue.rows)


def _opens_clause(sentence: Sentence, gap: str, one: Phrase, phrase: Phrase) -> bool:
    """Whether a document has its own predicate behind ", và" ("…, và D quy định chi tiết …").

    Behind ";" too, where the document before is what another carries out: "A thực hiện B; C thực
    hiện D".
    """
    if _NEW_CLAUSE.fullmatch(gap):
        return any(cue.start == phrase.end + 1 for cue in _predicates(sentence, phrase))
    if not _is_stopped(sentence, one, phrase):
        return False
    before = (p for p in sentence.phrases if p.end <= one.mark.start)
    return any(carries_out(sentence, other, one) for other in before)


def _is_stopped(sentence: Sentence, one: Phrase, phrase: Phrase) -> bool:
    """Whether a document with its own predicate follows another behind ";"."""
    gap = sentence.text[one.end : phrase.mark.start]
    return bool(_STOPPED.fullmatch(gap)) and any(_predicates(sentence, phrase))


def carries_out(sentence: Sentence, one: Phrase, other: Phrase) -> bool:
    """Whether only a cue stands between two documents."""
    return any(
        _OWN_CUE.fullmatch(sentence.text, cue.end, other.mark.start)
        for cue in _predicates(sentence, one)
    )


def _predicates(sentence: Sentence, phrase: Phrase) -> Iterator[Cue]:
    """The cues right behind a document that say what it does."""
    first = bisect_right(sentence.cues, phrase.end, key=lambda cue: cue.start)
    for cue in sentence.cues[first : first + 2] if phrase.mark.kind == "document" else ():
        is_own = any("document" in row.subjects for row in cue.rows)
        if is_own and _OWN_CUE.fullmatch(sentence.text, phrase.end, cue.start):
            yield cue


def merge_repeated(sentence: Sentence, governed: Sequence[Governed]) -> list[Governed]:
    """The groups with their cues; one that repeats the measure of the group before goes with it.

    "Tổng kết 10 năm thực hiện A và 5 năm thực hiện B" reviews A and B.
    """
    merged: list[Governed] = []
    for one in governed:
        last = merged[-1] if merged else None
        if last and _REPEATED.fullmatch(sentence.text, last.group[-1].end, one.start):
            merged[-1] = replace(last, group=last.group + one.group)
        else:
            merged.append(one)
    return merged


def find_governed(sentence: Sentence, group: Group) -> Governed | None:
    """A group with the nearest cue before it and those joined to that one; None without a cue."""
    bound = _find_object_start(sentence, group)
    floor = max((m.end for m in sentence.marks if m.end <= bound), default=0)
    before = [c for c in sentence.cues if floor <= c.start and c.end <= bound]
    # "Thực hiện ý kiến chỉ đạo tại A": a cue of other kinds is one more word before A.
    while before and before[-1].rows and not _governors(before[-1], group):
        before.pop()
    if not before or not _reaches(sentence, before[-1], group, bound):
        return None
    first = before[-1]
    governors = _governors(first, group)
    for cue in reversed(before[:-1]):
        gap = sentence.text[cue.end : first.start]
        if (
            _guides(cue)
            and _DIRECTED.match(gap)
            and holds_only(gap, sentence.lexicon.gaps.delegates)
        ):
            return Governed(group, (*_governors(cue, group), *governors), cue.start, bound)
        if not cue.rows or ";" in gap or not holds_only(gap, sentence.lexicon.gaps.chain):
            break
        governors = _join(sentence, governors, _governors(cue, group), gap)
        first = cue
    return Governed(group, tuple(governors), first.start, bound) if governors else None


def _find_object_start(sentence: Sentence, group: Group) -> int:
    """Where what a cue acts on begins: at the group, or at the words that lead up to it.

    "Thực hiện chỉ đạo của § tại A": at the body; "thực hiện các nghị quyết của § (A, B)": at "các".
    """
    start = group[0].mark.start
    last = max((m for m in sentence.marks if m.end <= start), key=_end_of, default=None)
    if last is None or last.kind != "organisation":
        return start
    if _is_said(sentence, last, start):
        return last.start
    floor = max(0, last.start - _LONGEST_GAP)
    is_document = group[0].mark.kind == "document"
    listed = is_document and sentence.lexicon.lists.issued_by.search(sentence.text, floor, start)
    if not listed or any(c.rows and listed.start() <= c.start < start for c in sentence.cues):
        return start  # "hai công văn do § ban hành: A, B" is read from the nearer cue
    return listed.start()


def _end_of(mark: Mark) -> int:
    return mark.end


def _is_said(sentence: Sentence, body: Mark, start: int) -> bool:
    """Whether a body's words in a document are meant: "thực hiện chỉ đạo của § tại §"."""
    text, floor = sentence.text, max(0, body.start - _LONGEST_GAP)
    is_in = _SAID_IN.fullmatch(text, body.end, start)
    return bool(is_in and _WORDS_OF.search(text, floor, body.start))


def _guides(cue: Cue) -> bool:
    return any(row.predicate == "guides" for row in cue.rows)


def _join(
    sentence: Sentence, governors: list[Governor], more: list[Governor], gap: str
) -> list[Governor]:
    """The cues that act, when one stands before others: "sơ kết 5 năm thực hiện" reviews only."""
    if any(row.predicate == "reviews" for _, row in more):
        return more
    if not _AND.search(gap) or not holds_only(gap, sentence.lexicon.gaps.contents):
        return governors
    stated = {row.predicate for _, row in governors}
    return governors + [one for one in more if one[1].predicate not in stated]


def _governors(cue: Cue, group: Group) -> list[Governor]:
    return [(cue, row) for row in cue.rows if group[0].mark.kind in row.objects]


def _reaches(sentence: Sentence, cue: Cue, group: Group, bound: int) -> bool:
    """Whether nothing between a cue and where its object begins takes the group away from it."""
    gap = sentence.text[cue.end : bound]
    lexicon = sentence.lexicon
    if all(row.subjects == ("document",) for row in cue.rows) and _ACCORDING.search(gap):
        return False
    content = any(row.content for row in cue.rows)
    annex = lexicon.lists.annexed.search(gap) if content and len(gap) <= _LONGEST_ANNEX else None
    if annex:
        return holds_only(gap[: annex.start()], lexicon.gaps.contents)
    if len(gap) <= _LONGEST_ANNOUNCED and lexicon.lists.announced.fullmatch(gap):
        return True
    if ";" in gap or len(gap) > _LONGEST_GAP:
        return False
    if group[0].mark.kind == "campaign":
        return holds_only(_OTHER.sub(" ", gap), lexicon.gaps.campaigns)
    return holds_only(gap, lexicon.gaps.contents if content else lexicon.gaps.objects)
