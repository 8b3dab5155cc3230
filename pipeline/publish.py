"""Publishing: an immutable release, staged beside the store, verified, renamed; `latest` moves last.

Planning (what changed, which version) is apart from the effects. A release that would change nothing is not made.
"""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pipeline.claims import COLUMNS as CLAIM_COLUMNS
from pipeline.dictionary import readme
from pipeline.diff import (
    Bump,
    SchemaChange,
    bump_of_rows,
    bump_of_schema,
    create_change_table,
    highest,
    next_version,
    schema_changes,
)
from pipeline.engine import Connection, connect, literal, quoted
from pipeline.files import sha256, write_csv, write_parquet
from pipeline.metadata import datapackage, manifest, shape, write_json
from pipeline.problems import PipelineError
from pipeline.project import Project, read_dataset
from pipeline.verify import faults, write_sums
from pipeline.workdir import Workdir
from schemas.registry import Table, tables


@dataclass(frozen=True)
class Previous:
    """The latest release: its folder and what its manifest lists. None of it is ever written."""

    folder: Path
    version: str
    tables: Mapping[str, Mapping[str, Any]]


@dataclass(frozen=True)
class Plan:
    """What a build changes against the latest release, and the version that makes it."""

    previous: Previous | None
    version: str
    bump: Bump
    schema: tuple[SchemaChange, ...]
    changed: tuple[str, ...]


@dataclass(frozen=True)
class Release:
    """What publishing did: the version that is now the latest, and whether it is new."""

    version: str
    folder: Path
    published: bool
    changed: tuple[str, ...]
    rows: Mapping[str, int]


def latest(project: Project) -> Previous | None:
    """The latest release, or None in an empty store. Raises PipelineError where `latest` leads nowhere."""
    link = project.outputs / "latest"
    if not link.is_symlink() and not link.exists():
        return None
    listed = link / "manifest.json"
    if not listed.is_file():
        raise PipelineError(
            f"outputs/latest leads to no release ({link.readlink()}); point it at a folder of outputs/releases"
        )
    said = json.loads(listed.read_text("utf-8"))
    return Previous(project.outputs / "releases" / said["version"], said["version"], said["tables"])


def publish(project: Project) -> Release:
    """Publish the tables in the build folder, if they differ from the latest release.

    Raises PipelineError where the staged release does not verify; the store is then as it was.
    """
    staging = project.outputs / "releases" / ".staging"
    shutil.rmtree(staging, ignore_errors=True)
    staging.mkdir(parents=True)
    published = tables()
    try:
        with connect(project.build) as con:
            rows = _stage_data(con, project, published, staging)
            plan = make_plan(con, project, published, staging)
            if plan.bump == "none" and plan.previous:
                return Release(plan.version, plan.previous.folder, False, (), rows)
            rows |= _stage_evidence(con, plan, published, staging)
            _stage_metadata(project, plan, published, rows, staging)
            wrong = faults(con, staging)
        if wrong:
            raise PipelineError("the staged release does not verify:\n" + "\n".join(wrong))
        folder = _move_in(project, staging, plan.version)
    finally:
        shutil.rmtree(staging, ignore_errors=True)
    return Release(plan.version, folder, True, plan.changed, rows)


def _stage_data(con: Connection, project: Project, published: Mapping[str, Table], staging: Path) -> dict[str, int]:
    """Write the CSV of every table but `claim` and `change`, which need the version; attach `claim` as `claim_now`."""
    names = [name for name in published if name != "change"]
    work = Workdir(project.build)
    work.attach(con, "tables", names)
    now = f"SELECT * FROM read_parquet({literal(work.path('tables', 'claim'))})"
    con.execute(f"CREATE VIEW claim_now AS {now}").fetchall()
    for name in names:
        if name != "claim":
            write_csv(con, published[name], staging)
    return _counts(con, names)


def _counts(con: Connection, names: Iterable[str]) -> dict[str, int]:
    counts = ", ".join(f"(SELECT count(*) FROM {quoted(name)})" for name in names)
    return dict(zip(names, con.execute(f"SELECT {counts}").fetchall()[0], strict=True))


