"""Source → Article."""

from __future__ import annotations

from policygraph.model import Article
from policygraph.reading.encodings import decode
from policygraph.reading.records import Record, parse_record
from policygraph.reading.regions import find_author, find_regions, find_title
from policygraph.reading.sources import Source
from policygraph.registry import load_registry
from policygraph.text import make_slug, tidy


def read_article(source: Source) -> Article:
    """The article that a source holds, with its text untouched and its regions found.

    Title and author come from the record; without them, from the headline and the byline. The
    date of publication and the place come from the record alone.

    Raises:
        ReadingError: empty, not text, or a record whose fields are broken.
    """
    record = _read_record(source)
    regions = find_regions(record.text)
    return Article(
        id=record.id,
        text=record.text,
        sha256=source.sha256,
        regions=regions,
        title=_label(record.title) or find_title(record.text, regions),
        author=_label(record.author) or find_author(record.text, regions),
        published=record.published,
        place=_place(record.place),
        source=_label(record.source),
        url=_label(record.url),
    )


def _read_record(source: Source) -> Record:
    if source.form == "record":
        return parse_record(source.raw, place=source.place)
    return Record(source.id, decode(source.raw, place=source.place))


def _place(name: str | None) -> str | None:
    """The province's id, given by its name or its id; an unknown name becomes a slug."""
    known = load_registry().find_place(name) if name else None
    return known.id if known else make_slug(name or "") or None


def _label(value: str | None) -> str | None:
    return tidy(value or "") or None
