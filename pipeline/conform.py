"""Published tables against their models: names, types, nulls, codes and keys, after weighing and joining."""

from __future__ import annotations

from collections.abc import Collection
from functools import partial
from typing import TYPE_CHECKING

from pipeline.engine import quoted
from pipeline.engines import Engine, Sql
from schemas.registry import Column, Table

if TYPE_CHECKING:
    import pyarrow as pa


def nonconformities(con: Engine, table: Table) -> list[str]:
    """What is wrong with the table of that name in the engine; empty where it is as its model says."""
    described = con.execute(f"DESCRIBE {quoted(table.name)}").fetchall()
    found = [(row[0], row[1]) for row in described]
    wanted = [(c.name, c.type) for c in table.columns]
    if found != wanted:
        missing = [f"lacks column {n} {t}" for n, t in wanted if (n, t) not in found]
        extra = [f"has column {n} {t}, which its model lacks" for n, t in found if (n, t) not in wanted]
        return [
            f"{table.name} {what}" for what in missing + extra or ["has its columns in another order than its model"]
        ]
    return sorted(con.look(table.name, partial(_cells, table=table))) + _keys(con, table)


def _cells(rows: pa.RecordBatch, table: Table) -> Collection[str]:
    """Required cells that are empty, and codes that are not listed, found by the table's published Pandera schema."""
    import pandera.pandas as pandera

    schema = pandera.DataFrameSchema({c.name: _column(c) for c in table.columns})
    problems: set[str] = set()
    try:
        schema.validate(rows.to_pandas(), lazy=True)
    except pandera.errors.SchemaErrors as errors:
        for failure in errors.failure_cases.to_dict("records"):
            what = (
                "is empty"
                if failure["check"] == "not_nullable"
                else f"holds {failure['failure_case']!r}, not a known code"
            )
            problems.add(f"{table.name}.{failure['column']} {what}")
    return problems


def _column(column: Column) -> object:
    import pandera.pandas as pandera

    codes = column.cell.codes if column.name == column.field and column.cell.kind == "code" else None
    return pandera.Column(checks=pandera.Check.isin(list(codes)) if codes else None, nullable=column.nullable)


def _keys(con: Sql, table: Table) -> list[str]:
    if not table.key:
        return []
    keys = ", ".join(quoted(k) for k in table.key)
    twice = con.execute(
        f"SELECT {keys}, count(*) FROM {quoted(table.name)} GROUP BY {keys} HAVING count(*) > 1"
    ).fetchall()
    return [f"{table.name} has {row[-1]} rows with the key {row[:-1]}" for row in sorted(twice, key=str)]
