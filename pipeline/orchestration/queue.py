"""The queue of runs: a request that another one waiting to start would answer is not queued again.

Named in dagster.yaml. Dagster's own limit keeps runs from going on at once; this keeps requests that ask for the same
from being carried out one after the other, whether they come from the sensor, the schedule or people in the UI.
"""

from __future__ import annotations

from pathlib import Path

import dagster as dg
from dagster._core.run_coordinator import QueuedRunCoordinator, SubmitRunContext
from dagster._core.storage.event_log import SqlEventLogStorage
from dagster._core.storage.event_log.schema import AssetCheckExecutionsTable

from pipeline.orchestration.turn import turn

WAITING = [dg.DagsterRunStatus.QUEUED, dg.DagsterRunStatus.STARTING]


class OneWaiting(QueuedRunCoordinator[dg.DagsterInstance]):
    """Dagster's queue, in which no run waits for what another one that waits will make.

    A run that waits has read nothing yet, so that it sees whatever changed before the later request. A run that has
    begun may not, so that a request made meanwhile is queued, and has its turn afterwards.
    """

    def submit_run(self, context: SubmitRunContext) -> dg.DagsterRun:
        """Queue a run, or cancel it where one that makes all that it asks for waits already."""
        run = context.dagster_run
        with turn(Path(self._instance.root_directory) / "queue.lock"):
            waiting = self._waiting(run)
            if waiting is None:
                return super().submit_run(context)
            self._unplan(run)
            self._instance.report_run_canceled(
                run, message=f"Not needed: run {waiting.run_id} asks for the same and has not begun yet."
            )
        return self._instance.get_run_by_id(run.run_id) or run

    def _unplan(self, run: dg.DagsterRun) -> None:
        """Take back what a run that will not begin was to evaluate: the UI shows a check by the run that planned it last."""
        storage = self._instance.event_log_storage
        if isinstance(storage, SqlEventLogStorage):
            with storage.index_connection() as con:
                table = AssetCheckExecutionsTable
                con.execute(table.delete().where(table.c.run_id == run.run_id))

    def _waiting(self, run: dg.DagsterRun) -> dg.DagsterRun | None:
        """A run that waits and makes all that another one asks for, whatever job that is of."""
        wanted = self._wanted(run)
        others = self._instance.get_runs(dg.RunsFilter(statuses=WAITING)) if wanted else []
        return next(
            (
                other
                for other in others
                if other.run_id != run.run_id and other.run_config == run.run_config and wanted <= self._wanted(other)
            ),
            None,
        )

    def _wanted(self, run: dg.DagsterRun) -> frozenset[dg.AssetKey | dg.AssetCheckKey]:
        """The assets and checks that a run asks for: what its plan would make, however it was asked."""
        if run.execution_plan_snapshot_id is None:
            return frozenset()
        plan = self._instance.get_execution_plan_snapshot(run.execution_plan_snapshot_id)
        told = [
            o.properties for s in plan.steps if s.key in plan.step_keys_to_execute for o in s.outputs if o.properties
        ]
        return frozenset(key for one in told for key in (one.asset_key, one.asset_check_key) if key)
