"""Every rule runs in linear time: each is fed a megabyte of its own worst characters.

The worst for a row of data is what it is meant for, cut off before its end, over and over: then it
begins everywhere and finishes nowhere.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import partial

import pytest
from timing import assert_grows_within

from policygraph.extraction.attributes import load_attribute_rules
from policygraph.extraction.grammar import load_grammar
from policygraph.reading.regions import load_lines
from policygraph.text import fold

pytestmark = pytest.mark.timing

MEGABYTE, EIGHTH = 1_000_000, 125_000
#: Eight times the text may take this many times as long; quadratic work takes 64 times.
BOUND = 20


def list_rules() -> Iterator[tuple[str, re.Pattern[str], str]]:
    """The id of each rule, its pattern, and its first example cut off before the end."""
    for rules in load_grammar().rules.values():
        for rule in rules:
            yield rule.row.id, rule.pattern, fold(rule.row.examples[0][:-2]).text
    for attribute in load_attribute_rules():
        example = fold(attribute.row.examples[0][:-2]).lower
        yield attribute.row.id, attribute.pattern, example
    for line in load_lines():
        yield line.id, re.compile(line.pattern), fold(line.examples[0][:-2]).lower


def apply_everywhere(pattern: re.Pattern[str], text: str) -> None:
    """Applies a pattern from wherever a word begins, as the extraction does behind its anchors."""
    for word in re.finditer(r"\s", text):
        pattern.match(text, word.start())


@pytest.mark.parametrize(("name", "pattern", "worst"), tuple(list_rules()))
def test_a_rule_reads_a_megabyte_of_its_own_beginnings(
    name: str, pattern: re.Pattern[str], worst: str
) -> None:
    unit = worst + " "
    short, long = (unit * (size // len(unit)) for size in (EIGHTH, MEGABYTE))
    assert_grows_within(BOUND, partial(apply_everywhere, pattern), short, long)
