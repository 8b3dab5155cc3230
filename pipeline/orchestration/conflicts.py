"""The check of the conflicts: whether each was decided by what is known of its documents."""

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


def conflict_check(plan: Blueprint) -> dg.AssetChecksDefinition:
    """A warning where only the order of ids chose among claims. It blocks nothing."""

    def find(_: Steps, project: Project, __: str, tables: Sequence[str]) -> dict[str, list[Problem]]:
        from pipeline.undecided import undecided

        return dict.fromkeys(tables, undecided(project))

    return grouped_checks("conflicts", plan, find)
