"""Roman numerals of congress terms."""

from __future__ import annotations

import pytest

from policygraph.roman import from_roman, to_roman


@pytest.mark.parametrize("number", range(1, 90))
def test_there_and_back(number: int) -> None:
    assert from_roman(to_roman(number)) == number
    assert from_roman(to_roman(number).lower()) == number


@pytest.mark.parametrize("written", ["IIX", "VV", "A", "", "XIA", "IIII"])
def test_what_is_no_numeral(written: str) -> None:
    with pytest.raises(ValueError, match="Roman"):
        from_roman(written)


@pytest.mark.parametrize("number", [0, -1, 90])
def test_what_has_no_numeral(number: int) -> None:
    with pytest.raises(ValueError, match="Roman"):
        to_roman(number)
