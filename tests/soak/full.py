"""Publish to a store on a small disk that is filled to one degree after another; each outcome is one line of JSON.

Needs a mount namespace of its own: it mounts a tmpfs over the store. Run it as `unshare --mount` shows in the tests.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

from pipeline.problems import PipelineError
from pipeline.project import Project
from pipeline.publish import publish
from tests.soak.prepared import harm, leftovers, store

PAGE = os.sysconf("SC_PAGE_SIZE")


def mount(project: Project, files: int) -> None:
    """Put the store on a disk of 16 MB that holds so many files."""
    aside = project.root / "aside"
    shutil.copytree(project.outputs, aside, symlinks=True)
    options = f"size=16m,nr_inodes={files}"
    subprocess.run(["mount", "-t", "tmpfs", "-o", options, "tmpfs", str(project.outputs)], check=True)  # noqa: S607
    shutil.copytree(aside, project.outputs, symlinks=True, dirs_exist_ok=True)


def leave(outputs: Path, resource: str, room: int) -> None:
    """Fill the disk until there is room for so many pages, or files, and no more."""
    filler = outputs / "filler"
    shutil.rmtree(filler, ignore_errors=True)
    filler.mkdir()
    free = os.statvfs(outputs)
    if resource == "files":
        for number in range(free.f_ffree - room):
            (filler / str(number)).touch()
    else:
        (filler / "pages").write_bytes(bytes(free.f_bavail * free.f_frsize - room * PAGE))


def needed(outputs: Path, resource: str) -> int:
    """About what a release takes, in pages or files."""
    paths = list((outputs / "latest").resolve().rglob("*"))
    return len(paths) if resource == "files" else sum(-(-p.stat().st_size // PAGE) for p in paths if p.is_file())


def degrees(whole: int, steps: int) -> Iterator[int]:
    """From no room to enough: some steps over the whole range, every step where only the last files lack, and room for scratch."""
    last, scratch = range(max(whole - 1, 0), whole + 9), range(whole + 9, 6 * whole, max(whole // 4, 1))
    yield from sorted({whole * step // steps for step in range(steps)} | {*last, *scratch})


def main() -> None:
    """Arguments: the project's folder, `pages` or `files`, and the number of steps."""
    project, resource, steps = Project(Path(sys.argv[1])), sys.argv[2], int(sys.argv[3])
    mount(project, files=1000)
    for room in degrees(needed(project.outputs, resource), steps):
        leave(project.outputs, resource, room)
        before, told = store(project), None
        try:
            publish(project)
        except PipelineError as error:
            told = str(error)
        same = store(project) == before
        outcome = {"room": room, "told": told, "same": same, "left": leftovers(project), "harm": harm(project)}
        sys.stdout.write(json.dumps(outcome) + "\n")
        if told is None:
            return


if __name__ == "__main__":
    main()
