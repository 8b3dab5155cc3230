"""Taking turns: one holder of a lock file at a time. The system frees it when its holder dies."""

from __future__ import annotations

import fcntl
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path


@contextmanager
def turn(lock: Path, wait: Callable[[], None] | None = None) -> Iterator[None]:
    """Hold a lock file; `wait` is called once where another process holds it, before waiting for that to end."""
    lock.parent.mkdir(parents=True, exist_ok=True)
    with lock.open("w") as stream:
        try:
            fcntl.flock(stream, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            if wait:
                wait()
            fcntl.flock(stream, fcntl.LOCK_EX)
        yield
