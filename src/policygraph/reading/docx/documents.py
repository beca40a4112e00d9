"""The parts of a Word file → Content: paragraphs, tables, text boxes, notes, headers and footers.

Tracked changes count as accepted: what was inserted is there, what was deleted is not, and what was
moved is where it went.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from policygraph.errors import ReadingError
from policygraph.model import RegionKind
from policygraph.reading.content import Block, Content
from policygraph.reading.docx.numbering import Numbering, read_numbering
from policygraph.reading.docx.package import Element, Package, W, open_package
from policygraph.reading.docx.styles import Styles, read_styles, read_value
from policygraph.reading.legacy import decode_as, decode_by_font, decode_legacy

_MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
_TITLE = "{http://purl.org/dc/elements/1.1/}title"
# What shows nothing: deleted and moved away, instructions of fields, and the copy of a drawing that
# is there for older programs.
_UNSEEN = frozenset(
    {
        *(W + name for name in ("del", "moveFrom", "instrText", "delText", "pPr", "rPr", "sectPr")),
        f"{_MC}Fallback",
    }
)
_SIGNS = {
    f"{W}tab": "\t",
    f"{W}br": "\n",
    f"{W}cr": "\n",
    f"{W}noBreakHyphen": "-",
    f"{W}softHyphen": "\u00ad",
}
_JUNK_TITLES = ("microsoft word", "document", "untitled", "tài liệu", "powerpoint")
_NO_NOTES = ("separator", "continuationSeparator", "continuationNotice")


def read_docx(raw: bytes) -> Content:
    """What a Word file holds: its body in reading order, then notes, then headers and footers.

    Raises:
        ReadingError: no Word file, protected, broken, too large when unpacked, or nothing but
            pictures.
    """
    package = open_package(raw)
    reader = _Reader(read_styles(package), read_numbering(package))
    blocks = [
        *reader.read(package.read_part("word/document.xml")),
        *_read_notes(package, reader, "footnote"),
        *_read_notes(package, reader, "endnote"),
        *_read_margins(package, reader, "header"),
        *_read_margins(package, reader, "footer"),
    ]
    if not blocks and package.list_parts("word/media/"):
        remedy = "recognise it first: save the file as PDF, then ocrmypdf -l vie FILE NEW_FILE"
        raise ReadingError("the Word file holds pictures and no text", remedy=remedy)
    hidden = decode_legacy("\n".join(block.text for block in blocks))
    if hidden:
        blocks = [replace(b, text=decode_as(b.text, hidden.encoding)) for b in blocks]
    encodings = {hidden.encoding} if hidden else reader.decoded
    notes = tuple(f"decoded from the font {name}" for name in sorted(encodings))
    return Content(tuple(blocks), title=_read_title(package), notes=notes)


def _read_notes(package: Package, reader: _Reader, kind: str) -> Iterator[Block]:
    """The footnotes or endnotes, each with its number before it."""
    root = package.read_part(f"word/{kind}s.xml")
    notes = root.findall(W + kind) if root is not None else []
    shown = [note for note in notes if note.get(f"{W}type") not in _NO_NOTES]
    for number, note in enumerate(shown, 1):
        text = " ".join(block.text for block in reader.read(note))
        if text:
            yield Block(f"[{number}] {text}", None, f"{kind} {number}")


def _read_margins(package: Package, reader: _Reader, kind: str) -> Iterator[Block]:
    """The headers or footers, each text once: a file has up to three of a kind."""
    seen = set()
    for name in package.list_parts(f"word/{kind}"):
        for block in reader.read(package.read_part(name)):
            if block.text not in seen:
                seen.add(block.text)
                yield Block(block.text, "furniture", kind)


def _read_title(package: Package) -> str | None:
    """The title that the file's properties give, but for what programs write there unasked."""
    root = package.read_part("docProps/core.xml")
    title = " ".join((root.findtext(_TITLE) or "").split()) if root is not None else ""
    return title if title and not title.lower().startswith(_JUNK_TITLES) else None


