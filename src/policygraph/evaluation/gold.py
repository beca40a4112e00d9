"""Reads gold files: articles in which people marked what an extraction should find.

A file `NAME.gold` is UTF-8 and holds three sections, each opened by a line `== NAME`:

    == entities     one a line: REF <tab> KIND [<tab> ATTRIBUTE=VALUE]…, values joined by “|”
    == relations    one a line: SUBJECT PREDICATE OBJECT, by their refs
    == text         the article, each mention marked ⟦REF|surface⟧; ⟦?REF|surface⟧ marks an
                    optional one, which counts neither for nor against

The attributes that are measured are `number` and `date` of a document. What stands before the
first section is a remark.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import zip_longest
from pathlib import Path
from typing import get_args

from policygraph.errors import GoldError
from policygraph.model import Kind, Predicate
from policygraph.span import Span

KINDS: Mapping[str, Kind] = {kind: kind for kind in sorted(get_args(Kind))}

_SECTIONS = ("entities", "relations", "text")
_PREDICATES: Mapping[str, Predicate] = {predicate: predicate for predicate in get_args(Predicate)}
_HEADER = re.compile(r"^== (entities|relations|text)\r?(?:\n|\Z)", re.MULTILINE)
_REF = re.compile(r"[^\s|?⟦⟧][^\s|⟦⟧]*")
_MARK = re.compile(r"⟦(\??)([^|⟦⟧]+)\|([^⟦⟧]*)⟧")
_BRACKET = re.compile(r"[⟦⟧]")
_REMEDY = "name a .gold file, or a folder that holds some"


@dataclass(frozen=True, slots=True)
class GoldEntity:
    """One thing that the text mentions; an attribute has one value or several."""

    ref: str
    kind: Kind
    attributes: Mapping[str, tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class GoldMention:
    """A marked stretch of the text; the ref of an optional one need not be an entity's."""

    span: Span
    ref: str
    is_optional: bool = False


@dataclass(frozen=True, slots=True, order=True)
class GoldRelation:
    """What the text states between two entities, by their refs."""

    subject: str
    predicate: Predicate
    object: str


@dataclass(frozen=True, slots=True)
class GoldText:
    """An article and what is to be found in it.

    Attributes:
        name: the file's name without “.gold”.
        place: the file's path, for messages.
        text: the article without its marks; spans are code points into it.
        entities: by ref, in the order of the file.
        mentions: in the order of the text; they do not overlap.
    """

    name: str
    place: str
    text: str
    entities: Mapping[str, GoldEntity]
    mentions: tuple[GoldMention, ...]
    relations: tuple[GoldRelation, ...]

    def firm_mentions(self, kind: Kind) -> list[GoldMention]:
        """The mentions of a kind that are not optional, in the order of the text."""
        firm = (mention for mention in self.mentions if not mention.is_optional)
        return [mention for mention in firm if self.entities[mention.ref].kind == kind]

    def quote(self, span: Span) -> str:
        """The words that stand there, on one line."""
        return " ".join(self.text[span.start : span.end].split())


def read_golds(*paths: Path | str) -> Iterator[GoldText | GoldError]:
    """The gold texts of files and folders, each file once, those of a folder by their path.

    A folder is searched recursively, hidden files are left out. What cannot be read comes as a
    GoldError in its place.
    """
    seen: set[Path] = set()
    for path in paths:
        for found in _find_files(Path(path)):
            if isinstance(found, GoldError):
                yield found
            elif found.resolve() not in seen:
                seen.add(found.resolve())
                yield _try_gold(found)


def _find_files(path: Path) -> Sequence[Path | GoldError]:
    if not path.exists():
        return [GoldError("there is no such file or folder", place=path, remedy=_REMEDY)]
    if not path.is_dir():
        if path.suffix == ".gold":
            return [path]
        return [GoldError("this is no gold file", place=path, remedy=_REMEDY)]
    files = sorted(f for f in path.rglob("*.gold") if f.is_file() and not f.name.startswith("."))
    return files or [GoldError("the folder holds no gold files", place=path, remedy=_REMEDY)]


