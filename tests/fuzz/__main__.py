"""Fuzz the readers and tell what came of it: `python -m tests.fuzz --minutes 60`, or `--executions 100000` of each.

Each reader is driven in a process of its own, which may take 3 GB, and half a minute for one input. What it stumbled on is
kept in the folder as crash-..., timeout-... or oom-..., to be tried again with `python -m tests.fuzz NAME --again FILE`.
"""

from __future__ import annotations

import argparse
import re
import subprocess
import sys
import time
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path

import click

from tests.conftest import ROOT
from tests.fuzz.targets import NAMES

_BOUNDS = ("-timeout=30", "-rss_limit_mb=3000", "-print_final_stats=1", "-verbosity=0")


@dataclass(frozen=True)
class Driven:
    """What came of one reader: inputs tried, inputs compared and taken, seconds, and the files it stumbled on."""

    name: str
    executions: int
    compared: int
    taken: int
    seconds: float
    crashes: tuple[Path, ...]
    said: str


def main() -> int:
    """Fuzz the readers named, or all; 1 where one stumbled."""
    parser = argparse.ArgumentParser(prog="python -m tests.fuzz", description=__doc__)
    parser.add_argument("names", nargs="*", metavar="NAME", help=f"readers: {', '.join(NAMES)}; all, if none is named")
    parser.add_argument("--minutes", type=float, help="for all of them together")
    parser.add_argument("--executions", type=int, help="of each")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument(
        "--folder", type=Path, default=ROOT / "build" / "fuzz", help="where inputs are kept (build/fuzz)"
    )
    parser.add_argument("--again", type=Path, help="try one kept input")
    chosen = parser.parse_args()
    names = chosen.names or list(NAMES)
    if strangers := set(names) - set(NAMES):
        parser.error(f"no reader is called {', '.join(sorted(strangers))}; the readers are {', '.join(NAMES)}")
    if find_spec("atheris") is None:
        click.echo("atheris is not installed: it is only made for Linux on x86-64", err=True)
        return 1
    minutes = chosen.minutes or (None if chosen.executions else 10)
    share = int(minutes * 60 / len(names)) if minutes else 0
    bounds = [f"-max_total_time={share}", f"-runs={chosen.executions or -1}", f"-seed={chosen.seed}", *_BOUNDS]
    click.echo(_LINE.format("reader", "executions", "compared", "taken", "seconds", "a second", "stumbled"))
    done = []
    for name in names:
        done.append(_drive(name, chosen.folder / name, [str(chosen.again.resolve())] if chosen.again else bounds))
        click.echo(_row(done[-1]))
    click.echo(
        f"{sum(d.executions for d in done):,} executions in {sum(d.seconds for d in done):,.0f} s, "
        f"{sum(d.compared for d in done):,} compared, seed {chosen.seed}"
    )
    for driven in done:
        if driven.crashes:
            click.echo(f"\n{driven.name}: {', '.join(map(str, driven.crashes))}\n{driven.said}", err=True)
    return int(any(d.crashes for d in done))


_LINE = "{:<12}{:>12}{:>12}{:>12}{:>9}{:>10}{:>10}"


def _row(d: Driven) -> str:
    rate = d.executions / d.seconds
    numbers = (d.executions, d.compared, d.taken, round(d.seconds), round(rate), len(d.crashes))
    return _LINE.format(d.name, *(f"{number:,}" for number in numbers))


def _drive(name: str, folder: Path, told: list[str]) -> Driven:
    folder.mkdir(parents=True, exist_ok=True)
    count = folder / "count"
    count.unlink(missing_ok=True)
    began, moment = time.monotonic(), time.time_ns()
    command = [sys.executable, "-m", "tests.fuzz.drive", name, str(folder), *told]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, check=False)
    said = (done.stdout + done.stderr).decode("utf-8", "replace")
    units = re.search(r"number_of_executed_units: (\d+)", said)
    compared, taken = map(int, count.read_text("ascii").split()) if count.is_file() else (0, 0)
    kept = [p for kind in ("crash", "timeout", "oom", "slow-unit") for p in folder.glob(f"{kind}-*")]
    crashes = tuple(p for p in kept if p.stat().st_mtime_ns >= moment) or ((folder,) if done.returncode else ())
    seconds = time.monotonic() - began
    return Driven(name, int(units[1]) if units else 0, compared, taken, seconds, crashes, said[-4000:])


if __name__ == "__main__":
    sys.exit(main())
