"""Assets for what follows from the tables: evidence, claims, joins and the release."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

import dagster as dg

from pipeline.orchestration.describe import OWNERS, check_result, definition_metadata, description, run_metadata
from pipeline.orchestration.files import content_version, file_key
from pipeline.orchestration.resource import Checkout
from pipeline.publish import publish
from pipeline.record import read_record, record_path
from pipeline.steps import Built, build_claims, build_join, check_evidence
from pipeline.workdir import Workdir
from schemas.registry import Table


def evidence_asset(tables: Sequence[str]) -> dg.AssetsDefinition:
    """The record of what was found in the texts of documents, brought up to date where texts are at hand."""

    @dg.asset(
        name="evidence",
        description="Whether each claim's figure, year and country stand in the passage it cites; kept in outputs/evidence.csv.",
        group_name="evidence",
        kinds={"python"},
        owners=OWNERS["published"],
        deps=list(tables),
        check_specs=[
            dg.AssetCheckSpec(
                "evidence", asset="evidence", blocking=True, description="No live claim is missing from its passage."
            )
        ],
    )
    def build(checkout: Checkout) -> Iterator[Any]:
        problems = check_evidence(checkout.project())
        yield check_result("evidence", "evidence", problems)
        if problems:
            raise dg.Failure(f"{len(problems)} problems, the first: {problems[0]}", allow_retries=False)
        kept = read_record(checkout.project())
        yield dg.MaterializeResult(
            metadata={"claims found": sum(result == "found" for _, _, result in kept)},
            data_version=dg.DataVersion(content_version(record_path(checkout.project()))),
        )

    return build


def claim_asset(table: Table, tables: Sequence[str]) -> dg.AssetsDefinition:
    """The claim table."""

    @dg.asset(
        name=table.name,
        description=description(table),
        group_name="evidence",
        kinds={"duckdb"},
        owners=OWNERS[table.layer],
        deps=["evidence", *tables],
        metadata=definition_metadata(table),
    )
    def build(checkout: Checkout) -> dg.MaterializeResult[None]:
        return _materialized(checkout, table, build_claims(checkout.project()))

    return build


def join_asset(table: Table, reads: Sequence[str]) -> dg.AssetsDefinition:
    """One join, or the conflict table, from its SQL file."""

    @dg.asset(
        name=table.name,
        description=description(table),
        group_name="evidence" if table.name == "conflict" else "joins",
        kinds={"duckdb", "sql"},
        owners=OWNERS[table.layer],
        deps=[file_key("dataset.yaml"), *reads],
        metadata=definition_metadata(table),
    )
    def build(checkout: Checkout) -> dg.MaterializeResult[None]:
        return _materialized(checkout, table, build_join(checkout.project(), table.name))

    return build


def _materialized(checkout: Checkout, table: Table, built: Built) -> dg.MaterializeResult[None]:
    path = Workdir(checkout.project().build).path("tables", table.name)
    return dg.MaterializeResult(
        metadata=run_metadata(path, built.rows), data_version=dg.DataVersion(content_version(path))
    )


def release_asset(published: Sequence[str]) -> dg.AssetsDefinition:
    """The release: staged, verified and moved into the store, if anything changed."""

    @dg.asset(
        name="release",
        description="The immutable release of every table, as Parquet and CSV with metadata, in outputs/releases.",
        group_name="releases",
        kinds={"parquet", "csv"},
        owners=OWNERS["published"],
        deps=list(published),
    )
    def build(checkout: Checkout) -> dg.MaterializeResult[None]:
        done = publish(checkout.project())
        return dg.MaterializeResult(
            metadata={
                "version": done.version,
                "published": done.published,
                "changed tables": ", ".join(done.changed),
                "path": dg.MetadataValue.path(str(done.folder)),
                "dagster/row_count": sum(done.rows.values()),
            },
            data_version=dg.DataVersion(done.version),
        )

    return build
