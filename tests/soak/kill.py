"""Kill -9 at random moments of a publish, in a loop: after each, `latest` is whole, and the next publish succeeds.

Two ways to choose the moment. By the clock: anywhere in a publish, most of which is staging. By the line: before each
line that `pipeline.store` runs from where it makes `.latest`, one after another, since the moments between two renames
are too short for a clock to meet. One kill in four is followed by another at once, so that mending is killed, too.
"""

from __future__ import annotations

import json
import os
import signal
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path
from types import FrameType
from typing import Any

from pipeline import store, whole
from pipeline.project import Project
from pipeline.publish import publish
from tests.soak.kills import CLOCK, HarmError, Kills, asked, ran
from tests.soak.prepared import EDITIONS, choose, chosen, forked, harm, leftovers, prepare


def traced(project: Project, act: Callable[[int], object]) -> None:
    """Publish, and tell `act` the number of each line of the store's code before it runs: 1 where `.latest` is made."""
    number = 0

    def line(_frame: FrameType, event: str, _value: object) -> Any:
        nonlocal number
        if event == "line" and number:
            number += 1
            act(number - 1)
        return line

    def call(frame: FrameType, _event: str, _value: object) -> Any:
        nonlocal number
        if frame.f_code.co_filename not in (store.__file__, whole.__file__):
            return None
        number = number or int(frame.f_code.co_name == "_link")
        return line

    sys.settrace(call)
    publish(project)
    sys.settrace(None)


def count_lines(project: Project) -> int:
    """How many lines of the store's code a publish runs from there on."""
    reader, writer = os.pipe()

    def work() -> None:
        seen = [0]
        traced(project, lambda number: seen.__setitem__(0, number))
        os.write(writer, str(seen[0]).encode())

    if forked(work) != 0:
        raise RuntimeError("a publish that nobody killed failed")
    return int(os.read(reader, 20))


def kill_at(project: Project, target: int) -> Callable[[], None]:
    """A publish that kills itself before the line of that number."""
    return lambda: traced(project, lambda number: os.kill(os.getpid(), signal.SIGKILL) if number == target else None)


class Soak(Kills):
    """One run on a store in a folder."""

    aimed = "by the line"

    def __init__(self, root: Path, seed: int) -> None:
        super().__init__(Project(root), seed)
        if forked(lambda: prepare(root)) != 0:
            raise RuntimeError("the project could not be prepared")
        if not self.publish():
            raise RuntimeError("the first publish failed")

    @property
    def latest(self) -> Path:
        """The folder that `latest` leads to."""
        return (self.project.outputs / "latest").resolve()

    def turn(self) -> None:
        """Choose the edition that is not published yet."""
        choose(self.project, next(e for e in EDITIONS if e != self.edition()))

    def edition(self) -> str:
        """The edition that the latest release holds."""
        text = (self.latest / "csv" / "organisation.csv").read_text("utf-8")
        return next(e for e in EDITIONS if f"NATO {e}" in text)

    def kill(self, way: str, work: Callable[[], object], delay: float | None) -> bool:
        """Start a publish and kill it; False where it was over first. What a reader then finds is judged."""
        before = {p.name: self.sums(p) for p in self.folders()}
        last = self.latest.name
        if not self.is_killed(way, work, delay):
            return False
        if forked(lambda: not harm(self.project)) != 0:
            self.bad.append(f"corrupted: latest, killed {way}")
            raise HarmError
        self.seen[self.state(last)] += 1
        after = {p.name: self.sums(p) for p in self.folders()}
        self.bad += [f"lost: {name}" for name in before if after.get(name) != before[name]]
        return True

    def state(self, last: str) -> str:
        """Where in a publish the kill fell, by what it left."""
        if self.latest.name != last:
            return "killed after latest had moved"
        if len(self.chain()) < self.releases():
            return "killed with the release moved in, latest not yet"
        return "killed while staging" if leftovers(self.project) else "killed before anything was staged"

    def recover(self) -> None:
        """The next publish, of either edition: it must succeed, tidy up, and leave one unbroken line of releases."""
        choose(self.project, self.random.choice(EDITIONS))
        if not self.publish():
            self.bad.append("the next publish failed")
        elif self.edition() != chosen(self.project) or leftovers(self.project):
            self.bad.append(f"the next publish left {leftovers(self.project)}, {self.edition()} is published")
        elif len(self.chain()) < self.releases():
            self.bad.append("a release stands beside the line of releases")

    def folders(self) -> list[Path]:
        """Every release in the store, whether `latest` has come to it or not."""
        return [p for p in (self.project.outputs / "releases").iterdir() if p.name[0] != "."]

    def releases(self) -> int:
        """How many there are of these."""
        return len(self.folders())

    def sums(self, folder: Path) -> bytes:
        """What a release says its files are."""
        return (folder / "SHA256SUMS").read_bytes()

    def chain(self) -> list[str]:
        """The latest release and those before it, each named by the one after."""
        line: list[str] = []
        name: str | None = self.latest.name
        while name is not None:
            line.append(name)
            name = json.loads((self.project.outputs / "releases" / name / "manifest.json").read_text("utf-8"))[
                "previous"
            ]
        return line

    def round(self, way: str, work: Callable[[], object], delay: float | None = None) -> bool:
        """One kill and, three times in four, the publish after it; whether the kill met a living publisher."""
        if chosen(self.project) == self.edition():
            self.turn()
        met = self.kill(way, work, delay)
        if not met or self.random.random() < 0.75:
            self.recover()
        return met

    def run(self, kills: int, aimed: int) -> None:
        """Kill so often by the clock, then so often by the line, evenly over the lines; look at every release once more."""
        while self.seen[CLOCK] < kills:
            self.round(CLOCK, lambda: publish(self.project), self.moment())
            self.tell(20)
        self.recover()
        self.turn()
        lines = count_lines(self.project)
        for number in range(aimed):
            self.round(self.aimed, kill_at(self.project, number * lines // aimed + 1))
            self.tell(20)
        self.recover()
        if forked(lambda: not harm(self.project)) != 0:
            self.bad.append("corrupted: a release at the end")


def main() -> int:
    """Run as asked; 1 where anything was lost, corrupted or left."""
    wanted = asked(__doc__, kills=200, aimed=60)
    with tempfile.TemporaryDirectory() as folder:
        return ran(Soak(Path(folder), wanted.seed), wanted.kills, wanted.aimed)


if __name__ == "__main__":
    sys.exit(main())
