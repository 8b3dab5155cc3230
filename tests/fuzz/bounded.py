"""Run wb6 as a user would, in a process of its own that may take so much time and memory, and not a byte more."""

from __future__ import annotations

import ctypes
import os
import resource
import subprocess
import sys
from dataclasses import dataclass

from pipeline.project import Project
from tests.conftest import ROOT

SECONDS = 120
"""How long a command may take over any hostile file, on a busy machine; on an idle one each takes a tenth of it."""

ADDRESSES = 6 << 30
"""How many bytes of addresses it may ask for: libraries alone map two of these gigabytes, and use a twentieth."""


@dataclass(frozen=True)
class Ran:
    """How a command ended, and what it said."""

    code: int
    out: str
    err: str


_libc = ctypes.CDLL(None)

_DROP, _OVERRIDES = 24, (1, 2)
"""prctl's PR_CAPBSET_DROP, and the capabilities by which root reads what its mode forbids."""


def wb6(project: Project, *arguments: str) -> Ran:
    """Run a command on a project. Raises subprocess.TimeoutExpired where it hangs; without memory it says MemoryError.

    Files whose mode forbids it cannot be read, though root run it.
    """

    def bound() -> None:
        resource.setrlimit(resource.RLIMIT_AS, (ADDRESSES, ADDRESSES))
        for capability in _OVERRIDES:
            _libc.prctl(_DROP, capability, 0, 0, 0)

    environment = {k: v for k, v in os.environ.items() if k not in ("WB6_DOCUMENTS", "DAGSTER_HOME")}
    done = subprocess.run(
        [sys.executable, "-m", "pipeline.cli", "--project", str(project.root), *arguments],
        cwd=ROOT,
        env={**environment, "PYTHONPATH": str(ROOT), "PYTHONDONTWRITEBYTECODE": "1"},
        capture_output=True,
        check=False,
        timeout=SECONDS,
        preexec_fn=bound,
    )
    return Ran(done.returncode, done.stdout.decode(), done.stderr.decode())
