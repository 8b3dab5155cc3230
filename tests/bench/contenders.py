"""Who is measured, on what work: ours, the limit, and the peers, each with what it does and does not do."""

from __future__ import annotations

import shutil
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from pipeline.project import Project
from tests.conftest import ROOT

PEERS = Path(".venv-bench/bin")
"""Where the tools of the peers are, in the checkout."""

OURS, LIMIT, CHECK, ALONE = "wb6 release", "the limit", "wb6 check", "wb6 check, without substance"


@dataclass(frozen=True)
class Place:
    """Where one size is measured: a checkout of scaled sources, and beside it what the peers read and write."""

    folder: Path

    @property
    def project(self) -> Project:
        """The checkout."""
        return Project(self.folder / "checkout")

    @property
    def described(self) -> Path:
        """The sources described for other validators."""
        return self.folder / "described"

    @property
    def dbt(self) -> Path:
        """The dbt project."""
        return self.folder / "dbt"

    @property
    def out(self) -> Path:
        """What the limit and pandas write."""
        return self.folder / "out"

    def clear(self) -> None:
        """Take away what a run before has left, but what dbt keeps of its own parsing, so that each makes all of it."""
        for path in (self.project.outputs, self.project.build, self.out, self.dbt / "out", self.dbt / "spill"):
            shutil.rmtree(path, ignore_errors=True)
        for kind in ("parquet", "csv"):
            (self.dbt / "out" / kind).mkdir(parents=True)


@dataclass(frozen=True)
class Contender:
    """One that is measured: its name, the work it is compared on, the most rows it is asked for, and what it does."""

    name: str
    work: Literal["whole", "validation"]
    largest: int
    does: str
    command: Callable[[Place], tuple[str, ...]]
    tool: str | None = None

    @property
    def is_here(self) -> bool:
        """Whether what it needs is installed."""
        return self.tool is None or (ROOT / PEERS / self.tool).exists()


def ours(*command: str) -> Callable[[Place], tuple[str, ...]]:
    """A command of ours, on the sources of a place."""
    return lambda place: (sys.executable, "-m", "pipeline.cli", "--project", str(place.project.root), *command)


def _limit(*more: str) -> Callable[[Place], tuple[str, ...]]:
    return lambda place: (
        *(sys.executable, "-m", "tests.bench.limit", str(place.project.root), str(place.out)),
        *more,
    )


def peer(tool: str) -> str:
    """The path of a tool of the peers."""
    return str(ROOT / PEERS / tool)


def dbt(project: Path, *command: str) -> tuple[str, ...]:
    """A command of dbt's on a project."""
    return (peer("dbt"), "--quiet", *command, "--project-dir", str(project), "--profiles-dir", str(project))


def dbt_build(project: Path, *more: str) -> tuple[str, ...]:
    """The command that builds and tests a dbt project."""
    return dbt(project, "build", *more)


def _script(name: str) -> Callable[[Place], tuple[str, ...]]:
    path = ROOT / "tests" / "bench" / "peers" / f"{name}.py"
    return lambda place: (peer("python"), str(path), str(place.described))


_MILLION = 1_000_000

CONTENDERS = (
    Contender(
        OURS,
        "whole",
        5 * _MILLION,
        "The whole pipeline, started anew: every check of rows, keys, references, citations and substance, weighing, joins, "
        "Parquet, CSV, digests, manifest, metadata in every standard, verification of what was staged, atomic publishing.",
        ours("release", "--full", "--quiet"),
    ),
    Contender(
        LIMIT,
        "whole",
        5 * _MILLION,
        "Plain DuckDB: the same reads, columns, claims, joins (the same SQL) and files, sorted as ours. No validation, no "
        "weighing (any claim stands), a cheap hash for an id, no origin of a claim, no digests, no metadata.",
        _limit(),
    ),
    Contender(
        "the limit, unsorted",
        "whole",
        5 * _MILLION,
        "The same, but that published tables and claims are written in whatever order they come (preserve_insertion_order off), so the files differ.",
        _limit("--unordered"),
    ),
    Contender(
        "dbt-duckdb",
        "whole",
        _MILLION,
        "The same models, to the same rows: claims weighed, digest as id, joins; as tests not_null, unique, accepted values, "
        "relationships and patterns. Database in memory, threads as cores, parsed state kept. Does not check substance, "
        "evidence, characters or lines, describes nothing and publishes nothing; documents are laid ready as CSV.",
        lambda place: dbt_build(place.dbt),
        "dbt",
    ),
    Contender(
        "pandas + pandera",
        "whole",
        _MILLION,
        "The same Pandera models on whole tables, keys, references and citations, the same claims and values; of the joins "
        "only the plain part of two (contributions without residuals, conflicts without reasons). No metadata, no publishing.",
        lambda place: (
            *(sys.executable, "-m", "tests.bench.peers.in_pandas"),
            *(str(place.project.root), str(place.out)),
        ),
    ),
    Contender(
        CHECK,
        "validation",
        5 * _MILLION,
        "Form of the files, rows by their Pandera models, keys, references, citations and substance; for that it also weighs the "
        "claims of the tables that substance looks at.",
        ours("check"),
    ),
    Contender(
        ALONE,
        "validation",
        5 * _MILLION,
        "The part of it that other validators have as well, set beside them: form, rows, keys, references and citations, and not "
        "substance, plausibility and evidence. It still does more than they, and reports every problem by line and column.",
        lambda place: (sys.executable, "-m", "tests.bench.validation", str(place.project.root)),
    ),
    Contender(
        "frictionless",
        "validation",
        _MILLION,
        "`frictionless validate` of the sources as a data package: required, patterns, codes, foreign keys of single cells. Not "
        "keys, citations, lists, substance.",
        lambda place: (peer("frictionless"), "validate", str(place.described / "datapackage.json")),
        "frictionless",
    ),
    Contender(
        "Great Expectations",
        "validation",
        _MILLION,
        "One suite per table on pandas: required, patterns, codes. Not references, keys, citations, lists, substance.",
        _script("in_great_expectations"),
        "python",
    ),
    Contender(
        "Soda",
        "validation",
        _MILLION,
        "One contract per table in DuckDB: required, patterns, codes; stops at no line. Not references, keys, citations, lists, "
        "substance.",
        _script("in_soda"),
        "soda",
    ),
)
"""In the order in which a round runs them."""
