"""The files that people write, as observable assets: their content is their data version."""

from collections.abc import Iterator, Sequence

import dagster as dg

from pipeline.made import content
from pipeline.orchestration.beta import beta
from pipeline.orchestration.describe import code_references, written_schema
from pipeline.orchestration.observed import DATASET, file_key
from pipeline.orchestration.resource import Checkout
from pipeline.project import Project
from schemas.registry import Table


def observed_files(written: Sequence[Table]) -> dg.AssetsDefinition:
    """An observable asset for every source file, dataset.yaml included; one step observes all that are chosen."""
    names = {file_key(name): name for name in (*(t.file for t in written), DATASET)}
    specs = [_spec(t.file, f"What curators write for {t.name}: {t.description}", t) for t in written]
    specs += [_spec(DATASET, "What the dataset says of itself: title, licence, cut-off date and datasheet.", None)]

    def observe(context: dg.AssetExecutionContext, checkout: Checkout) -> Iterator[dg.ObserveResult]:
        folder = checkout.project().sources
        for key in sorted(context.selected_asset_keys):
            path = folder / names[key]
            metadata = {"size in bytes": path.stat().st_size} if path.is_file() else {}
            yield dg.ObserveResult(asset_key=key, data_version=dg.DataVersion(content(path)), metadata=metadata)

    # The only kind of asset whose observation can trigger automation.
    with beta("Function `multi_observable_source_asset`"):
        asset: dg.AssetsDefinition = dg.multi_observable_source_asset(
            specs=specs, can_subset=True, name="observe_sources"
        )(observe)
    return asset


def _spec(name: str, text: str, table: Table | None) -> dg.AssetSpec:
    columns = {"dagster/column_schema": written_schema(table.fields)} if table else {}
    return dg.AssetSpec(
        file_key(name),
        description=text,
        group_name="sources",
        kinds={name.rsplit(".", 1)[1]},
        owners=["team:curators"],
        metadata={
            "dagster/uri": f"sources/{name}",
            **code_references({f"sources/{name}": Project.here().sources / name}),
            **columns,
        },
    )
