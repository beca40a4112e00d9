"""The grammar of the names of bodies, compiled from data/vocab/organisation_*.toml."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import chain

from policygraph.errors import DataError
from policygraph.lexicon import PhraseMatcher, Row, either, load_rows
from policygraph.registry import load_registry
from policygraph.resources import data_file
from policygraph.text import fold

SLOTS = (
    "field", "words", "task", "owner", "place", "province", "district", "centre", "nation",
    "country", "number", "parent", "abbreviation", "business", "firm", "quoted", "year", "region",
    "branch",
)  # fmt: skip
_ALONE = frozenset({"yes", "any", "short", "known", "list", "no"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Head(Row):
    """The head of a name; data/vocab/organisation_heads.toml says what each field means."""

    name: str
    forms: tuple[str, ...]
    placed_name: str = ""
    after: tuple[str, ...] = ()
    alone: str = "no"
    fields: str = ""
    level: str = ""
    nation: str = ""
    centre: str = "Trung ương"
    own_name: bool = False
    place: bool = False
    plain_place: bool = False
    persons: bool = False
    central: bool = False
    term: bool = False
    unless: tuple[str, ...] = ()
    not_after: tuple[str, ...] = ()
    only_after: tuple[str, ...] = ()
    only_before: tuple[str, ...] = ()
    acting: str = ""
    shares_head: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class FieldOfWork(Row):
    """A field that bodies are named after, and the heads that take it."""

    name: str
    of: tuple[str, ...]
    aliases: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class WordList(Row):
    """Words that share a part in reading free names."""

    phrases: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Slot:
    """What may follow a head: the first of its choices that fits."""

    choices: tuple[str, ...]
    is_needed: bool


@dataclass(frozen=True, slots=True)
class HeadForm:
    """A head as one text writes it.

    Attributes:
        name: what it contributes to the full name.
        needs_case: it is found in its own letter case only: a single word, an abbreviation.
        after: the head's slots.
        blocked: matches what must not follow.
        blocked_before, needed_before: match what must not, or must, go before.
        needed: matches what must follow.
        is_known: it is the whole name of a body of the registry.
    """

    head: Head
    written: str
    name: str
    needs_case: bool
    after: tuple[Slot, ...]
    blocked: re.Pattern[str] | None
    blocked_before: re.Pattern[str] | None
    needed_before: re.Pattern[str] | None
    needed: re.Pattern[str] | None
    is_known: bool


@dataclass(frozen=True, slots=True)
class Fields:
    """The fields that one kind of head takes: a pattern for folded lower case, and their names."""

    pattern: re.Pattern[str]
    names: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Grammar:
    """All that reading the name of a body needs; patterns are for the folded text.

    `plurals` holds what opens a list whose items have no head of their own ("các bộ: "), in lower
    case, with that head. `acting` matches what follows a body that acts, `tasked` what follows a
    list of bodies with a task; `office`, at the end, an office before its body.
    """

    heads: PhraseMatcher[HeadForm]
    plurals: Mapping[str, HeadForm]
    fields: Mapping[str, Fields]
    topic: re.Pattern[str]
    legal_form: re.Pattern[str]
    legal_names: Mapping[str, str]
    firm: re.Pattern[str]
    acting: re.Pattern[str]
    tasked: re.Pattern[str]
    office: re.Pattern[str]
    firm_kinds: frozenset[str]
    verbs: frozenset[str]
    stop: frozenset[str]
    surnames: frozenset[str]
    surnames_or_places: frozenset[str]
    middle_names: frozenset[str]
    country: re.Pattern[str]


@cache
def load_grammar() -> Grammar:
    """The grammar.

    Raises:
        DataError: a malformed row, an unknown slot or value of `alone`.
    """
    words = {row.id: row.phrases for row in _read("organisation_words", WordList)}
    legal = {p.partition("=")[0]: p.partition("=")[2] for p in words["legal-form"]}
    forms = [*chain.from_iterable(map(_make_forms, load_heads()))]
    known = {form.written.lower() for form in forms}
    forms += [f for f in _registry_forms() if f.written.lower() not in known]
    return Grammar(
        heads=PhraseMatcher.build((form.written, form) for form in forms),
        plurals={f"các {f.written.lower()}: ": f for f in forms if f.head.shares_head},
        fields=_compile_fields(_read("organisation_fields", FieldOfWork)),
        topic=_any_of(fold(phrase).lower for phrase in words["topic"]),
        legal_form=_any_of(fold(written).lower for written in legal),
        legal_names={written: full for written, full in legal.items() if full},
        firm=_any_of(fold(phrase).text for phrase in words["firm"]),
        acting=re.compile(rf" (?:{either(words['acting'])})(?!\w)"),
        tasked=re.compile(rf" (?:{either(words['tasked'])})(?!\w)"),
        office=re.compile(rf"(?<!\w)(?:{either(words['office'])}) $"),
        firm_kinds=frozenset(words["firm-kind"]),
        verbs=frozenset(words["verb"]),
        stop=frozenset(words["stop"]),
        surnames=frozenset(words["surname"]),
        surnames_or_places=frozenset(words["surname-or-place"]),
        middle_names=frozenset(words["middle-name"]),
        country=_any_of(fold(phrase).text for phrase in words["country"]),
    )


def load_heads() -> tuple[Head, ...]:
    """The rows of organisation_heads.toml and organisation_names.toml."""
    return (*_read("organisation_heads", Head), *_read("organisation_names", Head))


def _read(name: str, row_type: type) -> tuple:  # type: ignore[type-arg]
    return load_rows(data_file("vocab", f"{name}.toml"), row_type)


def _make_forms(head: Head, *, is_known: bool = False) -> Iterator[HeadForm]:
    if head.alone not in _ALONE:
        raise DataError(f"unknown value of alone: {head.alone!r}", place=f"organisation {head.id}")
    after = tuple(_make_slot(head, written) for written in head.after)
    blocked = _any_of(head.unless) if head.unless else None
    follows = _any_of(head.only_before) if head.only_before else None
    before, needed = _ending_in(head.not_after), _ending_in(head.only_after)
    for entry in head.forms:
        form, _, full = entry.partition("=")
        name = full or (form if head.own_name else head.name)
        is_single = " " not in form or form.isupper()
        needs_case = is_single and head.alone != "any"
        yield HeadForm(head, form, name, needs_case,
                       after, blocked, before, needed, follows, is_known)  # fmt: skip


def _ending_in(words: Sequence[str]) -> re.Pattern[str] | None:
    return re.compile(rf"(?<!\w)(?:{'|'.join(words)}) $") if words else None


def _make_slot(head: Head, written: str) -> Slot:
    choices = tuple(written.removeprefix("!").split("|"))
    if unknown := set(choices).difference(SLOTS):
        raise DataError(f"unknown slot {min(unknown)!r}", place=f"organisation {head.id}")
    return Slot(choices, written.startswith("!"))


def _registry_forms() -> Iterator[HeadForm]:
    """The names that the registry knows, but abbreviations too short to stand for one body."""
    for body in load_registry().organisations:
        head = Head(id=f"registry:{body.id}", source=body.source, name=body.name,
                    forms=(body.name, *body.aliases), alone="yes", term=True)  # fmt: skip
        forms = (form for form in _make_forms(head, is_known=True) if len(form.written) > 3)
        forms = (form for form in forms if " của " not in form.written)
        yield from (form for form in forms if " " in form.written or form.needs_case)


_CONNECTOR = re.compile(r"\s*(?:,|-|&| và )\s*")


def _compile_fields(rows: Iterable[FieldOfWork]) -> dict[str, Fields]:
    names: dict[str, dict[str, str]] = defaultdict(dict)
    for row in rows:
        for written in (row.name, *row.aliases):
            for group in row.of:
                names[group].setdefault(_CONNECTOR.sub("&", fold(written).lower), row.name)
    return {group: _compile_group(known) for group, known in names.items()}


def _compile_group(names: Mapping[str, str]) -> Fields:
    """The fields of one kind; "&" stands for a connector, which a text may leave out."""
    joined = either(names).replace("\\&", "(?: và | ?[-&,] ?| )")
    pattern = re.compile(rf"(?:{joined})(?!\w)")
    return Fields(pattern, {field_key(written): name for written, name in names.items()})


def field_key(written: str) -> str:
    """A field in lower case, without its connectors: "và", "-", "&" and ","."""
    return _CONNECTOR.sub(" ", written)


def _any_of(phrases: Iterable[str]) -> re.Pattern[str]:
    """A pattern of any of the phrases as whole words, the longest first."""
    return re.compile(rf"(?:{either(set(phrases))})(?!\w)")
