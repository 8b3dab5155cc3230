"""Dagster's door: every asset, check, job, schedule and sensor of the project."""

from __future__ import annotations

import dagster as dg

from pipeline.engine import connect
from pipeline.join import join_files, tables_read
from pipeline.orchestration.automation import changed_sources, rebuild, weekly
from pipeline.orchestration.files import observed_files
from pipeline.orchestration.published import claim_asset, evidence_asset, join_asset, release_asset
from pipeline.orchestration.resource import Checkout
from pipeline.orchestration.tables import across_checks, table_assets
from pipeline.problems import PipelineError
from pipeline.project import Project
from schemas.registry import tables


@dg.definitions
def defs() -> dg.Definitions:
    """The whole project, derived from the models in schemas/ and the SQL in pipeline/joins/."""
    known = tables()
    written = [t for t in known.values() if t.layer != "published"]
    claims = [t.name for t in written]
    files = join_files(Project.here().joins)
    unknown = files.keys() - known.keys()
    if unknown:
        raise PipelineError(f"pipeline/joins/{min(unknown)}.sql has no model; add a class to schemas/{min(unknown)}.py")
    with connect() as con:
        joins = [join_asset(known[name], sorted(tables_read(con, path))) for name, path in files.items()]
    return dg.Definitions(
        assets=[
            observed_files(written),
            table_assets(written),
            evidence_asset(claims),
            claim_asset(known["claim"], claims),
            *joins,
            release_asset([*claims, "claim", *files]),
        ],
        asset_checks=[across_checks([t for t in written if t.layer == "source"])],
        jobs=[rebuild],
        schedules=[weekly],
        sensors=[changed_sources],
        resources={"checkout": Checkout()},
        executor=dg.in_process_executor,
    )
