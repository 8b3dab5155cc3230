"""How much memory the engine takes where nobody says: a share of what the machine, its container or a limit allows."""

from __future__ import annotations

import os
import resource
from collections.abc import Iterator
from pathlib import Path

_MOST = 2 << 30
"""More is seldom of use: what does not fit is spilled, and the files are read from the system's cache."""

_SHARE = 1 / 3
"""The rest is for Python, for Arrow's batches and for what the engine does not count."""

_CGROUPS = Path("/sys/fs/cgroup")


def default_memory() -> str:
    """The engine's memory as DuckDB reads it."""
    return f"{int(min(_MOST, _SHARE * min(_limits()))) >> 20}MiB"


def _limits() -> Iterator[int]:
    """What limits this process, in bytes: the machine's memory, the limits that ulimit shows, and its control groups."""
    yield os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES")
    for kind in (resource.RLIMIT_AS, resource.RLIMIT_DATA):
        soft, _ = resource.getrlimit(kind)
        if soft != resource.RLIM_INFINITY:
            yield soft
    yield from _of_groups(Path("/proc/self/cgroup"))


def _of_groups(listing: Path) -> Iterator[int]:
    """The memory limits of the control groups that a process is in, and of those above them."""
    lines = listing.read_text("utf-8").splitlines() if listing.is_file() else []
    for _, kinds, group in (line.split(":", 2) for line in lines):
        if kinds in ("", "memory"):
            root, file = (_CGROUPS / kinds, "memory.limit_in_bytes") if kinds else (_CGROUPS, "memory.max")
            inner = root / group.lstrip("/")
            for folder in (inner, *inner.parents):
                said = (folder / file).read_text("utf-8").strip() if (folder / file).is_file() else ""
                if said.isdigit():
                    yield int(said)
                if folder == root:
                    break
