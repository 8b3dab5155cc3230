"""Faults of disks and clocks, each at many of the calls that a release makes: see shim.c."""

from __future__ import annotations

import errno
import os
from collections.abc import Callable, Iterator
from pathlib import Path

from pipeline.project import Project
from tests.soak.shim import CHANGING, EVER, EVERY, LOOK, OPEN, READ, RENAME, SYNC, WRITE, Shim
from tests.soak.tries import Outcome, Tries

DAYS = 86_400


class Disks:
    """Faults of the calls that a release makes, at so many of them, evenly from the first to the last."""

    def __init__(self, tries: Tries, shim: Shim, steps: int) -> None:
        self.tries, self.shim, self.steps = tries, shim, steps

    def calls(self, kinds: int, folder: str) -> int:
        """How many calls of some kinds a release makes below a folder of the project."""
        project = self.tries.fresh()
        self.shim.arm(project.root / folder, kinds=kinds)
        self.tries.must(project, "a release whose calls are counted")
        self.shim.disarm()
        return self.shim.count

    def at_each(
        self, what: str, kinds: int, folder: str = "", *, lasting: bool = False, **fault: int | str
    ) -> Iterator[Outcome]:
        """Let one of these calls fail, or all from there on; again for another."""
        whole = self.calls(kinds, folder)
        for step in range(min(self.steps, whole)):
            at = 1 + step * whole // min(self.steps, whole)
            last = EVER if lasting else at
            yield self.once(f"{what} at call {at} of {whole}", folder, as_is, kinds=kinds, first=at, last=last, **fault)

    def once(self, what: str, folder: str, mend: Callable[[Project], object], **fault: int | str) -> Outcome:
        """One release that meets a fault."""
        met = 0

        def act(project: Project) -> int:
            nonlocal met
            self.shim.arm(project.root / folder, **fault)
            code = self.tries.run(project)
            met = self.shim.disarm()
            return code

        outcome = self.tries.attempt(what, act, mend=mend)
        outcome.met = met > 0
        return outcome

    def full(self) -> Iterator[Outcome]:
        """No room left from one call on."""
        yield from self.at_each("ENOSPC", OPEN | WRITE, lasting=True, error=errno.ENOSPC)

    def failing(self, kinds: int, folder: str = "") -> Iterator[Outcome]:
        """One call fails with an error of the disk."""
        yield from self.at_each("EIO", kinds, folder, error=errno.EIO)

    def short(self) -> Iterator[Outcome]:
        """Every read and write takes a few bytes only."""
        for size in (4093, 509)[: self.steps]:
            outcome = self.once(f"{size} bytes at a time", "", as_is, kinds=READ | WRITE, brief=size)
            yield as_if_nothing_were(outcome)

    def interrupted(self) -> Iterator[Outcome]:
        """A read or write is interrupted once, as by a signal."""
        yield from self.at_each("EINTR", READ | WRITE, error=errno.EINTR)

    def clocks(self) -> Iterator[Outcome]:
        """The clock of the day jumps back and forth at each look, by up to a minute, a day, ten years."""
        for jump in (60, DAYS, 3650 * DAYS)[: self.steps]:
            yield as_if_nothing_were(self.once(f"a clock that jumps by up to {jump} s", "", as_is, kinds=0, jump=jump))

    def slow(self) -> Iterator[Outcome]:
        """Every call below the store takes long."""
        for delay in (5_000, 20_000)[: self.steps]:
            outcome = self.once(f"{delay // 1000} ms a call", "outputs", as_is, kinds=CHANGING, delay=delay)
            yield as_if_nothing_were(outcome)

    def stale(self) -> Iterator[Outcome]:
        """The store's mount does not answer from one call on."""
        for number in (errno.ESTALE, errno.ENOTCONN, errno.EIO):
            yield from self.at_each(errno.errorcode[number], EVERY, "outputs", lasting=True, error=number)

    def read_only(self) -> Iterator[Outcome]:
        """The store's disk becomes read-only from one call on."""
        yield from self.at_each("EROFS", OPEN | WRITE | RENAME, "outputs", lasting=True, error=errno.EROFS)

    def vanished(self) -> Iterator[Outcome]:
        """The store's folder is not there from one call on; afterwards it is again, and what was put in its place is not."""
        whole = self.calls(CHANGING | LOOK, "outputs")
        gone = self.tries.folder / "gone"
        for step in range(min(self.steps, whole)):
            at = 1 + step * whole // min(self.steps, whole)
            fault: dict[str, int | str] = {"kinds": CHANGING | LOOK, "first": at, "last": at, "gone": str(gone)}
            yield self.once(
                f"the store vanishes at call {at} of {whole}",
                "outputs",
                lambda project: come_back(project, gone),
                **fault,
            )


def as_is(_project: Project) -> None:
    """Nothing has to be put right after most faults."""


def come_back(project: Project, gone: Path) -> None:
    """Put the store's folder back where it was, as a mount that is mounted again covers what was written below it."""
    if gone.exists():
        below = project.root / "below"
        if project.outputs.exists():
            project.outputs.rename(below)
        os.rename(gone, project.outputs)  # noqa: PTH104


def as_if_nothing_were(outcome: Outcome) -> Outcome:
    """A fault that must not even keep a release from being made."""
    if not outcome.published:
        outcome.wrong.append(f"said: failed with {outcome.code}, and had no reason to: {outcome.said}")
    return outcome


KINDS: dict[str, Callable[[Disks], Iterator[Outcome]]] = {
    "disk full": Disks.full,
    "disk fails on read": lambda disks: disks.failing(READ),
    "disk fails on write": lambda disks: disks.failing(WRITE),
    "disk fails on fsync": lambda disks: disks.failing(SYNC, "outputs"),
    "disk fails on rename": lambda disks: disks.failing(RENAME, "outputs"),
    "short reads and writes": Disks.short,
    "interrupted reads and writes": Disks.interrupted,
    "clock jumps": Disks.clocks,
    "slow store": Disks.slow,
    "store's mount stale": Disks.stale,
    "store becomes read-only": Disks.read_only,
    "store vanishes": Disks.vanished,
}
"""Faults by their names."""
