"""The soak: a short run of it, and the rule by which what a process holds is flat."""

from __future__ import annotations

import json
import math
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import duckdb
import pytest

from tests.conftest import ROOT
from tests.soak.held import State, figures
from tests.soak.readers import is_of_two_files
from tests.soak.rebuilds import ARENAS, Soak, wrong


def test_rebuilds_in_a_row_stay_small_and_no_reader_meets_a_mixed_or_missing_release() -> None:
    command = [sys.executable, "-m", "tests.soak.rebuilds", "--rebuilds", "4", "--readers", "2"]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)

    assert done.returncode == 0, done.stdout + done.stderr
    told = json.loads(done.stdout)
    assert told["wrong"] == []
    assert told["environment"]["MALLOC_ARENA_MAX"] == "1"
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


def test_what_was_not_counted_is_neither_told_nor_judged() -> None:
    told = figures([State(350) for _ in range(300)])

    assert told["held after so many rebuilds"] == {n: {"memory": 350} for n in (50, 250, 300)}
    assert told["grown"] == []


GOOD: dict[str, Any] = {
    "failed": [],
    "cut short": None,
    "grown": [],
    "faults": [],
    "published": 3,
    "verified": 4,
    "readers": {"readers": 2, "mixed": 0, "missing": 0, "readers that died": 0, "fewest reads of a reader": 5},
}


def test_a_run_is_wrong_in_which_less_was_done_than_asked_for() -> None:
    readers = GOOD["readers"]
    soak = Soak(500, seconds=[1.0] * 120)

    assert wrong(GOOD) == []
    assert soak.cut_short == "the minutes were up after 120 of 500 rebuilds"
    assert wrong({**GOOD, "cut short": soak.cut_short}) == ["cut short"]
    assert wrong({**GOOD, "readers": {**readers, "fewest reads of a reader": 0}}) == ["fewest reads of a reader"]
    assert wrong({**GOOD, "readers": {**readers, "readers": 0, "fewest reads of a reader": 0}}) == []
    assert wrong({**GOOD, "verified": 2}) == ["verified"]


def test_a_run_to_its_end_is_not_cut_short() -> None:
    assert Soak(3, seconds=[1.0] * 3).cut_short is None


def test_memory_is_judged_with_the_arenas_that_services_have() -> None:
    lines = (ROOT / "deploy" / "wb6.env").read_text("utf-8").splitlines()

    assert [f"{name}={value}" for name, value in ARENAS.items() if f"{name}={value}" not in lines] == []


def test_a_reader_is_excused_only_where_duckdb_met_two_files_by_one_name(tmp_path: Path) -> None:
    paths = [tmp_path / "mission.parquet", tmp_path / "other.parquet"]
    with duckdb.connect() as con:
        for path, rows in zip(paths, (200_000, 10), strict=True):
            con.execute(f"COPY (SELECT hash(n) AS id FROM range({rows}) t(n)) TO '{path}'")
        footer = paths[0].read_bytes()[-1000:]
        paths[1].write_bytes(
            paths[1].read_bytes()[:500] + footer
        )  # pages of a small file, by the footer of a large one
        found = []
        for asked in (f"FROM '{paths[1]}'", f"FROM '{tmp_path}/none.parquet'", "SELECT id FROM none"):
            with pytest.raises(duckdb.Error) as met:
                con.execute(asked).fetchall()
            found.append(is_of_two_files(met.value))

    assert found == [True, False, False]
    assert not is_of_two_files(FileNotFoundError("SHA256SUMS"))
