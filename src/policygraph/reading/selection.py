"""What of the files under a path is read, and which column of a table is the text."""

from __future__ import annotations

from dataclasses import dataclass
from fnmatch import fnmatchcase


@dataclass(frozen=True, slots=True)
class Selection:
    """The choices that whoever names a path makes.

    Patterns are those of the shell (`*`, `?`, `[…]`), where `*` also crosses "/". One without "/"
    is matched with the name alone, one with "/" with the path from the folder that was named.

    Attributes:
        include: a file is read where one of them matches; all are where there is none.
        exclude: a file or a whole folder is left out where one of them matches.
        text_column: the column of tables, or field of records, that is the text.
    """

    include: tuple[str, ...] = ()
    exclude: tuple[str, ...] = ()
    text_column: str | None = None

    def admits_folder(self, relative: str) -> bool:
        return not _matches_any(self.exclude, relative)

    def admits_file(self, relative: str) -> bool:
        is_named = not self.include or _matches_any(self.include, relative)
        return is_named and not _matches_any(self.exclude, relative)


def _matches_any(patterns: tuple[str, ...], relative: str) -> bool:
    name = relative.rpartition("/")[2]
    return any(
        fnmatchcase(relative if "/" in pattern else name, pattern.removesuffix("/"))
        for pattern in patterns
    )


EVERYTHING = Selection()
