"""An asset for every table that people write, with its checks: rows and keys as it is read, the rest against others."""

from collections.abc import Iterator, Sequence
from typing import Any

import dagster as dg

from pipeline.orchestration.describe import OWNERS, check_result, definition_metadata, description, run_metadata
from pipeline.orchestration.files import file_key
from pipeline.orchestration.grouped import grouped_checks
from pipeline.orchestration.resource import Checkout
from pipeline.rules import RULES
from pipeline.steps import build_tables, check_across
from pipeline.workdir import Workdir
from schemas.registry import Table

ACROSS = tuple(rule for rule in RULES if rule != "keys")
"""The checks of a table that need other tables."""


def table_assets(written: Sequence[Table]) -> dg.AssetsDefinition:
    """The assets that read, validate and weigh the source tables; any of them can be built by itself.

    One step for all that are chosen, so that one run tells the problems of every table. A table with problems is
    not materialised, its check says why, and the step fails.
    """
    specs = [
        dg.AssetSpec(
            t.name,
            description=description(t),
            group_name="tables",
            kinds={"duckdb", "pandera"},
            owners=OWNERS[t.layer],
            deps=[file_key(t.file), *([] if t.layer == "bibliography" else ["document"])],
            metadata=definition_metadata(t),
            skippable=True,
        )
        for t in written
    ]
    checks = [
        dg.AssetCheckSpec(name, asset=t.name, blocking=True, description=meaning)
        for t in written
        for name, meaning in (
            ("rows", "Every cell is as its model says."),
            ("keys", "No passage claims a cell twice."),
        )
    ]

    @dg.multi_asset(specs=specs, check_specs=checks, name="tables", can_subset=True)
    def build(context: dg.AssetExecutionContext, checkout: Checkout) -> Iterator[Any]:
        project = checkout.project()
        chosen = [t for t in written if dg.AssetKey(t.name) in context.selected_asset_keys]
        built = build_tables(project, sorted(chosen, key=lambda t: t.layer != "bibliography"))
        for name, made in built.items():
            path = Workdir(project.build).path("tables", name)
            yield check_result("rows", name, [p for p in made.problems if p.rule != "key"])
            yield check_result("keys", name, [p for p in made.problems if p.rule == "key"])
            if path.is_file() and not made.problems:
                yield dg.MaterializeResult(
                    asset_key=name,
                    metadata=run_metadata(path, made.rows),
                    data_version=dg.DataVersion(Workdir(project.build).version(name)),
                )
        problems = [p for made in built.values() for p in made.problems]
        if problems:
            raise dg.Failure(f"{len(problems)} problems, the first: {problems[0]}", allow_retries=False)

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

    named = {t.name: t for t in written}
    return grouped_checks(
        "across_tables", specs, lambda project, rule, names: check_across(project, [named[n] for n in names], rule)
    )


def _others(table: Table) -> list[str]:
    """The tables that those checks of a table read besides its own."""
    referred = {reference.split(".")[0] for f in table.fields for reference in f.cell.references}
    return sorted((referred | {"document", "reference"}) - {table.name})
