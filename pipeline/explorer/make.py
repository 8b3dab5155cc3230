"""A page for any release of the store: the older ones have none of their own, and are never written to."""

from __future__ import annotations

from pathlib import Path

from pipeline.bounded import bounded
from pipeline.damaged import told_where_damaged
from pipeline.disk import tells_of_the_disk
from pipeline.explorer.page import page
from pipeline.explorer.place import FILE, made_page
from pipeline.out import refuse_place, write_out
from pipeline.problems import PipelineError
from pipeline.project import Project
from pipeline.query import release_folder
from pipeline.whole import write_whole


@tells_of_the_disk
def make_page(project: Project, version: str | None = None, out: Path | None = None) -> Path:
    """Write the page of a release, by default of the latest, and say where.

    Raises PipelineError where there is no such release, where it lacks what a page is made from or would fill the memory,
    or where `out` is no place for a file.
    """
    folder = release_folder(project, version)
    if out:
        refuse_place(project, out)
        write_out(out, _page(folder))
        return out
    path = made_page(project.build, folder.name)
    write_whole(path, _page(folder))
    return path


MOST = 4 << 30
"""The bytes of memory that making a page may take, three times what the system gives for one of this repository's releases."""


def _page(folder: Path) -> bytes:
    import duckdb

    with told_where_damaged(folder):
        try:
            with bounded(MOST):
                return page(folder).encode()
        except (MemoryError, duckdb.OutOfMemoryException):
            what = f"takes more memory than the {MOST >> 20} MB that a page may"
            raise PipelineError(f"the page of release {folder.name} {what}; see wb6 verify") from None


def page_of(project: Project) -> Path:
    """Where the page of the latest release lies, which is made where the release has none of its own."""
    own = release_folder(project, None) / FILE
    return own if own.is_file() else make_page(project)
