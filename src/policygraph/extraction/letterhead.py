"""Reads the layout of a text that is itself a document: what it says of the document.

    ỦY BAN NHÂN DÂN TỈNH …
    Số: 512/BC-UBND                    Thành phố …, ngày 14 tháng 12 năm 2023
    BÁO CÁO
    Kết quả …

The layout is that of Nghị định 30/2020/NĐ-CP (State) and Hướng dẫn 36-HD/VPTW (Party); a text in
one column has its lines in either order. An article that quotes a letterhead is none: its own
words, or its byline, stand before it.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import chain

from policygraph.document_types import DocumentType, load_document_types
from policygraph.extraction.dates import DATE, read_date
from policygraph.extraction.layout import find_words, split_cells
from policygraph.extraction.signature import find_signer
from policygraph.extraction.title_lines import find_title
from policygraph.model import Citation, NameMention, Region, StatedDate
from policygraph.numbering import DocumentNumber
from policygraph.registry import load_registry
from policygraph.text import FoldedText

_LONGEST = 1500
_NEAR = 400
_PROSE = 80
_LONGEST_MOTTO = 60
_LINE_START = r"(?:^|[\n|*\t]|\s{2})\W{0,6}"
_NUMBER_BEFORE = re.compile(rf"{_LINE_START}(?:Số|SỐ)\s{{0,2}}[:.]?\W{{0,4}}$")
_LINE_BEFORE = re.compile(rf"{_LINE_START}$")
_LINE_BEHIND = re.compile(r"[ *_]{0,6}(?:$|[\n|\t]|\s{2}|[^\W\d_][^\n,]{1,40},\s{0,3}ngày\s)")
_TYPED = re.compile(r"[^\W\d_]+(?:\s[^\W\d_]+){0,3}\ssố\s?:", re.IGNORECASE)
# A place is a word; "Chỉ thị số 35-CT/TW, ngày …" is another document's date.
_PLACE_AND_DATE = re.compile(rf"(?<![\w/.-])[^\W\d_]+,\s{{0,3}}ngày\s{{0,3}}{DATE}")
_PASSED = re.compile(
    r"\n\W{0,4}(?:Bộ luật|Luật|Nghị quyết|Pháp lệnh) này[^.]{1,200}?\sthông qua\s{1,2}ngày\s{0,3}"
    + DATE
)
_HEADING = re.compile(r"\n[ \t*#_|]{0,6}([^\W\d_]+(?: [^\W\d_]+){0,3})[ \t*#_|:]{0,6}(?=\n)")
_BASIS = re.compile(r"\n\W{0,6}Căn cứ\s[^\n;]{10,400}(?:\n[^\n;]{3,400}){0,3};\s*\n\W{0,6}Căn cứ\s")
# "21/NQ-HĐĐH: Nghị quyết về việc …⏎Căn cứ …; Căn cứ …"
_TITLED = re.compile(r"\W{0,6}(?:(?:[Tt]oàn văn|[Nn]ội dung)\s)?(?:Số\s?:?\s)?")
_BASES = re.compile(r"\s*\n[\s*_–-]{0,6}Căn cứ\s[^;]{10,600};\s*[*_–-]?\s?Căn cứ\s")
_SIGNATURE = re.compile(r"(?:TM|T/M|T\.M)\.?\s{1,2}$")
_ENACTS = re.compile(
    r"[\s*_]+(?:đã\s)?(?:quy định|ban hành|quyết định|kết luận|yêu cầu|đề nghị|chỉ thị|hướng dẫn"
    r"|thông báo)"
    r"(?:\s[^.;]{0,300}:|[\s:*_]{0,6}$)"
)
_BARE_LINE = re.compile(r"(?:^|\n)[ \t*_]*$")
_SECTION = re.compile(
    r"\n\W{0,4}(?:(?i:điều|mục|phần|chương)\s\w{1,4}|[IVX]{1,4}|\d{1,2})\s?[.)–-]"
)
_SENTENCE_END = re.compile(r"[.!?…][\s*_”\")\]]*$")


def mark_letterhead(
    folded: FoldedText,
    citations: Sequence[Citation],
    organisations: Sequence[NameMention],
    regions: Sequence[Region] = (),
) -> list[Citation]:
    """The citations, the text's own number completed and marked `is_own` where it has one.

    Of the bodies that may have issued it, the one that it is signed for ("TM. ỦY BAN NHÂN DÂN")
    comes before the one whose name stands above the number. A heading that names the meeting too
    ("NGHỊ QUYẾT / HỘI NGHỊ BAN CHẤP HÀNH …") is no citation of another document. `regions` are
    those of the article.
    """
    completed = list(citations)
    for index, citation in enumerate(citations):
        start = folded.folded_offset(citation.span.start)
        if start > _LONGEST:
            break
        if _opens_preamble(folded, citation, start):
            completed[index] = replace(citation, is_own=True)
            return completed
        if not _stands_in_letterhead(folded, citation, start):
            continue
        date = _find_date(folded, citation, start)
        is_whole = date or _is_headed(folded, start)
        if is_whole and citation.number and citation.number.issuer:
            own = _complete(folded, citation, start, date, organisations)
            if _is_announced(citations[:index], own) or not _is_reported(
                folded, start, own, regions
            ):
                completed[index] = own
                return [c for c in completed if not _is_heading(folded, c, own)]
            break
    return completed


def _opens_preamble(folded: FoldedText, citation: Citation, start: int) -> bool:
    """Whether a text begins with a number in its title, and its legal bases follow."""
    number, text = citation.number, folded.text
    if number is None or not number.issuer or not _TITLED.fullmatch(text[:start]):
        return False
    line = text.find("\n", start, start + _LONGEST)
    return line >= 0 and _BASES.match(text, line) is not None


def _is_heading(folded: FoldedText, citation: Citation, own: Citation) -> bool:
    """Whether what a citation without number or plenum begins with is the type of the text's own
    document in a line by itself."""
    if citation.number or citation.plenum or citation.type != own.type:
        return False
    start = folded.folded_offset(citation.span.start)
    heading = _HEADING.match(folded.text, max(0, folded.text.rfind("\n", 0, start)), start + _NEAR)
    is_near = own.span.end < citation.span.start < own.span.end + _LONGEST
    return is_near and heading is not None and heading[1].isupper()


def _is_headed(folded: FoldedText, start: int) -> bool:
    """Whether a number stands between a motto and a type in a line of capitals, or legal bases.

    So it is that of a letterhead, though its date is lost, or still open.
    """
    cells = split_cells(folded.text, max(0, start - _NEAR), start + _NEAR)
    if not any(find_words("motto").match(cell.text) for cell in cells):
        return False
    lines = (m[1] for m in _HEADING.finditer(folded.text, start, start + _NEAR))
    is_headed = any(line.isupper() and any(_list_types(line)) for line in lines)
    return is_headed or _BASIS.search(folded.text, start, start + _LONGEST) is not None


def _stands_in_letterhead(folded: FoldedText, citation: Citation, start: int) -> bool:
    """Whether "Số:" opens the line of a number, or its type does in a line of a letterhead."""
    text = folded.text
    if _NUMBER_BEFORE.search(text, max(0, start - 24), start):
        return True
    end = folded.folded_offset(citation.span.end)
    return bool(
        _TYPED.match(text, start, end)
        and _LINE_BEFORE.search(text, max(0, start - 8), start)
        and _LINE_BEHIND.match(text, end)
        and any(
            find_words("motto").match(cell.text)
            for cell in split_cells(text, max(0, start - _NEAR), end + _NEAR)
        )
    )


def _complete(
    folded: FoldedText,
    citation: Citation,
    start: int,
    date: StatedDate | None,
    organisations: Sequence[NameMention],
) -> Citation:
    number, end = citation.number, folded.folded_offset(citation.span.end)
    bodies = [name for name in organisations if not _holds_motto(folded, name)]
    issuer = _find_issuer(folded, citation, number, bodies) if number else None
    type_ = _find_type(folded, citation, start) or citation.type
    signer = find_signer(folded, end)
    is_body = signer and any(name.span.overlaps(signer) for name in organisations)
    return replace(
        citation,
        type=type_,
        dates=(date,) if date else (),
        issuer=issuer.span if issuer else None,
        title=find_title(folded, end, type_, organisations),
        signer=None if is_body else signer,
        is_own=True,
    )


def _holds_motto(folded: FoldedText, name: NameMention) -> bool:
    """Whether a name ran on into the other column ("ỦY BAN NHÂN DÂN CỘNG HÒA XÃ HỘI …")."""
    start = folded.folded_offset(name.span.start)
    end = folded.folded_offset(name.span.end)
    stop = folded.text.find("\n", end, end + _LONGEST_MOTTO)
    line = folded.text[start : stop if stop >= 0 else end + _LONGEST_MOTTO]
    motto = find_words("motto").search(line.replace("\n", " "))
    return motto is not None and motto.start() < end - start


def _is_announced(before: Sequence[Citation], own: Citation) -> bool:
    """Whether the words before a letterhead speak of its document: a portal gives its full text."""
    return any(c.number == own.number for c in before)


def _is_reported(folded: FoldedText, start: int, own: Citation, regions: Sequence[Region]) -> bool:
    """Whether the letterhead stands in an article: behind its prose, or under its headline with a
    byline before the letterhead or behind the signature."""
    cells = split_cells(folded.text, 0, start)
    if any(len(c.text) >= _PROSE and _SENTENCE_END.search(c.text) for c in cells):
        return True
    begin, end = own.span.start, (own.signer or own.span).end
    bylines = [r.span for r in regions if r.kind == "byline"]
    if any(span.end <= begin for span in bylines):
        return True
    headlines = [r.span for r in regions if r.kind == "headline" and r.span.end <= begin]
    surfaces = (
        folded.text[folded.folded_offset(s.start) : folded.folded_offset(s.end)] for s in headlines
    )
    return any(not s.isupper() for s in surfaces) and any(span.start >= end for span in bylines)


def _find_date(folded: FoldedText, citation: Citation, start: int) -> StatedDate | None:
    """The date behind the place of signing, near the number; of a law, else that of its passing."""
    near = _PLACE_AND_DATE.finditer(folded.lower, max(0, start - _NEAR), start + _NEAR)
    is_law = citation.number is not None and citation.number.style == "assembly"
    passed = _PASSED.finditer(folded.text, start) if is_law else iter(())
    for match in chain(near, passed):
        if iso := read_date(match):
            return StatedDate(iso, folded.source_span(match.start("day"), match.end()))
    return None


def _find_type(folded: FoldedText, citation: Citation, start: int) -> str | None:
    """The type that a line by itself names: the first of those that the number's code may mean,
    else the heading's, for "THÔNG TRI" may bear the code of a submission, "03/TTr-MTTQ".

    Laws and numbers before 1996 have no code: the first line that is a type names it.
    """
    number = citation.number
    code = number.type if number else None
    lines = [m[1] for m in _HEADING.finditer(folded.text, start, start + _LONGEST)]
    named = [(line, type_) for line in lines for type_ in _list_types(line)]
    if number is not None and not (code or number.unit):
        return next((type_.id for _, type_ in named), None)
    if code is None:
        return None
    meant = [type_.id for _, type_ in named if code in type_.codes]
    headed = [type_.id for line, type_ in named if line.isupper()]
    return next(iter([*meant, *headed]), None)


def _list_types(line: str) -> Iterator[DocumentType]:
    """The types whose words a line is."""
    words = line.lower()
    yield from (type_ for type_ in load_document_types().values() if words in type_.phrases)


def _find_signing(folded: FoldedText, organisations: Sequence[NameMention]) -> NameMention | None:
    for name in organisations:
        start = folded.folded_offset(name.span.start)
        if _SIGNATURE.search(folded.text, max(0, start - 6), start):
            return name
    return None


def _find_issuer(
    folded: FoldedText,
    citation: Citation,
    number: DocumentNumber,
    organisations: Sequence[NameMention],
) -> NameMention | None:
    """The body that signs; else the one that alone has the number's code; else, of those that share
    it, the one that enacts; else the one above the number; else the first that shares the code."""
    code = load_registry().issuer(number.issuer) if number.issuer else None
    sole = (code.body,) if code and code.body else ()
    many = code.bodies if code else ()
    return (
        _find_signing(folded, organisations)
        or _find_named(sole, organisations)
        or _find_enacting(folded, citation, many, organisations)
        or _find_above(citation, organisations)
        or _find_named(many, organisations)
    )


def _find_enacting(
    folded: FoldedText,
    citation: Citation,
    names: tuple[str, ...],
    organisations: Sequence[NameMention],
) -> NameMention | None:
    """The body, of those with one code, that opens a line before the first section and enacts.

    The papers of the Central Committee's organs bear its name above their number.
    """
    section = _SECTION.search(folded.text, folded.folded_offset(citation.span.end))
    limit = section.start() if section else len(folded.text)
    for body in organisations if names else ():
        start = folded.folded_offset(body.span.start)
        end = folded.folded_offset(body.span.end)
        if start >= limit:
            return None
        opens = _BARE_LINE.search(folded.text, max(0, start - 8), start)
        if opens and body.name.startswith(names) and _ENACTS.match(folded.lower, end):
            return body
    return None


def _find_named(names: tuple[str, ...], organisations: Sequence[NameMention]) -> NameMention | None:
    """The first body of the text whose full name begins with one of the names."""
    return next((body for body in organisations if body.name.startswith(names)), None)


def _find_above(citation: Citation, organisations: Sequence[NameMention]) -> NameMention | None:
    before = bisect_left(organisations, citation.span, key=lambda name: name.span)
    return organisations[before - 1] if before else None