def _try_gold(path: Path) -> GoldText | GoldError:
    try:
        return read_gold(path)
    except GoldError as error:
        return error


def read_gold(path: Path) -> GoldText:
    """The gold text that a file holds.

    Raises:
        GoldError: the file cannot be read, is not UTF-8, or breaks the rules of the format; with
            the line.
    """
    return parse_gold(_read_file(path), path=path)


def parse_gold(content: str, *, path: Path) -> GoldText:
    """The gold text that the content of a file holds; `path` is for its name and for messages.

    Raises:
        GoldError: it breaks the rules of the format.
    """
    sections = _split_sections(content, path)
    entities = _read_entities(sections["entities"])
    text, mentions = _read_text(sections["text"], entities)
    _check_marked(sections["entities"], mentions)
    relations = tuple(_read_relations(sections["relations"], entities))
    return GoldText(path.stem, path.as_posix(), text, entities, mentions, relations)


def _read_file(path: Path) -> str:
    try:
        return path.read_bytes().decode("utf-8-sig")
    except OSError as error:
        raise GoldError(f"cannot be read: {error.strerror or error}", place=path) from error
    except UnicodeDecodeError as error:
        line = error.object.count(b"\n", 0, error.start) + 1
        message = f"is not UTF-8: byte {error.start} of the file"
        raise GoldError(message, place=f"{path}:{line}", remedy="save it as UTF-8") from error


@dataclass(frozen=True, slots=True)
class _Section:
    """The text of one section, and the number of the file's line on which it begins."""

    path: Path
    text: str
    first_line: int

    def locate(self, offset: int) -> str:
        """Where in the file an offset of the section stands: "a.gold:12"."""
        return f"{self.path.as_posix()}:{self.first_line + self.text.count(chr(10), 0, offset)}"

    def lines(self) -> Iterator[tuple[str, str]]:
        """Each line that is not empty, with its place."""
        for number, line in enumerate(self.text.split("\n"), self.first_line):
            if line.strip():
                yield line.rstrip(), f"{self.path.as_posix()}:{number}"


def _split_sections(content: str, path: Path) -> dict[str, _Section]:
    headers = list(_HEADER.finditer(content))
    sections: dict[str, _Section] = {}
    for header, following in zip_longest(headers, headers[1:]):
        end = following.start() if following else len(content)
        line = content.count("\n", 0, header.start()) + 1
        if header[1] in sections:
            message = f"the section “{header[1]}” begins a second time"
            raise GoldError(message, place=f"{path}:{line}", remedy="join the two")
        sections[header[1]] = _Section(path, content[header.end() : end], line + 1)
    for name in _SECTIONS:
        if name not in sections:
            remedy = f"open it with the line “== {name}”"
            raise GoldError(f"the section “{name}” is missing", place=path, remedy=remedy)
    return sections


def _read_entities(section: _Section) -> dict[str, GoldEntity]:
    entities: dict[str, GoldEntity] = {}
    for line, place in section.lines():
        entity = _read_entity(line, place)
        if entity.ref in entities:
            message, remedy = f"the ref {entity.ref} is used twice", "give each entity its own"
            raise GoldError(message, place=place, remedy=remedy)
        entities[entity.ref] = entity
    return entities


def _read_entity(line: str, place: str) -> GoldEntity:
    ref, _, rest = line.partition("\t")
    kind, *cells = rest.split("\t")
    if not _REF.fullmatch(ref):
        remedy = "write REF, a tab and the kind; a ref has no spaces, “|”, “⟦” and no “?” in front"
        raise GoldError(f"“{ref}” is no ref", place=place, remedy=remedy)
    if kind not in KINDS:
        message = f"{ref} is of the unknown kind “{kind}”" if kind else f"{ref} has no kind"
        remedy = f"behind the ref and a tab write one of {', '.join(KINDS)}"
        raise GoldError(message, place=place, remedy=remedy)
    attributes = dict(_read_attribute(cell, place) for cell in cells)
    return GoldEntity(ref, KINDS[kind], attributes)


