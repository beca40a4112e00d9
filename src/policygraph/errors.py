"""What can go wrong, each with the place and the remedy.

Every error of policygraph is a `PolicyGraphError`: it names what it is about
(`place`: a file, a line, a row, an offset) and, where there is one, the remedy.
`str(error)` is the one line that the command line prints.
"""

from __future__ import annotations

from pathlib import Path
from typing import Self


class PolicyGraphError(Exception):
    """Base of all errors that policygraph raises on purpose.

    Attributes:
        message: what is wrong, in plain words.
        place: where ("articles/a.txt", "news.jsonl:12"), or None.
        remedy: what the reader can do about it, or None.
    """

    def __init__(
        self, message: str, *, place: str | Path | None = None, remedy: str | None = None
    ) -> None:
        super().__init__(message)
        self.message = message
        self.place = str(place) if place is not None else None
        self.remedy = remedy

    def at(self, place: str | Path) -> Self:
        """The same error, with the place that only the caller knows."""
        self.place = self.place or str(place)
        return self

    def as_json(self) -> dict[str, str | None]:
        return {"place": self.place, "problem": self.message, "remedy": self.remedy}

    def __str__(self) -> str:
        located = f"{self.place}: {self.message}" if self.place else self.message
        return f"{located} ({self.remedy})" if self.remedy else located


class ReadingError(PolicyGraphError):
    """A file or record that cannot be read as an article."""


class BuildError(PolicyGraphError):
    """A build that could read nothing of what was named to it.

    Attributes:
        errors: why not, in the order in which it was met.
    """

    def __init__(self, errors: tuple[ReadingError, ...]) -> None:
        first, more = errors[0], len(errors) - 1
        message = f"{first.message}; and {more} more errors" if more else first.message
        super().__init__(message, place=first.place, remedy=first.remedy)
        self.errors = errors


class EmptyFolderError(ReadingError):
    """A folder that is there, but holds no article: perhaps all of them vanished."""


class GoldError(PolicyGraphError):
    """A gold file that cannot be read, or breaks the rules of its format."""


class DataError(PolicyGraphError):
    """A rule, vocabulary row or registry row that is malformed."""


class GraphError(PolicyGraphError):
    """A graph folder that is missing, of another format, locked, or in the way."""


class GraphHeldError(GraphError):
    """A graph that another process is writing."""


class ReviewError(PolicyGraphError):
    """A decision that cannot be made: about nothing that is there, or against another one.

    Attributes:
        decision: its id, where it was one of several.
    """

    decision: str | None = None


class QueryError(PolicyGraphError):
    """SPARQL that does not parse or cannot be run; `place` is "line:column" where known."""


class ParameterError(PolicyGraphError):
    """A value that an analysis cannot work with; the remedy says which it can."""


class FormatError(QueryError):
    """An answer that cannot be written in any of the formats that are wanted."""


class QueryTimeoutError(PolicyGraphError):
    """A query that took longer than it may, and was ended."""


class QueryLimitError(PolicyGraphError):
    """A query that needed more memory than it may, crashed its process, or answers too much."""


class BusyError(PolicyGraphError):
    """A query that may be asked again: too many were running, or the graph was just rebuilt."""


class UnknownNameError(PolicyGraphError):
    """A name that nothing in the graph bears; the remedy suggests the nearest names.

    Attributes:
        name: as it was given.
    """

    def __init__(self, message: str, *, name: str, remedy: str | None = None) -> None:
        super().__init__(message, remedy=remedy)
        self.name = name


class AmbiguousNameError(PolicyGraphError):
    """A name that several things in the graph bear.

    Attributes:
        name: as it was given.
        candidates: (IRI, label) of each thing that bears it, sorted by IRI.
    """

    def __init__(self, name: str, candidates: tuple[tuple[str, str], ...]) -> None:
        super().__init__(
            f"“{name}” may be any of {len(candidates)} things in this graph",
            remedy="name one by its IRI or its number and date",
        )
        self.name = name
        self.candidates = candidates
