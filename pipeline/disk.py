"""Failures of the disk, told in one line: where, what, and how to mend it. Tracebacks help nobody to make room."""

from __future__ import annotations

import errno
import functools
import os
import re
from collections.abc import Callable, Collection
from pathlib import Path
from typing import Concatenate, ParamSpec, TypeVar

from pipeline.problems import PipelineError
from pipeline.project import Project

Given = ParamSpec("Given")
Result = TypeVar("Result")

_TOLD = {
    errno.ENOSPC: ("could not be written, the disk is full", "make room there"),
    errno.EDQUOT: ("could not be written, the quota is used up", "make room or have the quota raised"),
    errno.EROFS: ("could not be written, the file system is read-only", "mount it for writing"),
    errno.EFBIG: ("could not be written, files may not grow so large", "raise the limit that ulimit -f shows"),
    errno.EACCES: ("could not be opened, permission denied", "let your user read and write there"),
    errno.EPERM: ("could not be changed, the system does not permit it", "let your user write there"),
    errno.EIO: ("could not be read or written, the disk reports an error", "check the disk"),
    errno.ENOENT: ("is gone", "put it back, or mount its disk again,"),  # told of folders only
    **dict.fromkeys(
        (errno.ESTALE, errno.ENOTCONN, errno.ENODEV, errno.ENXIO, errno.EHOSTDOWN, errno.EHOSTUNREACH, errno.ETIMEDOUT),
        ("could not be reached, its disk does not answer", "mount it again"),
    ),
}


def tells_of_the_disk(
    step: Callable[Concatenate[Project, Given], Result],
) -> Callable[Concatenate[Project, Given], Result]:
    """Have a step of the pipeline raise PipelineError where the disk is full, read-only, closed to it or failing."""

    @functools.wraps(step)
    def told(project: Project, /, *args: Given.args, **kwargs: Given.kwargs) -> Result:
        try:
            return step(project, *args, **kwargs)
        except Exception as error:
            told = disk_failure(error, project.root)
            if told is None:
                raise
            raise PipelineError(told) from None

    return told


def disk_failure(error: Exception, root: Path) -> str | None:
    """What to tell of an error if the disk is its cause, else None. Paths below `root` are named from there."""
    number = number_of(error, _TOLD)
    if number is None:
        return None
    what, mend = _TOLD[number]
    place = _lost(error, root) if number == errno.ENOENT else _place(error, root)
    return f"{place} {what}; {mend} and run wb6 release again" if place else None


def number_of(error: BaseException, numbers: Collection[int]) -> int | None:
    """Which of the system's numbers of failures is an error's. DuckDB gives none but in its text, as the system words it."""
    if isinstance(error, OSError):
        return error.errno if error.errno in numbers else None
    if not any(kind.__module__ in ("duckdb", "_duckdb") for kind in type(error).__mro__):
        return None
    return next((number for number in numbers if os.strerror(number) in str(error)), None)


def _place(error: Exception, root: Path) -> str:
    """The file at fault, where the error names it; else the folders that are written to."""
    path = _named(error, root)
    if path is None:
        return "outputs or build"
    return path.relative_to(root).as_posix() if path.is_relative_to(root) else str(path)


def _lost(error: Exception, root: Path) -> str | None:
    """The topmost folder below `root` that is missing on the way to the file, as where a disk was taken away; else None."""
    path = _named(error, root)
    if path is None or not root.is_dir() or not path.is_relative_to(root):
        return None
    missing = [folder for folder in path.parents if folder.is_relative_to(root) and not folder.exists()]
    return missing[-1].relative_to(root).as_posix() if missing else None


def _named(error: Exception, root: Path) -> Path | None:
    """The file that an error names, if it does."""
    named = getattr(error, "filename2", None) or getattr(error, "filename", None)  # of two, the one to be made
    if named is None:
        found = re.search(re.escape(str(root)) + r"[^\"'\\]*", str(error))
        named = found.group() if found else None
    return Path(os.fsdecode(named)) if isinstance(named, str | bytes | os.PathLike) else None
