"""Where something stands in a text."""

from __future__ import annotations

from typing import NamedTuple


class _Range(NamedTuple):
    start: int
    end: int


class Span(_Range):
    """A half-open range [start, end) of code points; never empty, never negative.

    A tuple, since spans are compared, sorted and looked up by the thousand.
    """

    __slots__ = ()

    def __new__(cls, start: int, end: int) -> Span:
        if not 0 <= start < end:
            raise ValueError(f"not a span: {start}..{end}")
        return tuple.__new__(cls, (start, end))

    def contains(self, other: Span) -> bool:
        return self.start <= other.start and other.end <= self.end

    def overlaps(self, other: Span) -> bool:
        return self.start < other.end and other.start < self.end
