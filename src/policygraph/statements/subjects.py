"""Whose a cue is: the document before it, the body that acts, or what follows a fronted clause."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from policygraph.statements.agents import (
    Agents,
    find_agent,
    find_issuer,
    leads_to,
    text_before,
)
from policygraph.statements.cues import RelationCue
from policygraph.statements.groups import Governed, is_listed
from policygraph.statements.sentence import (
    Cue,
    Mark,
    Phrase,
    Sentence,
    coordinated,
    holds_only,
    is_blocked,
    mark_at,
    skip_attributes,
)

_REACH = 300
_LONGEST_FRONT = 500
_REACH_OVER_LISTS = 1200
_NEARBY = 30

_APART = re.compile(r'[\s)”"*]*(?:,|(?:và|cùng)\b)')
_GOES_ON = re.compile(r"[^;:§]{0,200}?[,;]\s*(?:(?:đồng thời|và|cùng với)\s+)?(?:(?:để|nhằm)\s+)?")
# "Báo cáo của § cho thấy, để thực hiện …": who says so comes before the fronted clause.
_REPORTED = re.compile(
    r"^[^;]{0,240}?\b(?:cho biết|cho thấy|nêu rõ|nhấn mạnh|khẳng định)(?:\s+rằng|,|:)"
)
_CONJUNCTION = re.compile(
    r"\s*(?:[,;]|[,;]?\s*(?:đồng thời|và|cũng như|vừa))\s*(?:(?:để|nhằm)\s+)?"
)
# "Sở Công Thương là cơ quan chủ trì, đã có …".
_BEING = re.compile(r"^\s*(?:là|,)\s+(?:cơ quan|đơn vị|địa phương)\s[^,;:§]{1,60},")
_APPOSED = re.compile(r"(?:,|\blà)\s+văn bản\s+$")
_HOSTED = re.compile(r"[^;:§]{0,160}?\bdo\s+(?=§)")
_HOSTS = re.compile(r"\s+(?:phối hợp\s[^;:§]{1,40}\s)?(?:chủ trì|đăng cai|tổ chức)\b")
_MEETING = re.compile(r"\b(?:hội nghị|hội thảo|buổi|cuộc họp|lễ)\s+(?:trực tuyến\s+)?$")
_AND = re.compile(r"\bvà\b")
_ASIDE = re.compile(r"\s*\([^()]*\)")
# "…, việc thực hiện B được đẩy mạnh": the cue is a noun, and another clause's subject.
_NOUN = re.compile(r"[;,]\s*(?:(?:còn|riêng|nhất là)\s+)?việc\s+(?:tổ chức\s+|triển khai\s+)?$")
_OF_NOUN = re.compile(r"[^;:§]{0,80}?\s(?:đã|đang|được|luôn|còn|cũng|vẫn|chưa|là|có|thì)\s")
_OF_BODY = re.compile(r"\bcủa\s§+")
# What may stand between an act and what was done to it: its title, then a comma.
_TOLD = re.compile(r"[\s,(]*|\s+(?:về|v/v|quy định|ban hành)\s[^;:.]{1,240}?,\s*(?:đã\s)?")
_MARKED = re.compile(r"[§:.,”\"]")
# What may stand before a fronted clause: "Theo đồng chí …, Bí thư §, để thực hiện …".
_ADVERBIAL = re.compile(
    r"^\W*(?:theo|tại|ở|trước|sau|ngày|sáng|chiều|năm|tháng|trong|từ|đầu|cuối|hiện|đặc biệt)\b"
    r"[^;:.]{0,160},(?=[^,§]*$)"
)
# A fronted clause may end in a semicolon: "Thực hiện …; ngày 1/2/2020, § ban hành …".
_STOPPED = re.compile(
    r";\s*(?:(?:sáng|chiều|tối|vào)?\s*ngày\s[\d/.-]++(?:\stháng\s\d+)?(?:\snăm\s\d+)?,\s*)?$"
)
_PREDICATE = re.compile(r"\s+(?:\([^()]{1,40}\)\s+)?(?!sẽ\b)[^\W\d_]")


@dataclass(frozen=True, slots=True)
class Reading:
    """A sentence with its agents and all its governed groups.

    `passives` are where a passive that says something of a phrase ends, by the phrase's start.
    """

    sentence: Sentence
    agents: Agents
    governed: tuple[Governed, ...]
    passives: Mapping[int, int]

    def end_of(self, phrase: Phrase) -> int:
        """Where a phrase ends, with what a passive says of it."""
        return self.passives.get(phrase.mark.start, phrase.end)


def find_subjects(reading: Reading, one: Governed, cue: Cue, row: RelationCue) -> tuple[Mark, ...]:
    """The marks that a governing cue has as its agents; none where the sentence leaves doubt."""
    sentence = reading.sentence
    if is_blocked(sentence, one.start, one.group[0].mark.start, "document"):
        return ()
    if row.subjects == ("document",) and _is_of_class(sentence, cue):
        return ()
    if _is_noun(sentence, one):
        return ()
    if _leads_on(reading, one):
        return _find_after(reading, one, row)
    document = _find_document(reading, one, row) if "document" in row.subjects else None
    if document:
        return () if _is_unissued(reading, document) else _find_list(sentence, document)
    if row.predicate == "issuedBy":
        return _find_issuers(reading, cue, row)
    found: tuple[Mark, ...] = ()
    if "organisation" in row.subjects:
        found = _find_namesake(sentence, one, row)
        found = found or find_agent(sentence, reading.agents, one.start)
        found = found or _find_beside(reading, one) or _find_host(sentence, one, row)
    return found or _find_after(reading, one, row)


def _is_noun(sentence: Sentence, one: Governed) -> bool:
    """Whether a cue is the subject of a clause of its own."""
    before = text_before(sentence, one.start, 0)
    is_noun = _NOUN.search(before) is not None
    return is_noun and _OF_NOUN.match(sentence.text, one.group[-1].end) is not None


def _is_unissued(reading: Reading, document: Mark) -> bool:
    """Whether a document is said not to be given out, or not yet: it carries nothing out."""
    for one in reading.governed:
        if one.is_issued() and any(phrase.mark is document for phrase in one.group):
            start = max(0, one.start - _NEARBY)
            return is_blocked(reading.sentence, start, one.start, "document")
    return False


def _is_of_class(sentence: Sentence, cue: Cue) -> bool:
    """Whether a cue says what unnamed documents are ("các nghị định quy định chi tiết …")."""
    start = max(0, cue.start - _NEARBY)
    apposed = _APPOSED.search(sentence.text, start, cue.start)
    return not apposed and bool(sentence.lexicon.of_class.search(sentence.text, start, cue.start))


def _find_list(sentence: Sentence, last: Mark) -> tuple[Mark, ...]:
    """A document with those before it from which it has its type word: they act as one."""
    found = [last]
    phrases = [p for p in sentence.phrases if p.mark.start <= last.start]
    for one, other in zip(reversed(phrases[:-1]), reversed(phrases), strict=False):
        if not (other.mark.shares_type and is_listed(sentence, one, other)):
            break
        found.insert(0, one.mark)
    return tuple(found)


def _find_beside(reading: Reading, one: Governed) -> tuple[Mark, ...]:
    """The bodies that act on the group before, beside which a cue is set ("gắn với thực hiện")."""
    sentence = reading.sentence
    start = max(0, one.start - _NEARBY)
    beside = sentence.lexicon.beside.search(sentence.text, start, one.start)
    before = [other for other in reading.governed if other.group[-1].end <= one.start]
    if not beside or not before:
        return ()
    title = sentence.text[before[-1].group[-1].end : beside.start()]
    cue, row = before[-1].governors[0]
    apart = ";" in title or "§" in title or len(title) > _REACH
    if apart or row.predicate not in ("implements", "promotes"):
        return ()
    found = find_subjects(reading, before[-1], cue, row)
    return found if all(m.kind == "organisation" for m in found) else ()


def _find_issuers(reading: Reading, cue: Cue, row: RelationCue) -> tuple[Mark, ...]:
    found = find_issuer(reading.sentence, reading.agents, cue)
    if not row.adjacent or not found:
        return found
    text = reading.sentence.text
    gap = _BEING.sub("", text[skip_attributes(text, found[-1].end) : cue.start])
    return found if holds_only(gap, reading.sentence.lexicon.gaps.verbs) and "," not in gap else ()


def _find_namesake(sentence: Sentence, one: Governed, row: RelationCue) -> tuple[Mark, ...]:
    """The body whose name goes on with the cue ("Ban Chỉ đạo về tổng kết Nghị quyết 18")."""
    before = [m for m in sentence.marks if m.end <= one.start]
    if row.predicate != "reviews" or not before or before[-1].kind != "organisation":
        return ()
    gap = sentence.text[before[-1].end : one.start]
    return (before[-1],) if gap.strip(" )") in ("về", "") else ()


def _find_host(sentence: Sentence, one: Governed, row: RelationCue) -> tuple[Mark, ...]:
    """The body whose meeting reviews a document: "hội nghị sơ kết … A do ORG tổ chức"."""
    meets = _MEETING.search(text_before(sentence, one.start, 0))
    hosted = _HOSTED.match(sentence.text, one.group[-1].end) if meets else None
    host = mark_at(sentence, hosted.end()) if hosted else None
    if row.predicate != "reviews" or host is None or host.kind != "organisation":
        return ()
    hosts = (host, *coordinated(sentence, host))
    return hosts if _HOSTS.match(sentence.text, hosts[-1].end) else ()


def _find_document(reading: Reading, one: Governed, row: RelationCue) -> Mark | None:
    """The document before a cue whose predicate the cue is."""
    sentence = reading.sentence
    before = [p for p in sentence.phrases if p.mark.kind == "document" and p.end <= one.start]
    before = [p for p in before if not _is_aside(sentence, p, one.start)]
    if not before:
        return None
    last = before[-1]
    end = reading.end_of(last)
    if row.inverted and _TOLD.fullmatch(sentence.text[end : one.start]):
        return last.mark
    acts = any(end <= g[0].start < one.start for g in reading.agents.groups)
    if acts or is_blocked(sentence, end, one.start, "document"):
        return None
    gap = _ASIDE.sub("", sentence.text[end : one.start])
    own = [other for other in reading.governed if last in other.group]
    issued = any(other.is_issued() for other in own)
    if own and not issued and _CONJUNCTION.fullmatch(gap):
        return _find_document(reading, own[0], row)
    if _goes_on(sentence, last, gap):
        return last.mark
    if _is_attributive(sentence, gap):
        # "… hướng dẫn Luật A đã sửa đổi B": a finite verb passes over what another cue governs.
        finite = not sentence.lexicon.gaps.finites.isdisjoint(gap.split())
        return None if finite and own and not issued else last.mark
    if "organisation" in row.subjects:
        return last.mark if issued and gap.strip() == "," else None
    apart = ";" in gap or len(gap) > _REACH or not (issued or _is_head(sentence, last))
    # "A nêu nhiều điểm được thay thế bằng B": the points are replaced, not A.
    other = row.inverted and not holds_only(gap.split(",")[-1], sentence.lexicon.gaps.manners)
    return None if apart or other else last.mark


def _goes_on(sentence: Sentence, phrase: Phrase, gap: str) -> bool:
    """Whether a participle or an apposition goes on with a document ("…, vốn để thực hiện B")."""
    if sentence.lexicon.participle.fullmatch(gap):
        return True
    # "Luật A, văn bản hướng dẫn Luật B" lists two things; behind an issuer it says what A is.
    is_firm = bool(phrase.issuers) or not gap.startswith(",")
    return is_firm and sentence.lexicon.apposition.fullmatch(gap) is not None


def _is_aside(sentence: Sentence, phrase: Phrase, at: int) -> bool:
    """Whether a document stands in brackets that close before an offset."""
    opening = sentence.text.rfind("(", 0, phrase.mark.start)
    closed = opening >= 0 and ")" in sentence.text[opening : phrase.mark.start]
    return opening >= 0 and not closed and ")" in sentence.text[phrase.mark.end : at]


def _is_attributive(sentence: Sentence, gap: str) -> bool:
    """Whether a cue after this gap belongs to the document before it ("… về việc thực hiện")."""
    lexicon = sentence.lexicon
    if ";" in gap or len(gap) > _REACH:
        return False
    title = lexicon.title.match(gap.lstrip(' )”"'))
    if title is None:
        return not _APART.match(gap) and holds_only(gap, lexicon.gaps.manners)
    rest = title.string[title.end() :]
    *before, last = lexicon.joint.split(rest)
    if holds_only(last, lexicon.gaps.verbs) and (before or not last.strip()):
        return True
    bare = _OF_BODY.sub("", rest)
    return not lexicon.appraise.search(last) and not _MARKED.search(bare)


def _is_head(sentence: Sentence, phrase: Phrase) -> bool:
    """Whether a document opens its clause."""
    floor = max((m.end for m in sentence.marks if m.end <= phrase.mark.start), default=0)
    before = text_before(sentence, phrase.mark.start, floor)
    return bool(sentence.lexicon.opening.search(before)) and (floor == 0 or bool(before.strip()))


def _find_after(reading: Reading, one: Governed, row: RelationCue) -> tuple[Mark, ...]:
    """The agent after a group whose cue opens the sentence ("Thực hiện …, ORG đã …")."""
    if not (_opens_part(reading.sentence, one) or _is_fronted(reading, one)):
        return ()
    acting = _next_agent(reading, _front_end(reading, one))
    if acting and acting[0].is_pronoun:
        return acting if "document" in row.subjects else ()
    issued = _find_issued(reading, acting) if acting else ()
    if issued and "document" in row.subjects:
        return issued
    return acting if "organisation" in row.subjects else ()


def _leads_on(reading: Reading, one: Governed) -> bool:
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


def _is_fronted(reading: Reading, one: Governed) -> bool:
    """Whether a cue opens the sentence, or goes on with one that does: "…, đồng thời …"."""
    sentence = reading.sentence
    lead = _ADVERBIAL.sub("", _REPORTED.sub("", sentence.text[: one.start]))
    if "§" not in lead:
        return holds_only(lead, sentence.lexicon.gaps.fronts)
    before = [other for other in reading.governed if other.group[-1].end <= one.start]
    if not before:
        return False
    gap = sentence.text[before[-1].group[-1].end : one.start]
    return bool(_GOES_ON.fullmatch(gap)) and _is_fronted(reading, before[-1])


def _front_end(reading: Reading, one: Governed) -> int:
    """Where the last of the clauses ends that go on with a fronted one: "Thực hiện A; căn cứ B"."""
    end = one.group[-1].end
    for other in reading.governed:
        between = _ASIDE.sub("", reading.sentence.text[end : other.start])
        if other.start >= end and _GOES_ON.fullmatch(between):
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
