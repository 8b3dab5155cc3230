"""Disks that refuse: a store that is full, read-only or closed to the user stays as it was, and one line says why."""

from __future__ import annotations

import errno
import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner

from pipeline.cli import cli
from pipeline.project import Project
from pipeline.publish import publish
from tests.conftest import ROOT
from tests.soak.prepared import EDITIONS, choose, harm, leftovers, prepare, store

APART = ["unshare", "--mount", *(["--map-root-user"] if os.geteuid() else [])]
POWERLESS = ["setpriv", "--inh-caps=-all", "--bounding-set=-all"] if not os.geteuid() else ["env"]
READ_ONLY = 'mount --bind "$0" "$0" && mount -o remount,bind,ro "$0" && exec "$@"'


def works(*command: str) -> bool:
    """Whether a command can be run here."""
    return bool(shutil.which(command[0])) and subprocess.run(command, capture_output=True, check=False).returncode == 0


mounts = pytest.mark.skipif(
    not works(*APART, "mount", "-t", "tmpfs", "tmpfs", "/mnt"),
    reason="mounting needs root or user namespaces (unshare), and neither is to be had here",
)
permissions = pytest.mark.skipif(
    not works(*POWERLESS, "true"), reason="root may write anywhere, and setpriv, which takes that away, does not work"
)


@pytest.fixture(scope="module")
def released(tmp_path_factory: pytest.TempPathFactory) -> Project:
    """A small project with a first release, and a second edition to be published. Not to be changed."""
    project = prepare(tmp_path_factory.mktemp("released"))
    publish(project)
    choose(project, EDITIONS[1])
    return project


@pytest.fixture
def project(released: Project, tmp_path: Path) -> Project:
    """A copy of it."""
    shutil.copytree(released.root, tmp_path / "copy", symlinks=True)
    return Project(tmp_path / "copy")


def run(*command: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)


def publishing(project: Project) -> list[str]:
    return [sys.executable, "-m", "tests.soak.prepared", str(project.root)]


def assert_refused(project: Project, before: dict[str, bytes], done: subprocess.CompletedProcess[str]) -> None:
    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr.count("\n") == 1, done.stderr
    assert store(project) == before
    assert leftovers(project) == []
    assert harm(project) == []


@mounts
def test_a_read_only_store_is_told_of_and_stays_as_it_was(project: Project) -> None:
    before = store(project)

    done = run(*APART, "sh", "-c", READ_ONLY, str(project.outputs), *publishing(project))

    assert_refused(project, before, done)
    assert done.stderr == (
        "outputs/.lock could not be written, the file system is read-only; mount it for writing and run wb6 release again\n"
    )
    assert publish(project).version == "0.1.1"


@mounts
@pytest.mark.parametrize("refusing", ["outputs", ""], ids=["store", "project"])
def test_the_command_tells_of_a_read_only_disk_without_a_traceback(project: Project, refusing: str) -> None:
    before = store(project)
    command = [sys.executable, "-m", "pipeline.cli", "--project", str(project.root), "release", "--quiet"]

    done = run(*APART, "sh", "-c", READ_ONLY, str(project.root / refusing), *command)

    assert done.returncode == 1
    assert "the file system is read-only; mount it for writing and run wb6 release again\n" in done.stdout
    assert done.stderr.splitlines()[-1] == "Not released: 1 problem. The latest release stands as it was.", done.stderr
    assert "Traceback" not in done.stdout + done.stderr
    assert store(project) == before


@mounts
def test_warnings_do_not_hide_why_a_release_was_not_made(project: Project) -> None:
    command = [sys.executable, "-m", "pipeline.cli", "--project", str(project.root)]
    figures = {2019: 100, 2020: 900, 2021: 110}
    with (project.sources / "indicator.csv").open("a", encoding="utf-8") as stream:
        stream.writelines(f"ALB,soldiers,{year},,{value},persons,web2023,,,\n" for year, value in figures.items())
    assert ": warning: " in run(*command, "check").stdout

    done = run(*APART, "sh", "-c", READ_ONLY, str(project.outputs), *command, "release", "--quiet")

    assert done.returncode == 1
    assert "the file system is read-only" in done.stdout


@permissions
@pytest.mark.parametrize("closed", ["outputs/.lock", "outputs", "outputs/releases"])
def test_a_store_closed_to_the_user_is_told_of_and_stays_as_it_was(project: Project, closed: str) -> None:
    before = store(project)
    path = project.root / closed
    mode = path.stat().st_mode
    path.chmod(mode & ~0o222)
    if closed == "outputs":
        (path / ".lock").unlink()

    done = run(*POWERLESS, *publishing(project))
    path.chmod(mode)

    assert_refused(project, before, done)
    assert "permission denied; let your user read and write there and run wb6 release again" in done.stderr
    assert done.stderr.startswith(closed)
    assert publish(project).version == "0.1.1"


@mounts
@pytest.mark.parametrize("resource", ["pages", "files"])
def test_a_store_that_fills_up_is_told_of_and_stays_as_it_was(project: Project, resource: str) -> None:
    done = run(*APART, sys.executable, "-m", "tests.soak.full", str(project.root), resource, "6")

    outcomes = [json.loads(line) for line in done.stdout.splitlines()]
    assert len(outcomes) > 6, done.stderr
    for outcome in outcomes[:-1]:
        assert (outcome["same"], outcome["left"], outcome["harm"]) == (True, [], []), outcome
        assert "could not be written, the disk is full; make room there" in outcome["told"]
        assert outcome["told"].startswith("outputs")
        assert "\n" not in outcome["told"]
    assert outcomes[-1] == {"room": outcomes[-1]["room"], "told": None, "same": False, "left": [], "harm": []}


@pytest.mark.parametrize("blocks", [0, 1, 4, 16])
def test_files_that_may_not_grow_are_told_of(project: Project, blocks: int) -> None:
    before = store(project)

    done = run("sh", "-c", f'ulimit -f {blocks} && exec "$@"', "sh", *publishing(project))

    assert_refused(project, before, done)
    assert "files may not grow so large; raise the limit that ulimit -f shows" in done.stderr
    assert publish(project).version == "0.1.1"


def test_a_store_that_does_not_answer_is_told_of_whatever_asks_it(
    project: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fails(_: Project, **__: bool) -> None:
        raise OSError(errno.ESTALE, "Stale file handle", str(project.outputs / "releases"))

    monkeypatch.setattr("pipeline.stores.have_at_hand", fails)

    done = CliRunner().invoke(cli, ["--project", str(project.root), "release"])

    assert (done.exit_code, done.stdout) == (1, "")
    assert done.stderr == (
        "outputs/releases could not be reached, its disk does not answer; mount it again and run wb6 release again\n"
    )


def test_a_release_that_is_the_latest_all_the_same_is_not_told_to_be_missing(
    project: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fails(path: Path) -> None:
        if path == project.outputs:
            raise OSError(errno.EIO, "Input/output error")

    monkeypatch.setattr("pipeline.store.sync", fails)

    done = CliRunner().invoke(cli, ["--project", str(project.root), "release", "--quiet"])

    assert done.exit_code == 1
    assert "outputs/latest leads to release 0.1.1, but the disk does not confirm that it keeps that" in done.stdout
    assert done.stderr.splitlines()[-1] == "Not released: 1 problem. The latest release is 0.1.1 all the same."
    assert harm(project) == []
