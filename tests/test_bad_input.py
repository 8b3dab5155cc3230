"""Checking the sources as a whole: all problems at once, in every format, and nothing published is touched."""

from __future__ import annotations

import hashlib
import json
import shutil
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from pipeline.cli import cli
from pipeline.project import Project
from tests.small import DOCUMENTS, add, document, told, write_documents, write_project

DATE = "write 2023, 2023-09, 2023-09-24, 2023~, 201X or an interval such as 2017/2027 or 2009/.."


def wb6(project: Project, *arguments: str) -> Result:
    runner = CliRunner(env={"WB6_DOCUMENTS": None, "DAGSTER_HOME": None})
    return runner.invoke(cli, ["--project", str(project.root), *arguments], catch_exceptions=False)


def break_many(project: Project) -> list[str]:
    """Put defects of many kinds into many files; the lines a curator should be told, in order."""
    add(project, "milestone", "ALB,eu,applied,24.09.2023 ca.,web2023,,,\nABL,eu,applied,2009,nobody2023,,,\n")
    add(project, "mission_strength", "kfor,2023,about 60,80..60,web2023,,,\n")
    add(project, "membership", "ALB,nato,member,1,2009,2008,,web2023,,,\n")
    (project.sources / "actor.csv").write_text("actor_id;name\n", "utf-8")
    (project.sources / "facility.csv").unlink()
    (project.sources / "stray-file.csv").write_text("a\n", "utf-8")
    write_documents(project, [*DOCUMENTS, document("new2024", "G")])
    dataset = project.sources / "dataset.yaml"
    dataset.write_text(dataset.read_text("utf-8").replace("2023-12-31", "soon"), "utf-8")
    facility = "facility_id,name,iso3,kind,status,funders,start,end,cite,rank,rank_reason,note"
    nobody = 'no document "nobody2023" in sources/references.json; correct the key, or add the item there'
    return [
        "sources/actor.csv:1:1: fields are separated by semicolons; run wb6 fmt, or save with commas",
        "sources/dataset.yaml:7:1: as_of: not a day; write the cut-off date as 2023-12-31",
        f"sources/facility.csv:1:1: file is missing; create it with the header {facility}",
        'sources/membership.csv:2:6: end "2008": lies before start; correct one of the two dates',
        f'sources/milestone.csv:3:4: date "24.09.2023 ca.": not a date; {DATE}',
        'sources/milestone.csv:4:1: iso3 "ABL": not in sources/country.csv; did you mean ALB of sources/country.csv:2? '
        "Else correct it, or add it there first",
        f'sources/milestone.csv:4:5: cite "nobody2023": {nobody}',
        'sources/mission_strength.csv:2:3: personnel "about 60": not a quantity; write 60, ~60, >60 or 50..70',
        'sources/references.json:4:1: reliability "G": not a known code; write one of A, B, C, D, E, F',
        "sources/stray-file.csv:1:1: no table is called stray-file; "
        "add a model schemas/stray-file.py, or delete the file",
    ]


def test_defects_in_many_files_are_told_all_at_once_in_the_order_of_their_places(tmp_path: Path) -> None:
    project = write_project(tmp_path)
    expected = break_many(project)

    assert told(project) == expected


def test_check_prints_one_line_a_problem_and_exits_with_1(tmp_path: Path) -> None:
    project = write_project(tmp_path)
    expected = break_many(project)

    result = wb6(project, "check")

    assert result.exit_code == 1
    assert result.stdout.splitlines() == expected
    waiting = (
        "contingents_within_total, countries_apart, member_after_protocol, member_since_its_step, nothing_of_itself, one_unit, "
        "ordinals_in_order, outlier, spells_apart, spells_numbered, tables_add_up, where_its_mission_runs, within_mission_span"
    )
    assert result.stderr.splitlines() == [
        "21 files, 16 rows: 10 problems",
        f"Not looked at until those are mended: {waiting}",
    ]


def test_check_as_json_gives_every_part_of_every_problem(tmp_path: Path) -> None:
    project = write_project(tmp_path)
    expected = break_many(project)

    result = wb6(project, "check", "--format", "json")

    problems = json.loads(result.stdout)
    assert result.exit_code == 1
    assert ["{file}:{line}:{column}: {message}".format(**p) for p in problems] == expected
    assert problems[3] == {
        "file": "sources/membership.csv",
        "line": 2,
        "column": 6,
        "message": 'end "2008": lies before start; correct one of the two dates',
        "rule": "row",
        "severity": "error",
    }


