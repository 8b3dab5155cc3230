"""A bound in seconds holds whatever signals come and whichever thread asks, and nothing is watched after the block."""

from __future__ import annotations

import os
import signal
import threading
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import duckdb
import pytest

from pipeline import interruptible as watching
from pipeline.interruptible import interruptible
from pipeline.problems import PipelineError

FILES = Path("/proc/self/fd")
LONG = "SELECT count(*) FROM range(10000000000) a, range(10000000000) b"


@pytest.fixture
def con() -> Iterator[duckdb.DuckDBPyConnection]:
    with duckdb.connect(":memory:") as con:
        yield con


def asked(con: duckdb.DuckDBPyConnection, seconds: float) -> float:
    """The seconds after which a query that has no end is given up."""
    began = time.monotonic()
    with pytest.raises(PipelineError, match="it takes too long"), interruptible(con, seconds, "it takes too long"):
        con.execute(LONG).fetchall()
    return time.monotonic() - began


def test_other_signals_do_not_put_off_the_end(con: duckdb.DuckDBPyConnection) -> None:
    over = threading.Event()

    def send() -> None:
        while not over.wait(0.2):
            os.kill(os.getpid(), signal.SIGUSR1)

    before = signal.signal(signal.SIGUSR1, lambda *_: None)
    sender = threading.Thread(target=send)
    sender.start()
    stop = threading.Timer(10, over.set)  # so that what fails ends as well
    stop.start()
    try:
        assert asked(con, 1) < 8
    finally:
        over.set()
        stop.cancel()
        sender.join()
        signal.signal(signal.SIGUSR1, before)


def test_the_bound_holds_beside_the_main_thread(con: duckdb.DuckDBPyConnection) -> None:
    stop = threading.Timer(10, con.interrupt)  # so that what fails ends as well
    stop.start()
    with ThreadPoolExecutor(1) as pool:
        assert pool.submit(asked, con, 1).result(60) < 8
    stop.cancel()


def test_an_interruption_by_another_is_none_by_ctrl_c_beside_the_main_thread(con: duckdb.DuckDBPyConnection) -> None:
    def ask() -> None:
        with interruptible(con, 60, "it takes too long"):
            con.execute(LONG).fetchall()

    with ThreadPoolExecutor(1) as pool:
        asking = pool.submit(ask)
        while not asking.done():
            con.interrupt()
            time.sleep(0.1)
        assert isinstance(asking.exception(), duckdb.InterruptException)


@pytest.mark.parametrize("times", [1, 3])
def test_ctrl_c_while_the_watch_is_closed_leaves_nothing_of_it(
    con: duckdb.DuckDBPyConnection, monkeypatch: pytest.MonkeyPatch, times: int
) -> None:
    left, real = [times], watching._Watch.close

    def interrupted(watch: watching._Watch) -> None:
        if left[0]:
            left[0] -= 1
            raise KeyboardInterrupt
        real(watch)

    monkeypatch.setattr(watching._Watch, "close", interrupted)
    files, threads = len([*FILES.iterdir()]), threading.active_count()

    with pytest.raises(KeyboardInterrupt), interruptible(con):
        con.execute("SELECT 1").fetchall()

    assert signal.set_wakeup_fd(-1) == -1
    assert (len([*FILES.iterdir()]), threading.active_count()) == (files, threads)


def test_a_block_that_has_ended_is_not_interrupted(
    con: duckdb.DuckDBPyConnection, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Nor is this process ended, though its seconds are over before the watch is closed."""
    monkeypatch.setattr(watching, "GRACE", 0.1)
    watch = watching._Watch(con, 0.2, "it takes too long")
    watch.over = True
    watch.start()
    time.sleep(0.6)

    assert not watch.late
    assert not watch.thread.is_alive()
    watch.close()
    assert signal.set_wakeup_fd(-1) == -1
