"""When to rebuild: by hand, every week, and when a source file has changed; and how old a table may be."""

from __future__ import annotations

import datetime
import hashlib

import dagster as dg

from pipeline.orchestration.files import content_version
from pipeline.orchestration.resource import Checkout

JOB = "rebuild"
SECONDS_BETWEEN_LOOKS = 30

rebuild = dg.define_asset_job(
    JOB,
    selection=dg.AssetSelection.all() - dg.AssetSelection.key_prefixes("sources"),
    executor_def=dg.in_process_executor,
    description="Read, validate, weigh and join every source, and publish a release if anything changed.",
)

weekly = dg.ScheduleDefinition(
    name="weekly", job=rebuild, cron_schedule="0 6 * * 1", execution_timezone="UTC", description="Monday, 6:00 UTC."
)


def ask_where_changed(context: dg.SensorEvaluationContext, checkout: Checkout) -> dg.SensorResult | dg.SkipReason:
    """Ask for one rebuild per state of the sources folder."""
    folder = checkout.project().sources
    files = sorted(path for path in folder.iterdir() if path.suffix in (".csv", ".json", ".yaml"))
    state = hashlib.sha256("\n".join(f"{p.name} {content_version(p)}" for p in files).encode()).hexdigest()
    if state == context.cursor:
        return dg.SkipReason("no source file has changed")
    return dg.SensorResult(run_requests=[dg.RunRequest()], cursor=state)


changed_sources = dg.sensor(
    name="changed_sources",
    job=rebuild,
    minimum_interval_seconds=SECONDS_BETWEEN_LOOKS,
    description="Rebuild when a file in sources/ has changed.",
)(ask_where_changed)


def with_freshness(spec: dg.AssetSpec) -> dg.AssetSpec:
    """An asset that is expected to be made anew each week: late two hours after Monday's rebuild, overdue a day later."""
    week = datetime.timedelta(weeks=1)
    policy = dg.FreshnessPolicy.time_window(
        warn_window=week + datetime.timedelta(hours=2), fail_window=week + datetime.timedelta(days=1)
    )
    fresh: dg.AssetSpec = dg.apply_freshness_policy(spec, policy)
    return fresh
