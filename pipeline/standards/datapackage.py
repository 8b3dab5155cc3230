"""datapackage.json: the release as a Data Package, version 2 (https://datapackage.org), one resource per CSV file."""

from __future__ import annotations

from typing import Any

from pipeline.files import LIST_SEPARATOR, sha256
from pipeline.standards.references import references
from pipeline.standards.staged import Staged
from schemas.fields import STATUS_NOTE
from schemas.registry import Column, Table

PROFILES = "https://datapackage.org/profiles/2.0"

TYPES = {
    "VARCHAR": "string",
    "VARCHAR[]": "list",
    "BIGINT": "integer",
    "DOUBLE": "number",
    "BOOLEAN": "boolean",
    "DATE": "date",
}


def datapackage(staged: Staged) -> dict[str, Any]:
    """The descriptor of the package."""
    dataset = staged.dataset
    return {
        "$schema": f"{PROFILES}/datapackage.json",
        "name": dataset.name,
        "title": dataset.title,
        "description": f"{dataset.description} {STATUS_NOTE}",
        "version": staged.version,
        "keywords": list(dataset.keywords),
        "licenses": [{"name": dataset.licence, "path": dataset.licence_url}],
        "contributors": [{"title": dataset.publisher, "roles": ["publisher"]}],
        "resources": [_resource(table, staged) for table in staged.tables.values()],
    }


def _resource(table: Table, staged: Staged) -> dict[str, Any]:
    path = f"csv/{table.name}.csv"
    return {
        "$schema": f"{PROFILES}/dataresource.json",
        "name": table.name,
        "type": "table",
        "path": path,
        "description": table.description,
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        "bytes": (staged.folder / path).stat().st_size,
        "hash": f"sha256:{sha256(staged.folder / path)}",
        "schema": _schema(table, staged),
    }


def _schema(table: Table, staged: Staged) -> dict[str, Any]:
    schema: dict[str, Any] = {
        "$schema": f"{PROFILES}/tableschema.json",
        "fields": [_field(column) for column in table.columns],
        "missingValues": [""],
    }
    if table.key:
        # A primary key admits no empty cell, a unique key does.
        nullable = any(c.nullable for c in table.columns if c.name in table.key)
        schema |= {"uniqueKeys": [list(table.key)]} if nullable else {"primaryKey": list(table.key)}
    foreign = [
        {
            "fields": [r.column],
            # A reference within the table names no resource.
            "reference": {**({} if r.target == table.name else {"resource": r.target}), "fields": [r.target_column]},
        }
        for r in references(table, staged.tables)
        if not r.many  # the standard knows no reference from the items of a list
    ]
    return {**schema, **({"foreignKeys": foreign} if foreign else {})}


def _field(column: Column) -> dict[str, Any]:
    """One column; `unit` is a property of our own, since the standard has no word for it."""
    field: dict[str, Any] = {"name": column.name, "type": TYPES[column.type], "description": column.description}
    own, cell = column.name == column.field, column.cell
    constraints: dict[str, Any] = {} if column.nullable else {"required": True}
    if column.type == "VARCHAR[]":
        field |= {"delimiter": LIST_SEPARATOR, "itemType": "string"}
    elif own and cell.codes:
        constraints["enum"] = list(cell.codes)
        field["categories"] = [{"value": code, "label": meaning} for code, meaning in cell.codes.items()]
    if own and cell.example and cell.kind != "quantity":
        field["example"] = cell.example
    if cell.unit and column.type in ("BIGINT", "DOUBLE"):
        field["unit"] = cell.unit
    return {**field, **({"constraints": constraints} if constraints else {})}
