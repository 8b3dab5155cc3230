"""A staged release is described while its tables are proven, and its charts drawn by a process that made ready before."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from pipeline.charts.apart import Pen, pen_at_hand
from pipeline.charts.write import pen_ahead
from pipeline.engine import Connection, connect
from pipeline.files import SUMS
from pipeline.problems import PipelineError
from pipeline.verify.itself import faults
from tests.conftest import ROOT
from tests.small import released


@pytest.fixture(scope="module")
def release(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return released(tmp_path_factory.mktemp("project"))


@pytest.fixture
def folder(tmp_path: Path, release: Path) -> Path:
    """A release that may be harmed."""
    return shutil.copytree(release, tmp_path / "release")


def schemas(con: Connection) -> set[str]:
    return {row[0] for row in con.execute("SELECT schema_name FROM information_schema.schemata").fetchall()}


def test_what_is_described_last_is_proven_as_well(folder: Path) -> None:
    sums = (folder / SUMS).read_text("utf-8")
    (folder / SUMS).unlink()

    with connect() as con:
        whole = faults(con, folder, lambda: (folder / SUMS).write_text(sums, "utf-8"))
        (folder / SUMS).unlink()
        stray = faults(con, folder, lambda: (folder / SUMS).write_text(sums + f"{'0' * 64}  stray\n", "utf-8"))

    assert whole == []
    assert [fault.split(":")[0] for fault in stray] == ["stray"]


def test_a_fault_of_a_table_is_found_while_descriptions_are_written(folder: Path) -> None:
    with connect() as con:
        con.execute(
            f"COPY (SELECT * FROM read_parquet('{folder}/parquet/country.parquet') ORDER BY iso3 DESC) TO '{folder}/turned'"
        )
        (folder / "turned").replace(folder / "csv" / "country.csv")

        found = faults(con, folder)

    assert found
    assert all("country.csv" in fault for fault in found)


def test_descriptions_that_fail_end_the_proof_and_say_why(folder: Path) -> None:
    def fail() -> None:
        raise PipelineError("there is no room for a description")

    with connect() as con:
        with pytest.raises(PipelineError, match="no room for a description"):
            faults(con, folder, fail)
        assert "now" not in schemas(con)
        assert faults(con, folder) == []


def test_a_pen_that_was_taken_for_nothing_leaves_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TMPDIR", str(tmp_path))

    with pytest.raises(ZeroDivisionError), pen_at_hand():
        raise ZeroDivisionError

    assert list(tmp_path.iterdir()) == []


def test_a_pen_whose_release_is_gone_ends_and_leaves_nothing(tmp_path: Path) -> None:
    env = {"PYTHONPATH": str(ROOT), "TMPDIR": str(tmp_path)}

    pen = subprocess.run(
        [sys.executable, "-P", "-m", "pipeline.charts.apart"],
        stdin=subprocess.DEVNULL,
        env=env,
        capture_output=True,
        check=False,
    )

    assert (pen.returncode, pen.stdout, pen.stderr) == (0, b"", b"")
    assert list(tmp_path.iterdir()) == []


def test_a_pen_that_is_killed_says_how_it_ended() -> None:
    pen = Pen()
    pen._process.kill()

    with pytest.raises(PipelineError, match="draws charts failed: it ended with -9"):
        pen.draw([])


def test_a_pen_is_taken_ahead_only_where_no_drawing_is_kept(tmp_path: Path) -> None:
    (tmp_path / "charts").mkdir()
    with pen_ahead(tmp_path) as taken:
        assert isinstance(taken, Pen)
    (tmp_path / "charts" / "events.svg").write_bytes(b"<svg/>")
    with pen_ahead(tmp_path) as taken:
        assert taken is None
