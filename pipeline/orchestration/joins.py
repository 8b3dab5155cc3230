"""An asset for every SQL file in pipeline/joins: the joins that people read, and the conflicts among claims."""

from collections.abc import Iterator
from pathlib import Path

import dagster as dg

from pipeline.blueprint import Blueprint
from pipeline.fresh import Making
from pipeline.orchestration.describe import OWNERS, definition_metadata, description
from pipeline.orchestration.observed import file_key
from pipeline.orchestration.plots import plot_metadata
from pipeline.orchestration.resource import Checkout
from pipeline.orchestration.run_metadata import lineage_metadata, materialized, run_metadata


def join_assets(plan: Blueprint) -> list[dg.AssetsDefinition]:
    """The joins, each from its SQL file."""
    return [_join_asset(plan, name) for name in plan.joins]


def _join_asset(plan: Blueprint, name: str) -> dg.AssetsDefinition:
    part, table = plan.parts[name], plan.tables[name]

    @dg.asset(
        name=name,
        description=description(table),
        group_name="evidence" if name == "conflict" else "joins",
        kinds={"duckdb", "sql"},
        owners=OWNERS[table.layer],
        deps=[*(file_key(Path(file).name) for file in part.files), *part.deps],
        code_version=part.code,
        metadata=definition_metadata(table, part),
    )
    def build(context: dg.AssetExecutionContext, checkout: Checkout) -> Iterator[dg.MaterializeResult[None]]:
        project = checkout.project()
        making = Making(project, plan, [name])
        built = checkout.steps(context).build_join(project, name, part.deps)
        told = {
            **run_metadata(project, name, built, making.earlier[name]),
            **lineage_metadata(project, plan, name),
            **plot_metadata(project, name),
        }
        yield from materialized(making, {name: told})

    return build
