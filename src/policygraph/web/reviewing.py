"""Takes the decisions of reviewers out of forms, and puts them into the graph."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import cast, get_args
from urllib.parse import parse_qsl

from starlette.requests import Request

from policygraph.deciding import ReviewReport
from policygraph.decision import DistinctionProperty
from policygraph.reviewing import Reviewer, review
from policygraph.web.query import AddressError

_MOST_BODY = 64 * 2**10  # bytes of a form
_MOST_FIELDS = 1_000
_MOST_PLACES = 200

Form = Mapping[str, list[str]]


async def read_form(request: Request) -> Form:
    """The fields of a form that was sent.

    Raises:
        AddressError: it is no form, too long for one, or has too many fields.
    """
    media_type = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    if media_type != "application/x-www-form-urlencoded":
        raise AddressError("decisions are sent as a form")
    body = b""
    async for piece in request.stream():
        body += piece
        if len(body) > _MOST_BODY:
            raise AddressError("the form is too long")
    return _read_fields(body.decode("utf-8", "replace"))


def _read_fields(body: str) -> Form:
    try:
        fields = parse_qsl(body, max_num_fields=_MOST_FIELDS)
    except ValueError as error:
        raise AddressError(f"the form cannot be read: {error}") from error
    values: dict[str, list[str]] = {}
    for name, value in fields:
        values.setdefault(name, []).append(value.strip())
    return values


def decide_form(folder: Path, form: Form) -> ReviewReport:
    """Decides what a form says; raises as the methods of `Reviewer` do, and AddressError."""
    kind = read_field(form, "kind")
    act = _ACTS.get(kind)
    if act is None:
        raise AddressError(f"“{kind}” is nothing to decide", place="kind")
    signed = _Signed(
        review(folder, author=read_field(form, "author")),
        datetime.now(UTC).isoformat(timespec="milliseconds"),
        next((value for value in form.get("note", ()) if value), None),
    )
    return act(signed, form)


def read_field(form: Form, name: str) -> str:
    """The last value of a field; raises AddressError where there is none."""
    found = [value for value in form.get(name, ()) if value]
    if not found:
        raise AddressError(f"“{name}” is missing", place=name)
    return found[-1]


@dataclass(frozen=True, slots=True)
class _Signed:
    """A reviewer, at the time of a decision, with a reason."""

    by: Reviewer
    time: str
    note: str | None


def _accept(signed: _Signed, form: Form) -> ReviewReport:
    place, name = _read_place(read_field(form, "place")), read_field(form, "name")
    return signed.by.accept(*place, name, time=signed.time, note=signed.note)


def _reject(signed: _Signed, form: Form) -> ReviewReport:
    place, name = _read_place(read_field(form, "place")), read_field(form, "name")
    return signed.by.reject(*place, name, time=signed.time, note=signed.note)


def _merge(signed: _Signed, form: Form) -> ReviewReport:
    name, into = read_field(form, "name"), read_field(form, "into")
    return signed.by.merge(name, into, time=signed.time, note=signed.note)


def _split(signed: _Signed, form: Form) -> ReviewReport:
    places = [_read_place(each) for each in form.get("place", [])[:_MOST_PLACES] if each]
    if not places:
        raise AddressError("“place” is missing", place="place")
    property_, value = read_field(form, "property"), read_field(form, "value")
    if property_ not in get_args(DistinctionProperty):
        raise AddressError(f"“{property_}” tells no documents apart", place="property")
    chosen = cast(DistinctionProperty, property_)
    return signed.by.split(places, chosen, value, time=signed.time, note=signed.note)


def _correct_date(signed: _Signed, form: Form) -> ReviewReport:
    name, day = read_field(form, "name"), read_field(form, "date")
    return signed.by.correct_date(name, day, time=signed.time, note=signed.note)


def _undo(signed: _Signed, form: Form) -> ReviewReport:
    return signed.by.undo(read_field(form, "decision"), time=signed.time, note=signed.note)


_ACTS: Mapping[str, Callable[[_Signed, Form], ReviewReport]] = {
    "accept": _accept,
    "reject": _reject,
    "merge": _merge,
    "split": _split,
    "date": _correct_date,
    "undo": _undo,
}


def _read_place(written: str) -> tuple[str, int]:
    """An article's id and an offset, out of "ARTICLE:OFFSET"."""
    article, _, offset = written.rpartition(":")
    if not article or not offset.isdecimal() or len(offset) > 9:
        raise AddressError(f"“{written}” is no place such as “article:120”", place="place")
    return article, int(offset)
