"""The record of evidence: what was found in which text, kept in outputs/evidence.csv between builds."""

from __future__ import annotations

import csv
import io
from pathlib import Path

from pipeline.problems import PipelineError
from pipeline.project import Project
from pipeline.stores import store_of

Record = frozenset[tuple[str, str, str]]
"""Results as (text_sha256, claim_id, found or not_found)."""

RECORD = "evidence"
"""What the record is called where columns come from it."""

RECORD_FILE = f"{RECORD}.csv"
"""The file of the store that holds it."""

COLUMNS = ("text_sha256", "claim_id", "evidence")


def record_path(project: Project) -> Path:
    """Where the record is kept."""
    return project.outputs / RECORD_FILE


def read_record(project: Project) -> Record:
    """The results recorded earlier; none where there is no file yet. Raises PipelineError where it is damaged."""
    path = record_path(project)
    if not path.is_file():
        return frozenset()
    with path.open(encoding="utf-8", newline="") as stream:
        rows = list(csv.reader(stream))
    for line, row in enumerate(rows, 1):
        if len(row) != len(COLUMNS) or (line == 1 and tuple(row) != COLUMNS):
            what = "not a row of the record of evidence; restore the file from the repository"
            raise PipelineError(f"{project.label(path)}:{line}:1: {what}")
    return frozenset((row[0], row[1], row[2]) for row in rows[1:])


def write_record(project: Project, record: Record) -> bool:
    """Keep the results, in a stable order; tell whether anything changed."""
    if record == read_record(project):
        return False
    out = io.StringIO(newline="")
    csv.writer(out, lineterminator="\n").writerows([COLUMNS, *sorted(record)])
    store_of(project).keep(RECORD_FILE, out.getvalue().encode("utf-8"))
    return True
