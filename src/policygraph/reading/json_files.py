"""JSON Lines and JSON → the objects in them, one at a time, however large the file is."""

from __future__ import annotations

import codecs
import json
import re
from collections.abc import Iterator
from io import TextIOWrapper
from json import JSONDecodeError
from pathlib import Path
from typing import Any, BinaryIO

from policygraph.errors import ReadingError
from policygraph.reading.columns import find_field
from policygraph.reading.limits import MOST_TEXT_BYTES, check_size
from policygraph.reading.records import parse_json, parse_object

Object = dict[str, Any]

_UTF16 = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
_NEITHER = "neither an article as a JSON object nor one array of such objects"
_CHUNK = 2**16
_SPACE = re.compile(r"[ \t\n\r]*")


def read_lines(path: Path) -> Iterator[tuple[int, Object | ReadingError]]:
    """The objects of JSON Lines, each with the number of its line; of a bad line, what is wrong.

    Raises:
        ReadingError: the file is empty, or in UTF-16.
    """
    is_empty = True
    with path.open("rb") as stream:
        for number, line in enumerate(_split_lines(stream), 1):
            if isinstance(line, ReadingError):
                yield number, line
            elif number == 1 and line.startswith(_UTF16):
                remedy = "convert the file to UTF-8"
                raise ReadingError("UTF-16, but JSON Lines must be UTF-8", remedy=remedy)
            elif raw := line.removeprefix(codecs.BOM_UTF8).strip():
                yield number, _try_object(raw)
            else:
                continue
            is_empty = False
    if is_empty:
        raise ReadingError("the file is empty")


def _try_object(raw: bytes) -> Object | ReadingError:
    try:
        return parse_object(raw)
    except ReadingError as error:
        return error


def _split_lines(stream: BinaryIO) -> Iterator[bytes | ReadingError]:
    """The lines of a file; one that is too long to be an article is passed over, not loaded."""
    while line := stream.readline(MOST_TEXT_BYTES + 1):
        if len(line) <= MOST_TEXT_BYTES:
            yield line
            continue
        size = len(line)
        while line and not line.endswith(b"\n"):
            line = stream.readline(MOST_TEXT_BYTES)
            size += len(line)
        yield ReadingError(f"the line has {size / 2**20:,.0f} MB, too many for one article")


def read_json(path: Path) -> Iterator[Object | ReadingError]:
    """The objects of a JSON file: an array of them, alone or as the one array of an object.

    An array is read element by element. Where it breaks off, the objects before are good.

    Raises:
        ReadingError: broken JSON, with line and column, or none of these.
    """
    with path.open("rb") as stream:
        first = stream.read(_CHUNK).removeprefix(codecs.BOM_UTF8).lstrip()[:1]
        stream.seek(0)
        objects = _read_array(stream) if first == b"[" else _read_object(stream)
        is_empty = True
        for each in objects:
            is_empty = False
            yield each
    if is_empty:
        raise ReadingError("the file holds no article")


def _read_object(stream: BinaryIO) -> Iterator[Object]:
    """A file that is one object: an article, or what stands around the array of them."""
    raw = stream.read(MOST_TEXT_BYTES + 1)
    check_size(len(raw), MOST_TEXT_BYTES, what="a JSON file that is no array")
    values = parse_json(raw.removeprefix(codecs.BOM_UTF8), where=_name_line)
    if not isinstance(values, dict):
        raise ReadingError(_NEITHER, remedy="[{…}, {…}]")
    yield from [values] if _is_article(values) else _find_array(values)


def _name_line(error: JSONDecodeError) -> str:
    return f"line {error.lineno}, column {error.colno}"


def _is_article(values: Object) -> bool:
    """Whether it has a text: then its arrays are pictures and tags, not articles."""
    return any(isinstance(v, str) and find_field(k) == "text" for k, v in values.items())


