"""The document whose predicate a cue is: "A về việc thực hiện B", "A, vốn để thực hiện B"."""

from __future__ import annotations

import re
from collections.abc import Sequence

from policygraph.document_types import load_document_types
from policygraph.statements.agents import text_before
from policygraph.statements.analysis import Reading
from policygraph.statements.cues import RelationCue
from policygraph.statements.groups import Governed, is_listed
from policygraph.statements.sentence import Mark, Phrase, Sentence, holds_only, is_blocked

_REACH = 300
_DEEPEST = 20
_NEARBY = 30

_APART = re.compile(r'[\s)”"*]*(?:,|(?:và|cùng)\b)')
_CONJUNCTION = re.compile(
    r"\s*(?:[,;]|[,;]?\s*(?:đồng thời|và|cũng như|vừa))\s*(?:(?:để|nhằm)\s+)?"
)
_ASIDE = re.compile(r"\s*\([^()]*\)")
# "§ ban hành A quản lý chợ; thay thế B": behind a stop the document given out goes on.
_RESUMED = re.compile(r"[^.:§]{3,300};\s*(?:(?:đồng thời|và)\s*)?")
# "…; có hiệu lực từ 25/12/2024 và thay thế B": since when is no matter here.
_IN_FORCE = re.compile(
    r"(?<=[,;])\s*(?:và\s)?(?:chính thức\s)?có hiệu lực\s(?:thi hành\s)?(?:từ|kể từ|vào)\s"
    r"(?:ngày\s)?"
    r"[\d/.-]++(?:\stháng\s\d++)?(?:\snăm\s\d++)?\s?(?:và|,|;|đồng thời)\s"
)
_OF_BODY = re.compile(r"\bcủa\s§+")
# What may stand between an act and what was done to it: its title, then a comma.
_TOLD = re.compile(r"[\s,(]*|\s+(?:về|v/v|quy định|ban hành)\s[^;:.]{1,240}?,\s*(?:đã\s)?")
# "A về một số cơ chế … đã thể chế hóa B": the title has no such verb of its own.
_FINITE = re.compile(r"[^.:]\s(?:đã|vừa|nay)\s+$")
# "Kế hoạch 104 vừa được thành phố ban hành nhằm thực hiện …": by whom is no matter here.
_GIVEN_OUT = re.compile(
    r"\s(?:(?:đã|vừa|mới)\s)?được\s[^,;:.§]{0,40}?(?:ban hành|xây dựng|thông qua)\s(?:nhằm|để)\s"
)
_MARKED = re.compile(r"[§:.,”\"]")
_IN_ORDER_TO = re.compile(r",?\s(?:để|nhằm)\s(?:tập trung\s)?")


def is_unissued(reading: Reading, document: Mark) -> bool:
    """Whether a document is said not to be given out, or not yet: it carries nothing out."""
    for one in reading.governed:
        if one.is_issued() and any(phrase.mark is document for phrase in one.group):
            start = max(0, one.start - _NEARBY)
            return is_blocked(reading.sentence, start, one.start, "document")
    return False


def find_document(
    reading: Reading, one: Governed, row: RelationCue, depth: int = _DEEPEST
) -> Mark | None:
    """The document before a cue whose predicate the cue is; `depth` bounds "… và … và …"."""
    sentence = reading.sentence
    last = _find_last(sentence, one.start)
    if last is None:
        return None
    end = reading.end_of(last)
    if row.inverted and _TOLD.fullmatch(sentence.text[end : one.start]):
        is_apart = sentence.text[end : one.start].lstrip().startswith(",")
        return _find_outer(reading, last, one, is_apart=is_apart) or last.mark
    if any(_GIVEN_OUT.fullmatch(sentence.text[end : cue.start]) for cue, _ in one.governors):
        return last.mark
    acts = any(end <= g[0].start < one.start for g in reading.agents.groups)
    if acts or is_blocked(sentence, end, one.start, "document"):
        return None
    gap = _IN_FORCE.sub(" ", _ASIDE.sub("", sentence.text[end : one.start]))
    gap = _drop_repeat(last.mark, gap)
    own = [o for o in reading.governed if any(p is last for p in o.group)]
    issued = any(other.is_issued() for other in own)
    if own and not issued and _CONJUNCTION.fullmatch(gap):
        return find_document(reading, own[0], row, depth - 1) if depth else None
    if _goes_on(sentence, last, gap):
        return last.mark
    if issued and row.subjects == ("document",) and _RESUMED.fullmatch(gap):
        return last.mark
    if _is_attributive(sentence, gap):
        # "… hướng dẫn Luật A đã sửa đổi B": a finite verb passes over what another cue governs.
        finite = not sentence.lexicon.gaps.finites.isdisjoint(gap.split())
        return None if finite and own and not issued else last.mark
    if "organisation" in row.subjects:
        return last.mark if issued and gap.strip() == "," else None
    is_topic = issued or _is_head(sentence, last)
    return last.mark if is_topic and _reaches(sentence, gap, row) else None


def _find_outer(
    reading: Reading, last: Phrase, changing: Governed, *, is_apart: bool
) -> Mark | None:
    """The document that guides or amends the last one, which is what others change.

    "A quy định chi tiết B, được sửa đổi bởi …" says so of A, and so does "Nghị định A quy định chi
    tiết Luật B được sửa đổi bởi Nghị định C": a comma or the types tell.
    """
    for one in reading.governed:
        if any(phrase is last for phrase in one.group) and not one.is_issued():
            row = one.governors[0][1]
            guides = row.subjects == ("document",)
            outer = find_document(reading, one, row) if guides else None
            is_like = outer and outer.type == changing.group[0].mark.type != last.mark.type
            return outer if is_apart or is_like else None
    return None


