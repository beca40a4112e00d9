"""The bytes of a page → Content."""

from __future__ import annotations

import codecs
import email
import re
import unicodedata
from collections.abc import Sequence
from dataclasses import replace

from policygraph.errors import ReadingError
from policygraph.model import Region, RegionKind
from policygraph.reading.content import Block, Content
from policygraph.reading.encodings import Decoded, decode
from policygraph.reading.html.elements import Stretch, find_stretches, parse_markup
from policygraph.reading.html.headline import find_date, find_headline, find_lead
from policygraph.reading.html.main_text import Column, find_column, tell_part_within
from policygraph.reading.html.metadata import read_letterhead_place, read_metadata
from policygraph.reading.legacy import decode_as, decode_legacy
from policygraph.reading.regions import find_author
from policygraph.span import Span

_HEAD = 4096
_CHARSET = re.compile(
    rb"""charset\s{0,5}=\s{0,5}["']?\s{0,5}([\w.:-]{2,40})|encoding=["']([\w.:-]{2,40})"""
)
_BOMS = (codecs.BOM_UTF8, codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
# Encodings of text that pages are in; Python knows others, some of which take forever.
_CHARSETS = re.compile(
    r"(?:utf-?(?:8|16)|windows-|cp)[\w-]{0,8}|iso-8859-\d{1,2}|big5|gb\w{1,8}|euc-\w{2}|koi8-\w"
)
# Browsers read these as Windows-1252, which says more.
_LATIN = ("iso-8859-1", "latin1", "latin-1", "us-ascii", "ascii")
_LETTERHEAD = 12  # stretches: an official document gives its place among its first lines


def read_html(raw: bytes) -> Content:
    """A saved page: its article as body, the rest as furniture.

    Raises:
        ReadingError: empty, of no encoding that makes sense of it, or nested too deep.
    """
    decoded = _decode_page(raw, None)
    return read_html_text(decoded.text, notes=(decoded.note,) if decoded.note else ())


def read_mhtml(raw: bytes) -> Content:
    """The first page of a web archive.

    Raises:
        ReadingError: it holds no page, or one that `read_html` refuses.
    """
    for part in email.message_from_bytes(raw).walk():
        if part.get_content_type() not in ("text/html", "application/xhtml+xml"):
            continue
        payload = part.get_payload(decode=True)
        if isinstance(payload, bytes) and payload.strip():
            decoded = _decode_page(payload, part.get_content_charset())
            return read_html_text(decoded.text, notes=(decoded.note,) if decoded.note else ())
    raise ReadingError("no page in the web archive", remedy="save the page as HTML")


def read_html_text(markup: str, *, notes: tuple[str, ...] = ()) -> Content:
    """A page whose markup is text already.

    Raises:
        ReadingError: it shows no text, or is nested too deep.
    """
    root = parse_markup(markup)
    page = find_stretches(root)
    if not page.stretches:
        raise ReadingError("the page shows no text", remedy="save it from a browser that shows it")
    metadata = read_metadata(root, markup)
    column = find_column(markup, page.stretches)
    stretches, hidden = _decode_hidden(page.stretches, column)
    headline = find_headline(stretches, column, metadata)
    date, dateline = find_date(stretches, column, headline)
    main = _complete(stretches, column, headline, dateline)
    kinds = [_tell_kind(i, s, column, main, headline) for i, s in enumerate(stretches)]
    blocks = tuple(Block(s.text, k, s.node.path) for s, k in zip(stretches, kinds, strict=True))
    encodings = (*page.encodings, *([hidden] if hidden else []))
    return Content(
        blocks=blocks,
        title=" ".join(stretches[headline].text.split()) if headline is not None else None,
        author=metadata.author or _find_author(blocks),
        published=metadata.published or date,
        place=metadata.place or _find_place(stretches, column),
        source=metadata.source,
        url=metadata.url,
        notes=(*notes, *(f"decoded from {name}" for name in encodings)),
    )


def _decode_page(raw: bytes, announced: str | None) -> Decoded:
    """The markup: as UTF-8 where it is, for pages often declare what they are not."""
    if raw.startswith(_BOMS):
        return decode(raw, place="")
    try:
        return Decoded(raw.decode("utf-8"), "UTF-8")
    except UnicodeDecodeError:
        declared = (announced or _read_charset(raw[:_HEAD])).lower()
    declared = "cp1252" if declared in _LATIN else declared
    if not _CHARSETS.fullmatch(declared):
        return decode(raw, place="")
    try:
        text = raw.decode(declared)
    except (UnicodeDecodeError, LookupError):
        return decode(raw, place="")
    return Decoded(unicodedata.normalize("NFC", text), declared, f"decoded from {declared}")


def _read_charset(head: bytes) -> str:
    found = _CHARSET.search(head)
    return (found[1] or found[2]).decode("ascii") if found else ""


def _decode_hidden(
    stretches: tuple[Stretch, ...], column: Column
) -> tuple[tuple[Stretch, ...], str | None]:
    """The stretches, decoded where the article hides an older encoding; and the encoding's name."""
    hidden = decode_legacy("\n".join(stretches[i].text for i in sorted(column.main)))
    if hidden is None:
        return stretches, None
    name = hidden.encoding
    return tuple(replace(s, text=decode_as(s.text, name)) for s in stretches), name


def _complete(
    stretches: Sequence[Stretch], column: Column, headline: int | None, dateline: int | None
) -> frozenset[int]:
    """The indexes of all that is of the article, without what stands above its headline."""
    main = column.main | find_lead(stretches, column, headline)
    above = frozenset(range(headline)) if headline is not None else frozenset()
    return main - above - {dateline}


def _tell_kind(
    index: int, stretch: Stretch, column: Column, main: frozenset[int], headline: int | None
) -> RegionKind | None:
    if index == headline:
        return "headline"
    if index not in main:
        return "furniture"
    part = tell_part_within(stretch, column.wrappers)
    return part if part in ("caption", "byline") else None


def _find_author(blocks: Sequence[Block]) -> str | None:
    """The name in the first byline that gives one."""
    bylines = (block.text for block in blocks if block.kind == "byline")
    names = (find_author(text, (Region("byline", Span(0, len(text))),)) for text in bylines)
    return next((name for name in names if name), None)


def _find_place(stretches: Sequence[Stretch], column: Column) -> str | None:
    lines = (stretches[index].text for index in sorted(column.main)[:_LETTERHEAD])
    return next((place for line in lines if (place := read_letterhead_place(line))), None)
