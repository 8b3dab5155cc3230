"""Start-up and incremental: the small real sources, in full and after one edit, ours and dbt in turn."""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import Any

from pipeline.project import Project
from tests.bench.contenders import PEERS, dbt, dbt_build
from tests.bench.edit import EDITED, edit
from tests.bench.measure import Took, python, took
from tests.bench.peers.dbt_project import write_dbt_project
from tests.bench.rebuild import LOAD, RELEASE, copy_checkout
from tests.conftest import ROOT

FULL, AFTER, NOTHING = "full", "after one edit", "nothing to do"
OURS, DBT, LIMIT, CHECK = "wb6 release", "dbt build", "the limit", "wb6 check"


def measure_real(rounds: int) -> dict[str, Any]:
    """Seconds of each, by what was asked: everything anew, or what an edited cell has made out of date.

    dbt is told by hand which source was edited, and keeps its tables in a file between builds.
    """
    with tempfile.TemporaryDirectory(prefix="wb6-bench-") as space:
        folder = copy_checkout(Path(space))
        models = Path(space) / "dbt"
        write_dbt_project(Project(folder), models, str(models / "bench.duckdb"))
        has_dbt = (ROOT / PEERS / "dbt").exists()
        took(folder, python(*RELEASE))
        if has_dbt:
            took(ROOT, dbt_build(models))
        runs: dict[str, dict[str, list[Took]]] = {
            FULL: {OURS: [], DBT: [], LIMIT: [], CHECK: []},
            AFTER: {OURS: [], DBT: []},
            NOTHING: {OURS: [], DBT: []},
        }
        for number in range(rounds):
            edit(folder, 2 * number)
            runs[FULL][OURS].append(took(folder, python(*RELEASE, "--full")))
            if has_dbt:
                runs[FULL][DBT].append(took(ROOT, dbt_build(models)))
            out = str(Path(space) / f"out-{number}")
            runs[FULL][LIMIT].append(took(folder, python("-m", "tests.bench.limit", str(folder), out)))
            runs[FULL][CHECK].append(took(folder, python("-m", "pipeline.cli", "check")))
            edit(folder, 2 * number + 1)
            took(folder, python("-c", LOAD))  # what a full rebuild forgot is kept again
            runs[AFTER][OURS].append(took(folder, python(*RELEASE)))
            if has_dbt:
                runs[AFTER][DBT].append(took(ROOT, dbt_build(models, "--select", f"source_{EDITED}+")))
            runs[NOTHING][OURS].append(took(folder, python(*RELEASE)))
            if has_dbt:
                runs[NOTHING][DBT].append(took(ROOT, dbt(models, "ls")))
    return {
        "rounds": rounds,
        "runs": {asked: {n: [t.plain() for t in ts] for n, ts in of.items() if ts} for asked, of in runs.items()},
    }
