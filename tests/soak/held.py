"""What a process that goes on and on holds, and the rule by which that stays flat.

Memory may not grow by more than GROWTH a rebuild: the slope of the line that fits the last three quarters of the run best, in
the sense of least squares. In a run of fewer than ENOUGH rebuilds a single step or the noise of a few MB decides that slope;
there the last tenth may hold no more than SHARE of what was held after the first. Files may not grow at all, and threads by
no more than the two that a pool may just be ending.
"""

from __future__ import annotations

import os
import statistics
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

GROWTH = 0.05
"""Megabytes a rebuild."""

SHARE = 1.15
ENOUGH = 200
MARKS = (50, 250, 500)
"""After how many rebuilds it is told what was held."""

_MORE = {"files": 0, "threads": 2}


@dataclass(frozen=True)
class State:
    """What the process that rebuilds holds: resident memory in MB and, where they were counted, open files and threads."""

    memory: float
    files: int | None = None
    threads: int | None = None

    def figures(self) -> dict[str, float]:
        """What was measured, by name."""
        return {name: value for name, value in asdict(self).items() if value is not None}


def held() -> State:
    """What this process holds now."""
    status = dict(line.split(":", 1) for line in Path("/proc/self/status").read_text("utf-8").splitlines())
    memory = round(int(status["VmRSS"].split()[0]) / 1024, 1)
    return State(memory, len(os.listdir("/proc/self/fd")), int(status["Threads"]))  # noqa: PTH208


def figures(states: Sequence[State]) -> dict[str, Any]:
    """What was held at the marks that the run reached and at its end, how memory grew, and what grew too much."""
    marks = [mark for mark in MARKS if mark < len(states)]
    return {
        "held after so many rebuilds": {mark: states[mark - 1].figures() for mark in [*marks, len(states)] if mark},
        "MB a rebuild over the last three quarters": round(slope([state.memory for state in settled(states)]), 3),
        "grown": grown(states),
    }


def grown(states: Sequence[State]) -> list[str]:
    """What grew more than it may."""
    if not states:
        return []
    first, last = _ends(states)
    found = [name for name, more in _MORE.items() if name in last and last[name] > first[name] + more]
    if len(states) < ENOUGH:
        is_more = last["memory"] > first["memory"] * SHARE
    else:
        is_more = slope([state.memory for state in settled(states)]) > GROWTH
    return [*(["memory"] if is_more else []), *found]


def settled(states: Sequence[State]) -> Sequence[State]:
    """The last three quarters: by then all is loaded, and what is kept at hand is full."""
    return states[len(states) // 4 :]


def slope(values: Sequence[float]) -> float:
    """By how much each value exceeds the one before, on the line that fits them best."""
    return statistics.linear_regression(range(len(values)), values).slope if len(values) > 1 else 0.0


def _ends(states: Sequence[State]) -> tuple[dict[str, float], dict[str, float]]:
    """The medians of the second tenth of a run, or of the first where that is all there is, and of the last."""
    size = max(len(states) // 10, 1)
    second = states[size : 2 * size] or states
    return _median(second), _median(states[-size:])


def _median(states: Sequence[State]) -> dict[str, float]:
    measured = [state.figures() for state in states]
    return {name: statistics.median_low([one[name] for one in measured]) for name in measured[0]}
