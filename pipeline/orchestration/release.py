"""The release as an asset: its version, what changed and why, and where it lies."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import dagster as dg

from pipeline.blueprint import EXPLORER, RELEASE, Blueprint
from pipeline.fresh import Making, refuse_unready
from pipeline.made import read_made
from pipeline.orchestration.describe import OWNERS
from pipeline.orchestration.observed import file_key
from pipeline.orchestration.resource import Checkout
from pipeline.orchestration.run_metadata import counts
from pipeline.problems import PipelineError
from pipeline.project import Project
from pipeline.stores import store_of

if TYPE_CHECKING:
    from pipeline.publish import Release


_FILES = {
    "read about it": "README.md",
    "what changed": "csv/change.csv",
    "what it lists": "manifest.json",
    "as a workbook": "wb6.xlsx",
}
"""The files of a release that its metadata leads to, by what they are good for."""


def release_asset(plan: Blueprint) -> dg.AssetsDefinition:
    """The release: staged, verified and moved into the store, if anything changed."""
    part = plan.parts[RELEASE]

    @dg.asset(
        name=part.name,
        description="The immutable release of every table, as Parquet and CSV with metadata, in outputs/releases.",
        group_name="releases",
        kinds={"parquet", "csv", "excel"},
        owners=OWNERS["published"],
        deps=[file_key("dataset.yaml"), *part.deps],
        code_version=part.code,
        metadata={"dagster/uri": "outputs/latest"},
    )
    def build(checkout: Checkout) -> dg.MaterializeResult[None]:
        from pipeline.publish import publish

        project = checkout.project()
        refuse_lost(project)
        making = Making(project, plan, [part.name])
        refuse_unready(project, plan)
        done = publish(project, lambda: refuse_unready(project, plan))
        told = {**_told(done), "stored in": store_of(project).place(done.version)}
        making.keep({part.name: sum(done.rows.values())})
        return dg.MaterializeResult(metadata=told, data_version=dg.DataVersion(done.version))

    return build


def refuse_lost(project: Project) -> None:
    """Raise PipelineError where a release was published from here, and the store has none: most likely its disk is not mounted."""
    if store_of(project).versions() or not any(read_made(project, name) for name in (RELEASE, EXPLORER)):
        return
    what = "outputs holds no release, though one was published there"
    raise PipelineError(f"{what}; mount its disk again or, to begin anew, remove the folder build")


def _told(done: Release) -> dict[str, Any]:
    from pipeline.summary import classes_of_change

    classes = classes_of_change(done.folder) if done.published else []
    return {
        "version": done.version,
        "published": done.published,
        "changed tables": ", ".join(done.changed) or "none",
        "changes by class": counts(("class", "changes"), classes),
        "path": dg.MetadataValue.path(str(done.folder)),
        **{name: dg.MetadataValue.path(str(done.folder / file)) for name, file in _FILES.items()},
        "rows by table": counts(("table", "rows"), sorted(done.rows.items())),
        "dagster/row_count": sum(done.rows.values()),
    }
