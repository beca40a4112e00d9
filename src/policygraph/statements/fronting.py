"""Fronted clauses: "Thực hiện A, ORG ban hành B"; who acts in them stands behind them."""

from __future__ import annotations

import re
from bisect import bisect_left

from policygraph.statements.agents import leads_to
from policygraph.statements.analysis import Reading
from policygraph.statements.cues import RelationCue
from policygraph.statements.groups import Governed
from policygraph.statements.sentence import Mark, Phrase, Sentence, holds_only

_LONGEST_FRONT = 500
_MOST_CLAUSES = 12
_REACH_OVER_LISTS = 1200
_NEARBY = 24

_PURPOSE = r"(?:;\s*(?:nhằm|để)\s[^:§]{3,500}?)?"
_GOES_ON = re.compile(
    rf"[^;:§]{{0,200}}?{_PURPOSE}[,;]\s*(?:(?:đồng thời|và|cùng với)\s+)?(?:(?:để|nhằm)\s+)?"
)
# "Báo cáo của § cho thấy, để thực hiện …": who says so comes before the fronted clause.
_REPORTED = re.compile(
    r"^[^;]{0,240}?\b(?:cho biết|cho thấy|nêu rõ|nhấn mạnh|khẳng định)(?:\s+rằng|,|:)"
)
_AND = re.compile(r"\bvà\b")
_ASIDE = re.compile(r"\s*\([^()]*\)")
# What may stand before a fronted clause: "Theo đồng chí …, Bí thư §, để thực hiện …".
_ADVERBIAL = re.compile(
    r"^\W*(?:theo|tại|ở|trước|sau|ngày|sáng|chiều|năm|tháng|trong|từ|đầu|cuối|hiện|đặc biệt"
    r"|kỷ niệm|chào mừng|nhân dịp|hướng tới|trên cơ sở)\b"
    r"[^;:.]{0,160},(?=[^,§]*$)"
)
# A fronted clause may end in a semicolon: "Thực hiện …; ngày 1/2/2020, § ban hành …", "…; để …, §".
_STOPPED = re.compile(
    r";\s*(?:(?:sáng|chiều|tối|vào)?\s*ngày\s[\d/.-]++(?:\stháng\s\d+)?(?:\snăm\s\d+)?,\s*"
    r"|(?:và\s)?(?:để|nhằm|với mục đích|trước tình hình)\s[^§]{3,500},\s*)?$"
)
# "Sau khi tổng kết A, § ban hành B": the body did so, before there was B.
_BEFOREHAND = re.compile(r"\b(?:sau khi|trên cơ sở)\s+$")
_AFTER_YEARS = re.compile(r"\b(?:qua|sau)\s(?:hơn\s|gần\s)?\w{1,4}\s(?:năm|tháng)\s$")
_PREDICATE = re.compile(
    r"\s+(?:\([^()]{1,40}\)\s+)?(?!(?:sẽ|về|của|và|tại|trong|ở|theo|với|để|nhằm)\b)[^\W\d_]"
)


def leads_on(reading: Reading, one: Governed) -> bool:
    """Whether a clause behind ";" is fronted: "…; thực hiện B, ORG ban hành", not "B và ORG"."""
    acting = (
        _next_agent(reading, _front_end(reading, one)) if _opens_part(reading.sentence, one) else ()
    )
    if not acting:
        return False
    *before, last = reading.sentence.text[one.group[-1].end : acting[0].start].split(",")
    return bool(before) and not _AND.search(last)


def _opens_part(sentence: Sentence, one: Governed) -> bool:
    """Whether a cue stands right behind ";"."""
    before = sentence.text[: one.start].rpartition(";")
    words = before[2]
    return bool(before[1]) and "§" not in words and holds_only(words, sentence.lexicon.gaps.fronts)


