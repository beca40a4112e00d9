"""Source → Article."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import cast

from policygraph.errors import ReadingError
from policygraph.model import Article, Region
from policygraph.reading.columns import name_fields
from policygraph.reading.content import Block, Composed, Content, compose
from policygraph.reading.encodings import decode
from policygraph.reading.formats import Form
from policygraph.reading.front_matter import read_front_matter
from policygraph.reading.isolation import read_content_apart
from policygraph.reading.legacy import find_hidden_part
from policygraph.reading.limits import check_length
from policygraph.reading.records import Record, parse_record
from policygraph.reading.regions import find_author, find_regions, find_title
from policygraph.reading.source import Source, SourceForm
from policygraph.registry import load_registry
from policygraph.span import Span
from policygraph.text import make_slug, tidy

_NO_TEXT = re.compile("[\0\ud800-\udfff]")  # what no store and no encoding can hold


def read_article(source: Source) -> Article:
    """The article that a source holds, with its regions found.

    The text of a text file or record is untouched; that of any other file is composed of its
    blocks. Title and author come from what the file says of itself; without that, from the
    headline and the byline.

    Raises:
        ReadingError: empty, not readable in the form that it has, too long, or a record whose
            fields are broken.
    """
    try:
        article = _READERS.get(source.form, _read_file)(source)
        check_length(article.text)
    except ReadingError as error:
        error.at(source.place)
        raise
    return replace(
        article,
        title=article.title or find_title(article.text, article.regions),
        author=article.author or find_author(article.text, article.regions),
        notes=(*source.notes, *article.notes, *_note_hidden(article.text)),
    )


def _note_hidden(text: str) -> Iterator[str]:
    if name := find_hidden_part(text):
        yield f"part of it looks like {name} and is not decoded: save that part in Unicode"


def _read_record(source: Source) -> Article:
    record = replace(parse_record(source.raw), id=source.id)
    return _make_article(record, source.sha256, find_regions(record.text))


def _read_text(source: Source) -> Article:
    """A text file; what a Markdown file says of itself on its top is furniture."""
    decoded = decode(source.raw, place=source.place)
    front = read_front_matter(decoded.text)
    end = front.end
    told = (Region("furniture", Span(0, end)),) if end else ()
    rest = (_shift(region, end) for region in find_regions(decoded.text[end:]))
    notes = tuple(note for note in (decoded.note, front.note) if note)
    fields = name_fields(front.fields)
    record = Record(decoded.text, source.id, notes=notes, **fields)
    article = _make_article(record, source.sha256, (*told, *rest))
    return replace(article, is_fiction=front.fields.get("fiction", "").lower() in _YES)


def _shift(region: Region, offset: int) -> Region:
    span = Span(region.span.start + offset, region.span.end + offset)
    return Region(region.kind, span)


def _make_article(record: Record, sha256: str, regions: tuple[Region, ...]) -> Article:
    return Article(
        id=record.id or "",
        text=record.text,
        sha256=sha256,
        regions=regions,
        title=_label(record.title),
        author=_label(record.author),
        published=record.published,
        place=_place(record.place),
        source=_label(record.source),
        url=_label(record.url),
        notes=record.notes,
    )


def _read_file(source: Source) -> Article:
    # The place of a dateline is not taken: it says where a text was written, not which province's
    # committees it speaks of.
    if not source.raw.strip():
        raise ReadingError("the file is empty")
    content = read_content_apart(source.raw, cast(Form, source.form))
    composed = compose(_clean(content))
    if not composed.text.strip():
        raise ReadingError("it holds no text")
    return Article(
        id=source.id,
        text=composed.text,
        sha256=source.sha256,
        regions=_merge_regions(composed),
        title=_label(content.title),
        author=_label(content.author),
        published=content.published,
        source=_label(content.source),
        url=_label(content.url),
        parts=composed.parts,
        notes=content.notes,
    )


def _clean(content: Content) -> list[Block]:
    return [replace(block, text=_NO_TEXT.sub("\ufffd", block.text)) for block in content.blocks]


def _merge_regions(composed: Composed) -> tuple[Region, ...]:
    """What the file marks, and what the lines of its body below the headline say beside that."""
    marked = composed.regions
    headline = next((r.span for r in marked if r.kind == "headline"), None)
    start = headline.end if headline and headline.start == 0 else 0
    lines = find_regions(composed.text[start : composed.body_end])
    told = (
        region
        for region in (_shift(each, start) for each in lines)
        if not (headline and region.kind == "headline") and not _overlaps(region, marked)
    )
    return tuple(sorted((*marked, *told), key=lambda region: region.span))


def _overlaps(region: Region, others: Sequence[Region]) -> bool:
    """Whether a region shares text with one of others that are sorted and apart."""
    after = bisect_left(others, region.span.end, key=lambda other: other.span.start)
    return after > 0 and others[after - 1].span.overlaps(region.span)


def _place(name: str | None) -> str | None:
    """The province's id, given by its name or its id; an unknown name becomes a slug."""
    known = load_registry().find_place(name) if name else None
    return known.id if known else make_slug(name or "") or None


def _label(value: str | None) -> str | None:
    return tidy(value or "") or None


_YES = frozenset({"true", "yes", "1", "có"})
_READERS: Mapping[SourceForm, Callable[[Source], Article]] = {
    "text": _read_text,
    "record": _read_record,
}
