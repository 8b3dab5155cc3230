"""What a build would publish: how it differs from the latest release, and the version that makes it."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from pipeline.diff.side import Side, attach
from pipeline.engine import Connection
from pipeline.files import sha256
from pipeline.problems import PipelineError
from pipeline.project import Project
from pipeline.verify.sums import sum_faults
from pipeline.version import Reason, highest, next_version, reasons
from schemas.registry import Table


@dataclass(frozen=True)
class Plan:
    """A build (`new`) against the latest release (`old`, None in an empty store), and why it is another version."""

    old: Side | None
    new: Side
    reasons: tuple[Reason, ...]

    @property
    def publishes(self) -> bool:
        """Whether there is anything to publish."""
        return self.old is None or bool(self.reasons)

    @property
    def changed(self) -> tuple[str, ...]:
        """The tables, or files of sources, that differ."""
        return tuple(dict.fromkeys(sorted(reason.subject for reason in self.reasons)))


def latest(project: Project) -> Path | None:
    """The latest release, or None in an empty store. Raises PipelineError where `latest` leads nowhere or is damaged."""
    link = project.outputs / "latest"
    if not link.is_symlink():
        if link.exists():
            raise PipelineError("outputs/latest is no link; move it away, and point a link of that name at a release")
        return None
    folder = link.resolve()
    if not (folder / "manifest.json").is_file():
        raise PipelineError("outputs/latest leads to no release; point it at a folder of outputs/releases")
    wrong = sum_faults(folder)
    if wrong:
        listed = "\n".join(wrong)
        raise PipelineError(f"outputs/latest is not as it was published; restore it from the repository:\n{listed}")
    said = json.loads((folder / "manifest.json").read_text("utf-8"))["version"]
    if said != folder.name:
        raise PipelineError(f"outputs/latest leads to {folder.name}, which says it is {said}; restore it")
    return folder


def make_plan(
    con: Connection, project: Project, tables: Mapping[str, Table], about: Mapping[str, Any], staged: Path
) -> Plan:
    """Compare the tables in the engine, whose CSV is staged, with the latest release. Attaches the latter as `old`."""
    digests = {name: sha256(path) for name in tables if (path := staged / "csv" / f"{name}.csv").is_file()}
    folder = latest(project)
    if folder is None:
        return Plan(None, Side("main", next_version(None, "minor"), tables, about, digests), ())
    old, new = attach(con, folder, "old"), Side("main", "", tables, about, digests)
    found = reasons(con, old, new)
    return Plan(old, replace(new, version=next_version(old.version, highest(found))), tuple(found))
