"""What the benchmark ran on: the code, the machine without its name, and the versions of what took part."""

from __future__ import annotations

import json
import os
import platform
import subprocess
from importlib.metadata import version
from pathlib import Path
from typing import Any

from tests.bench.contenders import PEERS
from tests.conftest import ROOT

_OURS = ("duckdb", "pandas", "pandera", "pyarrow", "dagster")
_PEERS = ("dbt-core", "dbt-duckdb", "duckdb", "frictionless", "great-expectations", "soda-core", "pandas")


def code() -> str:
    """The commit that last changed what is measured or measures, and whether that was edited since."""
    paths = ("pipeline", "schemas", "tests/bench", "requirements.lock")
    asking = (["git", "log", "-1", "--format=%h"], ["git", "status", "--porcelain"])
    commit, edited = (
        subprocess.run([*one, "--", *paths], cwd=ROOT, capture_output=True, text=True, check=True).stdout.strip()
        for one in asking
    )
    return f"{commit}, edited" if edited else commit


def machine() -> dict[str, Any]:
    """Cores, memory, system and Python; no name, no path."""
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES")
    return {
        "cores": os.cpu_count(),
        "processor": _processor(),
        "memory_gb": round(memory / 2**30),
        "system": platform.system(),
        "python": platform.python_version(),
    }


def _processor() -> str:
    """The model, where the system tells it."""
    told = Path("/proc/cpuinfo")
    lines = told.read_text("utf-8").splitlines() if told.is_file() else []
    named = [line.partition(": ")[2] for line in lines if line.startswith("model name")]
    return named[0] if named else platform.machine()


def versions() -> dict[str, dict[str, str]]:
    """The versions of our libraries and, where they are installed, of those of the peers."""
    ours = {name: version(name) for name in _OURS}
    python = ROOT / PEERS / "python"
    if not python.exists():
        return {"ours": ours}
    code = (
        f"import json; from importlib.metadata import version; print(json.dumps({{n: version(n) for n in {_PEERS}}}))"
    )
    told = subprocess.run([str(python), "-c", code], capture_output=True, check=True).stdout
    return {"ours": ours, "peers": json.loads(told)}
