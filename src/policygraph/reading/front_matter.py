"""The front matter of a Markdown file: "key: value" lines between two lines of "---" on its top.

Only simple lines are read, as writers of notes use them; lists and nested values are passed over.
The text stays as it is: to what reads it, these lines are furniture.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

_RULE = re.compile(r"---[ \t]*(?:\r?\n|$)")
_LINE = re.compile(r"(?m)^(\w[\w -]{0,40}?)[ \t]{0,9}:[ \t]+([^\r\n]+)")
_MOST_LINES, _MOST_CHARACTERS = 500, 100_000
_UNREAD = (
    "its front matter is not read, but taken for text: no line of --- ends it within "
    f"{_MOST_LINES} lines and {_MOST_CHARACTERS:,} characters"
)


@dataclass(frozen=True, slots=True)
class FrontMatter:
    """The lines as fields, keys in lower case.

    Attributes:
        end: the code point of the text behind it; 0 where nothing was read.
        note: what is to be said of it: why it was not read.
    """

    fields: dict[str, str] = field(default_factory=dict)
    end: int = 0
    note: str | None = None


def read_front_matter(text: str) -> FrontMatter:
    """The front matter on top of a text; empty where there is none, or a rule is only a rule."""
    opening = _RULE.match(text)
    if opening is None:
        return FrontMatter()
    end = _find_end(text, opening.end())
    if end is None:
        is_begun = _LINE.match(text, opening.end()) is not None
        return FrontMatter(note=_UNREAD if is_begun else None)
    fields = {
        m[1].lower(): _unquote(m[2].strip())
        for m in _LINE.finditer(text, opening.end(), end.start())
    }
    return FrontMatter(fields, end.end()) if fields else FrontMatter()


def _find_end(text: str, start: int) -> re.Match[str] | None:
    """The rule that ends front matter which begins at `start`; None where none is near enough."""
    begin = start
    for _ in range(_MOST_LINES + 1):
        if rule := _RULE.match(text, begin):
            return rule
        begin = text.find("\n", begin, start + _MOST_CHARACTERS) + 1
        if begin == 0:
            return None
    return None


def _unquote(value: str) -> str:
    is_quoted = len(value) > 1 and value[0] == value[-1] and value[0] in "\"'"
    return value[1:-1] if is_quoted else value
