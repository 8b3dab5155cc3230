"""Many asset checks in one step, since one query finds the problems of every table."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING

import dagster as dg

from pipeline.blueprint import Blueprint, Rule
from pipeline.fresh import Checking
from pipeline.orchestration.checked import check_result
from pipeline.orchestration.resource import Checkout
from pipeline.problems import Problem, only_errors
from pipeline.project import Project

if TYPE_CHECKING:
    from pipeline.handed import Steps

Find = Callable[["Steps", Project, str, Sequence[str]], Mapping[str, list[Problem]]]
"""Finds the problems that the check of a name has with some tables, by table."""


def grouped_checks(group: str, plan: Blueprint, find: Find) -> dg.AssetChecksDefinition:
    """The asset checks of a group of rules. Each is looked for once, in all of its tables that are chosen; any can be run by itself.

    Errors block what is made from the table, warnings do not.
    """
    rules = [rule for rule in plan.rules if rule.group == group]
    by_key = {dg.AssetCheckKey(dg.AssetKey(rule.table), rule.name): rule for rule in rules}

    @dg.multi_asset_check(specs=[_spec(rule) for rule in rules], name=group, can_subset=True)
    def check(context: dg.AssetCheckExecutionContext, checkout: Checkout) -> Iterator[dg.AssetCheckResult]:
        project, steps = checkout.project(), checkout.steps(context)
        chosen = [rule for key, rule in by_key.items() if key in context.selected_asset_check_keys]
        checking = Checking(project, plan, chosen)
        found: dict[Rule, list[Problem]] = {}
        for of_name in dict.fromkeys(rule.name for rule in chosen):
            same = [rule for rule in chosen if rule.name == of_name]
            by_table = find(steps, project, of_name, [rule.table for rule in same])
            found |= {rule: by_table.get(rule.table, []) for rule in same}
        checking.keep(rule for rule, problems in found.items() if not only_errors(problems))
        for rule, problems in found.items():
            yield check_result(project, rule.name, rule.table, problems)

    return check


def _spec(rule: Rule) -> dg.AssetCheckSpec:
    return dg.AssetCheckSpec(
        rule.name,
        asset=rule.table,
        blocking=rule.severity == "error",
        description=rule.meaning,
        additional_deps=[name for name in rule.reads if name != rule.table],
    )
