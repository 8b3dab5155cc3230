"""One fault at a time: a small project that has published, an edit to be published, a release that meets a fault, and the one after.

What must come is known to the byte before: the release that nothing disturbs.
"""

from __future__ import annotations

import gc
import hashlib
import importlib
import os
import pkgutil
import shutil
import sys
import traceback
from collections import Counter
from collections.abc import Callable, Iterable
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pipeline
from pipeline.problems import PipelineError
from pipeline.project import Project
from tests.conftest import edit
from tests.soak.prepared import EDITIONS, choose, forked, leftovers, prepare
from tests.soak.rebuilds import world

FIRST, NEXT = "0.1.0", "0.1.1"
Files = dict[str, str]


def load() -> None:
    """Import what a release needs, once, in place of in every child. Nothing is started: DuckDB does not outlive a fork."""
    from schemas.registry import tables

    for name in (
        "dagster",
        "duckdb",
        "pandas",
        "pyarrow.csv",
        "pyarrow.parquet",
        "yaml",
        "xlsxwriter",
        "sqlglot",
        "openpyxl",
    ):
        with suppress(ImportError):
            importlib.import_module(name)
    for module in pkgutil.walk_packages(pipeline.__path__, "pipeline."):
        if not module.name.startswith(
            ("pipeline.spark", "pipeline.charts.draw", "pipeline.charts.apart", "pipeline.definitions")
        ):
            with suppress(ImportError):
                importlib.import_module(module.name)
    tables()


def settle() -> None:
    """Load what any release loads first, and have no collection of garbage touch the memory that children share."""
    from pipeline.definitions import defs
    from pipeline.engine import _instance
    from pipeline.orchestration.automation import JOB

    forked(defs)  # where the blueprint must be derived, DuckDB is started for that; then it is kept, and only read here
    defs().resolve_job_def(JOB)
    if _instance.cache_info().currsize:
        raise RuntimeError("DuckDB was started, which does not outlive a fork")
    gc.collect()
    gc.freeze()


def release(project: Project, log: Path, *command: str) -> None:
    """`wb6 release` in this process, which it ends; what it says goes to a file."""
    handle = os.open(log, os.O_CREAT | os.O_TRUNC | os.O_WRONLY)
    os.dup2(handle, 1)
    os.dup2(handle, 2)
    from pipeline.cli import main

    sys.stdout = os.fdopen(1, "w", closefd=False)
    sys.stderr = os.fdopen(2, "w", closefd=False)
    sys.argv = ["wb6", "--project", str(project.root), *(command or ("release", "--quiet"))]
    main()


def files_of(folder: Path) -> Files:
    """The digest of every file of a folder by name, and where links lead; empty where it cannot be read."""
    return {
        path.relative_to(folder).as_posix(): os.fspath(path.readlink())
        if path.is_symlink()
        else hashlib.sha256(path.read_bytes()).hexdigest()
        for path in folder.rglob("*")
        if path.is_symlink() or path.is_file()
    }


def publish_alone(project: Project, log: Path) -> None:
    """Publish what is built, without Dagster and the steps before, as `wb6 release` does at its end."""
    from pipeline.publish import publish

    with log.open("w", encoding="utf-8") as said:
        try:
            publish(project)
        except PipelineError as error:
            said.write(f"Not released:\n{error}\n")
            said.flush()
            os._exit(1)
        except BaseException:
            said.write(traceback.format_exc())
            raise


def change(project: Project, *, is_drawn: bool) -> None:
    """The edit that is to be published: of tables, bibliography, dataset.yaml and, where asked for, what is drawn in a chart."""
    edit(project, "actor.csv", "A gang of smugglers", "Smugglers")
    edit(project, "assessment.csv", "The border was calm", "The border has been calm")
    if is_drawn:
        edit(project, "deployment.csv", ",~60,", ",~80,")
    edit(project, "references.json", '"title": "web2023"', '"title": "A page"')
    edit(project, "dataset.yaml", "title: Small", "title: Little")
    edit(project, "LICENSE", "CC-BY-4.0", "CC-BY-4.0, as before")


@dataclass
class Outcome:
    """What one fault led to."""

    what: str
    code: int
    said: str
    met: bool = True
    wrong: list[str] = field(default_factory=list)

    @property
    def published(self) -> bool:
        """Whether the release was made all the same."""
        return self.code == 0


