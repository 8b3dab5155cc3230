"""How long rebuilds take: after an edit and in full, after nothing, and the loading of Dagster's code location.

Run it by hand: python -m tests.bench.rebuild [rounds]. Prints a table; the least of some rounds counts, since noise only adds.
"""

from __future__ import annotations

import json
import shutil
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

from tests.bench.edit import edit
from tests.bench.measure import Took, python, said, took
from tests.conftest import ROOT

LOAD = "from pipeline.definitions import defs; defs().get_repository_def()"


RELEASE = ("-m", "pipeline.cli", "release", "--quiet")


def copy_checkout(space: Path) -> Path:
    """A copy of this checkout that may be edited, without what git ignores."""
    folder = space / "checkout"
    ignored = shutil.ignore_patterns(".git", ".venv*", "build", "*_cache", "node_modules")
    shutil.copytree(ROOT, folder, symlinks=True, ignore=ignored)
    return folder


def least(times: Sequence[Took]) -> Took:
    """The least of each kind of time."""
    return Took(min(t.wall for t in times), min(t.cpu for t in times))


def main(rounds: int) -> None:
    """Measure, and print the table."""
    with tempfile.TemporaryDirectory(prefix="wb6-") as space:
        folder = copy_checkout(Path(space))
        times: dict[str, list[Took]] = {name: [] for name in ("edit", "full", "nothing", "dagster", "load")}
        took(folder, python(*RELEASE))
        for number in range(rounds):
            edit(folder, 2 * number)
            times["full"].append(took(folder, python(*RELEASE, "--full")))
            edit(folder, 2 * number + 1)
            took(folder, python("-c", LOAD))  # what a full rebuild forgot is kept again
            times["edit"].append(took(folder, python(*RELEASE)))
            times["nothing"].append(took(folder, python(*RELEASE)))
            times["dagster"].append(took(folder, python("-c", "import dagster")))
            times["load"].append(took(folder, python("-c", LOAD)))
        within = json.loads(said(folder, python("-m", "tests.bench.within", str(rounds))))
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
