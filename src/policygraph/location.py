"""Where a stretch of an article's text stands in the file that the text was taken from."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence

from policygraph.model import Part
from policygraph.span import Span


def locate(parts: Sequence[Part], span: Span) -> str | None:
    """ "page 3", or "page 3 to page 4" where it goes on there; None in a file without parts."""
    first, last = _find(parts, span.start), _find(parts, span.end - 1)
    return f"{first} to {last}" if first and last and first != last else first or last


def _find(parts: Sequence[Part], offset: int) -> str | None:
    index = bisect_right(parts, offset, key=lambda part: part.span.start) - 1
    return parts[index].location if index >= 0 and offset < parts[index].span.end else None
