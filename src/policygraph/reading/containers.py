"""Files of many articles → sources. They are taken apart in a process of their own.

Every article of such a file becomes a record as JSON, whatever it was before: it is that record
which is hashed, so that one changed row is one article read anew.
"""

from __future__ import annotations

import json
from collections.abc import Generator, Iterator
from contextlib import closing
from dataclasses import replace
from typing import Any

from policygraph.errors import ReadingError
from policygraph.reading.formats import Form
from policygraph.reading.isolation import read_entries_apart
from policygraph.reading.limits import (
    MOST_BAD_AT_FIRST,
    MOST_FILE_BYTES,
    MOST_RECORDS,
    MOST_TEXT_BYTES,
    MOST_TOLD,
    check_size,
)
from policygraph.reading.selection import Selection
from policygraph.reading.source import File, Source, make_source

Found = Iterator[Source | ReadingError]

_TABLES: tuple[Form, ...] = ("delimited", "excel", "parquet")
_SPLIT = "split it into several files"


def read_container(file: File, selection: Selection) -> Found:
    """The articles of a file of many, and why some of its records are none.

    Of many bad records the first few are told, and how many more there are. A file none of whose
    records can be read is one error, told after the first thousand.

    Raises:
        ReadingError: the file cannot be read, or not any further.
    """
    if file.form != "lines":  # which are read line by line, however many there are
        most = MOST_TEXT_BYTES if file.form == "feed" else MOST_FILE_BYTES
        check_size(file.path.stat().st_size, most)
    return _bound_errors(_take_entries(file, selection), file)


def _take_entries(file: File, selection: Selection) -> Generator[Source | ReadingError]:
    records = _Records(file)
    entries = read_entries_apart(file.path, file.form, text_column=selection.text_column)
    for number, entry in enumerate(entries):
        if number == MOST_RECORDS:
            message = f"it holds more than {MOST_RECORDS:,} records, and the others are not read"
            raise ReadingError(message, remedy=_SPLIT)
        yield records.take(entry)


class _Records:
    """The records of one file as sources, each id once."""

    def __init__(self, file: File) -> None:
        self.file = file
        self.path = file.path.as_posix()
        self.first_positions: dict[str, str] = {}
        self.file_notes: list[str] = []
        self.noted = 0

    def take(self, entry: dict[str, Any]) -> Source | ReadingError:
        """The source of a record as the child process tells it."""
        sheet = f"{entry['sheet']}!" if entry["sheet"] else ""
        position = f"{sheet}{entry['number']}"
        place = f"{self.path}:{position}"
        self.file_notes += entry["file_notes"]
        if "error" in entry:
            return ReadingError(entry["error"], place=place, remedy=entry["remedy"])
        record = entry["record"]
        id_ = self._name(record.get("id"), sheet, position)
        first = self.first_positions.setdefault(id_, position)
        if first != position:
            message = f"the id “{record.get('id', id_)}” is used twice, first in {first}"
            return ReadingError(message, place=place, remedy="give each article an id of its own")
        raw = json.dumps(record, ensure_ascii=False, sort_keys=True).encode()
        source = make_source(id_, place, raw, "record")
        notes = tuple(self._count_notes(entry["notes"]))
        return replace(source, file=self.path, file_notes=self._release_notes(), notes=notes)

    def _name(self, id_: str | None, sheet: str, position: str) -> str:
        """The id of an article: the record's own, unless it counts within its file alone.

        Tables number their rows from 1: such a number says which article it is only together with
        the file.
        """
        if id_ is None:
            return f"{self.file.relative}#{position}"
        is_row = self.file.form in _TABLES and id_.isdecimal()
        return f"{self.file.relative}/{sheet}{id_}" if is_row else id_

    def _release_notes(self) -> tuple[str, ...]:
        """What is to be said of the file, with its first article."""
        notes, self.file_notes = tuple(self.file_notes), []
        return notes

    def _count_notes(self, notes: list[str]) -> list[str]:
        """The notes on a record; of a file whose records all have some, the first few."""
        self.noted += bool(notes)
        if self.noted == MOST_TOLD and notes:
            return [*notes, "of the records behind it such things are not told any more"]
        return notes if self.noted < MOST_TOLD else []


def _bound_errors(found: Generator[Source | ReadingError], file: File) -> Found:
    """The same, with no more errors than can be read."""
    errors = _Errors(file)
    with closing(found):
        try:
            for each in found:
                yield from errors.add(each) if isinstance(each, ReadingError) else errors.release()
                if isinstance(each, Source):
                    yield each
        except ReadingError:
            if errors.is_any_read:
                yield from errors.sum_up()
            raise
    yield from errors.sum_up()


class _Errors:
    """The errors of one file: held back until an article shows that the file is no bad one."""

    def __init__(self, file: File) -> None:
        self.file = file
        self.held: list[ReadingError] = []
        self.is_any_read = False
        self.count = 0

    def add(self, error: ReadingError) -> Iterator[ReadingError]:
        self.count += 1
        if self.count > MOST_TOLD:
            if self.count == MOST_BAD_AT_FIRST and not self.is_any_read:
                raise self._sum_up_all(f"its first {self.count:,} records, and no more are tried")
        elif self.is_any_read:
            yield error
        else:
            self.held.append(error)

    def release(self) -> Iterator[ReadingError]:
        """What was held back, now that an article was read."""
        self.is_any_read = True
        yield from self.held
        self.held = []

    def sum_up(self) -> Iterator[ReadingError]:
        """What is left to be said at the end of the file."""
        if self.is_any_read and self.count > MOST_TOLD:
            message = f"{self.count - MOST_TOLD:,} more of its records cannot be read"
            yield ReadingError(message, place=self.file.path)
        elif len(self.held) > 1:
            yield self._sum_up_all(f"its {self.count:,} records")
        else:
            yield from self.held

    def _sum_up_all(self, which: str) -> ReadingError:
        first = self.held[0]
        message = f"none can be read of {which}; the first: {first.message}"
        return ReadingError(message, place=first.place, remedy=first.remedy)
