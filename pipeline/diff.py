"""What changed between two releases: their shape, and cell by cell, each change with its class and claims.

The cells compared are those of the tables that people write and of the bibliography; joins, claims and
conflicts follow from them.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from pipeline.engine import Connection, literal, quoted
from pipeline.files import as_text
from schemas.registry import Table

Shape = Mapping[str, Mapping[str, Any]]
"""Tables of a release as its manifest lists them: name -> key, columns (name, type), rows, sha256."""


@dataclass(frozen=True)
class SchemaChange:
    """One table or column that was added, removed or changed. `column` is empty for a whole table."""

    table: str
    column: str | None
    old: str | None
    new: str | None


def schema_changes(old: Shape, new: Shape) -> list[SchemaChange]:
    """Tables and columns that differ, keys shown as the column `(key)`."""
    changes = [SchemaChange(name, None, "table", None) for name in sorted(old.keys() - new.keys())]
    changes += [SchemaChange(name, None, None, "table") for name in sorted(new.keys() - old.keys())]
    for name in sorted(old.keys() & new.keys()):
        before, after = _columns(old[name]), _columns(new[name])
        changes += [
            SchemaChange(name, column, before.get(column), after.get(column))
            for column in sorted(before.keys() | after.keys())
            if before.get(column) != after.get(column)
        ]
    return changes


def _columns(table: Mapping[str, Any]) -> dict[str, str]:
    columns = {column["name"]: column["type"] for column in table["columns"]}
    return {**columns, "(key)": ", ".join(table["key"])}


def cell_changes_sql(table: Table, shared: set[str], old: str, new: str) -> str:
    """The query for the cells that differ: table, key, column, old, new, added (row is new), removed (row is gone).

    A row without filled cells shows as one change with no column. `shared` are the columns that both releases have.
    """
    columns = [c for c in table.columns if c.name in shared and c.field not in table.key]
    key = " || '|' || ".join(
        f"{literal(c.name + '=')} || coalesce({as_text(c)}, '')" for c in table.columns if c.name in table.key
    )

    def cells(relation: str) -> str:
        parts = [f"SELECT {key} AS key, '' AS column_name, '' AS value FROM {relation}"]
        parts += [
            f"SELECT {key} AS key, {literal(c.name)} AS column_name, CAST({as_text(c)} AS VARCHAR) AS value "
            f"FROM {relation} WHERE {quoted(c.name)} IS NOT NULL"
            for c in columns
        ]
        return " UNION ALL ".join(parts)

    return f"""
        WITH before AS ({cells(old)}),
        after AS ({cells(new)}),
        both_sides AS (
            SELECT coalesce(a.key, b.key) AS key, coalesce(a.column_name, b.column_name) AS column_name,
                   b.value AS old, a.value AS new, b.key IS NULL AS appeared, a.key IS NULL AS vanished
            FROM before b
            FULL JOIN after a ON a.key = b.key AND a.column_name = b.column_name
        ),
        marked AS (
            SELECT *, bool_or(appeared AND column_name = '') OVER (PARTITION BY key) AS added,
                   bool_or(vanished AND column_name = '') OVER (PARTITION BY key) AS removed
            FROM both_sides
        )
        SELECT {literal(table.name)} AS "table", key, nullif(column_name, '') AS "column",
               nullif(old, '') AS old, nullif(new, '') AS new, added, removed
        FROM marked
        WHERE old IS DISTINCT FROM new
    """


def create_change_table(
    con: Connection, tables: Mapping[str, Table], schema: list[SchemaChange], shared: Mapping[str, set[str]]
) -> None:
    """Create `change` from the views `old."<table>"` and the published tables, each change with its class and claims.

    `shared` names the tables to compare and the columns that both releases have; `old.claim` must be there with them.
    """
    queries = [
        cell_changes_sql(tables[name], columns, f"old.{quoted(name)}", quoted(name)) for name, columns in shared.items()
    ]
    empty = "SELECT '' AS \"table\", '' AS key, '' AS \"column\", '' AS old, '' AS new, false AS added, false AS removed LIMIT 0"
    fields = [
        f"({literal(name)}, {literal(c.name)}, {literal(c.field)})" for name in shared for c in tables[name].columns
    ]
    con.execute(
        "CREATE TABLE published_column AS SELECT * FROM (VALUES "
        f"{', '.join(fields or ['(NULL, NULL, NULL)'])}) AS v(table_name, column_name, field)"
    ).fetchall()
    before = "SELECT * FROM old.claim" if shared else "SELECT * FROM claim LIMIT 0"
    con.execute(
        f"CREATE TABLE change AS {_CLASSED.format(cells=' UNION ALL '.join(f'({q})' for q in queries or [empty]), before=before)}"
    ).fetchall()
    for c in schema:
        row = [c.table, c.column, c.old, c.new]
        con.execute("INSERT INTO change VALUES (?, NULL, ?, ?, ?, 'schema', NULL)", row).fetchall()


def add_dataset_changes(con: Connection, old: Mapping[str, Any], new: Mapping[str, Any]) -> None:
    """Add to `change` what the dataset says differently of itself, one row per entry of sources/dataset.yaml."""
    for name in sorted(old.keys() | new.keys()):
        if old.get(name) != new.get(name):
            row = [name, *(None if side.get(name) is None else str(side[name]) for side in (old, new))]
            con.execute("INSERT INTO change VALUES ('dataset', NULL, ?, ?, ?, 'correction', NULL)", row).fetchall()


_CLASSED = """
    WITH cells AS ({cells}),
    named AS (
        SELECT c.*, p.field
        FROM cells c
        LEFT JOIN published_column p ON p.table_name = c."table" AND p.column_name = c."column"
    ),
    before AS ({before}),
    behind AS (
        SELECT n."table", n.key, n."column",
               list(k.claim_id ORDER BY k.claim_id) AS claims,
               bool_or(NOT EXISTS (SELECT 1 FROM before b WHERE b.table_name = n."table" AND b.row_key = n.key
                                   AND b.document_id = k.document_id)) AS new_document,
               bool_or(EXISTS (SELECT 1 FROM before b WHERE b.table_name = n."table" AND b.row_key = n.key
                               AND b.column_name = n.field AND b.document_id = k.document_id
                               AND b.locator IS NOT DISTINCT FROM k.locator AND b.value <> k.value)) AS reread
        FROM named n
        JOIN claim k ON k.table_name = n."table" AND k.row_key = n.key AND k.is_published
                    AND (k.column_name = n.field OR n."column" IS NULL)
        GROUP BY n."table", n.key, n."column"
    )
    SELECT n."table", n.key, n."column", n.old, n.new,
           CASE WHEN n.removed THEN 'retracted'
                WHEN n.added THEN 'added'
                WHEN b.new_document THEN 'new_evidence'
                WHEN b.reread THEN 'correction'
                WHEN n.new IS NULL THEN 'retracted'
                WHEN n."table" = 'document' THEN 'correction'
                ELSE 'reassessed' END AS "class",
           b.claims
    FROM named n
    LEFT JOIN behind b ON b."table" = n."table" AND b.key = n.key
                      AND b."column" IS NOT DISTINCT FROM n."column"
"""
