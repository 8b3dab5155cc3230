"""Drawing in a process of its own: a release goes on with its other files meanwhile, and matplotlib's memory is given back.

Run as python -m pipeline.charts.apart, it reads what to draw and writes the drawings, both pickled.
"""

from __future__ import annotations

import os
import pickle
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

from pipeline.charts.chart import Chart, Rows
from pipeline.charts.draw import Drawing, draw, drawing
from pipeline.problems import PipelineError

Wanted = tuple[Chart, Rows, Sequence[str]]
"""A chart with what it shows and the texts of its source."""


def draw_apart(wanted: Sequence[Wanted]) -> list[Drawing]:
    """The drawing of each. Raises PipelineError where the process fails, with the last that it said."""
    code = str(Path(__file__).parent.parent.parent)
    path = os.pathsep.join(filter(None, (code, os.environ.get("PYTHONPATH"))))
    done = subprocess.run(  # noqa: S603 (our own code)
        [sys.executable, "-P", "-m", __name__],
        input=pickle.dumps(wanted),
        capture_output=True,
        env={**os.environ, "PYTHONPATH": path},
        check=False,
    )
    if done.returncode:
        said = done.stderr.decode("utf-8", "replace").strip().splitlines() or [f"it ended with {done.returncode}"]
        raise PipelineError(f"the process that draws charts failed: {said[-1]}")
    drawn: list[Drawing] = pickle.loads(done.stdout)  # noqa: S301 (from our own process)
    return drawn


def _main() -> None:
    wanted: Sequence[Wanted] = pickle.load(sys.stdin.buffer)  # noqa: S301 (from our own process)
    with drawing():
        made = [draw(*one) for one in wanted]
    sys.stdout.buffer.write(pickle.dumps(made))


if __name__ == "__main__":
    _main()
