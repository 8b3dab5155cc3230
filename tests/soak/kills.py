"""What every loop of kills shares: a project that is published over and over, what was seen of that, and the command that runs it."""

from __future__ import annotations

import argparse
import importlib
import random
import signal
import statistics
import sys
import time
from abc import ABC, abstractmethod
from collections import Counter
from collections.abc import Callable
from contextlib import suppress

from pipeline.project import Project
from pipeline.publish import publish
from tests.soak.prepared import forked

KILLED = -signal.SIGKILL
CLOCK = "by the clock"
_HARMS = ("lost", "corrupted")


class HarmError(Exception):
    """The store is harmed: there is no use in going on."""


class Kills(ABC):
    """One run: a project, its random numbers and what has been seen so far. `aimed` is the way to kill that goes by no clock."""

    aimed: str

    def __init__(self, project: Project, seed: int) -> None:
        self.random = random.Random(seed)  # noqa: S311
        self.project = project
        self.seen: Counter[str] = Counter()
        self.bad: list[str] = []
        self.took: list[float] = []

    def publish(self) -> bool:
        """Publish to the end, and note how long it took; whether that worked."""
        start = time.monotonic()
        code = forked(lambda: publish(self.project))
        self.took.append(time.monotonic() - start)
        return code == 0

    def moment(self) -> float:
        """A moment of a publish chosen by the clock, in seconds from its beginning; one in ten is just after its end."""
        return self.random.uniform(0, 1.1 * statistics.median(self.took[-9:]))

    def is_killed(self, way: str, work: Callable[[], object], delay: float | None) -> bool:
        """Start a publish and kill it, after `delay` seconds where that is given; False where it was over first."""
        ended = forked(work, delay)
        if ended != KILLED:
            self.bad += [f"{way}: a publish that nobody killed in time failed"] if ended else []
            return False
        self.seen[way] += 1
        return True

    @abstractmethod
    def run(self, kills: int, aimed: int) -> None:
        """Kill so often by the clock, then so often the other way, and look at every release once more."""

    @abstractmethod
    def releases(self) -> int:
        """How many releases the store has."""

    def tell(self, every: int) -> None:
        """Show how far the run is, after every so many kills."""
        total = self.seen[CLOCK] + self.seen[self.aimed]
        if total % every == 0 and total:
            sys.stderr.write(f"{total} kills, {len(self.bad)} bad\n")

    def report(self) -> str:
        """What was tried, what the kills met, and what came of it."""
        ways = (CLOCK, self.aimed)
        counts = [(self.seen[way], f"killed {way}") for way in ways]
        counts += sorted(((n, what) for what, n in self.seen.items() if what not in ways), key=lambda pair: pair[1])
        counts += [(sum(bad.startswith(word) for bad in self.bad), word) for word in _HARMS]
        counts.append(
            (sum(not bad.startswith(_HARMS) for bad in self.bad), "next publishes that failed or left something")
        )
        counts.append((self.releases(), "releases in the store, each verified at the end"))
        return "\n".join([*(f"{n:>5}  {what}" for n, what in counts), *self.bad])


def asked(description: str | None, kills: int, aimed: int) -> argparse.Namespace:
    """What the command is asked for. Imports what is heavy, once, here, in place of in every child."""
    parser = argparse.ArgumentParser(description=description, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--kills", type=int, default=kills, help="kills by the clock")
    parser.add_argument("--aimed", type=int, default=aimed, help="kills aimed at a moment that no clock would meet")
    parser.add_argument("--seed", type=int, default=1)
    for heavy in ("duckdb", "pyarrow.parquet", "yaml"):
        importlib.import_module(heavy)
    return parser.parse_args()


def ran(soak: Kills, kills: int, aimed: int) -> int:
    """Run, and print what came of it; 1 where anything was lost, corrupted or left, or a publish failed."""
    with suppress(HarmError):
        soak.run(kills, aimed)
    sys.stdout.write(soak.report() + "\n")
    return 1 if soak.bad else 0
