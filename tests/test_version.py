"""Versions are computed from what changed: for each class of change, of content and of shape, the one it makes."""

from __future__ import annotations

import csv
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from pipeline.engine import connect
from pipeline.orchestration.run import rebuild_once
from pipeline.project import Project
from pipeline.version import Bump, Reason, highest, next_version, reasons
from tests.compared import Shape, State, load
from tests.conftest import edit

KEY = {"organisation_id": "VARCHAR"}
ORGANISATION = Shape(("organisation_id",), {**KEY, "name": "VARCHAR", "members": "BIGINT"})
ROWS: list[dict[str, Any]] = [
    {"organisation_id": "eu", "name": "European Union", "members": 27},
    {"organisation_id": "nato", "name": "NATO", "members": 30},
]
BEFORE = State({"organisation": ORGANISATION}, {"organisation": ROWS}, {})


def rows(*changed: dict[str, Any]) -> State:
    return replace(BEFORE, rows={"organisation": changed})


def shaped(shape: Shape, *missing: str) -> State:
    kept = [{c: row.get(c) for c in shape.columns if c not in missing} for row in ROWS]
    return State({"organisation": shape}, {"organisation": kept}, {})


CASES: dict[str, tuple[State, Bump, str]] = {
    "nothing": (BEFORE, "none", ""),
    "rows in another order": (rows(*ROWS[::-1]), "none", ""),
    "a value corrected": (rows(ROWS[0], {**ROWS[1], "members": 32}), "patch", "values were changed"),
    "a value withdrawn, and its claim": (rows(ROWS[0], {**ROWS[1], "name": None}), "minor", "values were changed"),
    "a row added": (rows(*ROWS, {"organisation_id": "un", "name": "UN", "members": 193}), "minor", "1 row added"),
    "a row removed": (rows(ROWS[0]), "minor", "1 row removed"),
    "a row renamed": (rows(ROWS[0], {**ROWS[1], "organisation_id": "n"}), "minor", "1 row added, 1 row removed"),
    "a column added": (
        shaped(Shape(("organisation_id",), {**ORGANISATION.columns, "seat": "VARCHAR"})),
        "minor",
        "the column seat was added",
    ),
    "a column removed": (
        shaped(Shape(("organisation_id",), {**KEY, "name": "VARCHAR"}), "members"),
        "major",
        "the column members was removed",
    ),
    "a type changed": (
        shaped(Shape(("organisation_id",), {**ORGANISATION.columns, "members": "DOUBLE"})),
        "major",
        "the column members was changed from BIGINT to DOUBLE",
    ),
    "the key changed": (
        shaped(Shape(("organisation_id", "name"), ORGANISATION.columns)),
        "major",
        "the key was changed from organisation_id to organisation_id, name",
    ),
    "a table added": (
        State({**BEFORE.shapes, "mission": Shape(("mission_id",), {"mission_id": "VARCHAR"})}, BEFORE.rows, {}),
        "minor",
        "the table was added",
    ),
    "a table removed": (State({}, {}, {}), "major", "the table was removed"),
}


@pytest.mark.parametrize("name", CASES)
def test_each_class_of_change_makes_its_version(name: str) -> None:
    after, bump, what = CASES[name]
    with connect() as con:
        found = reasons(con, load(con, "a", BEFORE), load(con, "b", after))

    assert highest(found) == bump
    assert {r.subject: r.what for r in found if r.subject != "claim"} == ({subject_of(name): what} if what else {})


def subject_of(name: str) -> str:
    """The table that a case is about."""
    return "mission" if name == "a table added" else "organisation"


