"""A project built step by step on an engine: what was found wrong, and the digests of what was made."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from time import perf_counter

import pytest

from pipeline.engine import connect
from pipeline.files import sha256, write_csv
from pipeline.problems import Problem, render
from pipeline.project import Project
from pipeline.rules import RULES
from pipeline.sqlfiles import sql_files
from pipeline.steps import build_claims, build_join, build_tables, check_across, check_evidence, check_substance
from pipeline.substance import substance_checks
from pipeline.workdir import Workdir
from schemas.registry import tables, written


@dataclass(frozen=True)
class Outcome:
    """What a build found wrong, as a curator reads it, the digest of each table's CSV, and how long each step took."""

    report: str
    digests: dict[str, str]
    seconds: dict[str, float]


def build(project: Project, engine: str) -> Outcome:
    """Build a project on an engine as far as its problems let it, and digest the tables that were made."""
    problems: list[Problem] = []
    seconds: dict[str, float] = {}
    project.build.mkdir(exist_ok=True)
    with pytest.MonkeyPatch.context() as patched:
        patched.setenv("WB6_ENGINE", engine)
        began = perf_counter()
        made = build_tables(project, list(written().values()))
        seconds["tables"] = perf_counter() - began
        problems += [problem for built in made.values() for problem in built.problems]
        if all(built.kept for built in made.values()):
            problems += _built_further(project, seconds)
    return Outcome(render(problems, "text"), digests(project), seconds)


def _built_further(project: Project, seconds: dict[str, float]) -> list[Problem]:
    """Everything after the tables that people write; what it found wrong."""
    problems: list[Problem] = []
    began = perf_counter()
    for rule in RULES:
        problems += check_across(project, list(written().values()), rule)
    problems += check_substance(project, substance_checks(project.checks))
    problems += check_evidence(project)
    seconds["checks"], began = perf_counter() - began, perf_counter()
    build_claims(project)
    seconds["claim"], began = perf_counter() - began, perf_counter()
    for name in sql_files(project.joins):
        build_join(project, name)
    seconds["joins"] = perf_counter() - began
    return problems


def digests(project: Project) -> dict[str, str]:
    """The content digest of every table in the build folder, as a release would have it."""
    work, found = Workdir(project.build), {}
    with connect(project.build) as con, TemporaryDirectory() as folder:
        for name, table in tables().items():
            if work.files("tables", name):
                work.attach(con, "tables", [name])
                write_csv(con, table, Path(folder))
                found[name] = sha256(Path(folder) / "csv" / f"{name}.csv")
    return found
