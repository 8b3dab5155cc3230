"""Rebuilding a release from its commit: what holds, what is a fault, and what only other libraries explain."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest

from pipeline.project import Project
from pipeline.verify import write_sums
from pipeline.verify.rebuild import compare, rebuilt
from pipeline.verify.run import verify
from tests.conftest import ROOT
from tests.tampered import change_json, change_table, change_text, write_store

if shutil.which("git") is None:
    pytest.skip("git is not installed", allow_module_level=True)


def git(project: Project, *arguments: str) -> None:
    who = ["-c", "user.name=A", "-c", "user.email=a@example.org", "-c", "commit.gpgsign=false"]
    command = ["git", "-C", str(project.root), *who, *arguments]
    subprocess.run(command, check=True, capture_output=True)


@pytest.fixture(scope="module")
def committed(tmp_path_factory: pytest.TempPathFactory) -> Project:
    """A checkout with two releases, the second committed with the sources it was made from; not to be changed."""
    project = write_store(tmp_path_factory.mktemp("committed"))
    for name in ("pipeline", "schemas"):
        shutil.copytree(ROOT / name, project.root / name, ignore=shutil.ignore_patterns("__pycache__"))
    git(project, "init", "--quiet")
    git(project, "add", "pipeline", "schemas", "sources", "outputs")
    git(project, "commit", "--quiet", "--message", "Release")
    return project


@pytest.fixture
def checkout(committed: Project, tmp_path: Path) -> Project:
    """A copy of it."""
    shutil.copytree(committed.root, tmp_path / "copy", symlinks=True)
    return Project(tmp_path / "copy")


def release(project: Project) -> Path:
    return project.outputs / "releases" / "0.2.0"


def told(project: Project) -> str:
    found, note = rebuilt(project, "0.2.0")
    return "\n".join([*map(str, found), note])


def test_a_release_is_what_its_commit_gives_whatever_came_after(checkout: Project) -> None:
    before = {p: p.lstat().st_mtime_ns for p in checkout.outputs.rglob("*")}
    change_text(checkout.sources, "mission_strength.csv", ",28,", ",29,")
    git(checkout, "commit", "--quiet", "--all", "--message", "Later")
    shutil.rmtree(checkout.root / "pipeline")

    done = verify(checkout, "0.2.0", rebuild=True)

    assert [check.name for check in done[0].checks if check.faults] == []
    assert done[0].checks[-1].note.startswith("the sources at commit ")
    assert {p: p.lstat().st_mtime_ns for p in checkout.outputs.rglob("*")} == before


def test_a_forged_release_is_not_what_its_commit_gives(checkout: Project) -> None:
    change_table(release(checkout), "timeline", "UPDATE timeline SET label = 'Forged.'")
    git(checkout, "commit", "--quiet", "--all", "--message", "Forge")

    assert "csv/timeline.csv: is not what the sources at its commit give" in told(checkout)


def test_sources_that_give_another_version_are_told(checkout: Project) -> None:
    change_text(checkout.sources, "milestone.csv", "SRB,eu,applied,2009-12,web2023,,,\n", "")
    change_text(checkout.sources, "milestone.csv", "SRB,eu,applied,2010,old2019,deprecated,Misread.,\n", "")
    git(checkout, "commit", "--quiet", "--all", "--amend", "--message", "Other sources")

    assert "do not give release 0.2.0: Nothing changed since release 0.1.0" in told(checkout)


def test_a_release_that_was_never_committed_is_told(checkout: Project) -> None:
    git(checkout, "rm", "--quiet", "-r", "--cached", "outputs/releases/0.2.0")
    git(checkout, "commit", "--quiet", "--amend", "--message", "Without")

    assert "was never committed" in told(checkout)


def test_a_release_unlike_its_commit_is_told(checkout: Project) -> None:
    (release(checkout) / "stray").write_text("x", "utf-8")
    write_sums(release(checkout))

    assert "is not as commit" in told(checkout)


def test_a_folder_without_history_is_told(checkout: Project) -> None:
    shutil.rmtree(checkout.root / ".git")

    assert "cannot be rebuilt: " in told(checkout)
    assert str(checkout.root) not in told(checkout)


def test_a_shallow_clone_is_told(checkout: Project, tmp_path: Path) -> None:
    (checkout.root / "more").write_text("x", "utf-8")
    git(checkout, "add", "more")
    git(checkout, "commit", "--quiet", "--message", "More")
    git(checkout, "clone", "--quiet", "--depth", "1", f"file://{checkout.root}", str(tmp_path / "shallow"))

    assert "run git fetch --unshallow" in told(Project(tmp_path / "shallow"))


def test_only_other_libraries_excuse_other_bytes(checkout: Project, tmp_path: Path) -> None:
    ours, made = release(checkout), tmp_path / "made"
    shutil.copytree(ours, made)
    with (made / "parquet" / "event.parquet").open("ab") as stream:
        stream.write(b"other")
    write_sums(made)

    assert [fault.file for fault in compare(ours, made)[0]] == ["parquet/event.parquet"]

    def other(said: dict[str, Any]) -> None:
        said["software"]["duckdb"] = "9.9.9"

    change_json(made, "manifest.json", other)
    found, note = compare(ours, made)

    assert found == []
    assert note.startswith("all tables are the same as CSV; 2 files differ in bytes (made with ")
    assert "9.9.9" in note

    change_text(made, "csv/mission.csv", "KFOR", "KFO")
    assert [fault.file for fault in compare(ours, made)[0]] == ["csv/mission.csv"]
