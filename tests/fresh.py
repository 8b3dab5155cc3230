"""What tests of rebuilds share."""

from __future__ import annotations

import dagster as dg

from pipeline.blueprint import Blueprint, blueprint
from pipeline.definitions import defs
from pipeline.orchestration.automation import JOB
from pipeline.orchestration.resource import Checkout
from pipeline.project import Project
from tests.conftest import ROOT


def plan() -> Blueprint:
    """The blueprint of this code."""
    return blueprint(Project(ROOT))


def execute(project: Project, instance: dg.DagsterInstance) -> dg.ExecuteInProcessResult:
    """Run the whole job on a project."""
    job = defs().resolve_job_def(JOB)
    resources = {"checkout": Checkout(root=str(project.root))}
    return job.execute_in_process(instance=instance, resources=resources, raise_on_error=False)


def downstream(*names: str) -> list[str]:
    """The assets themselves and all that the graph has below them."""
    graph = defs().resolve_asset_graph()
    found, waiting = set(), [dg.AssetKey(name.split("/")) for name in names]
    while waiting:
        key = waiting.pop()
        if key not in found:
            found.add(key)
            waiting += graph.get(key).child_keys
    return sorted(key.to_user_string() for key in found)


def materialized(instance: dg.DagsterInstance, run_id: str) -> list[str]:
    """The assets that a run made."""
    logged = instance.all_logs(run_id, of_type=dg.DagsterEventType.ASSET_MATERIALIZATION)
    events = [entry.dagster_event for entry in logged]
    return sorted(event.asset_key.to_user_string() for event in events if event and event.asset_key)
