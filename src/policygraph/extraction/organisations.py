"""Finds the bodies that a text names.

A name is read by its head (organisation_names), generic plurals are left out ("các tỉnh ủy, thành
ủy trực thuộc Trung ương"), names in a list share the place of the last ("Tỉnh ủy, HĐND, UBND tỉnh
Bắc Ninh"), and short forms are completed by the article's place, or by the fuller name of the same
body elsewhere in the article.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from itertools import accumulate, pairwise
from operator import or_

from policygraph.extraction.elliptic_names import find_elliptic
from policygraph.extraction.full_names import NameCompletion
from policygraph.extraction.listed_names import extend_listed
from policygraph.extraction.main_place import find_place
from policygraph.extraction.name_parts import Name
from policygraph.extraction.organisation_grammar import HeadForm, load_grammar
from policygraph.extraction.organisation_names import NameReader
from policygraph.extraction.phrases import find_phrases
from policygraph.extraction.short_names import ShortName, find_short_names
from policygraph.lexicon import Hit
from policygraph.model import Article, NameMention
from policygraph.span import Span
from policygraph.text import FoldedText

_GENERIC_BEFORE = re.compile(
    r"(?<!\w)(?:các|những|nhiều|mỗi|mọi|từng|một số|hai|ba|bốn"
    r"|(?<!thứ )(?<!số )(?!(?:19|20)\d\d )\d+%?|hệ thống|lực lượng) $"
)
# "các quận, huyện ủy"; but "Công an huyện, Ban CHQS huyện" are two bodies.
_LEVEL_BEFORE = re.compile(r"(?:(?<!\w)(?:các|trực)|[,;(]) ?(?:quận|huyện|thị), $")
_LEVELS = "tỉnh|thành phố|thành|huyện|quận|thị xã|xã|phường|thị trấn|đặc khu"
# What a body gives out or is given: "Sở Y tế các văn bản".
_CONTENTS = "văn bản|nội dung|báo cáo|kế hoạch|giải pháp|nhiệm vụ|biện pháp|vấn đề|chỉ tiêu|hồ sơ"
_GENERIC_AFTER = re.compile(
    rf" (?:ở |tại |của |cấp )?(?:các|cấp|những|mỗi|từng)(?!\w| (?:{_CONTENTS}))"
    rf"| cơ sở(?!\w)| địa phương"
    rf"| trực thuộc (?:trung ương|tw|tỉnh)| (?:nơi|hai|2|02|3|ba) cấp"
    rf"|(?:, ?| và |/| - )(?:{_LEVELS})(?:(?:, ?| và |/)(?:{_LEVELS}))*(?![\w-])(?! [A-ZĐ\d])"
)
_KIND_AFTER = re.compile(r" (?:trực thuộc|các|cấp)(?!\w)")
_LIST_JOINT = re.compile(r", ?| và | ?[-–/&] ?|; ?")


def find_organisations(
    folded: FoldedText, article: Article, *, taken: Sequence[Span]
) -> list[NameMention]:
    """Every mention of a named body, sorted, in source offsets, without overlap.

    `taken` are source spans (citations, campaigns) that no mention overlaps. `rule` is the id of
    the row in data/vocab/organisation_heads.toml or organisation_names.toml, or "registry:…" with
    the id of the organisation in data/registry/organisations.csv.
    """
    closed = _fold_spans(folded, [*taken, *_furniture(article)])
    names = _read_names(folded, closed)
    names = extend_listed(folded, load_grammar(), _drop_generic(folded, names))
    names += find_elliptic(folded, load_grammar(), names, closed)
    names.sort(key=_begin)
    shorts = [s for s in find_short_names(folded, names) if not _is_kind(folded, s)]
    shorts = _keep_free(shorts, names, closed)
    completion = NameCompletion.of(folded, names, find_place(folded, article))
    mentions = [*completion.mentions(names), *completion.short_mentions(shorts)]
    return sorted(mentions, key=lambda mention: mention.span)


def _begin(name: Name) -> int:
    return name.start


def _furniture(article: Article) -> list[Span]:
    return [region.span for region in article.regions if region.kind == "furniture"]


def _fold_spans(folded: FoldedText, spans: Sequence[Span]) -> list[tuple[int, int]]:
    return sorted((folded.folded_offset(s.start), folded.folded_offset(s.end)) for s in spans)


def _read_names(folded: FoldedText, closed: Sequence[tuple[int, int]]) -> list[Name]:
    """The names at the heads outside the closed spans, from left to right."""
    grammar = load_grammar()
    heads = _find_heads(folded)
    reader = NameReader(folded, grammar, heads, [start for start, _ in closed])
    for start in reversed(heads):
        reader.read(start)
    spans, names, free_from = iter([*closed, (len(folded.text), len(folded.text))]), [], 0
    span = next(spans)
    for start in heads:
        while start >= span[1] and span[0] < len(folded.text):
            span = next(spans)
        if start >= free_from and start < span[0] and (name := reader.read(start)):
            names.append(name)
            free_from = name.end
    return names


def _find_heads(folded: FoldedText) -> dict[int, list[Hit[HeadForm]]]:
    """The heads by the folded offset that they stand at: the longest first, the registry's last."""
    heads: dict[int, list[Hit[HeadForm]]] = {}
    text = folded.text
    for hit in find_phrases(folded).heads:
        start, _, form = hit
        if not (form.needs_case and text[start].islower()) or form.written[0].islower():
            heads.setdefault(start, []).append(hit)
    for hits in heads.values():
        if len(hits) > 1:
            hits.sort(key=_is_known)
    return heads


