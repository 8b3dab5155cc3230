"""The store at any moment: leftovers of killed runs are mended, one publisher at a time, and disks that refuse are told of."""

from __future__ import annotations

import errno
import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from pipeline.disk import disk_failure
from pipeline.engine import Connection, connect
from pipeline.problems import PipelineError
from pipeline.project import Project
from pipeline.publish import publish
from pipeline.store import alone, move_in
from pipeline.verify.itself import faults
from tests.conftest import ROOT
from tests.soak.prepared import EDITIONS, choose, harm, leftovers, prepare, store


@pytest.fixture(scope="module")
def released(tmp_path_factory: pytest.TempPathFactory) -> Project:
    """A small project that has published both editions: 0.1.0 and 0.1.1. Not to be changed."""
    project = prepare(tmp_path_factory.mktemp("released"))
    for edition in EDITIONS:
        choose(project, edition)
        publish(project)
    return project


@pytest.fixture
def project(released: Project, tmp_path: Path) -> Project:
    """A copy of it, with the first edition to be published again, as 0.1.2."""
    shutil.copytree(released.root, tmp_path / "copy", symlinks=True)
    copy = Project(tmp_path / "copy")
    choose(copy, EDITIONS[0])
    return copy


def point(project: Project, version: str) -> None:
    (project.outputs / "latest").unlink()
    (project.outputs / "latest").symlink_to(Path("releases") / version)


def latest(project: Project) -> str:
    return (project.outputs / "latest").readlink().name


def run(project: Project, *before: str) -> subprocess.CompletedProcess[str]:
    """Publish in another process, started by the commands before."""
    command = [*before, sys.executable, "-m", "tests.soak.prepared", str(project.root)]
    return subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)


def test_half_files_and_half_links_are_cleared_away(project: Project) -> None:
    staging = project.outputs / "releases" / ".staging"
    (staging / "csv").mkdir(parents=True)
    (staging / "csv" / "mission.csv").write_text("mission_i", "utf-8")
    (staging / "SHA256SUMS").touch()
    (project.outputs / ".latest").symlink_to("releases/9.9.9")

    done = publish(project)

    assert (done.version, done.published) == ("0.1.2", True)
    assert leftovers(project) == []
    assert harm(project) == []


@pytest.mark.parametrize("kind", ["file", "link"])
def test_leftovers_of_an_unlikely_kind_are_cleared_away(project: Project, tmp_path: Path, kind: str) -> None:
    staging, kept = project.outputs / "releases" / ".staging", tmp_path / "kept"
    kept.mkdir()
    (kept / "file").touch()
    staging.write_text("", "utf-8") if kind == "file" else staging.symlink_to(kept)
    (project.outputs / ".latest").mkdir()

    assert publish(project).version == "0.1.2"
    assert leftovers(project) == []
    assert (kept / "file").exists()


def test_a_release_moved_in_before_latest_is_completed_by_a_publish_of_the_same(project: Project) -> None:
    choose(project, EDITIONS[1])
    point(project, "0.1.0")

    done = publish(project)

    assert (done.version, done.published, done.changed) == ("0.1.1", True, ())
    assert latest(project) == "0.1.1"


def test_a_release_moved_in_before_latest_is_completed_and_followed_by_a_publish_of_another(project: Project) -> None:
    before = store(project)
    point(project, "0.1.0")

    done = publish(project)

    assert (done.version, done.published) == ("0.1.2", True)
    assert {name: content for name, content in store(project).items() if "/0.1.1/" in name} == {
        name: content for name, content in before.items() if "/0.1.1/" in name
    }
    assert harm(project) == []


def test_a_first_release_moved_in_before_latest_is_completed(project: Project) -> None:
    (project.outputs / "latest").unlink()

    assert publish(project).version == "0.1.2"
    assert latest(project) == "0.1.2"


@pytest.mark.parametrize("damage", ["file", "manifest", "no manifest"])
def test_a_damaged_release_is_never_made_the_latest_nor_written_again(project: Project, damage: str) -> None:
    folder = project.outputs / "releases" / "0.1.1"
    if damage == "file":
        (folder / "csv" / "mission.csv").write_text("half", "utf-8")
    elif damage == "manifest":
        (folder / "manifest.json").write_text('{"version": ', "utf-8")
    else:
        (folder / "manifest.json").unlink()
    choose(project, EDITIONS[1])
    point(project, "0.1.0")
    before = store(project)

    with pytest.raises(PipelineError, match=r"releases/0\.1\.1 is there already and a release is never written again"):
        publish(project)

    assert store(project) == before
    assert leftovers(project) == []


@pytest.mark.parametrize("kind", ["folder", "empty folder", "file", "link"])
def test_a_version_that_is_there_is_never_written_again(tmp_path: Path, kind: str) -> None:
    staged, there = tmp_path / "releases" / ".staging", tmp_path / "releases" / "0.1.0"
    staged.mkdir(parents=True)
    if kind == "file":
        there.touch()
    elif kind == "link":
        there.symlink_to("nowhere")
    else:
        there.mkdir()
    if kind == "folder":
        (there / "file").touch()

    with pytest.raises(PipelineError, match=r"0\.1\.0 is there already and a release is never written again"):
        move_in(tmp_path, staged, "0.1.0")

    assert staged.exists()
    assert not (tmp_path / "latest").exists()


