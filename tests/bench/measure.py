"""What a command takes: time of the clock and of the processors, and memory at its peak; if asked, under a limit of memory."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path

_QUIET = {"DO_NOT_TRACK": "1", "DBT_SEND_ANONYMOUS_USAGE_STATS": "false"}
_LAUNCH = Path(__file__).parent / "launch.py"
_CGROUPS = Path("/sys/fs/cgroup")


@dataclass(frozen=True, order=True)
class Took:
    """Seconds of the clock and of the processors, and megabytes that were resident at the peak in its largest process."""

    wall: float
    cpu: float
    memory: float = 0

    def plain(self) -> dict[str, float]:
        """As numbers for a file, without false precision."""
        return {name: round(value, 3 if name != "memory" else 0) for name, value in asdict(self).items()}


class FailedError(Exception):
    """A command that did not do its work, with the end of what it said."""


def python(*command: str) -> tuple[str, ...]:
    """A command of this Python."""
    return (sys.executable, *command)


def took(folder: Path, command: Sequence[str], limit: int | None = None, **extra: str) -> Took:
    """What a command takes that runs in a folder, with at most `limit` bytes of memory. Raises FailedError.

    The folder is on Python's path, and `extra` in the environment, which names no store or engine of ours but those.
    """
    return _run(folder, command, limit, extra)[0]


def said(folder: Path, command: Sequence[str]) -> str:
    """What a command prints that runs in a folder. Raises FailedError."""
    return _run(folder, command, None, {})[1]


def _run(folder: Path, command: Sequence[str], limit: int | None, extra: Mapping[str, str]) -> tuple[Took, str]:
    outside = {k: v for k, v in os.environ.items() if not k.startswith("WB6_") and k != "DAGSTER_HOME"}
    environment = outside | {"PYTHONPATH": str(folder)} | _QUIET
    with limited(limit) as group, tempfile.NamedTemporaryFile() as result:
        done = subprocess.run(
            [sys.executable, "-I", "-S", str(_LAUNCH), result.name, group, *command],
            cwd=folder,
            env={**environment, **extra},
            capture_output=True,
            text=True,
            errors="replace",
        )
        taken = result.read()
    if done.returncode:
        end = (done.stdout + done.stderr).strip()[-2000:]
        raise FailedError(f"{' '.join(command[:5])} ended with {done.returncode}: {end}")
    return Took(**json.loads(taken)), done.stdout


def how_limited() -> str:
    """How memory is limited here: a control group counts what is resident, else the size of the data segment is."""
    group = _new_group()
    return f"a control group ({group[1]})" if group else "RLIMIT_DATA"


def _new_group() -> tuple[Path, str] | None:
    """Where a control group of memory can be made, and its file of the limit; None where this user may make none."""
    for root, file in ((_CGROUPS / "memory", "memory.limit_in_bytes"), (_CGROUPS, "memory.max")):
        group = root / f"wb6-bench-{os.getpid()}"
        try:
            group.mkdir()
            writable = os.access(group / file, os.W_OK)
            group.rmdir()
        except OSError:
            continue
        if writable:
            return group, file
    return None


@contextmanager
def limited(limit: int | None) -> Iterator[str]:
    """What the launcher is told, so that a command and its children get no more than so many bytes of memory."""
    found = _new_group() if limit else None
    if not limit or not found:
        yield str(limit) if limit else "-"
        return
    group, file = found
    group.mkdir()
    try:
        (group / file).write_text(str(limit))
        yield str(group / "cgroup.procs")
    finally:
        group.rmdir()
