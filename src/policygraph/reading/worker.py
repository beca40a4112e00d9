"""The process that takes files apart: questions on standard input, answers as JSON lines.

A question is a line of JSON with the form and the size of the file that follows it, or the path of
a file of many articles. An answer is any number of items, then `{"is_end": true}`. This module is
run by `policygraph.reading.isolation` alone.
"""

from __future__ import annotations

import json
import sys
import time
from collections.abc import Iterator, Mapping
from dataclasses import asdict, astuple
from importlib import import_module
from pathlib import Path
from typing import Any

from policygraph.apart import limit_memory, take_output
from policygraph.errors import ReadingError
from policygraph.reading.content import Content
from policygraph.reading.entries import Entry, read_entries
from policygraph.reading.formats import EXTRAS, Form
from policygraph.reading.isolation import BROKEN, refuse_size
from policygraph.reading.limits import MOST_MEMORY

Item = dict[str, Any]

_ENTRY = 200  # code points that an entry takes beside its text
_MOST_IN_BATCH = 200_000  # code points
_LONGEST_WAIT = 0.5  # seconds

# Imported when a file asks for them: their libraries are heavy, and may not be installed.
_CONTENTS: Mapping[Form, tuple[str, str]] = {
    "html": ("policygraph.reading.html", "read_html"),
    "mhtml": ("policygraph.reading.html", "read_mhtml"),
    "docx": ("policygraph.reading.docx", "read_docx"),
    "pdf": ("policygraph.reading.pdf", "read_pdf"),
}


def main() -> None:
    """Answers until its input ends, which it does when the process that asks is gone."""
    limit_memory(MOST_MEMORY)
    answers = take_output()
    questions = sys.stdin.buffer
    while line := questions.readline():
        question = json.loads(line)
        for item in _answer(question, questions.read(question["size"])):
            answers.write(_write_item(item) + b"\n")
            answers.flush()
            if item.get("is_fatal"):
                return


def _write_item(item: Item) -> bytes:
    return json.dumps(item, ensure_ascii=False).encode("utf-8", "surrogatepass")


def _answer(question: Mapping[str, Any], raw: bytes) -> Iterator[Item]:
    form: Form = question["form"]
    try:
        yield from _read(question, raw)
        yield {"is_end": True}
    except ReadingError as error:
        yield {"error": error.message, "remedy": error.remedy}
    except ModuleNotFoundError as error:
        extra = EXTRAS[form]
        message = f"files of this kind need the extra “{extra}” ({error.name} is missing)"
        yield {"error": message, "remedy": f'pip install "policygraph[{extra}]"'}
    except MemoryError:
        refusal = refuse_size()
        yield {"error": refusal.message, "remedy": refusal.remedy, "is_fatal": True}
    except Exception as error:  # libraries raise anything over broken files; it is told, not hidden
        name = type(error).__name__
        yield {"error": f"it is broken: its reader failed with {name}: {error}", "remedy": BROKEN}


def _read(question: Mapping[str, Any], raw: bytes) -> Iterator[Item]:
    form: Form = question["form"]
    if "path" in question:
        path = Path(question["path"])
        yield from _batch(read_entries(path, form, text_column=question["text_column"]))
    else:
        module, reader = _CONTENTS[form]
        yield {"content": _dump_content(getattr(import_module(module), reader)(raw))}


def _batch(entries: Iterator[Entry]) -> Iterator[Item]:
    """The entries in rows of many, so that small ones cost little; what is ready goes out."""
    batch: list[Item] = []
    size, began = 0, time.monotonic()
    try:
        for entry in entries:
            batch.append(_dump_entry(entry))
            size += _ENTRY + len(batch[-1].get("record", {}).get("text", ""))
            if size > _MOST_IN_BATCH or time.monotonic() - began > _LONGEST_WAIT:
                yield {"entries": batch}
                batch, size, began = [], 0, time.monotonic()
    finally:
        if batch:
            yield {"entries": batch}


def _dump_entry(entry: Entry) -> Item:
    item = {"number": entry.number, "sheet": entry.sheet, "file_notes": entry.notes}
    if isinstance(entry.found, ReadingError):
        return item | {"error": entry.found.message, "remedy": entry.found.remedy}
    return item | {"record": entry.found.as_json(), "notes": entry.found.notes}


def _dump_content(content: Content) -> Item:
    return asdict(content) | {"blocks": [astuple(block) for block in content.blocks]}


if __name__ == "__main__":
    main()
