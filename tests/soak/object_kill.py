"""Kill -9 in the middle of publishing to object storage, in a loop: after each, a reader who has nothing yet finds every release whole.

Two ways to choose the moment. By the clock: anywhere in a publish. By the request: as one of those that a publish sends
reaches the server, before it is carried out or when it has been and its answer is still to come; evenly over all of them,
and half of them at the one that replaces the list of releases. A server of the tests' own takes the requests, over HTTP.
"""

from __future__ import annotations

import argparse
import importlib
import json
import os
import random
import shutil
import statistics
import sys
import tempfile
import time
from collections import Counter
from dataclasses import replace
from pathlib import Path
from typing import Any

from pipeline.objects.bucket import Bucket
from pipeline.objects.catalogue import NAME
from pipeline.objects.publish import look
from pipeline.project import Project
from pipeline.publish import publish
from tests.soak.kill import KILLED
from tests.soak.prepared import EDITIONS, choose, chosen, forked, prepare
from tests.stored import BUCKET, Server, harm, lacks, serving


class Soak:
    """One run: a project that publishes to a server, its random numbers and what has been seen so far."""

    def __init__(self, root: Path, server: Server, seed: int) -> None:
        os.environ.update(server.environment)
        self.random = random.Random(seed)  # noqa: S311
        self.server = server
        self.address = f"s3://{BUCKET}/soak"
        self.project = replace(Project(root), outputs_at=self.address)
        self.seen: Counter[str] = Counter()
        self.bad: list[str] = []
        self.took: list[float] = []
        self.requests: list[str] = []
        if forked(lambda: prepare(root)) != 0 or not self.publish():
            raise RuntimeError("the project could not be prepared")

    def publish(self) -> bool:
        """Publish to the end; whether that worked. Notes how long it took, and what it asked of the server."""
        self.server.fail()
        start = time.monotonic()
        code = forked(lambda: publish(self.project))
        self.took.append(time.monotonic() - start)
        self.requests = self.server.log()
        return code == 0

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

        ended = forked(work, delay)
        self.server.fail()
        if ended != KILLED:
            self.bad += [f"{way}: a publish that nobody killed in time failed"] if ended else []
            return False
        self.seen[way] += 1
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
        while self.seen["killed by the clock"] < kills:
            self.round("killed by the clock", self.random.uniform(0, 1.1 * statistics.median(self.took[-9:])))
            self.tell()
        for number in range(aimed):
            self.aim(number, aimed)
            self.tell()
        if not self.publish() or forked(lambda: not self.harmed(every=True)) != 0:
            self.bad.append("corrupted: the store at the end")

    def aim(self, number: int, of: int) -> None:
        """Kill at one of so many moments: one in two at the put that publishes, the others evenly over all requests."""
        after = number % 2 == 1
        if number % 4 < 2:
            while not self.round("killed by the request", None, kill_put=NAME, kill_after=after):
                pass
            return
        at = 1 + number * len(self.requests) // of
        while not self.round("killed by the request", None, kill_at=at, kill_after=after):
            at = max(1, at - 20)  # a publish asks for less where more is at hand or stored already

    def tell(self) -> None:
        """Show how far the run is, every 10 kills."""
        total = self.seen["killed by the clock"] + self.seen["killed by the request"]
        if total % 10 == 0 and total:
            sys.stderr.write(f"{total} kills, {len(self.bad)} bad\n")


def report(soak: Soak) -> str:
    """What was tried and what came of it."""
    harms = ("lost", "corrupted")
    lines = [f"{n:>5}  {what}" for what, n in sorted(soak.seen.items())]
    lines += [f"{sum(bad.startswith(word) for bad in soak.bad):>5}  {word}" for word in harms]
    lines.append(f"{sum(not bad.startswith(harms) for bad in soak.bad):>5}  next publishes that failed")
    lines.append(f"{len(soak.named()):>5}  releases in the store, each verified at the end")
    return "\n".join(lines)


def main() -> int:
    """Run as asked; 1 where anything was lost or corrupted, or a publish failed."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--kills", type=int, default=25, help="kills by the clock")
    parser.add_argument("--aimed", type=int, default=25, help="kills by the request")
    parser.add_argument("--seed", type=int, default=1)
    asked = parser.parse_args()
    if why := lacks():
        sys.exit(why)
    for heavy in ("duckdb", "pyarrow.parquet", "yaml"):
        importlib.import_module(heavy)  # once, here, in place of in every child
    with tempfile.TemporaryDirectory() as folder, serving() as server:
        soak = Soak(Path(folder), server, asked.seed)
        soak.run(asked.kills, asked.aimed)
        sys.stdout.write(report(soak) + "\n" + "".join(f"{line}\n" for line in soak.bad))
    return 1 if soak.bad else 0


if __name__ == "__main__":
    sys.exit(main())
