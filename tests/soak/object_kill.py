"""Kill -9 in the middle of publishing to object storage, in a loop: after each, a reader who has nothing yet finds every release whole.

Two ways to choose the moment. By the clock: anywhere in a publish. By the request: as one of those that a publish sends
reaches the server, before it is carried out or when it has been and its answer is still to come; evenly over all of them,
and half of them at the one that replaces the list of releases. A server of the tests' own takes the requests, over HTTP.
"""

from __future__ import annotations

import json
import os
import shutil
import sys
import tempfile
from dataclasses import replace
from pathlib import Path
from typing import Any

from pipeline.objects.bucket import Bucket
from pipeline.objects.catalogue import NAME
from pipeline.objects.publish import look
from pipeline.project import Project
from pipeline.publish import publish
from tests.soak.kills import CLOCK, Kills, asked, ran
from tests.soak.prepared import EDITIONS, choose, chosen, forked, prepare
from tests.stored import BUCKET, Server, harm, lacks, serving


class Soak(Kills):
    """One run on a store at a server."""

    aimed = "by the request"

    def __init__(self, root: Path, server: Server, seed: int) -> None:
        os.environ.update(server.environment)
        self.server = server
        self.address = f"s3://{BUCKET}/soak"
        self.requests: list[str] = []
        super().__init__(replace(Project(root), outputs_at=self.address), seed)
        if forked(lambda: prepare(root)) != 0 or not self.publish():
            raise RuntimeError("the project could not be prepared")

    def publish(self) -> bool:
        """Publish to the end; whether that worked. Notes how long it took, and what it asked of the server."""
        self.server.fail()
        is_done = super().publish()
        self.requests = self.server.log()
        return is_done

    def turn(self) -> None:
        """Choose the other edition, and have nothing of the store at hand, as on another machine."""
        choose(self.project, next(edition for edition in EDITIONS if edition != chosen(self.project)))
        if self.random.random() < 0.5:
            shutil.rmtree(self.project.build / "objects", ignore_errors=True)

    def named(self) -> list[str]:
        """The releases that the list names, with the objects of each; read by a child, since a client does not outlive a fork."""
        path = self.project.root / "named.json"

        def work() -> None:
            bucket = Bucket(self.address)
            catalogue = look(bucket).catalogue
            releases = catalogue.releases if catalogue else ()
            stored = [(one.name, one.etag) for one in bucket.listed("releases")]
            said = [[pair for pair in stored if pair[0].startswith(one.folder)] for one in releases]
            path.write_text(json.dumps(said), "utf-8")

        if forked(work) != 0:
            self.bad.append("corrupted: the list of releases cannot be read")
            return []
        return [json.dumps(one) for one in json.loads(path.read_text("utf-8"))]

    def kill(self, way: str, delay: float | None, **at: Any) -> bool:
        """Start a publish and kill it; False where it was over first. What a reader then finds is judged."""
        before = self.named()
        self.server.fail()

        def work() -> None:
            if at:
                self.server.fail(kill=os.getpid(), **at)
            publish(self.project)

        is_killed = self.is_killed(way, work, delay)
        self.server.fail()
        if not is_killed:
            return False
        now = self.named()
        self.seen["killed before latest had moved" if now == before else "killed after latest had moved"] += 1
        if now[: len(before)] != before or len(now) > len(before) + 1:
            self.bad.append(f"lost: {before[len(now) :]}")
        if forked(lambda: not self.harmed()) != 0:
            self.bad.append(f"corrupted: the store, killed {way}")
        return True

    def harmed(self, *, every: bool = False) -> bool:
        """Whether a new reader finds the latest release, or every one, not whole, which is told."""
        found = harm(self.address, every=every)
        sys.stderr.writelines(f"{line}\n" for line in found)
        return bool(found)

    def round(self, way: str, delay: float | None, **at: Any) -> bool:
        """One kill and, three times in four, the publish after it; whether the kill met a living publisher."""
        met = self.kill(way, delay, **at)
        if not met or self.random.random() < 0.75:
            if not self.publish():
                self.bad.append("the next publish failed")
            self.turn()
        return met

    def run(self, kills: int, aimed: int) -> None:
        """Kill so often by the clock, then so often by the request."""
        self.turn()
        self.publish()
        self.turn()
        while self.seen[CLOCK] < kills:
            self.round(CLOCK, self.moment())
            self.tell(10)
        for number in range(aimed):
            self.aim(number, aimed)
            self.tell(10)
        if not self.publish() or forked(lambda: not self.harmed(every=True)) != 0:
            self.bad.append("corrupted: the store at the end")

    def aim(self, number: int, of: int) -> None:
        """Kill at one of so many moments: one in two at the put that publishes, the others evenly over all requests."""
        after = number % 2 == 1
        if number % 4 < 2:
            while not self.round(self.aimed, None, kill_put=NAME, kill_after=after):
                pass
            return
        at = 1 + number * len(self.requests) // of
        while not self.round(self.aimed, None, kill_at=at, kill_after=after):
            at = max(1, at - 20)  # a publish asks for less where more is at hand or stored already

    def releases(self) -> int:
        """How many the list names."""
        return len(self.named())


def main() -> int:
    """Run as asked; 1 where anything was lost or corrupted, or a publish failed."""
    wanted = asked(__doc__, kills=25, aimed=25)
    if why := lacks():
        sys.exit(why)
    with tempfile.TemporaryDirectory() as folder, serving() as server:
        return ran(Soak(Path(folder), server, wanted.seed), wanted.kills, wanted.aimed)


if __name__ == "__main__":
    sys.exit(main())
