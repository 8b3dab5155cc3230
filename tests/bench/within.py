"""Seconds of rebuilds within a process that has started: after an edited cell and in full, in turn, as JSON.

What `tests.bench.rebuild` runs in a checkout of its own: python -m tests.bench.within ROUNDS.
"""

from __future__ import annotations

import json
import sys
import time

from pipeline.blueprint import forget_kept
from pipeline.orchestration.run import rebuild_once
from pipeline.project import Project
from tests.bench.edit import edit


def seconds(project: Project, number: int, full: bool) -> float:
    """The time of one rebuild after an edit. Raises AssertionError where it publishes nothing."""
    edit(project.root, number)
    if full:
        forget_kept(project)
    began = time.perf_counter()
    outcome = rebuild_once(project, full=full)
    ended = time.perf_counter()
    assert outcome.published, outcome.failures
    return ended - began


def main(rounds: int) -> None:
    """Measure, and print the least of each."""
    project = Project.here()
    seconds(project, 500, full=True)  # imports what a running process has imported
    times: dict[str, list[float]] = {"edit": [], "full": []}
    for number in range(501, 501 + 3 * rounds, 3):
        times["edit"].append(seconds(project, number, full=False))
        times["full"].append(seconds(project, number + 1, full=True))
        seconds(project, number + 2, full=False)  # what a full rebuild forgot is kept again
    print(json.dumps({name: min(of) for name, of in times.items()}))  # noqa: T201


if __name__ == "__main__":
    main(int(sys.argv[1]))
