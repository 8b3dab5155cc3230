"""The release as an asset: its version, what changed and why, and where it lies."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import dagster as dg

from pipeline.blueprint import RELEASE, Blueprint
from pipeline.fresh import Making, refuse_unready
from pipeline.orchestration.describe import OWNERS
from pipeline.orchestration.observed import file_key
from pipeline.orchestration.resource import Checkout
from pipeline.orchestration.run_metadata import counts
from pipeline.problems import PipelineError
from pipeline.project import Project
from pipeline.stores import store_of
from pipeline.whole import keep_if_possible

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
        keep_if_possible(_told_of(project), str(project.outputs_at))
        told = {**_told(done), "stored in": store_of(project).place(done.version)}
        making.keep({part.name: sum(done.rows.values())})
        return dg.MaterializeResult(metadata=told, data_version=dg.DataVersion(done.version))

    return build


def refuse_lost(project: Project) -> None:
    """Raise PipelineError where the store that was last published to has no release: most likely its disk is not mounted."""
    kept = _told_of(project)
    if not kept.is_file() or kept.read_text("utf-8") != str(project.outputs_at) or store_of(project).versions():
        return
    what = "outputs holds no release, though one was published there"
    raise PipelineError(f"{what}; mount its disk again or, to begin anew, remove the folder build")


def _told_of(project: Project) -> Path:
    """Where it is kept to which store was published last."""
    return project.build / "made" / "store"


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
