"""The pages of a PDF → Content."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from policygraph.errors import ReadingError
from policygraph.reading.content import Block, Content
from policygraph.reading.legacy import decode_as, decode_legacy
from policygraph.reading.pdf.furniture import find_furniture
from policygraph.reading.pdf.pages import Page, read_pages, read_title
from policygraph.reading.pdf.paragraphs import Paragraph, join_lines
from policygraph.text import fold_name

_LEAST_TITLE = 10


def read_pdf(raw: bytes) -> Content:
    """What a PDF with text holds: paragraphs with their pages, and page furniture apart.

    Raises:
        ReadingError: no PDF, protected, too long, or a scan: pictures without text.
    """
    pages = read_pages(raw)
    _refuse_scan(pages)
    furniture = find_furniture(pages)
    lines = [line for page in pages for line in page.lines if line.text]
    body = [line for line in lines if line not in furniture]
    blocks = [
        *_make_blocks(list(join_lines(body))),
        *(Block(x.text, "furniture", f"page {x.page}") for x in lines if x in furniture),
    ]
    notes = list(_note_pages(pages))
    hidden = decode_legacy("\n".join(block.text for block in blocks))
    if hidden:
        blocks = [replace(b, text=decode_as(b.text, hidden.encoding)) for b in blocks]
        notes.append(f"decoded from {hidden.encoding}")
    return Content(tuple(blocks), title=_find_title(raw, blocks), notes=tuple(notes))


def _make_blocks(paragraphs: Sequence[Paragraph]) -> Iterator[Block]:
    """The paragraphs as blocks; the first, where it is set larger, is the headline."""
    for index, paragraph in enumerate(paragraphs):
        is_headline = index == 0 and paragraph.is_heading and len(paragraphs) > 1
        yield Block(paragraph.text, "headline" if is_headline else None, _name_pages(paragraph))


def _refuse_scan(pages: Sequence[Page]) -> None:
    if pages and all(page.is_picture or not page.lines for page in pages):
        if any(page.is_picture for page in pages):
            message = f"a scanned PDF: its {len(pages)} pages are pictures with next to no text"
            remedy = "recognise its text first, for example with: ocrmypdf -l vie FILE NEW_FILE"
            raise ReadingError(message, remedy=remedy)
        raise ReadingError("the PDF holds no text", remedy="print it anew from its source")


def _note_pages(pages: Sequence[Page]) -> Iterator[str]:
    """What is missing: pages that are pictures, and pages that are broken or empty."""
    pictures = [str(page.number) for page in pages if page.is_picture]
    empty = [str(page.number) for page in pages if not page.lines and not page.is_picture]
    if pictures:
        yield f"next to no text on page {', '.join(pictures)}: a picture"
    if empty:
        yield f"no text on page {', '.join(empty)}"


def _name_pages(paragraph: Paragraph) -> str:
    first, last = paragraph.first_page, paragraph.last_page
    return f"page {first}" if first == last else f"pages {first}-{last}"


def _find_title(raw: bytes, blocks: Sequence[Block]) -> str | None:
    """The title of the file's properties, if the text has it: programs write anything there."""
    title = read_title(raw)
    body = [block.text for block in blocks if block.kind != "furniture"]
    text = fold_name(" ".join(body[:20]))
    return title if len(title) >= _LEAST_TITLE and fold_name(title) in text else None
