"""Real processes of Dagster's on an instance of their own, stopped one by one when a test is done with them."""

from __future__ import annotations

import os
import shlex
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import TypeVar

import yaml

from tests.conftest import ROOT

BIN = Path(sys.executable).parent
Found = TypeVar("Found")


def free_port() -> int:
    """A port of localhost that nothing listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def wait_for(what: str, look: Callable[[], Found | None], seconds: float = 120) -> Found:
    """Look again and again until something is found. Raises AssertionError that says what was waited for."""
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        found = look()
        if found:
            return found
        time.sleep(0.5)
    raise AssertionError(f"waited {seconds:.0f} s in vain for {what}")


def write_home(home: Path, settings: Path, **changes: object) -> Path:
    """A DAGSTER_HOME with a settings file of the repository, some of it changed so that tests need not wait long."""
    home.mkdir(parents=True)
    told = yaml.safe_load(settings.read_text("utf-8"))
    told["run_coordinator"]["config"] = {"dequeue_interval_seconds": 1}
    (home / "dagster.yaml").write_text(yaml.safe_dump({**told, **changes}), "utf-8")
    return home


@dataclass
class Services:
    """Processes that share an instance and a project; what each prints is kept beside the instance."""

    home: Path
    project: Path
    environment: Mapping[str, str] = field(default_factory=dict)
    running: dict[str, subprocess.Popen[bytes]] = field(default_factory=dict)

    def surroundings(self) -> dict[str, str]:
        """The environment of each process."""
        told = {"DAGSTER_HOME": str(self.home), "WB6_PROJECT": str(self.project), "PYTHONPATH": str(ROOT)}
        patience = {"DAGSTER_GRPC_TIMEOUT_SECONDS": "300"}  # machines that test are busy
        return {**os.environ, "PATH": f"{BIN}:{os.environ['PATH']}", **told, **patience, **self.environment}

    def start(self, name: str, command: str) -> None:
        """Start a program of this environment in a process group of its own."""
        program, *arguments = shlex.split(command)
        with self.log(name).open("wb") as log:
            self.running[name] = subprocess.Popen(
                [BIN / program, *arguments],
                cwd=ROOT,
                env=self.surroundings(),
                stdout=log,
                stderr=subprocess.STDOUT,
                start_new_session=True,
            )

    def log(self, name: str) -> Path:
        """What a process prints."""
        return self.home / f"{name}.log"

    def printed(self) -> str:
        """What all of them printed."""
        return "\n".join(path.read_text("utf-8", "replace") for path in sorted(self.home.glob("*.log")))

    def wait_for_port(self, name: str, port: int, seconds: float = 120) -> None:
        """Wait until a process listens. Raises AssertionError with what it printed where it dies first."""

        def listens() -> bool:
            assert self.running[name].poll() is None, self.log(name).read_text("utf-8", "replace")
            with socket.socket() as probe:
                return probe.connect_ex(("127.0.0.1", port)) == 0

        wait_for(f"{name} to listen", listens, seconds)

    def stop(self) -> None:
        """Stop each process, and whatever it started."""
        for process in self.running.values():
            process.send_signal(signal.SIGTERM)
        for process in self.running.values():
            with suppress(subprocess.TimeoutExpired):
                process.wait(timeout=10)
            with suppress(ProcessLookupError):
                os.killpg(process.pid, signal.SIGKILL)
            process.wait()


@contextmanager
def services(home: Path, project: Path, **environment: str) -> Iterator[Services]:
    """Services that are stopped at the end."""
    started = Services(home, project, environment)
    try:
        yield started
    finally:
        started.stop()
