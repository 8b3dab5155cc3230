"""Rebuilding a release from its commit: what holds, what is a fault, and what only other libraries explain."""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from pipeline.files import SUMS
from pipeline.project import Project
from pipeline.verify.equality import compare
from pipeline.verify.rebuild import rebuilt
from pipeline.verify.run import verify
from pipeline.verify.sums import write_sums
from tests.conftest import ROOT
from tests.tampered import change_book, change_json, change_table, change_text, release, seal, write, write_store
from tests.tamperings_of_all import UNSEEN

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
    seal(release(checkout))
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


@pytest.fixture
def anew(store: Project, tmp_path: Path) -> Path:
    """A release as a rebuild gives it, beside the one of `store`."""
    return Path(shutil.copytree(store.outputs / "releases" / "0.2.0", tmp_path / "made"))


def files_at_fault(ours: Path, anew: Path) -> list[str]:
    return [fault.file for fault in compare(ours, anew)[0]]


def test_only_other_libraries_excuse_other_bytes(store: Project, anew: Path) -> None:
    name = "parquet/event.parquet"
    write(anew, name, (anew / name).read_bytes() + b"other")
    seal(anew, name)

    assert files_at_fault(release(store), anew) == ["croissant.json", name, "ro-crate-metadata.json"]

    change_json(anew, "manifest.json", lambda said: said["software"].update(duckdb="9.9.9"))
    seal(anew)
    found, note = compare(release(store), anew)

    assert found == []
    assert note.startswith("all tables are the same as CSV; 1 file of other bytes (made with ")
    assert "9.9.9" in note

    change_text(anew, "csv/mission.csv", "EUFOR", "EUFO")
    assert files_at_fault(release(store), anew) == ["csv/mission.csv"]


def test_a_workbook_packed_otherwise_is_told_as_what_it_is(store: Project, anew: Path) -> None:
    change_book(anew, lambda parts: None, level=1)
    seal(anew)

    found, note = compare(release(store), anew)

    assert (anew / "wb6.xlsx").read_bytes() != (release(store) / "wb6.xlsx").read_bytes()
    assert found == []
    assert note == "all tables are the same as CSV; wb6.xlsx holds the same parts, and zlib packed them otherwise"


@pytest.mark.parametrize(
    "change",
    [
        lambda parts: parts.update({"xl/styles.xml": parts["xl/styles.xml"] + b" "}),
        lambda parts: parts.update({"docProps/app.xml": parts.pop("docProps/app.xml")[:-1]}),
        lambda parts: parts.update({"xl/styles.xml": parts.pop("xl/styles.xml")}),
        lambda parts: parts.update({"xl/more.xml": b""}),
        lambda parts: parts.pop("docProps/app.xml"),
    ],
    ids=["longer part", "shorter part", "other order", "part too many", "part too few"],
)
def test_a_workbook_of_other_parts_is_a_fault(
    store: Project, anew: Path, change: Callable[[dict[str, bytes]], object]
) -> None:
    change_book(anew, change, level=1)
    seal(anew)

    assert files_at_fault(release(store), anew) == ["ro-crate-metadata.json", "wb6.xlsx"]


def test_a_workbook_that_is_none_is_a_fault(store: Project, anew: Path) -> None:
    write(anew, "wb6.xlsx", b"PK")
    seal(anew)

    assert "wb6.xlsx" in files_at_fault(release(store), anew)


@pytest.mark.parametrize("what", UNSEEN)
def test_what_only_the_sources_contradict_is_caught(store: Project, anew: Path, what: str) -> None:
    UNSEEN[what].change(release(store))
    UNSEEN[what].sign(release(store))

    assert UNSEEN[what].telling in files_at_fault(release(store), anew)


def test_a_signature_is_not_what_sources_give(store: Project, anew: Path) -> None:
    write(release(store), f"{SUMS}.sig", b"signed")
    write(anew, "README.md", b"other")
    seal(anew)

    assert files_at_fault(release(store), anew) == ["README.md", "ro-crate-metadata.json"]
