"""Which mentions of a sentence act in it, and whether a cue is theirs."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from policygraph.statements.sentence import (
    Cue,
    Mark,
    Sentence,
    coordinated,
    has_predicate,
    holds_only,
    is_blocked,
)

# Beyond this many characters no agent is looked for: such a sentence is a list or lacks its stops.
_REACH = 900
_FREE = 80
_NEARBY = 80

_PURPOSE = re.compile(r"\b(?:để|nhằm|về)\b")
_BREAK = re.compile(r"[,;:§]+")
_PLACED = re.compile(r"\b(?:tại|ở)\s+$")
_OWNED = re.compile(r"\bcủa\s+$")
_HELPED = re.compile(r"\b(?:giúp|tham mưu cho|tham mưu)\s[^,;:.§]{1,30},\s+$")
_HOLDS = re.compile(
    r"\s+(?:phối hợp\s+)?(?:chủ trì,?\s+)?tổ chức\s+(?:quán triệt|học tập|triển khai)\b"
)
_LISTED = re.compile(r"\s*(?:,(?!\s*mà\b)|và|-)[\w\s]{0,25}$")


@dataclass(frozen=True, slots=True)
class Agents:
    """The organisations that may act in a sentence, in order, each with those coordinated with it.

    `officers` act only through whoever holds their office: what a chairman signs, they issue.
    """

    groups: tuple[tuple[Mark, ...], ...]
    officers: tuple[Mark, ...]


def find_agents(sentence: Sentence) -> Agents:
    """The organisations that stand where a clause's agent stands."""
    groups: list[tuple[Mark, ...]] = []
    officers: list[Mark] = []
    seen: set[int] = {m.start for p in sentence.phrases for m in p.issuers}
    end = 0
    for mark in sentence.marks:
        if mark.kind == "organisation" and mark.start not in seen:
            before = text_before(sentence, mark.start, end)
            if _opens_clause(sentence, mark, before, end, groups) or _hosts(sentence, mark, before):
                groups.append((mark, *coordinated(sentence, mark)))
                seen.update(m.start for m in groups[-1])
            elif sentence.lexicon.officer.search(before):
                officers.append(mark)
        end = mark.end
    return Agents(tuple(groups), tuple(officers))


def _hosts(sentence: Sentence, mark: Mark, before: str) -> bool:
    """Whether a body holds the meeting that a sentence tells of: "do §, § tổ chức quán triệt A"."""
    if not sentence.lexicon.by.search(before):
        return False
    last = (mark, *coordinated(sentence, mark))[-1]
    return _HOLDS.match(sentence.text, last.end) is not None


def text_before(sentence: Sentence, at: int, floor: int) -> str:
    """The text between two marks that stands close before the second; "…" for what is left out."""
    start = at - _NEARBY
    return sentence.text[floor:at] if start <= floor else "…" + sentence.text[start:at]


def _opens_clause(
    sentence: Sentence, mark: Mark, before: str, end: int, groups: Sequence[tuple[Mark, ...]]
) -> bool:
    if not sentence.lexicon.opening.search(before) or (end > 0 and not before.strip()):
        return False
    if _HELPED.search(before):
        return False
    previous = next((m for m in reversed(sentence.marks) if m.end == end), None)
    if previous and previous.kind == "organisation" and _LISTED.match(before):
        return not groups and "," in before and has_predicate(sentence, mark)
    return not _is_place(sentence, mark, before)


def _is_place(sentence: Sentence, mark: Mark, before: str) -> bool:
    """Whether a body is only where another one acts: "tại ORG, ORG phát động"."""
    others = coordinated(sentence, mark) if _PLACED.search(before) else []
    return any(has_predicate(sentence, other) for other in others)


def find_agent(sentence: Sentence, agents: Agents, at: int) -> tuple[Mark, ...]:
    """The nearest organisations before an offset that do what the cue there says, or none."""
    if _is_of_other(sentence, at):
        return ()
    for group in reversed(agents.groups):
        if group[-1].end <= at:
            if any(group[-1].end <= officer.start < at for officer in agents.officers):
                return ()
            if _is_asked(sentence, group):
                return ()
            return group if leads_to(sentence, group[-1].end, at) else ()
    return ()


def _is_of_other(sentence: Sentence, at: int) -> bool:
    """Whether what is of a body does so: "chương trình hành động của ORG thực hiện"."""
    last = next((m for m in reversed(sentence.marks) if m.end <= at), None)
    if last is None or last.kind != "organisation" or sentence.text[last.end : at].strip():
        return False
    return bool(_OWNED.search(sentence.text, max(0, last.start - _NEARBY), last.start))


