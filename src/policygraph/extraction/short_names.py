"""Short names that a text gives to bodies: "(sau đây gọi là Ban Chỉ đạo)", "(VFF)"."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from policygraph.extraction.acting_names import find_acting
from policygraph.extraction.name_parts import Name
from policygraph.extraction.organisation_grammar import Head, HeadForm, load_grammar
from policygraph.text import UPPER, FoldedText

_BRACKET = re.compile(
    r" ?\((?:(?:sau đây |dưới đây )?(?:viết|gọi)(?: tắt| chung)?(?: là)?:? )?"
    r"[\"“]?([^()\"“”,;]{2,40})[\"”]?\)"
)
_CALLED = re.compile(r"\((?:sau đây |dưới đây )?gọi (?:tắt |chung )?là:? [\"“]?([^()\"“”]{2,40})")
_ABBREVIATION = re.compile(r"(?=[^a-zà-ỹđ]*[A-ZĐ][^A-ZĐ]*[A-ZĐ])[A-ZĐ][\w&.-]{1,11}$")
_CODE_LAST = re.compile(r" ([A-ZĐ]{1,8}\d{1,2})$")
_UNIT = re.compile(r"[A-ZĐ]\d{2}$")
_NO_ABBREVIATION = re.compile(r"[IVXLC]+$|TP|T\.P|Q\.|\w*\d{3,}")
# In a line of its own, or in the right column beside the recipients.
_SIGNING = re.compile(
    rf"(?m)(?:^\W{{0,4}}|(?:(?<=[\t|])|(?<= {{4}}))[ *]{{0,4}})"
    rf"(?:TM|T/M|T\.M)\.? ([{UPPER}]+(?: [{UPPER}]+){{1,8}})(?:\W{{0,4}}$|[ *]{{0,4}}\|)"
)
_SIGNED = ("TM", "T/M", "T.M")  # one of which _SIGNING needs
_LETTERHEAD = 300
_REACH = 200


@dataclass(frozen=True, slots=True)
class ShortName:
    """A short name standing at folded offsets [start, end), and the name that it stands for."""

    start: int
    end: int
    name: Name


def find_short_names(folded: FoldedText, names: Sequence[Name]) -> list[ShortName]:
    """The short names that the text defines, wherever they stand from their definition on.

    A name that the text also writes all in lower case, or all in capitals, is one of them.
    """
    defined: dict[str, tuple[int, Name]] = {}
    for find in (_bracketed, _called, _known, _signing, _coded):
        for written, at, name in find(folded, names):
            defined.setdefault(written, (at, name))
    for name in names:
        lower = folded.lower[name.start : name.end]
        is_telling = " " in name.form.written or lower.count(" ") > 3
        if name.is_proper and is_telling and lower.count(" ") > 1:
            defined.setdefault(lower, (0, name))
            defined.setdefault(folded.text[name.start : name.end].upper(), (0, name))
    shorts = [
        ShortName(start, start + len(written), name)
        for written, (at, name) in defined.items()
        for start in _occurrences(folded.text, written, at)
    ]
    return [*shorts, *(ShortName(*found) for found in find_acting(folded, load_grammar(), names))]


def _bracketed(folded: FoldedText, names: Sequence[Name]) -> Iterator[tuple[str, int, Name]]:
    for name in names:
        if not folded.text.startswith(("(", " ("), name.end):
            continue
        found = _BRACKET.match(folded.text, name.end)
        if found and _may_abbreviate(found[1], name, folded):
            yield found[1], found.start(1), name


def _known(folded: FoldedText, names: Sequence[Name]) -> Iterator[tuple[str, int, Name]]:
    """The bare head of the only body of its kind: "Ban Chỉ đạo", once one has been named."""
    bodies: dict[str, Name] = {}
    bases: dict[str, set[str]] = {}
    for name in names:
        if name.head.alone == "known" and name.is_capital:
            bodies.setdefault(name.head.id, name)
            bases.setdefault(name.head.id, set()).add(name.base.lower())
    for head, name in bodies.items():
        if len(bases[head]) == 1:
            written = folded.text[name.start : name.start + len(name.form.written)]
            for form in {written: None, name.form.written: None}:
                yield form, 0, name


def _coded(folded: FoldedText, names: Sequence[Name]) -> Iterator[tuple[str, int, Name]]:
    """The code of a unit that a name ends in: "Cục V03"; of another, behind an organ of it."""
    for name in names:
        if not folded.text[name.end - 1].isdigit():
            continue
        code = _CODE_LAST.search(folded.text[name.start : name.end])
        if code and len(code[1]) > 2:
            yield code[1], 0, name if name.head.fields in _UNITS else _unit(name, code[1])


_UNITS = ("cuc", "phong")  # the fields of heads that may be left out before a unit's code


def _unit(organ: Name, code: str) -> Name:
    head = Head(id=organ.head.id, source=organ.head.source, name=code, forms=(code,), alone="yes")
    form = HeadForm(head, code, code, True, (), None, None, None, None, False)
    return organ._replace(form=form, base=code, owner=None, scope=None)


def _signing(folded: FoldedText, names: Sequence[Name]) -> Iterator[tuple[str, int, Name]]:
    """The body that a document is signed for, its name cut short: "TM. ỦY BAN NHÂN DÂN".

    Of several the one that belongs to a body of the letterhead.
    """
    if not any(lead in folded.text for lead in _SIGNED):
        return
    above = {name.head.id for name in names if name.start < _LETTERHEAD}
    for found in _SIGNING.finditer(folded.text):
        words = folded.lower[found.start(1) : found.end(1)] + " "
        fitting = [n for n in names if folded.lower.startswith(words, n.start, n.end)]
        own = [n for n in fitting if n.owner and n.owner.head.id in above]
        for name in (own or fitting)[:1]:
            yield found[1], found.start(1), name


def _may_abbreviate(written: str, name: Name, folded: FoldedText) -> bool:
    if _ABBREVIATION.match(written) or _UNIT.match(written):
        return not (_NO_ABBREVIATION.match(written) or _is_field(written, name))
    full = folded.lower[name.start : name.end]
    return _begins_like(written, full) and len(written) < len(full) and written[0].isupper()


def _is_field(written: str, name: Name) -> bool:
    """Whether a bracket gives the field of a body alone: "Bộ Giáo dục và Đào tạo (GDĐT)"."""
    fields = load_grammar().fields.get(name.head.fields)
    return fields is not None and fields.pattern.fullmatch(written.lower()) is not None


def _begins_like(written: str, full: str) -> bool:
    return written.lower().split()[:1] == full.split()[:1]


def _called(folded: FoldedText, names: Sequence[Name]) -> Iterator[tuple[str, int, Name]]:
    if "gọi" not in folded.lower:
        return
    starts = [name.start for name in names]
    for found in _CALLED.finditer(folded.text):
        written = found[1].strip()
        before = names[: bisect_right(starts, found.start())]
        for name in reversed(before):
            if name.start < found.start() - _REACH:
                break
            if _begins_like(written, folded.lower[name.start : name.end]):
                yield written, found.start(1), name
                break


def _occurrences(text: str, written: str, start: int) -> Iterator[int]:
    joined = "/-" if written[-1].isdigit() else ""  # "05/V03-P2" is the number of a document
    while (start := text.find(written, start)) >= 0:
        end = start + len(written)
        before, after = text[start - 1 : start], text[end : end + 1]
        is_part = before.isalnum() or after.isalnum()
        if not (is_part or (joined and (before in joined or after in joined) and before and after)):
            yield start
        start = end
