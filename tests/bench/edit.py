"""The edits that rebuilds are timed after."""

from __future__ import annotations

import re
from pathlib import Path

from pipeline.project import Project

EDITED = "facility"
"""The source table whose cell is changed."""


def edit(folder: Path, number: int) -> None:
    """Change one cell of one source table of a checkout, to something else for each number below 676."""
    path = folder / "sources" / f"{EDITED}.csv"
    word = f"edit_{chr(ord('a') + number // 26)}{chr(ord('a') + number % 26)}"
    path.write_text(re.sub(r",motorway,[a-z_]*,", f",motorway,{word},", path.read_text("utf-8"), count=1), "utf-8")


def edit_row(project: Project) -> None:
    """Change one figure in the last row of the deployments of a scaled checkout."""
    path = project.sources / "deployment.csv"
    with path.open("r+b") as stream:
        stream.seek(-10_000, 2)
        end = stream.read()
        whole, _, last = end.rstrip(b"\n").rpartition(b"\n")
        changed, number = re.subn(rb",(\d+),", lambda found: b",%d," % (int(found[1]) + 1), last, count=1)
        if number != 1:
            raise RuntimeError(f"the last row of {path.name} has no figure to change")
        stream.seek(-10_000 + len(whole) + 1, 2)
        stream.truncate()
        stream.write(changed + b"\n")
