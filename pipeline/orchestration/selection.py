"""What is out of date as a selection of assets and checks, for a run that makes no more than it must."""

from __future__ import annotations

from collections.abc import Iterable

import dagster as dg

from pipeline.fresh import Stale


def selected(stale: Stale, known: Iterable[dg.AssetCheckKey]) -> tuple[set[dg.AssetKey], set[dg.AssetCheckKey]]:
    """The assets that are out of date, and of the checks that are known, those on them and those that have not passed."""
    assets = {dg.AssetKey(name) for name in stale.parts}
    apart = {dg.AssetCheckKey(dg.AssetKey(rule.table), rule.name) for rule in stale.rules}
    return assets, apart | {key for key in known if key.asset_key in assets}
