"""A coverage as a page: a heat map, and behind each cell the documents and sentences seen."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from typing import Any

from policygraph.graph.coverage import Cell, Coverage, Said, Status
from policygraph.graph.thing import Node
from policygraph.view.sheet import render_sheet, write_day

_HEADS = {"province": "Tỉnh, thành phố", "ministry": "Bộ, ngành", "level": "Cấp"}
_STATUSES: Mapping[Status, str] = {
    "issued": "đã ban hành văn bản thực hiện",
    "below": "chỉ thấy văn bản của cấp dưới",
    "said": "chỉ được nói là thực hiện",
    "reviewed": "chỉ thấy sơ kết, tổng kết",
    "nothing": "không thấy nói trong các bài này",
}
_SHORT: Mapping[Status, str] = {"said": "được nói là thực hiện", "reviewed": "sơ kết, tổng kết"}


def draw_coverage(found: Coverage) -> str:
    """The page of `policygraph.view.render_coverage`."""
    names = ", ".join(document.label for document in found.documents)
    return render_sheet(
        "coverage.html",
        title=f"Ai thực hiện {names}",
        subtitle=_describe(found),
        is_fiction=any(_list_fiction(found)),
        head=_HEADS[found.by],
        columns=[_name(document) for document in found.documents],
        legend=list(_list_legend(found)),
        rows=[
            {"label": row.label, "is_known": row.is_known, "cells": [*_tell_cells(found, number)]}
            for number, row in enumerate(found.rows)
        ],
        parts=list(_list_parts(found)),
    )


def _list_fiction(found: Coverage) -> Iterator[bool]:
    for row in found.rows:
        for cell in row.cells:
            yield from (quote.is_fiction for said in cell.seen for quote in said.evidence)


def _describe(found: Coverage) -> str:
    until = f"tính đến {write_day(found.as_of)}; " if found.as_of else ""
    return f"{until}thấy trong {found.articles} bài; không thấy nói không có nghĩa là chưa làm"


def _name(node: Node) -> str:
    return " ".join(filter(None, (node.label, write_day(node.date))))


def _list_legend(found: Coverage) -> Iterator[dict[str, Any]]:
    counts = Counter(cell.status for row in found.rows for cell in row.cells)
    for status, name in _STATUSES.items():
        yield {"status": status, "name": name, "count": counts[status]}


def _tell_cells(found: Coverage, number: int) -> Iterator[dict[str, Any]]:
    for column, cell in enumerate(found.rows[number].cells):
        anchor = f"cell-{number}-{column}" if cell.seen else None
        yield {"status": cell.status, "anchor": anchor, "text": _tell(cell)}


def _tell(cell: Cell) -> str:
    if cell.documents:
        return " · ".join(filter(None, (f"{len(cell.documents)} văn bản", write_day(cell.first))))
    return _SHORT.get(cell.status, "–")


def _list_parts(found: Coverage) -> Iterator[dict[str, Any]]:
    for number, row in enumerate(found.rows):
        for column, cell in enumerate(row.cells):
            if cell.seen:
                heading = f"{row.label}: {found.documents[column].label}"
                seen = [_tell_said(said) for said in cell.seen]
                yield {"anchor": f"cell-{number}-{column}", "heading": heading, "seen": seen}


def _tell_said(said: Said) -> dict[str, Any]:
    review = "sơ kết, tổng kết" if said.is_review else None
    told = (said.thing.label, write_day(said.thing.date), said.thing.issuer, review)
    return {"label": " · ".join(filter(None, told)), "evidence": said.evidence}
