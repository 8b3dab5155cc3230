"""Numbers in a passage, in numerals and in words."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from pipeline.numerals import numbers_in


def numbers(*values: str | int) -> set[Decimal]:
    return {Decimal(value) for value in values}


STATED = {
    "4500 soldiers": numbers(4500),
    "4,500 soldiers": numbers(4500),
    "12,345,678 euros": numbers(12345678),
    "1,234.5 tonnes": numbers("1234.5"),
    "61.5 per cent": numbers("61.5"),
    "61,5 per cent": numbers("61.5"),
    "more than 100 of them": numbers(100),
    "60-80 soldiers": numbers(60, 80),
    "100 and 20 soldiers": numbers(100, 20),
    "on 24.": numbers(24),
    "the 30th member": numbers(30),
    "Sixty soldiers": numbers(60),
    "sixty-strong": numbers(60),
    "three of the 27": numbers(3, 27),
    "one, two and three": numbers(1, 2, 3),
    "both countries": numbers(2),
    "the second battalion": numbers(2),
    "half of its members": numbers(50),
    "no number at all": set(),
    "often or freighted with tension": set(),
    "": set(),
}
MEANT = {
    "4.500 soldiers": 4500,
    "1.234.567 euros": 1234567,
    "1.5 million": 1_500_000,
    "944 million dollars": 944_000_000,
    "two dozen": 24,
    "a dozen": 12,
    "a hundred": 100,
    "an infantry platoon": 1,
    "twenty-first": 21,
    "two hundred and fifty": 250,
    "four thousand five hundred": 4500,
    "five hundred thousand": 500_000,
    "one million two hundred thousand": 1_200_000,
}


@pytest.mark.parametrize(("passage", "stated"), STATED.items())
def test_a_passage_states_these_numbers_and_no_others(passage: str, stated: set[Decimal]) -> None:
    assert numbers_in(passage) == stated


@pytest.mark.parametrize(("passage", "meant"), MEANT.items())
def test_a_passage_states_the_number_that_its_words_mean(passage: str, meant: int) -> None:
    assert Decimal(meant) in numbers_in(passage)


ONES = [
    "zero",
    "one",
    "two",
    "three",
    "four",
    "five",
    "six",
    "seven",
    "eight",
    "nine",
    "ten",
    "eleven",
    "twelve",
    "thirteen",
    "fourteen",
    "fifteen",
    "sixteen",
    "seventeen",
    "eighteen",
    "nineteen",
]
TENS = ["-", "-", "twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"]


def in_words(number: int, joined: str = " and ") -> str:
    """A number below a billion in English words."""
    for size, name in ((1_000_000, "million"), (1_000, "thousand")):
        if number >= size:
            rest = f" {in_words(number % size, joined)}" if number % size else ""
            return f"{in_words(number // size, joined)} {name}{rest}"
    if number >= 100:
        rest = f"{joined}{in_words(number % 100)}" if number % 100 else ""
        return f"{ONES[number // 100]} hundred{rest}"
    if number >= 20:
        return TENS[number // 10] + (f"-{ONES[number % 10]}" if number % 10 else "")
    return ONES[number]


@given(number=st.integers(0, 999_999_999), joined=st.sampled_from([" and ", " "]))
@example(number=34_256, joined=" and ")
@example(number=1_000_001, joined=" ")
def test_every_number_written_out_is_read(number: int, joined: str) -> None:
    assert Decimal(number) in numbers_in(f"There were {in_words(number, joined)} of them.")


@given(number=st.integers(0, 10**15))
def test_every_number_in_digits_is_read_with_and_without_separators(number: int) -> None:
    assert numbers_in(f"There were {number} of them.") == {number}
    assert numbers_in(f"There were {number:,} of them.") == {number}
