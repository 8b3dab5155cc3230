"""Drawing in a process of its own: a release goes on with its other files meanwhile, and matplotlib's memory is given back.

Run as python -m pipeline.charts.apart FOLDER, it makes ready to draw, reads what, and writes the drawings, both pickled.
FOLDER is for matplotlib's files, and removed at the end by whichever of the two processes is left.
"""

from __future__ import annotations

import os
import pickle
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path

from pipeline.charts.chart import Chart, Rows
from pipeline.charts.draw import CONFIGURED, Drawing, draw, drawing
from pipeline.problems import PipelineError

Wanted = tuple[Chart, Rows, Sequence[str]]
"""A chart with what it shows and the texts of its source."""

PATIENCE = 10.0
"""Seconds that a process that was asked for nothing has to end."""

_INTERRUPTED = 130
"""The exit status of a process that Ctrl-C ended."""


class Pen:
    """A process that makes ready to draw as soon as it is there, and draws once. It is to be put away."""

    def __init__(self) -> None:
        code = str(Path(__file__).parent.parent.parent)
        path = os.pathsep.join(filter(None, (code, os.environ.get("PYTHONPATH"))))
        pipe = subprocess.PIPE
        self._space = tempfile.TemporaryDirectory(prefix="wb6-", ignore_cleanup_errors=True)
        self._process = subprocess.Popen(  # noqa: S603 (our own code)
            [sys.executable, "-P", "-m", __name__, self._space.name],
            stdin=pipe,
            stdout=pipe,
            stderr=pipe,
            env={CONFIGURED: self._space.name, **os.environ, "PYTHONPATH": path},
        )

    def draw(self, wanted: Sequence[Wanted]) -> list[Drawing]:
        """The drawing of each. Raises PipelineError where the process fails, with the last that it said."""
        try:
            out, err = self._process.communicate(pickle.dumps(wanted))
        except BaseException:
            self._process.kill()  # nobody waits for what it draws
            raise
        if self._process.returncode or not out:
            said = err.decode("utf-8", "replace").strip().splitlines() or [f"it ended with {self._process.returncode}"]
            raise PipelineError(f"the process that draws charts failed: {said[-1]}")
        drawn: list[Drawing] = pickle.loads(out)  # noqa: S301 (from our own process)
        return drawn

    def put_away(self) -> None:
        """End the process, which ends by itself where nothing was asked of it, and close and remove all that was its own."""
        try:
            with suppress(subprocess.TimeoutExpired):
                self._process.communicate(timeout=PATIENCE)
        finally:
            with self._process:
                self._process.kill()
            self._space.cleanup()


@contextmanager
def pen_at_hand() -> Iterator[Pen]:
    """A pen that makes ready beside what is done here, and is put away afterwards."""
    pen = Pen()
    try:
        yield pen
    finally:
        pen.put_away()


def _main() -> None:
    with drawing():
        asked = sys.stdin.buffer.read()
        wanted: Sequence[Wanted] = pickle.loads(asked) if asked else []  # noqa: S301 (from our own process)
        made = [draw(*one) for one in wanted]
    if asked:
        sys.stdout.buffer.write(pickle.dumps(made))


if __name__ == "__main__":
    try:
        _main()
    except KeyboardInterrupt:  # the process that asked is told by the same Ctrl-C
        sys.exit(_INTERRUPTED)
    finally:
        for space in sys.argv[1:]:
            shutil.rmtree(space, ignore_errors=True)
