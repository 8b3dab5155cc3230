"""A small project with two editions whose build folders are ready, so that publishing is all there is to do."""

from __future__ import annotations

import os
import shutil
import signal
import sys
import time
from collections.abc import Callable
from pathlib import Path

from pipeline.engine import connect
from pipeline.problems import PipelineError
from pipeline.project import Project
from pipeline.publish import publish
from pipeline.sqlfiles import sql_files
from pipeline.steps import build_claims, build_join, build_tables
from pipeline.verify.itself import faults
from pipeline.verify.sums import sum_faults
from schemas.registry import written
from tests.small import write_project

EDITIONS = ("one", "two")
_READY = ("sources", "build")


def prepare(root: Path) -> Project:
    """Write a project and build two editions of it, which differ in one value; nothing is published yet."""
    project = write_project(root)
    for edition in EDITIONS:
        path = project.sources / "organisation.csv"
        text = path.read_text("utf-8")
        path.write_text(text.replace(",NATO,", f",NATO {edition},"), "utf-8")
        build(project)
        for name in _READY:
            shutil.copytree(root / name, root / edition / name)
        path.write_text(text, "utf-8")
    for name in _READY:
        shutil.rmtree(root / name)
    choose(project, EDITIONS[0])
    return project


def build(project: Project) -> None:
    """Run every step but publishing."""
    assert not any(built.problems for built in build_tables(project, list(written().values())).values())
    build_claims(project)
    for name in sql_files(project.joins):
        build_join(project, name)


def choose(project: Project, edition: str) -> None:
    """Make an edition the one to publish."""
    for name in _READY:
        (project.root / name).unlink(missing_ok=True)
        (project.root / name).symlink_to(Path(edition) / name, target_is_directory=True)


def chosen(project: Project) -> str:
    """The edition that is to be published."""
    return (project.root / _READY[0]).readlink().parts[0]


def harm(project: Project) -> list[str]:
    """What is wrong with the store as a reader meets it: `latest` names no whole release, or another one is damaged."""
    latest = project.outputs / "latest"
    if not latest.is_symlink() or not latest.is_dir():
        return ["latest names no release"]
    with connect() as con:
        found = faults(con, latest.resolve())
    others = [p for p in (project.outputs / "releases").iterdir() if p.name[0] != "." and p != latest.resolve()]
    return found + [f"{folder.name}: {fault}" for folder in others for fault in sum_faults(folder)]


def leftovers(project: Project) -> list[str]:
    """What lies in the store that no reader asked for."""
    strays = [*project.outputs.glob(".*"), *(project.outputs / "releases").glob(".*")]
    return sorted(path.name for path in strays if path.name != ".lock")


def store(project: Project) -> dict[str, bytes]:
    """Every file and link of the store by name, the lock aside."""
    links = {p.name: os.fsencode(p.readlink()) for p in project.outputs.iterdir() if p.is_symlink()}
    files = {
        p.relative_to(project.outputs).as_posix(): p.read_bytes()
        for p in project.outputs.rglob("*")
        if p.is_file() and p.name != ".lock"
    }
    return files | links


def forked(work: Callable[[], object], delay: float | None = None) -> int:
    """Do some work in a child, killed after `delay` seconds where that is given; how it ended, as subprocess says it.

    A fork spares each publish the imports. This process itself never starts the engine, which would not outlive one.
    """
    pid = os.fork()
    if pid == 0:
        code = 1
        try:
            code = 1 if work() is False else 0
        except BaseException as error:
            sys.stderr.write(f"{type(error).__name__}: {error}\n")
        finally:
            sys.stderr.flush()
            os._exit(code)
    if delay is not None:
        time.sleep(delay)
        os.kill(pid, signal.SIGKILL)  # of a child that has ended already, its record takes the blow
    return os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1])


if __name__ == "__main__":
    # Publish once, in a process of its own, and tell of failures as wb6 does.
    try:
        print(publish(Project.here(sys.argv[1])).version)  # noqa: T201
    except PipelineError as error:
        sys.exit(str(error))