def make_plan(con: Connection, project: Project, published: Mapping[str, Table], staging: Path) -> Plan:
    """Compare what is staged with the latest release. Attaches the latter as `old."<table>"`."""
    previous = latest(project)
    if previous is None:
        return Plan(None, next_version(None, "minor"), "minor", (), ())
    con.execute("CREATE SCHEMA old").fetchall()
    for name in previous.tables:
        path = previous.folder / "parquet" / f"{name}.parquet"
        con.execute(f"CREATE VIEW old.{quoted(name)} AS SELECT * FROM read_parquet({literal(path)})").fetchall()
    schema = schema_changes(previous.tables, shape(published))
    reshaped = {change.table for change in schema}
    kept = [n for n in published if n in previous.tables and n not in reshaped and n != "change"]
    changed = [n for n in kept if n != "claim" and sha256(staging / "csv" / f"{n}.csv") != previous.tables[n]["sha256"]]
    changed += ["claim"] if "claim" in kept and _claims_differ(con) else []
    bumps = [
        bump_of_rows(con, published[n], f"old.{quoted(n)}", "claim_now" if n == "claim" else quoted(n)) for n in changed
    ]
    bump = highest(bump_of_schema(schema), *bumps)
    return Plan(previous, next_version(previous.version, bump), bump, tuple(schema), (*changed, *sorted(reshaped)))


def _claims_differ(con: Connection) -> bool:
    columns = CLAIM_COLUMNS.removesuffix(", first_release")
    one, other = f"SELECT {columns} FROM old.claim", f"SELECT {columns} FROM claim_now"
    sql = f"SELECT count(*) FROM (({one} EXCEPT ALL {other}) UNION ALL ({other} EXCEPT ALL {one}))"
    return bool(con.execute(sql).fetchall()[0][0])


def _stage_evidence(con: Connection, plan: Plan, published: Mapping[str, Table], staging: Path) -> dict[str, int]:
    """Write `claim`, each claim with the release it first appeared in, `change`, and the Parquet of every table."""
    carried = (
        "SELECT claim_id, first_release FROM old.claim"
        if plan.previous
        else "SELECT '' AS claim_id, '' AS first_release"
    )
    columns = CLAIM_COLUMNS.removesuffix(", first_release").replace("claim_id", "n.claim_id", 1)
    con.execute("DROP VIEW claim").fetchall()
    con.execute(
        f"CREATE TABLE claim AS SELECT {columns}, coalesce(c.first_release, {literal(plan.version)}) AS first_release "
        f"FROM claim_now n LEFT JOIN ({carried}) c ON c.claim_id = n.claim_id"
    ).fetchall()
    shared: dict[str, set[str]] = {}
    if plan.previous:
        for name in plan.changed:
            if name in plan.previous.tables and name in published and published[name].layer != "published":
                shared[name] = {c["name"] for c in plan.previous.tables[name]["columns"]}
    create_change_table(con, published, list(plan.schema), shared)
    for name in ("claim", "change"):
        write_csv(con, published[name], staging)
    for table in published.values():
        write_parquet(con, table, staging)
    return _counts(con, ["claim", "change"])


def _stage_metadata(
    project: Project, plan: Plan, published: Mapping[str, Table], rows: Mapping[str, int], staging: Path
) -> None:
    dataset = read_dataset(project)
    previous = plan.previous.version if plan.previous else None
    write_json(staging / "manifest.json", manifest(project, dataset, published, rows, staging, plan.version, previous))
    write_json(staging / "datapackage.json", datapackage(dataset, published, staging, plan.version))
    (staging / "README.md").write_text(readme(dataset, published, rows, plan.version), "utf-8")
    shutil.copyfile(project.sources / "LICENSE", staging / "LICENSE")
    write_sums(staging)


def _move_in(project: Project, staging: Path, version: str) -> Path:
    """Give a staged release its name, then point `latest` at it; each step is whole or not at all."""
    folder = project.outputs / "releases" / version
    if folder.exists():
        raise PipelineError(
            f"{project.label(folder)} is there already and a release is never written again; move it away, or point outputs/latest at it"
        )
    for path in [*staging.rglob("*"), staging]:
        _sync(path)
    staging.rename(folder)
    _sync(folder.parent)
    link = project.outputs / ".latest"
    link.unlink(missing_ok=True)
    link.symlink_to(Path("releases") / version, target_is_directory=True)
    link.replace(project.outputs / "latest")
    _sync(project.outputs)
    return folder


def _sync(path: Path) -> None:
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
