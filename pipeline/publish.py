"""Publishing: what a release holds, staged beside the store and verified; `pipeline.store` then moves it in.

A release that would change nothing is not made.
"""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pipeline.conform import nonconformities
from pipeline.dataset import read_dataset
from pipeline.dictionary import readme
from pipeline.diff import SchemaChange, add_dataset_changes, create_change_table, schema_changes
from pipeline.disk import tells_of_the_disk
from pipeline.engine import Connection, connect, literal, quoted
from pipeline.files import sha256, write_csv, write_parquet
from pipeline.lineage import listed_lineage
from pipeline.metadata import about_dataset, footer, manifest, shape, write_json
from pipeline.problems import PipelineError
from pipeline.project import Project
from pipeline.record import record_path
from pipeline.standards.staged import Staged
from pipeline.standards.write import write_descriptions
from pipeline.store import alone, mend, move_in, staging
from pipeline.verify import faults, sum_faults, write_sums
from pipeline.version import Bump, bump_of_rows, bump_of_schema, highest, next_version
from pipeline.workdir import Workdir
from schemas.registry import Table, tables, written


@dataclass(frozen=True)
class Previous:
    """The latest release: its folder and what its manifest lists. None of it is ever written."""

    folder: Path
    version: str
    tables: Mapping[str, Mapping[str, Any]]
    about: Mapping[str, Any]


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
    """What publishing did: the version that is now the latest, and whether it became so."""

    version: str
    folder: Path
    published: bool
    changed: tuple[str, ...]
    rows: Mapping[str, int]


def latest(project: Project) -> Previous | None:
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
    contents = json.loads((folder / "manifest.json").read_text("utf-8"))
    if contents["version"] != folder.name:
        raise PipelineError(
            f"outputs/latest leads to {folder.name}, which says it is {contents['version']}; restore it"
        )
    return Previous(folder, contents["version"], contents["tables"], contents["dataset"])


@tells_of_the_disk
def publish(project: Project) -> Release:
    """Publish the tables in the build folder, if they differ from the latest release.

    First finishes what a killed run began. Raises PipelineError where a source changed since it was read, where another
    publisher is at work, where the staged release does not verify, or where the disk refuses; the latest release then
    stands as it was.
    """
    with alone(project.outputs), staging(project.outputs) as folder:
        return _publish(project, folder)


def _publish(project: Project, staged: Path) -> Release:
    published = tables()
    dataset, sources = read_dataset(project), _snapshot(project)
    about = about_dataset(project, dataset)
    with connect(project.build) as con:
        mended = mend(con, project.outputs)
        rows = _stage_csv(con, project, published, staged)
        plan = make_plan(con, project, published, about, staged)
        if plan.bump == "none" and plan.previous:
            return Release(plan.version, plan.previous.folder, mended, (), rows)
        rows |= _stage_evidence(con, plan, published, about, staged)
        for table in published.values():
            write_parquet(con, table, staged, footer(dataset, plan.version))
        previous = plan.previous.version if plan.previous else None
        listed = manifest(about, published, rows, sources, staged, plan.version, previous)
        listed["lineage"] = listed_lineage(project)
        _stage_metadata(
            project, Staged(staged, dataset, published, rows, plan.version, Workdir(project.build).sheets), listed
        )
        wrong = faults(con, staged)
        if wrong:
            raise PipelineError("the staged release does not verify:\n" + "\n".join(wrong))
        _snapshot(project)  # another run may have read changed sources into the build folder meanwhile
        folder = move_in(project.outputs, staged, plan.version)
    return Release(plan.version, folder, True, plan.changed, rows)


