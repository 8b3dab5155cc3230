"""The asset of the explorer: the page of the latest release."""

from __future__ import annotations

import dagster as dg

from pipeline.blueprint import EXPLORER, Blueprint
from pipeline.fresh import Making
from pipeline.orchestration.describe import OWNERS
from pipeline.orchestration.resource import Checkout


def explorer_asset(plan: Blueprint) -> dg.AssetsDefinition:
    """The page of the latest release: the release's own or, for one that has none, one made in the build folder."""
    part = plan.parts[EXPLORER]

    @dg.asset(
        name=part.name,
        description="The release as one page that opens from disk: map, timeline, strengths, threats, tables, claims.",
        group_name="releases",
        kinds={"html"},
        owners=OWNERS["published"],
        deps=list(part.deps),
        code_version=part.code,
        metadata={"dagster/uri": "outputs/latest/explorer.html"},
    )
    def build(checkout: Checkout) -> dg.MaterializeResult[None]:
        from pipeline.explorer.make import page_of
        from pipeline.made import latest_version

        project = checkout.project()
        making = Making(project, plan, [part.name])
        path = page_of(project)
        digest = making.keep({part.name: None})[part.name]
        return dg.MaterializeResult(
            metadata={
                "version": latest_version(project),
                "path": dg.MetadataValue.path(str(path)),
                "open it": dg.MetadataValue.url(path.as_uri()),
                "size in bytes": path.stat().st_size,
            },
            data_version=dg.DataVersion(digest),
        )

    return build
