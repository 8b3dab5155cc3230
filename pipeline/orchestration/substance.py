"""The checks of substance as asset checks, each on the tables whose rows it may find at fault."""

from collections.abc import Iterator, Mapping, Sequence

import dagster as dg

from pipeline.orchestration.describe import check_result
from pipeline.orchestration.resource import Checkout
from pipeline.rules import group_by_table
from pipeline.steps import check_substance
from pipeline.substance import SubstanceCheck


def substance_asset_checks(reads: Mapping[SubstanceCheck, Sequence[str]]) -> dg.AssetChecksDefinition:
    """An asset check for each check and table at fault, given the tables that each check reads. Errors block, warnings don't."""
    specs = [
        dg.AssetCheckSpec(
            check.name,
            asset=table,
            blocking=check.severity == "error",
            description=check.meaning,
            additional_deps=sorted(set(names) - {table}),
        )
        for check, names in reads.items()
        for table in check.tables
    ]

    @dg.multi_asset_check(specs=specs, name="substance", can_subset=True)
    def check(context: dg.AssetCheckExecutionContext, checkout: Checkout) -> Iterator[dg.AssetCheckResult]:
        chosen = {(key.name, key.asset_key.path[-1]) for key in context.selected_asset_check_keys}
        for one in reads:
            at_fault = [table for table in one.tables if (one.name, table) in chosen]
            problems = group_by_table(check_substance(checkout.project(), [one])) if at_fault else {}
            for table in at_fault:
                yield check_result(one.name, table, problems.get(table, []))

    return check
