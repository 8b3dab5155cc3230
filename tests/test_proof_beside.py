"""A staged release is described while its tables are proven, and its charts drawn by a process that made ready before."""

from __future__ import annotations

import pickle
import shutil
import signal
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
from pipeline.verify.sums import write_sums
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

        found = faults(con, folder, lambda: write_sums(folder))

    assert found
    assert all(fault.startswith("csv/country.csv: ") for fault in found)


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


def test_a_pen_that_is_killed_leaves_no_folder_and_no_pipe(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))

    with pen_at_hand() as pen:
        assert [path.name[:4] for path in tmp_path.iterdir()] == ["wb6-"]
        pen._process.kill()
        pen._process.wait()

    assert list(tmp_path.iterdir()) == []
    assert all(pipe and pipe.closed for pipe in (pen._process.stdin, pen._process.stdout, pen._process.stderr))


def test_a_pen_that_does_not_end_is_ended(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("pipeline.charts.apart.PATIENCE", 0.5)
    pen = Pen()
    pen._process.send_signal(signal.SIGSTOP)

    pen.put_away()

    assert pen._process.returncode == -signal.SIGKILL


@pytest.mark.parametrize("wait", ["draws", "reads"])
def test_a_pen_that_ctrl_c_ends_says_so_and_removes_its_folder(tmp_path: Path, wait: str) -> None:
    space = tmp_path / "space"
    space.mkdir()
    interrupted = (
        "import runpy, sys, pipeline.charts.draw as d\n"
        "def interrupted(*_): raise KeyboardInterrupt\n"
        f"{'d.draw' if wait == 'draws' else 'd.drawing'} = interrupted\n"
        "runpy.run_module('pipeline.charts.apart', run_name='__main__', alter_sys=False)"
    )

    pen = subprocess.run(
        [sys.executable, "-P", "-c", interrupted, str(space)],
        input=pickle.dumps([((), (), ())]),
        env={"PYTHONPATH": str(ROOT), "MPLCONFIGDIR": str(space)},
        capture_output=True,
        check=False,
    )

    assert (pen.returncode, pen.stdout, pen.stderr) == (130, b"", b"")
    assert not space.exists()


def test_a_pen_that_says_nothing_has_failed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.executable", "true")

    with pen_at_hand() as pen, pytest.raises(PipelineError, match="draws charts failed: it ended with 0"):
        pen.draw([])


def test_a_pen_is_taken_ahead_only_where_no_drawing_is_kept(tmp_path: Path) -> None:
    (tmp_path / "charts").mkdir()
    with pen_ahead(tmp_path) as taken:
        assert isinstance(taken, Pen)
    (tmp_path / "charts" / "events.svg").write_bytes(b"<svg/>")
    with pen_ahead(tmp_path) as taken:
        assert taken is None
