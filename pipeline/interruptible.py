"""Ctrl-C ends what DuckDB is at, at once: it looks for signals itself only now and then, and in a long task never."""

from __future__ import annotations

import os
import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager

from pipeline.engine import Connection


@contextmanager
def interruptible(con: Connection) -> Iterator[None]:
    """Let Ctrl-C interrupt what a connection is asked here. Raises KeyboardInterrupt where it did.

    Python handles signals in the main thread alone, which waits for DuckDB meanwhile: so another one does it.
    """
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    told, tell = os.pipe()
    os.set_blocking(tell, False)
    before = signal.set_wakeup_fd(tell, warn_on_full_buffer=False)
    watcher = threading.Thread(target=_watch, args=(told, con), daemon=True)
    watcher.start()
    try:
        yield
    except RuntimeError as error:
        if "interrupted" in str(error).lower():  # what DuckDB makes of it
            raise KeyboardInterrupt from None
        raise
    finally:
        signal.set_wakeup_fd(before)
        os.close(tell)
        watcher.join()
        os.close(told)


def _watch(told: int, con: Connection) -> None:
    """Interrupt the connection at each Ctrl-C, until nothing more can be told."""
    while number := os.read(told, 1):
        if number[0] == signal.SIGINT:
            con.interrupt()
