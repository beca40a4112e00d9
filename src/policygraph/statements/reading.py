"""What one sentence states: cues, what they act on, and whose they are.

Documents and campaigns are taken in groups, as the text coordinates them. The cue before a group
governs all of it; its agent is looked for before the cue, then (where the cue opens the sentence)
after the group; a passive cue ("do … ban hành") acts on the group before its agent.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import cast

from policygraph.document_types import find_type, load_document_types
from policygraph.model import Predicate
from policygraph.statements.agents import (
    find_agents,
    find_passive_agent,
    is_proxy,
    last_organisation,
)
from policygraph.statements.analysis import Reading
from policygraph.statements.cues import RelationCue
from policygraph.statements.groups import (
    Governed,
    Group,
    carries_out,
    find_governed,
    group_phrases,
    is_listed,
    merge_repeated,
)
from policygraph.statements.means import find_means, issue_means
from policygraph.statements.sentence import (
    Cue,
    Mark,
    Phrase,
    Sentence,
    coordinated,
    holds_only,
    is_blocked,
    mark_at,
    may_be_of,
    skip_attributes,
)
from policygraph.statements.subjects import find_subjects

_LONGEST_PASSIVE_GAP = 60
_REACH_OF_LIST = 140
_IN_DOCUMENT = re.compile(
    r"(?:^|[.,;:]\s)\W*(?:tại|trong|bằng)\s+(?:(?:điểm|khoản|điều|mục|phần|chương)\s[\w.]{1,5}\s+){0,3}$"
)
_ADJUNCT = re.compile(r"\b(?:theo|tại|bằng)\s+$")
_NEARBY = 30
_DECISION = "quyet-dinh"
_WRITING = "van-ban"  # of whatever type
_OF_HIGHER = frozenset({"implements", "guides", "basedOn"})
_RELATIVE = "mà "
# Of what is given out or made concrete, a title may stand before the passive.
_TITLED = re.compile(r"\s+(?:về|v/v)\s[^;:.§]{1,160},?\s*được\s")
_LAUNCH = "launch"
_QUOTES = re.compile(
    r"[\s:,]{0,3}(?:với chủ đề\s|mang tên\s|về\s)?"
    r"(?:(?:như|gồm|là|đó là|cụ thể là)[\s:]{1,2})?"
    r"(?:(?:các\s)?(?:phong trào|cuộc vận động)(?:\sthi đua)?[\s:]{1,2})?"
    r"[“\"‘]?"
)
_AND = re.compile(r"\bvà\b")
_OF_TITLED = frozenset({"issue", "make-concrete"})


@dataclass(frozen=True, slots=True)
class Claim:
    """One relation as a sentence states it, and the row that read it."""

    subject: str
    predicate: Predicate
    object: str
    rule: str


def read_claims(sentence: Sentence) -> Iterator[Claim]:
    """All that a sentence states between its marks."""
    groups = group_phrases(sentence)
    yield from _read_issuers(sentence, groups)
    yield from _read_list_issuers(sentence, groups)
    yield from _read_speakers(sentence, groups)
    governed = merge_repeated(
        sentence, [one for group in groups if (one := find_governed(sentence, group))]
    )
    passive: set[int] = set()
    ends: dict[int, int] = {}
    for cue in sentence.cues if sentence.lexicon.passive.search(sentence.text) else ():
        for claim in _read_passive(sentence, groups, governed, cue, ends):
            passive.add(cue.start)
            yield claim
    active = tuple(one for one in governed if one.governors[0][0].start not in passive)
    if active:
        reading = Reading(sentence, find_agents(sentence), active, ends)
        for one in active:
            yield from _read_active(reading, one, groups)
    yield from _read_issuers_before(sentence)


def _read_issuers(sentence: Sentence, groups: Sequence[Group]) -> Iterator[Claim]:
    """The issuers after "của", which a list of documents of one type shares."""
    row = sentence.lexicon.issuer_of
    for group in groups:
        shared: tuple[Mark, ...] = ()
        after: Phrase | None = None
        claims: list[Claim] = []
        for phrase in reversed(group):
            if phrase.issuers:
                shared = phrase.issuers
            elif after and not _shares_issuers(sentence, phrase, after):
                shared = ()
            after = phrase
            claims += [_claim(issuer, row, phrase.mark) for issuer in reversed(shared)]
        yield from reversed(claims)


def _read_issuers_before(sentence: Sentence) -> Iterator[Claim]:
    """The issuer that a document's attributes found before it, by the code in its number."""
    for phrase in sentence.phrases:
        before = phrase.mark.issuer
        if before is None or before > phrase.mark.start or phrase.issuers:
            continue
        if any(is_proxy(sentence, (m,)) for m in sentence.marks if m.end <= before):
            continue
        issuer = mark_at(sentence, before)
        if issuer and issuer.kind == "organisation" and _may_issue(phrase.mark, issuer):
            yield _claim(issuer, sentence.lexicon.issuer_by_code, phrase.mark)


