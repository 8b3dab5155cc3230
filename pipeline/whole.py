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
    aside = _aside(path)
    try:
        aside.write_bytes(content)
        sync(aside)
        aside.replace(path)
    except OSError:
        with suppress(OSError):
            aside.unlink(missing_ok=True)
        raise


def _aside(path: Path) -> Path:
    return path.with_name(f".{path.name}.partial")


def refuse_place(project: Project, out: Path) -> None:
    """Raise PipelineError where --out names no place for a file: among the sources or releases, in no folder, or what is none.

    A device, a pipe or a link would be replaced by the file, which is seldom what is meant, and never what is good.
    """
    try:
        _refuse_what_is_no_file(out)
        _refuse_what_is_no_file(_aside(out))
    except OSError as error:
        raise _unwritten(out, error) from None
    for own in (project.sources, project.outputs):
        if out.resolve().is_relative_to(own.resolve()):
            raise PipelineError(
                f"{out} lies in {own.name}, where only the pipeline's own files belong; name a place elsewhere"
            )
    if not out.resolve().parent.is_dir():
        raise PipelineError(f"{out.parent} is no folder; make it, or name another file")


def _refuse_what_is_no_file(path: Path) -> None:
    if path.is_symlink():
        raise PipelineError(f"{path} is a link; name the file that it leads to, or remove it")
    if path.exists() and not path.is_file():
        raise PipelineError(f"{path} is no ordinary file; name another with --out, or leave --out away")


def _unwritten(out: Path, error: OSError) -> PipelineError:
    return PipelineError(f"{out} cannot be written: {error.strerror}; name another place with --out")


def write_out(out: Path, content: bytes) -> None:
    """Write what --out asks for, whole or not at all. Raises PipelineError where the disk does not take it."""
    try:
        write_whole(out, content)
    except OSError as error:
        raise _unwritten(out, error) from None


def keep_if_possible(path: Path, content: str | bytes) -> None:
    """Replace a file that only saves time. One that the disk does not take is missed by nobody: what it holds is made again."""
    aside = _aside(path)
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
