"""What optical character recognition misread is told to the reader, and never read as a number."""

from __future__ import annotations

import itertools
import unicodedata
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from timing import assert_grows_within

from policygraph.evaluation.gold import read_gold
from policygraph.extraction.citations import find_citations
from policygraph.extraction.misreadings import (
    MisreadingRule,
    describe_misreadings,
    find_misreadings,
)
from policygraph.lexicon import load_rows
from policygraph.resources import data_file
from policygraph.text import fold

ROWS = load_rows(data_file("rules", "misreadings.toml"), MisreadingRule)
DATA = Path(__file__).parents[1] / "data"


def find(text: str) -> list[tuple[str, str]]:
    """The misreadings of a text, each with the id of its row."""
    found = find_misreadings(fold(text))
    return [(text[one.span.start : one.span.end], one.rule.id) for one in found]


@pytest.mark.parametrize(
    ("row", "example"),
    [(row, example) for row in ROWS for example in row.examples],
    ids=lambda value: value if isinstance(value, str) else value.id,
)
def test_row_tells_its_example(row: MisreadingRule, example: str) -> None:
    assert row.id in [id_ for _, id_ in find(f"Thực hiện {example} của Trung ương")]


@pytest.mark.parametrize("example", [example for row in ROWS for example in row.counter_examples])
def test_no_row_tells_a_counter_example(example: str) -> None:
    assert find(f"Thực hiện {example} của Trung ương") == []


@pytest.mark.parametrize(
    "example", [example for row in ROWS if row.what == "number" for example in row.examples]
)
def test_no_number_is_read_where_one_was_misread(example: str) -> None:
    folded = fold(f"Thực hiện {example} của Trung ương")
    misread = [one.span for one in find_misreadings(folded)]
    read = [citation for citation in find_citations(folded) if citation.number]
    assert not any(citation.span.overlaps(span) for citation in read for span in misread)


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row.id)
def test_every_row_proves_itself(row: MisreadingRule) -> None:
    assert row.examples
    assert row.counter_examples
    assert row.source


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Nghị quyết số l8-NQ/TW của Trung ương", "l8-NQ/TW"),
        ("Nghị định 2O/2013/NĐ-CP", "2O/2013/NĐ-CP"),
        ("(Quyết định số 2I7-QĐ/TW)", "2I7-QĐ/TW"),
        ("217-QĐ/TW,2l8-QĐ/TW", "2l8-QĐ/TW"),
        ("Nghị quyết số 3O-NQ/TW, số 25-NQ/TW", "3O-NQ/TW"),
        ("Nghị định số 29/2025/NĐ-C P của Chính phủ", "29/2025/NĐ-C P"),
        ("ký ngày l5/7/2O13 tại", "ngày l5/7/2O13"),
        ("Chỉ thị 0l và Chỉ thị 03", "0l"),
        ("theo khoản § Điều 15", "khoản §"),
    ],
)
def test_the_span_is_what_was_misread(text: str, expected: str) -> None:
    assert [surface for surface, _ in find(text)] == [expected]
    decomposed = unicodedata.normalize("NFD", f"\ufeff{text}")
    (span,) = (one.span for one in find_misreadings(fold(decomposed)))
    assert unicodedata.normalize("NFC", decomposed[span.start : span.end]) == expected


@pytest.mark.parametrize("file", sorted(DATA.glob("gold/*.gold")), ids=lambda file: file.stem)
def test_nothing_is_misread_in_a_text_that_was_typed(file: Path) -> None:
    assert find(read_gold(file).text) == []


def test_nothing_is_misread_in_the_article() -> None:
    assert find((DATA / "articles" / "hanoi-dan-van.txt").read_text(encoding="utf-8")) == []


def test_notes_say_what_was_misread() -> None:
    text = "Nghị quyết số l8-NQ/TW ngày l5/7/2O13 (khóa Xl), khoản § Điều 3"
    assert describe_misreadings(text) == (
        "“l8-NQ/TW” looks misread by OCR; it was not read as a number",
        "“ngày l5/7/2O13” looks misread by OCR; it was not read as a date",
        "“khóa Xl” looks misread by OCR; it was not read as a term",
        "“khoản §” looks misread by OCR; it was not read as a provision",
    )


def test_five_notes_and_a_count_are_enough() -> None:
    text = ", ".join(f"Nghị quyết số {serial}O-NQ/TW" for serial in (1, 1, 2, 3, 4, 5, 6, 7))
    *notes, count = describe_misreadings(text)
    assert len(notes) == 5
    assert notes[0].startswith("“1O-NQ/TW”")
    assert count == "2 more look misread by OCR"


def test_a_clean_text_has_no_notes() -> None:
    assert describe_misreadings("Nghị quyết số 18-NQ/TW ngày 25/10/2017") == ()


PIECES = st.sampled_from(
    [row_example for row in ROWS for row_example in (*row.examples, *row.counter_examples)]
    + list("lIO0§/- ,.\n\u00ad\u0301_") + ["số ", "ngày ", "-NQ/", "/NĐ-", "khoá ", "năm ", "25"]
)  # fmt: skip


@given(st.lists(PIECES, max_size=20).map("".join))
def test_misreadings_are_sorted_apart_and_inside_the_text(text: str) -> None:
    spans = [one.span for one in find_misreadings(fold(text))]
    assert all(one.end <= other.start for one, other in itertools.pairwise(spans))
    assert all(0 <= span.start < span.end <= len(text) for span in spans)


@pytest.mark.timing
@pytest.mark.parametrize(
    "worst",
    ["l8-NQ/TW ", "l8-NQ/", "-nq/", "ngày ", "ngày l", "số 1 ", "1", "l", "số ", "khóa X", "/nđ-"],
)
def test_time_grows_with_the_text_not_faster(worst: str) -> None:
    short, long = (fold(worst * (size // len(worst))) for size in (20_000, 200_000))
    assert_grows_within(25, find_misreadings, short, long)
