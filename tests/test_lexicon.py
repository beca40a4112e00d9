"""Rows are checked field by field; phrases are found as whole words in any spelling."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Literal

import pytest

from policygraph.errors import DataError
from policygraph.lexicon import JointMatcher, PhraseMatcher, Row, keep_longest, load_rows
from policygraph.text import fold


@dataclass(frozen=True, slots=True, kw_only=True)
class Colour(Row):
    words: tuple[str, ...]
    tone: Literal["light", "dark"] = "light"
    weight: int | None = None


GOOD = '[[row]]\nid = "red"\nsource = "here"\nwords = ["đỏ", "hồng"]\n'


def write(tmp_path: Path, content: str) -> Path:
    path = tmp_path / "colours.toml"
    path.write_text(content, encoding="utf-8")
    return path


def test_rows_are_loaded_in_file_order(tmp_path: Path) -> None:
    rows = load_rows(write(tmp_path, GOOD + GOOD.replace("red", "blue")), Colour)
    assert [row.id for row in rows] == ["red", "blue"]
    assert rows[0].words == ("đỏ", "hồng")


@pytest.mark.parametrize(
    ("content", "message"),
    [
        ("[[row]\n", "not valid TOML"),
        (GOOD + 'tint = "x"\n', "row red: unknown field 'tint'"),
        ('[[row]]\nid = "red"\nsource = "here"\n', "row red: the field 'words' is missing"),
        (GOOD + 'tone = "loud"\n', "'tone' may not be 'loud'"),
        (GOOD + 'weight = "heavy"\n', "'weight' may not be 'heavy'"),
        (GOOD.replace('["đỏ", "hồng"]', '"đỏ"'), "'words' may not be 'đỏ'"),
        (GOOD + GOOD, "the id 'red' is used twice"),
    ],
)
def test_a_faulty_file_is_named_with_row_and_field(
    tmp_path: Path, content: str, message: str
) -> None:
    path = write(tmp_path, content)
    with pytest.raises(DataError) as error:
        load_rows(path, Colour)
    assert message in str(error.value)
    assert str(path) in str(error.value)


def find(matcher: PhraseMatcher[str], text: str) -> list[tuple[str, str]]:
    return [(text[hit.start : hit.end], hit.value) for hit in matcher.find(fold(text))]


def test_phrases_match_whole_words_in_any_case_and_tone_placement() -> None:
    matcher = PhraseMatcher.build([("tỉnh ủy", "body"), ("sở", "office")])
    assert find(matcher, "Tỉnh uỷ và cơ sở; SỞ Nội vụ, sởn") == [
        ("Tỉnh uỷ", "body"),
        ("sở", "office"),
        ("SỞ", "office"),
    ]


def test_longer_phrases_come_first_and_may_be_kept_alone() -> None:
    matcher = PhraseMatcher.build([("ban", "a"), ("ban dân vận", "b"), ("dân vận", "c")])
    hits = matcher.find(fold("ban dân vận"))
    assert [hit.value for hit in hits] == ["b", "a", "c"]
    assert [hit.value for hit in keep_longest(hits)] == ["b"]


def test_one_phrase_may_have_several_values() -> None:
    matcher = PhraseMatcher.build([("BCT", "Bộ Chính trị"), ("BCT", "Bộ Công Thương")])
    assert [hit.value for hit in matcher.find(fold("BCT"))] == ["Bộ Chính trị", "Bộ Công Thương"]


def test_matchers_that_are_joined_find_each_what_they_find_alone() -> None:
    bodies = PhraseMatcher.build([("ban", "a"), ("ban dân vận", "b"), ("BCT", "c"), ("BCT", "d")])
    others = PhraseMatcher.build([("dân vận", "e"), ("Ban", "f"), ("nghị quyết", "g")])
    text = fold("Ban Dân vận, BCT ra nghị quyết; bandân vận, nghị quyếtT, Nghị quyết25")
    assert JointMatcher.join([bodies, others]).find(text) == [bodies.find(text), others.find(text)]
