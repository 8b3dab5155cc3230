"""Ctrl-C ends what DuckDB is at, at once: it looks for signals itself only now and then, and in a long task never."""

from __future__ import annotations

import os
import select
import signal
import threading
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
    """
    import duckdb

    if threading.current_thread() is not threading.main_thread():
        yield
        return
    told, tell = os.pipe()
    os.set_blocking(tell, False)
    before = signal.set_wakeup_fd(tell, warn_on_full_buffer=False)
    watch = _Watch(con, told, seconds, too_long)
    watch.start()
    try:
        yield
    except (duckdb.InterruptException, RuntimeError) as error:
        if "interrupted" not in str(error).lower():  # what DuckDB makes of it
            raise
        if watch.late:
            raise PipelineError(too_long) from None
        raise KeyboardInterrupt from None
    finally:
        signal.set_wakeup_fd(before)
        os.close(tell)
        watch.join()
        os.close(told)


class _Watch(threading.Thread):
    """Interrupts a connection at Ctrl-C and when its time is up, until the other end of a pipe is closed."""

    def __init__(self, con: Connection, told: int, seconds: float | None, too_long: str) -> None:
        super().__init__(daemon=True)
        self.con, self.told, self.left, self.too_long = con, told, seconds, too_long
        self.late = False

    def run(self) -> None:
        interrupted = False
        while True:
            if select.select([self.told], [], [], self.left)[0]:
                number = os.read(self.told, 1)
                if not number:
                    return
                if number[0] != signal.SIGINT:
                    continue
            elif interrupted:
                os.write(2, f"{self.too_long if self.late else 'Aborted!'}\n".encode())
                os._exit(1)
            else:
                self.late = True
            interrupted, self.left = True, GRACE
            self.con.interrupt()
