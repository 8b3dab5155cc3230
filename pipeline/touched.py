"""Files written to while they are read. Who saves and takes it back at once leaves the same digest, and yet something else was read."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from pipeline.disk import tells_of_the_disk
from pipeline.problems import PipelineError
from pipeline.project import Project


@tells_of_the_disk
def looked_at(project: Project, files: Iterable[str]) -> dict[str, str]:
    """What tells that files, named by their labels, were written to, whatever they hold: number, size and times of each."""
    return {file: _state(project, file) for file in sorted(files)}


def _state(project: Project, file: str) -> str:
    try:
        seen = project.path(file).stat()
    except FileNotFoundError:
        return "missing"
    return f"{seen.st_dev} {seen.st_ino} {seen.st_size} {seen.st_mtime_ns} {seen.st_ctime_ns}"


def written_to(before: Mapping[str, str], now: Mapping[str, str]) -> list[str]:
    """The files that were, between two looks at them."""
    return [file for file in before if before[file] != now.get(file)]


def refuse_written(files: Iterable[str]) -> None:
    """Raise PipelineError where there are such files."""
    for file in files:
        raise PipelineError(f"{file} was written to while it was read; run wb6 release again")
