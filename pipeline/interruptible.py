"""Ctrl-C ends what DuckDB is at, at once: it looks for signals itself only now and then, and in a long task never."""

from __future__ import annotations

import io
import os
import select
import signal
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager

from pipeline.engine import Connection
from pipeline.problems import PipelineError

GRACE = 3.0
"""Seconds that DuckDB has to end what it is told to end; while it binds a statement, it does not listen at all."""


@contextmanager
def interruptible(con: Connection, seconds: float | None = None, too_long: str = "") -> Iterator[None]:
    """Let Ctrl-C interrupt what a connection is asked here. Raises KeyboardInterrupt where it did.

    After `seconds`, if given, it is interrupted all the same, and PipelineError raised with what is to be told of it.
    Where DuckDB does not end, this process does: nothing but that could end it, and a query has nothing to leave undone.
    Python handles signals in the main thread alone, which waits for DuckDB meanwhile: so another one does it.
    In a thread beside the main one, `seconds` hold, and Ctrl-C and the end of the process are left to the main thread.
    """
    import duckdb

    watch = _Watch(con, seconds, too_long)
    try:
        watch.start()
        yield
    except (duckdb.InterruptException, RuntimeError) as error:
        if "interrupted" not in str(error).lower():  # what DuckDB makes of it
            raise
        if watch.late:
            raise PipelineError(too_long) from None
        if not watch.in_main:
            raise
        raise KeyboardInterrupt from None
    finally:
        _close(watch)


def _close(watch: _Watch) -> None:
    """Close a watch wholly, however often Ctrl-C comes meanwhile; raise KeyboardInterrupt then, if it did."""
    again = False
    while not watch.closed:
        try:
            watch.close()
        except KeyboardInterrupt:
            again = True
    if again:
        raise KeyboardInterrupt


class _Watch:
    """A thread that interrupts a connection at Ctrl-C and when its time is up, until it is closed."""

    def __init__(self, con: Connection, seconds: float | None, too_long: str) -> None:
        self.con, self.too_long = con, too_long
        self.until = None if seconds is None else time.monotonic() + seconds
        self.in_main = threading.current_thread() is threading.main_thread()
        self.late = self.over = self.closed = self.woken = False
        self.before = -1
        self.turn = threading.Lock()
        told, tell = os.pipe()
        os.set_blocking(tell, False)
        self.told, self.tell = io.FileIO(told, "rb"), io.FileIO(tell, "wb")
        self.thread = threading.Thread(target=self._run, daemon=True)

    def start(self) -> None:
        """Begin to watch; in the main thread, for Ctrl-C too."""
        if self.in_main:
            self.woken = True
            self.before = signal.set_wakeup_fd(self.tell.fileno(), warn_on_full_buffer=False)
        self.thread.start()

    def close(self) -> None:
        """End the watch: nothing is interrupted or ended from here on. It may be called again where it was interrupted."""
        with self.turn:
            self.over = True
        if self.woken:
            signal.set_wakeup_fd(self.before)
            self.woken = False
        self.tell.close()
        if self.thread.ident is not None:
            self.thread.join()
        self.told.close()
        self.closed = True

    def _run(self) -> None:
        interrupted = False
        while True:
            left = None if self.until is None else max(0.0, self.until - time.monotonic())
            ready = bool(select.select([self.told], [], [], left)[0])
            said = self.told.read(1) if ready else None
            if said == b"":
                return
            if said and said[0] != signal.SIGINT:
                continue
            with self.turn:
                if self.over:
                    return
                if interrupted and not ready and self.in_main:
                    os.write(2, f"{self.too_long if self.late else 'Aborted!'}\n".encode())
                    os._exit(1)
                self.late = self.late or not (interrupted or ready)
                self.con.interrupt()
            if not (interrupted and ready):  # a second Ctrl-C does not put off the end
                self.until = time.monotonic() + GRACE
            interrupted = True
