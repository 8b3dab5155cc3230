"""The evidence: what was found in the texts of documents, and the table of every claim."""

from collections import Counter
from collections.abc import Iterator
from typing import Any

import dagster as dg

from pipeline.blueprint import Blueprint
from pipeline.fresh import Making
from pipeline.orchestration.checked import check_result
from pipeline.orchestration.describe import OWNERS, definition_metadata, description
from pipeline.orchestration.plots import plot_metadata
from pipeline.orchestration.resource import Checkout
from pipeline.orchestration.run_metadata import counts, lineage_metadata, materialized, run_metadata
from pipeline.record import COLUMNS


def evidence_asset(plan: Blueprint) -> dg.AssetsDefinition:
    """The record of what was found in the texts of documents, brought up to date where texts are at hand."""
    part = plan.parts["evidence"]

    @dg.asset(
        name=part.name,
        description="Whether each claim's figure, year and country stand in the passage it cites; kept in outputs/evidence.csv.",
        group_name="evidence",
        kinds={"python", "csv"},
        owners=OWNERS["published"],
        deps=list(part.deps),
        code_version=part.code,
        metadata={
            "dagster/uri": "outputs/evidence.csv",
            "dagster/column_schema": dg.TableSchema([dg.TableColumn(name, "text") for name in COLUMNS]),
        },
        check_specs=[
            dg.AssetCheckSpec(
                "evidence", asset="evidence", blocking=True, description="No live claim is missing from its passage."
            )
        ],
    )
    def build(context: dg.AssetExecutionContext, checkout: Checkout) -> Iterator[Any]:
        from pipeline.record import read_record

        project = checkout.project()
        making = Making(project, plan, [part.name])
        problems = checkout.steps(context).check_evidence(project)
        yield check_result(project, "evidence", part.name, problems)
        if problems:
            raise dg.Failure(f"{len(problems)} problems, the first: {problems[0]}", allow_retries=False)
        kept = Counter(result for _, _, result in read_record(project))
        told = {
            "claims looked for": kept.total(),
            "claims found": kept["found"],
            "by result": counts(("result", "claims"), kept.most_common()),
        }
        yield from materialized(making, {part.name: told})

    return build


def claim_asset(plan: Blueprint) -> dg.AssetsDefinition:
    """The claim table."""
    part, table = plan.parts["claim"], plan.tables["claim"]

    @dg.asset(
        name=part.name,
        description=description(table),
        group_name="evidence",
        kinds={"duckdb"},
        owners=OWNERS[table.layer],
        deps=list(part.deps),
        code_version=part.code,
        metadata=definition_metadata(table, part),
    )
    def build(context: dg.AssetExecutionContext, checkout: Checkout) -> Iterator[dg.MaterializeResult[None]]:
        from pipeline.summary import rows_by

        project = checkout.project()
        making = Making(project, plan, [part.name])
        built = checkout.steps(context).build_claims(project)
        told = {
            **run_metadata(project, part.name, built, making.earlier[part.name]),
            "by rank": counts(("rank", "claims"), rows_by(project, part.name, "rank")),
            "by evidence": counts(("evidence", "claims"), rows_by(project, part.name, "evidence")),
            **lineage_metadata(project, plan, part.name),
            **plot_metadata(project, part.name),
        }
        yield from materialized(making, {part.name: told})

    return build
