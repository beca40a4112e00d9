"""The fonts that the markup of a page sets, for text in an old encoding is known by its font.

Word saves a page with one font in a stylesheet (`p.MsoNormal {font-family:".VnTime"}`) and others
in `style` attributes; older pages have `<font face=".VnTime">`. Of a selector only the last element
counts, with its class or id: what stands around it ("div.Section1 p") says little about encodings,
and whether a text is one in fact is asked of its letters afterwards.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from policygraph.reading.html.parts import Element

_FONT = re.compile(
    r"(?<![\w-])font(?P<family>-family)?\s{0,9}:\s{0,9}(?P<value>[^;!]{1,200})", re.IGNORECASE
)
_BEFORE_FAMILY = re.compile(r"[^,\"']{0,80}?\d[\w.%/]{0,20}\s{1,9}")  # "bold 12pt ", in `font`
_COMBINATORS = re.compile(r"[\s>+~]+")
_SELECTOR = re.compile(r"(?P<tag>[\w-]+|\*)?(?P<names>(?:[.#][\w-]+)*)(?::[\w:()-]+)?")
_MOST_CLASSES = 20  # of an element
_ID, _CLASS = 2, 1  # rank of a rule; one by its tag alone has 0

#: What a rule is for: a tag or "", and ".class", "#id" or "".
_Key = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Stylesheet:
    """What the stylesheets of a page set: the font of each tag, class and id, by rank and order."""

    fonts: Mapping[_Key, tuple[int, int, str]] = field(default_factory=dict)

    def find_font(self, element: Element) -> str | None:
        """The font that the stylesheets set for an element itself; None where it inherits one."""
        if not self.fonts:
            return None
        found = [self.fonts[key] for key in _list_keys(element) if key in self.fonts]
        return max(found)[2] if found else None


def read_stylesheets(root: Element) -> Stylesheet:
    """The fonts in the `style` elements of a page; later rules come before earlier ones."""
    fonts: dict[_Key, tuple[int, int, str]] = {}
    for style in root.iter("style"):
        for selectors, declarations in _split_rules(style.text or ""):
            font = read_font(declarations)
            for selector in selectors.split(",") if font else ():
                if key := _read_selector(selector):
                    rank = _ID if "#" in key[1] else _CLASS if key[1] else 0
                    fonts[key] = (rank, len(fonts), font or "")
    return Stylesheet(fonts)


def read_font(declarations: str) -> str | None:
    """The font of a list of declarations, as it is written: '".VnTime", serif'."""
    found = list(_FONT.finditer(declarations))
    if not found:
        return None
    last, value = found[-1], found[-1]["value"]
    return (value if last["family"] else _BEFORE_FAMILY.sub("", value, count=1)).strip() or None


def _split_rules(text: str) -> Iterator[tuple[str, str]]:
    """The selectors and declarations of each rule, also of those within "@media"."""
    first, *rest = text.split("/*")
    bare = " ".join([first, *(part.partition("*/")[2] for part in rest)])
    for rule in bare.replace("<!--", " ").replace("-->", " ").split("}"):
        before, _, declarations = rule.rpartition("{")
        yield before.rpartition("{")[2].rpartition(";")[2], declarations


def _read_selector(selector: str) -> _Key | None:
    last = _COMBINATORS.split(selector.strip())[-1].lower()
    found = _SELECTOR.fullmatch(last)
    if found is None or not last:
        return None  # "@font-face" tells what a font is, not where it stands
    names = re.findall(r"[.#][^.#]+", found["names"])
    return (found["tag"] or "", names[-1] if names else "")


def _list_keys(element: Element) -> Iterator[_Key]:
    tag = element.tag
    names = [f".{name}" for name in element.get("class", "").lower().split()[:_MOST_CLASSES]]
    names += [f"#{element.get('id', '').lower()}"] if element.get("id") else []
    yield from (("*", ""), (tag, ""))
    for name in names:
        yield from (("", name), ("*", name), (tag, name))
