"""Taking turns: one holder of a lock file at a time. The system frees it when its holder dies."""

from __future__ import annotations

import fcntl
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from pipeline.project import Project

BUSY = "another rebuild of this checkout is under way; waiting for it to end"


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


@contextmanager
def turn_to_build(project: Project, tell: Callable[[str], None]) -> Iterator[None]:
    """Hold the lock of a checkout's build folder; `tell` is given a line where that means to wait.

    A disk that cannot hold the lock cannot hold tables either: the first step of the rebuild tells of it.
    """
    lock = project.build / ".lock"
    try:
        lock.parent.mkdir(parents=True, exist_ok=True)
        lock.touch()
    except OSError:
        yield
        return
    with turn(lock, lambda: tell(BUSY)):
        yield