def _read_list_issuers(sentence: Sentence, groups: Sequence[Group]) -> Iterator[Claim]:
    """Who issued the documents of a list, as said before it: "các văn bản của ORG như: A, B"."""
    for group in groups:
        found = _find_list_issuer(sentence, group) if group[0].mark.kind == "document" else None
        if found is not None:
            issuer, count = found
            for phrase in group[:count]:
                if not phrase.issuers:
                    yield _claim(issuer, sentence.lexicon.issuer_of_list, phrase.mark)


def _find_list_issuer(sentence: Sentence, group: Group) -> tuple[Mark, int] | None:
    """The issuer that the words before a group name, and of how many of its documents."""
    start, lexicon = group[0].mark.start, sentence.lexicon
    advised = lexicon.lists.advised_list.search(
        sentence.text, max(0, start - 2 * _REACH_OF_LIST), start
    )
    if advised and (issuer := mark_at(sentence, advised.start("issuer"))):
        return issuer, len(group)
    last = last_organisation(sentence, start)
    if last is None:
        return None
    before = sentence.text[max(0, last.start - _REACH_OF_LIST) : start]
    if listed := lexicon.lists.issued_by.search(before):
        return (last, len(group)) if _is_of_class(group, listed["class"]) else None
    if lexicon.lists.proposed.search(before):
        return last, 1
    if lexicon.lists.directed.search(before):
        return (last, len(group)) if _may_issue(group[0].mark, last) else None
    is_decision = group[0].mark.type == _DECISION
    return (last, 1) if is_decision and lexicon.lists.approved.search(before) else None


def _is_of_class(group: Group, word: str) -> bool:
    """Whether the documents of a group are what a word of a class says."""
    type_ = find_type(word)
    return type_ in (None, _WRITING) or group[0].mark.type in (None, type_)


def _read_speakers(sentence: Sentence, groups: Sequence[Group]) -> Iterator[Claim]:
    """Who says what stands in a document of its own: "Tại Thông tư 333, Bộ Tài chính quy định"."""
    for group in groups:
        phrase = group[0]
        speaks = sentence.lexicon.lists.speaks.match(sentence.text, phrase.end)
        if phrase.mark.kind != "document" or phrase.issuers or not speaks:
            continue
        if not _IN_DOCUMENT.search(sentence.text, 0, phrase.mark.start):
            continue
        speaker = next((m for m in sentence.marks if m.start >= phrase.end), None)
        if speaker is None or speaker.kind != "organisation":
            continue
        for one in (speaker, *coordinated(sentence, speaker)):
            if _may_issue(phrase.mark, one):
                yield _claim(one, sentence.lexicon.issuer_of_list, phrase.mark)


def _may_issue(document: Mark, body: Mark) -> bool:
    """Whether the code in a document's number, where it is one body's alone, is that of a body."""
    return document.body is None or body.body is None or document.body == body.body


