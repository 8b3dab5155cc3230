"""CSV files in the sources folder that nothing reads: a name with a slip would leave its rows out unseen."""

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
