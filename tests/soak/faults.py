"""Faults of every kind while `wb6 release` runs: kills, signals, disks that fill, fail or vanish, jumping clocks, edits meanwhile.

After each, every release that was there must be there to the byte, `latest` lead to a whole one, the message be clear, and
the next `wb6 release` give, to the byte, the release that nothing disturbed. Figures are printed as JSON, a line a kind.
"""

from __future__ import annotations

import argparse
import gc
import json
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from pathlib import Path

from tests.soak import faults_of_disks, faults_of_edits, faults_of_processes
from tests.soak.shim import Shim, clear, lacks, start_anew
from tests.soak.tries import Outcome, Tries, counted, load, settle

HERE = "tests.soak.faults"


def outcomes(kind: str, tries: Tries, times: int, seed: int) -> Iterator[Outcome]:
    """The tries of one kind, one after the other."""
    if kind in faults_of_disks.KINDS:
        yield from faults_of_disks.KINDS[kind](faults_of_disks.Disks(tries, Shim(), times))
    elif kind in faults_of_processes.KINDS:
        yield from faults_of_processes.KINDS[kind](faults_of_processes.Processes(tries, times, seed))
    else:
        yield from faults_of_edits.KINDS[kind](faults_of_edits.Edits(tries, times))


def run(kind: str, tries: Tries, times: int, seed: int) -> bool:
    """Try one kind of fault so often, and print its figures; whether it was met at all, and nothing was wrong."""
    began = time.monotonic()
    seen = []
    for outcome in outcomes(kind, tries, times, seed):
        seen.append(outcome)
        sys.stderr.writelines(f"{outcome.what}: {line}\n" for line in outcome.wrong)
    told = {"fault": kind, **counted(seen), "seconds": round(time.monotonic() - began)}
    sys.stdout.write(json.dumps(told) + "\n")
    sys.stdout.flush()
    if not told["tried"]:
        sys.stderr.write(f"{kind}: no release met it\n")
    return bool(told["tried"]) and not any(outcome.wrong for outcome in seen)


def main() -> int:
    """Run as asked; 1 where anything was lost, corrupted, told wrongly, not mended by the next release or never met."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument(
        "--times", type=int, default=40, help="how often each fault is tried, or for how many of the calls"
    )
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("kinds", nargs="*", help=f"some of: {', '.join(KINDS)}")
    parser.add_argument("--publish", action="store_true", help="only publish what is built: more tries in less time")
    parser.add_argument(
        "--allow-skip", action="store_true", help="where there is no C compiler, try the faults that need none"
    )
    asked = parser.parse_args()
    strange = [kind for kind in asked.kinds if kind not in KINDS]
    if strange:
        parser.error(f"there is no fault {strange[0]}")
    kinds = asked.kinds or [kind for kind in KINDS if not asked.publish or kind not in NEED_STEPS]
    if not (why := lacks()):
        start_anew(HERE)
    elif skipped := [kind for kind in kinds if kind in faults_of_disks.KINDS]:
        sys.stderr.write(f"{why}, for: {', '.join(skipped)}\n")
        if not asked.allow_skip:
            sys.stderr.write("nothing was tried; --allow-skip tries the others\n")
            return 1
        kinds = [kind for kind in kinds if kind not in skipped]
    try:
        return 0 if all(tried(kinds, asked)) else 1
    finally:
        clear()
        gc.unfreeze()


def tried(kinds: Sequence[str], asked: argparse.Namespace) -> list[bool]:
    """Try one kind after the other; of each whether it was met, and nothing was wrong."""
    load()
    settle()
    with tempfile.TemporaryDirectory() as folder:
        worlds = Worlds(Path(folder).resolve(), asked.publish)
        return [run(kind, worlds.of(kind), asked.times, asked.seed) for kind in kinds]


class Worlds:
    """The projects that faults are tried on, made when they are needed: for most, one whose edit draws no chart anew."""

    def __init__(self, folder: Path, is_alone: bool) -> None:
        self.folder, self.is_alone = folder, is_alone
        self.made: dict[bool, Tries] = {}

    def of(self, kind: str) -> Tries:
        """The one for a kind of fault."""
        is_drawn = "drawing" in kind
        if is_drawn not in self.made:
            folder = self.folder / ("drawn" if is_drawn else "plain")
            self.made[is_drawn] = Tries(folder, is_alone=self.is_alone, is_drawn=is_drawn)
        return self.made[is_drawn]


NEED_STEPS = {*faults_of_edits.KINDS, "drawing killed", "killed while drawing", "store vanishes"}
"""Faults that `wb6 release` meets, or withstands, before it comes to publishing."""

KINDS = [*faults_of_processes.KINDS, *faults_of_disks.KINDS, *faults_of_edits.KINDS]
"""Every kind of fault, in the order in which they are tried."""


if __name__ == "__main__":
    sys.exit(main())