class Tries:
    """A project as it was before each fault, and what must come of it."""

    def __init__(self, folder: Path, *, is_alone: bool = False, is_drawn: bool = False) -> None:
        self.folder, self.is_alone = folder, is_alone
        folder.mkdir(parents=True, exist_ok=True)
        self.log = folder / "said"
        self.before = self.ready() if is_alone else world(folder / "before")
        self.must(self.before, "the first release")
        if is_alone:
            choose(self.before, EDITIONS[1])
        else:
            change(self.before, is_drawn=is_drawn)
        after = self.fresh()
        self.must(after, "the second release")
        self.first, self.next = (files_of(after.outputs / "releases" / v) for v in (FIRST, NEXT))
        self.sources = files_of(after.sources)

    def ready(self) -> Project:
        """A project that is built and not published."""
        forked(lambda: prepare(self.folder / "before"))
        return Project(self.folder / "before")

    def must(self, project: Project, what: str) -> None:
        """A release that nothing disturbs."""
        if self.run(project) != 0:
            raise RuntimeError(f"{what} failed: {self.log.read_text('utf-8')}")

    def run(self, project: Project, delay: float | None = None) -> int:
        """A release, killed after so many seconds where that is given; how it ended."""
        return forked(lambda: self.work(project), delay)

    def work(self, project: Project) -> None:
        """A release in this process."""
        (publish_alone if self.is_alone else release)(project, self.log)

    def fresh(self) -> Project:
        """A copy of the project with the edit to be published."""
        root = self.folder / "project"
        shutil.rmtree(root, ignore_errors=True)
        shutil.copytree(self.before.root, root, symlinks=True)
        return Project(root)

    def attempt(
        self, what: str, act: Callable[[Project], int], *, mend: Callable[[Project], object] = lambda _: None
    ) -> Outcome:
        """Let a release meet a fault, judge what it left, then publish without a fault and judge that."""
        project = self.fresh()
        code = act(project)
        mend(project)
        outcome = Outcome(what, code, self.log.read_text("utf-8") if self.log.is_file() else "")
        outcome.wrong += self.harm(project) + self.misled(project, outcome)
        code = self.run(project)
        if code != 0:
            outcome.wrong.append(f"next: failed with {code}: {self.log.read_text('utf-8')}")
        else:
            outcome.wrong += [f"next: {fault}" for fault in self.harm(project)]
            if self.latest(project) != NEXT or leftovers(project):
                outcome.wrong.append(f"next: latest is {self.latest(project)}, left are {leftovers(project)}")
        return outcome

    def latest(self, project: Project) -> str | None:
        """The release that `latest` leads to."""
        link = project.outputs / "latest"
        return link.resolve().name if link.is_symlink() and (link / "manifest.json").is_file() else None

    def harm(self, project: Project) -> list[str]:
        """What was lost or corrupted, of releases and sources."""
        found = []
        releases = project.outputs / "releases"
        names = {path.name for path in releases.iterdir()} if releases.is_dir() else set()
        if FIRST not in names or self.latest(project) not in (FIRST, NEXT):
            found.append(f"lost: there are {sorted(names)}, latest is {self.latest(project)}")
        for name in names - {".staging"}:
            expected = {FIRST: self.first, NEXT: self.next}.get(name)
            now = files_of(releases / name)
            if now != expected:
                differing = {n for n in {*now, *(expected or {})} if now.get(n) != (expected or {}).get(n)}
                found.append(f"corrupted: {name} differs in {sorted(differing)[:5]}")
        if files_of(project.sources) != self.sources:
            found.append("lost: sources are not as they were")
        return found

    def misled(self, project: Project, outcome: Outcome) -> list[str]:
        """What a command that ended by itself said wrongly, or failed to say."""
        code, said = outcome.code, outcome.said
        if code < 0:
            return []
        found = []
        if code not in (0, 1) or "Traceback" in said:
            found.append(f"said: status {code}, {said[-1500:]}")
        if code and "The latest release stands as it was" in said and self.latest(project) == NEXT:
            found.append(f"said: not released, and {NEXT} is the latest: {said[-600:]}")
        if code and len(said.strip().splitlines()) < 2:
            found.append(f"said: too little: {said}")
        if code == 0 and self.latest(project) != NEXT:
            found.append(f"said: released, and {NEXT} is not the latest: {said}")
        return found


def counted(outcomes: Iterable[Outcome]) -> dict[str, Any]:
    """The figures of some tries, and what was wrong in words."""
    outcomes = list(outcomes)
    words = ("lost", "corrupted", "said", "next")
    wrong = Counter(line.split(":")[0] for one in outcomes for line in one.wrong)
    return {
        "tried": sum(one.met for one in outcomes),
        **{word: wrong[word] for word in words[:2]},
        "misled": wrong["said"],
        "next failed": wrong["next"],
        "published all the same": sum(one.met and one.published for one in outcomes),
        "killed": sum(one.code < 0 for one in outcomes),
        "told": sum(one.code == 1 for one in outcomes),
    }