def find_after(reading: Reading, one: Governed, row: RelationCue) -> tuple[Mark, ...]:
    """The agent after a group whose cue opens the sentence ("Thực hiện …, ORG đã …")."""
    if not (_opens_part(reading.sentence, one) or _is_fronted(reading, one)):
        return ()
    acting = _next_agent(reading, _front_end(reading, one))
    if acting and acting[0].is_pronoun:
        return acting if "document" in row.subjects else ()
    if acting and _is_time_of(reading.sentence, one, acting):
        return ()
    is_done = _BEFOREHAND.search(reading.sentence.text, max(0, one.start - _NEARBY), one.start)
    issued = _find_issued(reading, acting) if acting and not is_done else ()
    if issued and "document" in row.subjects:
        return issued
    return acting if "organisation" in row.subjects else ()


def _is_time_of(sentence: Sentence, one: Governed, acting: tuple[Mark, ...]) -> bool:
    """Whether a clause only tells when something was given out: "sau 5 năm thực hiện A, § ký …"."""
    lead = sentence.text[max(0, one.start - _NEARBY) : one.start]
    gives_out = sentence.lexicon.lists.gives_out.match(sentence.text, acting[-1].end)
    return bool(gives_out and _AFTER_YEARS.search(lead))


def _is_fronted(reading: Reading, one: Governed) -> bool:
    """Whether a cue opens the sentence, or goes on with one that does: "…, đồng thời …"."""
    sentence = reading.sentence
    for _ in range(_MOST_CLAUSES):
        lead = _ADVERBIAL.sub("", _REPORTED.sub("", sentence.text[: one.start]))
        if "§" not in lead:
            return holds_only(lead, sentence.lexicon.gaps.fronts)
        before = [other for other in reading.governed if other.group[-1].end <= one.start]
        if not before:
            return False
        gap = sentence.text[before[-1].group[-1].end : one.start]
        if not _GOES_ON.fullmatch(gap):
            return False
        one = before[-1]
    return False


def _front_end(reading: Reading, one: Governed) -> int:
    """Where the last of the clauses ends that go on with a fronted one: "Thực hiện A; căn cứ B"."""
    end = one.group[-1].end
    first = bisect_left(reading.governed, end, key=lambda other: other.start)
    for other in reading.governed[first : first + _MOST_CLAUSES]:
        between = reading.sentence.text[end : other.start]
        if len(between) > _LONGEST_FRONT or not _GOES_ON.fullmatch(_ASIDE.sub("", between)):
            break
        end = other.group[-1].end
    return end


def _next_agent(reading: Reading, end: int) -> tuple[Mark, ...]:
    """The first agent after an offset, if its clause is the first to follow."""
    sentence = reading.sentence
    pronouns = ((m,) for m in sentence.marks if m.is_pronoun)
    candidates = [g for g in (*reading.agents.groups, *pronouns) if g[0].start >= end]
    acting = min(candidates, key=lambda g: g[0].start, default=())
    if not acting or not _PREDICATE.match(sentence.text, acting[-1].end):
        return ()
    between = _STOPPED.sub("", sentence.text[end : acting[0].start])
    if ";" in between or len(between) > _REACH_OVER_LISTS:
        return ()
    last = max((p.end for p in sentence.phrases if p.end <= acting[0].start), default=end)
    between = sentence.text[max(end, last) : acting[0].start]
    another = any(map(sentence.lexicon.new_subject.match, between.split(",")))
    return () if len(between) > _LONGEST_FRONT or another else acting


def _find_issued(reading: Reading, acting: tuple[Mark, ...]) -> tuple[Mark, ...]:
    """The documents that an agent gives out in its own clause."""
    end = acting[-1].end
    for one in reading.governed:
        if one.is_issued() and one.start >= end and leads_to(reading.sentence, end, one.start):
            return tuple(p.mark for p in one.group if _may_issue(acting, p))
    return ()


def _may_issue(acting: tuple[Mark, ...], phrase: Phrase) -> bool:
    """Whether no other body is said to have issued a document."""
    bodies = {m.reference for m in acting}
    return not phrase.issuers or any(m.reference in bodies for m in phrase.issuers)
