"""The checks that set a table against others: its references, and its citations against the bibliography."""

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


def across_checks(plan: Blueprint) -> dg.AssetChecksDefinition:
    """The blocking checks of every table against those it refers to, and against the bibliography."""

    def find(steps: Steps, project: Project, rule: str, names: Sequence[str]) -> dict[str, list[Problem]]:
        from pipeline.rules import group_by_table

        return group_by_table(steps.check_across(project, [plan.tables[name] for name in names], rule))

    return grouped_checks("across", plan, find)
