"""What a mission's contingents are of its total: sums, shares and the residual."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.small import document, joined, row, write_project

DOCUMENTS = (document("web2023"), document("other2020", "A", "2020"))


def contingent(iso3: str, as_of: str, personnel: str, location: str = "XKX", cite: str = "web2023") -> str:
    cells = {"iso3": iso3, "missions": "kfor", "location_iso3": location, "as_of": as_of, "unit": "contingent"}
    return row("deployment", **cells, personnel=personnel, cite=cite)


def strength(as_of: str, personnel: str, cite: str = "web2023") -> str:
    return row("mission_strength", mission_id="kfor", as_of=as_of, personnel=personnel, cite=cite)


def ask(root: Path, columns: str, **rows: str) -> list[tuple[object, ...]]:
    """Some columns of the contributions to KFOR, by date, country and place."""
    sql = f"SELECT {columns} FROM mission_contribution ORDER BY as_of, iso3, location_iso3 NULLS LAST"
    return joined(write_project(root, DOCUMENTS, **rows), "mission_contribution", sql)


TABLE = "coverage, table_document_id, parts_sum, residual, residual_low, residual_high, residual_qualifier"

TABLES = {
    "a complete one": ("80", ("30", "50"), ("complete", "web2023", 80, 0, 0, 0, "exact")),
    "a partial one": ("100", ("30", "50"), ("partial", "web2023", 80, 20, 20, 20, "exact")),
    "one with a rough total": ("~100", ("30", "50"), ("partial", "web2023", 80, 20, None, None, "approx")),
    "one with a rough part": ("100", ("~30", "50"), ("partial", "web2023", 80, 20, None, None, "approx")),
    "one with a total of at least so many": (">100", ("30", "50"), ("partial", "web2023", 80, None, 20, None, "at_least")),
    "one with a total in a range": ("90..100", ("30", "50"), ("partial", "web2023", 80, None, 10, 20, "range")),
    "one with a part of at least so many": ("100", (">30", "50"), ("partial", "web2023", 50, None, None, 20, "at_most")),
    "one with a rough part and a bound for a total": (">100", ("~30", "50"), ("partial", "web2023", 80, None, 20, None, "at_least")),
    "one with a rough total and a bound for a part": ("~100", (">30", "50"), ("partial", "web2023", 50, None, None, 20, "at_most")),
    "one with no bound left": (">100", (">30", "50"), ("partial", "web2023", 50, None, None, None, None)),
}  # fmt: skip


@pytest.mark.parametrize(("total", "parts", "expected"), TABLES.values(), ids=TABLES)
def test_a_table_is_set_against_its_own_total(
    tmp_path: Path, total: str, parts: tuple[str, str], expected: tuple[object, ...]
) -> None:
    rows = contingent("ALB", "2017", parts[0]) + contingent("SRB", "2017", parts[1])

    found = ask(tmp_path, TABLE, mission_strength=strength("2017", total), deployment=rows)

    assert found == [expected, expected]


def test_a_total_of_another_document_leaves_no_residual(tmp_path: Path) -> None:
    rows = {"mission_strength": strength("2017", "100", "other2020"), "deployment": contingent("ALB", "2017", "30")}

    assert ask(tmp_path, TABLE + ", share", **rows) == [("no_total", "web2023", 30, None, None, None, None, 0.3)]


def test_a_table_keeps_the_figures_that_another_document_outvotes(tmp_path: Path) -> None:
    rows = contingent("ALB", "2017", "30") + contingent("SRB", "2017", "50")
    rows += contingent("SRB", "2017", "~55", cite="other2020")
    strengths = strength("2017", "80") + strength("2017", "90", cite="other2020")

    found = ask(tmp_path, "personnel, " + TABLE, mission_strength=strengths, deployment=rows)

    table = ("complete", "web2023", 80, 0, 0, 0, "exact")
    assert found == [(30, *table), (55, *table)]


def test_the_table_with_a_total_goes_before_a_longer_one_without(tmp_path: Path) -> None:
    rows = contingent("ALB", "2017", "30") + contingent("SRB", "2017", "50", cite="other2020")
    rows += contingent("XKX", "2017", "5", cite="other2020")

    found = ask(tmp_path, "table_document_id, residual", mission_strength=strength("2017", "100"), deployment=rows)

    assert set(found) == {("web2023", 70)}


def test_a_contingent_without_a_place_is_the_sum_of_those_with_one(tmp_path: Path) -> None:
    rows = contingent("ALB", "2017", "30") + contingent("ALB", "2017", "40", location="")

    found = ask(tmp_path, "parts_sum, residual", mission_strength=strength("2017", "100"), deployment=rows)

    assert found == [(40, 60), (40, 60)]


SHARES = {
    "of the same date": (("2017", "100"), ("2017", 0.3)),
    "of a date within the year before": (("2016-06", "100"), ("2016-06", 0.3)),
    "of a date too long ago": (("2015", "100"), (None, None)),
    "of a later date": (("2018", "100"), (None, None)),
    "that is smaller than the part": (("2017", "20"), ("2017", None)),
}


@pytest.mark.parametrize(("total", "expected"), SHARES.values(), ids=SHARES)
def test_a_share_is_of_a_total(tmp_path: Path, total: tuple[str, str], expected: tuple[object, ...]) -> None:
    rows = {"mission_strength": strength(*total, cite="other2020"), "deployment": contingent("ALB", "2017", "30")}

    assert ask(tmp_path, "mission_total_as_of, share", **rows) == [expected]


def test_of_earlier_totals_the_one_that_began_last_is_taken(tmp_path: Path) -> None:
    rows = {
        "mission_strength": strength("2016-01/2016-12", "80") + strength("2016-11-02", "100"),
        "deployment": contingent("ALB", "2017", "30"),
    }

    assert ask(tmp_path, "mission_total_as_of", **rows) == [("2016-11-02",)]
