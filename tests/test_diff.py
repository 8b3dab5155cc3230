"""Versions are computed from what changed, and each changed cell is listed with its class."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

from pipeline.diff import SchemaChange, schema_changes
from pipeline.orchestration.run import rebuild_once
from pipeline.project import Project
from pipeline.version import Bump, bump_of_schema, highest, next_version


def edit(project: Project, name: str, old: str, new: str) -> None:
    path = project.sources / name
    text = path.read_text("utf-8")
    assert text.count(old) == 1
    path.write_text(text.replace(old, new), "utf-8")


def changes(project: Project, version: str) -> list[dict[str, str]]:
    path = project.outputs / "releases" / version / "csv" / "change.csv"
    with path.open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream))


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


@pytest.mark.parametrize(
    ("old", "new", "bump"),
    [
        ({"a": "VARCHAR"}, {"a": "VARCHAR"}, "none"),
        ({"a": "VARCHAR"}, {"a": "VARCHAR", "b": "DATE"}, "minor"),
        ({"a": "VARCHAR", "b": "DATE"}, {"a": "VARCHAR"}, "major"),
        ({"a": "VARCHAR"}, {"a": "BIGINT"}, "major"),
    ],
)
def test_a_change_of_columns_bumps_the_version(old: dict[str, str], new: dict[str, str], bump: Bump) -> None:
    def shape(columns: dict[str, str]) -> dict[str, dict[str, object]]:
        return {"t": {"key": ["a"], "columns": [{"name": n, "type": t} for n, t in columns.items()]}}

    assert bump_of_schema(schema_changes(shape(old), shape(new))) == bump


def test_a_changed_key_and_a_removed_table_are_major_and_a_new_table_minor() -> None:
    table = {"key": ["a"], "columns": [{"name": "a", "type": "VARCHAR"}]}

    assert bump_of_schema(schema_changes({"t": table}, {"t": {**table, "key": []}})) == "major"
    assert schema_changes({"t": table}, {}) == [SchemaChange("t", None, "table", None)]
    assert bump_of_schema(schema_changes({"t": table}, {})) == "major"
    assert bump_of_schema(schema_changes({}, {"t": table})) == "minor"


def test_the_highest_bump_wins() -> None:
    assert highest("patch", "major", "minor") == "major"
    assert highest() == "none"


def test_releases_follow_one_another_as_their_content_changes(project: Project) -> None:
    assert rebuild_once(project).version == "0.1.0"
    first = (project.outputs / "releases" / "0.1.0" / "SHA256SUMS").read_bytes()

    again = rebuild_once(project)
    assert (again.version, again.published) == ("0.1.0", False)

    edit(project, "mission_strength.csv", "kfor,2022-08,3735,27,", "kfor,2022-08,3736,27,")
    corrected = rebuild_once(project)
    assert (corrected.version, corrected.published) == ("0.1.1", True)
    assert {(c["key"], c["column"], c["old"], c["new"], c["class"]) for c in changes(project, "0.1.1")} == {
        ("mission_id=kfor|as_of=2022-08", column, "3735", "3736", "correction")
        for column in ("personnel", "personnel_low", "personnel_high")
    }
    assert all(c["claims"] for c in changes(project, "0.1.1") if c["column"].startswith("personnel"))

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
