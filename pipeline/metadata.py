"""What a release says of itself to machines: manifest.json and datapackage.json, derived from the schemas."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import asdict
from importlib.metadata import version as installed
from pathlib import Path
from typing import Any

from pipeline.dataset import Dataset
from pipeline.files import sha256
from pipeline.project import Project
from schemas.fields import STATUS_NOTE
from schemas.registry import Column, Table

_FRICTIONLESS = {
    "VARCHAR": "string",
    "VARCHAR[]": "string",
    "BIGINT": "integer",
    "DOUBLE": "number",
    "BOOLEAN": "boolean",
    "DATE": "date",
}


def shape(tables: Mapping[str, Table]) -> dict[str, dict[str, Any]]:
    """Each table's key and columns, as the manifest lists them and the next release compares them."""
    return {
        name: {"key": list(t.key), "columns": [{"name": c.name, "type": c.type} for c in t.columns]}
        for name, t in tables.items()
    }


def about_dataset(project: Project, dataset: Dataset) -> dict[str, Any]:
    """What the release says of itself beyond its tables; a change of it is a change of content."""
    fields = {name: value for name, value in asdict(dataset).items() if name not in ("as_of", "issued", "keywords")}
    days = {"as_of": dataset.as_of.isoformat(), **({"issued": dataset.issued.isoformat()} if dataset.issued else {})}
    licence = sha256(project.sources / "LICENSE")
    return {**fields, **days, "keywords": list(dataset.keywords), "licence_sha256": licence}


def manifest(
    about: Mapping[str, Any],
    tables: Mapping[str, Table],
    rows: Mapping[str, int],
    sources: Mapping[str, str],
    folder: Path,
    version: str,
    previous: str | None,
) -> dict[str, Any]:
    """The manifest of a staged release: versions, the digest of each table's CSV, and the files it was made from."""
    shapes = shape(tables)
    listed = {
        name: {
            "description": table.description,
            "rows": rows[name],
            "sha256": sha256(folder / "csv" / f"{name}.csv"),
            **shapes[name],
        }
        for name, table in tables.items()
    }
    whole = "".join(f"{name} {entry['sha256']}\n" for name, entry in listed.items())
    return {
        "name": about["name"],
        "version": version,
        "previous": previous,
        "as_of": about["as_of"],
        "content_sha256": hashlib.sha256(whole.encode()).hexdigest(),
        "dataset": dict(about),
        "tables": listed,
        "sources": dict(sources),
        "software": {package: installed(package) for package in ("duckdb", "pyarrow", "xlsxwriter")},
    }


def footer(dataset: Dataset, version: str) -> dict[str, str]:
    """What every Parquet file says of its release, so that a file on its own still tells where it belongs."""
    return {
        "dataset": dataset.name,
        "title": dataset.title,
        "version": version,
        "publisher": dataset.publisher,
        "licence": dataset.licence,
        "licence_url": dataset.licence_url,
    }


def datapackage(dataset: Dataset, tables: Mapping[str, Table], folder: Path, version: str) -> dict[str, Any]:
    """The release as a Data Package (version 2), one resource per CSV file."""
    return {
        "$schema": "https://datapackage.org/profiles/2.0/datapackage.json",
        "name": dataset.name,
        "title": dataset.title,
        "description": f"{dataset.description} {STATUS_NOTE}",
        "version": version,
        "keywords": list(dataset.keywords),
        "licenses": [{"name": dataset.licence, "path": dataset.licence_url}],
        "contributors": [{"title": dataset.publisher, "roles": ["publisher"]}],
        "resources": [_resource(table, tables, folder) for table in tables.values()],
    }


def _resource(table: Table, tables: Mapping[str, Table], folder: Path) -> dict[str, Any]:
    path = folder / "csv" / f"{table.name}.csv"
    return {
        "name": table.name,
        "type": "table",
        "path": f"csv/{table.name}.csv",
        "description": table.description,
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        "bytes": path.stat().st_size,
        "hash": f"sha256:{sha256(path)}",
        "schema": _schema(table, tables),
    }


def _schema(table: Table, tables: Mapping[str, Table]) -> dict[str, Any]:
    schema: dict[str, Any] = {"fields": [_field(c) for c in table.columns], "missingValues": [""]}
    nullable = any(c.nullable for c in table.columns if c.name in table.key)
    if table.key:
        name = "uniqueKeys" if nullable else "primaryKey"
        schema[name] = [list(table.key)] if nullable else list(table.key)
    foreign = [
        {"fields": [c.name], "reference": {"resource": "" if target == table.name else target, "fields": [column]}}
        for c in table.columns
        if c.name == c.field and c.type == "VARCHAR" and len(c.cell.references) == 1
        for target, column in [c.cell.references[0].split(".")]
        if tables[target].key == (column,)
    ]
    return {**schema, **({"foreignKeys": foreign} if foreign else {})}


def _field(column: Column) -> dict[str, Any]:
    """One column; what the standard has no word for (a list's separator, a unit) stands in properties of its own."""
    field: dict[str, Any] = {"name": column.name, "type": _FRICTIONLESS[column.type], "description": column.description}
    constraints: dict[str, Any] = {} if column.nullable else {"required": True}
    if column.name == column.field:
        if column.cell.codes:
            constraints["enum"] = list(column.cell.codes)
        if column.cell.example and column.cell.kind != "quantity":
            field["example"] = column.cell.example
    if column.type == "VARCHAR[]":
        field["itemSeparator"] = "; "
    if column.cell.unit and column.type in ("BIGINT", "DOUBLE"):
        field["unit"] = column.cell.unit
    return {**field, **({"constraints": constraints} if constraints else {})}


def write_json(path: Path, content: Mapping[str, Any]) -> None:
    """Write JSON in one stable form."""
    path.write_text(json.dumps(content, ensure_ascii=False, indent=2) + "\n", "utf-8")
