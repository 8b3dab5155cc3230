"""How long rebuilds take: after an edit and in full, after nothing, and the loading of Dagster's code location.

Run it by hand: python -m tests.bench.rebuild [rounds]. Prints a table; the least of some rounds counts, since noise only adds.
"""

from __future__ import annotations

import json
import os
import resource
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from tests.bench.edit import edit
from tests.conftest import ROOT

LOAD = "from pipeline.definitions import defs; defs().get_repository_def()"


@dataclass(frozen=True, order=True)
class Took:
    """Seconds of the clock, and of the processors, that a command took."""

    wall: float
    cpu: float


def run(folder: Path, *command: str) -> bytes:
    """Run a command of this Python in a checkout. Raises CalledProcessError where it fails."""
    ours = ("WB6_DOCUMENTS", "WB6_PROJECT", "DAGSTER_HOME")
    environment = {k: v for k, v in os.environ.items() if k not in ours} | {"PYTHONPATH": str(folder)}
    return subprocess.run(
        [sys.executable, *command], cwd=folder, env=environment, capture_output=True, check=True
    ).stdout


def took(folder: Path, *command: str) -> Took:
    """What a command takes."""
    before, began = resource.getrusage(resource.RUSAGE_CHILDREN), time.perf_counter()
    run(folder, *command)
    after, ended = resource.getrusage(resource.RUSAGE_CHILDREN), time.perf_counter()
    return Took(ended - began, after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime)


def least(times: Sequence[Took]) -> Took:
    """The least of each kind of time."""
    return Took(min(t.wall for t in times), min(t.cpu for t in times))


def main(rounds: int) -> None:
    """Measure, and print the table."""
    with tempfile.TemporaryDirectory(prefix="wb6-") as space:
        folder = Path(space) / "checkout"
        shutil.copytree(ROOT, folder, symlinks=True, ignore=shutil.ignore_patterns(".git", ".venv", "build", "*_cache"))
        release = ("-m", "pipeline.cli", "release", "--quiet")
        times: dict[str, list[Took]] = {name: [] for name in ("edit", "full", "nothing", "dagster", "load")}
        took(folder, *release)
        for number in range(rounds):
            edit(folder, 2 * number)
            times["full"].append(took(folder, *release, "--full"))
            edit(folder, 2 * number + 1)
            took(folder, "-c", LOAD)  # what a full rebuild forgot is kept again
            times["edit"].append(took(folder, *release))
            times["nothing"].append(took(folder, *release))
            times["dagster"].append(took(folder, "-c", "import dagster"))
            times["load"].append(took(folder, "-c", LOAD))
        within = json.loads(run(folder, "-m", "tests.bench.within", str(rounds)))
    found = {name: least(of) for name, of in times.items()}
    print("| what | of what | wall | processors |\n| --- | --- | --- | --- |")  # noqa: T201
    for what, one, of, other in (
        ("wb6 release after an edited cell", "edit", "wb6 release --full after one", "full"),
        ("wb6 release after nothing", "nothing", "python -c 'import dagster'", "dagster"),
        ("loading the code location", "load", "python -c 'import dagster'", "dagster"),
    ):
        a, b = found[one], found[other]
        walls, cpus = (f"{x:.2f} s / {y:.2f} s = {x / y:.2f}" for x, y in ((a.wall, b.wall), (a.cpu, b.cpu)))
        print(f"| {what} | {of} | {walls} | {cpus} |")  # noqa: T201
    print(  # noqa: T201
        "| the same within a process that has started | a full rebuild there "
        f"| {within['edit']:.2f} s / {within['full']:.2f} s = {within['edit'] / within['full']:.2f} | |"
    )


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 5)
