"""Finds the articles under a path, without reading more than it must."""

from __future__ import annotations

import os
import unicodedata
from collections.abc import Iterator
from pathlib import Path, PurePosixPath
from typing import BinaryIO, cast

from policygraph.errors import EmptyFolderError, ReadingError
from policygraph.reading.containers import read_container
from policygraph.reading.formats import CONTAINERS, Form, is_of_interest, list_suffixes, tell_form
from policygraph.reading.limits import MOST_FILE_BYTES, MOST_TEXT_BYTES, check_size
from policygraph.reading.selection import EVERYTHING, Selection
from policygraph.reading.source import File, Source, SourceForm, make_source

_HEAD = 2**16
_SAVED_PAGE = ("_files", ".files", "_fichiers")  # what browsers put beside a page that they save


def find_sources(path: Path, selection: Selection = EVERYTHING) -> Iterator[Source | ReadingError]:
    """The articles of a file, a folder, or a list of paths ("@list.txt"), in a fixed order.

    A folder is searched recursively, names sorted; hidden files, files of other kinds, and what a
    browser saved beside a page are left out. The paths of a list, one a line, count from the
    folder of the list. What cannot be read, and a link or path that leaves the folder or leads
    back into itself, comes as a ReadingError in its place; the rest goes on.

    Raises:
        ReadingError: nothing is there.
        EmptyFolderError: the folder or list holds no article.
    """
    listing = find_list(path)
    if not (listing or path).exists():
        remedy = f"name a file ({list_suffixes()}), or a folder that holds some"
        raise ReadingError("there is no such file or folder", place=listing or path, remedy=remedy)
    if listing:
        return _refuse_empty(_read_list(listing, selection), path, "the list names no articles")
    if path.is_dir():
        found = _search(path, "", (path.resolve(),), selection)
        return _refuse_empty(found, path, "the folder holds no articles")
    return _read_file(path, path.name, selection)


def find_list(path: Path) -> Path | None:
    """The list that a path such as "@list.txt" names; None for a file or folder."""
    name = str(path)
    return Path(name[1:]) if name.startswith("@") and len(name) > 1 and not path.exists() else None


def _refuse_empty(
    found: Iterator[Source | ReadingError], path: Path, message: str
) -> Iterator[Source | ReadingError]:
    is_empty = True
    for each in found:
        is_empty = False
        yield each
    if is_empty:
        raise EmptyFolderError(message, place=path, remedy=f"what is read: {list_suffixes()}")


def _read_list(listing: Path, selection: Selection) -> Iterator[Source | ReadingError]:
    try:
        lines = listing.read_text(encoding="utf-8-sig").splitlines()
    except UnicodeDecodeError:
        yield ReadingError("the list is not UTF-8", place=listing, remedy="save it as UTF-8")
        return
    except OSError as error:
        yield _unreadable(listing, error)
        return
    root = listing.parent
    for number, line in enumerate(lines, 1):
        if line.strip() and not line.startswith("#"):
            yield from _read_listed(root, line.strip(), f"{listing.as_posix()}:{number}", selection)


def _read_listed(
    root: Path, line: str, place: str, selection: Selection
) -> Iterator[Source | ReadingError]:
    relative = PurePosixPath(os.path.relpath(root / line, root)).as_posix()
    path = root / relative
    if not path.resolve().is_relative_to(root.resolve()):
        remedy = "put the list into the folder that holds what it names"
        yield ReadingError("a path that leaves the folder of the list", place=place, remedy=remedy)
    elif not path.exists():
        yield ReadingError(f"there is no file or folder “{line}”", place=place)
    else:
        yield from _visit(path, relative, (root.resolve(),), selection, is_named=True)


def _search(
    folder: Path, prefix: str, above: tuple[Path, ...], selection: Selection
) -> Iterator[Source | ReadingError]:
    try:
        names = sorted(entry.name for entry in os.scandir(folder))
    except OSError as error:
        yield _unreadable(folder, error)
        return
    stems = {Path(name).stem for name in names if Path(name).suffix.lower() in (".html", ".htm")}
    for name in names:
        if not name.startswith(".") and not _lies_beside_page(name, stems):
            yield from _visit(folder / name, prefix + name, above, selection)


def _lies_beside_page(name: str, pages: set[str]) -> bool:
    return any(name.endswith(end) and name.removesuffix(end) in pages for end in _SAVED_PAGE)


def _visit(
    path: Path,
    relative: str,
    above: tuple[Path, ...],
    selection: Selection,
    *,
    is_named: bool = False,
) -> Iterator[Source | ReadingError]:
    """What a file or folder holds; `is_named` where a list names it, whatever kind it is."""
    if path.is_symlink() and (refusal := _refuse_link(path, above)):
        yield refusal
    elif path.is_dir():
        if selection.admits_folder(relative):
            yield from _search(path, relative + "/", (*above, path.resolve()), selection)
    elif selection.admits_file(relative) and (is_named or _is_wanted(path)):
        yield from _read_file(path, relative, selection)


def _is_wanted(path: Path) -> bool:
    return is_of_interest(path.suffix.lower()) and path.is_file()


def _refuse_link(path: Path, above: tuple[Path, ...]) -> ReadingError | None:
    """Why a symbolic link is not followed; None where it may be. `above[0]` is the root."""
    try:
        target = path.resolve(strict=True)
    except (OSError, RuntimeError):  # Python before 3.13 raises RuntimeError for a loop
        return ReadingError("a link that leads nowhere", place=path)
    if target in above:
        return ReadingError("a link that leads back into its own folder", place=path)
    if not target.is_relative_to(above[0]):
        return ReadingError("a link that leaves the folder is not followed", place=path)
    return None


def _read_file(path: Path, relative: str, selection: Selection) -> Iterator[Source | ReadingError]:
    if not path.is_file():
        remedy = f"name a file ({list_suffixes()}), or a folder that holds some"
        yield ReadingError("is no regular file", place=path, remedy=remedy)
        return
    identifier = unicodedata.normalize("NFC", relative)
    if not identifier.isprintable():
        yield ReadingError("its name is not readable text", place=repr(str(path)))
        return
    try:
        with path.open("rb") as opened:
            head = opened.read(_HEAD)
            form = tell_form(path.suffix.lower(), head)
            whole = None if form in CONTAINERS else head + _read_rest(opened, form)
        if whole is None:
            yield from read_container(File(path, identifier, form), selection)
        else:
            # The other forms have readers of their own.
            yield make_source(identifier, path.as_posix(), whole, cast(SourceForm, form))
    except ReadingError as error:
        yield error.at(path)
    except OSError as error:
        yield _unreadable(path, error)


def _read_rest(opened: BinaryIO, form: Form) -> bytes:
    """What follows the head of a file; raises ReadingError where the whole is too long."""
    is_markup = form in ("text", "html", "mhtml")
    size = os.fstat(opened.fileno()).st_size
    check_size(size, MOST_TEXT_BYTES if is_markup else MOST_FILE_BYTES)
    return opened.read()


def _unreadable(path: Path, error: OSError) -> ReadingError:
    return ReadingError(f"cannot be read: {error.strerror or error}", place=path)
