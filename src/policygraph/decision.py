"""What reviewers decide: that a reference stands for a thing or does not, that two things are one,
that one is two, which date is right, and that a decision is withdrawn.

A decision is a value. It points at a reference by the words of one of its mentions, since
references are numbered anew when their article changes.
"""

from __future__ import annotations

import hashlib
import json
import re
import unicodedata
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from datetime import UTC, date, datetime
from typing import Any, ClassVar, Literal, get_args

from policygraph.errors import ReviewError
from policygraph.span import Span

#: What may tell two documents of one number apart.
DistinctionProperty = Literal["date", "year", "term", "place"]

_DIGITS = 12  # of the digest: of a million decisions none share them


@dataclass(frozen=True, slots=True, order=True)
class Anchor:
    """Words of an article by which one of its references is found again.

    Attributes:
        article: its id.
        span: where the words stood, in code points.
        exact: the words; `prefix` and `suffix` what stood around them.
    """

    article: str
    span: Span
    exact: str
    prefix: str = ""
    suffix: str = ""


@dataclass(frozen=True, slots=True)
class Accept:
    """The reference stands for the thing of this id."""

    kind: ClassVar[str] = "accept"

    reference: Anchor
    thing: str


@dataclass(frozen=True, slots=True)
class Reject:
    """The reference does not stand for the thing of this id."""

    kind: ClassVar[str] = "reject"

    reference: Anchor
    thing: str


@dataclass(frozen=True, slots=True)
class Merge:
    """The thing is the same as another: what stands for it stands for `into`."""

    kind: ClassVar[str] = "merge"

    thing: str
    into: str


@dataclass(frozen=True, slots=True)
class Distinction:
    """What tells a document from another of its number: a date, year, congress term or place."""

    property: DistinctionProperty
    value: str


@dataclass(frozen=True, slots=True)
class Split:
    """References of a thing stand for another, `into`, whose id follows from the fact."""

    kind: ClassVar[str] = "split"

    references: tuple[Anchor, ...]
    thing: str
    by: Distinction
    into: str


@dataclass(frozen=True, slots=True)
class CorrectDate:
    """The document was signed or issued on this day, ISO 8601, whatever else is said."""

    kind: ClassVar[str] = "date"

    thing: str
    date: str


@dataclass(frozen=True, slots=True)
class Withdraw:
    """The decision of this id counts no longer."""

    kind: ClassVar[str] = "withdraw"

    decision: str


Act = Accept | Reject | Merge | Split | CorrectDate | Withdraw


@dataclass(frozen=True, slots=True)
class ReviewDecision:
    """Who decided what, and when.

    Attributes:
        id: made of the time, the kind and a digest of all the rest: the same decision has the same
            id on every machine.
        time: ISO 8601 in UTC ("2026-11-28T10:15:00Z").
    """

    id: str
    act: Act
    author: str
    time: str
    note: str | None = None

    @property
    def order(self) -> tuple[datetime, str]:
        """The later decision wins; of two of one moment that of the greater id."""
        return datetime.fromisoformat(self.time), self.id


def make_decision(act: Act, *, author: str, time: str, note: str | None = None) -> ReviewDecision:
    """A decision, signed.

    Args:
        author: who decided, in any words, of up to 100 characters; `note` of up to 500.
        time: when, ISO 8601 with a time zone; kept in UTC.

    Raises:
        ReviewError: no author, no such time or date, a text that is too long, holds invisible
            characters, or cannot be written.
    """
    author = _read_words("author", author, _MOST_AUTHOR)
    note = _read_words("note", note or "", _MOST_NOTE) or None
    if not author:
        raise ReviewError("a decision has an author", remedy="say who decides")
    _check_act(act)
    unsigned = ReviewDecision("", act, author, _read_time(time), note)
    return ReviewDecision(_make_id(unsigned), act, author, unsigned.time, note)


_MOST_AUTHOR = 100  # characters
_MOST_NOTE = 500


