"""The dates that tables, feeds and pages give in a field of their own.

ISO 8601; figures with the day or the year first; months in letters, Vietnamese or English, as mail
and feeds (RFC 5322) write them; and, where a field is known to hold a time, seconds since 1970.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from functools import cache

from policygraph.lexicon import Row, load_rows
from policygraph.resources import data_file

_LONGEST = 200  # code points: what is longer is no date, whatever it holds
_FIGURES = (
    r"(?<!\d)(?P<d>\d{1,2})([/.-])(?P<m>\d{1,2})\2(?P<y>(?:19|20)\d\d)(?!\d)",
    r"(?<!\d)(?P<y>(?:19|20)\d\d)([/.-])(?P<m>\d{1,2})\2(?P<d>\d{1,2})(?!\d)",
)
# A day, a month in letters or behind “tháng”, and a year, in either order of day and month.
_LETTERS = (
    r"(?<!\d)(?P<d>\d{{1,2}})(?:st|nd|rd|th)?[ -](?:{month})(?:[.,]| năm)?[ -]"
    r"(?P<y>(?:19|20)\d\d)(?!\d)",
    r"\b(?:{month})\.? (?P<d>\d{{1,2}})(?:st|nd|rd|th)?,? (?P<y>(?:19|20)\d\d)(?!\d)",
)
_SINCE_1970 = re.compile(r"(?P<seconds>[1-9]\d{8,9})(?:\.\d+)?|(?P<millis>[1-9]\d{11,12})")
_EARLIEST, _LATEST = 631_152_000, 4_102_444_800  # 1990 and 2100: other numbers are no times
_HANOI = timedelta(hours=7)


@dataclass(frozen=True, slots=True, kw_only=True)
class MonthRow(Row):
    """A month in letters; the id is its number."""

    english: tuple[str, ...]
    vietnamese: tuple[str, ...]


@cache
def load_months() -> tuple[MonthRow, ...]:
    """The rows of data/vocab/months.toml."""
    return load_rows(data_file("vocab", "months.toml"), MonthRow)


def read_date(value: str) -> str | None:
    """A date in figures as ISO 8601: of ISO 8601, or with the day first ("25/7/2013 08:30").

    The day is the one that is written, in whatever time zone. None where there is none, an
    impossible one, or several ("1/2/2013 - 3/4/2014").
    """
    return _read(value, _figures())


def read_time(value: str) -> str | None:
    """The day of a field that is known to hold a date or time, also in letters, or as a count.

    A count is one of seconds or milliseconds since 1970, and its day that of Vietnam (UTC+7).
    """
    found = _SINCE_1970.fullmatch(value.strip()[:_LONGEST])
    if found is None:
        return _read(value, (*_figures(), *_letters()))
    seconds = int(found["seconds"] or found["millis"][:-3])
    if not _EARLIEST <= seconds < _LATEST:
        return None
    return (datetime.fromtimestamp(seconds, UTC) + _HANOI).date().isoformat()


def _read(value: str, patterns: Iterable[re.Pattern[str]]) -> str | None:
    if len(value) > _LONGEST:
        return None
    try:
        return datetime.fromisoformat(value.strip()).date().isoformat()
    except ValueError:
        pass  # not ISO 8601: perhaps another form
    written = " ".join(unicodedata.normalize("NFC", value).lower().split())
    days = {_make_day(found) for pattern in patterns for found in pattern.finditer(written)}
    return days.pop() if len(days) == 1 else None


def _make_day(found: re.Match[str]) -> str | None:
    named = found.groupdict()
    month: str = named.get("m") or named.get("english") or named["vietnamese"]
    month = _months().get(month, month)
    try:
        return date(int(named["y"]), int(month), int(named["d"])).isoformat()
    except ValueError:
        return None  # the 31st of February


@cache
def _months() -> Mapping[str, str]:
    return {name: row.id for row in load_months() for name in (*row.english, *row.vietnamese)}


@cache
def _figures() -> tuple[re.Pattern[str], ...]:
    return tuple(map(re.compile, _FIGURES))


@cache
def _letters() -> tuple[re.Pattern[str], ...]:
    rows = load_months()
    english = _join(name for row in rows for name in row.english)
    vietnamese = _join(name for row in rows for name in row.vietnamese)
    month = rf"(?P<english>{english})|(?:tháng|thg) (?P<vietnamese>{vietnamese}|\d{{1,2}})"
    return tuple(re.compile(pattern.format(month=month)) for pattern in _LETTERS)


def _join(names: Iterable[str]) -> str:
    return "|".join(sorted(names, key=len, reverse=True))  # "mười một" before "mười"
