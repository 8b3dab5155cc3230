"""Where the time of a release goes: seconds of the clock of each part, in this process, as JSON.

    python -m tests.bench.profile CHECKOUT

A part's seconds are its own, without those of parts within it; what a thread does beside is told as that.
"""

from __future__ import annotations

import functools
import json
import sys
import threading
from collections import defaultdict
from collections.abc import Callable
from importlib import import_module
from pathlib import Path
from time import perf_counter
from typing import Any

from pipeline.project import Project

_ALL_ELSE = "Dagster, and all else"
_PARTS = {
    "reading, checking rows and keys, weighing": (("pipeline.steps", "build_tables"),),
    "checks of substance": (("pipeline.steps", "check_substance"),),
    "the table of claims": (("pipeline.steps", "build_claims"),),
    "joins": (("pipeline.steps", "build_join"),),
    "CSV": (("pipeline.publish", "_stage_csv"), ("pipeline.publish", "_stage_evidence")),
    "Parquet": (("pipeline.publish", "write_parquet"),),
    "digests": (
        ("pipeline.publish", "manifest"),
        ("pipeline.publish", "write_sums"),
        ("pipeline.verify.itself", "check_sums"),
    ),
    "figures of the datasheet": (("pipeline.publish", "count_figures"),),
    "metadata, charts, workbook, page": (("pipeline.publish", "_describe"),),
    "proof": (("pipeline.verify.itself", "_found"),),
    "waiting for the proof beside": (("pipeline.publish", "faults"),),
}
"""The parts, each with the functions that do it, where they are looked up."""


class Clock:
    """What each part has taken so far."""

    def __init__(self) -> None:
        self.seconds = defaultdict[str, float](float)
        self._within = list[float]()

    def timed(self, part: str, function: Callable[..., Any]) -> Callable[..., Any]:
        """The same function, its time counted for a part."""

        @functools.wraps(function)
        def counted(*given: Any, **named: Any) -> Any:
            began = perf_counter()
            if threading.current_thread() is not threading.main_thread():
                try:
                    return function(*given, **named)
                finally:
                    self.seconds[f"{part}, beside"] += perf_counter() - began
            self._within.append(0.0)
            try:
                return function(*given, **named)
            finally:
                whole = perf_counter() - began
                self.seconds[part] += whole - self._within.pop()
                if self._within:
                    self._within[-1] += whole

        return counted


def profile(project: Project) -> dict[str, float]:
    """Release everything anew, and tell the seconds of each part."""
    from pipeline.orchestration.run import rebuild_once

    clock = Clock()
    for part, functions in _PARTS.items():
        for module, name in functions:
            place = import_module(module)
            setattr(place, name, clock.timed(part, getattr(place, name)))
    done = clock.timed(_ALL_ELSE, rebuild_once)(project, full=True)
    if not done.published:
        raise RuntimeError(f"nothing was published: {done.failures}")
    return {part: round(seconds, 2) for part, seconds in clock.seconds.items()}


if __name__ == "__main__":
    sys.stdout.write(json.dumps(profile(Project(Path(sys.argv[1])))) + "\n")
