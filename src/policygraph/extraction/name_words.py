"""Reads free names, word by word: "Trung tâm Dự báo khí tượng thủy văn quốc gia".

Where such a name ends no list can say. Capitalised words belong to it; in lower case the words of
fields (`topic` in organisation_words.toml), and the syllable that completes a capitalised one
("Nội vụ"), unless the syllable opens the sentence's verb.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from policygraph.extraction.organisation_grammar import Grammar, HeadForm
from policygraph.extraction.places import Scope, match_level, match_province
from policygraph.lexicon import Hit
from policygraph.text import FoldedText

_WORD = re.compile(r"[^\s,.;:()\[\]\"“”‘’*|!?…]+(?:\.(?=[A-Z])[^\s,.;:()\"“”*|]+)?")
_JOINT = re.compile(r" ?[-&] ?| và ")
_TASK_JOINT = re.compile(r" ?[-&] ?|,? và |, ")
_SYLLABLE = re.compile(
    r"(?:ngh?|gh|gi|ch|kh|nh|ph|qu|th|tr|[bcdđghklmnprstvx])?"
    r"[aeiouyàáảãạăằắẳẵặâầấẩẫậèéẻẽẹêềếểễệìíỉĩịòóỏõọôồốổỗộơờớởỡợùúủũụưừứửữựỳýỷỹỵ]{1,3}"
    r"(?:ch|ng|nh|[cmnpt])?$"
)
_DIGITS = re.compile(r"\d")
_ENDING = re.compile(r"(?:Trung ương|T\.Ư|T\.W|TW|TƯ|Việt Nam)(?!\w)")
_MOST_WORDS = 14
# Runs of capitalised words that no lower-case syllable completes.
_COMPLETE, _AFTER_VERB = 98, 99
_NUMBERED = re.compile(r"số \d{1,3}(?!\w)")
_LONGEST_PERSON = 4  # words


def is_person(grammar: Grammar, words: Sequence[str]) -> bool:
    """Whether capitalised words are a person, by the family name, or a middle name of three."""
    if words[0] in grammar.surnames:
        return len(words) > 1
    has_middle_name = len(words) == 3 and words[1] in grammar.middle_names
    return has_middle_name or (words[0] in grammar.surnames_or_places and len(words) > 2)


def _holds_place(grammar: Grammar, words: Sequence[str]) -> bool:
    """Whether words too many for a person are a place with a person behind it."""
    tails = (words[start:] for start in range(2, len(words) - 1))
    return len(words) > _LONGEST_PERSON and any(is_person(grammar, tail) for tail in tails)


def drop_person(grammar: Grammar, scope: Scope, *, has_office: bool) -> Scope:
    """The scope up to the person that its capitalised words run into.

    Where no place is left, only an office before the body (`has_office`) tells a person.
    """
    name = scope.name or ""
    words = name.split()
    for index in range(len(words)):
        rest = words[index:]
        may_be_person = index > 1 or (len(rest) > 2 if index else has_office)
        if may_be_person and is_person(grammar, rest) and not _holds_place(grammar, rest):
            kept = " ".join(words[:index])
            end = scope.end - len(name) + len(kept)
            return Scope(end if kept else end - 1, scope.level, kept or None)
    return scope


@dataclass(frozen=True, slots=True)
class WordReader:
    """Reads a free name: capitalised words, topics, and syllables that complete a word.

    Attributes:
        begins_name: whether the name of another body begins at a folded offset.
        is_task: whether the name says what a committee is for, in lower case and with commas.
        has_field: whether a field has been read before: no syllable completes it.
        may_be_person: whether such bodies are named after people.
    """

    folded: FoldedText
    grammar: Grammar
    heads: Mapping[int, Sequence[Hit[HeadForm]]]
    begins_name: Callable[[int], bool]
    is_task: bool
    has_field: bool
    may_be_person: bool

    def read(self, begin: int) -> int:
        """The folded offset after the name that begins at an offset; the offset itself if none."""
        text = self.folded.text
        position, end, run = begin, begin, _COMPLETE if self.has_field else 0
        for count in range(_MOST_WORDS):
            joint = self._joint(position) if count else None
            is_joined = joint is not None and joint > position
            following = self._step(joint or position, run, is_joined=is_joined)
            if following is None:
                break
            end, run = following
            position = end + 1 if text[end : end + 1] == " " else end
            if position >= len(text) or (position == end and self._joint(end) is None):
                break
        return end

    def _joint(self, position: int) -> int | None:
        """After the connector that stands around an offset, where one does."""
        text = self.folded.text
        start = position - 1 if text[position - 1 : position] == " " else position
        found = (_TASK_JOINT if self.is_task else _JOINT).match(text, start)
        return found.end() if found else None

    def _step(self, position: int, run: int, *, is_joined: bool) -> tuple[int, int] | None:
        """The offset after the next word, and how many capitalised words end there in a row."""
        text = self.folded.text
        run = 0 if is_joined else run
        topic = self.grammar.topic.match(self.folded.lower, position)
        if topic and self._continues(topic[0], position, run, is_joined=is_joined):
            if topic[0] in self.grammar.verbs:
                return topic.end(), _AFTER_VERB
            return topic.end(), _COMPLETE if " " in topic[0] else run + 1
        if is_joined or self._ends_at(position):
            return None
        if numbered := _NUMBERED.match(text, position):
            return numbered.end(), _COMPLETE
        word = _WORD.match(text, position)
        if not word:
            return None
        if text[position].isupper() or (_DIGITS.match(text, position) and run):
            return (word.end(), run + 1) if self._is_name_word(position) else None
        completes = run == 1 and self._completes(position, word[0])
        return (word.end(), _COMPLETE) if completes else None

    def _continues(self, topic: str, position: int, run: int, *, is_joined: bool) -> bool:
        """Whether a topic belongs to the name: not as a verb after it, nor after another's "và"."""
        is_capital = self.folded.text[position].isupper()
        is_verb = topic in self.grammar.verbs and run not in (0, _AFTER_VERB)
        if is_verb and not is_capital and not self.is_task:
            return False
        if not is_joined or (self.is_task and not is_capital):
            return True
        return is_capital and (not self.begins_name(position))

    def _ends_at(self, position: int) -> bool:
        """Whether a place, a level or another body begins here."""
        if match_province(self.folded, position):
            return True
        if match_level(self.folded, position):
            return True
        if _ENDING.match(self.folded.text, position):
            return True
        if not self.folded.text[position].isupper() or position not in self.heads:
            return False
        forms = [hit.value for hit in self.heads[position]]
        if any(" " in form.written for form in forms):
            return True
        return any(form.after for form in forms) and self.begins_name(position)

    def _is_name_word(self, position: int) -> bool:
        if self.may_be_person:
            return True
        line = self.folded.text[position : position + 40].split(" ", 3)[:3]
        words = [word for word in line if word[:1].isupper()]
        return not (words == line[: len(words)] and words and is_person(self.grammar, words))

    def _completes(self, position: int, word: str) -> bool:
        """Whether a lower-case syllable completes the single capitalised one before it."""
        text = self.folded.text
        previous = text[text.rfind(" ", 0, position - 1) + 1 : position - 1]
        if word in self.grammar.stop or not _SYLLABLE.match(previous.lower()):
            return False
        return bool(_SYLLABLE.match(word)) and len(previous) > 1
