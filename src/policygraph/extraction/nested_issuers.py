"""Issuers that stand behind a document which is not theirs: they belong to one that guides it.

"Thông tư 4 hướng dẫn Nghị định 55 của Bộ Y tế" is of the ministry, which gives out no decrees;
"Luật Dược của Bộ Y tế" leaves the law without an issuer.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from itertools import pairwise

from policygraph.document_types import load_document_types
from policygraph.extraction.coded_issuers import stands_for
from policygraph.model import Citation
from policygraph.span import Span
from policygraph.text import FoldedText

# Right behind the document, or its date, and with no other clause up to what is guided.
_GUIDES = re.compile(
    r"(?:,?\s(?:ngày\s)?[\d/.-]++)?\s(?:về\s(?:việc\s)?)?"
    r"(?:hướng dẫn|quy định chi tiết|sửa đổi, bổ sung|sửa đổi)\s(?:(?!và\s)[^.;:,\s]+\s){0,9}"
)


def pass_up_issuers(
    folded: FoldedText, citations: Sequence[Citation], names: Mapping[Span, str]
) -> list[Citation]:
    """The sorted citations, each issuer with the one that may be its own.

    `names` are the full names of bodies by their source spans.
    """
    passed = list(citations)
    for i, (outer, inner) in enumerate(pairwise([None, *citations])):
        if inner is None or _may_be_its_own(inner, names):
            continue
        if outer and _is_guided(folded, outer, inner) and _may_take(outer, inner, names):
            passed[i - 1] = replace(outer, issuer=inner.issuer)
            passed[i] = replace(inner, issuer=None)
        elif load_document_types()[inner.type or ""].is_named:
            passed[i] = replace(inner, issuer=None)
    return passed


def _may_be_its_own(citation: Citation, names: Mapping[Span, str]) -> bool:
    type_ = load_document_types().get(citation.type or "")
    if type_ is None or citation.issuer is None:
        return True
    return type_.may_be_of(names.get(citation.issuer, ""))


def _may_take(outer: Citation, inner: Citation, names: Mapping[Span, str]) -> bool:
    """Whether an issuer behind the inner document may be that of the outer, by type and number."""
    body = names.get(inner.issuer, "") if inner.issuer else ""
    number = outer.number if outer.number and outer.number.issuer else None
    type_ = load_document_types().get(outer.type or "")
    is_open = outer.issuer is None and (type_ is None or type_.may_be_of(body))
    return is_open and (number is None or stands_for(number, body))


def _is_guided(folded: FoldedText, outer: Citation, inner: Citation) -> bool:
    start, end = folded.folded_offset(outer.span.end), folded.folded_offset(inner.span.start)
    return _GUIDES.fullmatch(folded.lower, start, end) is not None
