"""The files that people write as Dagster knows them: an asset each, whose data version is the content last seen."""

from __future__ import annotations

from collections.abc import Iterator

import dagster as dg

from pipeline.blueprint import Blueprint
from pipeline.made import content
from pipeline.project import Project

DATASET = "dataset.yaml"


def file_key(name: str) -> dg.AssetKey:
    """The asset of a file in `sources/`."""
    return dg.AssetKey(["sources", name.split(".")[0]])


def observable(plan: Blueprint) -> list[str]:
    """The names of the files that have an asset."""
    return [*(table.file for table in plan.written.values()), DATASET]


def newly_seen(instance: dg.DagsterInstance, project: Project, plan: Blueprint) -> Iterator[dg.AssetObservation]:
    """An observation of each file whose content is not the one that an instance has seen last.

    What is made from a file is out of date in the UI once another content has been seen than it was made from.
    """
    for name in observable(plan):
        key, now = file_key(name), content(project.sources / name)
        last = instance.fetch_observations(key, limit=1).records
        seen = last[0].asset_observation if last else None
        if seen is None or seen.data_version != now:
            yield dg.AssetObservation(key, tags={"dagster/data_version": now})