def _read_words(name: str, written: str, most: int) -> str:
    """A text on one line; raises ReviewError where others could not read it as it is."""
    words = " ".join(written.split())
    if len(words) > most:
        message = f"the {name} has {len(words)} characters"
        raise ReviewError(message, remedy=f"say it in {most} at most")
    for each in words:
        if unicodedata.category(each) in ("Cc", "Cf"):  # controls; invisible, or turning the text
            message = f"the {name} holds the invisible character U+{ord(each):04X}"
            raise ReviewError(message, remedy="leave it out, or type the text anew")
    return words


def list_anchors(act: Act) -> tuple[Anchor, ...]:
    """The references that a decision is about, none where it is about things."""
    match act:
        case Accept() | Reject():
            return (act.reference,)
        case Split():
            return act.references
    return ()


def _make_id(unsigned: ReviewDecision) -> str:
    record = as_record(unsigned)
    written = json.dumps(record, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    try:
        digest = hashlib.sha256(written.encode()).hexdigest()[:_DIGITS]
    except UnicodeEncodeError as error:
        message = f"holds what no text can hold: {error.reason}"
        raise ReviewError(message, remedy="leave out “\\ud800” and the like") from error
    return f"{unsigned.time}-{unsigned.act.kind}-{digest}"


def _read_time(written: str) -> str:
    try:
        time = datetime.fromisoformat(written)
        if time.tzinfo is None:
            raise ValueError("its zone is missing")
        plain = time.astimezone(UTC).replace(tzinfo=None).isoformat()
    except (ValueError, OverflowError) as error:
        message = f"“{written}” is no time with its time zone"
        raise ReviewError(message, remedy="write it like 2026-11-28T10:15:00Z") from error
    return (plain.rstrip("0") if "." in plain else plain) + "Z"


# As linking makes them: a document has at least three parts behind its kind.
_THING = re.compile(r"document(/[^/\s]+){3,}|(organisation|campaign)(/[^/\s]+)+")


def _check_act(act: Act) -> None:
    """Raises ReviewError where a decision names what is no thing, or things that cannot be one."""
    things = [thing for name in ("thing", "into") if (thing := getattr(act, name, None))]
    for thing in things:
        if not _THING.fullmatch(thing):
            message = f"“{thing}” is no id of a thing"
            raise ReviewError(message, remedy="write it like document/dang/tw/xi/nq/25")
    if isinstance(act, CorrectDate | Split) and not act.thing.startswith("document/"):
        raise ReviewError(f"{act.thing} is no document", remedy="name a document")
    if len({thing.split("/")[0] for thing in things}) > 1:
        message = f"{' and '.join(things)} are of two kinds, and cannot be one"
        raise ReviewError(message, remedy="name two things of one kind")
    if len(things) > len(set(things)):
        raise ReviewError(f"{things[0]} is itself already", remedy="name two things")
    if isinstance(act, CorrectDate):
        _check_day(act.date)


def _check_day(written: str) -> None:
    try:
        is_day = date.fromisoformat(written).isoformat() == written
    except ValueError:
        is_day = False
    if not is_day:
        raise ReviewError(f"“{written}” is no day", remedy="write it like 2013-07-25")


def as_record(decision: ReviewDecision) -> dict[str, Any]:
    """A decision as a JSON object: `kind`, `author`, `time`, and what it is about.

    Things, articles and decisions stand there by id, references as `{"article", "start", "end",
    "exact", "prefix", "suffix"}`; `id` and `note` are left out where there is none.
    """
    signed = {"author": decision.author, "time": decision.time, "note": decision.note}
    record = {"id": decision.id or None, "kind": decision.act.kind, **signed}
    known = {name: value for name, value in record.items() if value is not None}
    return known | dict(_take_apart(decision.act))


def _take_apart(act: Act) -> Iterator[tuple[str, Any]]:
    if anchors := list_anchors(act):
        yield "references", [_take_anchor(anchor) for anchor in anchors]
    for name in ("thing", "into", "date", "decision"):
        if hasattr(act, name):
            yield name, getattr(act, name)
    if isinstance(act, Split):
        yield "by", asdict(act.by)


def _take_anchor(anchor: Anchor) -> dict[str, Any]:
    span = {"start": anchor.span.start, "end": anchor.span.end}
    words = {"exact": anchor.exact, "prefix": anchor.prefix, "suffix": anchor.suffix}
    return {"article": anchor.article, **span, **words}


def read_record(record: object) -> ReviewDecision:
    """The decision of a record, as `as_record` makes it; raises ReviewError where it is none."""
    if not isinstance(record, dict):
        raise ReviewError("is no JSON object", remedy=_AS_EXPORTED)
    fields = _Fields(record)
    note = fields.text("note") if record.get("note") is not None else None
    decision = make_decision(
        _read_act(fields), author=fields.text("author"), time=fields.text("time"), note=note
    )
    if record.get("id") not in (None, decision.id):
        message = f"its id is not that of what it says, {decision.id}"
        raise ReviewError(message, remedy="restore the line, or leave its id out")
    return decision


_AS_EXPORTED = "write it as “policygraph review export” does"


@dataclass(frozen=True, slots=True)
class _Fields:
    """The members of a JSON object; each raises ReviewError where it is not what it should be."""

    record: dict[str, Any]

    def text(self, name: str) -> str:
        value = self.record.get(name)
        if not isinstance(value, str) or not value.strip():
            raise ReviewError(f"“{name}” is no text", remedy=_AS_EXPORTED)
        return value

    def around(self, name: str) -> str:
        value = self.record.get(name, "")
        if not isinstance(value, str):
            raise ReviewError(f"“{name}” is no text", remedy=_AS_EXPORTED)
        return value

    def objects(self, name: str) -> list[_Fields]:
        values = self.record.get(name)
        if not isinstance(values, list) or not values:
            raise ReviewError(f"“{name}” is no list with something in it", remedy=_AS_EXPORTED)
        if not all(isinstance(value, dict) for value in values):
            raise ReviewError(f"“{name}” is no list of JSON objects", remedy=_AS_EXPORTED)
        return [_Fields(value) for value in values]

    def span(self) -> Span:
        bounds = [self.record.get("start"), self.record.get("end")]
        start, end = (each if type(each) is int else -1 for each in bounds)
        if not 0 <= start < end:
            message = f"“start” and “end” are {bounds[0]} and {bounds[1]}, no stretch of a text"
            raise ReviewError(message, remedy=_AS_EXPORTED)
        return Span(start, end)

    def anchors(self) -> tuple[Anchor, ...]:
        return tuple(
            Anchor(
                each.text("article"),
                each.span(),
                each.text("exact"),
                each.around("prefix"),
                each.around("suffix"),
            )
            for each in self.objects("references")
        )

    def anchor(self) -> Anchor:
        first, *more = self.anchors()
        if more:
            raise ReviewError("“references” are several, where one is meant", remedy=_AS_EXPORTED)
        return first

    def fact(self) -> Distinction:
        by = self.record.get("by")
        if not isinstance(by, dict) or by.get("property") not in get_args(DistinctionProperty):
            message = f"“by” names none of {', '.join(get_args(DistinctionProperty))}"
            raise ReviewError(message, remedy=_AS_EXPORTED)
        return Distinction(by["property"], _Fields(by).text("value"))


def _read_act(fields: _Fields) -> Act:
    match fields.record.get("kind"):
        case "accept":
            return Accept(fields.anchor(), fields.text("thing"))
        case "reject":
            return Reject(fields.anchor(), fields.text("thing"))
        case "merge":
            return Merge(fields.text("thing"), fields.text("into"))
        case "split":
            into = fields.text("into")
            return Split(fields.anchors(), fields.text("thing"), fields.fact(), into)
        case "date":
            return CorrectDate(fields.text("thing"), fields.text("date"))
        case "withdraw":
            return Withdraw(fields.text("decision"))
    message = f"“kind” is {json.dumps(fields.record.get('kind'), ensure_ascii=False)}"
    kinds = ", ".join(each.kind for each in get_args(Act))
    raise ReviewError(message, remedy=f"it is one of {kinds}")
