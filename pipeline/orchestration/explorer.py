"""The asset of the explorer: the page of the latest release."""

from __future__ import annotations

import dagster as dg

from pipeline.explorer.make import make_page
from pipeline.explorer.page import FILE
from pipeline.orchestration.describe import OWNERS
from pipeline.orchestration.files import content_version
from pipeline.orchestration.resource import Checkout
from pipeline.query import release_folder


def explorer_asset() -> dg.AssetsDefinition:
    """The page of the latest release: the release's own or, for one that has none, one made in the build folder."""

    @dg.asset(
        name="explorer",
        description="The release as one page that opens from disk: map, timeline, strengths, threats, tables, claims.",
        group_name="releases",
        kinds={"html"},
        owners=OWNERS["published"],
        deps=["release"],
    )
    def build(checkout: Checkout) -> dg.MaterializeResult[None]:
        folder = release_folder(checkout.project(), None)
        own = folder / FILE
        path = own if own.is_file() else make_page(checkout.project())
        return dg.MaterializeResult(
            metadata={
                "version": folder.name,
                "path": dg.MetadataValue.path(str(path)),
                "bytes": path.stat().st_size,
            },
            data_version=dg.DataVersion(content_version(path)),
        )

    return build
