"""Running the rebuild job once, from the command line, with progress."""

from __future__ import annotations

import logging
import os
import uuid
from collections.abc import Callable
from contextlib import ExitStack
from dataclasses import dataclass

import dagster as dg

from pipeline.definitions import defs
from pipeline.orchestration.automation import JOB
from pipeline.orchestration.resource import Checkout
from pipeline.project import Project


@dataclass(frozen=True)
class Outcome:
    """How a run ended: the latest version, whether it is new and what changed; or, where it failed, why."""

    version: str | None
    published: bool = False
    changed: str = ""
    failures: tuple[str, ...] = ()


def rebuild_once(project: Project, progress: Callable[[str], None] | None = None) -> Outcome:
    """Run every asset and check in this process; `progress` is given a line for each asset made and each check failed.

    Uses the instance of DAGSTER_HOME where that is set, else one that is forgotten afterwards.
    """
    job = defs().resolve_job_def(JOB)
    reporter = _Reporter(progress, len(list(job.asset_layer.executable_asset_keys)))
    run_id = str(uuid.uuid4())
    with ExitStack() as stack:
        home = os.environ.get("DAGSTER_HOME")
        instance = stack.enter_context(dg.DagsterInstance.get() if home else dg.DagsterInstance.ephemeral())
        instance.add_event_listener(run_id, reporter)
        result = job.execute_in_process(
            instance=instance,
            run_id=run_id,
            resources={"checkout": Checkout(root=str(project.root))},
            run_config={"loggers": {"console": {"config": {"log_level": "CRITICAL"}}}},
            raise_on_error=False,
        )
    if not result.success:
        return Outcome(None, failures=tuple(reporter.failures))
    release = next(
        m for e in result.get_asset_materialization_events() if (m := e.materialization).asset_key.path == ["release"]
    )
    said = {name: value.value for name, value in release.metadata.items()}
    return Outcome(str(said["version"]), bool(said["published"]), str(said["changed tables"]))


class _Reporter:
    """Turns the events of a run into lines of progress, and keeps the reasons of failed steps."""

    def __init__(self, progress: Callable[[str], None] | None, total: int) -> None:
        self.progress = progress or (lambda _line: None)
        self.total = total
        self.made = 0
        self.failures: list[str] = []

    def __call__(self, entry: dg.EventLogEntry) -> None:
        event = entry.dagster_event
        if event is None:
            if isinstance(entry.level, int) and entry.level >= logging.WARNING:
                self.progress(entry.user_message)
            return
        if event.event_type == dg.DagsterEventType.ASSET_MATERIALIZATION:
            self.made += 1
            made = event.step_materialization_data.materialization
            rows = made.metadata.get("dagster/row_count")
            count = f"  {rows.value} rows" if rows else ""
            self.progress(f"[{self.made:>2}/{self.total}] {made.asset_key.path[-1]}{count}")
        elif event.event_type == dg.DagsterEventType.ASSET_CHECK_EVALUATION:
            check = event.asset_check_evaluation_data
            if not check.passed:
                outcome = "failed" if check.severity == dg.AssetCheckSeverity.ERROR else "warns"
                self.progress(f"check {check.check_name} of {check.asset_key.path[-1]} {outcome}: {check.description}")
        elif event.event_type == dg.DagsterEventType.STEP_FAILURE:
            error = event.step_failure_data.error
            cause = error.cause if error and error.cause else error
            self.failures.append(cause.message.strip().split(": ", 1)[-1] if cause else "a step failed")
