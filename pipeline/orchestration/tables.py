"""An asset for every table that people write, with its checks: rows and keys as it is read, the rest against others."""

from collections.abc import Iterator, Sequence
from typing import Any

import dagster as dg

from pipeline.orchestration.describe import OWNERS, check_result, definition_metadata, description, run_metadata
from pipeline.orchestration.files import content_version, file_key, file_of
from pipeline.orchestration.resource import Checkout
from pipeline.rules import RULES, group_by_table
from pipeline.steps import build_table, check_across
from pipeline.workdir import Workdir
from schemas.registry import Table

ACROSS = tuple(rule for rule in RULES if rule != "keys")
"""The checks of a table that need other tables."""


def table_asset(table: Table) -> dg.AssetsDefinition:
    """The asset that reads, validates and weighs one table. Fails, and makes nothing, where a blocking check fails."""

    @dg.asset(
        name=table.name,
        description=description(table),
        group_name="tables",
        kinds={"duckdb", "pandera"},
        owners=OWNERS[table.layer],
        deps=[file_key(file_of(table)), *([] if table.layer == "bibliography" else ["document"])],
        metadata=definition_metadata(table),
        check_specs=[
            dg.AssetCheckSpec("rows", asset=table.name, blocking=True, description="Every cell is as its model says."),
            dg.AssetCheckSpec("keys", asset=table.name, blocking=True, description="No passage claims a cell twice."),
        ],
    )
    def build(checkout: Checkout) -> Iterator[Any]:
        project = checkout.project()
        built = build_table(project, table)
        keys = [p for p in built.problems if p.rule == "key"]
        rows = [p for p in built.problems if p.rule != "key"]
        yield check_result("rows", table.name, rows)
        yield check_result("keys", table.name, keys)
        if built.problems:
            raise dg.Failure(f"{len(built.problems)} problems, the first: {built.problems[0]}", allow_retries=False)
        path = Workdir(project.build).path("tables", table.name)
        yield dg.MaterializeResult(
            metadata=run_metadata(path, built.rows), data_version=dg.DataVersion(content_version(path))
        )

    return build


def across_checks(written: Sequence[Table]) -> dg.AssetChecksDefinition:
    """The blocking checks of every table against those it refers to, and against the bibliography.

    One step for all of them, since each rule is one query over all tables; any check can be run by itself.
    """
    meaning = {
        "references": "Every code, id and list item names a row that stands.",
        "citations": "Every citation names a document, a note it has, and a passage or an address.",
    }
    specs = [
        dg.AssetCheckSpec(rule, asset=t.name, blocking=True, description=meaning[rule], additional_deps=_others(t))
        for t in written
        for rule in ACROSS
    ]

    @dg.multi_asset_check(specs=specs, name="across_tables", can_subset=True)
    def check(context: dg.AssetCheckExecutionContext, checkout: Checkout) -> Iterator[dg.AssetCheckResult]:
        chosen = {(key.name, key.asset_key.path[-1]) for key in context.selected_asset_check_keys}
        for rule in ACROSS:
            names = [t for t in written if (rule, t.name) in chosen]
            problems = group_by_table(check_across(checkout.project(), names, rule)) if names else {}
            for t in names:
                yield check_result(rule, t.name, problems.get(t.name, []))

    return check


def _others(table: Table) -> list[str]:
    """The tables that those checks of a table read besides its own."""
    referred = {reference.split(".")[0] for f in table.fields for reference in f.cell.references}
    return sorted((referred | {"document", "reference"}) - {table.name})
