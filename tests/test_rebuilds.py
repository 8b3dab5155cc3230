"""The soak: a short run of it, and the rule by which what a process holds is flat."""

from __future__ import annotations

import json
import math
import subprocess
import sys
from collections.abc import Callable

import pytest

from tests.conftest import ROOT
from tests.soak.held import State, figures


def test_rebuilds_in_a_row_stay_small_and_no_reader_meets_a_mixed_or_missing_release() -> None:
    command = [sys.executable, "-m", "tests.soak.rebuilds", "--rebuilds", "4", "--readers", "2"]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)

    assert done.returncode == 0, done.stdout + done.stderr
    told = json.loads(done.stdout)
    assert told["rebuilds"] == told["published"] + told["unchanged"] == 4
    assert told["published"] >= 2
    assert told["verified"] >= told["published"]
    assert told["readers"]["mixed"] == told["readers"]["missing"] == told["readers"]["readers that died"] == 0
    assert told["readers"]["reads"]["whole_release"] > 0
    assert told["readers"]["reads"]["file_by_link"] > 0
    assert told["readers"]["reads"]["query_by_link"] > 0


def states(memory: Callable[[int], float], rebuilds: int = 500) -> list[State]:
    """A run by what it held after each rebuild: memory, 6 files, 15 threads."""
    return [State(memory(n), 6, 15) for n in range(rebuilds)]


def noise(n: int) -> float:
    """A few megabytes more or less, the same at each run."""
    return math.sin(n * n) * 5


def test_memory_that_settles_after_the_first_rebuilds_is_flat_whatever_its_noise() -> None:
    assert figures(states(lambda n: 400 - 60 / (1 + n) + noise(n)))["grown"] == []


def test_memory_that_grows_by_a_tenth_of_a_megabyte_a_rebuild_is_told_of() -> None:
    told = figures(states(lambda n: 350 + n / 10 + noise(n)))

    assert told["grown"] == ["memory"]
    assert told["MB a rebuild over the last three quarters"] == pytest.approx(0.1, abs=0.01)
    assert list(told["held after so many rebuilds"]) == [50, 250, 500]


def test_a_short_run_may_not_come_to_hold_a_sixth_more() -> None:
    assert figures(states(lambda n: 350 + n, rebuilds=50))["grown"] == []
    assert figures(states(lambda n: 350 + 2 * n, rebuilds=50))["grown"] == ["memory"]


def test_a_file_that_stays_open_and_threads_that_stay_are_told_of() -> None:
    leaking = [State(350, 6 + (n > 300), 15 + n // 100) for n in range(500)]

    assert figures(leaking)["grown"] == ["files", "threads"]
