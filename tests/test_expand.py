"""Dates and quantities: what is taken as written, and the bounds that are published for it."""

from __future__ import annotations

import calendar
import datetime
import re
from collections.abc import Iterable
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.engine import connect
from pipeline.expand import expressions
from schemas.fields import PATTERNS, Cell
from schemas.registry import Field

Day = datetime.date
Bounds = tuple[Day | None, Day | None]
Quantity = tuple[float | None, float | None, float | None, str | None]


def publish(cell: Cell, written: str | None) -> tuple[Any, ...]:
    """What is published for one cell, as the engine computes it."""
    sql = ", ".join(expressions(Field("x", "", cell), "written"))
    with connect() as con:
        row = con.execute(f"SELECT {sql} FROM (SELECT CAST(? AS VARCHAR) AS written)", [written]).fetchone()
    assert row is not None
    return row


def accepts(kind: str, texts: Iterable[str]) -> list[bool]:
    """Which texts the pattern of a kind accepts, in the engine that the validation uses."""
    found: list[bool] = pc.match_substring_regex(pa.array(list(texts), pa.string()), PATTERNS[kind]).to_pylist()
    return found


def bounds_by_calendar(written: str) -> Bounds:
    """First and last day that an EDTF text can mean, worked out with the calendar."""
    parts = [re.sub("[?~%]$", "", part) for part in written.split("/")]
    first, last = parts[0], parts[-1]
    return (None if first == ".." else _day(first, 0)), (None if last == ".." else _day(last, 1))


def _day(part: str, end: int) -> Day:
    year, *rest = part.replace("X", "09"[end]).split("-")
    month = int(rest[0]) if rest else (1, 12)[end]
    last_of_month = calendar.monthrange(int(year), month)[1]
    return Day(int(year), month, int(rest[1]) if len(rest) > 1 else (1, last_of_month)[end])


DATES = {
    "2023": ("2023-01-01", "2023-12-31"),
    "2023-02": ("2023-02-01", "2023-02-28"),
    "2024-02": ("2024-02-01", "2024-02-29"),
    "1900-02": ("1900-02-01", "1900-02-28"),
    "2023-09-24": ("2023-09-24", "2023-09-24"),
    "2023~": ("2023-01-01", "2023-12-31"),
    "2023-09?": ("2023-09-01", "2023-09-30"),
    "2023-09-24%": ("2023-09-24", "2023-09-24"),
    "201X": ("2010-01-01", "2019-12-31"),
    "20XX": ("2000-01-01", "2099-12-31"),
    "199X~": ("1990-01-01", "1999-12-31"),
    "2017/2027": ("2017-01-01", "2027-12-31"),
    "2017-03/2018-02-11": ("2017-03-01", "2018-02-11"),
    "2017~/2027?": ("2017-01-01", "2027-12-31"),
    "201X/2023-02": ("2010-01-01", "2023-02-28"),
    "2009/..": ("2009-01-01", None),
    "2009-04~/..": ("2009-04-01", None),
    "../2019-02": (None, "2019-02-28"),
    "../201X": (None, "2019-12-31"),
}


@pytest.mark.parametrize(("written", "bounds"), DATES.items())
def test_a_date_is_published_as_written_with_its_first_and_last_day(
    written: str, bounds: tuple[str | None, str | None]
) -> None:
    first, last = (Day.fromisoformat(day) if day else None for day in bounds)

    assert publish(Cell("edtf"), written) == (written, first, last)


def test_an_empty_date_has_no_bounds() -> None:
    assert publish(Cell("edtf"), None) == (None, None, None)


YEARS = st.integers(1000, 2999)
POINTS = st.one_of(
    YEARS.map("{:04d}".format),
    st.integers(100, 299).map("{}X".format),
    st.integers(10, 29).map("{}XX".format),
    st.builds("{:04d}-{:02d}".format, YEARS, st.integers(1, 12)),
    st.dates(Day(1000, 1, 1), Day(2999, 12, 31)).map(Day.isoformat),
)
MARKED = st.builds("{}{}".format, POINTS, st.sampled_from(["", "?", "~", "%"]))
EDTF = st.one_of(
    MARKED,
    st.builds("{}/{}".format, MARKED, MARKED),
    MARKED.map("{}/..".format),
    MARKED.map("../{}".format),
)


