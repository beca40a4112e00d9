"""Markup → the stretches of text that a browser shows as lines of their own, in reading order.

Every word that is shown is in exactly one stretch. White space is as a browser shows it; letters
are left as they are, but for text in a font of an older encoding, which is decoded.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from policygraph.errors import ReadingError
from policygraph.reading.content import Block
from policygraph.reading.html.fonts import Stylesheet, read_font, read_stylesheets
from policygraph.reading.html.layout import Tables
from policygraph.reading.html.parts import Element, is_block, is_unseen, tell_part
from policygraph.reading.html.tree import Node
from policygraph.reading.legacy import decode_by_font, font_encoding

_KEPT_SPACE = re.compile(r"white-space\s{0,9}:\s{0,9}pre", re.IGNORECASE)
_SPACES = re.compile(r"[ \t\r\n\f]+")
_BREAK, _CELL = "\x00", "\x01"  # marks of what is no white space of the source
_NO_TEXT = dict.fromkeys((0, 1))
_AROUND_BREAK = re.compile(rf" *{_BREAK} *")
_AROUND_CELL = re.compile(rf" *{_CELL} *")
_NOTHING = " \n\t\r\f\v\u00a0\u200b\u2060\ufeff"

_LETTERS = "abcdefghijklmnopqrstuvwxyz"
_ROMAN = ("i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix", "x")


@dataclass(frozen=True, slots=True)
class Stretch:
    """A line of its own on the page.

    Attributes:
        node: the innermost element that holds all of it.
        unlinked: how many of its letters are no links.
        linked: how many are.
        written: its words as the markup has them, whatever font they are set in.
    """

    text: str
    node: Node
    unlinked: int
    linked: int
    written: str


@dataclass(frozen=True, slots=True)
class Page:
    """What a page shows.

    Attributes:
        encodings: those that text was decoded from because its font showed them.
    """

    stretches: tuple[Stretch, ...]
    encodings: tuple[str, ...]


def parse_markup(markup: str) -> Element:
    """The tree of a page; entities are never expanded, nothing is fetched.

    Raises:
        ReadingError: there is no element in it, or they are nested beyond all measure.
    """
    from lxml import etree, html

    parser = html.HTMLParser(
        no_network=True, remove_comments=True, remove_pis=True, huge_tree=False, encoding="utf-8"
    )
    try:
        # bytes, for a string with an XML declaration of another encoding is refused
        root = html.document_fromstring(markup.encode("utf-8", "replace"), parser=parser)
    except (etree.ParserError, etree.XMLSyntaxError, ValueError) as error:
        raise ReadingError("the page is empty or no HTML", remedy="save it anew") from error
    if any(entry.type_name == "ERR_RESOURCE_LIMIT" for entry in parser.error_log):
        # the parser stops there, and what follows would be lost without a word
        message = "the elements of the page are nested too deep (more than 256 in each other)"
        raise ReadingError(message, remedy="save its text as a .txt file")
    return root


def split_blocks(markup: str) -> tuple[Block, ...]:
    """The blocks of markup that is all article: an entry of a feed, say. Captions are told.

    Raises:
        ReadingError: there is no element in it, or they are nested beyond all measure.
    """
    stretches = find_stretches(parse_markup(markup)).stretches
    told = [s.node.told[-1][1] if s.node.told else None for s in stretches]
    return tuple(
        Block(stretch.text, "caption" if part == "caption" else None)
        for stretch, part in zip(stretches, told, strict=True)
    )


def find_stretches(root: Element) -> Page:
    """The stretches of a page, in the order of its markup."""
    from lxml import etree

    walk = etree.iterwalk(root, events=("start", "end"))
    reader = _Reader(Node(root.tag, None, 1, 0), read_stylesheets(root))
    skipped: Element = None
    for event, element in walk:
        if not isinstance(element.tag, str):
            continue
        if event == "start" and is_unseen(element):
            walk.skip_subtree()
            skipped = element
            reader.node.add_child(element.tag)
        elif event == "start":
            reader.enter(element, is_root=element is root)
        elif element is skipped:
            reader.add(element.tail)
        else:
            reader.leave(element)
            reader.add(element.tail if element is not root else None)
    reader.flush()
    return Page(tuple(reader.found), tuple(sorted(reader.encodings)))


@dataclass(slots=True)
class _Reader:
    """The walk over a page: what was found, and the line that is being put together."""

    node: Node
    sheet: Stylesheet
    found: list[Stretch] = field(default_factory=list)
    encodings: set[str] = field(default_factory=set)
    tables: Tables = field(default_factory=Tables)
    pieces: list[str] = field(default_factory=list)
    written: list[str] = field(default_factory=list)
    is_at_start: bool = True  # of a line
    unlinked: int = 0
    linked: int = 0
    marker: str = ""
    counters: dict[Element, int] = field(default_factory=dict)
    # What is open now: the elements that make stretches, those within a row of data, and how many
    # links and elements that keep their white space.
    blocks: list[Node] = field(default_factory=list)
    fonts: list[tuple[Node, str]] = field(default_factory=list)
    row: Node | None = None
    links: int = 0
    kept: list[Node] = field(default_factory=list)

    def enter(self, element: Element, *, is_root: bool) -> None:
        node = self.node if is_root else self.node.add_child(element.tag)
        if part := tell_part(element):
            node.told = (*node.told, (node, part))
        self.node = node
        self.links += element.tag == "a"
        self._enter_style(element, node)
        if element.tag == "br":
            self._break()
        elif self.row is not None:
            self._go_on_in_row(element, node)
        elif is_block(element) or (part and self._stands_alone(element)):
            self._open_block(element, node)
        self.add(element.text)

    def leave(self, element: Element) -> None:
        node = self.node
        if self.blocks and self.blocks[-1] is node:
            self.flush()
            self.blocks.pop()
            self.marker = "" if element.tag == "li" else self.marker
        if node.told and node.told[-1] == (node, "place"):
            self.pieces.append(" ")  # a style sets the place of a dateline apart
        self.links -= element.tag == "a"
        self.row = None if self.row is node else self.row
        if self.fonts and self.fonts[-1][0] is node:
            self.fonts.pop()
        if self.kept and self.kept[-1] is node:
            self.kept.pop()
        self.node = node.parent or node

    def add(self, text: str | None) -> None:
        """Puts text at the end of the line."""
        if not text:
            return
        self.written.append(text)
        text = self._decode(text.translate(_NO_TEXT))
        is_kept = self.kept and self.row is None
        self.pieces.append(text.replace("\n", _BREAK) if is_kept else _SPACES.sub(" ", text))
        letters = sum(map(str.isalpha, text))
        self.linked += letters if self.links else 0
        self.unlinked += 0 if self.links else letters
        self.is_at_start = self.is_at_start and not text.strip(_NOTHING)

    def flush(self) -> None:
        """Ends the line: what was put together is a stretch, if it shows anything."""
        text = _AROUND_BREAK.sub("\n", _SPACES.sub(" ", "".join(self.pieces)))
        text = _AROUND_CELL.sub("\t", text).strip(_NOTHING)
        if text:
            node = self.blocks[-1] if self.blocks else self.node
            written = "".join(self.written)
            stretch = Stretch(self.marker + text, node, self.unlinked, self.linked, written)
            self.found.append(stretch)
            self.marker = ""
        self.pieces, self.written, self.unlinked, self.linked = [], [], 0, 0
        self.is_at_start = True

    def _open_block(self, element: Element, node: Node) -> None:
        self.flush()
        self.blocks.append(node)
        if element.tag == "li":
            self.marker = self._number(element)
        elif element.tag == "tr" and self.tables.is_data_row(element):
            self.row = node

    def _break(self) -> None:
        """A line's end; the second in a row is a paragraph's."""
        if self.row is not None:
            self.pieces.append(" ")
        elif self.is_at_start and not self.kept:
            self.flush()
        else:
            self.pieces.append(_BREAK)
            self.is_at_start = True

    def _go_on_in_row(self, element: Element, node: Node) -> None:
        """A cell, or what is in it, belongs to the line of its row."""
        if element.tag in ("td", "th") and node.parent is self.row:
            self.pieces.append(_CELL)
        elif is_block(element):
            self.pieces.append(" ")

    def _stands_alone(self, element: Element) -> bool:
        """Whether an element that runs within a line fills it: it may then be a line of its own."""
        after = element.getnext()
        is_last = after is None or after.tag == "br" or (after.tag and is_block(after))
        is_filled = not (element.tail or "").strip(_NOTHING)
        return element.tag != "a" and self.is_at_start and is_last and is_filled

    def _enter_style(self, element: Element, node: Node) -> None:
        style = element.get("style", "")
        if font := read_font(style) or element.get("face") or self.sheet.find_font(element):
            self.fonts.append((node, font))
        if element.tag == "pre" or _KEPT_SPACE.search(style):
            self.kept.append(node)

    def _decode(self, text: str) -> str:
        if not self.fonts:
            return text
        font = self.fonts[-1][1]
        decoded = decode_by_font(text, font)
        if decoded != text and (told := font_encoding(font)):
            self.encodings.add(told[0])
        return decoded

    def _number(self, item: Element) -> str:
        """What a browser shows before an item of a numbered list ("1. ", "a. ")."""
        parent = item.getparent()
        if parent is None or parent.tag != "ol":
            return ""
        number = self.counters.get(parent, _read_int(parent.get("start"), 1) - 1) + 1
        number = self.counters[parent] = _read_int(item.get("value"), number)
        return _write_number(number, parent.get("type", "1")) + ". "


def _read_int(value: str | None, default: int) -> int:
    is_number = value and value.isascii() and value.isdigit() and len(value) < 9
    return int(value) if value and is_number else default


def _write_number(number: int, style: str) -> str:
    signs = {"a": _LETTERS, "i": _ROMAN}.get(style.lower(), ())
    if not 1 <= number <= len(signs):
        return str(number)
    return signs[number - 1].upper() if style.isupper() else signs[number - 1]
