"""Many asset checks in one step, since one query finds the problems of every table."""

from collections.abc import Callable, Iterator, Sequence

import dagster as dg

from pipeline.orchestration.describe import check_result
from pipeline.orchestration.resource import Checkout
from pipeline.problems import Problem
from pipeline.project import Project
from pipeline.rules import group_by_table

Find = Callable[[Project, str, Sequence[str]], list[Problem]]
"""Finds the problems that the check of a name has with some tables."""


def grouped_checks(name: str, specs: Sequence[dg.AssetCheckSpec], find: Find) -> dg.AssetChecksDefinition:
    """The asset checks of some specs. Each is looked for once, in all of its tables that are chosen; any can be run by itself."""

    @dg.multi_asset_check(specs=specs, name=name, can_subset=True)
    def check(context: dg.AssetCheckExecutionContext, checkout: Checkout) -> Iterator[dg.AssetCheckResult]:
        chosen: dict[str, list[str]] = {}
        for spec in specs:
            if spec.key in context.selected_asset_check_keys:
                chosen.setdefault(spec.name, []).append(spec.asset_key.path[-1])
        for rule, tables in chosen.items():
            problems = group_by_table(find(checkout.project(), rule, tables))
            for table in tables:
                yield check_result(rule, table, problems.get(table, []))

    return check
