"""A trace as a page: the picture by level and year, then every step with its sentences."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from typing import Any

from policygraph.graph.ending import Ending
from policygraph.graph.relation import name_predicates
from policygraph.graph.trace import Direction, Step, Trace
from policygraph.view.lanes import draw_chart, vietnamese_words
from policygraph.view.sheet import render_sheet, write_day
from policygraph.view.style import edge_colour

_HEADINGS: Mapping[Direction, str] = {
    "later": "Được thực hiện, hướng dẫn, sửa đổi, thay thế, tổng kết thế nào",
    "earlier": "Thực hiện, căn cứ vào những gì",
}
_ENDED = {"replaces": ("Đã được thay thế", "bằng"), "repeals": ("Đã bị bãi bỏ", "bởi")}


def draw_trace(trace: Trace) -> str:
    """The page of `policygraph.view.render_trace`."""
    labels = name_predicates()
    anchors = find_anchors(trace)
    return render_sheet(
        "trace.html",
        title=trace.target.label,
        subtitle=_describe(trace),
        endings=[_tell_ending(each) for each in trace.endings.get(trace.target.iri, ())],
        steps=trace.steps,
        is_fiction=any(said.is_fiction for step in trace.steps for said in step.evidence),
        chart=draw_chart(trace, vietnamese_words(labels), anchors),
        legend=list(_list_legend(trace, labels)),
        parts=list(_list_parts(trace, labels)),
    )


def find_anchors(trace: Trace) -> dict[str, str]:
    """Where the page first tells of each thing."""
    anchors: dict[str, str] = {}
    for number, step in enumerate(trace.steps, 1):
        for node in (step.far, step.near):
            anchors.setdefault(node.iri, f"step-{number}")
    return anchors


def _describe(trace: Trace) -> str:
    target, until = trace.target, trace.as_of
    as_of = f"tính đến {write_day(until)}" if until else None
    told = (target.title, target.issuer, write_day(target.date), as_of)
    return " · ".join(filter(None, told))


def _tell_ending(ending: Ending) -> str:
    ended, by = _ENDED[ending.predicate]
    parts = f" một phần ({', '.join(ending.provisions)})" if ending.provisions else ""
    return " ".join(filter(None, (ended + parts, by, ending.by.label, write_day(ending.by.date))))


def _list_legend(trace: Trace, labels: Mapping[str, str]) -> Iterator[dict[str, Any]]:
    counts = Counter(step.predicate for step in trace.steps)
    for predicate, count in sorted(counts.items(), key=lambda pair: (-pair[1], pair[0])):
        yield {"name": labels[predicate], "count": count, "colour": edge_colour(predicate)}


def _list_parts(trace: Trace, labels: Mapping[str, str]) -> Iterator[dict[str, Any]]:
    numbered = list(enumerate(trace.steps, 1))
    for direction, heading in _HEADINGS.items():
        steps = [_tell_step(n, s, labels) for n, s in numbered if s.direction == direction]
        if steps:
            yield {"id": direction, "heading": heading, "steps": steps}


def _tell_step(number: int, step: Step, labels: Mapping[str, str]) -> dict[str, Any]:
    return {
        "anchor": f"step-{number}",
        "subject": step.subject.label,
        "predicate": labels[step.predicate],
        "object": step.object.label,
        "evidence": step.evidence,
    }