def test_check_tells_of_tables_too_long_to_have_been_written_by_hand(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    project = write_project(tmp_path)
    monkeypatch.setattr("pipeline.check.MOST_BY_HAND", 2)

    result = wb6(project, "check")

    assert result.exit_code == 0
    assert result.stderr.splitlines()[-1] == "Too long to look for slips of hands (above 2 rows): country"


def test_check_for_github_annotates_the_place_and_escapes_what_github_reads(tmp_path: Path) -> None:
    project = write_project(tmp_path)
    add(project, "mission_strength", "kfor,2023,60%,,web2023,,,\n")

    result = wb6(project, "check", "--format", "github")

    assert result.exit_code == 1
    assert result.stdout == (
        "::error file=sources/mission_strength.csv,line=2,col=3,title=row::"
        'personnel "60%25": not a quantity; write 60, ~60, >60 or 50..70\n'
    )


@pytest.mark.parametrize(("style", "expected"), [("text", ""), ("json", "[]\n"), ("github", "")])
def test_check_of_sound_sources_exits_with_0(tmp_path: Path, style: str, expected: str) -> None:
    project = write_project(tmp_path)

    result = wb6(project, "check", "--format", style)

    assert (result.exit_code, result.stdout) == (0, expected)
    assert result.stderr == "21 files, 11 rows: no problems\n"


def test_check_of_a_folder_that_is_no_checkout_is_a_wrong_call(tmp_path: Path) -> None:
    result = wb6(Project(tmp_path), "check")

    assert result.exit_code == 2
    assert result.stderr.splitlines()[-1] == (
        f"Error: {tmp_path.resolve()} has no folder sources; name a checkout with --project"
    )


def test_the_real_sources_are_accepted_as_excel_saves_them(project: Project) -> None:
    for path in project.sources.glob("*.csv"):
        path.write_bytes(b"\xef\xbb\xbf" + path.read_bytes().replace(b"\n", b"\r\n"))

    assert told(project) == []


@pytest.fixture(scope="module")
def published(tmp_path_factory: pytest.TempPathFactory) -> Project:
    """A small project with one release."""
    project = write_project(tmp_path_factory.mktemp("published"))
    result = wb6(project, "release", "--quiet")
    assert result.exit_code == 0, result.output
    return project


def contents(folder: Path) -> dict[str, str]:
    """The digest of every file in a folder, or where it points."""
    return {
        path.relative_to(folder).as_posix(): str(path.readlink())
        if path.is_symlink()
        else hashlib.sha256(path.read_bytes()).hexdigest()
        for path in folder.rglob("*")
        if path.is_symlink() or path.is_file()
    }


@pytest.mark.parametrize("command", [("check",), ("release", "--quiet"), ("fmt",)], ids=["check", "release", "fmt"])
def test_what_was_published_and_written_stays_as_it_was_where_sources_are_broken(
    published: Project, tmp_path: Path, command: tuple[str, ...]
) -> None:
    shutil.copytree(published.root, tmp_path / "copy", symlinks=True)
    project = Project(tmp_path / "copy")
    break_many(project)
    (project.sources / "threat.csv").write_bytes("threat_id\nKuçova\n".encode("latin-1"))
    before = contents(project.outputs), contents(project.sources)

    result = wb6(project, *command)

    assert result.exit_code == 1
    assert before[0], "there must be a release to lose"
    assert (contents(project.outputs), contents(project.sources)) == before


def test_release_of_broken_sources_tells_what_check_tells(published: Project, tmp_path: Path) -> None:
    shutil.copytree(published.root, tmp_path / "copy", symlinks=True)
    project = Project(tmp_path / "copy")
    expected = break_many(project)

    result = wb6(project, "release", "--quiet")

    assert result.exit_code == 1
    assert result.stdout.splitlines() == expected
    assert result.stderr.splitlines() == ["Not released: 10 problems. The latest release stands as it was."]


def test_a_release_follows_once_the_sources_are_mended(published: Project, tmp_path: Path) -> None:
    shutil.copytree(published.root, tmp_path / "copy", symlinks=True)
    project = Project(tmp_path / "copy")
    mended = (project.sources / "milestone.csv").read_bytes()
    add(project, "milestone", "ALB,eu,applied,soon,web2023,,,\n")
    refused = wb6(project, "release", "--quiet")
    (project.sources / "milestone.csv").write_bytes(mended + b"ALB,eu,applied,2009,web2023,,,\n")

    result = wb6(project, "release", "--quiet")

    assert (refused.exit_code, result.exit_code) == (1, 0)
    assert result.stdout.startswith("Published release 0.2.0 in outputs/releases/0.2.0")
    assert (project.outputs / "releases" / "0.2.0" / "csv" / "milestone.csv").is_file()
