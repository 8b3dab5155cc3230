"""The queue of runs: a request that another one waiting to start would answer is not queued again.

Named in dagster.yaml. Dagster's own limit keeps runs from going on at once; this keeps two requests that ask for the
same from being carried out one after the other, whether they come from the sensor, the schedule or people in the UI.
"""

from __future__ import annotations

from pathlib import Path

import dagster as dg
from dagster._core.run_coordinator import QueuedRunCoordinator, SubmitRunContext

from pipeline.orchestration.turn import turn

WAITING = [dg.DagsterRunStatus.QUEUED, dg.DagsterRunStatus.STARTING]


class OneWaiting(QueuedRunCoordinator[dg.DagsterInstance]):
    """Dagster's queue, in which no two waiting runs ask for the same.

    A run that waits has read nothing yet, so that it sees whatever changed before the later request. A run that has
    begun may not, so that a request made meanwhile is queued, and has its turn afterwards.
    """

    def submit_run(self, context: SubmitRunContext) -> dg.DagsterRun:
        """Queue a run, or cancel it where one that asks for the same waits already."""
        run = context.dagster_run
        with turn(Path(self._instance.root_directory) / "queue.lock"):
            waiting = self._waiting(run)
            if waiting is None:
                return super().submit_run(context)
            self._instance.report_run_canceled(
                run, message=f"Not needed: run {waiting.run_id} asks for the same and has not begun yet."
            )
        return self._instance.get_run_by_id(run.run_id) or run

    def _waiting(self, run: dg.DagsterRun) -> dg.DagsterRun | None:
        others = self._instance.get_runs(dg.RunsFilter(statuses=WAITING, job_name=run.job_name))
        return next((other for other in others if other.run_id != run.run_id and _asked(other) == _asked(run)), None)


def _asked(run: dg.DagsterRun) -> tuple[object, ...]:
    """What a run asks for, whoever asks."""
    return (
        run.job_name,
        run.asset_selection,
        run.asset_check_selection,
        run.op_selection,
        run.step_keys_to_execute,
        run.run_config,
    )
