"""Loading the code location is short and quiet: nothing heavy is imported, and little is read."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from tests.conftest import ROOT

HEAVY = ("pandas", "pandera", "duckdb", "pyarrow", "numpy", "obstore", "sqlglot", "xlsxwriter")

LOAD = f"""
import gc, sys, time
import dagster
gc.collect(); gc.freeze()  # else it is chance whether Dagster's own objects are looked through within what is timed
began = time.process_time()
from pipeline.blueprint import blueprint
from pipeline.project import Project
blueprint(Project.here())
read = time.process_time() - began
from pipeline.definitions import defs
defs().get_repository_def()
print(read, [name for name in {HEAVY!r} if name in sys.modules])
"""


def load() -> tuple[float, str]:
    done = subprocess.run(
        [sys.executable, "-W", "error", "-c", LOAD], cwd=ROOT, capture_output=True, text=True, check=True
    )
    assert done.stderr == ""
    read, loaded = done.stdout.strip().split(" ", 1)
    return float(read), loaded


def test_nothing_heavy_is_imported_and_the_code_is_read_in_a_moment() -> None:
    load()  # the first time, the blueprint is derived

    reads = [load() for _ in range(3)]

    assert {loaded for _, loaded in reads} == {"[]"}
    assert min(read for read, _ in reads) < 0.1  # a twentieth of a second where nothing else runs


def test_dagster_finds_nothing_wrong_with_the_definitions(tmp_path: Path) -> None:
    dg = Path(sys.executable).with_name("dg")
    command = [str(dg)] if dg.is_file() else [sys.executable, "-m", "dagster_dg_cli.cli"]
    done = subprocess.run(
        [*command, "check", "defs"],
        cwd=ROOT,
        env={
            "PATH": "/usr/bin:/bin",
            "HOME": str(tmp_path),
            "PYTHONPATH": str(ROOT),
            "VIRTUAL_ENV": str(Path(sys.prefix)),
            "DG_CLI_DISABLE_TELEMETRY": "1",
        },
        capture_output=True,
        text=True,
    )

    assert done.returncode == 0, done.stdout + done.stderr
    assert "warning" not in (done.stdout + done.stderr).lower()
