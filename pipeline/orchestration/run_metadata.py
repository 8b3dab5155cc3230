"""What a run tells of a table: how many rows and how that changed, its digest, what stands behind it, its first rows."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

import dagster as dg

from pipeline.blueprint import Blueprint
from pipeline.fresh import Making
from pipeline.lineage import table_lineage
from pipeline.made import Made
from pipeline.markdown import line
from pipeline.project import Project
from pipeline.workdir import Workdir

if TYPE_CHECKING:
    from pipeline.steps import Built
    from pipeline.summary import Summary

PREVIEW_ROWS = 20
_LONGEST_CELL = 60


def materialized(making: Making, told: Mapping[str, Mapping[str, Any]]) -> Iterator[dg.MaterializeResult[None]]:
    """Record what was made, once everything that is told of it could be told: what fails before is made again."""
    digests = making.keep({name: metadata.get("dagster/row_count") for name, metadata in told.items()})
    for name, metadata in told.items():
        metadata = {**metadata, "digest": digests[name]}
        yield dg.MaterializeResult(asset_key=name, metadata=metadata, data_version=dg.DataVersion(digests[name]))


def run_metadata(project: Project, name: str, built: Built, earlier: Made | None) -> dict[str, Any]:
    """What is told of every table that a step has built; `earlier` is the record of how it was made before."""
    files = Workdir(project.build).files("tables", name)
    before = earlier.rows if earlier else None
    change = "none known before" if before is None else f"{built.rows - before:+} since the last"
    return {
        "dagster/row_count": built.rows,
        "row change": change,
        "preview": dg.MetadataValue.md(preview(files[0])),
        "seconds": round(built.seconds, 3),
    }


def lineage_metadata(project: Project, plan: Blueprint, name: str) -> dict[str, Any]:
    """The columns that each column of a table comes from."""
    deps = {
        column: [dg.TableColumnDep(dg.AssetKey(origin.place.split("/")), origin.column) for origin in origins]
        for column, origins in table_lineage(project, plan, name).items()
    }
    return {"dagster/column_lineage": dg.TableColumnLineage(deps)}


def summary_metadata(summary: Summary) -> dict[str, Any]:
    """What is told of a table that people write: its claims and the documents behind them."""
    return {
        "claims": summary.claims,
        "claims deprecated": summary.deprecated,
        "rows disputed": summary.disputed,
        "documents cited": summary.documents,
        "most cited": counts(("document", "claims"), summary.most_cited),
    }


def counts(columns: tuple[str, str], rows: Iterable[tuple[str, int]]) -> dg.MarkdownMetadataValue:
    """How often each of some things occurs, as a table."""
    lines = [line((name, str(number))) for name, number in rows]
    table = "\n".join([line(columns), line(("---", "---:")), *lines])
    return dg.MetadataValue.md(table if lines else "none")


def preview(path: Path) -> str:
    """The first rows of a table, as Markdown."""
    from pyarrow import parquet

    head = next(parquet.ParquetFile(path).iter_batches(PREVIEW_ROWS), None)
    if head is None:
        return "no rows"
    lines = [line(head.schema.names), line(["---"] * len(head.schema.names))]
    lines += [line(map(_cell, row.values())) for row in head.to_pylist()]
    return "\n".join(lines)


def _cell(value: object) -> str:
    text = "; ".join(map(str, value)) if isinstance(value, list) else "" if value is None else str(value)
    return text if len(text) <= _LONGEST_CELL else f"{text[: _LONGEST_CELL - 3]}..."
