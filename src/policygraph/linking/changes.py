"""Renamings and mergers: on one day several bodies may give way to one."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator

from policygraph.linking.lives import day_after
from policygraph.model import Change, Organisation


def label_organisation(body: Organisation) -> str:
    """What people call a body; one that shares its name with another, with its time.

    "Tỉnh ủy Quảng Trị (đến 30/6/2025)", "Tỉnh ủy Quảng Trị (từ 1/7/2025)".
    """
    if not body.shares_name:
        return body.label
    ends = (("từ", body.valid_from), ("đến", body.valid_to))
    life = " ".join(f"{word} {_write_day(day)}" for word, day in ends if day is not None)
    return f"{body.label} ({life})"


def _write_day(day: str) -> str:
    """An ISO 8601 day, or year, as it is written in Vietnamese."""
    return "/".join(part.lstrip("0") for part in reversed(day.split("-")))


def gives_way(body: Organisation) -> bool:
    """Whether another body took its place; none did for the bodies of districts."""
    return body.valid_to is not None and body.successor is not None


def list_changes(result: Organisation, originals: Iterable[Organisation]) -> Iterator[Change]:
    """The changes by which bodies gave way to one, by day, each with all its originals.

    None gave way to one that had ended before: a reviewer may have merged what followed into that.
    """
    by_day: dict[str, list[Organisation]] = defaultdict(list)
    for body in originals:
        day, last = _first_day(body.valid_to or ""), result.valid_to
        if last is None or day[: len(last)] <= last[: len(day)]:
            by_day[day].append(body)
    for day, bodies in sorted(by_day.items()):
        ranked = sorted(bodies, key=lambda body: body.id)
        before = ", ".join(map(label_organisation, ranked))
        label = f"{before} → {label_organisation(result)}"
        yield Change(day, result.id, tuple(body.id for body in ranked), label)


def _first_day(last: str) -> str:
    """The day after a last one; of a year alone the year itself."""
    return day_after(last) if "-" in last else last
