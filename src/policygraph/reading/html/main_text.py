"""Which stretches of a page are the article, and what each of them is.

trafilatura says which prose is the article's. What it says is a vote, not the answer: it takes up
teasers and clocks, leaves out captions and letterheads, and of a page set out by tables it takes
everything. So the prose that it names shows in which element the article lies, and what lies there
is the article, but for lists of links and what names call something else. A document's letterhead
and list of recipients show the same.
"""

from __future__ import annotations

import unicodedata
from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import dataclass, field

from policygraph.reading.html.elements import Stretch
from policygraph.reading.html.metadata import read_letterhead_place
from policygraph.reading.html.parts import Part
from policygraph.reading.html.tree import Node

_LEAST_MAIN = 200  # code points: with less, trafilatura found no article
# Of larger pages trafilatura is not asked: it takes a minute and more of some.
_LARGEST_PAGE = 2 * 2**20  # characters
_MOST_TAGS = 40_000
_PROSE = 80
_WEIGHT = 400  # code points that one paragraph counts at most: a long one is no container
_LEAST_IN_CONTAINER = 0.7
_MOST_NOISE = 0.25
_LINK_WORDS = 4  # letters beside a link that leave it one ("Tag:"); "Căn cứ" before a law does not
_LEAST_TEASED = 20
_WRAPS_ALL, _WRAPS_HEADLINE = 0.8, 0.5
_SENTENCE_END = (".", "!", "?", "…", ";", ".”")
_RECIPIENTS = "Nơi nhận"  # what the foot of a document begins with, by Decree 30/2020/NĐ-CP


@dataclass(frozen=True, slots=True)
class Column:
    """Where on a page the article lies.

    Attributes:
        main: the indexes of the stretches in it that are of the article.
        prose: those that are surely prose of the article, or the nearest to it.
        container: the element that holds the article.
        wrappers: elements whose names say nothing, because most of the page lies in them.
    """

    main: frozenset[int]
    prose: tuple[int, ...]
    container: Node
    wrappers: frozenset[Node] = field(default_factory=frozenset)


def find_column(markup: str, stretches: Sequence[Stretch]) -> Column:
    """The part of a page that is the article; of a page without prose, all but its furniture."""
    wrappers = _find_wrappers(stretches)
    parts = [tell_part_within(s, wrappers) for s in stretches]
    open_to = [i for i, s in enumerate(stretches) if parts[i] != "furniture" and not is_linked(s)]
    prose = _find_prose(open_to, stretches) or list(range(len(stretches)))
    votes = _ask_trafilatura(markup, stretches)
    sure = [i for i in prose if i in votes] or prose
    container = _find_container([stretches[i] for i in sure])
    container = _take_neighbours(container, [stretches[i] for i in open_to])
    container = _widen(container, stretches, frozenset(sure))
    container = _take_letterhead(container, [stretches[i] for i in open_to])
    wrappers |= frozenset(container.list_ancestors())
    main = frozenset(
        index
        for index, stretch in enumerate(stretches)
        if stretch.node.lies_in(container)
        and not is_linked(stretch)
        and tell_part_within(stretch, wrappers) != "furniture"
    )
    inside = tuple(i for i in sure if i in main) or tuple(sorted(main)) or tuple(sure)
    return Column(main, inside, container, wrappers)


def tell_part_within(stretch: Stretch, wrappers: Collection[Node]) -> Part | None:
    """What a stretch is by its names; what lies in furniture is furniture."""
    parts = [part for node, part in stretch.node.told if node not in wrappers]
    return "furniture" if "furniture" in parts else next(reversed(parts), None)


def is_linked(stretch: Stretch) -> bool:
    """Whether a stretch is nothing but links."""
    return stretch.linked > 0 and stretch.unlinked <= _LINK_WORDS


def is_prose(stretch: Stretch) -> bool:
    """Whether a stretch is long enough for a sentence or two, and no list of links."""
    return len(stretch.text) >= _PROSE and not is_linked(stretch)


def _find_prose(open_to: Sequence[int], stretches: Sequence[Stretch]) -> list[int]:
    """The indexes of what is long enough for prose; where that is one or none, of all sentences.

    A short decree or item of news may have a single long paragraph, which is not all of it.
    """
    long = [i for i in open_to if len(stretches[i].text) >= _PROSE]
    long = _drop_teasers(long, stretches) or long
    if len(long) > 1:
        return long
    sentences = [i for i in open_to if stretches[i].text.endswith(_SENTENCE_END)]
    return sorted({*long, *sentences}) or list(open_to)


