"""The checks of substance as asset checks, each on the tables whose rows it may find at fault."""

from collections.abc import Sequence

import dagster as dg

from pipeline.blueprint import Blueprint
from pipeline.orchestration.grouped import grouped_checks
from pipeline.problems import Problem
from pipeline.project import Project


def substance_asset_checks(plan: Blueprint) -> dg.AssetChecksDefinition:
    """An asset check for each check of substance and table at fault. Errors block, warnings don't."""

    def find(project: Project, name: str, _: Sequence[str]) -> dict[str, list[Problem]]:
        from pipeline.rules import group_by_table
        from pipeline.steps import check_substance
        from pipeline.substance import substance_checks

        chosen = [check for check in substance_checks(project.checks) if check.name == name]
        return group_by_table(check_substance(project, chosen))

    return grouped_checks("substance", plan, find)
