"""Work on the same database in a thread of its own, while the one that asked does something else."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor, wait
from contextlib import contextmanager
from typing import Any, TypeVar

from pipeline.engine import Connection, quoted

Result = TypeVar("Result")


@contextmanager
def alongside(con: Connection, work: Callable[[Connection], Result]) -> Iterator[Callable[[], Result]]:
    """Begin some work that is given a connection of its own; what is yielded waits for its end, and gives or raises what it did.

    The work sees no temporary tables of the other connection. Where the block fails, it is ended, and not waited for.
    """
    name = con.execute("SELECT current_database()").fetchall()[0][0]
    with con.cursor() as other, ThreadPoolExecutor(1) as pool:
        other.execute(f"USE {quoted(name)}").fetchall()
        doing = pool.submit(work, other)
        try:
            yield doing.result
        except BaseException:
            _end(doing, other)
            raise


def _end(doing: Future[Any], con: Connection) -> None:
    """End work that nobody waits for: each interrupt ends one query."""
    while not doing.done():
        con.interrupt()
        wait([doing], timeout=0.1)
