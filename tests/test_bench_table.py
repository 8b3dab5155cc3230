"""The page of the benchmark says what was measured, and measuring counts what a command took."""

from __future__ import annotations

import json
import threading
import time
from pathlib import Path
from typing import Any

import pytest

from tests.bench.contenders import CONTENDERS
from tests.bench.measure import FailedError, python, said, took
from tests.bench.profile import _PARTS, Clock
from tests.bench.table import RESULTS, exponent, ratio, render
from tests.conftest import ROOT
from tests.small import write_project

KNOWN: dict[str, Any] = {
    "code": "abc1234",
    "machine": {"cores": 2, "processor": "x", "memory_gb": 8, "system": "Linux", "python": "3.11.7"},
    "versions": {"ours": {"duckdb": "2.0.0"}},
    "sizes": {
        str(rows): {
            "rows": rows,
            "rounds": 2,
            "runs": {
                "wb6 release": [
                    {"wall": rows / 1000, "cpu": 1.0, "memory": 400},
                    {"wall": 2 * rows / 1000, "cpu": 1.0, "memory": 600},
                ],
                "wb6 check": [{"wall": 1.0, "cpu": 1.0, "memory": 100}],
                "the limit": [
                    {"wall": rows / 2000, "cpu": 0.5, "memory": 100},
                    {"wall": rows / 1000, "cpu": 0.5, "memory": 100},
                ],
            },
            "failed": {
                "dbt-duckdb": "it ended:\nno memory | left",
                **({"wb6 check": "a row"} if rows == 10_000 else {}),
            },
            "after_edit": {"wall": 7.0, "cpu": 9.0, "memory": 500},
            "parts": {"joins": rows / 10_000, "proof": rows / 1000},
        }
        for rows in (10_000, 1_000_000, 5_000_000)
    },
    "capped": {"rows": 1_000_000, "bytes": 1 << 30, "by": "a control group", "WB6_MEMORY": "400MB", "failed": "killed"},
}


def test_the_page_shows_medians_ratios_of_each_round_and_who_failed() -> None:
    page = render(KNOWN)

    assert "| 1,000,000 | wb6 release | 1500.00 (1.00) |  |  | 500 MB |" in page
    assert "| 1,000,000 | the limit | 750.00 (0.50) | 2.00 | 2.00 | 100 MB |" in page
    assert "| proof | 10.0 | 1000.0 | 5000.0 |\n| joins | 1.0 | 100.0 | 500.0 |" in page
    assert "| 10,000 | dbt-duckdb | failed: no memory / left | | | |" in page
    assert "| 10,000 | wb6 check | failed: a row | | | |" in page  # though it did not fail in every round
    assert "| 1,000,000 | wb6 release, after one edit | 7.00 (9.00) |  |  | 500 MB |" in page
    assert "Code of abc1234; 2 cores" in page
    assert "| 5,000,000 | frictionless | not asked for so many rows | | | |" in page
    assert "| wb6 release | 1.00 | 0.00 | 3 |" in page
    assert "at 5,000,000 rows is 1.00 times that at 1,000,000" in page
    assert "under 1 GB of memory, by a control group, with WB6_MEMORY=400MB: failed: killed" in page
    assert all(f"| {contender.name} | {contender.does} |" in page for contender in CONTENDERS)


def test_a_ratio_is_the_median_of_those_of_each_round() -> None:
    runs = {"a": [{"wall": 1.0}, {"wall": 8.0}, {"wall": 3.0}], "b": [{"wall": 1.0}, {"wall": 2.0}, {"wall": 1.0}]}

    assert ratio(runs, "a", "b") == 3.0
    assert ratio(runs, "a", "c") is None


def test_the_exponent_is_that_of_the_power() -> None:
    assert exponent([(n, 3 * n**1.5) for n in (10.0, 100.0, 1000.0)]) == pytest.approx(1.5)


@pytest.mark.skipif(not RESULTS.is_file(), reason="nothing was measured here yet")
def test_the_page_in_docs_is_what_the_results_render_to() -> None:
    assert RESULTS.with_suffix(".md").read_text("utf-8") == render(json.loads(RESULTS.read_text("utf-8")))


def test_what_a_command_takes_counts_its_time_and_memory_and_not_that_of_this_process() -> None:
    small = took(ROOT, python("-S", "-c", "pass"))
    large = took(ROOT, python("-S", "-c", "import time; held = bytearray(200_000_000); time.sleep(0.3)"))

    assert small.memory < 50 < 190 < large.memory < 300
    assert large.wall > 0.3 > small.cpu


def test_what_the_environment_says_of_stores_and_engines_is_kept_from_what_is_measured(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    for name in ("WB6_OUTPUTS", "WB6_ENGINE", "WB6_ANYTHING"):
        monkeypatch.setenv(name, "s3://somewhere")

    told = said(ROOT, python("-c", "import os; print([n for n in os.environ if n.startswith('WB6_')])"))

    assert told == "[]\n"


def test_a_command_under_a_limit_of_memory_gets_no_more() -> None:
    took(ROOT, python("-S", "-c", "pass"), limit=100_000_000)

    with pytest.raises(FailedError):
        took(ROOT, python("-S", "-c", "bytearray(300_000_000)"), limit=100_000_000)


def test_a_command_that_fails_tells_what_it_said() -> None:
    with pytest.raises(FailedError, match="no such luck"):
        took(ROOT, python("-S", "-c", "raise SystemExit('no such luck')"))


def test_a_part_is_counted_without_those_within_it() -> None:
    clock = Clock()
    inner = clock.timed("inner", lambda: time.sleep(0.2))

    def nested() -> None:
        time.sleep(0.05)
        inner()

    clock.timed("outer", nested)()
    beside = threading.Thread(target=inner)
    beside.start()
    beside.join()

    assert clock.seconds.keys() == {"inner", "outer", "inner, beside"}
    assert 0.05 <= clock.seconds["outer"] < 0.2 <= min(clock.seconds["inner"], clock.seconds["inner, beside"])


def test_where_the_time_of_a_release_goes_is_told_in_full(tmp_path: Path) -> None:
    project = write_project(tmp_path)

    told = json.loads(said(ROOT, python("-m", "tests.bench.profile", str(project.root))))

    assert {"joins", "proof, beside", "waiting for the proof beside"} < told.keys()
    assert all(seconds >= 0 for seconds in told.values())
    assert len(told) == len(_PARTS) + 2
