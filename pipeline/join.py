"""Joins: one SQL file per published join, over the published tables by their names."""

from __future__ import annotations

import re
from pathlib import Path

from pipeline.conform import nonconformities
from pipeline.dataset import Dataset
from pipeline.engine import literal, quoted
from pipeline.engines import Engine
from pipeline.portions import shares
from pipeline.problems import PipelineError
from pipeline.sqlfiles import DATASET, named, naming
from schemas.registry import Table


def run_join(con: Engine, table: Table, path: Path, dataset: Dataset) -> None:
    """Create the joined table from the tables its SQL reads. Raises PipelineError where it breaks its model."""
    con.execute(
        f"CREATE OR REPLACE TABLE {DATASET} AS SELECT DATE {literal(dataset.as_of.isoformat())} AS as_of"
    ).fetchall()
    with naming(path):
        _create(con, quoted(table.name), path.read_text("utf-8"))
    wrong = nonconformities(con, table)
    if wrong:
        lines = "\n".join(f"{named(path)}: {what}; mend the SQL or schemas/{table.name}.py" for what in wrong)
        raise PipelineError(lines)


_SHARED = re.compile(r"^-- In shares of (\w+) by (\w+)", re.MULTILINE)


def _create(con: Engine, name: str, sql: str) -> None:
    """Create the table: at once or, where the SQL says that it may be, from one share of a large table after the other."""
    found = _SHARED.search(sql)
    conditions = shares(con, found[1], found[2]) if found else []
    if len(conditions) <= 1 or not found:
        con.execute(f"CREATE TABLE {name} AS {sql}").fetchall()
        return
    con.execute(f"ALTER VIEW {found[1]} RENAME TO whole_{found[1]}").fetchall()
    how = f"CREATE TABLE {name} AS"
    for condition in conditions:
        view = f"CREATE OR REPLACE VIEW {found[1]} AS SELECT * FROM whole_{found[1]} WHERE {condition}"
        con.execute(view).fetchall()
        con.execute(f"{how} {sql}").fetchall()
        how = f"INSERT INTO {name}"
