"""Tables as Dagster shows them before any run: columns with what they mean and must be, keys, references, code."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

import dagster as dg

import schemas
from pipeline.blueprint import Part
from pipeline.orchestration.beta import beta
from schemas.fields import PATTERNS
from schemas.registry import Column, Field, Table

OWNERS = {"source": ["team:curators"], "bibliography": ["team:curators"], "published": ["team:operators"]}


def definition_metadata(table: Table, part: Part) -> dict[str, Any]:
    """Columns, name, place in the release, and the files of code that are the table's own."""
    root = Path(schemas.__path__[0]).parent
    return {
        "dagster/column_schema": column_schema(table),
        "dagster/table_name": f"wb6.{table.name}",
        "dagster/uri": f"outputs/latest/parquet/{table.name}.parquet",
        **code_references({name: root / name for name in part.own}),
    }


def column_schema(table: Table) -> dg.TableSchema:
    """The columns of a table as published."""
    columns = [
        dg.TableColumn(c.name, c.type, c.description, _constraints(table, c), _tags(table, c)) for c in table.columns
    ]
    return dg.TableSchema(columns, constraints=dg.TableConstraints([f"key: {', '.join(table.key) or 'none'}"]))


def written_schema(fields: Iterable[Field]) -> dg.TableSchema:
    """The columns of a file as people write it: every cell is text."""
    return dg.TableSchema(
        [
            dg.TableColumn(
                f.name,
                "text",
                f.description,
                dg.TableColumnConstraints(nullable=not f.cell.required, other=_allowed(f)),
            )
            for f in fields
        ]
    )


def _constraints(table: Table, column: Column) -> dg.TableColumnConstraints:
    own = column.name == column.field
    return dg.TableColumnConstraints(
        nullable=column.nullable,
        unique=table.key == (column.name,),
        other=_allowed(table.field(column.field)) if own else [],
    )


def _allowed(field: Field) -> list[str]:
    """What a cell may hold, in a curator's words."""
    cell = field.cell
    allowed = [f"one of {', '.join(cell.codes)}"] if cell.codes else []
    allowed += [f"names a row of {' or '.join(cell.references)}"] if cell.references else []
    allowed += [f"in {cell.unit}"] if cell.unit else []
    allowed += [f"written as {cell.example}"] if cell.example and not cell.codes and cell.kind in PATTERNS else []
    return allowed


def _tags(table: Table, column: Column) -> Mapping[str, str]:
    return {"key": ""} if column.name in table.key else {}


def description(table: Table) -> str:
    """One row per what, the key, and what the table refers to."""
    targets = sorted({reference for f in table.fields for reference in f.cell.references})
    parts = [table.description, f"Key: {', '.join(table.key) or 'none'}."]
    return " ".join(parts + [f"Refers to {', '.join(targets)}."] * bool(targets))


def code_references(places: Mapping[str, Path]) -> dict[str, Any]:
    """Links to files by what they are called, which the UI opens in an editor."""
    with beta("Class `(LocalFile|)CodeReference"):
        references = [dg.LocalFileCodeReference(file_path=str(p), line_number=1, label=n) for n, p in places.items()]
        return {"dagster/code_references": dg.CodeReferencesMetadataValue(code_references=[*references])}
