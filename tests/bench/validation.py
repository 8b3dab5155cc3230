"""Validation as other validators know it: every file read, its rows against their models, keys, references and citations.

    python -m tests.bench.validation CHECKOUT

The part of `wb6 check` that other validators have as well: no substance and plausibility, which need the claims weighed, and no texts.
"""

from __future__ import annotations

import sys
from pathlib import Path

from pipeline.engine import connect
from pipeline.problems import Problem
from pipeline.project import Project
from pipeline.rules import RULES, check_cells
from pipeline.validate import load
from schemas.registry import written


def validate(root: Path) -> list[Problem]:
    """Every problem of the cells, rows and tables of a checkout."""
    project = Project(root)
    with connect(project.build) as con:
        read = {name: (table, *load(con, project, table)) for name, table in written().items()}
        loaded = {name: (table, origin) for name, (table, origin, _) in read.items()}
        problems = [problem for *_, found in read.values() for problem in found]
        return problems + [p for rule in (check_cells, *RULES.values()) for p in rule(con, loaded, frozenset())]


if __name__ == "__main__":
    sys.exit("\n".join(p.message for p in validate(Path(sys.argv[1]))[:20]) or 0)
