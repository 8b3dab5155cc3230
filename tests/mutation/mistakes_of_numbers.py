"""Mistakes in figures and dates: slips of digits, other conventions, and what a spreadsheet makes of them."""

from __future__ import annotations

import random
import re

from tests.mutation.chosen import Chosen, cells, edited, pick
from tests.mutation.mutant import Mutant, in_cell, in_grid, mistake
from tests.mutation.sheets import Sheets

MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


def _figure(c: Chosen) -> bool:
    return c.field.cell.kind == "quantity"


def _number(c: Chosen) -> bool:
    return _figure(c) and ".." not in c.value


def _day(c: Chosen) -> bool:
    return c.field.cell.kind == "edtf" and re.fullmatch(r"\d{4}-\d\d-\d\d", c.value) is not None


def _month(c: Chosen) -> bool:
    return c.field.cell.kind == "edtf" and re.fullmatch(r"\d{4}-\d\d", c.value) is not None


def _date(c: Chosen) -> bool:
    return c.field.cell.kind == "edtf"


def _digits(value: str) -> tuple[str, str, str]:
    """What stands before, in, and after the first number of a cell."""
    found = re.match(r"^([~<>=]*)(\d+)(.*)$", value)
    return (found[1], found[2], found[3]) if found else ("", "", value)


@mistake("figure off by ten")
def off_by_ten(rng: random.Random, sheets: Sheets) -> Mutant | None:
    def by_ten(c: Chosen) -> str | None:
        before, digits, after = _digits(c.value)
        if digits.endswith("0") and len(digits) > 1 and rng.random() < 0.5:
            return f"{before}{digits[:-1]}{after}"
        return f"{before}{digits}0{after}" if digits != "0" else None

    return edited(rng, sheets, _number, by_ten)


@mistake("transposed digits in a figure")
def transposed(rng: random.Random, sheets: Sheets) -> Mutant | None:
    def swap(c: Chosen) -> str | None:
        before, digits, after = _digits(c.value)
        places = [n for n in range(len(digits) - 1) if digits[n] != digits[n + 1] and (n or digits[1] != "0")]
        if not places:
            return None
        at = rng.choice(places)
        return f"{before}{digits[:at]}{digits[at + 1]}{digits[at]}{digits[at + 2 :]}{after}"

    return edited(rng, sheets, _number, swap)


@mistake("one digit wrong in a figure")
def wrong_digit(rng: random.Random, sheets: Sheets) -> Mutant | None:
    def other(c: Chosen) -> str:
        before, digits, after = _digits(c.value)
        at = rng.randrange(len(digits))
        return f"{before}{digits[:at]}{rng.choice('123456789')}{digits[at + 1 :]}{after}"

    return edited(rng, sheets, _number, other)


@mistake("thousands separator")
def thousands(rng: random.Random, sheets: Sheets) -> Mutant | None:
    mark = rng.choice([",", ".", " ", "'", "\u202f"])

    def parted(c: Chosen) -> str:
        before, digits, after = _digits(c.value)
        return f"{before}{f'{int(digits):,}'.replace(',', mark)}{after}"

    return edited(rng, sheets, lambda c: _number(c) and len(_digits(c.value)[1]) > 3, parted)


@mistake("decimal comma")
def decimal_comma(rng: random.Random, sheets: Sheets) -> Mutant | None:
    return edited(rng, sheets, lambda c: _number(c) and "." in c.value, lambda c: c.value.replace(".", ","))


@mistake("long number as 1.2E+05")
def scientific(rng: random.Random, sheets: Sheets) -> Mutant | None:
    fits = lambda c: _number(c) and len(_digits(c.value)[1]) > 4  # noqa: E731
    return edited(rng, sheets, fits, lambda c: f"{_digits(c.value)[0]}{float(_digits(c.value)[1]):.2E}")


@mistake("words beside a figure")
def words(rng: random.Random, sheets: Sheets) -> Mutant | None:
    return edited(
        rng, sheets, _number, lambda c: rng.choice(["about {}", "{} soldiers", "ca. {}", "{}+"]).format(c.value)
    )


@mistake("start and end swapped")
def swapped_dates(rng: random.Random, sheets: Sheets) -> Mutant | None:
    found = cells(sheets, lambda c: c.field.name == "end")
    chosen = pick(rng, found)
    if chosen is None:
        return None
    grid = sheets.grid(chosen.table.name)
    start, row = grid[0].index("start"), grid[chosen.at[0]]
    row[start], row[chosen.at[1]] = row[chosen.at[1]], row[start]
    what = f"{chosen.table.name}.csv:{chosen.at[0] + 1}: start and end swapped"
    return in_grid(sheets, chosen.table.name, grid, what, chosen.at[1] + 1)


@mistake("wrong year in a date")
def wrong_year(rng: random.Random, sheets: Sheets) -> Mutant | None:
    def other(c: Chosen) -> str:
        year = c.value[:4]
        slips = [
            year[:2] + year[3] + year[2],
            year[:3] + rng.choice("0123456789"),
            year[:2] + rng.choice("0123456789") + year[3],
        ]
        return rng.choice(slips) + c.value[4:]

    return edited(rng, sheets, lambda c: _date(c) and c.value[:4].isdigit(), other)


@mistake("day and month swapped")
def day_and_month(rng: random.Random, sheets: Sheets) -> Mutant | None:
    return edited(rng, sheets, _day, lambda c: f"{c.value[:4]}-{c.value[8:]}-{c.value[5:7]}")


@mistake("wrong day or month in a date")
def wrong_day(rng: random.Random, sheets: Sheets) -> Mutant | None:
    def other(c: Chosen) -> str:
        at = rng.choice(range(5, len(c.value), 3)) + 1
        return c.value[:at] + rng.choice("0123456789") + c.value[at + 1 :]

    return edited(rng, sheets, lambda c: _day(c) or _month(c), other)


@mistake("Excel: a day as 24/09/2023")
def excel_day(rng: random.Random, sheets: Sheets) -> Mutant | None:
    def turned(c: Chosen) -> str:
        year, month, day = c.value.split("-")
        number = 25569 + (int(year) - 1970) * 365
        return rng.choice(
            [f"{day}/{month}/{year}", f"{int(month)}/{int(day)}/{year}", f"{day}.{month}.{year}", f"{number}"]
        )

    return edited(rng, sheets, _day, turned)


@mistake("Excel: a month as Sep-23")
def excel_month(rng: random.Random, sheets: Sheets) -> Mutant | None:
    def turned(c: Chosen) -> str:
        name = MONTHS[int(c.value[5:7]) - 1]
        return rng.choice(
            [f"{name}-{c.value[2:4]}", f"01/{c.value[5:7]}/{c.value[:4]}", f"{c.value[5:7]}.{c.value[:4]}"]
        )

    return edited(rng, sheets, _month, turned)


@mistake("Excel: leading zeros lost")
def leading_zero(rng: random.Random, sheets: Sheets) -> Mutant | None:
    fits = lambda c: _date(c) and "-0" in c.value  # noqa: E731
    return edited(rng, sheets, fits, lambda c: c.value.replace("-0", "-"))


@mistake("rank or reason missing")
def rank(rng: random.Random, sheets: Sheets) -> Mutant | None:
    chosen = pick(rng, cells(sheets, lambda c: c.field.name in ("rank", "rank_reason")))
    return in_cell(sheets, chosen.table.name, chosen.at, "") if chosen else None
