"""The files that people write, as observable assets: their content is their data version."""

import warnings
from collections.abc import Iterator, Sequence
from pathlib import Path

import dagster as dg

from pipeline.files import sha256
from pipeline.orchestration.resource import Checkout
from schemas.registry import Table


def file_key(name: str) -> dg.AssetKey:
    """The asset of a file in `sources/`."""
    return dg.AssetKey(["sources", name.split(".")[0]])


def content_version(path: Path) -> str:
    """The data version of a file: the digest of its bytes, or `missing`."""
    return sha256(path) if path.is_file() else "missing"


def observed_files(written: Sequence[Table]) -> dg.AssetsDefinition:
    """An observable asset for every source file, dataset.yaml included; one step observes all that are chosen."""
    described = {t.file: f"What curators write for {t.name}: {t.description}" for t in written}
    described["dataset.yaml"] = "What the dataset says of itself: title, licence, cut-off date and datasheet."
    names = {file_key(name): name for name in described}
    specs = [
        dg.AssetSpec(
            file_key(name),
            description=text,
            group_name="sources",
            kinds={name.rsplit(".", 1)[1]},
            owners=["team:curators"],
            metadata={"dagster/uri": f"sources/{name}"},
        )
        for name, text in described.items()
    ]

    def observe(context: dg.AssetExecutionContext, checkout: Checkout) -> Iterator[dg.ObserveResult]:
        folder = checkout.project().sources
        for key in sorted(context.selected_asset_keys):
            yield dg.ObserveResult(asset_key=key, data_version=dg.DataVersion(content_version(folder / names[key])))

    with warnings.catch_warnings():
        # Beta for years, and the only kind of asset whose observation can trigger automation; its version is pinned.
        warnings.filterwarnings(
            "ignore", "Function `multi_observable_source_asset` is currently in beta", dg.BetaWarning
        )
        asset: dg.AssetsDefinition = dg.multi_observable_source_asset(
            specs=specs, can_subset=True, name="observe_sources"
        )(observe)
    return asset
