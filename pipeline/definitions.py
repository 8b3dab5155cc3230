"""Dagster's door: every asset, check, job, schedule and sensor of the project."""

from __future__ import annotations

import dagster as dg

from pipeline.blueprint import blueprint
from pipeline.orchestration.across import across_checks
from pipeline.orchestration.automation import changed_sources, rebuild, weekly, with_freshness
from pipeline.orchestration.conflicts import conflict_check
from pipeline.orchestration.current import current_check
from pipeline.orchestration.evidence import claim_asset, evidence_asset
from pipeline.orchestration.explorer import explorer_asset
from pipeline.orchestration.files import observed_files
from pipeline.orchestration.joins import join_assets
from pipeline.orchestration.release import release_asset
from pipeline.orchestration.resource import Checkout
from pipeline.orchestration.substance import substance_asset_checks
from pipeline.orchestration.tables import table_assets
from pipeline.project import Project


@dg.definitions
def defs() -> dg.Definitions:
    """The whole project, in the order of the way of a fact, from the blueprint that models and SQL give."""
    plan = blueprint(Project.here())
    made = [
        table_assets(plan),
        evidence_asset(plan),
        claim_asset(plan),
        *join_assets(plan),
        release_asset(plan),
        explorer_asset(plan),
    ]
    return dg.Definitions(
        assets=[observed_files(list(plan.written.values())), *dg.map_asset_specs(with_freshness, made)],
        asset_checks=[
            across_checks(plan),
            substance_asset_checks(plan),
            conflict_check(plan),
            current_check(plan),
        ],
        jobs=[rebuild],
        schedules=[weekly],
        sensors=[changed_sources],
        resources={"checkout": Checkout()},
        executor=dg.in_process_executor,
    )
