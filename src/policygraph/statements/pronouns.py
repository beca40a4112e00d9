"""Bare type words that stand for a thing named before: "Nghị định này thay thế …".

Such a word acts where it opens a clause and has a predicate; behind a cue it is what is acted on
("thực hiện nghị quyết này"). It counts only where its antecedent is certain.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from policygraph.model import Kind
from policygraph.statements.antecedents import (
    WRITING,
    Antecedents,
    names_unnamed,
    type_words,
)
from policygraph.statements.cues import Cues
from policygraph.statements.sentence import Mark, blot
from policygraph.text import FoldedText

_CLAUSE_START = re.compile(
    r"(?:^|[,:;]\s)[^\w§]*(?:theo đó, |đồng thời, |(?:mặc dù|dù|tuy|song|nhưng|và|vì) )?$"
)
_DRAFT = re.compile(r"(?:dự thảo|dự án)\s+$")
_THIS = r"\s+(?:này|ấy|(?:nói trên|nêu trên|trên|đó)(?=\s*(?:[,.;:)]|$)))"
_MEANT = re.compile(_THIS)
_NEW = re.compile(r"\s+mới(?=\s+(?:thay thế|thay cho|sửa đổi|bãi bỏ)\b)")
# "Bốn nghị định nêu trên", "các nghị quyết này"
_PLURAL = re.compile(r"(?:\bcác|\bnhững|(?:\bcả\s)?\b(?P<count>hai|ba|bốn|năm|sáu|0?[2-9]))\s+$")
_THESE = re.compile(
    r"\s+(?:này|ấy|nói trên|nêu trên|(?:trên|đó)(?=\s*(?:[,.;:)]|$)|\s(?:đã|đều|sẽ|được|là)\b))"
)
_MOST_FURTHER = 16
_COUNTS = {"hai": 2, "ba": 3, "bốn": 4, "năm": 5, "sáu": 6}
_BARE = re.compile(r"\s*(?:[,.;)]|$)")
# "hưởng ứng phong trào bằng việc …": bare, where the text knows one.
_BARE_CAMPAIGN = re.compile(r"(?=\s*(?:[,.;]|$)|\s+bằng\s)")


@dataclass(frozen=True, slots=True)
class Setting:
    """A sentence in its text, and what was named before it.

    `origin` is the source offset of the sentence in the text; `blotted` is the folded sentence in
    lower case with its marks blotted out.
    """

    text: str
    origin: int
    folded: FoldedText
    blotted: str
    marks: Sequence[Mark]
    antecedents: Antecedents
    cues: Cues


def find_pronouns(
    folded: FoldedText,
    marks: Sequence[Mark],
    antecedents: Antecedents,
    cues: Cues,
    text: str,
    origin: int,
) -> list[Mark]:
    """The words of a sentence that stand for documents and campaigns named before, as marks."""
    blotted = blot(folded.lower, marks)
    setting = Setting(text, origin, folded, blotted, marks, antecedents, cues)
    found = sorted(_find_all(setting), key=lambda m: (m.start, -m.end))
    return [m for i, m in enumerate(found) if all(o.end <= m.start for o in found[:i])]


def _find_all(setting: Setting) -> Iterator[Mark]:
    has_document = any(m.kind == "document" for m in setting.marks)
    inside = type_words({m.type for m in setting.marks if m.type}) if has_document else {}
    words = setting.antecedents.types | inside | {"văn bản": WRITING}
    for phrase, type_ in words.items():
        for match in _find_phrase(setting, phrase):
            if plural := _PLURAL.search(setting.blotted, max(0, match.start() - 12), match.start()):
                yield from _read_plural(setting, plural, match, type_)
                continue
            subject = _read_subject(setting, match, phrase, type_) if has_document else None
            mark = subject or _read_object(setting, match, phrase, type_)
            if mark:
                yield mark
    for phrase in setting.antecedents.campaign_words:
        for match in _find_phrase(setting, phrase):
            if mark := _read_campaign(setting, match, phrase):
                yield mark


def _find_phrase(setting: Setting, phrase: str) -> Iterator[re.Match[str]]:
    if phrase in setting.blotted:
        yield from re.finditer(rf"\b{re.escape(phrase)}\b", setting.blotted)


def _read_subject(setting: Setting, match: re.Match[str], phrase: str, type_: str) -> Mark | None:
    """A type word that opens a clause and acts in it."""
    before = setting.blotted[: match.start()]
    if draft := _DRAFT.search(before):
        before = before[: draft.start()]
    if not _CLAUSE_START.search(before):
        return None
    this = _MEANT.match(setting.blotted, match.end()) or _NEW.match(setting.blotted, match.end())
    if this:
        reference = setting.antecedents.find_this(type_)
        reference = reference or _find_meant(setting, match, phrase, type_)
    elif type_ != WRITING and setting.cues.pronoun.match(setting.blotted, match.end()):
        reference = setting.antecedents.find_sole(type_, draft is not None, frozenset())
    else:
        return None
    return _mark(match.start(), this.end() if this else match.end(), reference, type_, acts=True)


def _read_object(setting: Setting, match: re.Match[str], phrase: str, type_: str) -> Mark | None:
    """A type word behind a cue, with "này" and the like, or alone with a capital at a stop.

    In a document it may be that itself.
    """
    if setting.antecedents.find_this(type_) or not _is_governed(setting, match):
        return None
    this = _MEANT.match(setting.blotted, match.end())
    if this:
        return _mark(match.start(), this.end(), _find_meant(setting, match, phrase, type_), type_)
    is_bare = _BARE.match(setting.blotted, match.end()) and type_ != WRITING
    if not is_bare or not setting.folded.text[match.start()].isupper():
        return None
    near = _near(setting, match, type_)
    sole = setting.antecedents.find_sole(type_, False, near)
    return _mark(match.start(), match.end(), sole, type_)


def _read_plural(
    setting: Setting, plural: re.Match[str], match: re.Match[str], type_: str
) -> Iterator[Mark]:
    """ "Hai nghị định này" as a subject, or behind a cue."""
    this = _THESE.match(setting.blotted, match.end())
    acts = _CLAUSE_START.search(setting.blotted[: plural.start()]) is not None
    if this is None or not (acts or _is_governed(setting, plural)):
        return
    written = plural["count"]
    count = (_COUNTS.get(written) or int(written)) if written else None
    found = setting.antecedents.find_several(type_, count, _near(setting, match, type_))
    if found:
        yield Mark(
            plural.start(), this.end(), "document", found[0],
            type=type_, is_pronoun=acts, also=found[1:],
        )  # fmt: skip


def vary_plurals(marks: Sequence[Mark]) -> Iterator[list[Mark]]:
    """The marks, again for each further thing that a plural among them stands for.

    One plural varies at a time, and no more than a sentence of people holds: the time stays linear.
    """
    yield list(marks)
    further = [(i, other) for i, mark in enumerate(marks) for other in mark.also]
    for i, other in further if len(further) <= _MOST_FURTHER else ():
        yield [*marks[:i], marks[i]._replace(reference=other), *marks[i + 1 :]]


def _read_campaign(setting: Setting, match: re.Match[str], phrase: str) -> Mark | None:
    """ "Phong trào này" behind a cue, or "phong trào" alone where the text knows one."""
    this = _MEANT.match(setting.blotted, match.end())
    bare = _BARE_CAMPAIGN.match(setting.blotted, match.end())
    taken_up = bare and setting.cues.taking_up.search(setting.blotted, 0, match.start())
    if not (this and _is_governed(setting, match)) and not taken_up:
        return None
    type_ = setting.antecedents.find_campaign_type(phrase)
    reference = (
        _find_meant(setting, match, phrase, type_)
        if this
        else setting.antecedents.find_sole(type_, False, frozenset())
    )
    end = this.end() if this else match.end()
    return _mark(match.start(), end, reference, None, kind="campaign")


def _find_meant(setting: Setting, match: re.Match[str], phrase: str, type_: str) -> str | None:
    """The thing that "này" points to: one that the sentence names, or one before it."""
    near = _near(setting, match, type_)
    lead = blot(setting.folded.text, setting.marks)[: match.start()]
    since = setting.antecedents.text_since(type_, setting.text, setting.origin)
    if not near and since is None:
        return None
    between = lead.rpartition("§")[2] if near else f"{since}{lead}"
    if names_unnamed(phrase, between):
        return None
    return setting.antecedents.find_recent(type_, near)


def _near(setting: Setting, match: re.Match[str], type_: str) -> frozenset[str]:
    """The things of a type that the sentence names before a word."""
    before = [m for m in setting.marks if m.end < match.start()]
    if type_ in setting.antecedents.campaign_words:
        return frozenset(m.reference for m in before if m.kind == "campaign")
    documents = (m for m in before if m.kind == "document")
    return frozenset(m.reference for m in documents if type_ in (m.type, WRITING))


def _is_governed(setting: Setting, match: re.Match[str]) -> bool:
    """Whether a cue stands before a word."""
    start = max(0, match.start() - 60)
    return setting.cues.governing.search(setting.blotted, start, match.start()) is not None


def _mark(
    start: int,
    end: int,
    reference: str | None,
    type_: str | None,
    *,
    acts: bool = False,
    kind: Kind = "document",
) -> Mark | None:
    if reference is None:
        return None
    return Mark(start, end, kind, reference, type=type_, is_pronoun=acts)