def test_a_second_publisher_is_refused_while_another_process_publishes_and_not_once_it_is_killed(
    project: Project,
) -> None:
    hold = "import sys, time; from pathlib import Path; from pipeline.store import alone\n"
    hold += "with alone(Path(sys.argv[1])): print('held', flush=True); time.sleep(600)"
    holder = subprocess.Popen(
        [sys.executable, "-c", hold, str(project.outputs)], cwd=ROOT, stdout=subprocess.PIPE, text=True
    )
    assert holder.stdout
    assert holder.stdout.readline() == "held\n"
    before = store(project)

    refused = run(project)
    unchanged = store(project) == before
    holder.send_signal(signal.SIGKILL)
    holder.communicate()

    assert (refused.returncode, refused.stdout) == (1, "")
    assert refused.stderr == "another release is being published to this store; run wb6 release again after it\n"
    assert unchanged
    assert publish(project).version == "0.1.2"


def test_of_publishers_that_start_at_once_each_publishes_whole_or_is_refused(project: Project) -> None:
    command = [sys.executable, "-m", "tests.soak.prepared", str(project.root)]
    started = [
        subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) for _ in range(3)
    ]

    ended = [(*process.communicate(), process.returncode) for process in started]

    assert {code for _, _, code in ended} <= {0, 1}
    assert ("0.1.2\n", "", 0) in ended
    assert all("another release is being published" in told for _, told, code in ended if code == 1)
    assert latest(project) == "0.1.2"
    assert harm(project) == []


def test_the_lock_is_free_again_after_a_failure(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="broken"), alone(tmp_path):
        raise ValueError("broken")

    with alone(tmp_path):
        assert time.monotonic()


def test_a_source_that_changes_while_a_release_is_staged_is_not_published(
    project: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    def changed_meanwhile(con: Connection, folder: Path, describe: Callable[[], object]) -> list[str]:
        with (project.sources / "organisation.csv").open("a", encoding="utf-8") as stream:
            stream.write("\n")
        return faults(con, folder, describe)

    monkeypatch.setattr("pipeline.publish.faults", changed_meanwhile)
    with pytest.raises(PipelineError, match=r"organisation\.csv has changed since it was read"):
        publish(project)

    assert latest(project) == "0.1.1"
    assert leftovers(project) == []


@pytest.mark.parametrize(
    ("error", "told"),
    [
        (
            OSError(errno.ENOSPC, "No space", "/p/outputs/x"),
            "outputs/x could not be written, the disk is full; make room there and run wb6 release again",
        ),
        (
            OSError(errno.EROFS, "Read-only"),
            "outputs or build could not be written, the file system is read-only; mount it for writing",
        ),
        (PermissionError(errno.EACCES, "No", "/q/x"), "/q/x could not be opened, permission denied"),
        (
            OSError(errno.ESTALE, "Stale", "/p/outputs/x"),
            "outputs/x could not be reached, its disk does not answer; mount it again and run wb6 release again",
        ),
        (OSError(errno.ENOTCONN, "No", "/p/outputs"), "outputs could not be reached, its disk does not answer"),
    ],
)
def test_a_failure_of_the_disk_is_told_with_its_place_and_remedy(error: OSError, told: str) -> None:
    assert str(disk_failure(error, Path("/p"))).startswith(told)


def test_a_folder_that_is_gone_is_told_and_not_the_file_in_it(tmp_path: Path) -> None:
    (tmp_path / "build").mkdir()
    missing = tmp_path / "outputs" / "releases" / ".staging" / "csv" / "mission.csv"
    error = FileNotFoundError(errno.ENOENT, "No such file", str(missing))

    told = disk_failure(error, tmp_path)

    assert told == "outputs is gone; put it back, or mount its disk again, and run wb6 release again"
    assert disk_failure(FileNotFoundError(errno.ENOENT, "No", str(tmp_path / "build" / "x")), tmp_path) is None


def test_a_disk_that_does_not_confirm_the_link_is_told_of_and_the_release_is_whole(
    project: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fails(path: Path) -> None:
        if path == project.outputs:
            raise OSError(errno.EIO, "Input/output error")

    monkeypatch.setattr("pipeline.store.sync", fails)
    with pytest.raises(PipelineError, match=r"outputs/latest leads to release 0\.1\.2, but the disk does not confirm"):
        publish(project)

    assert latest(project) == "0.1.2"
    assert harm(project) == []


def test_other_failures_are_not_taken_for_failures_of_the_disk() -> None:
    assert disk_failure(FileNotFoundError(errno.ENOENT, "No such file", "/p/x"), Path("/p")) is None
    assert disk_failure(ValueError(os.strerror(errno.ENOSPC)), Path("/p")) is None


def test_a_failure_that_duckdb_words_is_told_alike() -> None:
    full = Path("/dev/full")
    if not full.exists():
        pytest.skip("there is no /dev/full")
    with connect() as con, pytest.raises(Exception, match="No space left") as caught:
        con.execute(f"COPY (SELECT range FROM range(100000)) TO '{full}' (FORMAT csv)").fetchall()

    assert str(disk_failure(caught.value, Path("/dev"))).startswith("full could not be written, the disk is full")
