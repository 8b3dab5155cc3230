"""What a mission's contingents are of its total: sums, shares and the residual."""

from __future__ import annotations

from pathlib import Path

from pipeline.project import Project
from tests.small import joined, row, write_project


def contingent(iso3: str, as_of: str, personnel: str, location: str = "XKX") -> str:
    cells = {"iso3": iso3, "missions": "kfor", "location_iso3": location, "as_of": as_of, "unit": "contingent"}
    return row("deployment", **cells, personnel=personnel, cite="web2023")


def strength(as_of: str, personnel: str) -> str:
    return row("mission_strength", mission_id="kfor", as_of=as_of, personnel=personnel, cite="web2023")


def contributions(project: Project) -> list[tuple[object, ...]]:
    """The parts of KFOR with the total they are set against."""
    columns = "iso3, as_of, mission_total_as_of, mission_personnel, share, parts_sum, residual"
    sql = f"SELECT {columns} FROM mission_contribution ORDER BY as_of, iso3, location_iso3"
    return joined(project, "mission_contribution", sql)


def test_a_partial_table_leaves_a_residual_against_the_total_of_its_date(tmp_path: Path) -> None:
    project = write_project(
        tmp_path,
        mission_strength=strength("2017", "100"),
        deployment=contingent("ALB", "2017", "30") + contingent("SRB", "2017", "50"),
    )

    assert contributions(project) == [
        ("ALB", "2017", "2017", 100, 0.3, 80, 20.0),
        ("SRB", "2017", "2017", 100, 0.5, 80, 20.0),
    ]


def test_the_total_of_an_earlier_date_gives_a_share_and_no_residual(tmp_path: Path) -> None:
    project = write_project(
        tmp_path, mission_strength=strength("2016", "100"), deployment=contingent("ALB", "2017", "30")
    )

    assert contributions(project) == [("ALB", "2017", "2016", 100, 0.3, 30, None)]


def test_a_contingent_without_a_place_is_the_sum_of_those_with_one(tmp_path: Path) -> None:
    project = write_project(
        tmp_path,
        mission_strength=strength("2017", "100"),
        deployment=contingent("ALB", "2017", "30") + contingent("ALB", "2017", "40", location=""),
    )

    assert {row[-2:] for row in contributions(project)} == {(40, 60.0)}


def test_a_bare_bound_is_neither_summed_nor_subtracted_from(tmp_path: Path) -> None:
    project = write_project(
        tmp_path,
        mission_strength=strength("2017", ">100"),
        deployment=contingent("ALB", "2017", "30") + contingent("SRB", "2017", "<9"),
    )

    assert [row[3:] for row in contributions(project)] == [(None, None, 30, None), (None, None, 30, None)]
