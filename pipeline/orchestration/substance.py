"""The checks of substance as asset checks, each on the tables whose rows it may find at fault."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import dagster as dg

from pipeline.blueprint import Blueprint
from pipeline.orchestration.grouped import grouped_checks
from pipeline.problems import Problem
from pipeline.project import Project

if TYPE_CHECKING:
    from pipeline.handed import Steps


def substance_asset_checks(plan: Blueprint) -> dg.AssetChecksDefinition:
    """An asset check for each check of substance and table at fault. Errors block, warnings don't."""

    def find(steps: Steps, project: Project, name: str, _: Sequence[str]) -> dict[str, list[Problem]]:
        from pipeline.rules import group_by_table
        from pipeline.substance import substance_checks

        chosen = [check for check in substance_checks(project.checks) if check.name == name]
        return group_by_table(steps.check_substance(project, chosen))

    return grouped_checks("substance", plan, find)
