"""A saved feed (RSS 0.9–2.0, Atom) → its entries as records."""

from __future__ import annotations

import io
from collections.abc import Iterator, Mapping
from email.utils import parsedate_tz
from html import escape
from typing import Any

from policygraph.errors import ReadingError
from policygraph.reading.dates import read_date, read_time
from policygraph.reading.html import split_blocks

_NO_FEED = "name a feed that was saved as RSS or Atom"


def read_feed(raw: bytes) -> Iterator[dict[str, str]]:
    """The entries that hold a text: `text`, and where they stand `id`, `title`, `url`, `published`
    (ISO 8601), `author`, and `source`, the title of the feed.

    Raises:
        ReadingError: no feed, or none of its entries holds a text.
    """
    import feedparser

    if b"<!ENTITY" in raw:
        raise ReadingError("a feed that defines entities is not read", remedy=_NO_FEED)
    # as a stream: feedparser opens bytes as the name of a file, and fetches a string
    feed = feedparser.parse(io.BytesIO(raw), sanitize_html=False, resolve_relative_uris=False)
    if not feed.get("version"):
        raise ReadingError("no feed", remedy=_NO_FEED)
    source = str(feed.feed.get("title", "")).strip()
    is_empty = True
    for entry in feed.entries:
        if "text" in (record := _read_entry(entry, source)):
            is_empty = False
            yield record
    if is_empty:
        raise ReadingError("no entry of the feed holds a text", remedy=_NO_FEED)


def _read_entry(entry: Mapping[str, Any], source: str) -> dict[str, str]:
    link = entry.get("link") or ""  # feedparser gives the id where there is no link
    fields = {
        "text": _read_text(entry),
        "id": entry.get("id"),
        "title": entry.get("title"),
        "url": link if "//" in link else None,
        "published": _read_published(entry),
        "author": entry.get("author"),
        "source": source,
    }
    stripped = {name: str(value).strip() for name, value in fields.items() if value}
    return {name: value for name, value in stripped.items() if value}


def _read_text(entry: Mapping[str, Any]) -> str:
    """The longest text of an entry, its paragraphs apart: of many feeds the summary is a teaser."""
    details = [*entry.get("content", []), entry.get("summary_detail", {})]
    markups = [_as_markup(detail) for detail in details if detail.get("value", "").strip()]
    markup = max(markups, key=len, default="")
    return "\n\n".join(block.text for block in split_blocks(markup)) if markup else ""


def _as_markup(detail: Mapping[str, Any]) -> str:
    """The value of an entry's text as HTML; of plain text every line is a paragraph."""
    if detail.get("type") != "text/plain":
        return f"<div>{detail['value']}</div>"
    return "".join(f"<p>{escape(line)}</p>" for line in detail["value"].splitlines())


def _read_published(entry: Mapping[str, Any]) -> str | None:
    """The day that the entry gives, in its own time zone: feedparser makes it one of Greenwich."""
    written = str(entry.get("published") or entry.get("updated") or "")
    if day := parsedate_tz(written):
        return read_date(f"{day[2]}/{day[1]}/{day[0]}")
    return read_time(written)