@settings(max_examples=300, deadline=None)
@given(written=EDTF)
def test_every_date_of_the_subset_is_accepted_and_bounded_as_the_calendar_has_it(written: str) -> None:
    assert accepts("edtf", [written]) == [True]
    assert publish(Cell("edtf"), written) == (written, *bounds_by_calendar(written))


def test_exactly_the_days_of_the_calendar_are_accepted() -> None:
    years = (0, 999, 1000, 1582, 1600, 1700, 1900, 2000, 2023, 2024, 2100, 2999, 3000, 9999)
    days = [(y, m, d) for y in years for m in range(14) for d in range(33)]

    def in_calendar(year: int, month: int, day: int) -> bool:
        return 1000 <= year <= 2999 and 1 <= month <= 12 and 1 <= day <= calendar.monthrange(year, month)[1]

    assert accepts("edtf", [f"{y:04d}-{m:02d}-{d:02d}" for y, m, d in days]) == [in_calendar(*day) for day in days]


def test_the_29th_of_february_is_accepted_in_leap_years_alone() -> None:
    years = range(1000, 3000)

    assert accepts("edtf", [f"{year}-02-29" for year in years]) == [calendar.isleap(year) for year in years]


QUANTITIES: dict[str, Quantity] = {
    "4500": (4500, 4500, 4500, "exact"),
    "0": (0, 0, 0, "exact"),
    "~4500": (4500, None, None, "approx"),
    ">100": (None, 100, None, "more_than"),
    ">=100": (None, 100, None, "at_least"),
    "<10": (None, None, 10, "less_than"),
    "<=10": (None, None, 10, "at_most"),
    "60..80": (None, 60, 80, "range"),
    "0..5": (None, 0, 5, "range"),
    "999999999999999": (999999999999999, 999999999999999, 999999999999999, "exact"),
}
DECIMALS: dict[str, Quantity] = {
    "61.5": (61.5, 61.5, 61.5, "exact"),
    "~0.25": (0.25, None, None, "approx"),
    ">=1.5": (None, 1.5, None, "at_least"),
    "<0.5": (None, None, 0.5, "less_than"),
    "1.5..2.25": (None, 1.5, 2.25, "range"),
    "1..2.5": (None, 1, 2.5, "range"),
}


@pytest.mark.parametrize(("written", "expected"), QUANTITIES.items())
def test_a_quantity_is_published_with_its_bounds_and_how_well_it_is_known(written: str, expected: Quantity) -> None:
    published = publish(Cell("quantity"), written)

    assert published == expected
    assert all(isinstance(number, int) for number in published[:3] if number is not None)


@pytest.mark.parametrize(("written", "expected"), DECIMALS.items())
def test_a_quantity_with_decimals_is_published_in_the_same_way(written: str, expected: Quantity) -> None:
    assert publish(Cell("quantity", whole=False), written) == expected


def test_an_empty_quantity_has_neither_value_nor_qualifier() -> None:
    assert publish(Cell("quantity"), None) == (None, None, None, None)


def quantity_by_rule(written: str) -> Quantity:
    """Best value, low, high and qualifier of a quantity, by the rule in words."""
    if ".." in written:
        low, high = written.split("..")
        return None, float(low), float(high), "range"
    number = float(written.lstrip("~<>="))
    rules: dict[str, Quantity] = {
        "": (number, number, number, "exact"),
        "~": (number, None, None, "approx"),
        ">": (None, number, None, "more_than"),
        ">=": (None, number, None, "at_least"),
        "<": (None, None, number, "less_than"),
        "<=": (None, None, number, "at_most"),
    }
    return rules[written.rstrip("0123456789.")]


WHOLE = st.integers(0, 10**15 - 1).map(str)
NUMBER = st.builds("{}{}".format, WHOLE, st.one_of(st.just(""), st.from_regex(r"\A\.[0-9]{1,6}\Z")))
SIGNS = st.sampled_from(["", "~", ">", ">=", "<", "<="])