def _find_array(values: Object) -> list[Object]:
    arrays = [each for each in values.values() if isinstance(each, list) and _are_objects(each)]
    if not arrays:
        return [values]
    filled = [each for each in arrays if each] or arrays[:1]  # "errors": [] is no rival
    if len(filled) > 1:
        raise ReadingError(_NEITHER, remedy="[{…}, {…}]")
    return filled[0]


def _are_objects(values: list[Any]) -> bool:
    return all(isinstance(value, dict) for value in values)


def _read_array(stream: BinaryIO) -> Iterator[Object | ReadingError]:
    array = _Array(TextIOWrapper(stream, encoding="utf-8-sig", newline=""))
    try:
        for number, element in enumerate(array.read(), 1):
            if isinstance(element, dict):
                yield element
            elif number == 1:
                raise ReadingError(_NEITHER, remedy="[{…}, {…}]")
            else:
                yield ReadingError("not a JSON object", remedy="[{…}, {…}]")
    except UnicodeDecodeError as error:
        message = f"not UTF-8, which JSON must be, behind line {array.line}"
        raise ReadingError(message, remedy="convert the file to UTF-8") from error


class _Array:
    """A JSON array that is read element by element, with no more of the file in memory.

    Attributes:
        kept: what was read of the file and is not behind `at` yet.
        line, column: where `kept` begins, counted from 1 and 0.
    """

    def __init__(self, stream: TextIOWrapper) -> None:
        self.stream = stream
        self.kept, self.at = "", 0
        self.line, self.column = 1, 0
        self.decoder = json.JSONDecoder()

    def read(self) -> Iterator[Any]:
        """The elements; raises ReadingError with line and column where the JSON is broken."""
        self._expect("[")
        if self._peek() == "]":
            self.at += 1
        else:
            yield self._decode()
            while self._expect(",]") == ",":
                yield self._decode()
        if self._peek():
            raise self._refuse("Extra data", self.at)

    def _peek(self) -> str:
        """The next character that is no white space, which is then at `at`; "" at the end."""
        while True:
            space = _SPACE.match(self.kept, self.at)
            assert space
            self.at = space.end()
            if self.at < len(self.kept) or not self._read_on(_CHUNK):
                return self.kept[self.at : self.at + 1]

    def _expect(self, signs: str) -> str:
        sign = self._peek()
        if not sign or sign not in signs:
            raise self._refuse(f"Expecting {' or '.join(map(repr, signs))}", self.at)
        self.at += 1
        return sign

    def _decode(self) -> Any:
        """The element that begins here: it may be whole only after more of the file is read."""
        self._peek()
        while True:
            try:
                element, end = self.decoder.raw_decode(self.kept, self.at)
            except JSONDecodeError as error:
                more = max(_CHUNK, len(self.kept) - self.at)
                if len(self.kept) - self.at > MOST_TEXT_BYTES or not self._read_on(more):
                    raise self._refuse(error.msg, error.pos) from error
            except RecursionError as error:
                raise ReadingError("broken JSON: nested too deeply") from error
            except ValueError as error:  # more digits than Python turns into an integer
                raise ReadingError(f"broken JSON: {error}") from error
            else:
                if end < len(self.kept) or not self._read_on(_CHUNK):  # a number may go on
                    self.at = end
                    return element

    def _read_on(self, size: int) -> bool:
        """Drops what was read, and takes in more; whether there was any."""
        more = self.stream.read(size)
        if more:
            self.line, self.column = self._locate(self.at)
            self.kept, self.at = self.kept[self.at :] + more, 0
        return bool(more)

    def _locate(self, at: int) -> tuple[int, int]:
        lines = self.kept.count("\n", 0, at)
        if not lines:
            return self.line, self.column + at
        return self.line + lines, at - self.kept.rfind("\n", 0, at) - 1

    def _refuse(self, message: str, at: int) -> ReadingError:
        line, column = self._locate(at)
        return ReadingError(f"broken JSON at line {line}, column {column + 1}: {message}")
