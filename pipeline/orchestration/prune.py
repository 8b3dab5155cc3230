"""Forgetting old runs, which Dagster itself never does: it purges ticks only (see dagster.yaml)."""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import dagster as dg
from dagster._core.storage.event_log.sqlite import SqliteEventLogStorage

from pipeline.definitions import defs

ENDED = [dg.DagsterRunStatus.SUCCESS, dg.DagsterRunStatus.FAILURE, dg.DagsterRunStatus.CANCELED]


@dataclass(frozen=True)
class Pruned:
    """How many old runs were forgotten, and how many stay since the latest of some asset or check is theirs."""

    forgotten: int
    kept: int


def prune(instance: dg.DagsterInstance, days: int, now: datetime.datetime, forget: bool = True) -> Pruned:
    """Forget the runs that ended and are older than some days, with their events and what they printed.

    The run that last made or observed an asset, or last evaluated a check, stays however old it is: what is fresh, and
    what needs no rebuild, is read from there. With `forget` false, runs are only counted.
    """
    before = now - datetime.timedelta(days=days)
    old = [run.run_id for run in instance.get_runs(dg.RunsFilter(statuses=ENDED, created_before=before))]
    latest = set(_latest(instance)) if old else set()
    chosen = [run_id for run_id in old if run_id not in latest]
    for run_id in chosen if forget else ():
        _forget(instance, run_id)
    return Pruned(len(chosen), len(old) - len(chosen))


def _latest(instance: dg.DagsterInstance) -> Iterator[str]:
    """The runs that hold the latest of anything."""
    for key in instance.all_asset_keys():
        made = instance.get_latest_materialization_event(key)
        if made:
            yield made.run_id
        for seen in instance.fetch_observations(key, limit=1).records:
            yield seen.event_log_entry.run_id
    checks = list(defs().resolve_asset_graph().asset_check_keys)
    for found in instance.event_log_storage.get_latest_asset_check_execution_by_key(checks).values():
        yield found.run_id


def _forget(instance: dg.DagsterInstance, run_id: str) -> None:
    instance.delete_run(run_id)
    instance.compute_log_manager.delete_logs(prefix=[run_id])
    storage = instance.event_log_storage
    if isinstance(storage, SqliteEventLogStorage):  # it keeps a file for each run, and leaves it there
        Path(storage.path_for_shard(run_id)).unlink(missing_ok=True)
