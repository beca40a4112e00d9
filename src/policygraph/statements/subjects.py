"""Whose a cue is: the document before it, the body that acts, or what follows a fronted clause."""

from __future__ import annotations

import re

from policygraph.statements.agents import find_agent, find_issuer, find_officer, text_before
from policygraph.statements.analysis import Reading
from policygraph.statements.cues import RelationCue
from policygraph.statements.document_subjects import (
    find_document,
    find_heads,
    find_issued,
    find_list,
    is_unissued,
)
from policygraph.statements.fronting import find_after, leads_on
from policygraph.statements.groups import Governed
from policygraph.statements.sentence import (
    Cue,
    Mark,
    Sentence,
    coordinated,
    holds_only,
    is_blocked,
    mark_at,
    skip_attributes,
)

_REACH = 300
_NEARBY = 30

# "Sở Công Thương là cơ quan chủ trì, đã có …".
_BEING = re.compile(r"^\s*(?:là|,)\s+(?:cơ quan|đơn vị|địa phương)\s[^,;:§]{1,60},")
_APPOSED = re.compile(r"(?:,|\blà)\s+văn bản\s+$")
_HOSTED = re.compile(r"[^;:§]{0,160}?\bdo\s+(?=§)")
_HOSTS = re.compile(r"\s+(?:phối hợp\s[^;:§]{1,40}\s)?(?:chủ trì|đăng cai|tổ chức)\b")
_WITHIN = re.compile(r"(?:\s+về\s[^,;:§.]{3,160})?\s+ở\s+(?=§)")
_MEETING = re.compile(r"\b(?:hội nghị|hội thảo|buổi|cuộc họp|lễ)\s+(?:trực tuyến\s+)?$")
# "…, việc thực hiện B được đẩy mạnh": the cue is a noun, and another clause's subject.
_NOUN = re.compile(r"[;,]\s*(?:(?:còn|riêng|nhất là)\s+)?việc\s+(?:tổ chức\s+|triển khai\s+)?$")
_OF_NOUN = re.compile(r"[^;:§]{0,80}?\s(?:đã|đang|được|luôn|còn|cũng|vẫn|chưa|là|có|thì)\s")


def find_subjects(reading: Reading, one: Governed, cue: Cue, row: RelationCue) -> tuple[Mark, ...]:
    """The marks that a governing cue has as its agents; none where the sentence leaves doubt."""
    sentence = reading.sentence
    if is_blocked(sentence, one.start, one.object_start, "document"):
        return ()
    if row.subjects == ("document",) and _is_of_class(sentence, cue):
        return ()
    if _is_noun(sentence, one):
        return ()
    if leads_on(reading, one):
        return find_after(reading, one, row)
    document = find_document(reading, one, row) if "document" in row.subjects else None
    if document:
        if is_unissued(reading, document):
            return ()
        heads = find_heads(sentence, document, acts=not row.inverted)
        return heads or find_issued(reading, one, document) or find_list(sentence, document)
    if row.predicate == "issuedBy":
        return _find_issuers(reading, cue, row)
    found: tuple[Mark, ...] = ()
    if "organisation" in row.subjects:
        found = _find_namesake(sentence, one, row)
        found = found or find_agent(sentence, reading.agents, one.start)
        if row.predicate == "launchedBy":
            found = found or find_officer(sentence, reading.agents, one.start)
        found = found or _find_beside(reading, one) or _find_host(sentence, one, row)
        found = found or _find_place(sentence, one, row)
    return found or find_after(reading, one, row)


def _is_noun(sentence: Sentence, one: Governed) -> bool:
    """Whether a cue is the subject of a clause of its own."""
    before = text_before(sentence, one.start, 0)
    is_noun = _NOUN.search(before) is not None
    return is_noun and _OF_NOUN.match(sentence.text, one.group[-1].end) is not None


def _is_of_class(sentence: Sentence, cue: Cue) -> bool:
    """Whether a cue says what unnamed documents are ("các nghị định quy định chi tiết …")."""
    start = max(0, cue.start - _NEARBY)
    apposed = _APPOSED.search(sentence.text, start, cue.start)
    return not apposed and bool(sentence.lexicon.of_class.search(sentence.text, start, cue.start))


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
    if gap.strip() == ",":
        return found
    return found if holds_only(gap, reading.sentence.lexicon.gaps.verbs) and "," not in gap else ()


def _find_namesake(sentence: Sentence, one: Governed, row: RelationCue) -> tuple[Mark, ...]:
    """The body whose name goes on with the cue ("Ban Chỉ đạo về tổng kết Nghị quyết 18")."""
    before = [m for m in sentence.marks if m.end <= one.start]
    if row.predicate != "reviews" or not before or before[-1].kind != "organisation":
        return ()
    gap = sentence.text[before[-1].end : one.start]
    return (before[-1],) if gap.strip(" )") in ("về", "") else ()


def _find_place(sentence: Sentence, one: Governed, row: RelationCue) -> tuple[Mark, ...]:
    """The body within which a document is carried out: "5 năm thực hiện A ở §"."""
    within = _WITHIN.match(sentence.text, one.group[-1].end)
    place = mark_at(sentence, within.end()) if within else None
    if row.predicate != "implements" or place is None or place.kind != "organisation":
        return ()
    return () if is_blocked(sentence, max(0, one.start - _REACH), one.start) else (place,)


def _find_host(sentence: Sentence, one: Governed, row: RelationCue) -> tuple[Mark, ...]:
    """The body whose meeting reviews a document: "hội nghị sơ kết … A do ORG tổ chức"."""
    meets = _MEETING.search(text_before(sentence, one.start, 0))
    hosted = _HOSTED.match(sentence.text, one.group[-1].end) if meets else None
    host = mark_at(sentence, hosted.end()) if hosted else None
    if row.predicate != "reviews" or host is None or host.kind != "organisation":
        return ()
    hosts = (host, *coordinated(sentence, host))
    return hosts if _HOSTS.match(sentence.text, hosts[-1].end) else ()