@settings(max_examples=300, deadline=None)
@given(written=st.one_of(st.builds("{}{}".format, SIGNS, NUMBER), st.builds("{}..{}".format, NUMBER, NUMBER)))
def test_every_quantity_is_accepted_and_published_by_the_rule(written: str) -> None:
    assert accepts("quantity", [written]) == [True]
    assert publish(Cell("quantity", whole=False), written) == quantity_by_rule(written)


WRITTEN_RIGHT = {
    "id": ["kfor", "enhanced-forward-presence", "16-plus-1", "a"],
    "iso3": ["ALB", "XKX"],
    "code": ["infantry_platoon", "member", "a1_b2"],
    "edtf": ["2023", "2023-09", "201X", "2017/2027", "../2019", "2009/.."],
    "quantity": ["0", "60", "~60", ">=1", "60..80", "1.5"],
    "integer": ["0", "1", "999999999999999999"],
    "boolean": ["true", "false"],
    "cite": [
        "a",
        "a, p. 1",
        "a, pp. 4-5; b",
        "panero2023, sec. Albania, n. 19; iiss2023, p. 72",
        "a, ch. War and peace",
    ],
}
WRITTEN_WRONG = [
    ("id", ["", "Kfor", "k for", "kfor-", "-kfor", "k--for", "k_for", "kfór"]),
    ("iso3", ["", "AL", "alb", "ALBA", "AL1"]),
    ("code", ["", "Member", "infantry-platoon", "_a", "a__b", "a b"]),
    (
        "edtf",
        ["", "..", "/", "../..", "2023/", "/2023", "2023-9", "23", "2023-09-24T10:00", "2023??", "2XXX", "201X-05"],
    ),
    ("edtf", ["2023-W05", "2023-21", "2023-1X", "2021/2022/2023", "-0044", "y2023", "2023 ", "2023\n", "0999", "3000"]),
    (
        "quantity",
        [
            "",
            "~",
            "..",
            "60..",
            "..80",
            "1..2..3",
            "~60..80",
            "60..~80",
            "=60",
            "=>60",
            "><1",
            "-1",
            "01",
            "1.",
        ],
    ),
    ("quantity", [".5", "1,5", "1 000", "1e3", "1.1234567", "1000000000000000", "60\n"]),
    ("integer", ["", "01", "-1", "1.0", "1000000000000000000", "two"]),
    ("boolean", ["", "True", "TRUE", "yes", "1"]),
    ("cite", ["", "A", "a,p. 1", "a, p.1", "a, p. ", "a, page 1", "a;b", "a; ", "a, p. 1;", "a, p. 1,2", "a p. 1"]),
]


@pytest.mark.parametrize(("kind", "texts"), WRITTEN_RIGHT.items())
def test_what_is_written_as_its_kind_should_be_is_accepted(kind: str, texts: list[str]) -> None:
    assert [text for text, accepted in zip(texts, accepts(kind, texts), strict=True) if not accepted] == []


@pytest.mark.parametrize(("kind", "texts"), WRITTEN_WRONG)
def test_what_is_written_otherwise_is_refused(kind: str, texts: list[str]) -> None:
    assert [text for text, accepted in zip(texts, accepts(kind, texts), strict=True) if accepted] == []


@pytest.mark.parametrize(
    ("cell", "written", "expected"),
    [
        (Cell("list"), "a; b; c", ["a", "b", "c"]),
        (Cell("list"), "a", ["a"]),
        (Cell("list"), None, None),
        (Cell("integer"), "7", 7),
        (Cell("number"), "0.25", 0.25),
        (Cell("boolean"), "true", True),
        (Cell("boolean"), "false", False),
        (Cell("boolean"), None, None),
        (Cell("text"), "as written", "as written"),
    ],
)
def test_other_cells_are_published_as_values_of_their_type(cell: Cell, written: str | None, expected: object) -> None:
    (published,) = publish(cell, written)

    assert published == expected
    assert type(published) is type(expected)
