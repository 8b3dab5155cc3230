"""When to rebuild: by hand, every week, and when a source file has changed."""

from __future__ import annotations

import hashlib

import dagster as dg

from pipeline.orchestration.files import content_version
from pipeline.orchestration.resource import Checkout

JOB = "rebuild"

rebuild = dg.define_asset_job(
    JOB,
    selection=dg.AssetSelection.all() - dg.AssetSelection.groups("sources"),
    executor_def=dg.in_process_executor,
    description="Read, validate, weigh and join every source, and publish a release if anything changed.",
)

weekly = dg.ScheduleDefinition(
    name="weekly", job=rebuild, cron_schedule="0 6 * * 1", execution_timezone="UTC", description="Monday, 6:00 UTC."
)


@dg.sensor(job=rebuild, minimum_interval_seconds=60, description="Rebuild when a file in sources/ has changed.")
def changed_sources(context: dg.SensorEvaluationContext, checkout: Checkout) -> dg.SensorResult | dg.SkipReason:
    """Ask for one rebuild per state of the sources folder."""
    folder = checkout.project().sources
    files = sorted(path for path in folder.iterdir() if path.suffix in (".csv", ".json", ".yaml"))
    state = hashlib.sha256("\n".join(f"{p.name} {content_version(p)}" for p in files).encode()).hexdigest()
    if state == context.cursor:
        return dg.SkipReason("no source file has changed")
    return dg.SensorResult(run_requests=[dg.RunRequest()], cursor=state)