def _shares_issuers(sentence: Sentence, one: Phrase, after: Phrase) -> bool:
    """Whether the issuer of the next in a list is that of one as well: "về …" keeps them apart.

    Two of one type share it, and two joined by "và" whose numbers bear the same code.
    """
    if not is_listed(sentence, one, after):
        return False
    if one.mark.type in (None, after.mark.type):
        return True
    type_ = load_document_types().get(one.mark.type)
    is_pair = _AND.search(sentence.text, one.end, after.mark.start) is not None
    is_one = one.mark.code is not None and one.mark.code == after.mark.code
    return is_pair and is_one and type_ is not None and type_.shares_issuer


def _read_passive(
    sentence: Sentence,
    groups: Sequence[Group],
    governed: Sequence[Governed],
    cue: Cue,
    ends: dict[int, int],
) -> Iterator[Claim]:
    """What "do …" and "được …" state: "A do ORG ban hành", "phong trào “C” được ORG phát động".

    `ends` gathers where what is so said of a phrase ends, by the phrase's start.
    """
    found = find_passive_agent(sentence, cue) if cue.rows else None
    group = _acted_on(sentence, groups, governed, found[0], ends) if found else None
    if found and not group and cue.rows[0].id in _OF_TITLED:
        group = _titled(sentence, groups, governed, found[0])
    if found and not group and cue.rows[0].id == _LAUNCH:
        group = _named_behind(sentence, groups, found[0], cue)
    if not found or not group:
        return
    ends[group[-1].mark.start] = skip_attributes(sentence.text, cue.end)
    for row in cue.rows:
        if group[0].mark.kind in row.objects and "organisation" in row.subjects:
            if means := find_means(sentence, groups, row, cue.start, cue.end):
                yield from _read_means(sentence, means, row, found[1], group)
                continue
            for phrase in group:
                if not (row.predicate == "issuedBy" and phrase.issuers):
                    yield from (_claim(agent, row, phrase.mark) for agent in found[1])


def _acted_on(
    sentence: Sentence,
    groups: Sequence[Group],
    governed: Sequence[Governed],
    at: int,
    ends: Mapping[int, int],
) -> Group | None:
    """The group that a passive at an offset says something of."""
    before = [g for g in groups if g[-1].end <= at]
    if not before:
        return None
    last = before[-1][-1]
    start = ends.get(last.mark.start, last.end)
    # "C do ORG phát động theo A được …": A is no more than a place in what is said of C.
    if len(before) > 1 and _ADJUNCT.search(sentence.text, 0, before[-1][0].mark.start):
        before, last = before[:-1], before[-2][-1]
    gap = sentence.text[start:at]
    apart = len(gap) > _LONGEST_PASSIVE_GAP or ";" in gap or "§" in gap
    if apart or not holds_only(gap, sentence.lexicon.gaps.chain):
        return None
    changed = _is_changed(sentence, before[-1], governed, at)
    if _is_of_outer(sentence, before, gap, is_changed=changed):
        return before[-2]
    return None if changed else before[-1]


def _is_changed(sentence: Sentence, group: Group, governed: Sequence[Governed], at: int) -> bool:
    """Whether a document acts on a group, so that a passive may speak of that one; "mà" does not.

    "Sửa đổi một số điều của A, được …"
    """
    if group[0].mark.kind != "document" or sentence.text.startswith(_RELATIVE, at):
        return False
    own = (one for one in governed if one.group == group)
    return any(all(row.subjects == ("document",) for _, row in one.governors) for one in own)


def _is_of_outer(
    sentence: Sentence, before: Sequence[Group], gap: str, *, is_changed: bool
) -> bool:
    """Whether a passive behind a document speaks of the one before, which acts on it.

    "A thay thế B, được § thông qua", "A thực hiện B đã được § cụ thể hóa".
    """
    if len(before) < 2 or not carries_out(sentence, before[-2][-1], before[-1][0]):
        return False
    return gap.lstrip().startswith(",") if is_changed else gap.split() == ["đã"]


