"""CSV files in the sources folder whose rows may be left out unseen: what nothing reads, and what was cut off."""

from __future__ import annotations

import difflib
from collections.abc import Iterable

from pipeline.problems import Problem
from pipeline.project import Project


def stray_files(project: Project, known_tables: Iterable[str]) -> list[Problem]:
    """CSV files in the sources folder that no table reads."""
    known = {name for name in known_tables if name != "document"}
    found = []
    for path in sorted(path for path in project.sources.iterdir() if path.suffix.lower() == ".csv"):
        if path.name not in {f"{name}.csv" for name in known}:
            near = difflib.get_close_matches(path.stem, known, 1)
            hint = f"did you mean {near[0]}.csv?" if near else f"add a model schemas/{path.stem}.py, or delete the file"
            what = f"no table is called {path.stem}; {hint}"
            found.append(Problem(project.label(path), 1, 1, what, "file"))
    return found


def unended_files(project: Project, known_tables: Iterable[str]) -> list[Problem]:
    """Tables whose last line has no end, as where a file was cut off: all else in it may be sound."""
    found = []
    for path in (project.sources / f"{name}.csv" for name in known_tables):
        try:
            content = path.read_bytes()
        except OSError:  # told where it is read
            continue
        if content and not content.endswith((b"\n", b"\r")):
            what = "the last line has no end, so the file may have been cut off; see what is missing, then run wb6 fmt"
            line = content.count(b"\n") + 1
            found.append(Problem(project.label(path), line, 1, what, "line_end", "warning"))
    return found
