"""Readers that ask `latest` without pause, each in a process of its own, and note whatever they find mixed or missing.

They read as outputs/README.md says: one file through `latest`, or a whole release from the folder that `latest` leads to.
"""

from __future__ import annotations

import hashlib
import json
import os
import random
import select
import signal
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, TypeVar

from pipeline.releases import order_of

Found = TypeVar("Found")

_KEPT = 20
_BY_ANOTHER_FOOTER = (
    "TProtocolException",
    "don't know what type",
    "invalid TType",
    "Payload value bigger than allowed",
    "Prefetch registered for bytes outside file",
)


@dataclass
class Seen:
    """What one reader has seen: reads by kind, releases, and what was wrong, the first of it in words."""

    reads: Counter[str] = field(default_factory=Counter)
    releases: set[str] = field(default_factory=set)
    wrong: Counter[str] = field(default_factory=Counter)
    told: list[str] = field(default_factory=list)

    def note(self, kind: str, what: str) -> None:
        """Note something wrong: `mixed` or `missing`."""
        self.wrong[kind] += 1
        if len(self.told) < _KEPT:
            self.told.append(f"{kind}: {what}")


class Reader:
    """One reader of a store."""

    def __init__(self, outputs: Path, seed: int) -> None:
        import duckdb

        self.outputs, self.random, self.seen = outputs, random.Random(seed), Seen()  # noqa: S311
        self.con = duckdb.connect(":memory:", config={"threads": 1})
        self.known: dict[tuple[str, str], tuple[Any, ...]] = {}

    def read(self) -> None:
        """One read of one kind, judged."""
        kind = self.random.choice((self.whole_release, self.file_by_link, self.query_by_link, self.files_by_link))
        try:
            kind()
        except Exception as error:
            self.seen.note("missing", f"{kind.__name__}: {type(error).__name__}: {error}")
        self.seen.reads[kind.__name__] += 1

    def whole_release(self) -> None:
        """The release that `latest` leads to, resolved once: manifest, checksums, footers and rows are of one release."""
        folder = (self.outputs / "latest").resolve()
        listed = json.loads((folder / "manifest.json").read_text("utf-8"))
        self.seen.releases.add(listed["version"])
        said = [listed["version"]]
        sums = self._sums(folder)
        for name in self.random.sample(sorted(sums), 3):
            if hashlib.sha256((folder / name).read_bytes()).hexdigest() != sums[name]:
                self.seen.note("mixed", f"{folder.name}: {name} is not as SHA256SUMS says")
        for name in self.random.sample(sorted(listed["tables"]), 2):
            said.append(self._footer(folder, name))
            rows = listed["tables"][name]["rows"]
            found = [
                self._ask(f"SELECT count(*) FROM '{folder}/{kind}/{name}.{kind}'")[0] for kind in ("parquet", "csv")
            ]
            if found != [rows, rows]:
                self.seen.note("mixed", f"{folder.name}: {name} has {found} rows, its manifest says {rows}")
        if set(said) != {folder.name}:
            self.seen.note("mixed", f"{folder.name}: its files say {said}")

    def file_by_link(self) -> None:
        """One file through `latest`, opened once: to the byte as in a release that was the latest meanwhile."""
        link = self.outputs / "latest"
        before = link.resolve()
        name = self.random.choice(sorted(self._sums(before)))
        found = hashlib.sha256((link / name).read_bytes()).hexdigest()
        after = link.resolve()
        if all(found != self._sums(folder).get(name) for folder in _between(before, after)):
            self.seen.note("mixed", f"{name} is neither as in {before.name} nor {after.name}")

    def query_by_link(self) -> None:
        """A query through `latest`. DuckDB opens a file more than once, so one that meets a new release may fail, but not lie."""
        link = self.outputs / "latest"
        before = link.resolve()
        name = self.random.choice([path.stem for path in (before / "parquet").iterdir()])
        found = self._by_link(link, lambda: self._content(link, name))
        if found is None:
            return
        after = link.resolve()
        if all(found != self._known(folder, name) for folder in _between(before, after)):
            self.seen.note("mixed", f"{name} is neither as in {before.name} nor {after.name}")

    def files_by_link(self) -> None:
        """Two tables through `latest`, one after the other: each is whole, and they may be of two releases, which is counted."""
        link = self.outputs / "latest"
        names = self.random.sample([path.stem for path in (link.resolve() / "parquet").iterdir()], 2)
        versions = self._by_link(link, lambda: {self._footer(link, name) for name in names})
        self.seen.reads["pairs through latest that span two releases"] += versions is not None and len(versions) > 1

    def _by_link(self, link: Path, ask: Callable[[], Found]) -> Found | None:
        """What is asked through `latest`; None where DuckDB opened a file in two releases. Raises RuntimeError where it did not move."""
        before = link.resolve()
        try:
            return ask()
        except Exception as error:
            if not is_of_two_files(error):
                raise
            self.seen.reads["queries through latest that failed as it moved"] += 1
            if before == link.resolve():
                raise RuntimeError("a query through latest failed, and latest had not moved") from error
            return None

    def _ask(self, sql: str) -> tuple[Any, ...]:
        [row] = self.con.execute(sql).fetchall()
        return tuple(row)

    def _sums(self, folder: Path) -> dict[str, str]:
        lines = (folder / "SHA256SUMS").read_text("utf-8").splitlines()
        return {name: digest for digest, name in (line.split("  ", 1) for line in lines)}

    def _footer(self, folder: Path, name: str) -> str:
        asked = f"SELECT decode(value) FROM parquet_kv_metadata('{folder}/parquet/{name}.parquet')"
        return str(self._ask(f"{asked} WHERE decode(key) = 'version'")[0])

    def _content(self, folder: Path, name: str) -> tuple[Any, ...]:
        return self._ask(f"SELECT count(*), sum(hash(t)) FROM '{folder}/parquet/{name}.parquet' t")

    def _known(self, folder: Path, name: str) -> tuple[Any, ...]:
        if (folder.name, name) not in self.known:
            if len(self.known) > 500:
                self.known.clear()
            self.known[folder.name, name] = self._content(folder, name)
        return self.known[folder.name, name]