def _drop_repeat(document: Mark, gap: str) -> str:
    """The gap without the type's word where it only repeats the document: "A, nghị quyết …"."""
    type_ = load_document_types().get(document.type or "")
    again = next((p for p in type_.phrases if gap.startswith(f", {p} ")), "") if type_ else ""
    return gap[len(again) + 2 :] if again else gap


def _find_last(sentence: Sentence, at: int) -> Phrase | None:
    """The document before an offset that no closed bracket holds."""
    for phrase in reversed(sentence.phrases):
        is_before = phrase.mark.kind == "document" and phrase.end <= at
        if is_before and not _is_aside(sentence, phrase, at):
            return phrase
    return None


def _reaches(sentence: Sentence, gap: str, row: RelationCue) -> bool:
    """Whether a document's predicate may stand so far behind it.

    "A nêu nhiều điểm được thay thế bằng B": the points are replaced, not A.
    """
    if ";" in gap or len(gap) > _REACH:
        return False
    return not row.inverted or holds_only(gap.split(",")[-1], sentence.lexicon.gaps.manners)


def _goes_on(sentence: Sentence, phrase: Phrase, gap: str) -> bool:
    """Whether a participle or an apposition goes on with a document ("…, vốn để thực hiện B")."""
    if sentence.lexicon.participle.fullmatch(gap) or _directs(sentence, gap):
        return True
    # "Luật A, văn bản hướng dẫn Luật B" lists two things; behind an issuer it says what A is.
    is_firm = bool(phrase.issuers) or not gap.startswith(",")
    return is_firm and sentence.lexicon.apposition.fullmatch(gap) is not None


def _directs(sentence: Sentence, gap: str) -> bool:
    """Whether a document is there to direct others: "A để lãnh đạo, chỉ đạo các cấp thực hiện"."""
    opened = _IN_ORDER_TO.match(gap)
    if opened is None or not sentence.lexicon.directing.match(gap, opened.end()):
        return False
    return holds_only(gap[opened.end() :], sentence.lexicon.gaps.delegates)


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
    rest = title.string[title.end() :].lstrip('"“ ')
    if _FINITE.search(rest) and _is_of_one(sentence, rest):
        return True
    *before, last = lexicon.joint.split(rest)
    if holds_only(last, lexicon.gaps.verbs) and (before or not last.strip()):
        return True
    bare = _OF_BODY.sub("", rest)
    return not lexicon.appraise.search(last) and not _MARKED.search(bare)


def _is_of_one(sentence: Sentence, title: str) -> bool:
    """Whether a title with a verb behind it names no body and no other subject."""
    others = map(sentence.lexicon.new_subject.match, title.split(",")[1:])
    return "§" not in _OF_BODY.sub("", title) and not any(others)


def _is_head(sentence: Sentence, phrase: Phrase) -> bool:
    """Whether a document opens its clause."""
    floor = max((m.end for m in sentence.marks if m.end <= phrase.mark.start), default=0)
    before = text_before(sentence, phrase.mark.start, floor)
    return bool(sentence.lexicon.opening.search(before)) and (floor == 0 or bool(before.strip()))


def find_issued(reading: Reading, one: Governed, last: Mark) -> tuple[Mark, ...]:
    """All that is given out for a purpose: "ban hành A và B để thực hiện C"."""
    sentence = reading.sentence
    for other in reading.governed:
        phrase = other.group[-1]
        if other.is_issued() and phrase.mark is last:
            is_purpose = _IN_ORDER_TO.match(sentence.text, reading.end_of(phrase), one.start)
            return tuple(p.mark for p in other.group) if is_purpose else ()
    return ()


def find_heads(sentence: Sentence, last: Mark, *, acts: bool) -> tuple[Mark, ...]:
    """The list at the head of its sentence: "A và B được thay thế bởi C", "A, B hướng dẫn C".

    Those that act so are of one type, or two joined by "và": "Luật A, Nghị định B hướng dẫn …" is
    about two things.
    """
    phrases = [p for p in sentence.phrases if p.mark.start <= last.start]
    found = phrases[-1:]
    for one, other in zip(reversed(phrases[:-1]), reversed(phrases), strict=False):
        if one.mark.kind != other.mark.kind or not is_listed(sentence, one, other):
            break
        found.insert(0, one)
    if len(found) == 1 or (acts and not _act_alike(sentence, found)):
        return ()
    return tuple(p.mark for p in found) if _is_head(sentence, found[0]) else ()


def _act_alike(sentence: Sentence, found: Sequence[Phrase]) -> bool:
    first, *others = found
    joint = sentence.text[first.end : others[0].mark.start].split()
    is_pair = len(others) == 1 and joint[:1] == ["và"]
    return is_pair or all(other.mark.type == first.mark.type for other in others)


def find_list(sentence: Sentence, last: Mark) -> tuple[Mark, ...]:
    """A document with those before it from which it has its type word: they act as one."""
    found = [last]
    phrases = [p for p in sentence.phrases if p.mark.start <= last.start]
    for one, other in zip(reversed(phrases[:-1]), reversed(phrases), strict=False):
        if not (other.mark.shares_type and is_listed(sentence, one, other)):
            break
        found.insert(0, one.mark)
    return tuple(found)
