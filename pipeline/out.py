"""What --out asks for: a file in a place that may have one, written whole or not at all."""

from __future__ import annotations

from pathlib import Path

from pipeline.problems import PipelineError
from pipeline.project import Project
from pipeline.whole import write_whole


def refuse_place(project: Project, out: Path) -> None:
    """Raise PipelineError where --out names no place for a file: among the sources or releases, in no folder, or what is none.

    A device, a pipe or a link would be replaced by the file, which is seldom what is meant, and never what is good.
    """
    try:
        if out.is_symlink():
            raise PipelineError(f"{out} is a link; name the file that it leads to, or remove it")
        if out.exists() and not out.is_file():
            raise PipelineError(f"{out} is no ordinary file; name another with --out, or leave --out away")
    except OSError as error:
        raise _unwritten(out, error) from None
    for own in (project.sources, project.outputs):
        if out.resolve().is_relative_to(own.resolve()):
            raise PipelineError(
                f"{out} lies in {own.name}, where only the pipeline's own files belong; name a place elsewhere"
            )
    if not out.resolve().parent.is_dir():
        raise PipelineError(f"{out.parent} is no folder; make it, or name another file")


def write_out(out: Path, content: bytes) -> None:
    """Write what --out asks for, whole or not at all. Raises PipelineError where the disk does not take it."""
    try:
        write_whole(out, content)
    except OSError as error:
        raise _unwritten(out, error) from None


def _unwritten(out: Path, error: OSError) -> PipelineError:
    return PipelineError(f"{out} cannot be written: {error.strerror}; name another place with --out")
