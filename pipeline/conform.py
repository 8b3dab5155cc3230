"""Published tables against their models: names, types, nulls, codes and keys, after weighing and joining."""

from __future__ import annotations

from collections.abc import Collection, Mapping
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
    return _cells(con, table) + _keys(con, table)


def _cells(con: Engine, table: Table) -> list[str]:
    """Required cells that are empty, and codes that are not listed."""
    checked = [quoted(c.name) for c in table.columns if _is_checked(c)]
    if not checked:
        return []
    return sorted(con.look(f"SELECT {', '.join(checked)} FROM {quoted(table.name)}", partial(_wrong, table=table)))


def _wrong(rows: pa.RecordBatch, table: Table) -> Collection[str]:
    """What the table's published Pandera schema finds wrong in some rows of the columns that it checks."""
    import pandas as pd
    import pandera.pandas as pandera

    schema = pandera.DataFrameSchema({c.name: _column(c) for c in table.columns if _is_checked(c)})
    problems: set[str] = set()
    try:
        schema.validate(rows.to_pandas(types_mapper=pd.ArrowDtype), lazy=True)
    except pandera.errors.SchemaErrors as errors:
        for failure in errors.failure_cases.to_dict("records"):
            what = (
                "is empty"
                if failure["check"] == "not_nullable"
                else f"holds {failure['failure_case']!r}, not a known code"
            )
            problems.add(f"{table.name}.{failure['column']} {what}")
    return problems


def _is_checked(column: Column) -> bool:
    return not column.nullable or bool(_codes(column))


def _codes(column: Column) -> Mapping[str, str] | None:
    """The codes that a column may hold; None where it may hold any."""
    return column.cell.codes if column.name == column.field and column.cell.kind == "code" else None


def _column(column: Column) -> object:
    import pandera.pandas as pandera

    codes = _codes(column)
    return pandera.Column(checks=pandera.Check.isin(list(codes)) if codes else None, nullable=column.nullable)


def _keys(con: Sql, table: Table) -> list[str]:
    if not table.key:
        return []
    keys = ", ".join(quoted(k) for k in table.key)
    twice = con.execute(
        f"SELECT {keys}, count(*) FROM {quoted(table.name)} GROUP BY {keys} HAVING count(*) > 1"
    ).fetchall()
    return [f"{table.name} has {row[-1]} rows with the key {row[:-1]}" for row in sorted(twice, key=str)]
