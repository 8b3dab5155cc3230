"""A process that rebuilds again and again: nothing that a rebuild leaves behind adds up."""

from __future__ import annotations

from pathlib import Path

from pipeline.engine import connect, start_anew
from pipeline.orchestration.run import rebuild_once
from tests.small import write_project

_JOIN = "SELECT count(*) FROM range(1000) a(n) JOIN range(500) b(n) USING (n)"


def kept() -> int:
    """Of how many buffers DuckDB keeps something, whether they are still in use or not."""
    with connect() as con:
        [[sizes]] = con.execute("SELECT sum(approximate_size) FROM duckdb_eviction_queues()").fetchall()
    return int(sizes)


def test_duckdb_keeps_nothing_of_the_rebuilds_before(tmp_path: Path) -> None:
    project = write_project(tmp_path / "project")
    counts = []
    for _ in range(3):
        assert not rebuild_once(project, full=True, publishes=False).failures
        counts.append(kept())

    assert counts[0] > 100
    assert max(counts[1:]) < 1.5 * counts[0]


def test_a_session_outlives_a_new_beginning_of_the_engine() -> None:
    with connect() as con:
        con.execute("CREATE TABLE fact AS SELECT 1 AS n").fetchall()
        for _ in range(20):
            con.execute(_JOIN).fetchall()
        before = kept()
        start_anew()

        assert kept() < before
        assert con.execute("SELECT n FROM fact").fetchall() == [(1,)]
