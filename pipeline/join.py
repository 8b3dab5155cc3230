"""Joins: one SQL file per published join, over the published tables by their names."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from pipeline.conform import nonconformities
from pipeline.dataset import Dataset
from pipeline.engine import Connection, literal, quoted
from pipeline.problems import PipelineError
from schemas.registry import Table

DATASET = "dataset"
"""A table of one row that every join may read: `as_of`, the dataset's cut-off date."""


def join_files(folder: Path) -> dict[str, Path]:
    """The SQL files by the name of the join they make."""
    return {path.stem: path for path in sorted(folder.glob("*.sql"))}


def tables_read(con: Connection, path: Path) -> set[str]:
    """The names of the tables that a SQL file reads, its own common table expressions left out.

    Raises PipelineError where it is not one SELECT.
    """
    found = json.loads(con.execute("SELECT json_serialize_sql(?)", [path.read_text("utf-8")]).fetchall()[0][0])
    if found["error"] or len(found["statements"]) != 1:
        reason = found.get("error_message", "it holds more than one statement")
        raise PipelineError(f"pipeline/joins/{path.name}: not one SELECT statement: {reason}")
    nodes = list(_nodes(found["statements"]))
    own = {entry["key"] for node in nodes for entry in node.get("cte_map", {}).get("map", [])}
    return {node["table_name"] for node in nodes if node.get("type") == "BASE_TABLE"} - own - {DATASET}


def _nodes(value: Any) -> Iterator[dict[str, Any]]:
    if isinstance(value, dict):
        yield value
        value = list(value.values())
    if isinstance(value, list):
        for item in value:
            yield from _nodes(item)


def run_join(con: Connection, table: Table, path: Path, dataset: Dataset) -> None:
    """Create the joined table from the tables its SQL reads. Raises PipelineError where it breaks its model."""
    import duckdb

    con.execute(
        f"CREATE OR REPLACE TABLE {DATASET} AS SELECT DATE {literal(dataset.as_of.isoformat())} AS as_of"
    ).fetchall()
    try:
        con.execute(f"CREATE TABLE {quoted(table.name)} AS {path.read_text('utf-8')}").fetchall()
    except duckdb.Error as error:
        raise PipelineError(f"pipeline/joins/{path.name}: {str(error).splitlines()[0]}") from None
    wrong = nonconformities(con, table)
    if wrong:
        lines = "\n".join(
            f"pipeline/joins/{path.name}: {what}; mend the SQL or schemas/{table.name}.py" for what in wrong
        )
        raise PipelineError(lines)
