"""The blueprint: every table, what each is made from, and by which code, as plain data derived from models and SQL.

Loading models takes half a second and the code does not change from run to run, so what was derived is kept in the
build folder under the digest of the code. A kept blueprint of other code, or one that cannot be read, is derived anew.
"""

from __future__ import annotations

import json
import shutil
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import schemas
from pipeline.code import code_files, digest, stamps
from pipeline.problems import Severity
from pipeline.project import Project
from pipeline.whole import keep_if_possible
from pipeline.workdir import Workdir
from schemas.fields import Cell
from schemas.registry import Field, Table, table_of

FILE = "blueprint.json"
LINEAGE = "lineage.json"
"""What is kept of the code: this blueprint, and the lineage of joins."""

RELEASE = "release"
"""The part that is made of all the others before it."""

EXPLORER = "explorer"
"""The page of the latest release: made after it, and held up by nothing else."""


@dataclass(frozen=True)
class Part:
    """One thing that the pipeline makes: a table, the record of evidence, the release or its page.

    `deps` are the parts it is made from, `files` the files that people write it is read from, below the project's
    folder; `own` are the files of code that are only its own (model, SQL, plot), `code` is a digest of all that makes it.
    """

    name: str
    deps: tuple[str, ...]
    files: tuple[str, ...]
    own: tuple[str, ...]
    code: str


@dataclass(frozen=True)
class Rule:
    """One check that stands apart from the step that makes its table, made in the step of its group.

    `reads` are the parts it looks at, its own included.
    """

    group: str
    name: str
    table: str
    reads: tuple[str, ...]
    severity: Severity
    meaning: str
    code: str

    @property
    def label(self) -> str:
        """The rule as messages name it."""
        return f"{self.name} of {self.table}"


@dataclass(frozen=True)
class Blueprint:
    """All that the pipeline makes and checks. `code` is a digest of the whole code; parts stand in the order of their making."""

    code: str
    tables: Mapping[str, Table]
    parts: Mapping[str, Part]
    rules: tuple[Rule, ...]

    @property
    def written(self) -> dict[str, Table]:
        """The tables that people write."""
        return {name: table for name, table in self.tables.items() if table.layer != "published"}

    @property
    def joins(self) -> tuple[str, ...]:
        """The tables that have a SQL file in pipeline/joins."""
        return tuple(n for n in self.parts if n in self.tables and n not in self.written and n != "claim")


def blueprint(project: Project) -> Blueprint:
    """The blueprint of the code that this process began with, as it is kept or derived anew.

    Raises PipelineError where a join lacks its model, a model its join, or SQL is wrong.
    """
    if not _loaded:
        _loaded.append(_load(kept_in(project) / FILE))
    return _loaded[0]


# Code that changes while a process runs is not the code that the process runs.
_loaded: list[Blueprint] = []
_stamps: list[tuple[tuple[str, int, int], ...]] = []


def _load(path: Path) -> Blueprint:
    known = code_files()
    _stamps.append(stamps(known))
    code = digest(known, known)
    found = read_kept(path, code)
    if found is None:
        from pipeline.derive import derive

        found = derive(code, known)
        if is_current(found):
            keep(path, found)
    return found


def kept_in(project: Project) -> Path:
    """Where what derives from the code is kept: in the checkout that the code lies in or, where it is installed, the project."""
    checkout = Path(schemas.__path__[0]).parent
    return checkout / "build" if (checkout / "sources").is_dir() else project.build


def forget_kept(project: Project) -> None:
    """Drop what is kept of releases to save time, on the disk and in this process, so that it is made anew.

    What derives from the code alone stays, since it is kept under the digest of all of it.
    """
    from pipeline.cite.notes import forget

    shutil.rmtree(Workdir(project.build).kept, ignore_errors=True)
    forget()


def is_current(plan: Blueprint) -> bool:
    """Whether the code on the disk is still the code that a process began with."""
    known = code_files()
    if _stamps and _stamps[0] == stamps(known):
        return True
    return digest(known, known) == plan.code


def keep(path: Path, plan: Blueprint) -> None:
    """Keep a blueprint for later processes, where the disk takes it."""
    said = {
        "code": plan.code,
        "tables": [{n: v for n, v in asdict(t).items() if n != "columns"} for t in plan.tables.values()],
        "parts": [asdict(part) for part in plan.parts.values()],
        "rules": [asdict(rule) for rule in plan.rules],
    }
    keep_if_possible(path, json.dumps(said, ensure_ascii=False))


def read_kept(path: Path, code: str) -> Blueprint | None:
    """The blueprint kept for some code; None where there is none."""
    try:
        said = json.loads(path.read_text("utf-8"))
        if said["code"] != code:
            return None
        tables = [
            table_of(t["name"], t["layer"], t["description"], tuple(map(_field, t["fields"]))) for t in said["tables"]
        ]
        parts = [
            Part(p["name"], tuple(p["deps"]), tuple(p["files"]), tuple(p["own"]), p["code"]) for p in said["parts"]
        ]
        rules = tuple(Rule(**{**rule, "reads": tuple(rule["reads"])}) for rule in said["rules"])
        return Blueprint(code, {t.name: t for t in tables}, {p.name: p for p in parts}, rules)
    except (OSError, ValueError, KeyError, TypeError):
        return None


def _field(said: Mapping[str, Any]) -> Field:
    cell = Cell(**{**said["cell"], "references": tuple(said["cell"]["references"])})
    return Field(said["name"], said["description"], cell)
