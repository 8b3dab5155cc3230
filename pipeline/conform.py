"""Published tables against their models: names, types, nulls, codes and keys, after weighing and joining."""

from __future__ import annotations

from collections.abc import Mapping

from pipeline.engine import Connection, quoted
from schemas.registry import Column, Table

_BATCH = 100_000
"""How many rows are looked at at once."""


def nonconformities(con: Connection, table: Table) -> list[str]:
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


def _cells(con: Connection, table: Table) -> list[str]:
    """Required cells that are empty, and codes that are not listed, found by the table's published Pandera schema."""
    import pandas as pd
    import pandera.pandas as pa

    checked = {c.name: _column(c) for c in table.columns if not c.nullable or _codes(c)}
    if not checked:
        return []
    reader = con.sql(f"SELECT {', '.join(map(quoted, checked))} FROM {quoted(table.name)}").to_arrow_reader(_BATCH)
    schema = pa.DataFrameSchema(checked)
    problems: set[str] = set()
    for batch in reader:
        try:
            schema.validate(batch.to_pandas(types_mapper=pd.ArrowDtype), lazy=True)
        except pa.errors.SchemaErrors as errors:
            for failure in errors.failure_cases.to_dict("records"):
                what = (
                    "is empty"
                    if failure["check"] == "not_nullable"
                    else f"holds {failure['failure_case']!r}, not a known code"
                )
                problems.add(f"{table.name}.{failure['column']} {what}")
    return sorted(problems)


def _codes(column: Column) -> Mapping[str, str] | None:
    """The codes that a column may hold; None where it may hold any."""
    return column.cell.codes if column.name == column.field and column.cell.kind == "code" else None


def _column(column: Column) -> object:
    import pandera.pandas as pa

    codes = _codes(column)
    return pa.Column(checks=pa.Check.isin(list(codes)) if codes else None, nullable=column.nullable)


def _keys(con: Connection, table: Table) -> list[str]:
    if not table.key:
        return []
    keys = ", ".join(quoted(k) for k in table.key)
    twice = con.execute(
        f"SELECT {keys}, count(*) FROM {quoted(table.name)} GROUP BY {keys} HAVING count(*) > 1"
    ).fetchall()
    return [f"{table.name} has {row[-1]} rows with the key {row[:-1]}" for row in sorted(twice, key=str)]
