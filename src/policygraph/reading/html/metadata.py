"""What a page says of itself in its head, and how dates and places are written in datelines."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from policygraph.reading.columns import read_date
from policygraph.reading.html.parts import Element, tell_part
from policygraph.text import UPPER, fold_name

_TITLES = ("og:title", "twitter:title", "dc.title")
_DATES = (
    *("article:published_time", "og:published_time", "datepublished", "pubdate", "publishdate"),
    *("publish-date", "dc.date", "dc.date.issued", "dc.created", "date", "article.published"),
)
_AUTHORS = ("author", "article:author", "dc.creator", "dc.author")
_SITES = ("og:site_name", "dc.publisher", "publisher", "application-name")
_ADDRESSES = ("og:url",)
_SEPARATOR = re.compile(r" [|–-] ")
_WRITTEN = re.compile(
    r"ngày (?P<day>\d{1,2}) tháng (?P<month>\d{1,2}) năm (?P<year>\d{4})(?!\d)", re.IGNORECASE
)
_LETTERHEAD = re.compile(rf"(?P<place>[{UPPER}][\w.-]{{0,20}}(?: [\w.-]{{1,20}}){{0,5}}), ngày \d")
# What browsers write on top of a page that they save.
_SAVED_FROM = re.compile(r"<!-- saved from url=\(\d{4}\)(https?://[^\s>]{4,2000}) -->")
_HEAD = 4096
_LONGEST_NAME = 80
_MOST_SCRIPT = 500_000


@dataclass(frozen=True, slots=True)
class Metadata:
    """What the head of a page says; dates are ISO 8601.

    Attributes:
        titles: of the article.
        page_titles: of the page, with and without the name of the site.
    """

    titles: tuple[str, ...] = ()
    page_titles: tuple[str, ...] = ()
    author: str | None = None
    published: str | None = None
    place: str | None = None
    source: str | None = None
    url: str | None = None


def read_metadata(root: Element, markup: str) -> Metadata:
    """The metadata of a page, from its meta elements and from schema.org in JSON-LD."""
    metas = _read_metas(root)
    linked = list(_read_json_ld(root))
    dates = [*_choose(metas, _DATES), *_pick(linked, "datePublished"), *_read_times(root)]
    authors = [*_pick(linked, "author"), *_choose(metas, _AUTHORS)]
    places = [*_pick(linked, "dateline"), *_pick(linked, "contentLocation"), *_read_places(root)]
    source = next(iter([*_choose(metas, _SITES), *_pick(linked, "publisher")]), None)
    urls = [*_read_canonical(root), *_choose(metas, _ADDRESSES), *_read_saved(markup)]
    return Metadata(
        titles=(*_choose(metas, _TITLES), *_pick(linked, "headline")),
        page_titles=tuple(_read_titles(root)),
        author=next((name for name in authors if _is_name(name, source)), None),
        published=next((date for each in dates if (date := read_date(each))), None),
        place=next((place for place in places if 0 < len(place) <= _LONGEST_NAME), None),
        source=source,
        url=next(iter(urls), None),
    )


def read_written_date(line: str) -> str | None:
    """The date of "Hà Khê, ngày 12 tháng 02 năm 2018" as ISO 8601."""
    if found := _WRITTEN.search(line):
        try:
            return date(int(found["year"]), int(found["month"]), int(found["day"])).isoformat()
        except ValueError:
            return None  # the 31st of February is no date
    return None


def read_letterhead_place(line: str) -> str | None:
    """The place of "Hà Khê, ngày 12 tháng 02 năm 2018"; None of any other line."""
    found = _LETTERHEAD.match(line)
    return found["place"] if found and read_written_date(line) else None


def _is_name(name: str, source: str | None) -> bool:
    """Whether an author is named: not by an address, and not as the newspaper."""
    is_source = source is not None and fold_name(name) == fold_name(source)
    return "//" not in name and len(name) <= _LONGEST_NAME and not is_source


def _read_metas(root: Element) -> dict[str, str]:
    metas: dict[str, str] = {}
    for element in root.iter("meta"):
        name = element.get("property") or element.get("name") or element.get("itemprop") or ""
        content = (element.get("content") or "").strip()
        if name and content:
            metas.setdefault(name.lower(), content)
    return metas


def _choose(metas: Mapping[str, str], names: Sequence[str]) -> Iterator[str]:
    return (metas[name] for name in names if name in metas)


def _read_json_ld(root: Element) -> Iterator[dict[str, Any]]:
    """The schema.org things of a page; a script that is no JSON says nothing."""
    for script in root.iter("script"):
        text = script.text or ""
        if "ld+json" not in script.get("type", "") or len(text) > _MOST_SCRIPT:
            continue
        try:
            found = json.loads(text, strict=False)
        except (ValueError, RecursionError):
            continue
        things = found.get("@graph", [found]) if isinstance(found, dict) else found
        if isinstance(things, list):
            yield from (thing for thing in things if isinstance(thing, dict))


def _pick(things: Sequence[dict[str, Any]], name: str) -> Iterator[str]:
    """The values of a property, of a thing its name, of several the first."""
    for thing in things:
        value = thing.get(name)
        value = value[0] if isinstance(value, list) and value else value
        value = value.get("name") if isinstance(value, dict) else value
        if isinstance(value, str) and value.strip():
            yield value.strip()


def _read_times(root: Element) -> Iterator[str]:
    """The time elements that say that they are the date of publication."""
    for time in root.iter("time"):
        if time.get("pubdate") is not None or "publish" in (time.get("itemprop") or "").lower():
            yield time.get("datetime") or ""


def _read_places(root: Element) -> Iterator[str]:
    """The place that a lead begins with ("HÀ NỘI - …"), where a name marks it."""
    for element in root.iter("span", "strong", "em", "b"):
        if element.get("class") and tell_part(element) == "place":
            yield " ".join(" ".join(element.itertext()).split()).strip(" -–—")


def _read_titles(root: Element) -> Iterator[str]:
    """The page's title, whole and without the name of the site before or behind it."""
    for element in root.iter("title"):
        if text := " ".join("".join(element.itertext()).split()):
            parts = _SEPARATOR.split(text)
            yield from (text, parts[0], text[: -len(parts[-1])].rstrip(" |–-"), parts[-1])


def _read_canonical(root: Element) -> Iterator[str]:
    for link in root.iter("link"):
        if link.get("rel") == "canonical" and "//" in (link.get("href") or ""):
            yield link.get("href")


def _read_saved(markup: str) -> Iterator[str]:
    if found := _SAVED_FROM.search(markup, 0, _HEAD):
        yield found[1]
