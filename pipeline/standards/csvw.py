"""csvw-metadata.json: the CSV files as the W3C's CSV on the Web describes tables (https://www.w3.org/TR/tabular-metadata/)."""

from __future__ import annotations

from typing import Any

from pipeline.files import LIST_SEPARATOR
from pipeline.standards.references import Reference, references
from pipeline.standards.staged import Staged
from schemas.fields import PATTERNS, STATUS_NOTE
from schemas.registry import Column, Table

TYPES = {
    "VARCHAR": "string",
    "VARCHAR[]": "string",
    "BIGINT": "integer",
    "DOUBLE": "number",
    "BOOLEAN": "boolean",
    "DATE": "date",
}


def csvw(staged: Staged) -> dict[str, Any]:
    """The table group of the release: every CSV file with its columns, types, key and references."""
    dataset = staged.dataset
    issued = {"dc:issued": {"@value": dataset.issued.isoformat(), "@type": "xsd:date"}} if dataset.issued else {}
    return {
        "@context": ["http://www.w3.org/ns/csvw", {"@language": "en"}],
        "@type": "TableGroup",
        "dc:title": dataset.title,
        "dc:description": f"{dataset.description} {STATUS_NOTE}",
        "dc:publisher": dataset.publisher,
        "dc:license": {"@id": dataset.licence_url},
        "dc:subject": list(dataset.keywords),
        "schema:version": staged.version,
        **issued,
        "tables": [_table(table, staged) for table in staged.tables.values()],
    }


def _table(table: Table, staged: Staged) -> dict[str, Any]:
    lists = {c.name for c in table.columns if c.type == "VARCHAR[]"}
    schema: dict[str, Any] = {"columns": [_column(column) for column in table.columns]}
    if table.key and not lists.intersection(
        table.key
    ):  # validators compare the parts of a key, and cannot compare lists
        schema["primaryKey"] = list(table.key)
    foreign = [_foreign(reference) for reference in references(table, staged.tables)]
    return {
        "@type": "Table",
        "url": f"csv/{table.name}.csv",
        "dc:title": table.name,
        "dc:description": table.description,
        "tableSchema": {**schema, **({"foreignKeys": foreign} if foreign else {})},
    }


def _foreign(reference: Reference) -> dict[str, Any]:
    """A foreign key; that of a list holds for each of its items."""
    target = {"resource": f"csv/{reference.target}.csv", "columnReference": [reference.target_column]}
    return {"columnReference": [reference.column], "reference": target}


def _column(column: Column) -> dict[str, Any]:
    described = {"name": column.name, "titles": column.name, "dc:description": column.description}
    separated = {"separator": LIST_SEPARATOR} if column.type == "VARCHAR[]" else {}
    return {**described, "datatype": _datatype(column), "required": not column.nullable, **separated}


def _datatype(column: Column) -> str | dict[str, str]:
    """The type of a cell or, in a list, of an item; text that follows a pattern or a list of codes says so."""
    base, cell = TYPES[column.type], column.cell
    if base != "string" or column.name != column.field:
        return base
    if cell.codes:
        return {"base": base, "format": f"^({'|'.join(cell.codes)})$"}
    pattern = PATTERNS.get(cell.item if cell.kind == "list" else cell.kind)
    return {"base": base, "format": pattern} if pattern else base
