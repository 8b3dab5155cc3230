"""The edits that rebuilds are timed after."""

from __future__ import annotations

import csv
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
    """State another strength in the last row of the deployments of a scaled checkout."""
    path = project.sources / "deployment.csv"
    *lines, last = path.read_text("utf-8").splitlines(keepends=True)
    names, cells = next(csv.reader(lines[:1])), next(csv.reader([last]))
    cells[names.index("personnel")] = "1"
    with path.open("w", encoding="utf-8", newline="") as stream:
        stream.writelines(lines)
        csv.writer(stream, lineterminator="\n").writerow(cells)