def _snapshot(project: Project) -> dict[str, str]:
    """The digest of every file the tables were read from. Raises PipelineError where one has changed since."""
    work = Workdir(project.build)
    digests = {}
    for name, table in written().items():
        path = project.sources / table.file
        digests[project.label(path)] = work.stamp(name).read_text("utf-8") if work.stamp(name).is_file() else ""
        if not path.is_file() or sha256(path) != digests[project.label(path)]:
            raise PipelineError(f"{project.label(path)} has changed since it was read; run wb6 release again")
    for path in (project.sources / "dataset.yaml", record_path(project)):
        if path.is_file():
            digests[project.label(path)] = sha256(path)
    return dict(sorted(digests.items()))


def _stage_csv(con: Connection, project: Project, published: Mapping[str, Table], staging: Path) -> dict[str, int]:
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


def make_plan(
    con: Connection, project: Project, published: Mapping[str, Table], about: Mapping[str, Any], staging: Path
) -> Plan:
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
    described: Bump = "none" if dict(previous.about) == dict(about) else "patch"
    bump = highest(bump_of_schema(schema), described, *bumps)
    named = (*changed, *sorted(reshaped), *(["dataset.yaml"] if described == "patch" else []))
    return Plan(previous, next_version(previous.version, bump), bump, tuple(schema), named)


def _claim_columns() -> list[str]:
    return [c.name for c in tables()["claim"].columns if c.name != "first_release"]


def _claims_differ(con: Connection) -> bool:
    columns = ", ".join(_claim_columns())
    one, other = f"SELECT {columns} FROM old.claim", f"SELECT {columns} FROM claim_now"
    sql = f"SELECT count(*) FROM (({one} EXCEPT ALL {other}) UNION ALL ({other} EXCEPT ALL {one}))"
    return bool(con.execute(sql).fetchall()[0][0])


def _stage_evidence(
    con: Connection, plan: Plan, published: Mapping[str, Table], about: Mapping[str, Any], staging: Path
) -> dict[str, int]:
    """Write the CSV of `claim`, each claim with the release it first appeared in, and of `change`."""
    carried = (
        "SELECT claim_id, first_release FROM old.claim"
        if plan.previous
        else "SELECT '' AS claim_id, '' AS first_release"
    )
    columns = ", ".join(f"n.{name}" for name in _claim_columns())
    con.execute("DROP VIEW claim").fetchall()
    con.execute(
        f"CREATE TABLE claim AS SELECT {columns}, coalesce(c.first_release, {literal(plan.version)}) AS first_release "
        f"FROM claim_now n LEFT JOIN ({carried}) c ON c.claim_id = n.claim_id"
    ).fetchall()
    create_change_table(con, published, list(plan.schema), _comparable(plan, published))
    add_dataset_changes(con, plan.previous.about if plan.previous else about, about)
    for name in ("claim", "change"):
        wrong = nonconformities(con, published[name])
        if wrong:
            raise PipelineError("\n".join(wrong))
        write_csv(con, published[name], staging)
    return _counts(con, ["claim", "change"])


def _comparable(plan: Plan, published: Mapping[str, Table]) -> dict[str, set[str]]:
    """The changed tables that people write whose key is as it was, each with the columns that both releases have."""
    if plan.previous is None:
        return {}
    shared = {}
    for name in plan.changed:
        if name in plan.previous.tables and name in written():
            before = {c["name"]: c["type"] for c in plan.previous.tables[name]["columns"]}
            same = {c.name for c in published[name].columns if before.get(c.name) == c.type}
            keys = {c.name for c in published[name].columns if c.field in published[name].key}
            if tuple(plan.previous.tables[name]["key"]) == published[name].key and keys <= same:
                shared[name] = same
    return shared


def _stage_metadata(project: Project, staged: Staged, listed: Mapping[str, Any]) -> None:
    """Write what the release says of itself, its licence and its checksums; `listed` is its manifest."""
    folder = staged.folder
    write_json(folder / "manifest.json", listed)
    (folder / "README.md").write_text(
        readme(staged.dataset, staged.tables, staged.rows, staged.version, listed["lineage"]), "utf-8"
    )
    shutil.copyfile(project.sources / "LICENSE", folder / "LICENSE")
    write_descriptions(staged)
    write_sums(folder)