def _find_wrappers(stretches: Sequence[Stretch]) -> frozenset[Node]:
    """Elements called furniture that hold most of the prose of the page, or much and its headline.

    One system puts whole pages into a form, another calls the column of the article "sidebar".
    """
    prose = [s for s in stretches if is_prose(s)]
    weights: Counter[Node] = Counter()
    for stretch in prose:
        for node, part in stretch.node.told:
            weights[node] += len(stretch.text) if part == "furniture" else 0
    headed = {n for s in stretches if s.node.tag == "h1" for n in s.node.list_ancestors()}
    total = sum(len(s.text) for s in prose)
    return frozenset(
        node
        for node, weight in weights.items()
        if weight >= total * (_WRAPS_HEADLINE if node in headed else _WRAPS_ALL)
        if weight
    )


def _drop_teasers(prose: Sequence[int], stretches: Sequence[Stretch]) -> list[int]:
    """Prose that does not stand alone in an element with a headline that is a link."""
    counts = Counter(n for i in prose for n in stretches[i].node.list_ancestors())
    return [i for i in prose if not _is_teaser(i, stretches, counts)]


def _is_teaser(index: int, stretches: Sequence[Stretch], counts: Counter[Node]) -> bool:
    node = stretches[index].node
    for neighbour in stretches[max(0, index - 2) : index + 2]:
        if is_linked(neighbour) and len(neighbour.text) >= _LEAST_TEASED:
            shared = _find_shared(node, neighbour.node)
            if shared is not None and counts[shared] == 1 and shared.tag not in ("body", "html"):
                return True
    return False


def _find_shared(one: Node, other: Node) -> Node | None:
    """The innermost element around both."""
    around = set(one.list_ancestors())
    return next((node for node in other.list_ancestors() if node in around), None)


def _ask_trafilatura(markup: str, stretches: Sequence[Stretch]) -> frozenset[int]:
    """The prose that trafilatura takes for the article's; none where it finds no article."""
    if len(markup) > _LARGEST_PAGE or markup.count("<") > _MOST_TAGS:
        return frozenset()
    from trafilatura import extract

    text = extract(markup, include_comments=False, include_tables=True) or ""
    if len(text) < _LEAST_MAIN:
        return frozenset()
    whole = _squeeze(text)
    return frozenset(
        i for i, s in enumerate(stretches) if is_prose(s) and _squeeze(s.written) in whole
    )


def _squeeze(text: str) -> str:
    """Text as letters and digits alone: trafilatura writes spaces, tables and lists its own way."""
    return "".join(filter(str.isalnum, unicodedata.normalize("NFC", text)))


def _find_container(sure: Sequence[Stretch]) -> Node:
    """The innermost element that holds most of the article's prose, and more than one piece."""
    weights: Counter[Node] = Counter()
    pieces: Counter[Node] = Counter()
    for stretch in sure:
        for node in stretch.node.list_ancestors():
            weights[node] += min(len(stretch.text), _WEIGHT)
            pieces[node] += 1
    total = sum(min(len(s.text), _WEIGHT) for s in sure)
    least = min(2, len(sure))
    enough = (
        node
        for node, weight in weights.items()
        if weight >= _LEAST_IN_CONTAINER * total and pieces[node] >= least
    )
    return max(enough, key=lambda node: node.depth)


def _take_neighbours(container: Node, open_to: Sequence[Stretch]) -> Node:
    """The innermost element around the container with more than one stretch of text in it."""
    counts = Counter(node for s in open_to for node in s.node.list_ancestors())
    around = (node for node in container.list_ancestors() if counts[node] > 1)
    return next(around, container)


def _take_letterhead(container: Node, open_to: Sequence[Stretch]) -> Node:
    """The innermost element around the container and the letterhead and recipients of a document.

    A page may set them in elements of their own, above and below the one with the text.
    """
    dated = [s for s in open_to if read_letterhead_place(s.text)]
    if not dated:
        return container
    recipients = [s for s in open_to if s.text.startswith(_RECIPIENTS)]
    for stretch in (dated[0], *recipients[:1]):
        container = _find_shared(container, stretch.node) or container
    return container


def _widen(container: Node, stretches: Sequence[Stretch], sure: frozenset[int]) -> Node:
    """The outermost element around the container that adds the article's prose and little else."""
    levels = {node: level for level, node in enumerate(container.list_ancestors())}
    gains, noises = [0] * len(levels), [0] * len(levels)
    for index, stretch in enumerate(stretches):
        shared = next(node for node in stretch.node.list_ancestors() if node in levels)
        added = gains if index in sure else noises
        added[levels[shared]] += len(stretch.text)
    widest, gain, noise = container, 0, 0
    for node, level in levels.items():
        gain += gains[level] if level else 0
        noise += noises[level] if level else 0
        if gain and noise <= _MOST_NOISE * gain and node.tag not in ("body", "html"):
            widest, gain, noise = node, 0, 0
    return widest
