"""A bound on the memory of this process while a query is answered: DuckDB counts only a part of what an answer takes."""

from __future__ import annotations

import resource
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

_STATUS = Path("/proc/self/status")
_TAKEN = "VmData:"


@contextmanager
def bounded(more: int) -> Iterator[None]:
    """Let this process take so many bytes more, and no others: whoever asks for them is told that there are none.

    Where the system does not say how much is taken, there is no bound.
    """
    taken = _taken()
    if taken is None:
        yield
        return
    soft, hard = resource.getrlimit(resource.RLIMIT_DATA)
    known = [limit for limit in (soft, taken + more) if limit != resource.RLIM_INFINITY]
    resource.setrlimit(resource.RLIMIT_DATA, (min(known), hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_DATA, (soft, hard))


def refuse_cramped() -> None:
    """Raise MemoryError where hardly anything is left: not all that makes objects looks whether it was given room for them."""
    soft, _ = resource.getrlimit(resource.RLIMIT_DATA)
    taken = _taken()
    if taken is not None and soft != resource.RLIM_INFINITY and soft - taken < _SPARE:
        raise MemoryError


_SPARE = 1 << 27


def _taken() -> int | None:
    """The bytes of memory of its own that this process has; None where the system does not say."""
    lines = _STATUS.read_text("utf-8").splitlines() if _STATUS.is_file() else []
    said = next((line.split() for line in lines if line.startswith(_TAKEN)), None)
    return int(said[1]) << 10 if said else None
