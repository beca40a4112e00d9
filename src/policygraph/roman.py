"""Roman numerals, as congress terms are written."""

from __future__ import annotations

from itertools import pairwise

_VALUES = {"I": 1, "V": 5, "X": 10, "L": 50}
_STEPS = ((50, "L"), (40, "XL"), (10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I"))


def to_roman(number: int) -> str:
    """A numeral in capitals (11 → "XI"); raises ValueError below 1 and from 90 on."""
    if not 0 < number < 90:
        raise ValueError(f"no Roman numeral is written for {number}")
    numeral = ""
    for value, letters in _STEPS:
        numeral += letters * (number // value)
        number %= value
    return numeral


def from_roman(numeral: str) -> int:
    """The number of a numeral in any letter case; raises ValueError where it is none."""
    values = [_VALUES[letter] for letter in numeral.upper() if letter in _VALUES]
    number = sum(-one if one < next_ else one for one, next_ in pairwise([*values, 0]))
    if len(values) != len(numeral) or not number or to_roman(number) != numeral.upper():
        raise ValueError(f"no Roman numeral: {numeral!r}")
    return number
