"""The process that takes files apart: questions on standard input, answers as JSON lines.

A question is a line of JSON with the form and the size of the file that follows it, or the path of
a file of many articles. An answer is any number of items, then `{"is_end": true}`. This module is
run by `policygraph.reading.isolation` alone.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Iterator, Mapping
from dataclasses import asdict, astuple
from importlib import import_module
from pathlib import Path
from typing import Any

from policygraph.apart import limit_memory, take_output
from policygraph.errors import ReadingError
from policygraph.reading.content import Content
from policygraph.reading.formats import EXTRAS, Form
from policygraph.reading.isolation import BROKEN
from policygraph.reading.limits import MOST_MEMORY

Item = dict[str, Any]

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
            answers.write(json.dumps(item).encode() + b"\n")
            answers.flush()
            if item.get("is_fatal"):
                return


def _answer(question: Mapping[str, Any], raw: bytes) -> Iterator[Item]:
    form: Form = question["form"]
    try:
        yield from _read(form, raw, question.get("path"))
        yield {"is_end": True}
    except ReadingError as error:
        yield {"error": error.message, "remedy": error.remedy}
    except ModuleNotFoundError as error:
        extra = EXTRAS[form]
        message = f"files of this kind need the extra “{extra}” ({error.name} is missing)"
        yield {"error": message, "remedy": f'pip install "policygraph[{extra}]"'}
    except MemoryError:
        message = f"reading it needs more than {MOST_MEMORY / 2**30:.0f} GB of memory"
        yield {"error": message, "remedy": BROKEN, "is_fatal": True}
    except Exception as error:  # libraries raise anything over broken files; it is told, not hidden
        name = type(error).__name__
        yield {"error": f"it is broken: its reader failed with {name}: {error}", "remedy": BROKEN}


def _read(form: Form, raw: bytes, path: str | None) -> Iterator[Item]:
    if path is not None:
        yield from _ITEMS[form](Path(path))
    else:
        module, reader = _CONTENTS[form]
        yield {"content": _dump_content(getattr(import_module(module), reader)(raw))}


def _dump_content(content: Content) -> Item:
    return asdict(content) | {"blocks": [astuple(block) for block in content.blocks]}


def _list_sheets(path: Path) -> Iterator[Item]:
    from policygraph.reading.tables import read_excel

    for sheet in read_excel(path.read_bytes()):
        yield {"name": sheet.name, "rows": sheet.rows}


def _list_rows(path: Path) -> Iterator[Item]:
    from policygraph.reading.tables import read_parquet

    for row in read_parquet(path):
        yield {"row": row}


def _list_entries(path: Path) -> Iterator[Item]:
    from policygraph.reading.feeds import read_feed

    for record in read_feed(path.read_bytes()):
        yield {"record": record}


_ITEMS: Mapping[Form, Callable[[Path], Iterator[Item]]] = {
    "excel": _list_sheets,
    "parquet": _list_rows,
    "feed": _list_entries,
}


if __name__ == "__main__":
    main()