def is_of_two_files(error: Exception) -> bool:
    """Whether DuckDB says that it sought, by the footer of one file, pages in another, and met no page or the end.

    DuckDB opens a file by its name twice. A file that is not there, or any other error, is not to be met.
    """
    import duckdb

    is_no_page = type(error) is duckdb.Error and any(words in str(error) for words in _BY_ANOTHER_FOOTER)
    return is_no_page or (isinstance(error, duckdb.IOException) and "Could not read enough bytes" in str(error))


def _between(first: Path, last: Path) -> list[Path]:
    """The releases from one to another, both included."""
    low, high = order_of(first.name), order_of(last.name)
    return [p for p in first.parent.iterdir() if p.name[0] != "." and low <= order_of(p.name) <= high]


def _run(outputs: Path, seed: int, until: int, report: int) -> None:
    """Read until the other end of a pipe is closed, then report what was seen."""
    with suppress(OSError, AttributeError):  # as much as nobody else wants, so that the publisher is not starved
        os.sched_setscheduler(0, os.SCHED_IDLE, os.sched_param(0))
    reader = Reader(outputs, seed)
    while not select.select([until], [], [], 0)[0]:
        reader.read()
    seen = reader.seen
    told = {"reads": seen.reads, "releases": sorted(seen.releases), "wrong": seen.wrong, "told": seen.told}
    with os.fdopen(report, "w") as stream:
        stream.write(json.dumps(told))


@contextmanager
def reading(outputs: Path, readers: int) -> Iterator[dict[str, Any]]:
    """So many readers at work; afterwards, what they saw together.

    This process must not have started DuckDB yet, which does not outlive a fork.
    """
    found: dict[str, Any] = {}
    stop, held = os.pipe()
    children = []
    for seed in range(readers):
        answer, report = os.pipe()
        pid = os.fork()
        if pid == 0:
            os.close(held)
            os.close(answer)
            signal.signal(signal.SIGINT, signal.SIG_IGN)
            try:
                _run(outputs, seed, stop, report)
            except BaseException as error:
                sys.stderr.write(f"a reader: {type(error).__name__}: {error}\n")
            finally:
                os._exit(0)
        os.close(report)
        children.append((pid, answer))
    began = time.monotonic()
    try:
        yield found
    finally:
        os.close(held)
        told = [_answer(pid, answer) for pid, answer in children]
        os.close(stop)
        found.update(_together(told), readers=readers, seconds=round(time.monotonic() - began))


def _answer(pid: int, answer: int) -> dict[str, Any]:
    with os.fdopen(answer) as stream:
        said = stream.read()
    os.waitpid(pid, 0)
    return dict(json.loads(said)) if said else {}


def _together(told: list[dict[str, Any]]) -> dict[str, Any]:
    reads: Counter[str] = Counter()
    wrong: Counter[str] = Counter()
    for one in told:
        reads.update(one.get("reads", {}))
        wrong.update(one.get("wrong", {}))
    return {
        "reads": dict(sorted(reads.items())),
        "fewest reads of a reader": min((sum(one["reads"].values()) for one in told if one), default=0),
        "releases met": len({version for one in told for version in one.get("releases", [])}),
        "mixed": wrong["mixed"],
        "missing": wrong["missing"],
        "readers that died": sum(not one for one in told),
        "told": [line for one in told for line in one.get("told", [])][:_KEPT],
    }