def _is_known(hit: Hit[HeadForm]) -> bool:
    return hit.value.is_known


def _drop_generic(folded: FoldedText, names: Sequence[Name]) -> list[Name]:
    """The names without those that speak of a kind of bodies."""
    kept: list[Name] = []
    for chain in _chains(folded, names):
        last_scoped = max((i for i, name in enumerate(chain) if name.scope), default=-1)
        are_generic = _find_generic(folded, chain)
        for index, name in enumerate(chain):
            if not are_generic[index] and (index <= last_scoped or not _is_lone(name)):
                kept.append(name)
    return kept


def _find_generic(folded: FoldedText, chain: Sequence[Name]) -> list[bool]:
    """Of each name in a list whether it speaks of a kind of bodies, as the words around say."""
    are_open = list(map(_is_open, chain))
    if not any(are_open):
        return are_open
    last, ends_generic = chain[-1], are_open[-1] and _is_generic_after(folded, chain[-1])
    begin_generic = accumulate((_is_generic_before(folded, name) for name in chain), or_)
    return [
        is_open
        and (
            begins_generic
            or (ends_generic and (name.is_bare or (name.head is last.head and not name.is_proper)))
            or _is_generic_after(folded, name)
        )
        for name, is_open, begins_generic in zip(chain, are_open, begin_generic, strict=True)
    ]


def _is_generic_before(folded: FoldedText, name: Name) -> bool:
    near = max(0, name.start - 10)
    if _LEVEL_BEFORE.search(folded.lower, max(0, name.start - 20), name.start):
        return True
    return _GENERIC_BEFORE.search(folded.lower, near, name.start) is not None


def _is_generic_after(folded: FoldedText, name: Name) -> bool:
    return _GENERIC_AFTER.match(folded.text, name.end) is not None


def _is_kind(folded: FoldedText, short: ShortName) -> bool:
    """Whether a short name speaks of a kind here: "mỗi CĐCS", "CĐCS trực thuộc"."""
    before = _GENERIC_BEFORE.search(folded.lower, max(0, short.start - 10), short.start)
    return bool(before or _KIND_AFTER.match(folded.lower, short.end))


def _is_open(name: Name) -> bool:
    """Whether the name may speak of a kind: no place, owner or field of its own makes it one."""
    if (name.head.alone in ("yes", "any") and not name.scope) or name.is_quoted:
        return False
    scope = name.scope or (name.owner.scope if name.owner else None)
    if name.owner and not _is_open(name.owner):
        return False
    return (scope is None or scope.name is None) and not name.head.central


def _is_lone(name: Name) -> bool:
    """Whether the head stands for nothing alone, but for a name after it to share a place with."""
    return name.is_bare and name.head.alone == "list"


def _chains(folded: FoldedText, names: Sequence[Name]) -> Iterator[list[Name]]:
    """Names in lists: what a comma or "và" alone separates stands together."""
    chain: list[Name] = []
    for one, other in pairwise([*names, None]):
        if one is None:
            break
        chain.append(one)
        joint = other and _LIST_JOINT.fullmatch(folded.text, one.end, other.start)
        if not joint:
            yield chain
            chain = []


def _keep_free(
    shorts: Sequence[ShortName], names: Sequence[Name], closed: Sequence[tuple[int, int]]
) -> list[ShortName]:
    """The short names that overlap no name, no closed span and no earlier short name."""
    taken = sorted({*closed, *((name.start, name.end) for name in names)})
    ends = [end for _, end in taken]
    kept: list[ShortName] = []
    for short in sorted(shorts, key=lambda short: (short.start, -short.end)):
        following = bisect_right(ends, short.start)
        overlaps = following < len(taken) and taken[following][0] < short.end
        if not overlaps and (not kept or kept[-1].end <= short.start):
            kept.append(short)
    return kept
