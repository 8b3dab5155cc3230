"""Processes that are killed or stopped: `wb6 release` at any moment, and the process that draws its charts."""

from __future__ import annotations

import os
import random
import signal
import statistics
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from functools import partial
from pathlib import Path

from pipeline.project import Project
from tests.soak.tries import Outcome, Tries

DRAWS = b"pipeline.charts.apart"

DRAWN_WITHIN = 3.0
"""Seconds: the process that draws begins long before it is told what to draw, and is done about so late."""


class Processes:
    """So many tries of each."""

    def __init__(self, tries: Tries, times: int, seed: int) -> None:
        self.tries, self.times, self.random = tries, times, random.Random(seed)  # noqa: S311
        self.took: list[float] = []

    def longest(self) -> float:
        """About how long a release takes that nothing disturbs."""
        while len(self.took) < 2:
            began = time.monotonic()
            self.tries.must(self.tries.fresh(), "a release that is timed")
            self.took.append(time.monotonic() - began)
        return statistics.median(self.took)

    def signalled(self, number: signal.Signals) -> Iterator[Outcome]:
        """Send a signal at a moment chosen by the clock."""
        for _ in range(self.times):
            delay = self.random.uniform(0, 1.05 * self.longest())
            outcome = self.tries.attempt(f"{number.name} after {delay:.2f} s", partial(self.send, number, delay))
            outcome.met = outcome.code != 0
            yield outcome

    def drawing(self) -> Iterator[Outcome]:
        """Kill the process that draws: from its beginning, while it makes ready, to its end."""
        for delay in self.delays():
            outcome = self.tries.attempt(f"the drawing killed after {delay:.2f} s", partial(self.kill_drawing, delay))
            outcome.met = outcome.code != 0
            yield outcome

    def drawn_for_nobody(self) -> Iterator[Outcome]:
        """Kill the release while the process that draws makes ready or draws: that must end by itself."""
        for delay in self.delays():
            orphans: list[int] = []

            def act(project: Project, delay: float = delay, orphans: list[int] = orphans) -> int:
                pid = self.start(project)
                orphans += self.children(pid)
                time.sleep(delay)
                os.kill(pid, signal.SIGKILL)  # of a child that has ended already, its record takes the blow
                return ended(pid)

            outcome = self.tries.attempt(f"killed {delay:.2f} s after the drawing began", act)
            until = time.monotonic() + 60
            while any(is_alive(pid) for pid in orphans) and time.monotonic() < until:
                time.sleep(0.2)
            outcome.met = bool(orphans) and outcome.code != 0
            outcome.wrong += [f"said: {pid} draws on" for pid in orphans if is_alive(pid)]
            yield outcome

    def delays(self) -> Iterator[float]:
        """How many seconds after the beginning of the process that draws something is killed, try by try."""
        yield from (n * DRAWN_WITHIN / self.times for n in range(self.times))

    def send(self, number: signal.Signals, delay: float, project: Project) -> int:
        """A release that is sent a signal after so many seconds."""
        pid = self.start(project, waits=False)
        time.sleep(delay)
        with suppress(ProcessLookupError):
            os.kill(pid, number)
        return ended(pid)

    def kill_drawing(self, delay: float, project: Project) -> int:
        """A release whose drawing is killed."""
        pid = self.start(project)
        drawing = self.children(pid)
        time.sleep(delay)
        for child in drawing:
            with suppress(ProcessLookupError):
                os.kill(child, signal.SIGKILL)
        return ended(pid)

    def start(self, project: Project, *, waits: bool = True) -> int:
        """Start a release in a child; where it `waits`, come back when that draws, or has ended."""
        pid = os.fork()
        if pid == 0:
            try:
                self.tries.work(project)
            finally:
                os._exit(70)
        while waits and is_alive(pid) and not self.children(pid):
            time.sleep(0.02)
        return pid

    def children(self, pid: int) -> list[int]:
        """The processes that a release has started to draw."""
        found = []
        for tasks in Path(f"/proc/{pid}/task").glob("*/children"):
            with suppress(OSError):
                found += [int(child) for child in tasks.read_text("utf-8").split()]
        return [child for child in found if DRAWS in command_of(child)]


def command_of(pid: int) -> bytes:
    """The command line of a process; empty where it is gone."""
    with suppress(OSError):
        return Path(f"/proc/{pid}/cmdline").read_bytes()
    return b""


def is_alive(pid: int) -> bool:
    """Whether a process has not ended yet."""
    with suppress(OSError):
        return Path(f"/proc/{pid}/stat").read_text("utf-8").rsplit(")", 1)[1].split()[0] not in ("Z", "X")
    return False


def ended(pid: int) -> int:
    """Wait for a child; how it ended, as subprocess says it."""
    return os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1])


KINDS: dict[str, Callable[[Processes], Iterator[Outcome]]] = {
    "kill -9": lambda processes: processes.signalled(signal.SIGKILL),
    "SIGTERM": lambda processes: processes.signalled(signal.SIGTERM),
    "SIGINT": lambda processes: processes.signalled(signal.SIGINT),
    "drawing killed": Processes.drawing,
    "killed while drawing": Processes.drawn_for_nobody,
}
"""Faults by their names."""
