"""The checks of substance as asset checks, each on the tables whose rows it may find at fault."""

from collections.abc import Mapping, Sequence

import dagster as dg

from pipeline.orchestration.grouped import grouped_checks
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

    named = {check.name: check for check in reads}
    return grouped_checks("substance", specs, lambda project, name, _: check_substance(project, [named[name]]))
