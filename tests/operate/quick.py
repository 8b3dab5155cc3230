"""The project's definitions with the sensor looking every few seconds and the schedule, once it is switched on, due every minute."""

from __future__ import annotations

import dagster as dg

from pipeline import definitions
from pipeline.orchestration.automation import ask_where_changed, rebuild


@dg.definitions
def defs() -> dg.Definitions:
    """As deployed, but for the pace."""
    whole = definitions.defs()
    sensor = dg.sensor(
        name="changed_sources",
        job=rebuild,
        minimum_interval_seconds=2,
        default_status=dg.DefaultSensorStatus.RUNNING,
    )(ask_where_changed)
    minutely = dg.ScheduleDefinition(name="minutely", job=rebuild, cron_schedule="* * * * *")
    return dg.Definitions(
        assets=whole.assets,
        asset_checks=whole.asset_checks,
        jobs=whole.jobs,
        schedules=[minutely],
        sensors=[sensor],
        resources=whole.resources,
        executor=whole.executor,
    )
