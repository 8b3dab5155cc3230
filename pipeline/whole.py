"""Files that are there whole or not at all: written aside, brought to the disk, then renamed."""

from __future__ import annotations

import os
from contextlib import suppress
from pathlib import Path

from pipeline.problems import PipelineError
from pipeline.project import Project


def write_whole(path: Path, content: bytes) -> None:
    """Replace a file in one step, so that a reader or a crash meets the old content or the new."""
    path.parent.mkdir(parents=True, exist_ok=True)
    aside = path.with_name(f".{path.name}.partial")
    try:
        aside.write_bytes(content)
        sync(aside)
        aside.replace(path)
    except OSError:
        with suppress(OSError):
            aside.unlink(missing_ok=True)
        raise


def refuse_own(project: Project, out: Path) -> None:
    """Raise PipelineError where a reader names a file among the sources or releases, or in no folder."""
    for own in (project.sources, project.outputs):
        if out.resolve().is_relative_to(own.resolve()):
            raise PipelineError(
                f"{out} lies in {own.name}, where only the pipeline's own files belong; name a place elsewhere"
            )
    if not out.resolve().parent.is_dir():
        raise PipelineError(f"{out.parent} is no folder; make it, or name another file")


def keep_if_possible(path: Path, content: str | bytes) -> None:
    """Replace a file that only saves time. One that the disk does not take is missed by nobody: what it holds is made again."""
    aside = path.with_name(f".{path.name}.partial")
    with suppress(OSError):
        path.parent.mkdir(parents=True, exist_ok=True)
        aside.write_bytes(content.encode() if isinstance(content, str) else content)
        aside.replace(path)


def sync(path: Path) -> None:
    """Wait until a file's content, or a folder's list of names, is on the disk and outlives a loss of power."""
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
