"""The headline of a page, and the date and lead that stand near it."""

from __future__ import annotations

from collections.abc import Sequence

from policygraph.reading.columns import read_date
from policygraph.reading.html.elements import Stretch
from policygraph.reading.html.main_text import Column, is_linked, is_prose, tell_part_within
from policygraph.reading.html.metadata import Metadata, read_written_date
from policygraph.text import fold_name

_LONGEST_HEADLINE = 300
_LEAST_TITLE = 8
_MOST_LINKS_BETWEEN = 5  # buttons for sharing; with more, a menu lies between
_LONGEST_DATELINE = 120
_NEAR = 3
_LETTERHEAD = 12  # stretches: an official document gives place and date among its first lines
_SENTENCE_END = (".", "!", "?", "…", ":", ";", ".”")
_SURE = 4


def find_headline(stretches: Sequence[Stretch], column: Column, metadata: Metadata) -> int | None:
    """The index of the headline: a stretch above the prose that the page's title, a heading of the
    first rank or a name shows to be it; of equals, the one that lies closest around the article.
    """
    strong = {fold_name(title) for title in metadata.titles if len(title) >= _LEAST_TITLE}
    weak = {fold_name(title) for title in metadata.page_titles if len(title) >= _LEAST_TITLE}
    around = {node: node.depth for node in column.container.list_ancestors()}
    best, chosen, links = (0, 0), None, 0
    for index in range(min(column.prose), -1, -1):
        stretch = stretches[index]
        strength = _rate(stretch, column, strong, weak)
        depth = next((around[n] for n in stretch.node.list_ancestors() if n in around), 0)
        is_near = links <= _MOST_LINKS_BETWEEN or depth == column.container.depth
        if strength and (strength, depth) > best and (is_near or strength >= _SURE):
            best, chosen = (strength, depth), index
        links += is_linked(stretch)
    return chosen


def _rate(stretch: Stretch, column: Column, strong: set[str], weak: set[str]) -> int:
    """How surely a stretch is the headline, from 0 to 5."""
    if len(stretch.text) > _LONGEST_HEADLINE:
        return 0
    name, part = fold_name(stretch.text), tell_part_within(stretch, column.wrappers)
    is_heading = any(node.tag == "h1" for node in stretch.node.list_ancestors())
    if name in strong and (is_heading or part != "furniture"):
        return _SURE + is_heading
    if part == "furniture" or is_linked(stretch):
        return 0
    if is_heading:
        return 3 if name in weak else 2
    return int(name in weak or _is_named(stretch))


def _is_named(stretch: Stretch) -> bool:
    """Whether it, or what holds it directly, is called a headline; columns are called so too."""
    return any(
        part == "headline" and (node is stretch.node or node is stretch.node.parent)
        for node, part in stretch.node.told
    )


def find_date(
    stretches: Sequence[Stretch], column: Column, headline: int | None
) -> tuple[str | None, int | None]:
    """The date that stands near the headline or in the letterhead, ISO 8601; and the index of the
    line where that is all.

    Above the headline a date counts only right above it: the clock of the site is there.
    """
    first = min(column.prose)
    begin = headline if headline is not None else min([*column.main, first]) - 1
    for index in (*range(begin + 1, first), *range(begin - 1, max(-1, begin - 1 - _NEAR), -1)):
        stretch = stretches[index]
        part = tell_part_within(stretch, column.wrappers)
        if part == "furniture" or (index < begin and part != "date") or _is_sentence(stretch):
            continue
        if len(stretch.text) <= _LONGEST_DATELINE and (date := read_date(stretch.text)):
            return date, index
    return _find_letterhead_date(stretches, column), None


def _find_letterhead_date(stretches: Sequence[Stretch], column: Column) -> str | None:
    lines = (stretches[index].text for index in sorted(column.main)[:_LETTERHEAD])
    dates = (read_written_date(line) for line in lines if len(line) <= _LONGEST_DATELINE)
    return next((date for date in dates if date), None)


def find_lead(stretches: Sequence[Stretch], column: Column, headline: int | None) -> frozenset[int]:
    """What stands between headline and article and is of it: the lead, a byline, a caption."""
    if headline is None:
        return frozenset()
    return frozenset(
        index
        for index in range(headline + 1, min(column.prose))
        if _is_lead(stretches[index], column)
    )


def _is_lead(stretch: Stretch, column: Column) -> bool:
    part = tell_part_within(stretch, column.wrappers)
    if part in ("lead", "byline", "caption"):
        return True
    return _is_sentence(stretch) and part not in ("furniture", "date") and not is_linked(stretch)


def _is_sentence(stretch: Stretch) -> bool:
    return is_prose(stretch) or stretch.text.endswith(_SENTENCE_END)