def _titled(
    sentence: Sentence, groups: Sequence[Group], governed: Sequence[Governed], at: int
) -> Group | None:
    """The one document before its title and a passive: "A về … được ORG thông qua"."""
    before = [g for g in groups if g[-1].end <= at]
    if not before or len(before[-1]) > 1 or any(one.group == before[-1] for one in governed):
        return None
    title = sentence.text[before[-1][0].end : at + len("được ")]
    return before[-1] if _TITLED.fullmatch(title) else None


def _named_behind(sentence: Sentence, groups: Sequence[Group], at: int, cue: Cue) -> Group | None:
    """The campaign named behind who launched it: "phong trào thi đua do ORG phát động “C”"."""
    if not sentence.lexicon.before_campaign.search(sentence.text, max(0, at - _NEARBY), at):
        return None
    return next(
        (g for g in groups if _QUOTES.fullmatch(sentence.text, cue.end, g[0].mark.start)), None
    )


def _read_active(reading: Reading, one: Governed, groups: Sequence[Group]) -> Iterator[Claim]:
    for cue, row in one.governors:
        subjects = find_subjects(reading, one, cue, row)
        if one.is_guided() and row.predicate == "implements":
            subjects = tuple(m for m in subjects if m.kind == "organisation")
        means = find_means(reading.sentence, groups, row, cue.start, one.group[-1].end)
        if means and (subjects or _is_replaced(reading.sentence, one, row)):
            yield from _read_means(reading.sentence, means, row, subjects, one.group)
            continue
        for subject in subjects:
            for phrase in _objects(one.group, subject, row):
                is_issued = row.predicate == "issuedBy"
                if is_issued and (phrase.issuers or not may_be_of(phrase.mark, subject)):
                    continue
                if subject.reference != phrase.mark.reference:
                    ends = (phrase.mark, subject) if row.inverted else (subject, phrase.mark)
                    yield _claim(ends[0], row, ends[1])


def _is_replaced(sentence: Sentence, one: Governed, row: RelationCue) -> bool:
    """Whether a group is said to be replaced, whoever does it."""
    start = max(0, one.start - _NEARBY)
    return row.predicate == "replaces" and not is_blocked(sentence, start, one.start, "document")


def _read_means(
    sentence: Sentence, means: Group, row: RelationCue, bodies: Sequence[Mark], group: Group
) -> Iterator[Claim]:
    """What "ORG cụ thể hóa A bằng B" states: B is of the body and carries A out."""
    for mark, body in issue_means(means, bodies):
        yield _claim(body, sentence.lexicon.issue, mark)
    for phrase in group:
        for instrument in means:
            if instrument.mark.reference != phrase.mark.reference:
                yield _claim(instrument.mark, row, phrase.mark)


def _objects(group: Group, subject: Mark, row: RelationCue) -> Group:
    """A group up to where its subject's own kind goes on ("KL 1 về tổng kết NQ 2 và KL 3").

    What a central document carries out, guides or rests on is no local one: that is of an outer
    list.
    """
    if subject.kind != "document":
        return group
    above = subject.is_local is False and row.predicate in _OF_HIGHER and not row.inverted
    group = tuple(p for p in group if not (above and p.mark.is_local))
    if not group or group[0].mark.type == subject.type:
        return group
    own = (i for i, phrase in enumerate(group) if phrase.mark.type == subject.type)
    return group[: next(own, len(group))]


def _claim(agent: Mark, row: RelationCue, acted_on: Mark) -> Claim:
    """The relation of a row, its ends the way its predicate has them."""
    subject, object_ = (agent, acted_on) if row.agent == "subject" else (acted_on, agent)
    return Claim(subject.reference, cast(Predicate, row.predicate), object_.reference, row.id)
