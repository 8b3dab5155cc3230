"""Joins: one SQL file per published join, over the published tables by their names."""

from __future__ import annotations

from pathlib import Path

from pipeline.conform import nonconformities
from pipeline.dataset import Dataset
from pipeline.engine import literal, quoted
from pipeline.engines import Engine
from pipeline.problems import PipelineError
from pipeline.sqlfiles import DATASET, named, naming
from schemas.registry import Table


def run_join(con: Engine, table: Table, path: Path, dataset: Dataset) -> None:
    """Create the joined table from the tables its SQL reads. Raises PipelineError where it breaks its model."""
    con.execute(
        f"CREATE OR REPLACE TABLE {DATASET} AS SELECT DATE {literal(dataset.as_of.isoformat())} AS as_of"
    ).fetchall()
    with naming(path):
        con.execute(f"CREATE TABLE {quoted(table.name)} AS {path.read_text('utf-8')}").fetchall()
    wrong = nonconformities(con, table)
    if wrong:
        lines = "\n".join(f"{named(path)}: {what}; mend the SQL or schemas/{table.name}.py" for what in wrong)
        raise PipelineError(lines)
