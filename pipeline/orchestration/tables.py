"""An asset for every table that people write, with the checks that need no other table: its cells and its keys."""

from collections.abc import Iterator
from typing import Any

import dagster as dg

from pipeline.blueprint import Blueprint
from pipeline.fresh import Making
from pipeline.orchestration.checked import check_result
from pipeline.orchestration.describe import OWNERS, definition_metadata, description
from pipeline.orchestration.observed import file_key
from pipeline.orchestration.plots import plot_metadata
from pipeline.orchestration.resource import Checkout
from pipeline.orchestration.run_metadata import lineage_metadata, materialized, run_metadata, summary_metadata

OWN = {"rows": "Every cell is as its model says.", "keys": "No passage claims a cell twice."}
"""The checks that a table's own step makes."""


def table_assets(plan: Blueprint) -> dg.AssetsDefinition:
    """The assets that read, validate and weigh the source tables; any of them can be built by itself.

    One step for all that are chosen, so that one run tells the problems of every table. A table with problems is
    not materialised, its check says why, and the step fails.
    """
    written = plan.written
    specs = [
        dg.AssetSpec(
            t.name,
            description=description(t),
            group_name="tables",
            kinds={"duckdb", "pandera"},
            owners=OWNERS[t.layer],
            deps=[file_key(t.file), *plan.parts[t.name].deps],
            metadata=definition_metadata(t, plan.parts[t.name]),
            code_version=plan.parts[t.name].code,
            skippable=True,
        )
        for t in written.values()
    ]
    checks = [
        dg.AssetCheckSpec(name, asset=t, blocking=True, description=meaning)
        for t in written
        for name, meaning in OWN.items()
    ]

    @dg.multi_asset(specs=specs, check_specs=checks, name="tables", can_subset=True)
    def build(context: dg.AssetExecutionContext, checkout: Checkout) -> Iterator[Any]:
        from pipeline.summary import summarise

        project = checkout.project()
        chosen = [name for name in plan.parts if dg.AssetKey(name) in context.selected_asset_keys]
        making = Making(project, plan, chosen)
        built = checkout.steps(context).build_tables(project, [written[name] for name in chosen])
        kept = {name: made for name, made in built.items() if made.kept}
        summaries = summarise(project, [name for name in kept if written[name].layer == "source"])
        told = {
            name: {
                **run_metadata(project, name, made, making.earlier[name]),
                **(summary_metadata(summaries[name]) if name in summaries else {}),
                **lineage_metadata(project, plan, name),
                **plot_metadata(project, name),
            }
            for name, made in kept.items()
        }
        for name, made in built.items():
            yield check_result(project, "rows", name, [p for p in made.problems if p.rule != "key"])
            yield check_result(project, "keys", name, [p for p in made.problems if p.rule == "key"])
        yield from materialized(making, told)
        problems = [p for made in built.values() for p in made.problems]
        if problems:
            raise dg.Failure(f"{len(problems)} problems, the first: {problems[0]}", allow_retries=False)

    return build
