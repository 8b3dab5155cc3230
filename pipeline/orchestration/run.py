"""Running the rebuild job once, from the command line, with progress."""

from __future__ import annotations

import os
import uuid
from collections.abc import Callable
from dataclasses import dataclass

import dagster as dg

from pipeline.blueprint import EXPLORER, RELEASE, blueprint
from pipeline.definitions import defs
from pipeline.engine import start_anew
from pipeline.fresh import Stale, everything, find_stale, in_a_line
from pipeline.made import latest_version
from pipeline.orchestration.automation import JOB
from pipeline.orchestration.resource import Checkout
from pipeline.orchestration.selection import selected
from pipeline.orchestration.turn import turn_to_build
from pipeline.problems import counted
from pipeline.project import Project
from pipeline.stores import have_at_hand


@dataclass(frozen=True)
class Outcome:
    """How a run ended: the latest version, whether it is new and what changed; and, where something failed, why.

    A run that failed before it came to the release, or was not to publish, has no version. One that failed after it has
    both: what it published stands.
    """

    version: str | None
    published: bool = False
    changed: str = ""
    failures: tuple[str, ...] = ()


def rebuild_once(
    project: Project, progress: Callable[[str], None] | None = None, full: bool = False, publishes: bool = True
) -> Outcome:
    """Make and check in this process what is out of date, or everything where a `full` rebuild is asked for.

    Where it is not to publish, all of that but the release and its page. Waits for another rebuild of the checkout to end
    first, since that may leave nothing to do.

    `progress` is given a line for what is to be done, for each asset made and each check failed. Uses the instance of
    DAGSTER_HOME where that is set, else one that is forgotten afterwards. Raises KeyboardInterrupt where a step ended by it.
    """
    tell = progress or (lambda _line: None)
    with turn_to_build(project, tell):
        start_anew()
        have_at_hand(project)
        plan = blueprint(project)
        stale = everything(plan) if full else find_stale(project, plan)
        if not publishes:
            stale = stale.without(RELEASE, EXPLORER)
        if not stale:
            return Outcome(latest_version(project))
        tell(in_a_line(stale, plan))
        return _run(project, stale, tell, publishes)


def _run(project: Project, stale: Stale, tell: Callable[[str], None], publishes: bool) -> Outcome:
    """Run the rebuild job on what is out of date."""
    reporter = _Reporter(tell, len(stale.parts))
    run_id = str(uuid.uuid4())
    home = os.environ.get("DAGSTER_HOME")
    with dg.DagsterInstance.get() if home else dg.DagsterInstance.ephemeral() as instance:
        instance.add_event_listener(run_id, reporter)
        result = _job_of(stale).execute_in_process(
            instance=instance,
            run_id=run_id,
            resources={"checkout": Checkout(root=str(project.root), in_turn=True)},
            run_config={"loggers": {"console": {"config": {"log_level": "CRITICAL"}}}},
            raise_on_error=False,
        )
    if reporter.interrupted:
        raise KeyboardInterrupt
    failures = () if result.success else tuple(reporter.failures) or ("a check failed",)
    if not publishes:
        return Outcome(None, failures=failures)
    if RELEASE not in stale.parts:
        return Outcome(latest_version(project), failures=failures)
    made = [e.materialization for e in result.get_asset_materialization_events()]
    said = next(
        ({n: v.value for n, v in m.metadata.items()} for m in made if m.asset_key == dg.AssetKey(RELEASE)), None
    )
    if said is None:
        return Outcome(None, failures=failures)
    published = bool(said["published"])
    return Outcome(str(said["version"]), published, str(said["changed tables"]) if published else "", failures)


def _job_of(stale: Stale) -> dg.JobDefinition:
    """The rebuild job, less what is up to date."""
    whole = defs().resolve_job_def(JOB)
    assets, checks = selected(stale, whole.asset_layer.asset_graph.asset_check_keys)
    return whole.get_subset(asset_selection=assets, asset_check_selection=checks)


class _Reporter:
    """Turns the events of a run into lines of progress, and keeps the reasons of failed steps, and whether Ctrl-C was one."""

    def __init__(self, progress: Callable[[str], None], total: int) -> None:
        self.progress = progress
        self.total = total
        self.made = 0
        self.failures: list[str] = []
        self.interrupted = False

    def __call__(self, entry: dg.EventLogEntry) -> None:
        event = entry.dagster_event
        if event is None:
            return
        if event.event_type == dg.DagsterEventType.ASSET_MATERIALIZATION:
            self.made += 1
            made = event.step_materialization_data.materialization
            rows = made.metadata.get("dagster/row_count")
            count = f"  {counted(int(str(rows.value)), 'row')}" if rows else ""
            self.progress(f"[{self.made:>2}/{self.total}] {made.asset_key.path[-1]}{count}")
        elif event.event_type == dg.DagsterEventType.ASSET_CHECK_EVALUATION:
            check = event.asset_check_evaluation_data
            if not check.passed:
                outcome = "failed" if check.severity == dg.AssetCheckSeverity.ERROR else "warns"
                self.progress(f"check {check.check_name} of {check.asset_key.path[-1]} {outcome}: {check.description}")
        elif event.event_type == dg.DagsterEventType.STEP_FAILURE:
            error, source = event.step_failure_data.error, event.step_failure_data.error_source
            self.interrupted |= source is not None and source.name == "INTERRUPT"
            cause = error.cause if error and error.cause else error
            self.failures.append(cause.message.strip().split(": ", 1)[-1] if cause else "a step failed")
