"""The record of evidence: what was found in which text, kept in outputs/evidence.csv between builds."""

from __future__ import annotations

import csv
import io
from pathlib import Path

from pipeline.project import Project
from pipeline.whole import write_whole

Record = frozenset[tuple[str, str, str]]
"""Results as (text_sha256, claim_id, found or not_found)."""

_HEADER = ("text_sha256", "claim_id", "evidence")


def record_path(project: Project) -> Path:
    """Where the record is kept."""
    return project.outputs / "evidence.csv"


def read_record(project: Project) -> Record:
    """The results recorded earlier; none where there is no file yet."""
    path = record_path(project)
    if not path.is_file():
        return frozenset()
    with path.open(encoding="utf-8", newline="") as stream:
        return frozenset((row[0], row[1], row[2]) for row in list(csv.reader(stream))[1:])


def write_record(project: Project, record: Record) -> bool:
    """Keep the results, in a stable order; tell whether anything changed."""
    if record == read_record(project):
        return False
    out = io.StringIO(newline="")
    csv.writer(out, lineterminator="\n").writerows([_HEADER, *sorted(record)])
    write_whole(record_path(project), out.getvalue().encode("utf-8"))
    return True
