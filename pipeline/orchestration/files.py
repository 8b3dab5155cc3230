"""The files that people write, as observable assets: their content is their data version."""

from __future__ import annotations

import hashlib
import warnings
from collections.abc import Sequence
from pathlib import Path

import dagster as dg

from pipeline.orchestration.resource import Checkout
from schemas.registry import Table


def file_of(table: Table) -> str:
    """The name of the file that a table is read from."""
    return "references.json" if table.layer == "bibliography" else f"{table.name}.csv"


def file_key(name: str) -> dg.AssetKey:
    """The asset of a file in `sources/`."""
    return dg.AssetKey(["sources", name.split(".")[0]])


def content_version(path: Path) -> str:
    """The data version of a file: the digest of its bytes, or `missing`."""
    return hashlib.sha256(path.read_bytes()).hexdigest() if path.is_file() else "missing"


def observed_files(written: Sequence[Table]) -> list[dg.SourceAsset | dg.AssetsDefinition]:
    """An observable asset for every source file, dataset.yaml included."""
    described = {file_of(t): f"What curators write for {t.name}: {t.description}" for t in written}
    described["dataset.yaml"] = "What the dataset says of itself: title, licence and cut-off date."
    with warnings.catch_warnings():
        # Beta since 2023, and the only asset whose observation can trigger automation; its version is pinned.
        warnings.filterwarnings("ignore", "Function `observable_source_asset` is currently in beta", dg.BetaWarning)
        return [_observed(name, text) for name, text in described.items()]


def _observed(name: str, text: str) -> dg.SourceAsset | dg.AssetsDefinition:
    @dg.observable_source_asset(
        name=file_key(name).path[-1],
        key_prefix="sources",
        group_name="sources",
        description=text,
        metadata={"dagster/uri": f"sources/{name}"},
        tags={f"dagster/kind/{name.rsplit('.', 1)[1]}": ""},
    )
    def observe(checkout: Checkout) -> dg.DataVersion:
        return dg.DataVersion(content_version(checkout.project().sources / name))

    return observe
