"""Which file is what: told by the first bytes where they are plain, else by the name's ending."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import Literal

from policygraph.errors import ReadingError

#: What is done with a file: it is one text; one file that a reader takes apart; or many records.
Form = Literal["text", "html", "mhtml", "docx", "pdf", "lines", "json", "delimited", "excel",
               "parquet", "feed"]  # fmt: skip

#: Those of many records.
CONTAINERS: frozenset[Form] = frozenset(("lines", "json", "delimited", "excel", "parquet", "feed"))

#: The extra of the package that reads a form; what is not here needs none.
EXTRAS: dict[Form, str] = {
    "html": "html",
    "mhtml": "html",
    "docx": "docx",
    "pdf": "pdf",
    "excel": "excel",
    "parquet": "parquet",
    "feed": "feed",
}

_SUFFIXES: dict[Form, tuple[str, ...]] = {
    "text": (".txt", ".md", ".markdown"),
    "html": (".html", ".htm", ".xhtml"),
    "mhtml": (".mht", ".mhtml"),
    "docx": (".docx", ".docm"),
    "pdf": (".pdf",),
    "lines": (".jsonl", ".ndjson"),
    "json": (".json",),
    "delimited": (".csv", ".tsv", ".tab"),
    "excel": (".xlsx", ".xlsm", ".xls", ".xlsb", ".ods"),
    "parquet": (".parquet",),
    "feed": (".rss", ".atom", ".xml"),
}
_CONVERT = "convert it, for example with: soffice --headless --convert-to docx FILE"


@dataclass(frozen=True, slots=True)
class _Unread:
    """A kind of file that analysts hold and that is not read, with the way round it."""

    name: str
    suffixes: tuple[str, ...]
    remedy: str


_UNREAD = (
    _Unread("a Word 97-2003 file", (".doc", ".dot"), _CONVERT),
    _Unread("a rich text file (RTF)", (".rtf",), _CONVERT),
    _Unread("an OpenDocument text", (".odt",), _CONVERT),
    _Unread("a WPS or Pages file", (".wps", ".pages"), "save it as .docx in its own program"),
    _Unread("a presentation", (".ppt", ".pptx", ".odp"), "save it as PDF in its own program"),
    _Unread("an e-book", (".epub", ".mobi"), "save its chapters as HTML"),
    _Unread("an archive", (".zip", ".rar", ".7z", ".tar", ".gz"), "unpack it, and name the folder"),
    _Unread(
        "a picture",
        (".jpg", ".jpeg", ".png", ".tif", ".tiff", ".bmp", ".djvu"),
        "run character recognition first, for example: tesseract FILE text -l vie",
    ),
)
#: Left out of folders without a word: they lie beside saved pages, and hold no article.
_SILENT = ("a picture", "an archive")

_OLE, _ZIP, _RTF = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", b"PK\x03\x04", b"{\\rtf"
_HTML_STARTS = (b"<!doctype html", b"<html")
_UTF8_MARK = b"\xef\xbb\xbf"


@cache
def _forms() -> dict[str, Form]:
    return {suffix: form for form, suffixes in _SUFFIXES.items() for suffix in suffixes}


@cache
def _unread() -> dict[str, _Unread]:
    return {suffix: kind for kind in _UNREAD for suffix in kind.suffixes}


def is_of_interest(suffix: str) -> bool:
    """Whether a file found in a folder is read, or said to be unreadable; others are left out."""
    known = _unread().get(suffix)
    return suffix in _forms() or (known is not None and known.name not in _SILENT)


def tell_form(suffix: str, head: bytes) -> Form:
    """The form of a file by the ending of its name, in lower case, and its first 64 KB.

    A file without ending is taken for text, unless its bytes say otherwise.

    Raises:
        ReadingError: it is of a kind that is not read.
    """
    named = _forms().get(suffix, "text" if not suffix else None)
    form = _read_signature(named, head) or named
    if form is None or (form == "text" and head.startswith((_OLE, _RTF))):
        raise _refuse(suffix, head)
    return form


def _read_signature(named: Form | None, head: bytes) -> Form | None:
    """The form that the bytes alone settle: files often bear the ending of another form."""
    if b"%PDF-" in head[:1024] and named in (None, "text", "html", "docx"):
        return "pdf"
    if head.startswith(_ZIP) and b"word/" in head:
        return "docx"
    begins = head[:256].removeprefix(_UTF8_MARK).lstrip().lower()
    if begins.startswith(_HTML_STARTS) and named in (None, "docx"):
        return "html"
    return None


def _refuse(suffix: str, head: bytes) -> ReadingError:
    known = _unread().get(suffix)
    if head.startswith(_OLE):
        known = _unread()[".doc"]
    elif head.startswith(_RTF):
        known = _unread()[".rtf"]
    if known:
        return ReadingError(f"{known.name} is not read", remedy=known.remedy)
    remedy = f"what is read: {list_suffixes()}; plain text may be renamed to .txt"
    return ReadingError(f"files of the kind {suffix} are not read", remedy=remedy)


def list_suffixes() -> str:
    """The endings of the names of files that are read, for messages."""
    return ", ".join(suffix for suffixes in _SUFFIXES.values() for suffix in suffixes)
