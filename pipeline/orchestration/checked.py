"""What a check tells: whether it passed, how grave that is, and which cells are to blame, each with its remedy."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable
from typing import Any

import dagster as dg

from pipeline.orchestration.run_metadata import counts
from pipeline.problems import Problem, in_parts, only_errors, render, tally
from pipeline.project import Project
from pipeline.whole import write_whole

REPORTED = 20

_COLUMNS = {
    "place": "file:line:column, as an editor opens it",
    "column": "the column, or what else is at fault",
    "value": "what was found there",
    "wrong": "what is wrong with it",
    "remedy": "how to mend it",
}


def check_result(project: Project, name: str, asset: str, problems: Iterable[Problem]) -> dg.AssetCheckResult:
    """A check's outcome; where it failed, the first twenty problems with place, value and remedy, and a report of all.

    It is a warning where no problem is an error, and then holds nothing up.
    """
    found = sorted(set(problems))
    return dg.AssetCheckResult(
        passed=not found,
        severity=dg.AssetCheckSeverity.ERROR if only_errors(found) or not found else dg.AssetCheckSeverity.WARN,
        asset_key=dg.AssetKey(asset),
        check_name=name,
        description=str(found[0]) if found else None,
        metadata={"problems": len(found), **(_blamed(project, f"{asset}.{name}", found) if found else {})},
    )


def _blamed(project: Project, name: str, found: Collection[Problem]) -> dict[str, Any]:
    report = project.build / "reports" / f"{name}.txt"
    write_whole(report, f"{render(found, 'text')}\n".encode())
    return {
        "found": tally(found),
        "by kind": counts(("kind", "problems"), Counter(problem.rule for problem in found).most_common()),
        "first problems": problem_table(list(found)[:REPORTED]),
        "all problems": dg.MetadataValue.path(str(report)),
    }


def problem_table(problems: Iterable[Problem]) -> dg.TableMetadataValue:
    """Problems as a table, one a row."""
    records = []
    for problem in problems:
        told = in_parts(problem)
        place = f"{problem.file}:{problem.line}:{problem.column}"
        cells = {"place": place, "column": told.subject, "value": told.value, "wrong": told.what, "remedy": told.remedy}
        records.append(dg.TableRecord(cells))
    columns = [dg.TableColumn(name, "string", description=meaning) for name, meaning in _COLUMNS.items()]
    return dg.MetadataValue.table(records, schema=dg.TableSchema(columns))
