"""A page for any release of the store: the older ones have none of their own, and are never written to."""

from __future__ import annotations

from pathlib import Path

from pipeline.disk import tells_of_the_disk
from pipeline.explorer.page import page
from pipeline.explorer.place import FILE, made_page
from pipeline.problems import PipelineError
from pipeline.project import Project
from pipeline.query import release_folder
from pipeline.whole import write_whole


@tells_of_the_disk
def make_page(project: Project, version: str | None = None, out: Path | None = None) -> Path:
    """Write the page of a release, by default of the latest, and say where.

    Raises PipelineError where there is no such release, where it lacks what a page is made from, or where `out` lies
    in the store, whose releases are never written to.
    """
    folder = release_folder(project, version)
    path = out or made_page(project.build, folder.name)
    if path.resolve().is_relative_to((project.outputs / "releases").resolve()):
        raise PipelineError(f"{path} is in a release, and releases are never written to; name a file elsewhere")
    if not path.resolve().parent.is_dir() and out:
        raise PipelineError(f"{path.parent} is no folder; make it, or name another file")
    path.parent.mkdir(parents=True, exist_ok=True)
    write_whole(path, page(folder).encode())
    return path


def page_of(project: Project) -> Path:
    """Where the page of the latest release lies, which is made where the release has none of its own."""
    own = release_folder(project, None) / FILE
    return own if own.is_file() else make_page(project)