@dataclass(slots=True)
class _Reader:
    """The way through the parts of one file.

    Attributes:
        paragraphs, tables: how many were passed, empty ones included, as Word counts them.
        decoded: the fonts that text was decoded from.
        carried: the text of a paragraph whose end was deleted: it goes on in the next.
        boxes: text boxes that stand in the paragraph that is being read.
    """

    styles: Styles
    numbering: Numbering
    paragraphs: int = 0
    tables: int = 0
    decoded: set[str] = field(default_factory=set)
    carried: str = ""
    boxes: list[Element] = field(default_factory=list)

    def read(self, part: Element) -> Iterator[Block]:
        """The blocks of a part, cell or text box."""
        for element in _find_content(part):
            if element.tag == f"{W}p":
                yield from self._read_paragraph(element)
            else:
                yield from self._read_table(element)

    def _read_paragraph(self, paragraph: Element, location: str | None = None) -> Iterator[Block]:
        self.paragraphs += 1
        properties = paragraph.find(f"{W}pPr")
        style = read_value(properties, "pStyle")
        text = self.carried + "".join(self._read_runs(paragraph, style))
        self.carried = ""
        if properties is not None and properties.find(f"{W}rPr/{W}del") is not None:
            self.carried = text
            return
        boxes, self.boxes = self.boxes, []
        number = self._number(properties, style) if text.strip() else ""
        if text := (number + text).strip():
            kind = _tell_kind(self.styles.name_of(style))
            yield Block(text, kind, location or f"paragraph {self.paragraphs}")
        for box in boxes:
            yield from (replace(block, location="text box") for block in self.read(box))

    def _number(self, properties: Element | None, style: str | None) -> str:
        own = properties.find(f"{W}numPr") if properties is not None else None
        if own is None:
            own = next(
                (s.numbering for s in self.styles.chain(style) if s.numbering is not None), None
            )
        return self.numbering.number(own)

    def _read_runs(self, paragraph: Element, style: str | None) -> Iterator[str]:
        """The text of a paragraph piece by piece, decoded where its font is one of old."""
        fonts: dict[Element, str] = {}
        pending = list(reversed(paragraph))
        run: Element = None
        while pending:
            element = pending.pop()
            if element.tag in _UNSEEN or _is_hidden(element):
                continue
            if element.tag == f"{W}txbxContent":
                self.boxes.append(element)
                continue
            if element.tag == f"{W}r":
                run = element
                fonts[run] = self.styles.font_of(run, style)
            if element.tag == f"{W}t" and element.text:
                yield self._decode(element.text, fonts.get(run, ""))
            elif element.tag in _SIGNS:
                yield _SIGNS[element.tag]
            pending.extend(reversed(element))

    def _decode(self, text: str, font: str) -> str:
        decoded = decode_by_font(text, font) if font else text
        if decoded != text:
            self.decoded.add(font)
        return decoded

    def _read_table(self, table: Element) -> Iterator[Block]:
        self.tables += 1
        number = self.tables
        rows = [_find_cells(row) for row in table.iter(f"{W}tr") if _is_row_of(row, table)]
        is_data = len(rows) > 1 and all(_is_plain(cell) for cells in rows for cell in cells)
        for index, cells in enumerate(rows, 1):
            if not is_data or len(cells) < 2:
                for cell in cells:
                    yield from self.read(cell)
                continue
            location = f"table {number}, row {index}"
            texts = [" ".join(block.text for block in self.read(cell)) for cell in cells]
            if any(texts):
                yield Block("\t".join(texts).strip("\t"), None, location)


def _find_content(part: Element) -> Iterator[Element]:
    """The paragraphs and tables of a part, through what only wraps them."""
    pending = list(reversed(part))
    while pending:
        element = pending.pop()
        if element.tag in (f"{W}p", f"{W}tbl"):
            yield element
        elif element.tag not in _UNSEEN:
            pending.extend(reversed(element))


def _find_cells(row: Element) -> list[Element]:
    return [cell for cell in row.iter(f"{W}tc") if _find_row(cell) is row]


def _find_row(cell: Element) -> Element | None:
    return next(cell.iterancestors(f"{W}tr"), None)


def _is_row_of(row: Element, table: Element) -> bool:
    """Whether a row is one of the table itself, and was not deleted."""
    is_own = next(row.iterancestors(f"{W}tbl"), None) is table
    return is_own and row.find(f"{W}trPr/{W}del") is None


def _is_plain(cell: Element) -> bool:
    """Whether a cell holds one line at most; the columns of a letterhead hold several."""
    shown = [
        p for p in cell.iter(f"{W}p") if any(t.text and t.text.strip() for t in p.iter(f"{W}t"))
    ]
    return len(shown) < 2 and cell.find(f".//{W}tbl") is None


def _is_hidden(element: Element) -> bool:
    vanish = element.find(f"{W}rPr/{W}vanish") if element.tag == f"{W}r" else None
    return vanish is not None and vanish.get(f"{W}val") not in ("0", "false")


def _tell_kind(style: str) -> RegionKind | None:
    if style in ("title", "tiêu đề"):
        return "headline"
    return "caption" if style.startswith(("caption", "chú thích")) else None