def _is_asked(sentence: Sentence, group: tuple[Mark, ...]) -> bool:
    """Whether somebody only asks or hopes that an agent does what follows."""
    asked = any(c.block and c.block.ahead and c.end <= group[0].start for c in sentence.cues)
    return asked and not has_predicate(sentence, group[-1])


def leads_to(sentence: Sentence, start: int, end: int) -> bool:
    """Whether the words from an agent to a cue keep the agent as the cue's own."""
    if end - start > _REACH or is_blocked(sentence, start, end):
        return False
    gap = sentence.text[start:end]
    first, *rest = _BREAK.split(gap)
    if not rest:
        return len(first) <= _FREE or holds_only(first, sentence.lexicon.gaps.verbs)
    if any(sentence.lexicon.new_subject.match(piece) for piece in rest):
        return False
    words = (
        sentence.lexicon.gaps.delegates
        if sentence.lexicon.directing.search(gap)
        else sentence.lexicon.gaps.verbs
    )
    return holds_only(rest[-1], words)


def find_issuer(sentence: Sentence, agents: Agents, cue: Cue) -> tuple[Mark, ...]:
    """Who gives out what follows an issuing cue."""
    if proxy := _find_principal(sentence, agents, cue):
        return proxy
    if officer := find_officer(sentence, agents, cue.start):
        return officer
    last = last_organisation(sentence, cue.start)
    if last and _is_named_so(sentence, last):
        gap = sentence.text[last.end : cue.start]
        is_near = "," not in gap and holds_only(gap, sentence.lexicon.gaps.verbs)
        if is_near and not is_blocked(sentence, last.end, cue.start):
            return (last,)
    return find_agent(sentence, agents, cue.start)


def _is_named_so(sentence: Sentence, mark: Mark) -> bool:
    """Whether the words before a body name it as the one that acts: "do §", "thay mặt §"."""
    text, start = sentence.text, mark.start
    by = sentence.lexicon.by.search(text, max(0, start - 40), start)
    advised = sentence.lexicon.advised.search(text, max(0, start - 30), start)
    return bool(by or advised or is_proxy(sentence, (mark,)))


def find_officer(sentence: Sentence, agents: Agents, at: int) -> tuple[Mark, ...]:
    """The organisation whose officer does what follows: "Bí thư § Lê Văn An phát động"."""
    last = last_organisation(sentence, at)
    if last is None or last not in agents.officers or at - last.end > _FREE:
        return ()
    return () if is_blocked(sentence, last.end, at) else (last,)


def is_proxy(sentence: Sentence, group: Sequence[Mark]) -> bool:
    """Whether somebody signs for these organisations ("thay mặt …")."""
    start = group[0].start
    return bool(sentence.lexicon.proxy.search(sentence.text, max(0, start - 24), start))


def last_organisation(sentence: Sentence, at: int) -> Mark | None:
    """The last organisation before an offset that is not a document's issuer."""
    issuers = {m.start for p in sentence.phrases for m in p.issuers}
    before = [m for m in sentence.marks if m.kind == "organisation" and m.end <= at]
    return before[-1] if before and before[-1].start not in issuers else None


def _find_principal(sentence: Sentence, agents: Agents, cue: Cue) -> tuple[Mark, ...]:
    """The organisations that somebody signs for ("thay mặt …")."""
    for group in agents.groups:
        end = group[-1].end
        if end <= cue.start and is_proxy(sentence, group):
            signs = len(group) > 1 and has_predicate(sentence, group[-1])
            bodies = group[:-1] if signs else group
            return () if is_blocked(sentence, end, cue.start) else bodies
    return ()


def find_passive_agent(sentence: Sentence, cue: Cue) -> tuple[int, tuple[Mark, ...]] | None:
    """The organisations that "do …" or "được …" names before a cue, and where that begins."""
    marks = [m for m in sentence.marks if m.end <= cue.start]
    if not marks or marks[-1].kind != "organisation":
        return None
    gap = sentence.text[marks[-1].end : cue.start]
    apart = len(gap) > _FREE or ";" in gap or _PURPOSE.search(gap)
    if apart or is_blocked(sentence, marks[-1].end, cue.start):
        return None
    for first in reversed(marks):
        group = (first, *coordinated(sentence, first))
        if first.kind != "organisation" or marks[-1] not in group:
            return None
        if by := sentence.lexicon.by.search(
            sentence.text, max(0, first.start - _NEARBY), first.start
        ):
            return by.start(), group
    return None
