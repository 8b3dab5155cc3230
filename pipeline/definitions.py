"""Dagster's door: every asset, check, job, schedule and sensor of the project."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import dagster as dg

from pipeline.engine import Connection, connect
from pipeline.orchestration.automation import changed_sources, rebuild, weekly
from pipeline.orchestration.explorer import explorer_asset
from pipeline.orchestration.files import observed_files
from pipeline.orchestration.published import claim_asset, evidence_asset, join_asset, release_asset
from pipeline.orchestration.resource import Checkout
from pipeline.orchestration.substance import substance_asset_checks
from pipeline.orchestration.tables import across_checks, table_assets
from pipeline.problems import PipelineError
from pipeline.project import Project
from pipeline.sqlfiles import named, sql_files, tables_read
from pipeline.substance import substance_checks, tables_looked_at
from schemas.registry import Table, tables


def _check_pairs(known: Mapping[str, Table], files: Mapping[str, Path]) -> None:
    """Raise PipelineError for a join without a model, or a published model without a join."""
    computed = {name for name, t in known.items() if t.layer == "published"} - {"claim", "change"}
    lacking = [f"pipeline/joins/{n}.sql has no model; add a class to schemas/{n}.py" for n in files.keys() - computed]
    lacking += [f"schemas/{n}.py has no join; add pipeline/joins/{n}.sql" for n in computed - files.keys()]
    if lacking:
        raise PipelineError("\n".join(sorted(lacking)))


def _reads(con: Connection, known: Mapping[str, Table], path: Path) -> list[str]:
    """The tables that a join reads. Raises PipelineError where one of them is no table."""
    reads = sorted(tables_read(con, path))
    strangers = [name for name in reads if name not in known]
    if strangers:
        raise PipelineError(f"{named(path)} reads {', '.join(strangers)}, which is no table; mend the SQL")
    return reads


@dg.definitions
def defs() -> dg.Definitions:
    """The whole project, derived from the models in schemas/ and the SQL in pipeline/joins/ and pipeline/checks/."""
    known = tables()
    written = [t for t in known.values() if t.layer != "published"]
    claims = [t.name for t in written]
    files = sql_files(Project.here().joins)
    _check_pairs(known, files)
    with connect(Project.here().build) as con:
        joins = [join_asset(known[name], _reads(con, known, path)) for name, path in files.items()]
        substance = {c: tables_looked_at(con, [c]).names for c in substance_checks(Project.here().checks)}
    return dg.Definitions(
        assets=[
            observed_files(written),
            table_assets(written),
            evidence_asset(claims),
            claim_asset(known["claim"], claims),
            *joins,
            release_asset([*claims, "claim", *files]),
            explorer_asset(),
        ],
        asset_checks=[across_checks([t for t in written if t.layer == "source"]), substance_asset_checks(substance)],
        jobs=[rebuild],
        schedules=[weekly],
        sensors=[changed_sources],
        resources={"checkout": Checkout()},
        executor=dg.in_process_executor,
    )
