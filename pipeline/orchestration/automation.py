"""When to rebuild: by hand, every week, and when a source file has changed; and how old a table may be."""

from __future__ import annotations

import datetime
import hashlib

import dagster as dg

from pipeline.blueprint import blueprint
from pipeline.fresh import find_stale
from pipeline.made import content
from pipeline.orchestration.observed import newly_seen
from pipeline.orchestration.resource import Checkout
from pipeline.orchestration.selection import selected
from pipeline.stores import have_at_hand
from pipeline.stray import stray_files

JOB = "rebuild"
SECONDS_BETWEEN_LOOKS = 30
_STATUS = dg.DagsterRunStatus
UNDER_WAY = [_STATUS.QUEUED, _STATUS.STARTING, _STATUS.STARTED, _STATUS.CANCELING]

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
    """Ask once per state of the sources folder for what that state makes out of date, and for nothing else.

    While a rebuild waits or goes on, what is out of date is about to change: then the next look asks.
    """
    project = checkout.project()
    have_at_hand(project)
    plan = blueprint(project)
    strays = {stray.file for stray in stray_files(project, plan.written)}
    files = sorted(strays.union(*(part.files for part in plan.parts.values())))
    state = hashlib.sha256("\n".join(f"{file} {content(project.path(file))}" for file in files).encode()).hexdigest()
    if state == context.cursor:
        return dg.SkipReason("no source file has changed")
    if context.instance.get_runs(dg.RunsFilter(statuses=UNDER_WAY), limit=1):
        return dg.SkipReason("a run is waiting or going on; what it does not see is asked for after it")
    whole = context.repository_def
    if whole is None:
        raise dg.DagsterInvariantViolationError(
            "the sensor looks at the assets of its code location, and was given none"
        )
    seen = list(newly_seen(context.instance, project, plan))
    stale = find_stale(project, plan)
    if not stale:
        why = "the release is made from the files as they are"
        return dg.SensorResult(skip_reason=why, cursor=state, asset_events=seen)
    assets, checks = selected(stale, whole.asset_graph.asset_check_keys)
    request = dg.RunRequest(asset_selection=sorted(assets), asset_check_keys=sorted(checks))
    return dg.SensorResult([request], cursor=state, asset_events=seen)


changed_sources = dg.sensor(
    name="changed_sources",
    job=rebuild,
    minimum_interval_seconds=SECONDS_BETWEEN_LOOKS,
    description="Rebuild what a changed file in sources/ makes out of date.",
)(ask_where_changed)


def with_freshness(spec: dg.AssetSpec) -> dg.AssetSpec:
    """An asset that is expected to be made anew each week: late two hours after Monday's rebuild, overdue a day later."""
    week = datetime.timedelta(weeks=1)
    policy = dg.FreshnessPolicy.time_window(
        warn_window=week + datetime.timedelta(hours=2), fail_window=week + datetime.timedelta(days=1)
    )
    fresh: dg.AssetSpec = dg.apply_freshness_policy(spec, policy)
    return fresh
