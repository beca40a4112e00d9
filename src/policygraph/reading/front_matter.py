"""The front matter of a Markdown file: "key: value" lines between two lines of "---" on its top.

Only simple lines are read, as writers of notes use them; lists and nested values are passed over.
The text stays as it is: to what reads it, these lines are furniture.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from policygraph.span import Span

_BLOCK = re.compile(r"---[ \t]*\r?\n((?:[^\n]{0,1000}\n){1,60}?)---[ \t]*(?:\r?\n|$)")
_LINE = re.compile(r"""(\w[\w -]{0,40}?)[ \t]*:[ \t]+(["']?)([^\r\n]+?)\2[ \t]*\r?\n""")


@dataclass(frozen=True, slots=True)
class FrontMatter:
    """The lines as fields, keys in lower case, and where they stand in the text."""

    fields: dict[str, str]
    span: Span


def read_front_matter(text: str) -> FrontMatter | None:
    """The front matter on top of a text; None where there is none, or a rule is only a rule."""
    block = _BLOCK.match(text)
    if block is None:
        return None
    fields = {m[1].lower(): m[3] for m in _LINE.finditer(block[1])}
    return FrontMatter(fields, Span(0, block.end())) if fields else None
