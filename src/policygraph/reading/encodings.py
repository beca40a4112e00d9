"""Bytes → text: UTF-8 with or without BOM, UTF-16 with BOM, and nothing else.

Vietnamese legacy encodings (TCVN3, VNI) cannot be told from one another by their bytes; guessing
would alter texts silently, so that such a file is an error with a remedy.
"""

from __future__ import annotations

import codecs

from policygraph.errors import ReadingError

_MARKS = (
    (codecs.BOM_UTF8, "UTF-8", "utf-8"),
    (codecs.BOM_UTF16_LE, "UTF-16", "utf-16-le"),
    (codecs.BOM_UTF16_BE, "UTF-16", "utf-16-be"),
)
_REMEDY = "save it as plain text in UTF-8, for example with iconv -t UTF-8"


def decode(raw: bytes, *, place: str) -> str:
    """The text of raw bytes, untouched but for the byte order mark, which is no part of it.

    Raises:
        ReadingError: empty, of no encoding that is read, or binary.
    """
    if not raw.strip():
        raise ReadingError("the file is empty", place=place)
    mark, label, encoding = next((m for m in _MARKS if raw.startswith(m[0])), (b"", "", ""))
    try:
        text = raw[len(mark) :].decode(encoding or "utf-8")
    except UnicodeDecodeError as error:
        tried = f"tried {label}, which its byte order mark announces" if label else _TRIED
        message = f"no text: byte {len(mark) + error.start} is not valid ({tried})"
        raise ReadingError(message, place=place, remedy=_REMEDY) from error
    if "\0" in text:
        message = f"no text: it holds NUL bytes, as binary files do ({label or _TRIED})"
        raise ReadingError(message, place=place, remedy=_REMEDY)
    if not text.strip():
        raise ReadingError("the file is empty", place=place)
    return text


_TRIED = "tried UTF-8; UTF-16 needs a byte order mark"