def _read_attribute(cell: str, place: str) -> tuple[str, tuple[str, ...]]:
    name, equals, values = cell.partition("=")
    if not equals:
        remedy = "write attributes as date=2013-07-25, with tabs between them"
        raise GoldError(f"“{cell}” is no attribute", place=place, remedy=remedy)
    return name, tuple(values.split("|"))


def _read_text(
    section: _Section, entities: Mapping[str, GoldEntity]
) -> tuple[str, tuple[GoldMention, ...]]:
    """The text without its marks, and what they mark."""
    pieces: list[str] = []
    mentions: list[GoldMention] = []
    done = length = 0  # in the marked text, and in the text without marks
    for mark in _MARK.finditer(section.text):
        _check_plain(section, done, mark.start())
        _check_mark(section, mark, entities)
        start = length + mark.start() - done
        length = start + len(mark[3])
        pieces += (section.text[done : mark.start()], mark[3])
        mentions.append(GoldMention(Span(start, length), mark[2], bool(mark[1])))
        done = mark.end()
    _check_plain(section, done, len(section.text))
    text = "".join([*pieces, section.text[done:]])
    if not text.strip():
        raise GoldError("the section “text” is empty", place=section.locate(0))
    return text, tuple(mentions)


def _check_mark(section: _Section, mark: re.Match[str], entities: Mapping[str, GoldEntity]) -> None:
    is_optional, ref, surface = mark.groups()
    if not surface:
        place = section.locate(mark.start())
        raise GoldError(f"a mark of {ref} holds no words", place=place, remedy="delete it")
    if not is_optional and ref not in entities:
        raise GoldError(
            f"{ref} is marked, but is no entity",
            place=section.locate(mark.start()),
            remedy=f"add it to the section “entities”, or mark it as optional: ⟦?{ref}|{surface}⟧",
        )


def _check_plain(section: _Section, start: int, end: int) -> None:
    """Raises GoldError where a bracket stands that belongs to no mark."""
    if stray := _BRACKET.search(section.text, start, end):
        seen = section.text[stray.start() : stray.start() + 30].partition("\n")[0]
        raise GoldError(
            f"a mark that is unclosed, nested or without “|” at “{seen}”",
            place=section.locate(stray.start()),
            remedy="write ⟦REF|surface⟧, with no mark inside another",
        )


def _check_marked(section: _Section, mentions: Sequence[GoldMention]) -> None:
    marked = {mention.ref for mention in mentions}
    for line, place in section.lines():
        ref = line.split("\t")[0]
        if ref not in marked:
            remedy = f"mark it in the text as ⟦{ref}|…⟧, or delete the line"
            raise GoldError(f"{ref} is never marked in the text", place=place, remedy=remedy)


def _read_relations(
    section: _Section, entities: Mapping[str, GoldEntity]
) -> Iterator[GoldRelation]:
    for line, place in section.lines():
        words = line.split()
        if len(words) != 3:
            remedy = "write SUBJECT PREDICATE OBJECT"
            raise GoldError(f"“{line}” is no relation", place=place, remedy=remedy)
        subject, predicate, target = words
        if predicate not in _PREDICATES:
            remedy = f"use one of {', '.join(_PREDICATES)}"
            raise GoldError(f"unknown predicate “{predicate}”", place=place, remedy=remedy)
        for ref in (subject, target):
            if ref not in entities:
                remedy = "add it to the section “entities”"
                raise GoldError(f"{ref} is no entity", place=place, remedy=remedy)
        yield GoldRelation(subject, _PREDICATES[predicate], target)