@pytest.mark.parametrize(
    ("column", "value", "bump"),
    [
        ("rank_reason", "Another reason.", "patch"),
        ("evidence", "found", "patch"),
        ("locator", "p. 2", "minor"),
        ("first_release", "0.9.0", "none"),
    ],
)
def test_claims_are_content_but_for_the_release_they_first_appeared_in(column: str, value: str, bump: Bump) -> None:
    with connect() as con:
        old, new = load(con, "a", BEFORE), load(con, "b", BEFORE)
        con.execute(f"UPDATE b.claim SET {column} = ? WHERE row_key = 'organisation_id=eu'", [value]).fetchall()

        assert highest(reasons(con, old, new)) == bump


def test_what_the_dataset_says_of_itself_makes_a_patch() -> None:
    with connect() as con:
        old, new = load(con, "a", BEFORE), load(con, "b", BEFORE)
        told = reasons(con, replace(old, about={"title": "One"}), replace(new, about={"title": "Two", "more": "x"}))

    assert told == [Reason("patch", "dataset.yaml", "says otherwise of more, title")]


@pytest.mark.parametrize(
    ("previous", "bump", "version"),
    [
        (None, "minor", "0.1.0"),
        ("0.1.0", "major", "1.0.0"),
        ("0.1.0", "minor", "0.2.0"),
        ("1.2.3", "patch", "1.2.4"),
        ("1.2.3", "none", "1.2.3"),
    ],
)
def test_the_next_version_follows_from_the_bump(previous: str | None, bump: Bump, version: str) -> None:
    assert next_version(previous, bump) == version


def test_the_highest_bump_wins() -> None:
    one, other = Reason("patch", "a", "values were changed"), Reason("major", "b", "the table was removed")

    assert highest([one, other]) == "major"
    assert highest([]) == "none"


def changes(project: Project, version: str) -> list[dict[str, str]]:
    path = project.outputs / "releases" / version / "csv" / "change.csv"
    with path.open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream))


def test_releases_follow_one_another_as_their_content_changes(project: Project) -> None:
    assert rebuild_once(project).version == "0.1.0"
    first = (project.outputs / "releases" / "0.1.0" / "SHA256SUMS").read_bytes()

    again = rebuild_once(project)
    assert (again.version, again.published) == ("0.1.0", False)

    edit(project, "mission_strength.csv", "kfor,2022-08,3735,27,", "kfor,2022-08,3736,27,")
    corrected = rebuild_once(project)
    assert (corrected.version, corrected.published) == ("0.1.1", True)
    facts = [c for c in changes(project, "0.1.1") if c["table"] != "claim"]
    assert {(c["key"], c["column"], c["old"], c["new"], c["class"]) for c in facts} == {
        ("mission_id=kfor|as_of=2022-08", column, "3735", "3736", "correction")
        for column in ("personnel", "personnel_low", "personnel_high")
    }
    assert all(c["claims"] for c in facts)

    with (project.sources / "mission_strength.csv").open("a", encoding="utf-8") as stream:
        stream.write("kfor,2011-01,5000,,natowatch2023,,,\n")
    added = rebuild_once(project)
    assert (added.version, added.published) == ("0.2.0", True)
    assert {c["class"] for c in changes(project, "0.2.0")} == {"added"}

    assert (project.outputs / "releases" / "0.1.0" / "SHA256SUMS").read_bytes() == first
    assert (project.outputs / "latest").resolve() == project.outputs / "releases" / "0.2.0"
    carried = project.outputs / "releases" / "0.2.0" / "csv" / "claim.csv"
    with carried.open(encoding="utf-8", newline="") as stream:
        assert {row["first_release"] for row in csv.DictReader(stream)} == {"0.1.0", "0.1.1", "0.2.0"}


def test_a_release_that_is_there_is_never_written_again(project: Project) -> None:
    taken = project.outputs / "releases" / "0.1.0"
    taken.mkdir(parents=True)
    (taken / "mine").write_text("kept", "utf-8")

    outcome = rebuild_once(project)

    assert outcome.version is None
    assert "never written again" in outcome.failures[0]
    assert [p.name for p in taken.iterdir()] == ["mine"]
    assert not Path(project.outputs / "releases" / ".staging").exists()
