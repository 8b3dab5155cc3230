"""Tables as Dagster metadata: what is known at definition time, and what a run adds."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

import dagster as dg

from pipeline.problems import Problem, only_errors
from schemas.registry import Column, Table

PREVIEW_ROWS = 5
REPORTED = 20
OWNERS = {"source": ["team:curators"], "bibliography": ["team:curators"], "published": ["team:operators"]}


def definition_metadata(table: Table) -> dict[str, Any]:
    """Column schema and table name, shown before any run."""
    return {
        "dagster/column_schema": dg.TableSchema(columns=[_column(c) for c in table.columns]),
        "dagster/table_name": f"wb6.{table.name}",
    }


def _column(column: Column) -> dg.TableColumn:
    constraints = dg.TableColumnConstraints(nullable=column.nullable, unique=False)
    return dg.TableColumn(column.name, column.type, column.description, constraints)


def description(table: Table) -> str:
    """One row per what, the key, and what the table refers to."""
    targets = sorted({reference for f in table.fields for reference in f.cell.references})
    parts = [table.description, f"Key: {', '.join(table.key) or 'none'}."]
    return " ".join(parts + [f"Refers to {', '.join(targets)}."] * bool(targets))


def run_metadata(path: Path, rows: int) -> dict[str, Any]:
    """Row count and the first rows of a table that a step has kept."""
    return {"dagster/row_count": rows, "preview": dg.MetadataValue.md(_preview(path))}


def _preview(path: Path) -> str:
    from pyarrow import parquet

    head = next(parquet.ParquetFile(path).iter_batches(PREVIEW_ROWS), None)
    if head is None:
        return "no rows"
    lines = ["| " + " | ".join(head.schema.names) + " |", "|" + " --- |" * len(head.schema.names)]
    lines += ["| " + " | ".join(_cell(value) for value in row.values()) + " |" for row in head.to_pylist()]
    return "\n".join(lines)


def _cell(value: object) -> str:
    text = "; ".join(map(str, value)) if isinstance(value, list) else "" if value is None else str(value)
    return text.replace("|", "\\|").replace("\n", " ")


def check_result(name: str, asset: str, problems: Iterable[Problem]) -> dg.AssetCheckResult:
    """A check's outcome; where it failed, each problem with its place and remedy, the first twenty of them.

    It is a warning where no problem is an error, and then holds nothing up.
    """
    found = sorted(set(problems))
    metadata: Mapping[str, Any] = {"problems": len(found)}
    if found:
        listed = "\n".join(f"- `{p.file}:{p.line}:{p.column}` {p.message}" for p in found[:REPORTED])
        metadata = {**metadata, "first problems": dg.MetadataValue.md(listed)}
    return dg.AssetCheckResult(
        passed=not found,
        severity=dg.AssetCheckSeverity.ERROR if only_errors(found) or not found else dg.AssetCheckSeverity.WARN,
        asset_key=dg.AssetKey(asset),
        check_name=name,
        description=str(found[0]) if found else None,
        metadata=metadata,
    )
