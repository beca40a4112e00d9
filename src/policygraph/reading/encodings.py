"""Bytes → text: Unicode as it stands, and the encodings that came before it.

A file that is clean Unicode is never altered. Any other is decoded only where one encoding makes
Vietnamese of it and no other does; what is left open is an error with a remedy, never a guess.
"""

from __future__ import annotations

import codecs
import io
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from policygraph.errors import ReadingError
from policygraph.reading.legacy import decode_codes, decode_legacy
from policygraph.reading.limits import MOST_TEXT_BYTES

_MARKS = (
    (codecs.BOM_UTF8, "UTF-8", "utf-8"),
    (codecs.BOM_UTF16_LE, "UTF-16", "utf-16-le"),
    (codecs.BOM_UTF16_BE, "UTF-16", "utf-16-be"),
)
_REMEDY = "save it as plain text in UTF-8, for example with iconv -t UTF-8"
_TRIED = "tried UTF-8, UTF-16, Windows-1258, TCVN3, VNI, VISCII and VPS"
_HEAD = 4096
_LONGEST_LINE = 16_000_000  # code points: more than five of the longest articles
# Of the letters, marks and signs that Vietnamese is written in.
_HIGH_BYTES = frozenset(b"\x00\x01\x03\x1e\x20")
_LEAST_HIGH, _LEAST_NULS, _LEAST_PLAIN = 0.95, 0.2, 0.3


@dataclass(frozen=True, slots=True)
class Decoded:
    """A text, how it was encoded, and what is to be said of that (None of plain Unicode)."""

    text: str
    encoding: str
    note: str | None = None


def decode(raw: bytes, *, place: str | None = None) -> Decoded:
    """The text of raw bytes, without the byte order mark, which is no part of it.

    Raises:
        ReadingError: empty, binary, or of no encoding that makes sense of it.
    """
    if not raw.strip():
        raise ReadingError("the file is empty", place=place)
    try:
        decoded = _decode_marked(raw) or _decode_utf8(raw)
    except UnicodeDecodeError as error:
        raise _refuse(error, raw, place) from error
    if decoded is None:
        raise ReadingError("no text: it holds NUL bytes, as binary files do", place=place,
                           remedy=_REMEDY)  # fmt: skip
    if not decoded.text.strip():
        raise ReadingError("the file is empty", place=place)
    return decoded


def decode_lines(path: Path) -> tuple[Iterator[str], str | None]:
    """The lines of a file with their ends, and what is to be said of its encoding.

    A file of more than 24 MB is decoded as it is read: it must be Unicode, and is not altered.

    Raises:
        ReadingError: as `decode`; while the lines are read also where one is too long to be a row
            of a table, or not valid.
    """
    with path.open("rb") as file:
        head = file.read(MOST_TEXT_BYTES + 1)
    if len(head) <= MOST_TEXT_BYTES:
        decoded = decode(head)
        return iter(io.StringIO(decoded.text, newline="")), decoded.note
    if head.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return _decode_on(path, "utf-16"), None
    whole_words = max(head.rfind(b"\n"), head.rfind(b" ")) + 1 or len(head)
    if note := decode(head[: whole_words // 2 * 2]).note:  # UTF-16 has letters of two bytes
        message = f"a table of more than {MOST_TEXT_BYTES // 2**20} MB must be Unicode"
        raise ReadingError(message, remedy=f"convert it to UTF-8, or split it ({note})")
    return _decode_on(path, "utf-8-sig"), None


def _decode_on(path: Path, encoding: str) -> Iterator[str]:
    with path.open(encoding=encoding, newline="") as file:
        number = 0
        try:
            while line := file.readline(_LONGEST_LINE + 1):
                number += 1
                if len(line) > _LONGEST_LINE:
                    message = f"line {number} has more than {_LONGEST_LINE:,} characters"
                    raise ReadingError(message, remedy="close its quotation marks, or split it")
                yield line
        except UnicodeDecodeError as error:
            name = encoding.removesuffix("-sig").upper()
            message = f"no text: what comes behind line {number:,} is not valid {name}"
            raise ReadingError(message, remedy=_REMEDY) from error


def _decode_marked(raw: bytes) -> Decoded | None:
    """The text behind a byte order mark; None where there is none."""
    for mark, label, encoding in _MARKS:
        if raw.startswith(mark):
            text = raw[len(mark) :].decode(encoding)
            return None if "\0" in text else _find_hidden(text, label)
    return None


def _decode_utf8(raw: bytes) -> Decoded | None:
    """UTF-8, UTF-16 without a mark, or an older encoding; None for what is binary."""
    if b"\0" in raw:
        return _decode_unmarked(raw)
    try:
        return _find_hidden(raw.decode("utf-8"), "UTF-8")
    except UnicodeDecodeError:
        found = decode_codes(raw.decode("latin-1"))
        if found is None:
            raise
        return Decoded(found.text, found.encoding, f"decoded from {found.encoding}")


def _find_hidden(text: str, label: str) -> Decoded:
    hidden = decode_legacy(text)
    if hidden is None:
        return Decoded(text, label)
    note = f"decoded from {hidden.encoding}, whose codes were saved as {label}"
    return Decoded(hidden.text, f"{hidden.encoding} in {label}", note)


def _decode_unmarked(raw: bytes) -> Decoded | None:
    """UTF-16 without a byte order mark, told by where the high bytes of its letters stand."""
    head = raw[: min(_HEAD, len(raw) - len(raw) % 2)]
    for encoding, highs in (("utf-16-le", head[1::2]), ("utf-16-be", head[0::2])):
        if not _are_high_bytes(highs):
            continue
        text = raw.decode(encoding)
        if "\0" not in text and _is_written(text[:_HEAD]):
            return Decoded(text, "UTF-16", "decoded from UTF-16 without a byte order mark")
    return None


def _are_high_bytes(highs: bytes) -> bool:
    of_letters = sum(byte in _HIGH_BYTES for byte in highs)
    return bool(highs) and (
        of_letters >= _LEAST_HIGH * len(highs) and highs.count(0) >= _LEAST_NULS * len(highs)
    )


def _is_written(text: str) -> bool:
    """Whether plain letters make up a fair part of a text, as they do of every Vietnamese one."""
    return sum(c.isascii() and c.isalpha() for c in text) >= _LEAST_PLAIN * len(text)


def _refuse(error: UnicodeDecodeError, raw: bytes, place: str | None) -> ReadingError:
    at = error.start + (len(raw) - len(error.object))
    if error.encoding == "utf-8" and error.end >= len(error.object) and error.start > 0:
        message = f"it ends at byte {at} in the middle of a letter: the file was cut off"
        return ReadingError(message, place=place, remedy="get the whole file")
    tried = "tried UTF-16, which its byte order mark announces"
    tried = _TRIED if not error.encoding.startswith("utf-16") else tried
    return ReadingError(f"no text: byte {at} is not valid ({tried})", place=place, remedy=_REMEDY)
